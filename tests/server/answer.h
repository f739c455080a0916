/* What the server prints: its port, then "done" after each command. */
#ifndef NUMRES_TESTS_SERVER_ANSWER_H
#define NUMRES_TESTS_SERVER_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

/* Reads a line without its line feed. Returns false if there is none. */
bool server_answer_read(int descriptor, char *line, size_t size);

#endif
