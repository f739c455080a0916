/*
 * RapidJSON as a strict reader of RFC 8259: iterative, encoding validated,
 * numbers kept as text. Where it judges otherwise than the RFC, and what is
 * made of it here; tests/test_fuzz_oracle.cpp has each of them:
 *
 *   a NUL byte behind the root     taken for the end: not legal, if bytes are left
 *   a lone low surrogate, \udc00   accepted and written as UTF-8 of a surrogate,
 *                                  which no legal text gives: not legal
 *   a number of 1.8e308 or more    refused even as text, the rest not read: unknown
 */
#ifndef NUMRES_FUZZ_ORACLE_READER_H
#define NUMRES_FUZZ_ORACLE_READER_H

#include <cstddef>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

enum class oracle_verdict { legal, not_legal, unknown };

/* Sees the surrogates that RapidJSON lets pass. */
struct oracle_handler : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, oracle_handler> {
    bool has_surrogate = false;

    bool String(const char *text, rapidjson::SizeType length, bool) {
        for (rapidjson::SizeType at = 0; at + 1 < length; at++) {
            if (static_cast<unsigned char>(text[at]) == 0xED &&
                static_cast<unsigned char>(text[at + 1]) >= 0xA0) {
                has_surrogate = true;
            }
        }
        return true;
    }
    bool Key(const char *text, rapidjson::SizeType length, bool copy) {
        return String(text, length, copy);
    }
    bool RawNumber(const char *, rapidjson::SizeType, bool) {
        return true;
    }
};

inline oracle_verdict oracle_read(const char *document, std::size_t length) {
    constexpr unsigned int flags = rapidjson::kParseIterativeFlag |
                                   rapidjson::kParseNumbersAsStringsFlag |
                                   rapidjson::kParseValidateEncodingFlag;
    rapidjson::MemoryStream stream(document, length);
    rapidjson::Reader reader;
    oracle_handler handler;
    rapidjson::ParseResult result = reader.Parse<flags>(stream, handler);
    if (result.Code() == rapidjson::kParseErrorNumberTooBig) {
        return oracle_verdict::unknown;
    }
    bool whole = !result.IsError() && stream.Tell() == length;
    return whole && !handler.has_surrogate ? oracle_verdict::legal : oracle_verdict::not_legal;
}

#endif
