/* The table for people: a line for each number and each reservation. */
#ifndef NUMRES_TOOLS_TABLE_H
#define NUMRES_TOOLS_TABLE_H

#include "numres.h"

#include "print.h"

void table_header(struct print *print);
void table_phone_number(struct print *print, const numres_phone_number *phone_number);
void table_reservation(struct print *print, const numres_reservation *reservation);

#endif
