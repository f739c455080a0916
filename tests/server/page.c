#include "page.h"

#include <string.h>

static void write_phone_number(text_buffer *body, const reservation *reservation, size_t at) {
    bool is_sample = reservation->number == 0;
    text_buffer_format(body, "%s{\"id\":\"%.35s%c\",\"record_type\":\"reserved_phone_number\",",
                       at == 0 ? "" : ",", reservation->id,
                       is_sample ? reservation->id[DATA_SET_ID_SIZE - 2] : (char)('0' + at));
    text_buffer_format(body, "\"phone_number\":\"%s\",\"status\":\"%s\",",
                       reservation->phone_numbers[at], reservation->status);
    text_buffer_format(body,
                       "\"created_at\":\"%s\",\"updated_at\":\"%s\",\"expired_at\":\"%s\","
                       "\"errors\":\"\"}",
                       reservation->created_at, reservation->created_at, reservation->expired_at);
}

static void write_reservation(text_buffer *body, const reservation *reservation) {
    text_buffer_format(body,
                       "{\"id\":\"%s\",\"record_type\":\"number_reservation\",\"phone_numbers\":[",
                       reservation->id);
    for (size_t at = 0; at < reservation->phone_number_count; at++)
        write_phone_number(body, reservation, at);
    text_buffer_format(body, "],\"status\":\"%s\",", reservation->status);
    if (reservation->reference_json != NULL)
        text_buffer_format(body, "\"customer_reference\":%s,", reservation->reference_json);
    text_buffer_format(body, "\"created_at\":\"%s\",\"updated_at\":\"%s\"}",
                       reservation->created_at, reservation->created_at);
}

static bool has_filters(const filters *filters) {
    return filters->status != NULL || filters->created_after != NULL ||
           filters->created_before != NULL || filters->phone_number != NULL ||
           filters->reference != NULL;
}

/* Adds the reservations from place `first` on among those that pass. Returns how many
   pass in all. */
static uint64_t write_data(text_buffer *body, store *store, const listing *listing,
                           const page_request *request, uint64_t first, uint64_t size,
                           uint64_t twice) {
    uint64_t passed = 0;
    /* Without filters the places are known, so only the page's reservations are made. */
    bool filtered = has_filters(&request->filters);
    int64_t at = 0;
    if (!filtered) {
        passed = first < (uint64_t)listing->count ? first : (uint64_t)listing->count;
        at = (int64_t)passed;
    }
    for (; at < listing->count && (filtered || passed < first + size); at++) {
        reservation reservation = store_reservation(store, listing->first + at);
        if (filtered && !data_set_passes(&reservation, &request->filters))
            continue;
        if (passed >= first && passed < first + size) {
            if (passed > first)
                text_buffer_add(body, ",", 1);
            if (twice > 0 && passed == first + twice)
                reservation = store_reservation(store, listing->first + at - 1);
            write_reservation(body, &reservation);
        }
        passed++;
    }
    return filtered ? passed : (uint64_t)listing->count;
}

static void write_member(text_buffer *body, const char *name, uint64_t value,
                         const altered_member *member, const char **comma) {
    if (member->altered && member->absent)
        return;
    text_buffer_format(body, "%s\"%s\":%llu", *comma, name,
                       (unsigned long long)(member->altered ? member->value : value));
    *comma = ",";
}

static void write_meta(text_buffer *body, const page_request *request, uint64_t total,
                       const behaviour *behaviour) {
    const char *comma = "";
    uint64_t pages = (total + request->size - 1) / request->size;
    text_buffer_format(body, ",\"meta\":{");
    write_member(body, "total_pages", pages, &behaviour->total_pages, &comma);
    write_member(body, "total_results", total, &behaviour->total_results, &comma);
    write_member(body, "page_number", request->number, &behaviour->page_number, &comma);
    write_member(body, "page_size", request->size, &behaviour->page_size, &comma);
    text_buffer_format(body, "}");
}

void page_write(text_buffer *body, store *store, const listing *listing,
                const page_request *request, const behaviour *behaviour) {
    uint64_t page = behaviour->data_page > 0 ? behaviour->data_page : request->number;
    text_buffer_format(body, "{\"data\":[");
    uint64_t total = write_data(body, store, listing, request, (page - 1) * request->size,
                                behaviour->no_data ? 0 : request->size, behaviour->twice);
    text_buffer_format(body, "]");
    if (!behaviour->no_meta)
        write_meta(body, request, total, behaviour);
    text_buffer_format(body, "}");
}

void page_write_single(text_buffer *body, store *store, int64_t number) {
    reservation reservation = store_reservation(store, number);
    text_buffer_format(body, "{\"data\":");
    write_reservation(body, &reservation);
    text_buffer_format(body, "}");
}

static const struct api_error {
    unsigned int status;
    const char *code;
    const char *title;
    const char *detail;
} api_errors[] = {
    {400, "10015", "Bad request", "The request is not valid."},
    {401, "10009", "Authentication failed", "Could not understand the provided credentials."},
    {403, "10038", "Feature not permitted", "This feature is not permitted at this account level."},
    {404, "10005", "Resource not found", "The requested resource or URL could not be found."},
    {409, "10036", "Resource is being processed", "The same request is being processed already."},
    {422, "10015", "Invalid pagination",
     "The provided 'page' parameter is invalid. Its size and number must be numeric values."},
    {429, "10011", "Too many requests",
     "You have exceeded the maximum number of allowed requests."},
    {500, "10007", "Unexpected error", "An unexpected error occurred."},
};

void page_write_errors(text_buffer *body, unsigned int status) {
    size_t count = sizeof api_errors / sizeof *api_errors;
    const struct api_error *error = &api_errors[count - 1];
    for (size_t at = 0; at < count; at++)
        if (api_errors[at].status == status)
            error = &api_errors[at];
    text_buffer_format(
        body,
        "{\"errors\":[{\"code\":\"%s\",\"title\":\"%s\",\"detail\":\"%s\","
        "\"meta\":{\"url\":\"https://developers.telnyx.com/docs/overview/errors/%s\"}}]}",
        error->code, error->title, error->detail, error->code);
}
