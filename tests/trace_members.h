/* Writes the members of records into the trace: see trace.h. */
#ifndef NUMRES_TESTS_TRACE_MEMBERS_H
#define NUMRES_TESTS_TRACE_MEMBERS_H

#include <numres.h>

#include "text_buffer.h"

/* Adds a text in quotes. The library promises that no text is NULL. */
void trace_text(text_buffer *lines, numres_text text);

void trace_reservation_members(text_buffer *lines, const numres_reservation *record);
/* Adds what is known so far of a phone number's reservation. */
void trace_owner_members(text_buffer *lines, const numres_reservation *record);
void trace_phone_number_members(text_buffer *lines, const numres_phone_number *record);
void trace_meta_members(text_buffer *lines, const numres_meta *record);
void trace_api_error_members(text_buffer *lines, const numres_api_error *api_error);

#endif
