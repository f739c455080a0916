#include "gzip.h"

#include <stdint.h>

/* RFC 1952 section 8, bit by bit. */
static uint32_t crc32_of(const char *bytes, size_t length) {
    uint32_t crc = 0xffffffffu;
    for (size_t at = 0; at < length; at++) {
        crc ^= (unsigned char)bytes[at];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0xedb88320u & (0u - (crc & 1u)));
    }
    return ~crc;
}

static void add_little_endian(text_buffer *packed, uint32_t value, unsigned int bytes) {
    for (unsigned int at = 0; at < bytes; at++) {
        char byte = (char)(value >> (8 * at) & 0xff);
        text_buffer_add(packed, &byte, 1);
    }
}

/* RFC 1951 section 3.2.4. */
static void add_block(text_buffer *packed, const char *bytes, size_t length, int is_last) {
    add_little_endian(packed, is_last ? 1 : 0, 1);
    add_little_endian(packed, (uint32_t)length, 2);
    add_little_endian(packed, ~(uint32_t)length, 2);
    text_buffer_add(packed, bytes, length);
}

void gzip_write(text_buffer *packed, const char *bytes, size_t length) {
    /* Magic, deflate, no flags, no time, no extra flags, unknown system. */
    static const char head[] = {'\x1f', '\x8b', 8, 0, 0, 0, 0, 0, 0, '\xff'};
    static const size_t longest_block = 65535;
    size_t done = 0;
    text_buffer_add(packed, head, sizeof head);
    while (length - done > longest_block) {
        add_block(packed, bytes + done, longest_block, 0);
        done += longest_block;
    }
    add_block(packed, bytes + done, length - done, 1);
    add_little_endian(packed, crc32_of(bytes, length), 4);
    add_little_endian(packed, (uint32_t)length, 4);
}
