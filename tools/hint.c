#include "hint.h"

#include <string.h>

struct signature {
    const char *bytes;
    size_t length;
    const char *hint;
};

#define SIGNATURE(bytes, hint)                                                                     \
    { (bytes), sizeof(bytes) - 1, (hint) }

static const char utf16_hint[] = "convert it with iconv -f UTF-16 -t UTF-8";

static const struct signature signatures[] = {
    SIGNATURE("\xef\xbb\xbf", "tail -c +4 FILE gives the rest"),
    SIGNATURE("\xff\xfe", utf16_hint),
    SIGNATURE("\xfe\xff", utf16_hint),
    SIGNATURE("\x1f\x8b", "use gunzip -c FILE, or fetch it with curl --compressed"),
    SIGNATURE("\x28\xb5\x2f\xfd", "it looks like zstd: use zstd -dc FILE, or fetch it with "
                                  "curl --compressed"),
    SIGNATURE("\xfd"
              "7zXZ",
              "it looks like xz: use xz -dc FILE"),
    SIGNATURE("BZh", "it looks like bzip2: use bzip2 -dc FILE"),
    SIGNATURE("PK\x03\x04", "it looks like a zip archive: use unzip -p FILE"),
    SIGNATURE("\x1e",
              "it looks like a JSON text sequence (RFC 7464): tr -d '\\036' <FILE gives its "
              "texts"),
    SIGNATURE("HTTP/", "it starts with an HTTP header: fetch it without curl's -i"),
};

size_t hint_first_byte(const char *head, size_t length) {
    size_t at = 0;
    while (at < length && memchr(" \t\r\n", head[at], 4) != NULL)
        at++;
    return at;
}

bool hint_is_about_start(const numres_error *error, const char *head, size_t length) {
    bool is_about_a_byte = error->code == NUMRES_SYNTAX || error->code == NUMRES_ENCODING ||
                           error->code == NUMRES_BYTE_ORDER_MARK;
    return is_about_a_byte && error->document == 0 &&
           error->offset <= hint_first_byte(head, length);
}

bool hint_is_wide(const char *head, size_t length) {
    return length >= 2 && (memcmp(head, "\xff\xfe", 2) == 0 || memcmp(head, "\xfe\xff", 2) == 0 ||
                           head[0] == '\0' || head[1] == '\0');
}

static bool is_letter(char byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static bool is_binary(unsigned char byte) {
    return byte < 0x20 || byte >= 0x7f;
}

const char *hint_about(const char *head, size_t length) {
    for (size_t at = 0; at < sizeof signatures / sizeof signatures[0]; at++) {
        const struct signature *signature = &signatures[at];
        if (length >= signature->length && memcmp(head, signature->bytes, signature->length) == 0)
            return signature->hint;
    }
    if (length == 0)
        return NULL;
    if (is_letter(head[0]))
        return "it looks like plain text: something other than the API wrote it";
    return is_binary((unsigned char)head[0]) ? "it looks like binary data" : NULL;
}
