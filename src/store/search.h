/* search: full text over title, text and author of all items, best first (bm25, the title counts most). The index is
 * filled in batches after items were put: search_index until nothing is left, in any later transaction. */
#ifndef DISCERN_STORE_SEARCH_H
#define DISCERN_STORE_SEARCH_H

#include "store/items.h"

/* Indexes at most `limit` items more (0 = all that wait). *left = how many still wait. */
MUST_USE bool search_index(struct store *store, int64_t limit, int64_t *left, struct fault *fault);

struct search_query {
    struct slice words; /* as the user wrote them: "exact phrase", word, wor* for a prefix, -word to leave out */
    int64_t since_s;    /* first seen, 0 = any time */
    int min_level;      /* 0 = any; else judged at least so */
    struct slice topic, phase, subject, source; /* absent = any */
    int64_t limit, offset;
};

/* Marks around the words that were found, in `snippet`; no text of an item holds them. */
#define SEARCH_MARK_ON '\x01'
#define SEARCH_MARK_OFF '\x02'

struct search_hit {
    struct item_row item;
    struct slice snippet;
    int level;   /* -1 = not judged yet */
    double rank; /* lower is better */
};
struct search_hit_list {
    struct search_hit *at;
    size_t count, capacity;
};
/* No words at all: the newest items that pass the filters. FAULT_USAGE when no word can be searched for. */
MUST_USE bool search_items(struct store *store, const struct search_query *query, struct arena *arena,
                           struct search_hit_list *out, struct fault *fault);

#endif
