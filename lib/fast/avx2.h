/*
 * NUMRES_HAS_AVX2 is defined where pieces_avx2.c has a body. It is compiled
 * for AVX2 by its own pragmas, so that no build needs flags for it. gcc aligns
 * no AVX variables on the stack of Windows (gcc bug 54412): no AVX2 there.
 */
#ifndef NUMRES_LIB_AVX2_H
#define NUMRES_LIB_AVX2_H

#if defined(__x86_64__) && (defined(__clang__) || (defined(__GNUC__) && !defined(_WIN32)))
#define NUMRES_HAS_AVX2
#endif

#endif
