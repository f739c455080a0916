/* The format xlsx in a build without libxlsxwriter: format.c refuses it before anything is
   read or sent. */
#include "xlsx.h"

bool xlsx_is_there(void) {
    return false;
}

bool xlsx_begin(struct showing *showing) {
    (void)showing;
    return false;
}

void xlsx_reservation(struct showing *showing, const numres_parser *parser,
                      const numres_reservation *reservation) {
    (void)showing;
    (void)parser;
    (void)reservation;
}

void xlsx_end(struct showing *showing) {
    (void)showing;
}
