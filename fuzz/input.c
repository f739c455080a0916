/* Splits an input into settings and document. The targets that read documents call it. */
#include "input.h"

static const uint8_t defaults[INPUT_SETTINGS];

fuzz_input fuzz_input_of(const uint8_t *data, size_t size) {
    if (size > INPUT_SETTINGS && data[0] == INPUT_MARKER) {
        return (fuzz_input){data + 1, (const char *)data + 1 + INPUT_SETTINGS,
                            size - 1 - INPUT_SETTINGS};
    }
    return (fuzz_input){defaults, (const char *)data, size};
}

static bool flag(const fuzz_input *input, unsigned int which) {
    return (input->settings[INPUT_FLAGS] & which) != 0;
}

numres_options fuzz_input_options(const fuzz_input *input) {
    const uint8_t *settings = input->settings;
    numres_options options = numres_options_default();
    options.root = flag(input, INPUT_FLAG_BARE) ? NUMRES_ROOT_RESERVATION : NUMRES_ROOT_ENVELOPE;
    options.several_documents = flag(input, INPUT_FLAG_SEVERAL);
    options.strict = flag(input, INPUT_FLAG_STRICT);
    options.require_members = flag(input, INPUT_FLAG_REQUIRE);
    options.check_e164 = flag(input, INPUT_FLAG_E164);
    options.report_unknown = flag(input, INPUT_FLAG_UNKNOWN);
    if (settings[INPUT_DEPTH] != 0) {
        options.max_depth = 1 + (settings[INPUT_DEPTH] - 1u) % NUMRES_LARGEST_MAX_DEPTH;
    }
    if (settings[INPUT_VALUE] != 0) {
        options.max_value_length = settings[INPUT_VALUE];
    }
    if (settings[INPUT_TEXT] != 0) {
        options.max_record_text = settings[INPUT_TEXT] * (size_t)4;
    }
    options.max_document_size = settings[INPUT_DOCUMENT_SIZE] * UINT64_C(8);
    return options;
}

size_t fuzz_input_chunk(const fuzz_input *input, size_t chunk) {
    const uint8_t *sizes = input->settings + INPUT_CHUNKS;
    size_t count = INPUT_CHUNKS_END - INPUT_CHUNKS;
    unsigned int all = 0;
    for (size_t place = 0; place < count; place++) {
        all |= sizes[place];
    }
    if (all == 0) {
        return 1;
    }
    size_t size = sizes[chunk % count];
    return size < 200 ? size : (size - 199) * 64;
}
