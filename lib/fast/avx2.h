/*
 * NUMRES_HAS_AVX2 is defined where pieces_avx2.c has a body. Pragmas in that file
 * select AVX2, so no build needs compiler flags for it. On Windows, gcc does not align
 * AVX variables on the stack (gcc bug 54412), so there is no AVX2 there.
 */
#ifndef NUMRES_LIB_AVX2_H
#define NUMRES_LIB_AVX2_H

#if defined(__x86_64__) && (defined(__clang__) || (defined(__GNUC__) && !defined(_WIN32)))
#define NUMRES_HAS_AVX2
#endif

#endif
