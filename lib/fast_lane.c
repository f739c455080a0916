#include "fast_lane.h"

#include <string.h>

#include "delivery.h"
#include "text.h"

/* Creation. */

static void choose_level(numres_fast_lane *lane, numres_simd simd) {
    lane->members = numres_fast_members_baseline;
    lane->known_numbers = numres_fast_numbers_baseline;
#ifdef NUMRES_HAS_AVX2
    if (simd == NUMRES_SIMD_AVX2 ||
        (simd == NUMRES_SIMD_BEST && numres_simd_name(NUMRES_SIMD_AVX2) != NULL)) {
        lane->members = numres_fast_members_avx2;
        lane->known_numbers = numres_fast_numbers_avx2;
    }
#else
    (void)simd;
#endif
}

/* API errors are rare: their table is searched. */
static const numres_fast_names *names_of(const numres_fast_lane *lane, numres_object_kind kind) {
    static const numres_fast_names none = {0, {0}};
    return kind <= NUMRES_OBJECT_META ? &lane->names[kind - NUMRES_OBJECT_RESERVATION] : &none;
}

/* What all objects of a kind have in common. */
static void start_object(numres_fast_lane *lane, numres_fast_object *object,
                         numres_object_kind kind) {
    object->limits = &lane->schema->limits;
    object->kind = kind;
    object->names = names_of(lane, kind);
    object->date = &lane->date;
    object->order = NULL;
    object->whole = false;
}

void numres_fast_lane_start(numres_fast_lane *lane, numres_schema *schema, numres_simd simd,
                            void *memory) {
    memset(lane, 0, sizeof *lane);
    /* 0xFF is in no legal JSON: before a date is read none is known. */
    memset(lane->date.text, 0xFF, sizeof lane->date.text);
    lane->schema = schema;
    choose_level(lane, simd);
    lane->layout = memory;
    numres_fast_order_start(&lane->numbers);
    numres_fast_order_start(&lane->reservations);
    for (unsigned int kind = NUMRES_OBJECT_RESERVATION; kind <= NUMRES_OBJECT_META; kind++)
        numres_fast_names_make(&lane->names[kind - NUMRES_OBJECT_RESERVATION],
                               (numres_object_kind)kind);
    start_object(lane, &lane->number, NUMRES_OBJECT_PHONE_NUMBER);
    lane->number.record = &schema->inner;
    lane->number.order = &lane->numbers;
    lane->number.whole = true;
    start_object(lane, &lane->reservation, NUMRES_OBJECT_RESERVATION);
    lane->reservation.record = &schema->outer;
    lane->reservation.order = &lane->reservations;
}

void numres_fast_lane_leave(numres_fast_lane *lane) {
    lane->has_layout = false;
}

void numres_fast_lane_start_document(numres_fast_lane *lane) {
    lane->patience = lane->number_patience = 0;
    lane->is_surprised = false;
}

/* Events. */

static numres_fast_answer open_container(numres_fast_lane *lane, numres_fast_window *window,
                                         const unsigned char *bracket) {
    uint64_t offset = numres_fast_offset(window, bracket);
    bool is_array = *bracket == '[';
    numres_signal signal = numres_schema_open(lane->schema, is_array, offset, offset + 1);
    if (!is_array && lane->schema->outer.present == 0) { /* a record begins */
        lane->reservations.next = lane->reservations.steps;
        lane->is_surprised = false;
    }
    return numres_fast_event_done(window, bracket + 1, signal);
}

/* The bracket before `at` closed the innermost container. */
static numres_fast_answer close_container(numres_fast_lane *lane, numres_fast_window *window,
                                          const unsigned char *at) {
    const numres_level *level = &lane->schema->levels[lane->schema->depth - 1];
    bool is_record = !level->is_array && numres_members_record(level->kind) != NUMRES_RECORD_NONE;
    if (is_record && !lane->is_surprised)
        lane->patience = 0;
    return numres_fast_event_done(
        window, at, numres_schema_close(lane->schema, numres_fast_offset(window, at)));
}

