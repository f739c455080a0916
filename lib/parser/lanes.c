/* Chooses the lane that reads, and manages the carry, where the end of one chunk meets the
   beginning of the next. Called by parser.c for each chunk. */
#include "lanes.h"

#include <string.h>

#include "../base/count.h"
#include "../base/log.h"

/* At least this much of a chunk is appended to the carry first. Usually it completes an element
   of known shape; if not, as much follows as fits. */
#define FIRST_PIECE ((size_t)512)

/* At a document's start, shorter chunks are read in place to their end, because several
   short documents may lie in one. */
#define SHORT_CHUNK 512

/* An unfinished element is tried this many times, or once if many bytes of it are there. Then its
   bytes are gathered unread until it may end, and it is tried once more. If it still does not
   end, the general lane takes it. So the fast lane reads no byte more than three times. */
#define MOST_TRIES 2
#define MANY_BYTES 512

/* The fast lane is to read again, in the memory that the general lane may have overwritten. */
static void return_memory(numres_lanes *lanes) {
    if (lanes->general.has_written)
        numres_fast_lane_forget_shapes(&lanes->fast);
    lanes->general.has_written = false;
}

void numres_lanes_start_stream(numres_lanes *lanes) {
    lanes->is_fast = lanes->is_automatic;
    lanes->is_interrupted = false; /* a reset may have come after the pause */
    lanes->carried = 0;
    if (lanes->is_automatic) {
        return_memory(lanes);
        numres_fast_lane_start_stream(&lanes->fast);
    }
}

/* Whichever lane has read the last document begins the next one. */
void numres_lanes_start_document(numres_lanes *lanes) {
    numres_general_lane_start_document(&lanes->general);
    numres_fast_lane_start_document(&lanes->fast);
}

/* From the fast lane to the general one. */

static void enter_general(numres_lanes *lanes, uint64_t records) {
    NUMRES_LOG("byte %" PRIu64 ": the general lane reads\n", numres_schema_position(lanes->schema));
    lanes->is_fast = false;
    numres_fast_lane_leave(&lanes->fast);
    numres_general_lane_enter(&lanes->general, records);
}

/* The general lane, whose turn it is, reads what is carried, which ends at `offset`. At a
   pause, the rest stays in the carry and is read in the same way later. */
static numres_signal drain_carry(numres_lanes *lanes, uint64_t offset) {
    const unsigned char *start = lanes->carry + lanes->drained;
    const unsigned char *end = start + lanes->carried;
    const unsigned char *bytes = start;
    numres_signal signal =
        numres_general_lane_read(&lanes->general, &bytes, end, offset - lanes->carried);
    if (signal == NUMRES_SIGNAL_FAIL)
        return signal;
    numres_schema_keep(lanes->schema, start, bytes);
    lanes->drained += (uint32_t)(bytes - start);
    lanes->carried -= (size_t)(bytes - start);
    if (lanes->carried == 0)
        numres_general_lane_stay(&lanes->general, lanes->records_after);
    return signal;
}

/* Gives the turn to the general lane, which reads what is carried and then this many records. */
static numres_signal give_carry(numres_lanes *lanes, uint64_t records, uint64_t offset) {
    enter_general(lanes, NUMRES_GENERAL_LANE_NEVER);
    lanes->drained = 0;
    lanes->records_after = records;
    return drain_carry(lanes, offset);
}

numres_signal numres_lanes_settle(numres_lanes *lanes, uint64_t offset) {
    if (lanes->is_fast)
        return give_carry(lanes, NUMRES_GENERAL_LANE_NEVER, offset);
    return lanes->carried > 0 ? drain_carry(lanes, offset) : NUMRES_SIGNAL_GO_ON;
}

/* The general lane goes on with the carry and the chunk, until the fast lane may read again. */
static numres_signal surprise_in_carry(numres_lanes *lanes, uint64_t offset) {
    return give_carry(lanes, numres_fast_lane_surprise(&lanes->fast), offset);
}

/* The fast lane. */

/* Copies bytes to the carry, after the `used` bytes that it holds, and clears the readable
   bytes after them. */
static void put_in_carry(numres_lanes *lanes, size_t used, const unsigned char *bytes,
                         size_t length) {
    NUMRES_COUNT(CARRY, length);
    memcpy(lanes->carry + used, bytes, length);
    memset(lanes->carry + used + length, 0, NUMRES_LANES_PADDING);
}

