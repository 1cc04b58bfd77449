#include "curate/share.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "curate/likeness.h"

#define COMMENT_WORDS_LEAST 12
#define COMMENT_BYTES 220
#define GAP " \xE2\x80\xA6"
#define GAP_BYTES (sizeof GAP - 1)

struct slice share_name(const struct candidate *candidate) {
    const struct person_list *authors = &candidate->item->authors;
    for (size_t i = 0; i < authors->count; i++) {
        if (!slice_is_empty(authors->at[i].name)) return authors->at[i].name;
        if (!slice_is_empty(authors->at[i].handle)) return authors->at[i].handle;
    }
    return slice_is_empty(candidate->source_title) ? candidate->source : candidate->source_title;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_link(struct slice word) {
    return slice_starts_nocase(word, SLICE("http://")) || slice_starts_nocase(word, SLICE("https://"));
}

static bool is_all_punctuation(struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (strchr(".,:;!?()[]\"'", word.at[i]) == NULL) return false;
    return true;
}

static bool ends_sentence(const struct buf *line) {
    return line->len == 0 || strchr(".!?", line->at[line->len - 1]) != NULL;
}

struct line {
    struct buf text;
    size_t most;
    bool gap; /* a link was left out within a sentence */
    bool cut;
};

/* Where a link stood within a sentence, the gap is shown; what stood alone behind it goes with it. */
static void add_word(struct line *line, struct slice word) {
    if (is_link(word)) {
        line->gap = line->gap || !ends_sentence(&line->text);
        return;
    }
    if (line->gap && is_all_punctuation(word)) return;
    size_t gap_bytes = line->gap ? GAP_BYTES : 0;
    line->cut = line->text.len + word.len + gap_bytes + 1 > line->most;
    if (line->cut && line->text.len == 0) buf_add(&line->text, utf8_cut(word, line->most));
    if (line->cut) return;
    if (line->gap) buf_add_text(&line->text, GAP);
    if (line->text.len > 0) buf_add_char(&line->text, ' ');
    buf_add(&line->text, word);
    line->gap = false;
}

bool share_line(struct slice text, size_t most, struct arena *arena, struct slice *out) {
    struct line line = {.text = buf_new(most + GAP_BYTES + 8), .most = most};
    for (size_t at = 0; at < text.len && !line.cut;) {
        while (at < text.len && is_blank(text.at[at])) at++;
        size_t start = at;
        while (at < text.len && !is_blank(text.at[at])) at++;
        if (at > start) add_word(&line, slice_part(text, start, at));
    }
    if (line.cut || line.gap) buf_add_text(&line.text, GAP);
    bool done = !buf_failed(&line.text);
    if (line.text.len == 0) *out = (struct slice){NULL, 0};
    else done = done && arena_copy(arena, buf_slice(&line.text), out);
    buf_free(&line.text);
    return done;
}

/* Words of `text` that `known` does not have. */
static bool count_new_words(struct slice text, struct word_run known, struct arena *arena, size_t *out) {
    struct word_run words;
    if (!word_run_of(text, arena, &words)) return false;
    *out = 0;
    for (size_t i = 0; i < words.count; i++) {
        bool is_known = false;
        for (size_t j = 0; j < known.count && j < 400 && !is_known; j++) is_known = known.at[j] == words.at[i];
        *out += !is_known;
    }
    return true;
}

/* An added comment is kept when it says enough of its own, and when nobody said the same before. */
static bool add_comment(struct story *story, struct sharer *sharer, const struct candidate *member,
                        struct word_run known, struct arena *arena) {
    size_t fresh = 0;
    struct slice text = member->item->text;
    if (member->item->kind == ITEM_ARTICLE || member->item->kind == ITEM_REPOST) return true;
    if (!count_new_words(text, known, arena, &fresh)) return false;
    if (fresh < COMMENT_WORDS_LEAST) return true;
    struct slice line;
    if (!share_line(text, COMMENT_BYTES, arena, &line)) return false;
    for (size_t i = 0; i < story->sharers.count; i++)
        if (slice_equal(story->sharers.at[i].comment, line)) return true;
    sharer->comment = line;
    return true;
}

static bool is_named(const struct story *story, const struct sharer *sharer) {
    for (size_t i = 0; i < story->sharers.count; i++) {
        if (slice_equal(story->sharers.at[i].name, sharer->name)) return true;
    }
    return false;
}

bool share_collect(struct story *story, struct arena *arena) {
    struct sharer_list *list = &story->sharers;
    list->at = arena_alloc(arena, story->member_count + 1, sizeof *list->at);
    list->capacity = story->member_count;
    struct word_run known = {NULL, 0};
    const struct item *lead = story->lead->item;
    if (list->at == NULL) return false;
    if (story->member_count > 1 && !word_run_of(slice_is_empty(lead->text) ? lead->title : lead->text, arena, &known))
        return false;
    for (size_t i = 0; i < story->member_count; i++) {
        const struct candidate *member = story->members[i];
        struct sharer sharer = {.name = share_name(member),
                                .source = member->source,
                                .network = member->network,
                                .url = member->item->url,
                                .published_s = member->item->published_s};
        if (is_named(story, &sharer)) continue;
        if (i > 0 && !add_comment(story, &sharer, member, known, arena)) return false;
        list->at[list->count++] = sharer;
    }
    return true;
}
