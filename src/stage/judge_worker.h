/* judge_worker: judges one batch of posts on a thread of its own while its owner reads the next from the store and
 * writes the last: the two halves of judging a large store cost about the same. One thread judges, so what it makes of
 * a post is the same as without it; where no thread can be had, the batch is judged when it is begun. The store is its
 * owner's alone.
 */
#ifndef DISCERN_STAGE_JUDGE_WORKER_H
#define DISCERN_STAGE_JUDGE_WORKER_H

#include "classify/change.h"
#include "classify/judge.h"
#include "store/verdicts.h"

struct made {
    bool may_stand;  /* set by the owner: it has a verdict that may stay as it is */
    bool left_alone; /* that verdict stands: nothing that changed in the rules touches the post */
    struct verdict verdict;
};

struct judge_batch {
    struct arena *arena; /* of all that is in it; owned by the worker */
    struct to_judge_list items;
    struct made *made; /* of each item */
};

#define JUDGE_BATCHES 2 /* one is judged, the other read or written */

struct judge_worker;

/* `judge` is borrowed, and nobody else's until the worker is freed. NULL when out of memory. */
MUST_USE struct judge_worker *judge_worker_new(struct judge *judge, struct fault *fault);
void judge_worker_free(struct judge_worker **worker);
/* One of its JUDGE_BATCHES, to be filled. */
struct judge_batch *judge_worker_batch(struct judge_worker *worker, size_t index);
/* What the rules differ in from those of the verdicts; NULL = every post is judged. Only while nothing is begun. */
void judge_worker_compare(struct judge_worker *worker, struct rules_change *change);
/* Begins with this batch, which is the worker's until it was awaited. One at a time. */
void judge_worker_begin(struct judge_worker *worker, struct judge_batch *batch);
/* Waits until what was begun is done; true when nothing was. False with its fault. */
MUST_USE bool judge_worker_await(struct judge_worker *worker, struct fault *fault);
/* The same where nobody wants what comes of it. */
void judge_worker_drop(struct judge_worker *worker);

#endif
