#include "store/pack.h"

#include <string.h>

#define SUM_FACTOR 0x9e3779b97f4a7c15u

static uint64_t mix(uint64_t sum, uint64_t word) {
    sum = (sum ^ word) * SUM_FACTOR;
    return sum ^ (sum >> 29);
}

/* Each step is a bijection of the state for a given word, so one changed word can never be lost on the way. */
uint64_t pack_sum(struct slice bytes, uint64_t seed) {
    uint64_t sum = mix(seed, bytes.at == NULL ? UINT64_MAX : bytes.len);
    if (bytes.at == NULL) return mix(sum, 0);
    size_t at = 0;
    for (; bytes.len - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, bytes.at + at, 8);
        sum = mix(sum, word);
    }
    uint64_t last = 0;
    if (at < bytes.len) memcpy(&last, bytes.at + at, bytes.len - at);
    return mix(sum, last);
}

uint64_t pack_sum_int(int64_t value, uint64_t seed) {
    return mix(seed, (uint64_t)value);
}

struct pack pack_to(struct buf *out) {
    return (struct pack){.out = out};
}

static void put_le64(uint64_t value, char out[8]) {
    for (int i = 0; i < 8; i++) out[i] = (char)(value >> (8 * i) & 0xff);
}

static uint64_t get_le64(const char *at) {
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) value |= (uint64_t)(unsigned char)at[i] << (8 * i);
    return value;
}

void pack_seal(struct pack *pack, size_t start, uint64_t seed) {
    if (buf_failed(pack->out)) return;
    char sum[PACK_SUM_BYTES];
    put_le64(pack_sum(slice_part(buf_slice(pack->out), start, pack->out->len), seed), sum);
    buf_add(pack->out, slice_of(sum, sizeof sum));
}

struct pack pack_over(struct slice bytes, struct arena *arena) {
    return (struct pack){.in = bytes, .arena = arena};
}

struct pack pack_from(struct slice bytes, uint64_t seed, struct arena *arena) {
    struct pack bad = {.failed = true, .arena = arena};
    if (bytes.len < PACK_SUM_BYTES) return bad;
    struct slice body = slice_part(bytes, 0, bytes.len - PACK_SUM_BYTES);
    if (pack_sum(body, seed) != get_le64(bytes.at + body.len)) return bad;
    struct slice copy;
    if (!arena_copy(arena, body, &copy)) return bad;
    return pack_over(copy, arena);
}

bool pack_done(const struct pack *pack) {
    return pack->out != NULL ? !buf_failed(pack->out) : !pack->failed && pack->in.len == 0;
}

bool pack_is_reading(const struct pack *pack) {
    return pack->out == NULL;
}

bool pack_has_more(const struct pack *pack) {
    return pack->out != NULL || (!pack->failed && pack->in.len > 0);
}

static void write_number(struct pack *pack, uint64_t number) {
    char bytes[10];
    size_t len = 0;
    while (number >= 0x80) {
        bytes[len++] = (char)(number | 0x80);
        number >>= 7;
    }
    bytes[len++] = (char)number;
    buf_put(pack->out, bytes, len);
}

static uint64_t fail(struct pack *pack) {
    pack->failed = true;
    pack->in = (struct slice){"", 0};
    return 0;
}

static uint64_t read_number(struct pack *pack) {
    uint64_t number = 0;
    for (unsigned i = 0; i < 10 && i < pack->in.len; i++) {
        uint64_t byte = (unsigned char)pack->in.at[i];
        if (i == 9 && byte > 1) break;
        number |= (byte & 0x7f) << (7 * i);
        if (byte & 0x80) continue;
        pack->in = slice_part(pack->in, i + 1, pack->in.len);
        return number;
    }
    return fail(pack);
}

/* Zigzag, shifted by one so that INT64_MIN, which stands for "not said" nearly everywhere, is the one byte 0. */
void pack_int(struct pack *pack, int64_t *value) {
    if (pack->out != NULL) {
        uint64_t bits = (uint64_t)*value;
        write_number(pack, ((bits << 1) ^ (*value < 0 ? UINT64_MAX : 0)) + 1);
        return;
    }
    uint64_t number = read_number(pack) - 1;
    *value = (int64_t)((number >> 1) ^ ((number & 1) != 0 ? UINT64_MAX : 0));
}

static void pack_number(struct pack *pack, uint64_t *value, uint64_t most) {
    if (pack->out != NULL) {
        write_number(pack, *value);
        return;
    }
    uint64_t number = read_number(pack);
    *value = number <= most ? number : fail(pack);
}

void pack_u32(struct pack *pack, uint32_t *value) {
    uint64_t number = *value;
    pack_number(pack, &number, UINT32_MAX);
    *value = (uint32_t)number;
}

void pack_u8(struct pack *pack, uint8_t *value) {
    uint64_t number = *value;
    pack_number(pack, &number, UINT8_MAX);
    *value = (uint8_t)number;
}

void pack_plain_int(struct pack *pack, int *value) {
    int64_t number = *value;
    pack_int(pack, &number);
    if (number < INT32_MIN || number > INT32_MAX) number = (int64_t)fail(pack);
    *value = (int)number;
}

void pack_size(struct pack *pack, size_t *value) {
    uint64_t number = *value;
    pack_number(pack, &number, SIZE_MAX);
    *value = (size_t)number;
}

void pack_bool(struct pack *pack, bool *value) {
    uint64_t number = *value;
    pack_number(pack, &number, 1);
    *value = number != 0;
}

void pack_choice(struct pack *pack, unsigned *value, unsigned count) {
    uint64_t number = *value;
    pack_number(pack, &number, count - 1);
    *value = (unsigned)number;
}

void pack_real(struct pack *pack, double *value) {
    uint64_t bits;
    if (pack->out != NULL) {
        char bytes[8];
        memcpy(&bits, value, sizeof bits);
        put_le64(bits, bytes);
        buf_add(pack->out, slice_of(bytes, sizeof bytes));
        return;
    }
    bits = pack->in.len >= 8 ? get_le64(pack->in.at) : fail(pack);
    if (!pack->failed) pack->in = slice_part(pack->in, 8, pack->in.len);
    memcpy(value, &bits, sizeof bits);
}

void pack_text(struct pack *pack, struct slice *value) {
    if (pack->out != NULL) {
        write_number(pack, value->at == NULL ? 0 : value->len + 1);
        buf_add(pack->out, *value);
        return;
    }
    *value = (struct slice){NULL, 0};
    uint64_t len = read_number(pack);
    if (len == 0) return;
    if (len - 1 > pack->in.len) {
        (void)fail(pack);
        return;
    }
    *value = slice_of(pack->in.at, (size_t)len - 1);
    pack->in = slice_of(pack->in.at + (len - 1), pack->in.len - (size_t)(len - 1));
}

size_t pack_count(struct pack *pack, void **at, size_t *count, size_t *capacity, size_t size_bytes) {
    pack_size(pack, count);
    if (pack->out != NULL) return *count;
    *at = NULL;
    *capacity = 0;
    /* Every element takes a byte at least, so a false count cannot ask for much. */
    if (*count > pack->in.len) *count = (size_t)fail(pack);
    if (*count == 0) return 0;
    *at = arena_alloc(pack->arena, *count, size_bytes);
    if (*at == NULL) *count = (size_t)fail(pack);
    *capacity = *count;
    return *count;
}
