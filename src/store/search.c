#include "store/search.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "store/item_rows.h"
#include "store/item_walk.h"
#include "store/runs.h"

static bool last_row(struct store *store, int64_t limit, int64_t *last, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store, "SELECT max(row) FROM (SELECT row FROM item WHERE row > ? ORDER BY row LIMIT ?)", &ask, fault))
        return false;
    ask_bind_int(&ask, store->indexed_row);
    ask_bind_int(&ask, limit == 0 ? -1 : limit);
    if (!ask_step(&ask, &row, fault)) return false;
    int64_t found = ask_when(&ask, 0);
    *last = found > store->indexed_row ? found : store->indexed_row;
    return true;
}

bool search_index(struct store *store, int64_t limit, int64_t *left, struct fault *fault) {
    int64_t last = 0;
    char number[24];
    if (!db_may_write(store, fault) || !last_row(store, limit, &last, fault)) return false;
    if (last > store->indexed_row) {
        AUTO(ask_end)
        struct ask ask = {0};
        if (!ask_open(store,
                      "INSERT INTO words(rowid, title, text, author) SELECT row, title, text, author FROM item"
                      " WHERE row > ? AND row <= ? ORDER BY row",
                      &ask, fault))
            return false;
        ask_bind_int(&ask, store->indexed_row);
        ask_bind_int(&ask, last);
        if (!ask_run(&ask, fault)) return false;
        int len = snprintf(number, sizeof number, "%" PRId64, last);
        if (len < 0 || !facts_put(store, SLICE("indexed-row"), slice_of(number, (size_t)len), fault)) return false;
        store->indexed_row = last;
    }
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store, "SELECT count(*) FROM item WHERE row > ?", &ask, fault)) return false;
    ask_bind_int(&ask, last);
    if (!ask_step(&ask, &row, fault)) return false;
    *left = ask_int(&ask, 0);
    return true;
}

/* What a person wrote, taken apart: FTS5's own syntax never gets through, each word is a quoted string. */
struct wish {
    struct buf found, barred; /* OR-free lists of quoted strings */
    unsigned words;
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Something that the tokenizer will find a token in: a letter, a digit, or anything beyond ASCII. */
static bool has_token(struct slice text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) return true;
    }
    return false;
}

static void add_quoted(struct buf *out, struct slice text, bool prefix) {
    if (out->len > 0) buf_add_char(out, ' ');
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\0') continue;
        if (text.at[i] == '"') buf_add_char(out, '"');
        buf_add_char(out, text.at[i]);
    }
    buf_add_char(out, '"');
    if (prefix) buf_add_char(out, '*');
}

/* Cuts the next word or "phrase" off the front; *barred for a '-' before it, *prefix for a '*' behind it. */
static struct slice next_wish(struct slice *rest, bool *barred, bool *prefix) {
    struct slice text = slice_trim(*rest);
    *barred = text.len > 1 && text.at[0] == '-';
    *prefix = false;
    if (*barred) text = slice_part(text, 1, text.len);
    size_t end = 0;
    struct slice word;
    if (text.len > 0 && text.at[0] == '"') {
        size_t close = slice_find_byte(text, '"', 1);
        end = close == SLICE_NOT_FOUND ? text.len : close + 1;
        word = slice_part(text, 1, close == SLICE_NOT_FOUND ? text.len : close);
    } else {
        while (end < text.len && !is_blank(text.at[end])) end++;
        word = slice_part(text, 0, end);
    }
    if (word.len > 1 && word.at[word.len - 1] == '*') {
        *prefix = true;
        word = slice_part(word, 0, word.len - 1);
    }
    *rest = slice_part(text, end, text.len);
    return word;
}

static void take_wishes(struct slice words, struct wish *wish) {
    struct slice rest = words;
    while (slice_trim(rest).len > 0 && wish->words < LIMIT_SEARCH_WORDS) {
        bool barred = false;
        bool prefix = false;
        struct slice word = next_wish(&rest, &barred, &prefix);
        if (!has_token(word)) continue;
        struct buf *out = barred ? &wish->barred : &wish->found;
        if (barred && out->len > 0) buf_add_text(out, " OR");
        add_quoted(out, word, prefix);
        if (!barred) wish->words++;
    }
}

static void wish_free(struct wish *wish) {
    buf_free(&wish->found);
    buf_free(&wish->barred);
}

