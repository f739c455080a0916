#include "resume_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool take(int descriptor, long *holder) {
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(descriptor, F_SETLK, &whole) == 0)
        return true;
    int kept = errno;
    bool is_held = (kept == EACCES || kept == EAGAIN) && fcntl(descriptor, F_GETLK, &whole) == 0 &&
                   whole.l_type != F_UNLCK;
    *holder = is_held ? (long)whole.l_pid : 0;
    errno = kept;
    return false;
}

/* Its last holder may have removed it since it was opened. */
static bool is_there(int descriptor, const char *name) {
    struct stat own;
    struct stat named;
    return fstat(descriptor, &own) == 0 && stat(name, &named) == 0 && own.st_ino == named.st_ino &&
           own.st_dev == named.st_dev;
}

int resume_lock_take(const char *file, char **name, long *holder) {
    static const char ending[] = ".lock";
    size_t size = strlen(file) + sizeof ending;
    *name = malloc(size);
    if (*name == NULL)
        return -1;
    snprintf(*name, size, "%s%s", file, ending);
    for (;;) {
        int descriptor = open(*name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor < 0)
            return -1;
        bool is_taken = take(descriptor, holder);
        int kept = errno;
        if (is_taken && is_there(descriptor, *name))
            return descriptor;
        close(descriptor);
        errno = kept;
        /* Held, but not any more when it was asked by whom: once more. */
        bool is_held = !is_taken && (kept == EACCES || kept == EAGAIN);
        if (!is_taken && (!is_held || *holder != 0))
            return -1;
    }
}

void resume_lock_give_up(int lock, const char *name) {
    unlink(name);
    close(lock);
}
