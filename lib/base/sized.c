/* Reads and fills the caller's structs, which may be of any version. Called wherever a public
   call takes or gives a struct that begins with its size. */
#include "sized.h"

#include <string.h>

static size_t size_of(const void *given) {
    size_t size;
    memcpy(&size, given, sizeof size);
    return size;
}

static bool ends_inside_member(const numres_sized *form, size_t size) {
    for (size_t i = 0; i < form->count; i++)
        if (size > form->members[i].begin && size < form->members[i].end)
            return true;
    return false;
}

static bool are_zero(const unsigned char *bytes, const unsigned char *end) {
    while (bytes < end && *bytes == 0)
        bytes++;
    return bytes == end;
}

numres_code numres_sized_take(const numres_sized *form, void *mine, const void *given) {
    const unsigned char *bytes = given;
    if (given == NULL)
        return NUMRES_OK;
    size_t size = size_of(given);
    if (size < sizeof size || size > NUMRES_SIZED_LARGEST || ends_inside_member(form, size))
        return NUMRES_WRONG_USE;
    if (size > form->size && !are_zero(bytes + form->size, bytes + size))
        return NUMRES_WRONG_OPTION;
    if (size > form->size)
        size = form->size;
    memcpy((unsigned char *)mine + sizeof size, bytes + sizeof size, size - sizeof size);
    return NUMRES_OK;
}

bool numres_sized_has(const void *theirs, numres_sized_member member) {
    return member.end <= size_of(theirs);
}

void numres_sized_give(const numres_sized *form, void *theirs, const void *mine) {
    for (size_t i = 1; i < form->count; i++) {
        numres_sized_member member = form->members[i];
        if (numres_sized_has(theirs, member))
            memcpy((unsigned char *)theirs + member.begin,
                   (const unsigned char *)mine + member.begin, member.end - member.begin);
    }
}

void numres_sized_init(const numres_sized *form, const void *defaults, void *theirs, size_t size) {
    if (theirs == NULL || size < sizeof size)
        return;
    memset(theirs, 0, size);
    memcpy(theirs, &size, sizeof size);
    numres_sized_give(form, theirs, defaults);
}
