/* The callbacks: what each is given and what it may return. */
#ifndef NUMRES_HANDLERS_H
#define NUMRES_HANDLERS_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads documents and calls the handlers; see numres/parser.h. */
typedef struct numres_parser numres_parser;

/* What a handler returns. A value that it may not return means NUMRES_STOP. */
typedef enum numres_answer NUMRES_ENUM_TYPE {
    NUMRES_GO_ON = 0, /* read on */
    /* feed or finish returns NUMRES_PAUSED right after this callback, and the next call
       continues after it. Not for on_problem. */
    NUMRES_PAUSE = 1,
    /* The document ends with the error NUMRES_STOPPED. */
    NUMRES_STOP = 2,
    /* on_problem only: the record that contains the value is checked to its end but not
       delivered; nor are the later numbers of a reservation. Outside a record it means
       NUMRES_GO_ON. */
    NUMRES_LEAVE_OUT = 3
} NUMRES_ENUM_SIZE numres_answer;

/*
 * The callbacks; each may be NULL. They are called inside feed and finish, on the caller's
 * thread, in the order of the document. Their arguments are valid during the call only.
 * Inside them, numres_parser_position() is the position of the byte just after the value or
 * bracket that completed what is reported; numres_parser_reset() abandons the document; and
 * feed and finish on the same parser return NUMRES_WRONG_USE.
 *
 * A handler may leave feed or finish by longjmp or by a C++ exception. After that, the
 * parser can only be reset or destroyed; a reset makes it as good as new. An exception
 * passes only through frames of numres, which are compiled with -fexceptions, and never
 * through yajl's. If you compile numres without its meson.build, use that flag too: without
 * it an exception ends the program on 32-bit ARM.
 *
 * ABI: the caller makes it, and it may grow at its end; see numres_options.
 */
typedef struct numres_handlers {
    size_t size; /* sizeof(numres_handlers); numres_handlers_default sets it */

    /* A reservation's object closed. Its numbers were delivered before it.
       Returns: GO_ON, PAUSE, STOP. */
    numres_answer (*on_reservation)(numres_parser *parser, const numres_reservation *reservation,
                                    void *user);
    /* A phone number's object closed. Returns: GO_ON, PAUSE, STOP. */
    numres_answer (*on_phone_number)(numres_parser *parser, const numres_phone_number *phone_number,
                                     void *user);
    /* The envelope's meta object closed. Returns: GO_ON, PAUSE, STOP. */
    numres_answer (*on_meta)(numres_parser *parser, const numres_meta *meta, void *user);
    /* One element of the errors array is complete, or the root closed and is a refusal in
       another shape: see numres_api_error.
       Returns: GO_ON, PAUSE, STOP. */
    numres_answer (*on_api_error)(numres_parser *parser, const numres_api_error *api_error,
                                  void *user);
    /* The root closed; called for every valid document.
       Returns: GO_ON, PAUSE, STOP. */
    numres_answer (*on_document_end)(numres_parser *parser, const numres_document *document,
                                     void *user);
    /* A value broke the schema. Without this handler, the parser counts problems and
       continues. Never called with the option strict.
       Returns: GO_ON, LEAVE_OUT, STOP. */
    numres_answer (*on_problem)(numres_parser *parser, const numres_problem *problem, void *user);
} numres_handlers;

/* Returns a struct without handlers, with `size` set. Start from this. */
static inline numres_handlers numres_handlers_default(void) {
    numres_handlers handlers = {sizeof(numres_handlers),
                                NUMRES_NULL,
                                NUMRES_NULL,
                                NUMRES_NULL,
                                NUMRES_NULL,
                                NUMRES_NULL,
                                NUMRES_NULL};
    return handlers;
}

/* The same for languages that cannot call inline functions; see numres_error_init. */
NUMRES_API void numres_handlers_init(numres_handlers *handlers, size_t size);

#ifdef __cplusplus
}
#endif

#endif
