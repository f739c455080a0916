/* numres create: reserves phone numbers, and with --wait looks until the reservation is settled.
   main.c calls it; requests.c sends the request, await.c has the waiting. docs/tool.md describes
   the command. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "requests.h"

static const struct help help = {
    25,
    " [OPTION...] NUMBER...\n"
    "\n"
    "Reserves phone numbers, such as +13125550123, and shows the new reservation as\n"
    "numres show does.\n" EXCHANGE_HELP_KEY "\n",
    "\n" SINGLE_HELP_POST "\n"
    "Exit status: 0 success; 1 problems; 2 usage error; 3 the connection, input or\n"
    "output failed; 4 the API returned errors, or asks for a wait of more than 60\n"
    "seconds; 130 interrupted; with --wait: 5 the reservation has failed, wholly or\n"
    "in part, 6 the time limit was reached. The highest applies.\n"
    "\n"
    "Examples:\n"
    "  numres create --reference 'MY REF 001' +13125550123 +13125550124\n"
    "  numres create --wait 2m --format ids +13125550123\n",
};

/* The new reservation as last received, shown once nothing newer is to be expected. */
struct creation {
    struct exchange *exchange;
    numres_reservation *reservation; /* NULL: none came */
    struct collect numbers;
    char *id; /* NULL: none came that can be sent */
    struct await_counts counts;
    bool is_looked_at; /* the response of the creation was counted */
    /* Of the response being read: the requested numbers that it holds, and whether it holds one
       that was not requested, or one twice. */
    bool *is_held;
    bool has_foreign_number;
    bool is_different; /* the reservation does not hold exactly the numbers requested */
};

static bool keep_copy(struct creation *creation, const numres_reservation *reservation) {
    size_t size = numres_reservation_copy(reservation, NULL, 0);
    numres_reservation *copy = malloc(size);
    if (copy == NULL)
        return false;
    numres_reservation_copy(reservation, copy, size);
    free(creation->reservation);
    creation->reservation = copy;
    if (creation->id == NULL)
        creation->id = single_copy_id(reservation->id);
    return true;
}

/* Swaps the collected numbers with the kept ones, so that they stay with the reservation. */
static void keep_numbers(struct creation *creation) {
    struct collect *collected = &creation->exchange->showing.numbers;
    struct collect before = creation->numbers;
    creation->numbers = *collected;
    *collected = before;
}

/* Whether the number may be one of those requested that the reservation does not hold yet. A
   redacted one may be any that fits. */
static bool is_awaited(const struct creation *creation, numres_text number) {
    const struct settings *settings = &creation->exchange->settings->common;
    for (size_t at = 0; at < settings->file_count; at++) {
        if (numres_text_equals(number, settings->files[at])) {
            bool is_first = !creation->is_held[at];
            creation->is_held[at] = true;
            return is_first;
        }
        if (filter_may_be_number(number, numres_text_from(settings->files[at])))
            return true;
    }
    return false;
}

/* The first number of each response is compared anew. A number without a text may be the right
   one. */
static void compare_number(void *context, const numres_phone_number *number) {
    struct creation *creation = context;
    if (number->index == 0) {
        memset(creation->is_held, 0, creation->exchange->settings->common.file_count);
        creation->has_foreign_number = false;
    }
    if (number->phone_number.length > 0 && !is_awaited(creation, number->phone_number))
        creation->has_foreign_number = true;
}

/* A reservation without any numbers may get them later. */
static bool differs(const struct creation *creation, const numres_reservation *reservation) {
    uint64_t count = reservation->phone_number_count;
    return count > 0 && (creation->has_foreign_number ||
                         count != creation->exchange->settings->common.file_count);
}

static numres_answer keep(void *context, const numres_parser *parser,
                          const numres_reservation *reservation) {
    struct creation *creation = context;
    (void)parser;
    if (!keep_copy(creation, reservation))
        return response_stop_for(creation->exchange, STOP_NO_MEMORY);
    keep_numbers(creation);
    creation->counts = (struct await_counts){0, 0};
    await_count(&creation->counts, reservation);
    creation->is_different = differs(creation, reservation);
    return NUMRES_GO_ON;
}

