#include "classify/regroup.h"

#include <string.h>

#include "base/arena.h"

#define DEPTH_MOST 40
#define ALTERNATIVES_LEAST 8 /* shorter lists are quick as they are */
#define ALTERNATIVES_MOST 512
#define SOURCE_BYTES ((size_t)32 * 1024)
#define ARENA_BYTES ((size_t)4 * 1024 * 1024)

struct reading {
    struct slice source;
    size_t at;
    struct arena *arena;
    enum regroup_case letters;
    unsigned depth, behind; /* groups around; those of them that look behind, where each way has a fixed length */
    bool unread;            /* holds what is not understood */
    bool full;              /* out of memory */
};

struct list {
    struct slice *at;
    size_t count, capacity;
};

static bool more(const struct reading *r) {
    return r->at < r->source.len && !r->unread && !r->full;
}

static void copy_bytes(struct reading *r, size_t count, struct buf *out) {
    if (r->at + count > r->source.len) {
        r->unread = true;
        return;
    }
    buf_add(out, slice_part(r->source, r->at, r->at + count));
    r->at += count;
}

static void copy_class(struct reading *r, struct buf *out) {
    copy_bytes(r, 1, out);
    if (more(r) && r->source.at[r->at] == '^') copy_bytes(r, 1, out);
    if (more(r) && r->source.at[r->at] == ']') copy_bytes(r, 1, out);
    while (more(r) && r->source.at[r->at] != ']') {
        if (r->source.at[r->at] == '[') r->unread = true;
        copy_bytes(r, r->source.at[r->at] == '\\' ? 2 : 1, out);
    }
    if (more(r)) copy_bytes(r, 1, out);
}

static void copy_escaped(struct reading *r, struct buf *out) {
    char next = r->at + 1 < r->source.len ? r->source.at[r->at + 1] : '\0';
    /* Quoted text, references and callouts have rules of their own. */
    if (next == '\0' || strchr("QEgkGKC123456789", next) != NULL) r->unread = true;
    copy_bytes(r, 2, out);
}

/* ---- writing ---- */

static bool begins_with_letter(const struct reading *r, struct slice text) {
    if (text.len == 0) return false;
    char c = text.at[0];
    bool letter = (c >= 'a' && c <= 'z') || (r->letters == REGROUP_ANY_LETTERS && c >= 'A' && c <= 'Z');
    return letter && (text.len == 1 || strchr("?*+{", text.at[1]) == NULL);
}

static bool may_group(const struct reading *r, const struct list *list) {
    if (r->behind > 0 || list->count < ALTERNATIVES_LEAST || list->count > ALTERNATIVES_MOST) return false;
    for (size_t i = 0; i < list->count; i++)
        if (!begins_with_letter(r, list->at[i])) return false;
    return true;
}

/* All that begin with the letter of `first`, which is the first of them. */
static void write_letter(const struct list *list, size_t first, struct buf *out) {
    char letter = list->at[first].at[0];
    size_t count = 0;
    for (size_t i = first; i < list->count; i++) count += list->at[i].at[0] == letter;
    if (count == 1) {
        buf_add(out, list->at[first]);
        return;
    }
    buf_add_char(out, letter);
    buf_add_text(out, "(?:");
    for (size_t i = first, written = 0; i < list->count; i++) {
        if (list->at[i].at[0] != letter) continue;
        if (written++ > 0) buf_add_char(out, '|');
        buf_add(out, slice_part(list->at[i], 1, list->at[i].len));
    }
    buf_add_char(out, ')');
}

static void write_list(const struct reading *r, const struct list *list, struct buf *out) {
    bool group = may_group(r, list), seen[256] = {false};
    for (size_t i = 0, written = 0; i < list->count; i++) {
        unsigned char letter = list->at[i].len == 0 ? 0 : (unsigned char)list->at[i].at[0];
        if (group && seen[letter]) continue;
        seen[letter] = true;
        if (written++ > 0) buf_add_char(out, '|');
        if (group) write_letter(list, i, out);
        else buf_add(out, list->at[i]);
    }
}

/* ---- reading ---- */

static void push(struct reading *r, struct list *list, struct buf *text) {
    struct slice *grown = arena_grow(r->arena, list->at, list->count, &list->capacity, sizeof *grown);
    if (grown != NULL) list->at = grown;
    if (grown == NULL || buf_failed(text) || !arena_copy(r->arena, buf_slice(text), &list->at[list->count++]))
        r->full = true;
    buf_clear(text);
}

static void read_list(struct reading *r, struct buf *out);

/* "(?:", "(", and what looks ahead or behind; nothing else is understood. */
static void read_group(struct reading *r, struct buf *out) {
    static const char *const starts[] = {"(?:", "(?=", "(?!", "(?<=", "(?<!"};
    struct slice rest = slice_part(r->source, r->at, r->source.len);
    size_t start = 1;
    for (size_t i = 0; i < COUNT_OF(starts); i++)
        if (slice_starts(rest, slice_from(starts[i]))) start = strlen(starts[i]);
    bool plain = rest.len > 1 && rest.at[1] != '?' && rest.at[1] != '*';
    if ((start == 1 && !plain) || ++r->depth > DEPTH_MOST) {
        r->unread = true;
        return;
    }
    r->behind += start == 4;
    copy_bytes(r, start, out);
    read_list(r, out);
    if (more(r) && r->source.at[r->at] == ')') copy_bytes(r, 1, out);
    else r->unread = true;
    r->behind -= start == 4;
    r->depth--;
}

static void read_list(struct reading *r, struct buf *out) {
    AUTO(buf_free)
    struct buf text = buf_new(SOURCE_BYTES);
    struct list list = {NULL, 0, 0};
    while (more(r) && r->source.at[r->at] != ')') {
        switch (r->source.at[r->at]) {
            case '|':
                push(r, &list, &text);
                r->at++;
                break;
            case '\\': copy_escaped(r, &text); break;
            case '[': copy_class(r, &text); break;
            case '(': read_group(r, &text); break;
            default: copy_bytes(r, 1, &text);
        }
    }
    push(r, &list, &text);
    if (!r->full) write_list(r, &list, out);
}

bool regroup(struct slice source, enum regroup_case letters, struct buf *out) {
    AUTO(arena_free)
    struct arena *arena = arena_new(ARENA_BYTES);
    AUTO(buf_free)
    struct buf text = buf_new(2 * SOURCE_BYTES);
    if (arena == NULL) return false;
    struct reading r = {.source = source, .arena = arena, .letters = letters};
    if (source.len < SOURCE_BYTES) read_list(&r, &text);
    if (r.full || buf_failed(&text)) return false;
    bool understood = !r.unread && r.at == source.len;
    buf_add(out, understood ? buf_slice(&text) : source);
    return !buf_failed(out);
}
