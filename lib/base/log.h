/*
 * Logs on standard error which lane reads, which shapes are learned and where a surprise
 * came. Only builds with NUMRES_LOG_LANES (meson: -Dlog_lanes=true) log; in every other
 * build the macro does nothing.
 */
#ifndef NUMRES_LIB_LOG_H
#define NUMRES_LIB_LOG_H

#ifdef NUMRES_LOG_LANES
#include <inttypes.h>
#include <stdio.h>
#define NUMRES_LOG(...) ((void)fprintf(stderr, "numres: " __VA_ARGS__))
#else
#define NUMRES_LOG(...) ((void)0)
#endif

#endif
