/* items: every post and entry that was kept. Identity is (source, id): only the same source changes an item, so no feed
 * overwrites another's. An address is a key that joins items, never an identity. */
#ifndef DISCERN_STORE_ITEMS_H
#define DISCERN_STORE_ITEMS_H

#include "model/item.h"
#include "store/store.h"

/* A kept item. `row` is its number: stable, never used again, ascending in the order of being kept. */
struct item_row {
    int64_t row;
    struct slice source;
    int64_t first_seen_s; /* never changes */
    int64_t changed_s;    /* when its content last changed, first_seen_s at first */
    struct item item;
    struct slice_list keys; /* canonical addresses that it points at, as they were put */
};
struct item_row_list {
    struct item_row *at;
    size_t count, capacity;
};

/* What is put. */
struct item_in {
    struct slice source;
    const struct item *item;
    const struct slice_list *keys; /* canonical addresses it points at: its page, its links; NULL = none */
    int64_t now_s;
};
enum item_outcome {
    ITEM_IS_NEW,
    ITEM_CHANGED,   /* content: it will be judged and indexed again */
    ITEM_COUNTED,   /* only likes and the like differ: kept, nothing judged again */
    ITEM_UNCHANGED, /* nothing was written */
    ITEM_FORGOTTEN, /* a tombstone stands against it: nothing was kept */
    ITEM_OUTCOMES
};
struct item_put {
    enum item_outcome outcome;
    int64_t row; /* 0 when forgotten */
};
/* FAULT_INPUT (no id …) and FAULT_LIMIT leave the transaction good: skip the item, count it. */
MUST_USE bool items_put(struct store *store, const struct item_in *in, struct item_put *out, struct fault *fault);

/* Deleted at its source: item, verdict, words in the index, all of it. A later put brings it back as new. */
MUST_USE bool items_delete(struct store *store, struct slice source, struct slice id, bool *found, struct fault *fault);
/* Removes all items of an author, by handle (with or without @) or whole name, any case, and leaves a tombstone, so
 * that they do not come back. The commit also scrubs the file. */
MUST_USE bool items_forget(struct store *store, struct slice author, int64_t now_s, int64_t *removed,
                           struct fault *fault);
/* Takes the tombstone away. */
MUST_USE bool items_unforget(struct store *store, struct slice author, bool *found, struct fault *fault);

/* By "source/id". */
MUST_USE bool items_get(struct store *store, struct slice reference, struct arena *arena, struct item_row *out,
                        bool *found, struct fault *fault);
/* By number. */
MUST_USE bool items_get_row(struct store *store, int64_t row, struct arena *arena, struct item_row *out, bool *found,
                            struct fault *fault);
/* "source/id" as digests name items; in arena. */
MUST_USE bool item_reference(struct arena *arena, struct slice source, struct slice id, struct slice *out);
/* The two halves, borrowed; false when there is no '/'. */
bool item_reference_split(struct slice reference, struct slice *source, struct slice *id);

enum item_order { ITEMS_OLDEST_FIRST, ITEMS_NEWEST_FIRST }; /* by first_seen_s, then row */
struct item_query {
    struct slice source;               /* absent = all */
    int64_t seen_from_s, seen_until_s; /* first seen: from included, until left out; 0, 0 = any time */
    int64_t limit;                     /* 0 = no limit */
    enum item_order order;
};
struct item_walk; /* a cursor; owned */
/* Do not commit or change items while a walk is open. */
MUST_USE bool items_walk(struct store *store, const struct item_query *query, struct item_walk **out,
                         struct fault *fault);
/* *more = false at the end. The caller may reset the arena between rows. */
MUST_USE bool item_walk_next(struct item_walk *walk, struct arena *arena, struct item_row *out, bool *more,
                             struct fault *fault);
void item_walk_free(struct item_walk **walk);
MUST_USE bool items_count(struct store *store, const struct item_query *query, int64_t *out, struct fault *fault);

/* What an item can be found by. */
enum item_key {
    ITEM_KEY_LINK = 1, /* a canonical address it points at */
    ITEM_KEY_URL,      /* its own address, as given */
    ITEM_KEY_REPOSTS,  /* what it reposts, quotes, replies to: refs.… */
    ITEM_KEY_QUOTES,
    ITEM_KEY_REPLY,
    ITEM_KEY_THREAD, /* thread */
    ITEM_KEY_AUTHOR  /* handle or name, lower case, without @ */
};
struct row_list {
    int64_t *at;
    size_t count, capacity;
};
/* Rows of the items that were kept last of a source, newest first. */
MUST_USE bool items_last(struct store *store, struct slice source, int64_t limit, struct arena *arena,
                         struct row_list *out, struct fault *fault);
/* Rows of all items found by `key`, oldest first, at most LIMIT_STORE_FOUND. */
MUST_USE bool items_find(struct store *store, enum item_key kind, struct slice key, struct arena *arena,
                         struct row_list *out, struct fault *fault);
/* The first `most` of them. */
MUST_USE bool items_find_first(struct store *store, enum item_key kind, struct slice key, size_t most,
                               struct arena *arena, struct row_list *out, struct fault *fault);

#endif
