#include "fast_lane.h"

#include <string.h>

#include "delivery.h"
#include "text.h"

/* A place whose objects are seldom alike is learned from every so many only. */
#define MOST_UNLEARNED 256

/* After so many objects that are mostly read one by one, pieces are tried in
   one of so many only. */
enum { MANY_STRANGERS = 4, TRIED_STRANGER = 16 };

_Static_assert(NUMRES_RESERVATION_MEMBER_COUNT <= 16 && NUMRES_PHONE_NUMBER_MEMBER_COUNT <= 16,
               "a piece has 16 bits for the members");

/* Creation. */

static void choose_level(numres_fast_lane *lane, numres_simd simd) {
    lane->pieces = numres_fast_pieces_baseline;
#ifdef NUMRES_HAS_AVX2
    if (simd == NUMRES_SIMD_AVX2 ||
        (simd == NUMRES_SIMD_BEST && numres_simd_name(NUMRES_SIMD_AVX2) != NULL))
        lane->pieces = numres_fast_pieces_avx2;
#else
    (void)simd;
#endif
}

/* What all objects of a kind have in common. */
static void start_object(numres_fast_lane *lane, numres_fast_object *object,
                         numres_object_kind kind, numres_record *record,
                         const numres_fast_names *names) {
    memset(object, 0, sizeof *object);
    object->limits = &lane->schema->limits;
    object->kind = kind;
    object->record = record;
    object->names = names;
    object->type = numres_record_type(numres_members_record(kind));
    object->date = &lane->date;
    object->skips_unknown = true;
}

void numres_fast_lane_start(numres_fast_lane *lane, numres_schema *schema, numres_simd simd,
                            void *memory) {
    memset(lane, 0, sizeof *lane);
    /* 0xFF is in no legal JSON: before a date is read none is known. */
    memset(lane->date.text, 0xFF, sizeof lane->date.text);
    lane->schema = schema;
    choose_level(lane, simd);
    lane->segments = memory;
    numres_fast_names_make(&lane->number_names, NUMRES_OBJECT_PHONE_NUMBER);
    numres_fast_names_make(&lane->reservation_names, NUMRES_OBJECT_RESERVATION);
    start_object(lane, &lane->number, NUMRES_OBJECT_PHONE_NUMBER, &schema->inner,
                 &lane->number_names);
    start_object(lane, &lane->reservation, NUMRES_OBJECT_RESERVATION, &schema->outer,
                 &lane->reservation_names);
}

void numres_fast_lane_leave(numres_fast_lane *lane) {
    lane->has_segments = false;
}

void numres_fast_lane_start_document(numres_fast_lane *lane) {
    lane->patience = lane->number_patience = 0;
    lane->is_surprised = false;
}

/* Events. */

static uint64_t offset_of(const numres_fast_window *window, const unsigned char *at) {
    return window->offset + (uint64_t)(at - window->start);
}

/* An event is done, by the bytes before `at`. */
static numres_fast_answer event_done(numres_fast_window *window, const unsigned char *at,
                                     numres_signal signal) {
    window->at = at;
    window->signal = signal;
    return signal == NUMRES_SIGNAL_GO_ON ? NUMRES_FAST_WHOLE : NUMRES_FAST_SIGNAL;
}

/* A segment begins at `offset`, behind these members. */
static void begin_segment(numres_fast_lane *lane, uint64_t offset, uint32_t present) {
    lane->segment_offset = offset;
    lane->segment_present = present;
    lane->is_known = true;
    lane->is_cut = false;
    lane->one_by_one = 0;
}

static numres_fast_answer open_container(numres_fast_lane *lane, numres_fast_window *window,
                                         const unsigned char *bracket) {
    uint64_t offset = offset_of(window, bracket);
    bool is_array = *bracket == '[';
    numres_signal signal = numres_schema_open(lane->schema, is_array, offset, offset + 1);
    if (!is_array && lane->schema->outer.present == 0) { /* a record begins */
        lane->is_surprised = false;
        begin_segment(lane, offset, 0);
    }
    return event_done(window, bracket + 1, signal);
}

