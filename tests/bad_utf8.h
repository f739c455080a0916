/* Bytes that are no UTF-8 (RFC 3629), whatever follows but a continuation byte; each is
   bad at its first byte. For whatever reads text: the rule itself is test_text.c's. */
#ifndef NUMRES_TESTS_BAD_UTF8_H
#define NUMRES_TESTS_BAD_UTF8_H

static const char *const bad_utf8[] = {
    /* a continuation byte alone, the first and the last */
    "\x80",
    "\xBF",
    /* characters that are not finished */
    "\xC2",
    "\xC2\x41",
    "\xC2\xC2",
    "\xE2\x82",
    "\xE1\x80\x41",
    "\xEF\xBF\xC0",
    "\xF0\x90\x80",
    "\xF0\x90\x41",
    /* overlong, the first and the last of each length */
    "\xC0\x80",
    "\xC0\xAF",
    "\xC1\xBF",
    "\xE0\x80\x80",
    "\xE0\x9F\xBF",
    "\xF0\x80\x80\x80",
    "\xF0\x8F\xBF\xBF",
    /* surrogates, the first and the last */
    "\xED\xA0\x80",
    "\xED\xBF\xBF",
    /* above U+10FFFF */
    "\xF4\x90\x80\x80",
    "\xF5\x80\x80\x80",
    /* bytes of no character */
    "\xF8",
    "\xFE",
    "\xFF",
};

enum { BAD_UTF8_COUNT = sizeof bad_utf8 / sizeof *bad_utf8 };

#endif
