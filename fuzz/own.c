/* Takes values from an input's bytes, and checks what the library has percent-encoded. request.c
   and query.c call it. */
#include "own.h"

#include <string.h>

#include "check.h"

uint8_t fuzz_next_byte(fuzz_bytes *input) {
    if (input->left == 0)
        return 0;
    input->left--;
    return *input->bytes++;
}

uint64_t fuzz_next_number(fuzz_bytes *input) {
    uint64_t number = 0;
    unsigned int bytes = fuzz_next_byte(input) % 9u;
    for (unsigned int place = 0; place < bytes; place++)
        number = number << 8 | fuzz_next_byte(input);
    return number;
}

numres_text fuzz_next_text(fuzz_bytes *input) {
    size_t length = fuzz_next_byte(input);
    if (length > input->left)
        length = input->left;
    numres_text text = {(const char *)input->bytes, length};
    input->bytes += length;
    input->left -= length;
    return text;
}

static int hexadecimal(char digit) {
    static const char digits[] = "0123456789ABCDEF";
    const char *found = digit != '\0' ? strchr(digits, digit) : NULL;
    FUZZ_EXPECT(found != NULL, "escapes have two upper-case digits");
    return (int)(found - digits);
}

static bool is_unreserved(unsigned char byte) {
    static const char plain[] = "-._~";
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           (byte >= '0' && byte <= '9') || (byte != '\0' && strchr(plain, byte) != NULL);
}

const char *fuzz_take_encoded(const char *line, numres_text wanted) {
    for (size_t at = 0; at < wanted.length; at++) {
        unsigned char byte = (unsigned char)*line++;
        if (byte == '%') {
            byte = (unsigned char)(hexadecimal(line[0]) * 16 + hexadecimal(line[1]));
            line += 2;
            FUZZ_EXPECT(!is_unreserved(byte), "unreserved characters stand as they are");
        } else {
            FUZZ_EXPECT(is_unreserved(byte), "other characters are encoded");
        }
        FUZZ_EXPECT(byte == (unsigned char)wanted.bytes[at], "what is decoded is what was given");
    }
    return line;
}
