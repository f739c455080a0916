/* The fast lane, called by parser/lanes.c: reads what comes next in the innermost
   container, and tells the schema of whole phone numbers and of the members around them. */
#include "fast_lane.h"

#include <string.h>

#include "../base/log.h"
#include "../schema/delivery.h"
#include "habits.h"
#include "phone_numbers.h"

/* Patience is quartered for each of this many bytes without a surprise: reading them fast saves
   about as much time as the change of lanes costs. */
#define MANY_CALM 1536

/* A change is cheap if the general lane writes to no memory, so that the shapes are kept. Reading
   this many bytes of usual records fast saves as much. */
#define FEW_CALM 160

/* After a surprise the general lane reads 0 more records, then 1, 4, 16 and so on, at most this
   many. Since the number grows fourfold, a page that is all surprises costs few changes of
   lanes. */
#define MOST_PATIENCE 256
#define MOST_QUARTERINGS 5 /* which leave none of it */
_Static_assert(MOST_PATIENCE >> 2 * (MOST_QUARTERINGS - 1) == 1, "one fewer leaves some");

/* Leaving and starting. */

/* It is not known where the open segment began, so it cannot be learned. */
static void forget_segment(numres_fast_lane *lane) {
    lane->by_pieces_alone = false;
    lane->is_cut = true;
}

void numres_fast_lane_leave(numres_fast_lane *lane) {
    lane->number_members = NUMRES_FAST_ANY_MEMBERS;
    forget_segment(lane);
}

void numres_fast_lane_forget_shapes(numres_fast_lane *lane) {
    lane->has_segments = false;
    numres_fast_habits_forget(lane);
}

/* What is read fast pays for one change of lanes only: a surprise in records of one kind
   uses up as many calm bytes of the other kind too. */
static void use_up_calm(const numres_fast_lane *lane, numres_fast_patience *patience,
                        uint32_t bytes) {
    uint32_t calm = lane->read - patience->surprised_at;
    patience->surprised_at += calm < bytes ? calm : bytes;
}

void numres_fast_lane_resume(numres_fast_lane *lane, bool was_cheap) {
    uint32_t price = was_cheap ? FEW_CALM : MANY_CALM;
    bool in_numbers = lane->was_in_numbers;
    numres_fast_patience *patience = in_numbers ? &lane->number_patience : &lane->patience;
    patience->surprised_at -= MANY_CALM - price;
    use_up_calm(lane, in_numbers ? &lane->patience : &lane->number_patience, price);
    lane->resumed_at = (uint32_t)numres_schema_position(lane->schema);
    /* No more than the rest of a number was read. Before, its absent members were made neutral. */
    if (was_cheap && in_numbers)
        lane->number_members = lane->number.record->present;
}

static uint32_t take_long_string_bytes(numres_fast_object *object) {
    uint32_t length = object->long_string_bytes;
    object->long_string_bytes = 0;
    return length;
}

/* Counts what was read since this lane resumed. */
static void count_read(numres_fast_lane *lane) {
    uint32_t length = (uint32_t)numres_schema_position(lane->schema) - lane->resumed_at;
    uint32_t cheap = take_long_string_bytes(&lane->number) +
                     take_long_string_bytes(&lane->reservation) +
                     take_long_string_bytes(&lane->envelope);
    lane->read += length > cheap ? length - cheap : 0;
}

unsigned int numres_fast_lane_surprise(numres_fast_lane *lane) {
    const numres_schema *schema = lane->schema;
    const numres_level *level = numres_schema_innermost(schema);
    lane->was_in_numbers = level != NULL && level->kind == NUMRES_OBJECT_PHONE_NUMBER;
    numres_fast_patience *patience =
        lane->was_in_numbers ? &lane->number_patience : &lane->patience;
    count_read(lane);
    uint32_t quarterings = (lane->read - patience->surprised_at) / MANY_CALM;
    unsigned int records =
        quarterings < MOST_QUARTERINGS ? patience->records >> 2 * quarterings : 0;
    patience->records = records == 0 ? 1 : records < MOST_PATIENCE ? 4 * records : records;
    patience->surprised_at = lane->read;
    NUMRES_LOG("byte %" PRIu64 ": a surprise; the general lane keeps %u more records\n",
               numres_schema_position(schema), records);
    return records;
}

void numres_fast_lane_start_stream(numres_fast_lane *lane) {
    /* Without patience, it does not matter how much was read before. */
    memset(&lane->patience, 0, sizeof lane->patience);
    memset(&lane->number_patience, 0, sizeof lane->number_patience);
}

void numres_fast_lane_start_document(numres_fast_lane *lane) {
    forget_segment(lane);
}