static void show_kept(struct creation *creation) {
    struct exchange *exchange = creation->exchange;
    if (creation->reservation == NULL)
        return;
    keep_numbers(creation);
    exchange_show(exchange, exchange->parser, creation->reservation);
}

static enum exchange_end fetch(struct creation *creation) {
    const struct exchange_taker taker = {
        .reservation = keep, .context = creation, .phone_number = compare_number};
    if (creation->id != NULL)
        return single_send_about(creation->exchange, NUMRES_OPERATION_RETRIEVE, creation->id,
                                 &taker);
    notice_failure(creation->exchange,
                   "the new reservation has no usable id, so its status cannot be checked again",
                   "");
    return EXCHANGE_FAILED;
}

/* The response of the creation itself is the first look. */
static enum exchange_end look(void *context, struct await_counts *counts) {
    struct creation *creation = context;
    enum exchange_end end = creation->is_looked_at ? fetch(creation) : EXCHANGE_READ;
    const char *fault = await_status_fault(creation->reservation);
    creation->is_looked_at = true;
    *counts = creation->counts;
    if (end != EXCHANGE_READ || fault == NULL)
        return end;
    notice_failure(creation->exchange, fault, "");
    return EXCHANGE_FAILED;
}

static enum exchange_end create(struct creation *creation) {
    const struct exchange_taker taker = {
        .reservation = keep, .context = creation, .phone_number = compare_number};
    const struct request_settings *settings = creation->exchange->settings;
    size_t count = settings->common.file_count;
    numres_request request = numres_request_default();
    numres_text *numbers = calloc(count, sizeof *numbers);
    if (numbers == NULL) {
        exchange_fail(creation->exchange, EXCHANGE_NO_MEMORY, "");
        return EXCHANGE_FAILED;
    }
    for (size_t at = 0; at < count; at++)
        numbers[at] = numres_text_from(settings->common.files[at]);
    request.operation = NUMRES_OPERATION_CREATE;
    request.phone_numbers = numbers;
    request.phone_number_count = count;
    request.customer_reference = numres_text_from(settings->common.reference);
    enum exchange_end end = single_send(creation->exchange, "create", &request, &taker);
    free(numbers);
    return end;
}

/* Names the reservation by its id, if one came that can be sent. */
static void report_unseen(const struct creation *creation, const struct single_look *by_number) {
    struct exchange *exchange = creation->exchange;
    const struct single_look by_id = {.command = "numres get", .word = creation->id};
    single_report_unseen(exchange, "create", exchange->idempotency_key,
                         creation->id != NULL ? &by_id : by_number);
}

static void make(struct creation *creation) {
    struct exchange *exchange = creation->exchange;
    struct await_look await = {look, creation};
    collect_begin(&creation->numbers, exchange->settings->common.max_reservation_bytes.value);
    const char *number = exchange->settings->common.files[0];
    const struct single_look by_number = {
        .command = "numres list", .option = "--phone-number", .word = number};
    enum exchange_end end = create(creation);
    single_report_doubt(exchange, end, creation->reservation != NULL, &by_number);
    if (end == EXCHANGE_READ && exchange->settings->common.wait.text != NULL)
        await_all(exchange, &await, "--wait");
    show_kept(creation);
    if (creation->is_different)
        notice_failure(exchange,
                       "the reservation does not hold exactly the phone numbers requested", "");
    single_finish(exchange);
    if (end == EXCHANGE_INTERRUPTED && !exchange->transport.was_sent &&
        exchange->session->output.failure == EPIPE)
        report_failure(exchange->session, "create",
                       "nothing was sent: the reader of standard output has left", "");
    else if (end == EXCHANGE_READ)
        report_unseen(creation, &by_number);
    free(creation->reservation);
    free(creation->id);
    collect_end(&creation->numbers);
}

static void run(struct exchange *exchange) {
    struct creation creation = {.exchange = exchange};
    creation.is_held = calloc(exchange->settings->common.file_count, sizeof *creation.is_held);
    if (creation.is_held == NULL)
        exchange_fail(exchange, EXCHANGE_NO_MEMORY, "");
    else
        make(&creation);
    free(creation.is_held);
}

int create_command(struct session *session, char **arguments, size_t count) {
    return exchange_command(session, COMMAND_create, &help, arguments, count, run);
}
