/*
 * The main program of a target without a fuzzer. Runs the target on each file named and
 * on each file directly in each folder named. Exit codes: 0 if all were read and no
 * promise was broken, 3 if a file cannot be read or a folder holds none. A broken promise
 * aborts at once.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long replayed;

static int replay_file(const char *path) {
    file_bytes file = read_file(path);
    if (!file.bytes) {
        perror(path);
        return 3;
    }
    /* In an exact-size buffer, so that a sanitizer sees reads past the end. */
    guard guard = guard_create(file.length);
    LLVMFuzzerTestOneInput((const uint8_t *)guard_place(&guard, file.bytes, file.length),
                           file.length);
    guard_destroy(&guard);
    free(file.bytes);
    replayed++;
    return 0;
}

static int replay_entry(const char *directory, const char *name) {
    char path[PATH_SIZE];
    int length = snprintf(path, sizeof(path), "%s/%s", directory, name);
    if (length < 0 || (size_t)length >= sizeof(path)) {
        fprintf(stderr, "%s/%s: the path is too long\n", directory, name);
        return 3;
    }
    DIR *inner = opendir(path);
    if (inner) {
        closedir(inner);
        return 0;
    }
    return replay_file(path);
}

static int replay_folder(DIR *folder, const char *path) {
    unsigned long before = replayed;
    int status = 0;
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(folder);
        if (!entry && errno != 0) {
            perror(path);
            return 3;
        }
        if (!entry || status != 0) {
            break;
        }
        if (entry->d_name[0] != '.') {
            status = replay_entry(path, entry->d_name);
        }
    }
    if (status == 0 && replayed == before) {
        fprintf(stderr, "%s: no file in it\n", path);
        status = 3;
    }
    return status;
}

int main(int count, char **arguments) {
    int status = 0;
    for (int place = 1; status == 0 && place < count; place++) {
        DIR *folder = opendir(arguments[place]);
        if (folder) {
            status = replay_folder(folder, arguments[place]);
            closedir(folder);
        } else {
            status = replay_file(arguments[place]);
        }
    }
    printf("replayed: %lu\n", replayed);
    return status;
}
