/*
 * Replaces the system's fsync, fdatasync and close in the numres that the tests of numres
 * list run, so that they wait for no disk. If $NUMRES_CLOSE_FAULT is set, closing standard
 * output fails, as on a full disk of another machine. If $NUMRES_SYNCS names a file, each call adds
 * a line to it: "output" for standard output, otherwise "file", and the number of bytes written to
 * it so far. If $NUMRES_SYNC_FAULT is set too, the call for standard output fails; if it is "stop",
 * the process instead stops itself there, once something has been written.
 */
#define _DEFAULT_SOURCE /* for syscall */

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int note(int descriptor) {
    const char *name = getenv("NUMRES_SYNCS");
    const char *kind = descriptor == STDOUT_FILENO ? "output" : "file";
    struct stat about;
    FILE *file = name == NULL ? NULL : fopen(name, "a");
    if (name == NULL)
        return 0;
    if (file == NULL || fstat(descriptor, &about) != 0)
        abort();
    fprintf(file, "%s %" PRIdMAX "\n", kind, (intmax_t)about.st_size);
    fclose(file);
    const char *fault = getenv("NUMRES_SYNC_FAULT");
    if (descriptor != STDOUT_FILENO || fault == NULL)
        return 0;
    if (strcmp(fault, "stop") == 0)
        return about.st_size > 0 ? raise(SIGSTOP) : 0;
    errno = EIO;
    return -1;
}

int fsync(int descriptor) {
    return note(descriptor);
}

int fdatasync(int descriptor) {
    return note(descriptor);
}

int close(int descriptor) {
    long result = syscall(SYS_close, descriptor);
    if (descriptor != STDOUT_FILENO || getenv("NUMRES_CLOSE_FAULT") == NULL)
        return (int)result;
    errno = ENOSPC;
    return -1;
}
