/* Version, calling convention and visibility. */
#ifndef NUMRES_VERSION_H
#define NUMRES_VERSION_H

#define NUMRES_VERSION_MAJOR 0
#define NUMRES_VERSION_MINOR 1
#define NUMRES_VERSION_PATCH 0
#define NUMRES_VERSION_TEXT "0.1.0"

#if defined(__GNUC__)
#define NUMRES_API __attribute__((visibility("default")))
#else
#define NUMRES_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The version of the library that runs, as "MAJOR.MINOR.PATCH"; it may differ
 * from NUMRES_VERSION_TEXT, which is that of the header compiled against.
 * The text is constant. Any thread may call it.
 */
NUMRES_API const char *numres_version(void);

#ifdef __cplusplus
}
#endif

#endif
