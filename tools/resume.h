/* The file of --resume: where a listing has come, for a later run to go on. */
#ifndef NUMRES_TOOLS_RESUME_H
#define NUMRES_TOOLS_RESUME_H

#include "numres.h"

#include "print.h"

enum resume_answer {
    RESUME_NONE, /* there is no such file yet */
    RESUME_READ,
    RESUME_WRONG, /* it is another list's, or no such file at all */
    RESUME_FAILED /* it cannot be read */
};

/*
 * Reads the file. `url` is that of the list without a page number: page numbers
 * mean the same only with the same filters and page size. Says on `messages`
 * what is wrong.
 */
enum resume_answer resume_read(const char *file, const char *url, numres_pager *pager,
                               struct print *messages);

/* Puts a new file in the place of the old at once, so that there is always a
   whole one. The key is never in it. Answers NULL, or why not, for a person. */
const char *resume_write(const char *file, const char *url, const numres_pager *pager);

#endif
