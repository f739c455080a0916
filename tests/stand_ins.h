/* Checks of runs (lib/token/gate_run.h): their stand-ins and tokens. */
#ifndef NUMRES_TESTS_STAND_INS_H
#define NUMRES_TESTS_STAND_INS_H

#include "token/gate_run.h"

/* Whether the stand-ins are the expected ones, written with ' for ". */
bool are_stand_ins(const char *text, size_t length, const char *expected);

/* The same for those that yajl reads of a run. */
bool has_stand_ins(const numres_gate_run *run, const char *expected);

/* Checks that the run's tokens have the right bounds: only separators and white space are
   between them, and no token begins or ends with such a byte. */
void expect_tokens(const numres_gate_run *run, const unsigned char *start);

#endif
