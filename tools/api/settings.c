/* The command line of the commands that ask the API: converts and checks the values of
   its options, its ids and phone numbers; numres config judges settings by the same rules. */
#include "exchange.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../run/text.h"
#include "../run/times.h"

/* Reads the filters, and adds those that the API has to the query. */
static bool read_selection(struct request_settings *settings, const struct settings *texts,
                           const struct teller *teller) {
    struct selection *selection = &settings->selection;
    if (!selection_read(selection, teller->command, texts, teller->messages))
        return false;
    settings->query.page_size = texts->page_size.value;
    settings->query.page_number = texts->page_number.value;
    settings->max_items = selection->sort == NULL ? selection->limit : 0;
    /* get asks for single reservations by their ids alone. */
    if (teller->command != COMMAND_get)
        filter_send(&selection->filter, &settings->query);
    return true;
}

/* Refuses options with which a run cannot be continued. */
static bool fits_resume(const struct settings *texts, const struct teller *teller) {
    static const char moves[] = "changes with the clock, so --resume could not continue the list; "
                                "give a fixed time or date";
    if (texts->resume == NULL)
        return true;
    if (texts->page_number.text != NULL)
        return teller_refuse_use(
            teller,
            "--page-number cannot be combined with --resume, whose file says where to begin");
    if (texts->sort != NULL)
        return teller_refuse_use(
            teller, "--sort, which shows nothing before the end, cannot be combined with --resume");
    if (texts->count)
        return teller_refuse_use(
            teller,
            "--count, which shows nothing before the end, cannot be combined with --resume");
    if (times_is_back(texts->created_after))
        return teller_refuse(teller, "--created-after", texts->created_after, moves);
    if (times_is_back(texts->created_before))
        return teller_refuse(teller, "--created-before", texts->created_before, moves);
    return true;
}

/* A URL with a user may hold a password or a key, which must not be logged. */
static bool refuse_url(const struct teller *teller, const char *source, const char *url,
                       const char *fault) {
    return strchr(url, '@') == NULL
               ? teller_refuse(teller, source, url, fault)
               : options_refuse_hidden(teller->command, source, url, fault, teller->messages);
}

static bool read_base_url(struct request_settings *settings, const struct teller *teller) {
    const char *source = settings->common.base_url == NULL ? BASE_URL_VARIABLE : "--base-url";
    settings->base_url = settings->common.base_url;
    if (settings->base_url == NULL)
        settings->base_url = variable_value(BASE_URL_VARIABLE);
    if (settings->base_url == NULL)
        settings->base_url = BASE_URL_DEFAULT;
    const char *fault = base_url_fault(settings->base_url);
    return fault == NULL || refuse_url(teller, source, settings->base_url, fault);
}

/* ---- ids and phone numbers, checked by the library's own rules before anything is sent ---- */

/* Two requests for one id could extend it twice. UUIDs are case-insensitive. */
static bool is_there_before(char **words, size_t place) {
    for (size_t at = 0; at < place; at++)
        if (strcasecmp(words[at], words[place]) == 0)
            return true;
    return false;
}

/* Checks each word; `fault_of` says what is wrong with one, or returns NULL. */
static bool are_right(const char *(*fault_of)(const char *word), const struct settings *texts,
                      const struct teller *teller) {
    for (size_t at = 0; at < texts->file_count; at++) {
        const char *word = texts->files[at];
        const char *fault = is_there_before(texts->files, at) ? "is given twice" : fault_of(word);
        if (fault == NULL)
            continue;
        options_start(teller->messages, teller->command);
        return print_fault(teller->messages, "'", word, "' ", fault);
    }
    return true;
}

static const char *fault_of_id(const char *word) {
    numres_request request = numres_request_default();
    request.operation = NUMRES_OPERATION_RETRIEVE;
    request.id = numres_text_from(word);
    if (numres_is_e164(request.id))
        return "is a phone number, not the id of a reservation; 'numres list --phone-number' finds "
               "its reservation";
    return numres_request_check(&request, NULL) == NUMRES_OK ? NULL
                                                             : "is not the id of a reservation";
}

static const char *fault_of_number(const char *word) {
    return numres_is_e164(numres_text_from(word)) ? NULL
                                                  : "is not an E.164 number, such as +13125550123";
}

