/* sources: what is remembered of each source between runs; money spent; and who a network's handle is. */
#ifndef DISCERN_STORE_SOURCES_H
#define DISCERN_STORE_SOURCES_H

#include "store/store.h"

/* Instants are WHEN_ABSENT when it never happened or was not said. */
struct source_state {
    struct slice name;                /* key */
    struct slice cursor;              /* for the next ask, absent = none */
    struct slice etag, last_modified; /* belong to `validated_url` and no other */
    struct slice validated_url;       /* final address of the answer that gave them */
    struct slice body_hash;           /* of the last body that was read, and of how */
    struct slice route; /* what else the answers depend on (address, query …): a change voids all above */
    int64_t next_due_s, last_ask_s, last_answer_s, last_success_s, last_new_item_s;
    int64_t failures;         /* in a row, 0 after an answer */
    struct slice last_reason; /* of the last failure, in words */
    int64_t last_status;      /* HTTP, 0 = none */
    struct slice moved_to;    /* answered 301/308 there */
    int64_t moved_times;      /* in a row, to the same place */
    int64_t retired_s;        /* answered 410 */
    int64_t answers, unchanged, items_seen, items_kept, items_new, items_changed, wire_bytes;
    int64_t mean_gap_s; /* between new items, -1 = not known */
    int64_t ttl_s;      /* -1 = not said */
    int64_t expires_s, retry_at_s, rate_reset_s;
    int64_t rate_left; /* calls left until rate_reset_s, -1 = not said */
    uint32_t skip_hours;
    uint8_t skip_days;
    struct slice due_why;               /* half-sentence beside next_due_s */
    struct slice feed_title, feed_site; /* what it calls itself */
    int64_t told_s;                     /* its failures were last told to a person */
    int64_t ill;                        /* what it was found to suffer from (enum health of stage/), 0 = nothing */
    int64_t ill_since_s;                /* when that was found first */
    struct slice ill_words;             /* and what was said then */
    int64_t last_whole_s;               /* a whole answer was read, not only "unchanged" */
};
struct source_state_list {
    struct source_state *at;
    size_t count, capacity;
};

/* Every "never" and "not said" set. */
void source_state_init(struct source_state *state, struct slice name);
/* A source that was never asked gives its initial state. */
MUST_USE bool sources_get(struct store *store, struct slice name, struct arena *arena, struct source_state *out,
                          struct fault *fault);
/* Keeps the whole state; writes nothing when it is the same as before. */
MUST_USE bool sources_put(struct store *store, const struct source_state *state, struct fault *fault);
/* By name; also those that are no longer configured. */
MUST_USE bool sources_list(struct store *store, struct arena *arena, struct source_state_list *out,
                           struct fault *fault);

/* Money, in millionths of the configured currency's unit; `month` is YYYY-MM, `account` whose budget it is. */
struct spending {
    struct slice account, month, kind; /* kind: posts, users … */
    int64_t count, cost_micro;
};
struct spending_list {
    struct spending *at;
    size_t count, capacity;
};
/* Adds to what stands there. */
MUST_USE bool spending_add(struct store *store, const struct spending *more, struct fault *fault);
/* Sum over all kinds of that month. */
MUST_USE bool spending_sum(struct store *store, struct slice account, struct slice month, int64_t *cost_micro,
                           struct fault *fault);
MUST_USE bool spending_list(struct store *store, struct slice account, struct arena *arena, struct spending_list *out,
                            struct fault *fault);

/* A handle resolved to what does not change when the account is renamed. */
struct handle {
    struct slice network, handle; /* key; handle in lower case */
    struct slice id, name;
    int64_t until_s; /* ask again from then on */
};
/* `wanted` says network and handle; found only while it holds at `now_s`, then all of *wanted is set. */
MUST_USE bool handles_get(struct store *store, struct handle *wanted, int64_t now_s, struct arena *arena, bool *found,
                          struct fault *fault);
MUST_USE bool handles_put(struct store *store, const struct handle *handle, struct fault *fault);

#endif