/* The bracket before `at` closed the innermost container. */
static numres_fast_answer close_container(numres_fast_lane *lane, numres_fast_window *window,
                                          const unsigned char *at) {
    const numres_level *level = &lane->schema->levels[lane->schema->depth - 1];
    uint64_t end = offset_of(window, at);
    bool is_record = !level->is_array && numres_members_record(level->kind) != NUMRES_RECORD_NONE;
    if (is_record && !lane->is_surprised)
        lane->patience = 0;
    if (level->is_array && level->kind == NUMRES_OBJECT_PHONE_NUMBER)
        begin_segment(lane, end, lane->schema->outer.present);
    return event_done(window, at, numres_schema_close(lane->schema, end));
}

/* Objects: by their pieces, and what fits none member by member. */

static bool is_number(const numres_fast_object *object) {
    return object->kind == NUMRES_OBJECT_PHONE_NUMBER;
}

/* The next piece behind `tried` (NULL: any) that may begin where the object is
   read on: so does its second byte to the ninth. */
static numres_piece *find_piece(const numres_fast_lane *lane, const numres_fast_object *object,
                                const numres_piece *tried) {
    numres_segments *segments = lane->segments;
    numres_piece *piece = NULL;
    if (!lane->has_segments || object->window->readable_end - object->at < NUMRES_FAST_SPAN)
        return NULL;
    do {
        piece = numres_segments_find(segments, is_number(object), object->record->present,
                                     piece == NULL ? tried : piece);
    } while (piece != NULL && !numres_segments_may_fit(segments, piece, object));
    return piece;
}

/* What began in this place the last time, if it may again. */
static numres_piece *usual_piece(const numres_fast_lane *lane, const numres_fast_object *object,
                                 const numres_fast_habit *habit) {
    numres_piece *piece = &lane->segments->pieces[habit->first];
    bool may_begin = lane->has_segments && habit->first < lane->segments->piece_count &&
                     piece->before == object->record->present &&
                     piece->is_number == is_number(object) &&
                     (habit->strangers < MANY_STRANGERS || habit->strangers % TRIED_STRANGER == 0);
    return may_begin ? piece : NULL;
}

/* Reads on by the pieces that begin where no other fitted, as long as one does. */
static numres_fast_answer read_by_others(numres_fast_lane *lane, numres_fast_object *object,
                                         numres_fast_habit *habit) {
    numres_piece *piece = find_piece(lane, object, NULL);
    while (piece != NULL) {
        const unsigned char *start = object->at;
        numres_fast_answer answer = lane->pieces(object, lane->segments, piece);
        if (object->at != start && piece->before == lane->segment_present)
            habit->first = (uint8_t)(piece - lane->segments->pieces);
        if (answer != NUMRES_FAST_OTHER)
            return answer;
        piece = find_piece(lane, object, object->at != start ? NULL : piece);
    }
    return NUMRES_FAST_OTHER;
}

/* The same, and member by member what fits no piece. */
static numres_fast_answer read_otherwise(numres_fast_lane *lane, numres_fast_object *object,
                                         numres_fast_habit *habit) {
    bool is_strange = habit->strangers >= MANY_STRANGERS;
    for (;;) {
        numres_fast_answer answer = NUMRES_FAST_OTHER;
        if (!is_strange)
            answer = read_by_others(lane, object, habit);
        if (answer != NUMRES_FAST_OTHER &&
            (answer != NUMRES_FAST_NEAR_END || !object->window->is_tail)) {
            lane->is_cut |= answer == NUMRES_FAST_NEAR_END;
            return answer;
        }
        answer = numres_fast_member(object);
        lane->is_cut |= answer == NUMRES_FAST_MORE;
        lane->is_known &= answer == NUMRES_FAST_MORE;
        if (answer != NUMRES_FAST_WHOLE)
            return answer;
        lane->one_by_one++;
    }
}

static numres_fast_answer read_object(numres_fast_lane *lane, numres_fast_object *object,
                                      numres_fast_habit *habit) {
    numres_piece *piece = usual_piece(lane, object, habit);
    if (piece != NULL) {
        numres_fast_answer answer = lane->pieces(object, lane->segments, piece);
        if (answer == NUMRES_FAST_CLOSED || answer == NUMRES_FAST_CONTAINER)
            return answer;
        if (answer == NUMRES_FAST_NEAR_END && !object->window->is_tail) {
            lane->is_cut = true;
            return answer;
        }
    }
    return read_otherwise(lane, object, habit);
}

