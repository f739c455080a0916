/* Phone numbers: each is read whole, or up to a surprise, before the schema is told of it.
   fast_lane.c calls it in their array; habits.c reads the members. */
#include "phone_numbers.h"

#include "../schema/delivery.h"
#include "habits.h"
#include "waiting.h"

/* Moves *at to the next element, or past the closing bracket (CLOSED). */
static inline numres_fast_result find_element(const unsigned char **at, const unsigned char *end,
                                              const numres_level *level) {
    return numres_fast_next(at, end, ']', level->complete == 0);
}

/* A number's segment begins with the byte before its white space and brace: the comma, or
   for the first number the bracket. NULL: that byte is not readable any more. */
static const unsigned char *number_start(const numres_fast_window *window,
                                         const numres_level *level) {
    if (level->complete > 0)
        return window->at;
    return window->at > window->readable_start ? window->at - 1 : NULL;
}

static void begin_number(numres_fast_lane *lane, const numres_fast_window *window,
                         const numres_level *level) {
    numres_fast_object *object = &lane->number;
    numres_record_begin(object->record, NUMRES_RECORD_PHONE_NUMBER, level->complete);
    object->start = number_start(window, level);
    object->at = window->at;
    object->is_first = true;
    object->members_read = 0;
    numres_fast_begin_segment(lane, 0);
}

static bool lacks_required_member(const numres_record *record) {
    size_t count;
    const numres_member *members = numres_members_of(NUMRES_OBJECT_PHONE_NUMBER, &count);
    for (size_t i = 0; i < count; i++)
        if (members[i].required && !numres_has(record->present, members[i].number))
            return true;
    return false;
}

/* Whether the next number should wait for more bytes. What cannot be a number is a surprise
   at once. */
static bool is_unfinished_number(const numres_fast_lane *lane, const numres_fast_window *window,
                                 const numres_level *level) {
    const unsigned char *at = window->at;
    if (*at == ']' || !numres_fast_is_unfinished(lane, window))
        return false;
    numres_fast_result result = find_element(&at, window->end, level);
    return result == NUMRES_FAST_MORE || (result == NUMRES_FAST_WHOLE && *at == '{');
}

static numres_fast_result read_number_by_pieces(numres_fast_lane *lane, const numres_level *level) {
    numres_fast_object *number = &lane->number;
    numres_fast_habit *habit = &lane->habits[NUMRES_SEGMENT_NUMBER];
    if (number->start == NULL || habit->usual == NULL || numres_fast_skips_pieces(habit) ||
        (level->complete > 0 && *number->start != ','))
        return NUMRES_FAST_OTHER;
    /* The record is empty, so that there is room for its texts. */
    return lane->read_pieces(number, lane->segments, &habit->usual);
}

/* Moves number->at past its opening brace, or past the array's closing bracket (CLOSED). */
static numres_fast_result open_number(numres_fast_object *number, const numres_fast_window *window,
                                      const numres_level *level) {
    const unsigned char *at = number->at;
    numres_fast_result result = find_element(&at, window->end, level);
    if (result == NUMRES_FAST_WHOLE && *at++ != '{')
        return NUMRES_FAST_SURPRISE;
    if (result == NUMRES_FAST_WHOLE || result == NUMRES_FAST_CLOSED)
        number->at = at;
    return result;
}

/* Reads the next number and its brace or, if there is none, the closing bracket of the array
   (CLOSED, with object->at after either). */
static numres_fast_result read_number(numres_fast_lane *lane, const numres_fast_window *window,
                                      const numres_level *level) {
    numres_fast_object *object = &lane->number;
    begin_number(lane, window, level);
    if (is_unfinished_number(lane, window, level))
        return NUMRES_FAST_MORE;
    numres_fast_result result = read_number_by_pieces(lane, level);
    if (numres_fast_note_end(lane, object, result))
        return result;
    if (object->is_first) { /* pieces have read nothing */
        result = open_number(object, window, level);
        if (result != NUMRES_FAST_WHOLE)
            return result;
    }
    return numres_fast_read_by_members(lane, object);
}

static inline void neutralise_absent(const numres_fast_lane *lane, numres_record *record) {
    if ((lane->number_members & ~record->present) != 0)
        numres_record_neutralise_absent(record);
}

/* Opens a number that has a surprise after its brace, so that the general lane goes on after
   the members that were read. */
static void hand_over_number(numres_fast_lane *lane, numres_fast_window *window,
                             const numres_level *level) {
    const numres_fast_object *number = &lane->number;
    const unsigned char *brace = window->at;
    find_element(&brace, window->end, level);
    neutralise_absent(lane, number->record);
    numres_schema_open_number(lane->schema, number->members_read,
                              numres_fast_offset_of(window, brace),
                              numres_fast_offset_of(window, number->at));
    window->at = number->at;
}

static numres_fast_result deliver_number(numres_fast_lane *lane, numres_fast_window *window,
                                         numres_level *level) {
    numres_fast_object *object = &lane->number;
    numres_record *record = object->record;
    if (numres_schema_requires_members(lane->schema) && lacks_required_member(record)) {
        object->at--; /* the general lane raises the problem as it closes the number */
        hand_over_number(lane, window, level);
        return NUMRES_FAST_SURPRISE;
    }
    neutralise_absent(lane, record);
    lane->number_members = record->present;
    numres_fast_end_segment(lane, object, &lane->habits[NUMRES_SEGMENT_NUMBER], object->at);
    numres_schema_end_number(lane->schema, level, numres_fast_offset_of(window, object->at));
    return numres_fast_event_done(window, object->at, numres_delivery_phone_number(lane->schema));
}

/* Ends reading in or before a number that is not whole or not as expected. */
static numres_fast_result stop_in_number(numres_fast_lane *lane, numres_fast_window *window,
                                         const numres_level *level, numres_fast_result result) {
    const numres_fast_object *number = &lane->number;
    if (result == NUMRES_FAST_CONTAINER)
        result = NUMRES_FAST_SURPRISE;
    if (result == NUMRES_FAST_SURPRISE && number->at > window->at) {
        hand_over_number(lane, window, level);
    } else {
        lane->number_members |= number->record->present;
        number->record->kind = NUMRES_RECORD_NONE;
    }
    return result;
}

numres_fast_result numres_fast_phone_numbers(numres_fast_lane *lane, numres_fast_window *window,
                                             numres_level *level) {
    const numres_fast_object *number = &lane->number;
    numres_fast_result result = NUMRES_FAST_WHOLE;
    lane->number.depth_left = numres_schema_depth_left(lane->schema) - 1;
    lane->number.window = window;
    while (result == NUMRES_FAST_WHOLE && window->at < window->stop) {
        result = read_number(lane, window, level);
        if (result != NUMRES_FAST_CLOSED || number->at[-1] != '}')
            return stop_in_number(lane, window, level, result);
        result = deliver_number(lane, window, level);
    }
    return result;
}
