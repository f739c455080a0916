/* Strings that every reader of strings must refuse. Each is invalid from its first byte,
   whatever follows it. */
#ifndef NUMRES_TESTS_BAD_TEXT_H
#define NUMRES_TESTS_BAD_TEXT_H

/* Not UTF-8 (RFC 3629), unless a continuation byte follows. test_text.c tests the rule itself. */
static const char *const bad_utf8[] = {
    /* a continuation byte alone, the first and the last */
    "\x80",
    "\xBF",
    /* incomplete characters */
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
    /* surrogates, the first and the last of each half, and a pair (CESU-8) */
    "\xED\xA0\x80",
    "\xED\xAF\xBF",
    "\xED\xB0\x80",
    "\xED\xBF\xBF",
    "\xED\xA0\xBD\xED\xB8\x80",
    /* above U+10FFFF */
    "\xF4\x90\x80\x80",
    "\xF4\xBF\xBF\xBF",
    "\xF5\x80\x80\x80",
    "\xF7\xBF\xBF\xBF",
    /* bytes that occur in no character */
    "\xF8",
    "\xFE",
    "\xFF",
};

enum { BAD_UTF8_COUNT = sizeof bad_utf8 / sizeof *bad_utf8 };

/* Escapes of half a surrogate pair (RFC 8259 section 8.2). Those that end after the first
   half are lone only if no second half follows. */
static const char *const lone_surrogates[] = {
    "\\ud800",        "\\uDBFF",         "\\ud800x",       "\\ud800\\n",
    "\\ud800\\\\",    "\\ud800\\u0041",  "\\ud800\\ud800", "\\ud800\\ud800\\udc00",
    "\\udbff\\ue000", "\\ud800\xC3\xA9", "\\udc00",        "\\uDFFF",
    "\\udc00\\ud800",
};

enum { LONE_SURROGATE_COUNT = sizeof lone_surrogates / sizeof *lone_surrogates };

#endif
