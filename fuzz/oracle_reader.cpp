#include "oracle_reader.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace {

/* Detects the surrogates that RapidJSON lets through. */
struct handler : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, handler> {
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

constexpr unsigned int flags = rapidjson::kParseIterativeFlag |
                               rapidjson::kParseNumbersAsStringsFlag |
                               rapidjson::kParseValidateEncodingFlag;

} // namespace

bool oracle_accepts_plainly(const char *document, size_t length) {
    rapidjson::MemoryStream stream(document, length);
    rapidjson::Reader reader;
    handler handler;
    return !reader.Parse<flags>(stream, handler).IsError();
}

oracle_verdict oracle_read(const char *document, size_t length) {
    rapidjson::MemoryStream stream(document, length);
    rapidjson::Reader reader;
    handler handler;
    rapidjson::ParseResult result = reader.Parse<flags>(stream, handler);
    if (result.Code() == rapidjson::kParseErrorNumberTooBig) {
        return ORACLE_UNKNOWN;
    }
    bool whole = !result.IsError() && stream.Tell() == length;
    return whole && !handler.has_surrogate ? ORACLE_LEGAL : ORACLE_NOT_LEGAL;
}
