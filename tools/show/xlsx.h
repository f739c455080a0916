/* The format xlsx: the rows of CSV as an Excel workbook, through libxlsxwriter. xlsx.c
   writes it; no_xlsx.c stands in its place in a build without the library, and
   api/network.c in the program that starts fast, which becomes the one with the
   library. */
#ifndef NUMRES_TOOLS_XLSX_H
#define NUMRES_TOOLS_XLSX_H

#include "format.h"

/* Whether this numres can write it. */
bool xlsx_is_there(void);

/* As in struct show_format. */
bool xlsx_begin(struct showing *showing);
void xlsx_reservation(struct showing *showing, const numres_parser *parser,
                      const numres_reservation *reservation);
void xlsx_end(struct showing *showing);

#endif
