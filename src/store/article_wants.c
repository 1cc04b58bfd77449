/* Pages that become wanted: the commonest writing of a run that finds posts, and so done for several at a time. */
#include "base/sort.h"
#include "base/when.h"
#include "store/article_rows.h"

/* Rows of one statement. */
#define AT_ONCE 8u

/* A row that is there already only becomes more wanted. One look at the index serves both. */
#define INTO "INSERT INTO article(key, state, priority, wanted_s, next_s, content, rest) VALUES"
#define ROW "(?, 0, ?, ?, NULL, 0, ?)"
#define OR_MORE " ON CONFLICT(key) DO UPDATE SET priority = excluded.priority WHERE priority < excluded.priority"

static bool insert(struct store *store, const struct article_want *wants, size_t count, struct fault *fault) {
    static const char one[] = INTO ROW OR_MORE;
    static const char all[] = INTO ROW "," ROW "," ROW "," ROW "," ROW "," ROW "," ROW "," ROW OR_MORE;
    AUTO(ask_end)
    struct ask ask = {0};
    struct buf *rests = &store->scratch[0];
    size_t ends[AT_ONCE];
    buf_clear(rests);
    for (size_t i = 0; i < count; i++) {
        struct article_row row = {.key = wants[i].key, .url = wants[i].url, .read_s = WHEN_ABSENT};
        article_pack_rest(&row, 0, rests);
        ends[i] = rests->len;
    }
    if (!buf_check(rests, "articles", fault) || !ask_open(store, count == 1 ? one : all, &ask, fault)) return false;
    for (size_t i = 0; i < count; i++) {
        ask_bind_text(&ask, wants[i].key);
        ask_bind_real(&ask, wants[i].priority);
        ask_bind_int(&ask, wants[i].now_s);
        ask_bind_blob(&ask, slice_part(buf_slice(rests), i == 0 ? 0 : ends[i - 1], ends[i]));
    }
    return ask_run(&ask, fault);
}

static bool want_more(struct store *store, int64_t number, double priority, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "UPDATE article SET priority = ?1 WHERE number = ?2 AND priority < ?1", &ask, fault))
        return false;
    ask_bind_real(&ask, priority);
    ask_bind_int(&ask, number);
    return ask_run(&ask, fault);
}

#define ALIAS "(SELECT article FROM article_name WHERE name = ?)"

/* Raises those that are another page's alias, and takes them out of the list. */
static bool take_aliases(struct store *store, struct article_want *wants, size_t *count, struct fault *fault) {
    static const char one[] = "SELECT " ALIAS;
    static const char all[] = "SELECT " ALIAS "," ALIAS "," ALIAS "," ALIAS "," ALIAS "," ALIAS "," ALIAS "," ALIAS;
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    size_t kept = 0;
    if (!ask_open(store, *count == 1 ? one : all, &ask, fault)) return false;
    for (size_t i = 0; i < (*count == 1 ? 1 : AT_ONCE); i++)
        ask_bind_text(&ask, i < *count ? wants[i].key : (struct slice){NULL, 0});
    if (!ask_step(&ask, &row, fault)) return false;
    for (size_t i = 0; row && i < *count; i++) {
        int64_t number = ask_int(&ask, (int)i);
        if (number == 0) wants[kept++] = wants[i];
        else if (!want_more(store, number, wants[i].priority, fault)) return false;
    }
    *count = kept;
    return true;
}

static bool want_some(struct store *store, const struct article_want *wants, size_t count, struct fault *fault) {
    struct article_want left[AT_ONCE];
    for (size_t i = 0; i < count; i++) {
        if (!article_key_holds(wants[i].key, fault)) return false;
        left[i] = wants[i];
    }
    if (!take_aliases(store, left, &count, fault)) return false;
    if (count == AT_ONCE) return insert(store, left, count, fault);
    for (size_t i = 0; i < count; i++)
        if (!insert(store, &left[i], 1, fault)) return false;
    return true;
}

/* As they were wanted, among equals: the list lies in one piece. */
static int by_priority(const void *one, const void *other) {
    const struct article_want *a = one, *b = other;
    if (a->priority != b->priority) return a->priority > b->priority ? -1 : 1;
    return a->rank < b->rank ? -1 : 1;
}

bool articles_want_all(struct store *store, struct article_want_list *wants, struct fault *fault) {
    if (!db_may_write(store, fault)) return false;
    for (size_t i = 0; i < wants->count; i++) wants->at[i].rank = i;
    /* In the order of the index of what is wanted: it grows at its ends. */
    sort_in_place(wants->at, wants->count, sizeof *wants->at, by_priority);
    for (size_t i = 0; i < wants->count; i += AT_ONCE) {
        size_t count = wants->count - i < AT_ONCE ? wants->count - i : AT_ONCE;
        if (!want_some(store, &wants->at[i], count, fault)) return false;
    }
    return true;
}

bool articles_want(struct store *store, const struct article_want *want, struct fault *fault) {
    return db_may_write(store, fault) && want_some(store, want, 1, fault);
}
