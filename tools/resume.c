/* For mkstemp. */
#define _XOPEN_SOURCE 700

#include "resume.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The file has three lines: what it is, the list's URL, the pager. */
static const char first_line[] = "numres list --resume";

#define LARGEST_FILE 1048576

static enum resume_answer refuse(struct print *messages, const char *file, const char *fault,
                                 const char *reason, enum resume_answer answer) {
    print_string(messages, "numres list: ");
    print_safe(messages, file, strlen(file));
    print_string(messages, fault);
    print_string(messages, reason);
    print_string(messages, "\n");
    return answer;
}

/* Takes a line, which must end in a line feed, off the text. */
static char *next_line(char **text) {
    char *line = *text;
    char *end = strchr(line, '\n');
    if (end == NULL)
        return NULL;
    *end = '\0';
    *text = end + 1;
    return line;
}

static enum resume_answer parse(char *text, const char *file, const char *url, numres_pager *pager,
                                struct print *messages) {
    const char *first = next_line(&text);
    const char *second = first == NULL ? NULL : next_line(&text);
    const char *third = second == NULL ? NULL : next_line(&text);
    if (third == NULL || *text != '\0' || strcmp(first, first_line) != 0 ||
        !numres_pager_parse(third, strlen(third), pager))
        return refuse(messages, file, " is no file that numres list --resume has written", "",
                      RESUME_WRONG);
    if (strcmp(second, url) == 0)
        return RESUME_READ;
    return refuse(messages, file,
                  " belongs to a list with other filters, page size or base URL; give the same, "
                  "or name another file",
                  "", RESUME_WRONG);
}

/* Answers the file's text, which the caller frees, or NULL and sets errno. */
static char *read_text(const char *file) {
    FILE *stream = fopen(file, "re");
    if (stream == NULL)
        return NULL;
    char *text = malloc(LARGEST_FILE);
    size_t length = text == NULL ? 0 : fread(text, 1, LARGEST_FILE - 1, stream);
    if (text != NULL && ferror(stream) != 0) {
        free(text);
        text = NULL;
    }
    if (text != NULL)
        text[length] = '\0';
    int kept = errno;
    fclose(stream);
    errno = kept;
    return text;
}

enum resume_answer resume_read(const char *file, const char *url, numres_pager *pager,
                               struct print *messages) {
    char *text = read_text(file);
    if (text == NULL && errno == ENOENT)
        return RESUME_NONE;
    if (text == NULL)
        return refuse(messages, file, " cannot be read: ", strerror(errno), RESUME_FAILED);
    enum resume_answer answer = parse(text, file, url, pager, messages);
    free(text);
    return answer;
}

static bool write_all(int descriptor, const char *url, const numres_pager *pager) {
    char line[NUMRES_PAGER_TEXT_SIZE];
    numres_pager_format(pager, line, sizeof line);
    FILE *stream = fdopen(descriptor, "w");
    if (stream == NULL) {
        close(descriptor);
        return false;
    }
    bool written = fprintf(stream, "%s\n%s\n%s\n", first_line, url, line) > 0 &&
                   fflush(stream) == 0 && fsync(descriptor) == 0;
    int kept = errno;
    bool closed = fclose(stream) == 0;
    if (!written)
        errno = kept;
    return written && closed;
}

const char *resume_write(const char *file, const char *url, const numres_pager *pager) {
    static const char ending[] = ".XXXXXX";
    size_t size = strlen(file) + sizeof ending;
    char *name = malloc(size);
    if (name == NULL)
        return strerror(errno);
    snprintf(name, size, "%s%s", file, ending);
    int descriptor = mkstemp(name);
    bool written = descriptor >= 0 && write_all(descriptor, url, pager) && rename(name, file) == 0;
    const char *fault = written ? NULL : strerror(errno);
    if (!written && descriptor >= 0)
        unlink(name);
    free(name);
    return fault;
}
