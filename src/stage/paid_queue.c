#include "stage/paid_queue.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/when.h"
#include "store/digests.h"

#define LOOK_BACK_DAYS 56

bool paid_queue_add(struct paid_queue *queue, struct arena *arena, struct slice source, size_t index) {
    struct paid_turn *more = arena_grow(arena, queue->at, queue->count, &queue->capacity, sizeof *more);
    if (more == NULL) return false;
    queue->at = more;
    queue->at[queue->count++] = (struct paid_turn){.source = source, .index = index};
    return true;
}

bool paid_queue_shut(struct paid_queue *queue, struct slice secret, struct slice why, struct arena *arena) {
    queue->shut_secret = secret;
    return arena_copy(arena, why, &queue->shut_why);
}

struct slice paid_queue_shut_why(const struct paid_queue *queue, struct slice secret) {
    bool shut = !slice_is_absent(queue->shut_why) && slice_equal(secret, queue->shut_secret);
    return shut ? queue->shut_why : (struct slice){NULL, 0};
}

static int by_showings(const void *a, const void *b) {
    const struct paid_turn *x = a, *y = b;
    if (x->shown != y->shown) return x->shown > y->shown ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

bool paid_queue_sort(struct paid_queue *queue, const struct house *house, struct fault *fault) {
    struct source_shown_list shown = {0};
    int64_t now_s = house->options.now_s;
    struct shown_query query = {.from_s = now_s - LOOK_BACK_DAYS * (int64_t)DAY_S, .until_s = now_s + DAY_S};
    if (queue->count < 2) return true;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    if (!shown_by_source(house->store, &query, arena, &shown, fault)) return false;
    for (size_t i = 0; i < queue->count; i++)
        for (size_t j = 0; j < shown.count; j++)
            if (slice_equal(queue->at[i].source, shown.at[j].source)) queue->at[i].shown += shown.at[j].count;
    qsort(queue->at, queue->count, sizeof *queue->at, by_showings);
    return true;
}

bool paid_queue_next(struct paid_queue *queue, size_t *index) {
    if (queue->next >= queue->count) return false;
    *index = queue->at[queue->next++].index;
    return true;
}
