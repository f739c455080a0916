/* --sort: all records in memory, up to --max-memory. showing.c adds them and shows them
   in order. */
#include "format.h"

#include <stdlib.h>
#include <string.h>

/* All numbers of a reservation. */
#define ALL SIZE_MAX

void order_end(struct order *order) {
    numres_collection_destroy(order->collection); /* which may be NULL */
    free(order->units);
}

/* One unit for each number, or one for all if the column is of reservations. */
static size_t units_for(const struct order *order, size_t numbers) {
    return order->column->is_of_number && numbers > 0 ? numbers : 1;
}

/* How many bytes sorting takes besides the records: the units, and a place for each reservation. */
static uint64_t bytes_of(const struct order *order, size_t units) {
    return (uint64_t)(order->count + units) * (sizeof(struct order_unit) + sizeof(size_t));
}

numres_code order_add(struct order *order, const numres_reservation *reservation,
                      const struct collect *numbers) {
    size_t units = units_for(order, collect_count(numbers));
    numres_code code = NUMRES_OK;
    if (order->collection == NULL)
        code = numres_collection_create_for_records(&order->collection, NULL, order->max_memory);
    for (size_t place = 0; place < collect_count(numbers) && code == NUMRES_OK; place++)
        code = numres_collection_add_phone_number(order->collection, collect_at(numbers, place));
    if (code == NUMRES_OK)
        code = numres_collection_add_reservation(order->collection, reservation);
    if (code != NUMRES_OK)
        return code;
    uint64_t held = numres_collection_bytes(order->collection);
    if (held > order->max_memory || bytes_of(order, units) > order->max_memory - held)
        return NUMRES_COLLECTION_FULL;
    order->count += units;
    return NUMRES_OK;
}

/* ---- sorting ---- */

static int compare_texts(numres_text one, numres_text other) {
    size_t length = one.length < other.length ? one.length : other.length;
    int order = length == 0 ? 0 : memcmp(one.bytes, other.bytes, length);
    return order != 0 ? order : (one.length > other.length) - (one.length < other.length);
}

static int compare_values(const struct order_unit *one, const struct order_unit *other) {
    if (!one->is_instant || !other->is_instant)
        return one->is_instant != other->is_instant ? (one->is_instant ? -1 : 1)
                                                    : compare_texts(one->text, other->text);
    if (one->seconds != other->seconds)
        return one->seconds < other->seconds ? -1 : 1;
    return (one->nanoseconds > other->nanoseconds) - (one->nanoseconds < other->nanoseconds);
}

static int compare_sizes(size_t one, size_t other) {
    return (one > other) - (one < other);
}

/* Units without a value come last in both directions; equal ones keep their order. */
static int compare_units(const void *first, const void *second) {
    const struct order_unit *one = first;
    const struct order_unit *other = second;
    if (one->has_value != other->has_value)
        return one->has_value ? -1 : 1;
    int order = one->has_value ? compare_values(one, other) : 0;
    if (order != 0)
        return one->is_descending ? -order : order;
    return compare_sizes(one->place, other->place);
}

static int compare_groups(const void *first, const void *second) {
    const struct order_unit *one = first;
    const struct order_unit *other = second;
    int order = compare_sizes(one->group, other->group);
    return order != 0 ? order : compare_sizes(one->place, other->place);
}

static void fill_unit(const struct order *order, struct order_unit *unit, size_t place,
                      size_t number) {
    const numres_reservation *reservation = numres_collection_reservation(order->collection, place);
    const numres_phone_number *phone_number =
        number == ALL ? NULL : numres_collection_phone_number(order->collection, place, number);
    memset(unit, 0, sizeof *unit);
    unit->reservation = place;
    unit->number = number;
    unit->is_descending = order->is_descending;
    unit->text = column_text(order->column, reservation, phone_number);
    unit->has_value = unit->text.length > 0;
    unit->is_instant = column_instant(order->column, reservation, phone_number, &unit->seconds,
                                      &unit->nanoseconds);
}

static void fill_units(struct order *order) {
    size_t at = 0;
    for (size_t place = 0; place < numres_collection_reservations(order->collection); place++) {
        size_t numbers = numres_collection_phone_numbers(order->collection, place);
        bool is_one = !order->column->is_of_number || numbers == 0;
        for (size_t number = 0; number < (is_one ? 1 : numbers); number++) {
            fill_unit(order, &order->units[at], place, is_one ? ALL : number);
            order->units[at].place = at;
            at++;
        }
    }
}

/* Sets the group of each unit: the index of the first unit of its reservation. */
static bool find_groups(struct order *order) {
    size_t count = numres_collection_reservations(order->collection);
    size_t *firsts = malloc(count * sizeof *firsts);
    if (firsts == NULL)
        return false;
    memset(firsts, 0xFF, count * sizeof *firsts); /* each SIZE_MAX */
    for (size_t at = 0; at < order->count; at++) {
        size_t *first = &firsts[order->units[at].reservation];
        if (*first == SIZE_MAX)
            *first = at;
        order->units[at].place = at;
        order->units[at].group = *first;
    }
    free(firsts);
    return true;
}

bool order_sort(struct order *order) {
    if (order->count == 0)
        return true;
    order->units = malloc(order->count * sizeof *order->units);
    if (order->units == NULL)
        return false;
    fill_units(order);
    qsort(order->units, order->count, sizeof *order->units, compare_units);
    if (!order->column->is_of_number)
        return true;
    if (!find_groups(order))
        return false;
    if (!order->by_row)
        qsort(order->units, order->count, sizeof *order->units, compare_groups);
    return true;
}

static bool keep_number(const struct order *order, size_t reservation, size_t number,
                        struct collect *numbers) {
    return collect_add(numbers, numres_collection_phone_number(order->collection, reservation,
                                                               number)) == NUMRES_OK;
}

/* Collects the numbers of the next unit, and moves past it. */
static bool keep_numbers(struct order *order, struct collect *numbers) {
    const struct order_unit *unit = &order->units[order->next];
    size_t reservation = unit->reservation;
    bool is_kept = true;
    if (unit->number == ALL) {
        size_t count = numres_collection_phone_numbers(order->collection, reservation);
        for (size_t number = 0; number < count && is_kept; number++)
            is_kept = keep_number(order, reservation, number, numbers);
        order->next++;
        return is_kept;
    }
    do
        is_kept = keep_number(order, reservation, order->units[order->next++].number, numbers);
    while (is_kept && !order->by_row && order->next < order->count &&
           order->units[order->next].reservation == reservation);
    return is_kept;
}

const numres_reservation *order_next(struct order *order, struct collect *numbers,
                                     bool *has_failed) {
    if (order->next == order->count)
        return NULL;
    size_t reservation = order->units[order->next].reservation;
    bool are_apart = order->by_row && order->column->is_of_number;
    order->is_again = are_apart && order->units[order->next].group != order->next;
    collect_empty(numbers);
    *has_failed = !keep_numbers(order, numbers);
    return *has_failed ? NULL : numres_collection_reservation(order->collection, reservation);
}
