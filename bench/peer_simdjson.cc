// simdjson On-Demand, twice: members looked up by name, which its documentation shows
// first, and a loop over the fields, for objects whose members come in any order. A
// lookup is cheap for the next member and expensive for an absent one, so names are
// looked up in the order of the page, and only those that its style has. Built with
// -march=native, because On-Demand chooses its kernel at compile time. The parser is kept
// between pages, and pages have the padding that it requires.
#include <simdjson.h>

#include <new>
#include <string_view>

#include "names.h"
#include "peer.h"

using namespace simdjson;

static_assert(PAGE_PADDING >= SIMDJSON_PADDING, "pages have too little padding");

namespace {

// Bytes from a name's start that can be read; the padding is longer.
constexpr size_t longest_name = 48;

// Lookups and fields both give a value. Sums a string or boolean; counts a null.
error_code take(ondemand::value value, bench_member member, tally *sums) {
    std::string_view text;
    bool flag = false;
    error_code error =
        member == MEMBER_EXPIRED ? value.get_bool().get(flag) : value.get_string().get(text);

    if (error == INCORRECT_TYPE && value.is_null()) {
        sums->nulls++;
        return SUCCESS;
    }
    if (error == SUCCESS && member == MEMBER_EXPIRED) {
        tally_boolean(sums, member, flag);
    } else if (error == SUCCESS) {
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

error_code take_number_sorted(ondemand::object number, tally *sums) {
    SIMDJSON_TRY(take_name(number, "created_at", MEMBER_CREATED_AT, sums));
    SIMDJSON_TRY(take_name(number, "errors", MEMBER_ERRORS, sums));
    SIMDJSON_TRY(take_name(number, "expired", MEMBER_EXPIRED, sums));
    SIMDJSON_TRY(take_name(number, "expired_at", MEMBER_EXPIRED_AT, sums));
    SIMDJSON_TRY(take_name(number, "id", MEMBER_ID, sums));
    SIMDJSON_TRY(take_name(number, "phone_number", MEMBER_PHONE_NUMBER, sums));
    SIMDJSON_TRY(take_name(number, "record_type", MEMBER_RECORD_TYPE, sums));
    SIMDJSON_TRY(take_name(number, "status", MEMBER_STATUS, sums));
    SIMDJSON_TRY(take_name(number, "updated_at", MEMBER_UPDATED_AT, sums));
    sums->phone_numbers++;
    return SUCCESS;
}

// Most names need no unescaping, which is a call and a copy: they end at the next quote.
// A longer name is none of ours.
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

error_code take_reservation_sorted(ondemand::object reservation, tally *sums) {
    ondemand::value numbers;

    SIMDJSON_TRY(take_name(reservation, "created_at", MEMBER_CREATED_AT, sums));
    SIMDJSON_TRY(take_name(reservation, "customer_reference", MEMBER_CUSTOMER_REFERENCE, sums));
    SIMDJSON_TRY(take_name(reservation, "errors", MEMBER_ERRORS, sums));
    SIMDJSON_TRY(take_name(reservation, "id", MEMBER_ID, sums));
    SIMDJSON_TRY(reservation["phone_numbers"].get(numbers));
    SIMDJSON_TRY(take_numbers(numbers, take_number_sorted, sums));
    SIMDJSON_TRY(take_name(reservation, "record_type", MEMBER_RECORD_TYPE, sums));
    SIMDJSON_TRY(take_name(reservation, "status", MEMBER_STATUS, sums));
    SIMDJSON_TRY(take_name(reservation, "updated_at", MEMBER_UPDATED_AT, sums));
    SIMDJSON_TRY(take_name(reservation, "user_id", MEMBER_USER_ID, sums));
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

struct count {
    const char *name;
    bench_member member;
};

constexpr count sample_counts[] = {{"total_pages", MEMBER_TOTAL_PAGES},
                                   {"total_results", MEMBER_TOTAL_RESULTS},
                                   {"page_number", MEMBER_PAGE_NUMBER},
                                   {"page_size", MEMBER_PAGE_SIZE}};
constexpr count sorted_counts[] = {{"page_number", MEMBER_PAGE_NUMBER},
                                   {"page_size", MEMBER_PAGE_SIZE},
                                   {"total_pages", MEMBER_TOTAL_PAGES},
                                   {"total_results", MEMBER_TOTAL_RESULTS}};

error_code take_meta(ondemand::object meta, bool is_sorted, tally *sums) {
    for (const count &one : is_sorted ? sorted_counts : sample_counts) {
        uint64_t value = 0;
        SIMDJSON_TRY(meta[one.name].get(value));
        tally_meta(sums, one.member, value);
    }
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
    return take_meta(meta, page_style_is_sorted(read->style), sums);
}

void *create(size_t) {
    return new (std::nothrow) ondemand::parser;
}

void destroy(void *state) {
    delete static_cast<ondemand::parser *>(state);
}

bool read_names(void *state, const page *read, size_t, tally *sums) {
    auto &parser = *static_cast<ondemand::parser *>(state);

    if (page_style_is_sorted(read->style)) {
        return take_page(parser, read, take_reservation_sorted, sums) == SUCCESS;
    }
    return take_page(parser, read, take_reservation_names, sums) == SUCCESS;
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
