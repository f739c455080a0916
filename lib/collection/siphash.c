/* SipHash-2-4, as its authors define it (Aumasson and Bernstein, 2012). text_index.c calls
   it. */
#include "siphash.h"

typedef struct sip_state {
    uint64_t v0, v1, v2, v3;
} sip_state;

static uint64_t rotate(uint64_t word, unsigned int bits) {
    return word << bits | word >> (64 - bits);
}

/* Returns `count` bytes, at most 8, as a little-endian word. */
static uint64_t little_endian(const unsigned char *bytes, size_t count) {
    uint64_t word = 0;
    for (size_t i = 0; i < count; i++)
        word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

static void do_rounds(sip_state *state, unsigned int rounds) {
    for (; rounds > 0; rounds--) {
        state->v0 += state->v1;
        state->v2 += state->v3;
        state->v1 = rotate(state->v1, 13) ^ state->v0;
        state->v3 = rotate(state->v3, 16) ^ state->v2;
        state->v0 = rotate(state->v0, 32) + state->v3;
        state->v2 += state->v1;
        state->v1 = rotate(state->v1, 17) ^ state->v2;
        state->v3 = rotate(state->v3, 21) ^ state->v0;
        state->v2 = rotate(state->v2, 32);
    }
}

static void add_word(sip_state *state, uint64_t word) {
    state->v3 ^= word;
    do_rounds(state, 2);
    state->v0 ^= word;
}

uint64_t numres_siphash(const unsigned char secret[NUMRES_SIPHASH_SECRET_SIZE], const void *bytes,
                        size_t length) {
    const unsigned char *at = bytes;
    uint64_t key0 = little_endian(secret, 8);
    uint64_t key1 = little_endian(secret + 8, 8);
    sip_state state = {key0 ^ UINT64_C(0x736f6d6570736575), key1 ^ UINT64_C(0x646f72616e646f6d),
                       key0 ^ UINT64_C(0x6c7967656e657261), key1 ^ UINT64_C(0x7465646279746573)};
    for (size_t left = length / 8; left > 0; left--, at += 8)
        add_word(&state, little_endian(at, 8));
    add_word(&state, little_endian(at, length % 8) | (uint64_t)length << 56);
    state.v2 ^= 0xFF;
    do_rounds(&state, 4);
    return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}