/* The open segment was read up to `end`: it may be one to know. */
static void learn_segment(numres_fast_lane *lane, const numres_fast_object *object,
                          numres_fast_habit *habit, const unsigned char *end) {
    const numres_fast_window *window = object->window;
    ptrdiff_t start = (ptrdiff_t)(lane->segment_offset - window->offset);
    if (lane->is_known) {
        habit->patience -= habit->patience > 0 ? 1 : 0;
        habit->strangers = 0;
        return;
    }
    habit->strangers = 2 * lane->one_by_one > object->complete ? habit->strangers + 1 : 0;
    if (lane->is_cut || start < window->readable_start - window->start)
        return;
    if (habit->unlearned > 0) {
        habit->unlearned--;
        return;
    }
    habit->unlearned = habit->patience;
    habit->patience = habit->patience < MOST_UNLEARNED ? 2 * habit->patience + 1 : MOST_UNLEARNED;
    if (!lane->has_segments)
        numres_segments_forget(lane->segments);
    lane->has_segments = true;
    const numres_piece *learned = numres_segments_learn(
        lane->segments, object, lane->segment_present, window->start + start, end);
    if (learned != NULL)
        habit->first = (uint8_t)(learned - lane->segments->pieces);
}

/* Phone numbers: each is read whole, and nothing is told of it before. */