/* Events. */

static numres_fast_result open_reservation(numres_fast_lane *lane, numres_fast_window *window,
                                           const unsigned char *brace) {
    numres_schema *schema = lane->schema;
    if (numres_schema_depth_left(schema) == 0)
        return NUMRES_FAST_SURPRISE;
    lane->segment_offset = numres_fast_offset_of(window, brace);
    numres_fast_begin_segment(lane, 0);
    numres_schema_open_reservation(schema, lane->segment_offset);
    window->at = brace + 1;
    return NUMRES_FAST_WHOLE;
}

/* Opens the phone numbers of a reservation. Returns false if the member at object->place
   is another one, or its value is not an array that may open here. */
static bool open_phone_numbers(numres_fast_lane *lane, numres_fast_window *window,
                               const numres_fast_object *object) {
    numres_schema *schema = lane->schema;
    if (object->members[object->place].child != NUMRES_OBJECT_PHONE_NUMBER ||
        *object->bracket != '[' || numres_schema_depth_left(schema) == 0 ||
        numres_schema_has_numbers(schema))
        return false;
    numres_schema_open_numbers(schema, object->place,
                               numres_fast_offset_of(window, object->bracket));
    window->at = object->bracket + 1;
    return true;
}

static numres_fast_result open_container(numres_fast_lane *lane, numres_fast_window *window,
                                         const unsigned char *bracket) {
    uint64_t offset = numres_fast_offset_of(window, bracket);
    bool is_array = *bracket == '[';
    numres_signal signal = numres_schema_open(lane->schema, is_array, offset, offset + 1);
    if (!is_array) {
        lane->segment_offset = offset;
        numres_fast_begin_segment(lane, 0);
    }
    return numres_fast_event_done(window, bracket + 1, signal);
}

/* The bracket before `at` closed the innermost container. */
static numres_fast_result close_container(numres_fast_lane *lane, numres_fast_window *window,
                                          const unsigned char *at) {
    return numres_fast_event_done(
        window, at, numres_schema_close(lane->schema, numres_fast_offset_of(window, at)));
}

/* The same for the array of phone numbers: the reservation's tail begins. */
static numres_fast_result close_phone_numbers(numres_fast_lane *lane, numres_fast_window *window,
                                              const unsigned char *at) {
    lane->segment_offset = numres_fast_offset_of(window, at);
    numres_fast_begin_segment(lane, lane->schema->outer.present);
    numres_schema_close_numbers(lane->schema, lane->segment_offset);
    window->at = at;
    return NUMRES_FAST_WHOLE;
}

/* Arrays. */

static numres_fast_result read_array(numres_fast_lane *lane, numres_fast_window *window,
                                     const numres_level *level) {
    const unsigned char *at = window->at;
    numres_fast_result result = numres_fast_next(&at, window->end, ']', level->complete == 0);
    if (result == NUMRES_FAST_CLOSED)
        return level->kind == NUMRES_OBJECT_PHONE_NUMBER ? close_phone_numbers(lane, window, at)
                                                         : close_container(lane, window, at);
    if (result != NUMRES_FAST_WHOLE)
        return result;
    if (*at != '{' || level->kind == NUMRES_OBJECT_UNKNOWN)
        return NUMRES_FAST_SURPRISE;
    return level->kind == NUMRES_OBJECT_RESERVATION ? open_reservation(lane, window, at)
                                                    : open_container(lane, window, at);
}

/* Objects around phone numbers. */

/* Begins to read in an object around phone numbers. Its members count once they are read. */
static inline void start_reading(const numres_fast_lane *lane, const numres_fast_window *window,
                                 const numres_level *level, numres_fast_object *object) {
    object->is_first = level->complete == 0;
    object->depth_left = numres_schema_depth_left(lane->schema);
    object->window = window;
    object->at = window->at;
    object->members_read = 0;
}

static inline void stop_reading(numres_fast_window *window, numres_level *level,
                                const numres_fast_object *object) {
    level->complete += object->members_read;
    window->at = object->at;
}

/* Continues an object of a kind whose segments are learned. */
static inline numres_fast_result read_segment(numres_fast_lane *lane, numres_fast_window *window,
                                              numres_level *level, numres_fast_object *object,
                                              numres_fast_habit *habit) {
    int64_t start = (int64_t)(lane->segment_offset - window->offset);
    bool is_here = start >= window->readable_start - window->start;
    object->start = is_here ? window->start + start : NULL;
    start_reading(lane, window, level, object);
    numres_fast_result result = numres_fast_read_object(lane, object, habit);
    stop_reading(window, level, object);
    if (result == NUMRES_FAST_CLOSED || result == NUMRES_FAST_CONTAINER)
        numres_fast_end_segment(lane, object, habit,
                                result == NUMRES_FAST_CLOSED ? object->at : object->bracket + 1);
    return result;
}

