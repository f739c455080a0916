/* Chooses the pieces by which to read an object, reads member by member what fits none,
   and learns that. Called by fast_lane.c for each object. */
#include "habits.h"

#include "waiting.h"

/* Upper limit of the back-off: where shapes seldom repeat, one object in this many is
   learned. */
#define MOST_UNLEARNED 256

void numres_fast_habits_forget(numres_fast_lane *lane) {
    for (unsigned int kind = 0; kind < NUMRES_SEGMENT_KINDS; kind++)
        lane->habits[kind].usual = NULL;
}

/* Pieces do not check the limits for each short text, so there must be room for many. */
static bool has_room(const numres_fast_object *object) {
    return object->limits->max_value_length >= NUMRES_FAST_LOOK &&
           object->limits->max_record_text - object->record->counted >= NUMRES_SEGMENTS_ROOM;
}

/* The usual piece, if it can begin here. */
static inline const numres_piece *usual_piece(const numres_fast_object *object,
                                              const numres_fast_habit *habit) {
    const numres_piece *piece = habit->usual;
    if (piece == NULL || numres_fast_skips_pieces(habit))
        return NULL;
    bool is_here = piece->start.begins_object ? object->is_first && object->start != NULL
                                              : piece->start.before == object->record->present;
    return is_here && has_room(object) ? piece : NULL;
}

/* Any piece that may begin at this member, or NULL. */
static const numres_piece *other_piece(const numres_fast_lane *lane,
                                       const numres_fast_object *object,
                                       const numres_fast_habit *habit) {
    numres_piece_start start = {(uint16_t)object->record->present, (uint8_t)object->kind,
                                object->is_first};
    bool may_begin = lane->has_segments && habit->mismatches < NUMRES_MANY_MISMATCHES &&
                     has_room(object) && (!object->is_first || object->start != NULL) &&
                     object->window->readable_end - object->at >= NUMRES_FAST_SPAN;
    return may_begin ? numres_segments_find(lane->segments, lane->segments->pieces, start) : NULL;
}

numres_fast_result numres_fast_read_by_members(numres_fast_lane *lane, numres_fast_object *object) {
    numres_fast_result result;
    do {
        size_t count = object->names != NULL ? lane->read_members(object) : 0;
        result = numres_fast_member(object);
        count += result == NUMRES_FAST_WHOLE;
        lane->one_by_one += (unsigned int)count;
        lane->by_pieces_alone &= result == NUMRES_FAST_MORE && count == 0;
    } while (result == NUMRES_FAST_WHOLE);
    lane->is_cut |= result == NUMRES_FAST_MORE && object->members_read > 0;
    return result;
}

/* Whether no segment of this kind was ever learned, and the segment begins here. */
static bool is_never_learned(const numres_fast_lane *lane, const numres_fast_object *object,
                             const numres_fast_habit *habit) {
    return habit->usual == NULL && habit->back_off == 0 &&
           object->record->present == lane->segment_present;
}

numres_fast_result numres_fast_read_object(numres_fast_lane *lane, numres_fast_object *object,
                                           numres_fast_habit *habit) {
    const numres_piece *piece = usual_piece(object, habit);
    if ((piece != NULL || is_never_learned(lane, object, habit)) &&
        numres_fast_is_unfinished(lane, object->window))
        return NUMRES_FAST_MORE;
    numres_fast_result result = NUMRES_FAST_OTHER;
    if (piece != NULL) {
        result = lane->read_pieces(object, lane->segments, &habit->usual);
    } else {
        piece = other_piece(lane, object, habit);
        if (piece != NULL)
            result = lane->read_pieces(object, lane->segments, &piece);
    }
    return numres_fast_note_end(lane, object, result) ? result
                                                      : numres_fast_read_by_members(lane, object);
}

/* Counts a segment that was not read by pieces alone. */
static void count_new(numres_fast_habit *habit, unsigned int one_by_one, uint64_t members) {
    habit->known = 0;
    habit->mismatches = UINT64_C(4) * one_by_one > members ? habit->mismatches + 1 : 0;
}

/* Whether the open segment, which ends before `end`, can be learned. */
static bool can_learn(const numres_fast_lane *lane, const numres_fast_object *object,
                      const numres_fast_habit *habit, const unsigned char *end) {
    /* Near the end of the readable bytes, objects of known shapes are read member by member too. */
    bool is_new = habit->usual == NULL || object->window->readable_end - end >= NUMRES_FAST_SPAN;
    return is_new && !lane->is_cut && object->start != NULL && has_room(object);
}

/* Whether learning backs off from this segment. If it does not, the next back-off is longer. */
static bool backs_off(numres_fast_habit *habit) {
    if (habit->unlearned > 0) {
        habit->unlearned--;
        return true;
    }
    habit->unlearned = habit->back_off;
    habit->back_off = habit->back_off < MOST_UNLEARNED ? 2 * habit->back_off + 1 : MOST_UNLEARNED;
    return false;
}

static void learn_segment(numres_fast_lane *lane, const numres_fast_object *object,
                          numres_fast_habit *habit, const unsigned char *end) {
    if (!lane->has_segments)
        numres_segments_forget(lane->segments);
    lane->has_segments = true;
    const numres_piece *learned =
        numres_segments_learn(lane->segments, object, lane->segment_present, object->start, end);
    if (learned == lane->segments->pieces ||
        lane->segments->used.pieces == 0) /* the store was emptied: no habit's pieces are valid */
        numres_fast_habits_forget(lane);
    if (learned != NULL)
        habit->usual = learned;
}

void numres_fast_end_new_segment(numres_fast_lane *lane, const numres_fast_object *object,
                                 numres_fast_habit *habit, const unsigned char *end) {
    count_new(habit, lane->one_by_one, object->members_read);
    if (can_learn(lane, object, habit, end) && !backs_off(habit))
        learn_segment(lane, object, habit, end);
}
