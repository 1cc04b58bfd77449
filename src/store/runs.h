/* runs: the ledger: one row a leg of a run. */
#ifndef DISCERN_STORE_RUNS_H
#define DISCERN_STORE_RUNS_H

#include "store/store.h"

struct run_leg {
    int64_t id;                          /* given by the store */
    struct slice leg;                    /* pull follow judge digest deliver import */
    int64_t started_s, ended_s;          /* ended WHEN_ABSENT = cut off */
    int64_t done, failed, skipped, made; /* counts whose meaning is the leg's */
    int64_t wire_bytes, took_ms;
    struct slice words; /* one line for people, absent = none */
};
struct run_leg_list {
    struct run_leg *at;
    size_t count, capacity;
};
MUST_USE bool runs_start(struct store *store, struct slice leg, int64_t now_s, int64_t *id, struct fault *fault);
/* Keeps everything but leg and started_s. */
MUST_USE bool runs_end(struct store *store, const struct run_leg *leg, struct fault *fault);
/* Newest first; leg absent = all. */
MUST_USE bool runs_list(struct store *store, struct slice leg, int64_t limit, struct arena *arena,
                        struct run_leg_list *out, struct fault *fault);

/* Small facts by name ("last-weekly" …), for what deserves no table. Absent when never kept. */
MUST_USE bool facts_get(struct store *store, struct slice name, struct arena *arena, struct slice *out,
                        struct fault *fault);
MUST_USE bool facts_put(struct store *store, struct slice name, struct slice value, struct fault *fault);

#endif
