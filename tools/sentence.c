#include "sentence.h"

#include <string.h>

const char *sentence_of_tool(numres_code code, const char *sentence) {
    bool is_usual = strcmp(sentence, numres_code_sentence(code)) == 0;
    switch (code) {
    case NUMRES_NO_ENVELOPE: /* the other one is about a bare reservation */
        return is_usual ? sentence
                        : "the root is no envelope but looks like a bare reservation; read it "
                          "with --bare";
    case NUMRES_TOO_DEEP:
        return "arrays and objects nest deeper than --max-depth allows (32 where it is not "
               "given, 127 at most)";
    case NUMRES_TRAILING_BYTES:
        return "bytes after the end of the document";
    case NUMRES_VALUE_TOO_LONG:
        return "the value is longer than numres keeps of one value or one record; numres "
               "--version names the limits";
    default:
        return sentence;
    }
}
