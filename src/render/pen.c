#include "render/pen.h"

#include <ctype.h>

#include "base/utf8.h"
#include "base/when.h"

struct pen pen_new(const struct look *look, struct arena *arena) {
    struct pen pen = {.look = look, .arena = arena};
    if (look->words != NULL) pen.words = *look->words;
    else words_default(&pen.words);
    return pen;
}

static struct slice kept(struct pen *pen, const char *text) {
    if (text == NULL) pen->failed = true;
    return slice_from(text);
}

static void fill(struct buf *out, struct slice text, struct slice one, struct slice two) {
    for (size_t i = 0; i < text.len; i++) {
        bool gap = text.at[i] == '%' && i + 1 < text.len && (text.at[i + 1] == '1' || text.at[i + 1] == '2');
        if (gap) buf_add(out, text.at[++i] == '1' ? one : two);
        else buf_add_char(out, text.at[i]);
    }
}

struct slice pen_say(struct pen *pen, enum word word, struct slice one, struct slice two) {
    struct slice text = pen->words.at[word], out = {NULL, 0};
    AUTO(buf_free)
    struct buf line = buf_new(text.len * 8 + one.len * 4 + two.len * 4 + 64);
    fill(&line, text, one, two);
    if (buf_failed(&line) || !arena_copy(pen->arena, buf_slice(&line), &out)) pen->failed = true;
    return out;
}

struct slice pen_word(const struct pen *pen, enum word word) {
    return pen->words.at[word];
}

struct slice pen_number(struct pen *pen, int64_t number) {
    return kept(pen, arena_printf(pen->arena, "%lld", (long long)number));
}

struct slice pen_count(struct pen *pen, enum word one, enum word many, int64_t count) {
    struct slice number = pen_number(pen, count);
    return pen_say(pen, count == 1 ? one : many, number, number);
}

struct slice pen_join(struct pen *pen, struct slice a, const char *between, struct slice b) {
    if (slice_is_empty(a)) return b;
    if (slice_is_empty(b)) return a;
    return kept(pen, arena_printf(pen->arena, "%.*s%s%.*s", SLICE_ARGS(a), between, SLICE_ARGS(b)));
}

struct slice pen_cut(struct pen *pen, struct slice text, size_t most) {
    if (text.len <= most) return text;
    return kept(pen, arena_printf(pen->arena, "%.*s\xE2\x80\xA6", SLICE_ARGS(utf8_cut(text, most))));
}

struct slice pen_date(struct pen *pen, int64_t instant_s) {
    if (instant_s == WHEN_ABSENT) return (struct slice){NULL, 0};
    struct civil civil = when_to_civil(instant_s);
    return kept(pen, arena_printf(pen->arena, "%d %s %d", civil.day, when_month_name(civil.month), civil.year));
}

struct slice pen_long_date(struct pen *pen, int64_t instant_s) {
    if (instant_s == WHEN_ABSENT) return (struct slice){NULL, 0};
    struct slice day = slice_from(when_weekday_name(when_weekday(instant_s)));
    return pen_join(pen, day, " ", pen_date(pen, instant_s));
}

/* Initials are written in capitals: a digit in it (ks3), or no vowel a word of that length would have. */
static bool is_initials(struct slice id) {
    static const char *const known[] = {"eyfs", "pe",   "re",  "it",  "ict", "mfl", "dt", "rse",
                                        "pshe", "send", "eal", "ect", "ks",  "ap",  "fe"};
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (slice_equal(id, slice_from(known[i]))) return true;
    for (size_t i = 0; i < id.len; i++)
        if (isdigit((unsigned char)id.at[i])) return id.len <= 4;
    return false;
}

struct slice pen_label(struct pen *pen, struct slice id) {
    if (slice_is_empty(id)) return id;
    char *text = arena_text(pen->arena, id);
    if (text == NULL) return kept(pen, text);
    bool initials = is_initials(id);
    for (size_t i = 0; i < id.len; i++) {
        if (text[i] == '-') text[i] = ' ';
        else if (i == 0 || initials) text[i] = (char)toupper((unsigned char)text[i]);
    }
    return slice_of(text, id.len);
}

struct safe_url pen_own(struct pen *pen, struct slice base, struct slice path) {
    struct safe_url url;
    if (!safe_url_own(pen->arena, base, path, &url)) return (struct safe_url){{NULL, 0}};
    return url;
}

void pen_list_add(struct pen *pen, struct slice_list *list, struct slice text) {
    if (!slice_is_empty(text) && !slice_list_add(pen->arena, list, text)) pen->failed = true;
}

bool pen_check(const struct pen *pen, const char *what, struct fault *fault) {
    if (!pen->failed) return true;
    fault_memory(fault);
    return fault_context(fault, "%s", what);
}
