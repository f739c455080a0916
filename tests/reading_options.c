#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse_flag(reading_options *options, const char *word) {
    if (strcmp(word, "-") == 0) {
        return true;
    }
    if (strcmp(word, "bare") == 0) {
        options->parser.root = NUMRES_ROOT_RESERVATION;
        return true;
    }
    bool *flag = NULL;
    if (strcmp(word, "several") == 0) {
        flag = &options->parser.several_documents;
    } else if (strcmp(word, "strict") == 0) {
        flag = &options->parser.strict;
    } else if (strcmp(word, "require-members") == 0) {
        flag = &options->parser.require_members;
    } else if (strcmp(word, "e164") == 0) {
        flag = &options->parser.check_e164;
    } else if (strcmp(word, "report-unknown") == 0) {
        flag = &options->parser.report_unknown;
    } else if (strcmp(word, "leave-out") == 0) {
        flag = &options->leave_out;
    }
    if (flag) {
        *flag = true;
    }
    return flag != NULL;
}

static bool parse_number(reading_options *options, const char *word) {
    const char *equals = strchr(word, '=');
    if (!equals) {
        return false;
    }
    size_t length = (size_t)(equals - word);
    unsigned long number = strtoul(equals + 1, NULL, 10);
    if (strncmp(word, "max-depth", length) == 0) {
        options->parser.max_depth = (unsigned int)number;
    } else if (strncmp(word, "max-value", length) == 0) {
        options->parser.max_value_length = number;
    } else if (strncmp(word, "max-text", length) == 0) {
        options->parser.max_record_text = number;
    } else if (strncmp(word, "max-size", length) == 0) {
        options->parser.max_document_size = number;
    } else if (strncmp(word, "stop-at", length) == 0) {
        options->stop_at = number;
    } else {
        return false;
    }
    return true;
}

void reading_options_take_lane(numres_options *options) {
    static const struct {
        const char *word;
        numres_lane lane;
        numres_simd simd;
    } lanes[] = {
        {"general", NUMRES_LANE_GENERAL, NUMRES_SIMD_BEST},
        {"fast", NUMRES_LANE_AUTOMATIC, NUMRES_SIMD_BEST},
        {"fast-baseline", NUMRES_LANE_AUTOMATIC, NUMRES_SIMD_BASELINE},
        {"fast-avx2", NUMRES_LANE_AUTOMATIC, NUMRES_SIMD_AVX2},
    };
    const char *word = getenv("NUMRES_TEST_LANE");
    for (size_t at = 0; word && at < sizeof(lanes) / sizeof(lanes[0]); at++) {
        if (strcmp(word, lanes[at].word) == 0) {
            options->lane = lanes[at].lane;
            options->simd = lanes[at].simd;
            return;
        }
    }
    if (word && *word) {
        fprintf(stderr, "NUMRES_TEST_LANE: no such lane: %s\n", word);
        abort();
    }
}

bool reading_options_parse(reading_options *options, const char *words) {
    *options = (reading_options){numres_options_default(), false, 0};
    reading_options_take_lane(&options->parser);
    while (*(words += strspn(words, " \t\r\n"))) {
        char word[64];
        size_t length = strcspn(words, " \t\r\n");
        if (length >= sizeof(word)) {
            return false;
        }
        memcpy(word, words, length);
        word[length] = '\0';
        if (!parse_flag(options, word) && !parse_number(options, word)) {
            return false;
        }
        words += length;
    }
    return true;
}
