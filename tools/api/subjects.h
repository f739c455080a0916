/* What a command that asks for single reservations is about: the ids or numbers of its
   command line. settings.c checks them. */
#ifndef NUMRES_TOOLS_SUBJECTS_H
#define NUMRES_TOOLS_SUBJECTS_H

#include "settings.h"

/* Checks the words of the command line that are no options. Returns false after it has
   said what is wrong. */
bool subjects_check(const struct request_settings *settings, struct print *messages);

#endif