/* Appends the next bytes of the chunk to the carry, at most `most` and as far as they fit. Returns
   how many. */
static size_t append(numres_lanes *lanes, size_t used, const unsigned char *bytes,
                     const unsigned char *end, size_t most) {
    size_t room = lanes->carry_size - used;
    size_t length = (size_t)(end - bytes);
    if (length > most)
        length = most;
    if (length > room)
        length = room;
    put_in_carry(lanes, used, bytes, length);
    return length;
}

/* A window of `length` bytes of the carry, the first of which is at `offset`. */
static numres_fast_window window_of_carry(const numres_lanes *lanes, size_t length,
                                          uint64_t offset) {
    numres_fast_window window = {.start = lanes->carry,
                                 .readable_start = lanes->carry - NUMRES_LANES_HEADROOM,
                                 .at = lanes->carry,
                                 .stop = lanes->carry + length,
                                 .end = lanes->carry + length,
                                 .readable_end = lanes->carry + length + NUMRES_LANES_PADDING,
                                 .reads_to_end = true,
                                 .offset = offset};
    return window;
}

/* Carries an unfinished element, which has been tried: `bytes`, which are the chunk's last or
   lie in the carry. */
static void carry_rest(numres_lanes *lanes, const unsigned char *bytes, size_t length) {
    NUMRES_COUNT(CARRY, length);
    memmove(lanes->carry, bytes, length);
    lanes->carried = length;
    lanes->tries = length < MANY_BYTES ? 1 : MOST_TRIES;
}

/* The carry, whose last bytes are the chunk's first, was read up to window->at. The rest is
   carried if it is unfinished and reaches to the chunk's end; otherwise it is read in the chunk. */
static void leave_carry(numres_lanes *lanes, const numres_fast_window *window,
                        numres_fast_result result, const unsigned char **bytes,
                        const unsigned char *end) {
    size_t rest = (size_t)(window->end - window->at);
    *bytes += window->at - (lanes->carry + lanes->carried);
    numres_schema_keep(lanes->schema, lanes->carry, window->end);
    lanes->carried = 0;
    if (result == NUMRES_FAST_MORE && rest == (size_t)(end - *bytes)) {
        carry_rest(lanes, window->at, rest);
        *bytes = end;
    } else if (result == NUMRES_FAST_SURPRISE) {
        enter_general(lanes, numres_fast_lane_surprise(&lanes->fast));
    }
}

/* Adds the whole chunk to the carry, unread, because what is carried does not end in it.
   Returns false if it does not fit. */
static bool gather(numres_lanes *lanes, const unsigned char **bytes, const unsigned char *end) {
    size_t length = (size_t)(end - *bytes);
    if (length > lanes->carry_size - lanes->carried)
        return false;
    NUMRES_COUNT(CARRY, length);
    memcpy(lanes->carry + lanes->carried, *bytes, length);
    lanes->carried += length;
    *bytes = end;
    return true;
}

/* Drops what was read of the `length` bytes in the carry. Returns how many are left. */
static size_t drop_read(numres_lanes *lanes, const numres_fast_window *window, size_t length) {
    size_t read = (size_t)(window->at - lanes->carry);
    if (read > 0) {
        numres_schema_keep(lanes->schema, lanes->carry, window->at);
        memmove(lanes->carry, window->at, length - read);
        NUMRES_COUNT(CARRY, length - read);
        lanes->carried -= read;
    }
    return length - read;
}

/* Returns how many of the chunk's bytes the carried element needs at least, as far as this is
   known without reading them; SIZE_MAX: all of them, and more. */
static size_t needed_of_chunk(const numres_lanes *lanes, const unsigned char *bytes,
                              const unsigned char *end) {
    size_t room = lanes->carry_size - lanes->carried;
    if (lanes->tries < MOST_TRIES && !numres_fast_lane_is_known(&lanes->fast))
        return room;
    const unsigned char *element_end = numres_fast_lane_possible_end(&lanes->fast, bytes, end);
    if (element_end == NULL)
        return SIZE_MAX;
    return element_end > bytes ? (size_t)(element_end - bytes) : room;
}

/* Whether reading may make room in the carry for an element that does not fit. A phone number is
   read whole; of a reservation, a member may end before the room does. */
