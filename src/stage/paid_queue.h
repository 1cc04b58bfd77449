/* paid_queue: the sources of a run that cost money, in the order in which it is spent: first those whose posts reach
 * digests. */
#ifndef DISCERN_STAGE_PAID_QUEUE_H
#define DISCERN_STAGE_PAID_QUEUE_H

#include "stage/house.h"

struct paid_turn {
    struct slice source;
    size_t index;
    int64_t shown; /* entries of digests that its posts led in the last weeks */
};

/* The zero value is empty. */
struct paid_queue {
    struct paid_turn *at;
    size_t count, capacity, next;
    int64_t closed_until_s; /* the network asked to be left alone until then, by any of its sources */
    struct slice shut_secret, shut_why;
};

/* Both are false when out of memory. The texts are borrowed, but `why` is copied. */
MUST_USE bool paid_queue_add(struct paid_queue *queue, struct arena *arena, struct slice source, size_t index);
/* A key that is not accepted: sources that use it are not asked in this run. */
MUST_USE bool paid_queue_shut(struct paid_queue *queue, struct slice secret, struct slice why, struct arena *arena);
/* Why a source with this key is not asked; absent = it is. */
struct slice paid_queue_shut_why(const struct paid_queue *queue, struct slice secret);
/* Faults: STORE, MEMORY. */
MUST_USE bool paid_queue_sort(struct paid_queue *queue, const struct house *house, struct fault *fault);
/* False when all had their turn. */
bool paid_queue_next(struct paid_queue *queue, size_t *index);

#endif
