#include "answer.h"

#include <unistd.h>

bool server_answer_read(int descriptor, char *line, size_t size) {
    size_t length = 0;
    while (length + 1 < size && read(descriptor, line + length, 1) == 1)
        if (line[length++] == '\n') {
            line[length - 1] = '\0';
            return true;
        }
    return false;
}
