#include "render/plain.h"

#include "base/utf8.h"

/* More marks than this on one letter are a picture, not a script. */
#define MARKS_MOST 4

enum sort { SORT_KEPT, SORT_BLANK, SORT_BREAK, SORT_MARK, SORT_DROPPED, SORT_WRONG };

struct span {
    uint32_t from, to;
    enum sort sort;
};

/* Sorted. What is in no span is kept. */
static const struct span spans[] = {
    {0x00, 0x08, SORT_DROPPED},       {0x09, 0x09, SORT_BLANK},        {0x0A, 0x0A, SORT_BREAK},
    {0x0B, 0x0D, SORT_BLANK},         {0x0E, 0x1F, SORT_DROPPED},      {0x20, 0x20, SORT_BLANK},
    {0x7F, 0x84, SORT_DROPPED},       {0x85, 0x85, SORT_BLANK},        {0x86, 0x9F, SORT_DROPPED},
    {0xA0, 0xA0, SORT_BLANK},         {0x0300, 0x036F, SORT_MARK},     {0x0483, 0x0489, SORT_MARK},
    {0x061C, 0x061C, SORT_DROPPED},   {0x1680, 0x1680, SORT_BLANK},    {0x1AB0, 0x1AFF, SORT_MARK},
    {0x1DC0, 0x1DFF, SORT_MARK},      {0x2000, 0x200A, SORT_BLANK},    {0x200B, 0x200B, SORT_DROPPED},
    {0x200E, 0x200F, SORT_DROPPED},   {0x2028, 0x2029, SORT_BREAK},    {0x202A, 0x202E, SORT_DROPPED},
    {0x202F, 0x202F, SORT_BLANK},     {0x205F, 0x205F, SORT_BLANK},    {0x2060, 0x206F, SORT_DROPPED},
    {0x20D0, 0x20FF, SORT_MARK},      {0x3000, 0x3000, SORT_BLANK},    {0xD800, 0xDFFF, SORT_WRONG},
    {0xFDD0, 0xFDEF, SORT_WRONG},     {0xFE20, 0xFE2F, SORT_MARK},     {0xFEFF, 0xFEFF, SORT_DROPPED},
    {0xFFF9, 0xFFFB, SORT_DROPPED},   {0xFFFE, 0xFFFF, SORT_WRONG},    {0x1D173, 0x1D17A, SORT_DROPPED},
    {0xE0000, 0xE0FFF, SORT_DROPPED}, {0xF0000, 0x10FFFF, SORT_WRONG},
};

static enum sort sort_of(uint32_t c) {
    if (c > 0x20 && c < 0x7F) return SORT_KEPT;
    size_t low = 0, high = COUNT_OF(spans);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > spans[middle].to) low = middle + 1;
        else high = middle;
    }
    return low < COUNT_OF(spans) && c >= spans[low].from ? spans[low].sort : SORT_KEPT;
}

struct plain plain_of(struct slice text, enum plain_shape shape) {
    return (struct plain){.text = text, .shape = shape};
}

/* Takes the character in. True when it belongs to a run of ordinary characters. */
static bool is_ordinary(struct plain *plain, enum sort sort) {
    plain->marks = sort == SORT_MARK ? plain->marks + 1 : sort == SORT_KEPT ? 0 : plain->marks;
    return sort == SORT_KEPT || (sort == SORT_MARK && plain->marks <= MARKS_MOST);
}

static struct slice gap(const struct plain *plain) {
    if (plain->shape == PLAIN_LINE || plain->breaks == 0) return SLICE(" ");
    return plain->breaks == 1 ? SLICE("\n") : SLICE("\n\n");
}

/* Passes over white space and what is dropped. */
static enum sort skip(struct plain *plain, size_t *len) {
    while (plain->at < plain->text.len) {
        uint32_t c = 0;
        *len = utf8_decode(plain->text, plain->at, &c);
        enum sort sort = c == UTF8_REPLACEMENT && *len != 3 ? SORT_WRONG : sort_of(c);
        if (sort == SORT_KEPT || sort == SORT_WRONG) return sort;
        if (sort == SORT_MARK && plain->marks < MARKS_MOST) return sort;
        plain->blanks += sort == SORT_BLANK || sort == SORT_BREAK;
        plain->breaks += sort == SORT_BREAK;
        plain->at += *len;
    }
    return SORT_DROPPED;
}

bool plain_next(struct plain *plain, struct slice *piece) {
    size_t len = 0;
    enum sort sort = skip(plain, &len);
    if (plain->at >= plain->text.len) return false;
    bool after_gap = plain->blanks > 0 && plain->begun;
    if (after_gap) *piece = gap(plain);
    plain->blanks = plain->breaks = 0;
    plain->begun = true;
    if (after_gap) return true;
    if (sort == SORT_WRONG) {
        plain->at += len;
        *piece = SLICE("\xEF\xBF\xBD");
        return true;
    }
    size_t start = plain->at;
    while (plain->at < plain->text.len) {
        uint32_t c = 0;
        len = utf8_decode(plain->text, plain->at, &c);
        if (c == UTF8_REPLACEMENT && len != 3) break;
        if (!is_ordinary(plain, sort_of(c))) break;
        plain->at += len;
    }
    *piece = slice_part(plain->text, start, plain->at);
    return true;
}

void plain_add(struct buf *out, struct slice text, enum plain_shape shape) {
    struct plain plain = plain_of(text, shape);
    struct slice piece;
    while (plain_next(&plain, &piece)) buf_add(out, piece);
}

bool plain_line(struct arena *arena, struct slice text, struct slice *out) {
    AUTO(buf_free)
    struct buf line = buf_new(text.len * 3 + 1);
    plain_add(&line, text, PLAIN_LINE);
    return !buf_failed(&line) && arena_copy(arena, buf_slice(&line), out);
}