static void begin_number(numres_fast_lane *lane, const numres_fast_window *window,
                         const numres_level *level, const unsigned char *brace) {
    const numres_schema *schema = lane->schema;
    numres_fast_object *object = &lane->number;
    numres_record *record = object->record;
    record->kind = NUMRES_RECORD_PHONE_NUMBER;
    record->present = record->null = record->invalid = record->containers = record->kept = 0;
    record->left_out = false;
    record->counted = 0;
    record->text_used = 0;
    record->value.phone_number.index = level->complete;
    object->depth = schema->max_depth - schema->depth - 1;
    object->window = window;
    object->at = brace + 1;
    object->is_first = true;
    object->complete = 0;
    begin_segment(lane, offset_of(window, brace), 0);
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

static numres_fast_answer read_number(numres_fast_lane *lane, numres_fast_window *window,
                                      numres_level *level, const unsigned char *brace) {
    numres_schema *schema = lane->schema;
    numres_fast_object *object = &lane->number;
    begin_number(lane, window, level, brace);
    numres_fast_answer answer = read_object(lane, object, &lane->habits[NUMRES_SEGMENT_NUMBER]);
    if (answer == NUMRES_FAST_CONTAINER ||
        (answer == NUMRES_FAST_CLOSED && !complete_number(schema, object->record)))
        answer = NUMRES_FAST_SURPRISE;
    if (answer != NUMRES_FAST_CLOSED) {
        object->record->kind = NUMRES_RECORD_NONE;
        return answer;
    }
    learn_segment(lane, object, &lane->habits[NUMRES_SEGMENT_NUMBER], object->at);
    lane->number_patience = 0;
    numres_schema_count_value(schema, level);
    schema->position = offset_of(window, object->at);
    return event_done(window, object->at, numres_delivery_phone_number(schema));
}

/* Arrays. */

/* Moves *at to the next element; CLOSED: to the closing bracket. */
static numres_fast_answer find_element(const unsigned char **at, const unsigned char *end,
                                       const numres_level *level) {
    if (numres_fast_space(at, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (**at == ']')
        return NUMRES_FAST_CLOSED;
    if (level->complete == 0)
        return NUMRES_FAST_WHOLE;
    return *(*at)++ == ',' ? numres_fast_space(at, end) : NUMRES_FAST_SURPRISE;
}

/* In a tail nothing is read of a number whose brace is not there. */
static bool is_unfinished(const numres_fast_window *window, const unsigned char *brace) {
    return window->is_tail && memchr(brace, '}', (size_t)(window->end - brace)) == NULL;
}

static numres_fast_answer read_elements(numres_fast_lane *lane, numres_fast_window *window,
                                        numres_level *level) {
    do {
        const unsigned char *at = window->at;
        numres_fast_answer answer = find_element(&at, window->end, level);
        if (answer == NUMRES_FAST_CLOSED)
            return close_container(lane, window, at + 1);
        if (answer != NUMRES_FAST_WHOLE)
            return answer;
        if (*at != '{' || level->kind == NUMRES_OBJECT_UNKNOWN)
            return NUMRES_FAST_SURPRISE;
        if (level->kind != NUMRES_OBJECT_PHONE_NUMBER)
            return open_container(lane, window, at);
        if (lane->schema->depth == lane->schema->max_depth)
            return NUMRES_FAST_SURPRISE;
        if (is_unfinished(window, at))
            return NUMRES_FAST_MORE;
        answer = read_number(lane, window, level, at);
        if (answer != NUMRES_FAST_WHOLE)
            return answer;
    } while (window->at < window->stop);
    return NUMRES_FAST_WHOLE;
}

/* Objects around phone numbers: each member is told for itself. */

static numres_fast_answer read_one_by_one(numres_fast_object *object) {
    numres_fast_answer answer = NUMRES_FAST_WHOLE;
    while (answer == NUMRES_FAST_WHOLE)
        answer = numres_fast_member(object);
    return answer;
}

static numres_fast_answer read_members(numres_fast_lane *lane, numres_fast_window *window,
                                       numres_level *level, numres_fast_object *object) {
    numres_schema *schema = lane->schema;
    numres_fast_habit *habit = NULL;
    object->is_first = level->complete == 0;
    object->depth = schema->max_depth - schema->depth;
    object->window = window;
    object->at = window->at;
    object->complete = 0;
    if (object == &lane->reservation)
        habit = &lane->habits[numres_has(schema->outer.present, NUMRES_RESERVATION_PHONE_NUMBERS)
                                  ? NUMRES_SEGMENT_TAIL
                                  : NUMRES_SEGMENT_HEAD];
    numres_fast_answer answer =
        habit != NULL ? read_object(lane, object, habit) : read_one_by_one(object);
    level->complete += object->complete;
    window->at = object->at;
    if (answer != NUMRES_FAST_CLOSED && answer != NUMRES_FAST_CONTAINER)
        return answer;
    if (answer == NUMRES_FAST_CLOSED) {
        if (habit != NULL)
            learn_segment(lane, object, habit, object->at);
        return close_container(lane, window, object->at);
    }
    if (habit != NULL)
        learn_segment(lane, object, habit, object->bracket + 1);
    numres_schema_known_name(schema, object->place);
    return open_container(lane, window, object->bracket);
}

/* Objects that are few: no segments are learned of them. What an unknown member
   of the envelope is may depend on what comes behind it, as long as there is
   neither data nor errors. */
static numres_fast_answer read_rare_members(numres_fast_lane *lane, numres_fast_window *window,
                                            numres_level *level) {
    numres_fast_object object;
    start_object(lane, &object, level->kind, numres_schema_record(lane->schema, level), NULL);
    if (level->kind == NUMRES_OBJECT_ENVELOPE)
        object.skips_unknown = lane->schema->document.envelopes != 0;
    return read_members(lane, window, level, &object);
}

/* Reading. */

static numres_fast_answer read_next(numres_fast_lane *lane, numres_fast_window *window) {
    numres_schema *schema = lane->schema;
    if (schema->depth == 0)
        return *window->at == '{' ? open_container(lane, window, window->at) : NUMRES_FAST_SURPRISE;
    numres_level *level = &schema->levels[schema->depth - 1];
    if (level->is_array)
        return read_elements(lane, window, level);
    switch (level->kind) {
    case NUMRES_OBJECT_RESERVATION:
        return read_members(lane, window, level, &lane->reservation);
    case NUMRES_OBJECT_UNKNOWN:
    case NUMRES_OBJECT_PHONE_NUMBER:
        return NUMRES_FAST_SURPRISE;
    default:
        return read_rare_members(lane, window, level);
    }
}

numres_fast_answer numres_fast_lane_read(numres_fast_lane *lane, numres_fast_window *window) {
    numres_fast_answer answer = NUMRES_FAST_WHOLE;
    window->signal = NUMRES_SIGNAL_GO_ON;
    while (answer == NUMRES_FAST_WHOLE && window->at < window->stop && !lane->schema->root_closed)
        answer = read_next(lane, window);
    return answer;
}
