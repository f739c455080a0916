/*
 * A log on standard error of what the lanes do: which of them reads, which shapes are
 * learned, what surprises. Only builds with NUMRES_LOG_LANES (meson: -Dlog_lanes=true)
 * have it; in every other nothing is left of this.
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