/* Opens the container that is the value of the member at object->place. */
static numres_fast_result open_member(numres_fast_lane *lane, numres_fast_window *window,
                                      const numres_fast_object *object) {
    numres_schema_known_name(lane->schema, object->place);
    return open_container(lane, window, object->bracket);
}

static numres_fast_result read_reservation(numres_fast_lane *lane, numres_fast_window *window,
                                           numres_level *level) {
    numres_fast_object *object = &lane->reservation;
    numres_fast_result result = read_segment(
        lane, window, level, object, &lane->habits[numres_fast_reservation_segment(lane->schema)]);
    if (result == NUMRES_FAST_CLOSED)
        return numres_fast_event_done(window, object->at,
                                      numres_schema_close_reservation(
                                          lane->schema, numres_fast_offset_of(window, object->at)));
    if (result != NUMRES_FAST_CONTAINER)
        return result;
    return open_phone_numbers(lane, window, object) ? NUMRES_FAST_WHOLE
                                                    : open_member(lane, window, object);
}

static numres_fast_result read_members(numres_fast_lane *lane, numres_fast_window *window,
                                       numres_level *level, numres_fast_object *object) {
    numres_fast_result result = NUMRES_FAST_WHOLE;
    if (object->kind == NUMRES_OBJECT_META) {
        result = read_segment(lane, window, level, object, &lane->habits[NUMRES_SEGMENT_META]);
    } else {
        start_reading(lane, window, level, object);
        while (result == NUMRES_FAST_WHOLE)
            result = numres_fast_member(object);
        stop_reading(window, level, object);
    }
    if (result == NUMRES_FAST_CONTAINER)
        return open_member(lane, window, object);
    return result == NUMRES_FAST_CLOSED ? close_container(lane, window, object->at) : result;
}

/* Before `data` or `errors` has come, the meaning of an unknown member of the envelope may
   depend on what follows it. */
static numres_fast_result read_envelope(numres_fast_lane *lane, numres_fast_window *window,
                                        numres_level *level) {
    lane->envelope.skips_unknown = numres_schema_document(lane->schema)->envelopes != 0;
    return read_members(lane, window, level, &lane->envelope);
}

/* Kinds of objects that are rare: each object is set up as it is read. */
static numres_fast_result read_rare_members(numres_fast_lane *lane, numres_fast_window *window,
                                            numres_level *level) {
    numres_fast_object object;
    numres_fast_lane_start_object(lane, &object, level->kind,
                                  numres_schema_record(lane->schema, level), NULL);
    return read_members(lane, window, level, &object);
}

/* Reading. */

static numres_fast_result read_elements(numres_fast_lane *lane, numres_fast_window *window,
                                        numres_level *level) {
    bool may_open = numres_schema_depth_left(lane->schema) > 0;
    if (level->kind != NUMRES_OBJECT_PHONE_NUMBER || !may_open)
        return read_array(lane, window, level);
    numres_fast_result result = numres_fast_phone_numbers(lane, window, level);
    return result == NUMRES_FAST_CLOSED ? close_phone_numbers(lane, window, lane->number.at)
                                        : result;
}

static numres_fast_result read_next(numres_fast_lane *lane, numres_fast_window *window,
                                    numres_level *level) {
    if (level->is_array)
        return read_elements(lane, window, level);
    switch (level->kind) {
    case NUMRES_OBJECT_RESERVATION:
        return read_reservation(lane, window, level);
    case NUMRES_OBJECT_ENVELOPE:
        return read_envelope(lane, window, level);
    case NUMRES_OBJECT_UNKNOWN:
    case NUMRES_OBJECT_PHONE_NUMBER:
        return NUMRES_FAST_SURPRISE;
    default:
        return read_rare_members(lane, window, level);
    }
}

numres_fast_result numres_fast_lane_read(numres_fast_lane *lane, numres_fast_window *window) {
    numres_schema *schema = lane->schema;
    numres_fast_result result = NUMRES_FAST_WHOLE;
    window->signal = NUMRES_SIGNAL_GO_ON;
    if (schema->depth == 0)
        result =
            *window->at == '{' ? open_container(lane, window, window->at) : NUMRES_FAST_SURPRISE;
    while (result == NUMRES_FAST_WHOLE && window->at < window->stop && schema->depth > 0)
        result = read_next(lane, window, numres_schema_level(schema));
    return result;
}