/* Phone numbers: each is read whole, and nothing is told of it before. */

static void start_number(numres_record *record, uint64_t index) {
    record->kind = NUMRES_RECORD_PHONE_NUMBER;
    record->present = record->null = record->invalid = record->containers = record->kept = 0;
    record->left_out = false;
    record->counted = 0;
    record->text_used = 0;
    record->value.phone_number.index = index;
}

/* Fields of absent members are neutral; false: one of them must be there. */
static bool complete_number(const numres_schema *schema, numres_record *record) {
    size_t count;
    const numres_member *members = numres_members_of(NUMRES_OBJECT_PHONE_NUMBER, &count);
    if (record->present == (UINT32_C(1) << NUMRES_PHONE_NUMBER_MEMBER_COUNT) - 1)
        return true;
    for (size_t i = 0; i < count; i++) {
        if (numres_has(record->present, members[i].number))
            continue;
        if (schema->require_members && members[i].required)
            return false;
        numres_record_neutralise(record, members[i].number);
    }
    return true;
}

/* Begins a number, of which everything is still to be read. */
static void begin_number(numres_fast_lane *lane, const numres_fast_window *window,
                         const numres_level *level) {
    const numres_schema *schema = lane->schema;
    numres_fast_object *object = &lane->number;
    object->depth = schema->max_depth - schema->depth - 1;
    object->window = window;
    start_number(object->record, level->complete);
}

/* What was read member by member may be a layout to know, if all of it could
   have been read at once. */
static void learn_layout(numres_fast_lane *lane, const numres_fast_window *window,
                         const numres_level *level, uint64_t members) {
    const numres_fast_object *number = &lane->number;
    if (window->readable_end - window->at < NUMRES_FAST_LAYOUT_LENGTH)
        return;
    if (!lane->has_layout)
        numres_fast_layout_start(lane->layout);
    lane->has_layout = true;
    numres_fast_layout_learn(lane->layout, number->record, members, window->at,
                             level->complete == 0, number->at);
}

/* Reads the members behind those `known` that are read already, and the brace. */
static numres_fast_answer read_number_members(numres_fast_lane *lane, numres_fast_window *window,
                                              numres_level *level, uint64_t known) {
    numres_schema *schema = lane->schema;
    numres_fast_object *object = &lane->number;
    numres_fast_answer answer = lane->members(object);
    if (answer == NUMRES_FAST_CLOSED && !complete_number(schema, object->record))
        answer = NUMRES_FAST_SURPRISE;
    if (answer != NUMRES_FAST_CLOSED) {
        object->record->kind = NUMRES_RECORD_NONE;
        return answer;
    }
    learn_layout(lane, window, level, known + object->complete);
    lane->number_patience = 0;
    numres_schema_count_value(schema, level);
    schema->position = numres_fast_offset(window, object->at);
    return numres_fast_event_done(window, object->at, numres_delivery_phone_number(schema));
}

numres_fast_answer numres_fast_lane_read_alike(numres_fast_lane *lane, numres_fast_window *window,
                                               numres_level *level, size_t length) {
    numres_fast_object *object = &lane->number;
    const unsigned char *number = window->at - (level->complete == 0 ? 1 : 0);
    if (length < lane->layout->length / 2U) /* not worth its price */
        return NUMRES_FAST_SURPRISE;
    begin_number(lane, window, level);
    object->complete = 0;
    numres_fast_layout_take(lane->layout, object, number, length);
    uint64_t known = object->complete;
    if (known == 0) {
        object->record->kind = NUMRES_RECORD_NONE;
        return NUMRES_FAST_SURPRISE;
    }
    object->is_first = false;
    object->order->next = &object->order->steps[known];
    return read_number_members(lane, window, level, known);
}

numres_fast_answer numres_fast_lane_read_last(numres_fast_lane *lane, numres_fast_window *window,
                                              numres_level *level) {
    const numres_fast_layout *layout = lane->layout;
    numres_fast_object *object = &lane->number;
    size_t comma = level->complete == 0 ? 1 : 0;
    begin_number(lane, window, level);
    object->record->present = layout->present & ~(UINT32_C(1) << layout->last.number);
    object->record->counted = layout->counted;
    object->is_first = false;
    object->order->next = &object->order->steps[layout->count];
    object->at = window->at - comma + layout->length;
    return read_number_members(lane, window, level, layout->count);
}

