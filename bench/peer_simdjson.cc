// simdjson On-Demand, twice: members looked up by name, the way its
// documentation begins with, and as a loop over the fields, for objects whose
// members come in any order. Built for the machine at hand, since On-Demand
// takes its kernel when it is compiled; the parser is kept; the page has the
// padding that it asks for.
#include <simdjson.h>

#include <new>
#include <string_view>

#include "names.h"
#include "peer.h"

using namespace simdjson;

static_assert(PAGE_PADDING >= SIMDJSON_PADDING, "pages have too little padding");

namespace {

// Bytes behind a name's start that can be read: the padding is longer.
constexpr size_t longest_name = 48;

// Both lookups and fields give a value: a string is summed, a null is counted.
error_code take(ondemand::value value, bench_member member, tally *sums) {
    std::string_view text;
    error_code error = value.get_string().get(text);

    if (error == INCORRECT_TYPE && value.is_null()) {
        sums->nulls++;
        return SUCCESS;
    }
    if (error == SUCCESS) {
        tally_value(sums, member, text.data(), text.size());
    }
    return error;
}

error_code take_name(ondemand::object &record, const char *name, bench_member member, tally *sums) {
    ondemand::value value;
    error_code error = record[name].get(value);

    if (error == NO_SUCH_FIELD) {
        return SUCCESS;
    }
    return error == SUCCESS ? take(value, member, sums) : error;
}

error_code take_number_names(ondemand::object number, tally *sums) {
    SIMDJSON_TRY(take_name(number, "id", MEMBER_ID, sums));
    SIMDJSON_TRY(take_name(number, "record_type", MEMBER_RECORD_TYPE, sums));
    SIMDJSON_TRY(take_name(number, "phone_number", MEMBER_PHONE_NUMBER, sums));
    SIMDJSON_TRY(take_name(number, "status", MEMBER_STATUS, sums));
    SIMDJSON_TRY(take_name(number, "created_at", MEMBER_CREATED_AT, sums));
    SIMDJSON_TRY(take_name(number, "updated_at", MEMBER_UPDATED_AT, sums));
    SIMDJSON_TRY(take_name(number, "expired_at", MEMBER_EXPIRED_AT, sums));
    SIMDJSON_TRY(take_name(number, "errors", MEMBER_ERRORS, sums));
    sums->phone_numbers++;
    return SUCCESS;
}

// Most names need no unescaping, which is a call and a copy: then the name ends
// at the next quote. A longer one is none of ours.
error_code name_of(ondemand::field &field, bench_member *member) {
    const char *raw = field.key().raw();
    const void *end = memchr(raw, '"', longest_name + 1);
    std::string_view name;

    *member = end == nullptr
                  ? MEMBER_OTHER
                  : member_of(raw, static_cast<size_t>(static_cast<const char *>(end) - raw));
    if (*member == MEMBER_OTHER && memchr(raw, '\\', longest_name) != nullptr) {
        SIMDJSON_TRY(field.unescaped_key().get(name));
        *member = member_of(name.data(), name.size());
    }
    return SUCCESS;
}

error_code take_number_fields(ondemand::object number, tally *sums) {
    for (auto field : number) {
        ondemand::field one;
        ondemand::value value;
        bench_member member = MEMBER_OTHER;
        SIMDJSON_TRY(std::move(field).get(one));
        SIMDJSON_TRY(name_of(one, &member));
        if (member != MEMBER_OTHER) {
            value = one.value();
            SIMDJSON_TRY(take(value, member, sums));
        }
    }
    sums->phone_numbers++;
    return SUCCESS;
}

template <typename take_number>
error_code take_numbers(ondemand::value list, take_number take_one, tally *sums) {
    ondemand::array numbers;

    SIMDJSON_TRY(list.get_array().get(numbers));
    for (auto element : numbers) {
        ondemand::object number;
        SIMDJSON_TRY(element.get_object().get(number));
        SIMDJSON_TRY(take_one(number, sums));
    }
    return SUCCESS;
}

error_code take_reservation_names(ondemand::object reservation, tally *sums) {
    ondemand::value numbers;

    SIMDJSON_TRY(take_name(reservation, "id", MEMBER_ID, sums));
    SIMDJSON_TRY(take_name(reservation, "record_type", MEMBER_RECORD_TYPE, sums));
    SIMDJSON_TRY(reservation["phone_numbers"].get(numbers));
    SIMDJSON_TRY(take_numbers(numbers, take_number_names, sums));
    SIMDJSON_TRY(take_name(reservation, "status", MEMBER_STATUS, sums));
    SIMDJSON_TRY(take_name(reservation, "customer_reference", MEMBER_CUSTOMER_REFERENCE, sums));
    SIMDJSON_TRY(take_name(reservation, "created_at", MEMBER_CREATED_AT, sums));
    SIMDJSON_TRY(take_name(reservation, "updated_at", MEMBER_UPDATED_AT, sums));
    SIMDJSON_TRY(take_name(reservation, "errors", MEMBER_ERRORS, sums));
    sums->reservations++;
    return SUCCESS;
}

error_code take_reservation_fields(ondemand::object reservation, tally *sums) {
    for (auto field : reservation) {
        ondemand::field one;
        ondemand::value value;
        bench_member member = MEMBER_OTHER;
        SIMDJSON_TRY(std::move(field).get(one));
        SIMDJSON_TRY(name_of(one, &member));
        if (member == MEMBER_OTHER) {
            continue;
        }
        value = one.value();
        if (member == MEMBER_PHONE_NUMBERS) {
            SIMDJSON_TRY(take_numbers(value, take_number_fields, sums));
        } else {
            SIMDJSON_TRY(take(value, member, sums));
        }
    }
    sums->reservations++;
    return SUCCESS;
}

error_code take_meta(ondemand::object meta, tally *sums) {
    uint64_t total_pages = 0, total_results = 0, page_number = 0, page_size = 0;

    SIMDJSON_TRY(meta["total_pages"].get(total_pages));
    SIMDJSON_TRY(meta["total_results"].get(total_results));
    SIMDJSON_TRY(meta["page_number"].get(page_number));
    SIMDJSON_TRY(meta["page_size"].get(page_size));
    tally_meta(sums, MEMBER_TOTAL_PAGES, total_pages);
    tally_meta(sums, MEMBER_TOTAL_RESULTS, total_results);
    tally_meta(sums, MEMBER_PAGE_NUMBER, page_number);
    tally_meta(sums, MEMBER_PAGE_SIZE, page_size);
    return SUCCESS;
}

template <typename take_reservation>
error_code take_page(ondemand::parser &parser, const page *read, take_reservation take_one,
                     tally *sums) {
    ondemand::document document;
    ondemand::array data;
    ondemand::object meta;

    SIMDJSON_TRY(
        parser.iterate(padded_string_view(read->bytes, read->length, read->length + PAGE_PADDING))
            .get(document));
    SIMDJSON_TRY(document["data"].get_array().get(data));
    for (auto element : data) {
        ondemand::object reservation;
        SIMDJSON_TRY(element.get_object().get(reservation));
        SIMDJSON_TRY(take_one(reservation, sums));
    }
    SIMDJSON_TRY(document["meta"].get_object().get(meta));
    return take_meta(meta, sums);
}

void *create(size_t) {
    return new (std::nothrow) ondemand::parser;
}

void destroy(void *state) {
    delete static_cast<ondemand::parser *>(state);
}

bool read_names(void *state, const page *read, size_t, tally *sums) {
    return take_page(*static_cast<ondemand::parser *>(state), read, take_reservation_names, sums) ==
           SUCCESS;
}

bool read_fields(void *state, const page *read, size_t, tally *sums) {
    return take_page(*static_cast<ondemand::parser *>(state), read, take_reservation_fields,
                     sums) == SUCCESS;
}

#define TEXT_OF(words) #words
#define NAME_OF(words) TEXT_OF(words)

// With the kernel that it was compiled for.
const char *version() {
    return NAME_OF(SIMDJSON_VERSION) ", " NAME_OF(SIMDJSON_BUILTIN_IMPLEMENTATION);
}

} // namespace

extern "C" const peer peer_simdjson_names = {"simdjson-names", version, create, destroy,
                                             read_names,       false,   false};
extern "C" const peer peer_simdjson_fields = {"simdjson-fields", version, create, destroy,
                                              read_fields,       false,   true};
