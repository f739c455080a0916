// RapidJSON's event reader in place, which its documentation calls the faster way. It
// writes into its input, so copying the page is part of the job.
#if defined(__SSE4_2__)
#define RAPIDJSON_SSE42
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <new>
#include <vector>

#include "events.h"
#include "peer.h"

namespace {

struct handler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, handler> {
    events state;

    bool Null() {
        events_null(&state);
        return true;
    }
    bool Bool(bool value) {
        events_boolean(&state, value);
        return true;
    }
    bool Uint(unsigned value) {
        events_integer(&state, value);
        return true;
    }
    bool Uint64(uint64_t value) {
        events_integer(&state, value);
        return true;
    }
    bool String(const char *text, rapidjson::SizeType length, bool) {
        events_string(&state, text, length);
        return true;
    }
    bool Key(const char *name, rapidjson::SizeType length, bool) {
        events_name(&state, name, length);
        return true;
    }
    bool StartObject() {
        events_open_object(&state);
        return true;
    }
    bool StartArray() {
        events_open_array(&state);
        return true;
    }
    bool EndObject(rapidjson::SizeType) {
        events_close(&state);
        return true;
    }
    bool EndArray(rapidjson::SizeType) {
        events_close(&state);
        return true;
    }
};

struct kept {
    rapidjson::Reader reader;
    std::vector<char> copy;
};

void *create(size_t largest) {
    kept *state = new (std::nothrow) kept;

    if (state != nullptr) {
        // Its search for white space reads past the end.
        state->copy.resize(largest + PAGE_PADDING);
    }
    return state;
}

void destroy(void *state) {
    delete static_cast<kept *>(state);
}

bool read_page(void *given, const page *read, size_t, tally *sums) {
    kept *state = static_cast<kept *>(given);
    handler handle;

    // The zero after the page ends the text.
    memcpy(state->copy.data(), read->bytes, read->length + 1);
    events_start(&handle.state, sums);
    rapidjson::InsituStringStream stream(state->copy.data());
    return !state->reader.Parse<rapidjson::kParseInsituFlag>(stream, handle).IsError();
}

const char *version() {
    return RAPIDJSON_VERSION_STRING;
}

} // namespace

extern "C" const peer peer_rapidjson = {"rapidjson", version, create, destroy,
                                        read_page,   false,   true};
