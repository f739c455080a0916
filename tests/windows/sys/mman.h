/* What tests/support.c takes of <sys/mman.h> and sysconf, on Windows: memory
   whose last page cannot be read. For scripts/portability. */
#ifndef NUMRES_TESTS_WINDOWS_MMAN_H
#define NUMRES_TESTS_WINDOWS_MMAN_H

#include <stddef.h>
#include <windows.h>

enum { PROT_NONE, PROT_READ, PROT_WRITE };
enum { MAP_PRIVATE = 1, MAP_ANONYMOUS = 2 };
#define MAP_FAILED NULL

enum { _SC_PAGESIZE };

static inline long sysconf(int name) {
    SYSTEM_INFO system;
    (void)name;
    GetSystemInfo(&system);
    return (long)system.dwPageSize;
}

static inline void *mmap(void *address, size_t length, int protection, int flags, int file,
                         long offset) {
    (void)address, (void)protection, (void)flags, (void)file, (void)offset;
    return VirtualAlloc(NULL, length, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

/* It is asked to forbid all access alone. */
static inline int mprotect(void *address, size_t length, int protection) {
    DWORD before;
    (void)protection;
    return VirtualProtect(address, length, PAGE_NOACCESS, &before) ? 0 : -1;
}

static inline int munmap(void *address, size_t length) {
    (void)length;
    return VirtualFree(address, 0, MEM_RELEASE) ? 0 : -1;
}

#endif
