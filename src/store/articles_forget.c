/* Pages of people who asked to be forgotten. */
#include "base/limits.h"
#include "base/when.h"
#include "store/article_rows.h"
#include "store/tombstones.h"

bool article_without_forgotten(struct store *store, const struct article_row *row, struct article_row *out,
                               struct fault *fault) {
    bool covered;
    *out = *row;
    if (!tombstones_cover_names(store, &row->article.authors, &covered, fault)) return false;
    if (!covered) return true;
    out->state = ARTICLE_REFUSED;
    out->next_try_s = WHEN_ABSENT;
    out->problem = SLICE("its author asked not to be kept here");
    article_init(&out->article);
    out->article.url = row->article.url;
    out->article.kind = ARTICLE_ERROR;
    out->article.problem = out->problem;
    return true;
}

/* The next page that was read, by number; *number = 0 at the end. */
static bool next_read(struct store *store, int64_t *number, struct arena *arena, struct slice *key,
                      struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool found = false;
    if (!ask_open(store,
                  "SELECT number, key FROM article WHERE number > ? AND body IS NOT NULL ORDER BY number LIMIT 1", &ask,
                  fault))
        return false;
    ask_bind_int(&ask, *number);
    if (!ask_step(&ask, &found, fault)) return false;
    *number = found ? ask_int(&ask, 0) : 0;
    return !found || arena_copy(arena, ask_bytes(&ask, 1), key) || fault_memory(fault);
}

bool articles_forget(struct store *store, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    int64_t number = 0;
    if (arena == NULL) return fault_memory(fault);
    for (;;) {
        struct slice key;
        struct article_row row;
        bool found, covered;
        arena_reset(arena);
        if (!next_read(store, &number, arena, &key, fault)) return false;
        if (number == 0) return true;
        if (!articles_get(store, key, arena, &row, &found, fault)) return false;
        if (!found) continue;
        if (!tombstones_cover_names(store, &row.article.authors, &covered, fault)) return false;
        if (covered && !articles_put(store, &row, fault)) return false;
    }
}
