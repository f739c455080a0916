/* All handlers of a file that names them as their fields are named. */
#ifndef NUMRES_TESTS_ALL_HANDLERS_H
#define NUMRES_TESTS_ALL_HANDLERS_H

#include <numres.h>

#define ALL_HANDLERS                                                                               \
    ((numres_handlers){.size = sizeof(numres_handlers),                                            \
                       .on_reservation = on_reservation,                                           \
                       .on_phone_number = on_phone_number,                                         \
                       .on_meta = on_meta,                                                         \
                       .on_api_error = on_api_error,                                               \
                       .on_document_end = on_document_end,                                         \
                       .on_problem = on_problem})

#endif
