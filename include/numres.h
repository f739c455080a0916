/*
 * numres: typed records from the bytes of a Telnyx number-reservations response.
 *
 * This header includes the whole public interface. Create a parser with your handlers, feed
 * it chunks of any size from any transport, then finish it. The handlers receive each
 * reservation and each reserved phone number as soon as its closing brace arrives.
 */
#ifndef NUMRES_H
#define NUMRES_H

#include "numres/access.h"
#include "numres/arrow.h"
#include "numres/collection.h"
#include "numres/handlers.h"
#include "numres/lines.h"
#include "numres/list_pager.h"
#include "numres/parser.h"
#include "numres/query.h"
#include "numres/reader.h"
#include "numres/request.h"
#include "numres/timestamp.h"
#include "numres/types.h"
#include "numres/version.h"
#include "numres/writer.h"

#endif
