/* The --resume file: locks it, and replaces or extends it safely. list.c calls it;
   resume_text.c reads and writes the contents. */

/* glibc declares realpath only with this. */
#define _XOPEN_SOURCE 700

#include "list.h"

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

/* Whether the lock file is still in place: its last holder may have removed it. */
static bool is_there(int descriptor, const char *name) {
    struct stat own;
    struct stat named;
    return fstat(descriptor, &own) == 0 && stat(name, &named) == 0 && own.st_ino == named.st_ino &&
           own.st_dev == named.st_dev;
}

/* A lock is an empty regular file. Anything else of that name is the user's. */
static bool is_lock(int descriptor) {
    struct stat about;
    return fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) && about.st_size == 0;
}

/* Creates and locks FILE.lock, so that only one run at a time uses the file. The lock
   ends with its process, however that ends. The caller always frees `name`. Returns the
   descriptor, or -1 and sets errno, to EEXIST if something else has that name, and
   `holder` if another process holds the lock. */
static int take_lock(const char *file, char **name, long *holder) {
    static const char ending[] = ".lock";
    size_t size = strlen(file) + sizeof ending;
    *name = malloc(size);
    if (*name == NULL)
        return -1;
    snprintf(*name, size, "%s%s", file, ending);
    for (;;) {
        int descriptor = open(*name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
        if (descriptor < 0)
            return -1;
        bool is_foreign = !is_lock(descriptor);
        bool is_taken = !is_foreign && take(descriptor, holder);
        int kept = is_foreign ? EEXIST : errno;
        if (is_taken && is_there(descriptor, *name))
            return descriptor;
        close(descriptor);
        errno = kept;
        /* It was held, but released before we asked by whom: try again. */
        bool is_held = !is_taken && (kept == EACCES || kept == EAGAIN);
        if (!is_taken && (!is_held || *holder != 0))
            return -1;
    }
}

/* Also removes the lock file, unless its name belongs to something else by now. */
static void give_up_lock(int lock, const char *name) {
    if (is_there(lock, name) && is_lock(lock))
        unlink(name);
    close(lock);
}

static enum resume_result refuse(struct print *messages, const char *file, const char *fault,
                                 const char *reason, enum resume_result result) {
    options_start(messages, COMMAND_list);
    print_fault(messages, "", file, fault, reason);
    return result;
}

/* Returns the file's name with symbolic links resolved, which the caller frees. Creates
   the target of a dangling link. Returns NULL and sets errno on failure. */
static char *resolve(const char *file) {
    char *resolved = realpath(file, NULL);
    struct stat about;
    if (resolved != NULL || errno != ENOENT)
        return resolved;
    if (lstat(file, &about) != 0)
        return strdup(file);
    FILE *made = fopen(file, "ae");
    if (made == NULL)
        return NULL;
    fclose(made);
    return realpath(file, NULL);
}

static enum resume_result lock(struct resume *resume, const char *file, struct print *messages) {
    struct stat about = {.st_mode = 0};
    char process[40];
    long holder = 0;
    resume->file = resolve(file);
    if (resume->file == NULL)
        return refuse(messages, file, " cannot be written: ", strerror(errno), RESUME_FAILED);
    bool exists = stat(resume->file, &about) == 0;
    if (exists && S_ISDIR(about.st_mode))
        return refuse(messages, file, " cannot be read: ", strerror(EISDIR), RESUME_FAILED);
    if (exists && !S_ISREG(about.st_mode))
        return refuse(messages, file, " is not a regular file", "", RESUME_WRONG);
    if (exists && input_is_output(resume->file))
        return refuse(messages, file, " is standard output itself", "", RESUME_WRONG);
    resume->lock = take_lock(resume->file, &resume->lock_file, &holder);
    if (resume->lock >= 0)
        return RESUME_NONE;
    if (errno == EEXIST)
        return refuse(messages, file, ".lock exists but is not a lock file of numres list; ",
                      "move it, or use another file", RESUME_WRONG);
    if (holder == 0)
        return refuse(messages, file, " cannot be written: ", strerror(errno), RESUME_FAILED);
    snprintf(process, sizeof process, "process %ld", holder);
    return refuse(messages, file, " is in use by another numres list: ", process, RESUME_WRONG);
}

static enum resume_result read_file(const struct resume *resume, const char *file,
                                    struct list_state *state, struct repeats *repeats,
                                    struct print *messages) {
    FILE *stream = fopen(resume->file, "re");
    if (stream == NULL && errno == ENOENT)
        return RESUME_NONE;
    if (stream == NULL)
        return refuse(messages, file, " cannot be read: ", strerror(errno), RESUME_FAILED);
    enum resume_text text = resume_text_read(stream, resume->url, state, repeats);
    int kept = errno;
    fclose(stream);
    switch (text) {
    case RESUME_TEXT_EMPTY:
        return RESUME_NONE;
    case RESUME_TEXT_READ:
        return RESUME_READ;
    case RESUME_TEXT_OTHER_LIST:
        return refuse(messages, file,
                      " belongs to a list with other filters, page size or base URL; use the same "
                      "ones, or another file",
                      "", RESUME_WRONG);
    case RESUME_TEXT_NONE:
        return refuse(messages, file, " was not written by numres list --resume", "", RESUME_WRONG);
    case RESUME_TEXT_FAILED:
        break;
    }
    return refuse(messages, file, " cannot be read: ", strerror(kept), RESUME_FAILED);
}

enum resume_result resume_open(struct resume *resume, const char *file, struct list_state *state,
                               struct repeats *repeats, struct print *messages) {
    enum resume_result result = lock(resume, file, messages);
    return result == RESUME_NONE ? read_file(resume, file, state, repeats, messages) : result;
}

/* Adds a state with the ids that the file does not hold yet. */
static bool add(struct resume *resume, FILE *stream, const struct list_state *state,
                const struct repeats *repeats, uint64_t from) {
    uint64_t first = repeats_first(repeats);
    from = from < first ? first : from;
    if (!resume_text_add(stream, state, repeats, from) || fflush(stream) != 0 ||
        fsync(fileno(stream)) != 0)
        return false;
    resume->ids = state->ids;
    resume->held += state->ids > from ? state->ids - from : 0;
    resume->length = ftell(stream);
    return true;
}

/* Gives a new file the mode and owner of the old one. Returns false if it cannot. */
static bool copy_mode_and_owner(int descriptor, const char *file) {
    struct stat about;
    struct stat own;
    if (stat(file, &about) != 0 || fstat(descriptor, &own) != 0)
        return true;
    bool is_owned = about.st_uid == own.st_uid && about.st_gid == own.st_gid;
    return (is_owned || fchown(descriptor, about.st_uid, about.st_gid) == 0) &&
           fchmod(descriptor, about.st_mode & 07777) == 0;
}

static FILE *begin(int descriptor, const struct resume *resume, const struct repeats *repeats) {
    if (descriptor >= 0)
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    FILE *stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (stream == NULL && descriptor >= 0)
        close(descriptor);
    if (stream != NULL && !resume_text_begin(stream, resume->url, repeats)) {
        fclose(stream);
        stream = NULL;
    }
    return stream;
}

static bool write_anew(struct resume *resume, const struct list_state *state,
                       const struct repeats *repeats, char *name) {
    int descriptor = mkstemp(name);
    bool is_new = descriptor >= 0 && copy_mode_and_owner(descriptor, resume->file);
    if (descriptor >= 0 && !is_new) {
        /* The owner can be kept only by rewriting the file in place. */
        close(descriptor);
        unlink(name);
        FILE *own = fopen(resume->file, "we");
        descriptor = own == NULL ? -1 : dup(fileno(own));
        if (own != NULL)
            fclose(own);
    }
    resume->held = 0;
    FILE *stream = begin(descriptor, resume, repeats);
    bool is_written = stream != NULL && add(resume, stream, state, repeats, 0) &&
                      (!is_new || rename(name, resume->file) == 0);
    int kept = errno;
    if (!is_written && stream != NULL)
        fclose(stream);
    if (!is_written && is_new)
        unlink(name);
    resume->stream = is_written ? stream : NULL;
    errno = kept;
    return is_written;
}

/* Appends a state. If that fails, cuts off what was written of it. */
static bool append(struct resume *resume, const struct list_state *state,
                   const struct repeats *repeats) {
    long length = resume->length;
    if (add(resume, resume->stream, state, repeats, resume->ids))
        return true;
    int kept = errno;
    int descriptor = dup(fileno(resume->stream));
    fclose(resume->stream);
    resume->stream = NULL;
    if (descriptor >= 0 && ftruncate(descriptor, length) != 0)
        kept = errno;
    if (descriptor >= 0)
        close(descriptor);
    errno = kept;
    return false;
}

const char *resume_save(struct resume *resume, const struct list_state *state,
                        const struct repeats *repeats) {
    static const char ending[] = ".XXXXXX";
    if (resume->stream != NULL && resume->held >= (uint64_t)2 * REPEATS_MOST_IDS) {
        fclose(resume->stream);
        resume->stream = NULL;
    }
    if (resume->stream != NULL)
        return append(resume, state, repeats) ? NULL : strerror(errno);
    size_t size = strlen(resume->file) + sizeof ending;
    char *name = malloc(size);
    if (name == NULL)
        return strerror(errno);
    snprintf(name, size, "%s%s", resume->file, ending);
    const char *fault = write_anew(resume, state, repeats, name) ? NULL : strerror(errno);
    free(name);
    return fault;
}

void resume_close(struct resume *resume) {
    if (resume->stream != NULL)
        fclose(resume->stream);
    if (resume->lock >= 0)
        give_up_lock(resume->lock, resume->lock_file);
    free(resume->lock_file);
    free(resume->file);
    free(resume->url);
}