static bool match_text(struct slice words, struct buf *out, struct fault *fault) {
    AUTO(wish_free)
    struct wish wish = {.found = buf_new(LIMIT_SEARCH_BYTES), .barred = buf_new(LIMIT_SEARCH_BYTES)};
    if (words.len > LIMIT_CONFIG_LINE_BYTES || !utf8_is_valid(words))
        return fault_set(fault, FAULT_USAGE, "that is too long or garbled to search for: use a few words");
    take_wishes(words, &wish);
    if (wish.words == 0) return fault_set(fault, FAULT_USAGE, "there is no word to search for: write at least one");
    if (wish.barred.len > 0) buf_add_char(out, '(');
    buf_add(out, buf_slice(&wish.found));
    if (wish.barred.len > 0) {
        buf_add_text(out, ") NOT (");
        buf_add(out, buf_slice(&wish.barred));
        buf_add_char(out, ')');
    }
    return buf_check(&wish.found, "the search", fault) && buf_check(&wish.barred, "the search", fault) &&
           buf_check(out, "the search", fault);
}

#define FILTERS                                                                                                        \
    " LEFT JOIN verdict ON verdict.item = item.row"                                                                    \
    " WHERE (?1 IS NULL OR source.name = ?1) AND item.seen_s >= ?2 AND item.seen_s < ?3"                               \
    " AND (?4 <= 0 OR verdict.level >= ?4) AND (?5 IS NULL OR instr(verdict.topics, ?5) > 0)"                          \
    " AND (?6 IS NULL OR instr(verdict.scope, ?6) > 0) AND (?7 IS NULL OR instr(verdict.scope, ?7) > 0)"
#define COLUMNS "SELECT " ITEM_COLUMNS ", coalesce(verdict.level, -1)"

/* " id " between blanks, as the verdict's columns hold them. */
static struct slice padded(struct arena *arena, const char *before, struct slice id) {
    if (id.len == 0) return (struct slice){NULL, 0};
    return slice_from(arena_printf(arena, " %s%.*s ", before, SLICE_ARGS(id)));
}

static bool take_hit(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct search_hit *hit = element;
    if (!item_from_row(ask, arena, &hit->item, fault)) return false;
    hit->level = (int)ask_int(ask, ITEM_COLUMN_COUNT);
    hit->rank = ask_real(ask, ITEM_COLUMN_COUNT + 1);
    return arena_copy(arena, ask_bytes(ask, ITEM_COLUMN_COUNT + 2), &hit->snippet) || fault_memory(fault);
}

bool search_items(struct store *store, const struct search_query *query, struct arena *arena,
                  struct search_hit_list *out, struct fault *fault) {
    bool by_words = slice_trim(query->words).len > 0;
    AUTO(buf_free)
    struct buf match = buf_new(LIMIT_STORE_SQL_BYTES);
    if (by_words && !match_text(query->words, &match, fault)) return false;
    AUTO(ask_end)
    struct ask ask = {0};
    const char *sql = by_words ? COLUMNS ", bm25(words, 5.0, 1.0, 2.0), snippet(words, -1, char(1), char(2), '…', 24)"
                                         " FROM words JOIN item ON item.row = words.rowid"
                                         " JOIN source ON source.number = item.source" FILTERS
                                         " AND words MATCH ?10 ORDER BY bm25(words, 5.0, 1.0, 2.0), item.row DESC"
                                         " LIMIT ?8 OFFSET ?9"
                               : COLUMNS ", 0.0, substr(item.text, 1, 200) FROM " ITEM_TABLES FILTERS
                                         " ORDER BY item.seen_s DESC, item.row DESC LIMIT ?8 OFFSET ?9";
    if (!ask_open(store, sql, &ask, fault)) return false;
    struct item_query items = {.source = query->source, .seen_from_s = query->since_s};
    item_query_bind(&ask, &items);
    ask_bind_int(&ask, query->min_level);
    ask_bind_text(&ask, padded(arena, "", query->topic));
    ask_bind_text(&ask, padded(arena, "p:", query->phase));
    ask_bind_text(&ask, padded(arena, "s:", query->subject));
    ask_bind_int(&ask, query->limit == 0 ? -1 : query->limit);
    ask_bind_int(&ask, query->offset);
    if (by_words) ask_bind_text(&ask, buf_slice(&match));
    struct list list = {0};
    if (!ask_list(&ask, arena, sizeof(struct search_hit), take_hit, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}