static bool may_make_room(const numres_lanes *lanes, const unsigned char *bytes,
                          const unsigned char *end) {
    size_t room = lanes->carry_size - lanes->carried;
    size_t length = (size_t)(end - bytes);
    return !numres_fast_lane_reads_whole(&lanes->fast) &&
           memchr(bytes, '"', length < room ? length : room) != NULL;
}

/* Reads the carried element with the chunk's first bytes after it, and with all of the
   chunk if that fits. */
static numres_signal read_carry(numres_lanes *lanes, const unsigned char **bytes,
                                const unsigned char *end, uint64_t offset) {
    size_t length = lanes->carried;
    numres_fast_result result = NUMRES_FAST_MORE;
    const unsigned char *next = *bytes;
    size_t piece = needed_of_chunk(lanes, *bytes, end);
    if (piece == SIZE_MAX && gather(lanes, bytes, end))
        return NUMRES_SIGNAL_GO_ON;
    if (piece > lanes->carry_size - lanes->carried && !may_make_room(lanes, *bytes, end))
        return surprise_in_carry(lanes, offset);
    if (piece < FIRST_PIECE)
        piece = FIRST_PIECE;
    while (result == NUMRES_FAST_MORE && lanes->tries <= MOST_TRIES) {
        size_t added = append(lanes, length, next, end, piece);
        if (added == 0)
            break;
        length += added;
        next += added;
        piece = SIZE_MAX;
        numres_fast_window window = window_of_carry(lanes, length, offset - lanes->carried);
        window.stop = next == end ? window.end : lanes->carry + lanes->carried;
        result = numres_fast_lane_read(&lanes->fast, &window);
        if (result == NUMRES_FAST_SIGNAL && window.signal == NUMRES_SIGNAL_FAIL)
            return NUMRES_SIGNAL_FAIL;
        if (window.at >= lanes->carry + lanes->carried) {
            leave_carry(lanes, &window, result, bytes, end);
            return window.signal;
        }
        length = drop_read(lanes, &window, length);
        if (result == NUMRES_FAST_SIGNAL) /* a pause after a problem: no record ends here */
            return NUMRES_SIGNAL_PAUSE;
        lanes->tries++;
    }
    if (result == NUMRES_FAST_MORE && next == end) {
        lanes->carried = length;
        *bytes = end;
        return NUMRES_SIGNAL_GO_ON;
    }
    return surprise_in_carry(lanes, offset);
}

/* Reads the rest of the chunk from a copy in the carry, which has readable bytes after it. */
static numres_signal read_chunk_end(numres_lanes *lanes, const unsigned char **bytes,
                                    const unsigned char *end, uint64_t offset) {
    size_t length = (size_t)(end - *bytes);
    numres_fast_window window = window_of_carry(lanes, length, offset);
    put_in_carry(lanes, 0, *bytes, length);
    numres_fast_result result = numres_fast_lane_read(&lanes->fast, &window);
    if (result == NUMRES_FAST_SIGNAL && window.signal == NUMRES_SIGNAL_FAIL)
        return NUMRES_SIGNAL_FAIL;
    numres_schema_keep(lanes->schema, lanes->carry, window.at);
    *bytes += window.at - lanes->carry;
    if (result == NUMRES_FAST_MORE) {
        carry_rest(lanes, window.at, (size_t)(window.end - window.at));
        *bytes = end;
    } else if (result == NUMRES_FAST_SURPRISE) {
        enter_general(lanes, numres_fast_lane_surprise(&lanes->fast));
    }
    return window.signal;
}

/* A window of the chunk from `bytes` on. Unless reads_to_end, the fast lane stops where too few
   readable bytes are left for its vectors. */
static numres_fast_window window_of_chunk(const numres_lanes *lanes, const unsigned char *bytes,
                                          const unsigned char *end, bool reads_to_end,
                                          uint64_t offset) {
    numres_fast_window window = {.start = bytes,
                                 .readable_start = lanes->chunk,
                                 .at = bytes,
                                 .stop = end,
                                 .end = end,
                                 .readable_end = end,
                                 .reads_to_end = reads_to_end,
                                 .offset = offset};
    return window;
}

/* Ends reading in this window of the chunk, where the fast lane returned `result`, and
   sets *bytes to what is left. */