/* Numbers of the known layout. */
static numres_fast_answer read_known_numbers(numres_fast_lane *lane, numres_fast_window *window,
                                             numres_level *level) {
    if (!lane->has_layout || lane->layout->trust == 0 || lane->layout->reach == 0 ||
        lane->schema->depth == lane->schema->max_depth)
        return NUMRES_FAST_SURPRISE;
    return lane->known_numbers(lane, window, level);
}

/* The number whose brace is at `brace`, member by member. */
static numres_fast_answer read_number(numres_fast_lane *lane, numres_fast_window *window,
                                      numres_level *level, const unsigned char *brace) {
    if (lane->schema->depth == lane->schema->max_depth)
        return NUMRES_FAST_SURPRISE;
    begin_number(lane, window, level);
    lane->number.is_first = true;
    lane->number.at = brace + 1;
    lane->numbers.next = lane->numbers.steps;
    return read_number_members(lane, window, level, 0);
}

/* Arrays. */

static numres_fast_answer read_element(numres_fast_lane *lane, numres_fast_window *window,
                                       numres_level *level) {
    if (level->kind == NUMRES_OBJECT_PHONE_NUMBER) {
        numres_fast_answer answer = read_known_numbers(lane, window, level);
        if (answer != NUMRES_FAST_SURPRISE)
            return answer;
        if (window->at >= window->stop)
            return NUMRES_FAST_WHOLE;
    }
    const unsigned char *at = window->at;
    if (numres_fast_space(&at, window->end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (*at == ']')
        return close_container(lane, window, at + 1);
    if (level->complete > 0) {
        if (*at++ != ',')
            return NUMRES_FAST_SURPRISE;
        if (numres_fast_space(&at, window->end) == NUMRES_FAST_MORE)
            return NUMRES_FAST_MORE;
    }
    if (*at != '{' || level->kind == NUMRES_OBJECT_UNKNOWN)
        return NUMRES_FAST_SURPRISE;
    if (level->kind == NUMRES_OBJECT_PHONE_NUMBER)
        return read_number(lane, window, level, at);
    return open_container(lane, window, at);
}

/* Objects, member by member. */

static numres_fast_answer read_members(numres_fast_lane *lane, numres_fast_window *window,
                                       numres_level *level, numres_fast_object *object) {
    const numres_schema *schema = lane->schema;
    object->is_first = level->complete == 0;
    object->depth = schema->max_depth - schema->depth;
    object->window = window;
    object->at = window->at;
    numres_fast_answer answer = lane->members(object);
    level->complete += object->complete;
    window->at = object->at;
    if (answer == NUMRES_FAST_CLOSED)
        return close_container(lane, window, object->at);
    if (answer != NUMRES_FAST_CONTAINER)
        return answer;
    numres_schema_known_name(lane->schema, object->place);
    return open_container(lane, window, object->bracket);
}

/* The others are few, and no order is learned for them. */
static numres_fast_answer read_rare_members(numres_fast_lane *lane, numres_fast_window *window,
                                            numres_level *level) {
    numres_fast_object object;
    start_object(lane, &object, level->kind);
    object.record = numres_schema_record(lane->schema, level);
    return read_members(lane, window, level, &object);
}

/* The envelope: it has no record, and what its members mean depends on more
   than their names. */

/* Up to the next member's name, or CLOSED. */
static numres_fast_answer find_name(const unsigned char **at, const unsigned char *end,
                                    bool is_first) {
    if (!is_first) {
        numres_fast_answer answer = numres_fast_separator(at, end);
        if (answer != NUMRES_FAST_WHOLE)
            return answer;
    }
    if (numres_fast_space(at, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (is_first && **at == '}') {
        ++*at;
        return NUMRES_FAST_CLOSED;
    }
    return **at == '"' ? NUMRES_FAST_WHOLE : NUMRES_FAST_SURPRISE;
}

/* A string that nothing has to be decoded of. */
static numres_fast_answer read_plain(const unsigned char **at, const unsigned char *end,
                                     numres_text *text) {
    numres_fast_room nowhere = {NULL, 0};
    bool decoded;
    numres_fast_answer answer = numres_fast_string(at, end, nowhere, text, &decoded);
    return answer == NUMRES_FAST_WHOLE && decoded ? NUMRES_FAST_SURPRISE : answer;
}

static numres_fast_answer find_value(const unsigned char **at, const unsigned char *end) {
    if (numres_fast_space(at, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (*(*at)++ != ':')
        return NUMRES_FAST_SURPRISE;
    return numres_fast_space(at, end);
}

static numres_scalar scalar_of(unsigned char first_byte) {
    if (first_byte == '"')
        return NUMRES_SCALAR_STRING;
    if (first_byte == 'n')
        return NUMRES_SCALAR_NULL;
    return first_byte == 't' || first_byte == 'f' ? NUMRES_SCALAR_BOOLEAN : NUMRES_SCALAR_NUMBER;
}

static numres_fast_answer read_envelope(numres_fast_lane *lane, numres_fast_window *window,
                                        const numres_level *level) {
    const unsigned char *at = window->at;
    numres_text name;
    numres_fast_answer answer = find_name(&at, window->end, level->complete == 0);
    if (answer == NUMRES_FAST_CLOSED)
        return close_container(lane, window, at);
    if (answer != NUMRES_FAST_WHOLE)
        return answer;
    if ((answer = read_plain(&at, window->end, &name)) != NUMRES_FAST_WHOLE ||
        (answer = find_value(&at, window->end)) != NUMRES_FAST_WHOLE)
        return answer;
    numres_token name_token = {.scalar = NUMRES_SCALAR_STRING, .text = name, .length = name.length};
    if (*at == '[' || *at == '{') {
        numres_schema_name(lane->schema, &name_token);
        return open_container(lane, window, at);
    }
    numres_token value = {
        .scalar = scalar_of(*at), .offset = numres_fast_offset(window, at), .lasting = true};
    answer = *at == '"' ? read_plain(&at, window->end, &value.text)
                        : numres_fast_scalar(&at, window->end, &value.text);
    if (answer != NUMRES_FAST_WHOLE)
        return answer;
    value.length = value.text.length;
    value.end = numres_fast_offset(window, at);
    numres_schema_name(lane->schema, &name_token);
    return numres_fast_event_done(window, at, numres_schema_scalar(lane->schema, &value));
}

/* Reading. */

static numres_fast_answer read_root(numres_fast_lane *lane, numres_fast_window *window) {
    return *window->at == '{' ? open_container(lane, window, window->at) : NUMRES_FAST_SURPRISE;
}

static numres_fast_answer read_next(numres_fast_lane *lane, numres_fast_window *window) {
    numres_schema *schema = lane->schema;
    if (schema->depth == 0)
        return read_root(lane, window);
    numres_level *level = &schema->levels[schema->depth - 1];
    if (level->is_array)
        return read_element(lane, window, level);
    switch (level->kind) {
    case NUMRES_OBJECT_RESERVATION:
        return read_members(lane, window, level, &lane->reservation);
    case NUMRES_OBJECT_ENVELOPE:
        return read_envelope(lane, window, level);
    case NUMRES_OBJECT_UNKNOWN:
    case NUMRES_OBJECT_PHONE_NUMBER:
        return NUMRES_FAST_SURPRISE;
    default:
        return read_rare_members(lane, window, level);
    }
}

numres_fast_answer numres_fast_lane_read(numres_fast_lane *lane, numres_fast_window *window) {
    numres_fast_answer answer = NUMRES_FAST_WHOLE;
    while (answer == NUMRES_FAST_WHOLE && window->at < window->stop && !lane->schema->root_closed)
        answer = read_next(lane, window);
    return answer;
}
