/* Checks the ids and phone numbers of a command line by the library's own rules, before
   anything is sent. settings.c calls it. */
#include "subjects.h"

#include <string.h>

static void start(const struct request_settings *settings, struct print *messages) {
    options_print_command(messages, settings->command);
    print_string(messages, ": ");
}

static bool refuse(const struct request_settings *settings, const char *fault,
                   struct print *messages) {
    start(settings, messages);
    print_string(messages, fault);
    print_string(messages, "; see '");
    options_print_command(messages, settings->command);
    print_string(messages, " --help'\n");
    return false;
}

static bool refuse_word(const struct request_settings *settings, const char *word,
                        const char *fault, struct print *messages) {
    start(settings, messages);
    print_string(messages, "'");
    print_safe(messages, word, strlen(word));
    print_string(messages, "' ");
    print_string(messages, fault);
    print_string(messages, "\n");
    return false;
}

static bool is_id(const struct request_settings *settings, const char *word,
                  struct print *messages) {
    numres_request request = numres_request_default();
    request.operation = NUMRES_OPERATION_RETRIEVE;
    request.id = numres_query_text(word);
    if (numres_is_e164(request.id))
        return refuse_word(settings, word,
                           "is a phone number, not the id of a reservation; 'numres list "
                           "--phone-number' finds its reservation",
                           messages);
    return numres_request_check(&request, NULL) == NUMRES_OK ||
           refuse_word(settings, word, "is no id of a reservation", messages);
}

static bool are_ids(const struct request_settings *settings, struct print *messages) {
    const struct settings *common = &settings->common;
    for (size_t at = 0; at < common->file_count; at++)
        if (!is_id(settings, common->files[at], messages))
            return false;
    return true;
}

static bool is_number(const struct request_settings *settings, size_t place,
                      struct print *messages) {
    char **words = settings->common.files;
    if (!numres_is_e164(numres_query_text(words[place])))
        return refuse_word(settings, words[place], "is no E.164 number, such as +13125550123",
                           messages);
    for (size_t at = 0; at < place; at++)
        if (strcmp(words[at], words[place]) == 0)
            return refuse_word(settings, words[place], "is there twice", messages);
    return true;
}

static bool are_numbers(const struct request_settings *settings, struct print *messages) {
    size_t count = settings->common.file_count;
    if (count == 0)
        return refuse(settings, "name the phone numbers to reserve, such as +13125550123",
                      messages);
    if (count > NUMRES_MOST_REQUEST_NUMBERS)
        return refuse(settings, "there are more than 10,000 phone numbers", messages);
    for (size_t at = 0; at < count; at++)
        if (!is_number(settings, at, messages))
            return false;
    return true;
}

static bool has_filters(const struct settings *common) {
    return common->created_after != NULL || common->created_before != NULL ||
           common->phone_number != NULL || common->reference != NULL;
}

bool subjects_check(const struct request_settings *settings, struct print *messages) {
    const struct settings *common = &settings->common;
    bool has_ids = common->file_count > 0;
    bool has_other = common->expires_within != NULL || has_filters(common);
    switch (settings->command) {
    case COMMAND_create:
        return are_numbers(settings, messages);
    case COMMAND_extend:
        if (has_ids == has_other)
            return refuse(settings,
                          has_ids ? "name ids or --expires-within, not both"
                                  : "name the ids of reservations, or --expires-within",
                          messages);
        break;
    case COMMAND_wait:
        if (has_ids == has_other)
            return refuse(settings,
                          has_ids ? "name ids or filters, not both"
                                  : "name the ids of reservations, or a filter",
                          messages);
        break;
    default:
        if (!has_ids)
            return refuse(settings, "name the ids of reservations", messages);
        break;
    }
    return are_ids(settings, messages);
}