static inline numres_signal leave_window(numres_lanes *lanes, numres_fast_window *window,
                                         numres_fast_result result, const unsigned char **bytes) {
    const unsigned char *end = window->end;
    if (result == NUMRES_FAST_NEAR_END && (size_t)(end - window->at) > lanes->carry_size) {
        *window = window_of_chunk(lanes, window->at, end, true,
                                  numres_fast_offset_of(window, window->at));
        result = numres_fast_lane_read(&lanes->fast, window);
    }
    *bytes = window->at;
    if (result == NUMRES_FAST_NEAR_END)
        return read_chunk_end(lanes, bytes, end, numres_fast_offset_of(window, window->at));
    if (result == NUMRES_FAST_MORE && (size_t)(end - *bytes) <= lanes->carry_size) {
        carry_rest(lanes, *bytes, (size_t)(end - *bytes));
        *bytes = end;
    } else if (result == NUMRES_FAST_MORE || result == NUMRES_FAST_SURPRISE) {
        enter_general(lanes, numres_fast_lane_surprise(&lanes->fast));
    } else if (window->signal == NUMRES_SIGNAL_PAUSE && numres_schema_is_root_open(lanes->schema)) {
        lanes->interrupted = *window;
        lanes->is_interrupted = true;
    }
    return window->signal;
}

static numres_signal read_fast(numres_lanes *lanes, const unsigned char **bytes,
                               const unsigned char *end, uint64_t offset) {
    bool is_start = lanes->schema->depth == 0;
    size_t length = (size_t)(end - *bytes);
    /* A short document is copied whole, since its end would be copied anyway. */
    if (is_start && !lanes->several_documents && length <= lanes->carry_size)
        return read_chunk_end(lanes, bytes, end, offset);
    /* A chunk of a stream may hold many documents, so they are not copied. */
    bool reads_to_end = is_start && length < SHORT_CHUNK;
    numres_fast_window window = window_of_chunk(lanes, *bytes, end, reads_to_end, offset);
    numres_fast_result result = numres_fast_lane_read(&lanes->fast, &window);
    return leave_window(lanes, &window, result, bytes);
}

numres_signal numres_lanes_leave(numres_lanes *lanes, numres_fast_result result,
                                 const unsigned char **bytes, uint64_t *offset) {
    numres_fast_window window = lanes->interrupted;
    lanes->is_interrupted = false;
    numres_signal signal = leave_window(lanes, &window, result, bytes);
    *offset = numres_fast_offset_of(&window, *bytes);
    return signal;
}

/* Reading. */

static numres_signal read_general(numres_lanes *lanes, const unsigned char **bytes,
                                  const unsigned char *end, uint64_t offset) {
    numres_signal signal = numres_general_lane_read(&lanes->general, bytes, end, offset);
    if (signal == NUMRES_SIGNAL_GO_ON && lanes->general.has_left) {
        NUMRES_LOG("byte %" PRIu64 ": the fast lane reads\n",
                   numres_schema_position(lanes->schema));
        lanes->is_fast = true;
        numres_fast_lane_resume(&lanes->fast, !lanes->general.has_written);
        return_memory(lanes);
    }
    return signal;
}

numres_signal numres_lanes_read(numres_lanes *lanes, const unsigned char **bytes,
                                const unsigned char *end, uint64_t offset) {
    const unsigned char *start = *bytes;
    numres_signal signal = NUMRES_SIGNAL_GO_ON;
    lanes->chunk = start;
    lanes->is_interrupted = false;
    while (*bytes < end && signal == NUMRES_SIGNAL_GO_ON &&
           numres_schema_is_root_open(lanes->schema)) {
        uint64_t here = offset + (uint64_t)(*bytes - start);
        if (!lanes->is_fast && lanes->carried > 0)
            signal = drain_carry(lanes, here);
        else if (!lanes->is_fast)
            signal = read_general(lanes, bytes, end, here);
        else if (lanes->carried > 0)
            signal = read_carry(lanes, bytes, end, here);
        else
            signal = read_fast(lanes, bytes, end, here);
    }
    return signal;
}

bool numres_lanes_may_end(const numres_lanes *lanes) {
    return numres_general_lane_may_end(&lanes->general);
}

numres_signal numres_lanes_finish(numres_lanes *lanes, uint64_t offset) {
    numres_signal signal = numres_lanes_settle(lanes, offset);
    return signal == NUMRES_SIGNAL_GO_ON ? numres_general_lane_finish(&lanes->general, offset)
                                         : signal;
}