_Static_assert(NUMRES_MOST_REQUEST_NUMBERS == 10000, "the message below names it");

static bool are_numbers(const struct settings *texts, const struct teller *teller) {
    if (texts->file_count == 0)
        return teller_refuse_use(teller, "name the phone numbers to reserve, such as +13125550123");
    if (texts->file_count > NUMRES_MOST_REQUEST_NUMBERS)
        return teller_refuse_use(teller, "there are more than 10,000 phone numbers");
    return are_right(fault_of_number, texts, teller);
}

/* Accepts either ids or another choice of reservations. `both` and `none` are the messages
   if both or neither are given. */
static bool are_ids_or(bool has_other, const char *both, const char *none,
                       const struct settings *texts, const struct teller *teller) {
    bool has_ids = texts->file_count > 0;
    if (has_ids == has_other)
        return teller_refuse_use(teller, has_ids ? both : none);
    return are_right(fault_of_id, texts, teller);
}

/* Checks the words that are not options: ids or phone numbers; list takes none. */
static bool check_words(const struct settings *texts, const struct teller *teller) {
    switch (teller->command) {
    case COMMAND_list:
        return texts->file_count == 0 ||
               teller_refuse_use(teller, "it takes no files; use 'numres show' to read files");
    case COMMAND_create:
        return are_numbers(texts, teller);
    case COMMAND_extend:
        return are_ids_or(texts->expires_within.text != NULL,
                          "name ids or --expires-within, not both",
                          "name the ids of reservations, or --expires-within", texts, teller);
    case COMMAND_wait:
        return are_ids_or(filter_is_given(texts), "name ids or filters, not both",
                          "name the ids of reservations, or a filter", texts, teller);
    default:
        return are_ids_or(false, "", "name the ids of reservations", texts, teller);
    }
}

static void set_defaults(struct request_settings *settings, enum option_command command) {
    memset(settings, 0, sizeof *settings);
    settings->command = command;
    settings->query = numres_query_default();
    settings->needs_numbers = command == COMMAND_extend;
}

static bool are_keys_apart(const struct settings *texts, const struct teller *teller) {
    if (texts->api_key_file == NULL || texts->key_command == NULL)
        return true;
    options_start(teller->messages, teller->command);
    print_string(teller->messages, "--api-key-file cannot be combined with --key-command\n");
    return false;
}

bool request_settings_read(struct request_settings *settings, enum option_command command,
                           char **arguments, size_t count, struct print *messages) {
    struct settings *texts = &settings->common;
    const struct teller teller = {command, messages};
    set_defaults(settings, command);
    if (!options_read(command, arguments, count, texts, messages))
        return false;
    settings->authorities = authorities_choose(texts->ca_file);
    if (texts->help)
        return true;
    return are_keys_apart(texts, &teller) && check_words(texts, &teller) &&
           read_selection(settings, texts, &teller) && fits_resume(texts, &teller) &&
           read_base_url(settings, &teller);
}

bool request_settings_have_authorities(const struct request_settings *settings,
                                       struct print *messages) {
    const char *fault = authorities_fault(&settings->authorities);
    char after[64];
    if (fault == NULL)
        return true;
    snprintf(after, sizeof after, " (from %s) cannot be used: ", settings->authorities.source);
    options_start(messages, settings->command);
    return print_fault(messages, "the certificate file ", settings->authorities.file, after, fault);
}

/* Reports every kind of fault, not only the first. */
bool api_settings_judge(const struct settings *texts, struct print *messages) {
    const struct teller teller = {COMMAND_config, messages};
    struct request_settings settings;
    struct api_key key;
    set_defaults(&settings, COMMAND_config);
    settings.common = *texts;
    settings.authorities = authorities_choose(texts->ca_file);
    api_key_begin(&key, COMMAND_config);
    key.is_judged = true;
    print_hide(messages, key.variable, key.text);
    bool are_right = are_keys_apart(texts, &teller) && api_key_take(&key, texts, messages);
    are_right = read_base_url(&settings, &teller) && are_right;
    are_right = request_settings_have_authorities(&settings, messages) && are_right;
    print_flush(messages);
    print_hide(messages, NULL, NULL);
    api_key_forget(&key);
    return are_right;
}
