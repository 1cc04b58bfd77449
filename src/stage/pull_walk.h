/* pull_walk: what the three files of the leg share: pull (the run), pull_ask (what is asked) and pull_take (what
 * becomes of the answers). Nobody else includes it. */
#ifndef DISCERN_STAGE_PULL_WALK_H
#define DISCERN_STAGE_PULL_WALK_H

#include "model/exchange.h"
#include "source/kind.h"
#include "stage/network.h"
#include "stage/paid.h"
#include "stage/paid_queue.h"
#include "stage/pull.h"
#include "stage/reading.h"
#include "store/sources.h"

/* Pages kept in one transaction at most: what a kill can cost, to be asked again. */
#define TOGETHER_MOST 32u

/* One source of this run. */
struct asked {
    const struct source *source;
    const struct source_kind *kind;
    struct source_state state;
    struct request request;
    struct paid_hold hold;
    int pages;      /* asked in this run */
    bool changed;   /* state waits to be kept */
    bool under_way; /* a request of it is */
};

/* The answer that the reading process has now. It is read while the one before it is kept. */
struct being_read {
    bool under_way;
    size_t index;
    struct response response; /* in `arena`, as its page will be */
    struct slice sum;
    struct arena *arena;
};

struct pull {
    struct house *house;
    struct network *network;
    struct reading *reading;
    struct being_read now;
    struct arena *answers[2]; /* of what is being read, and of what comes next */
    const struct canon_rules *rules;
    struct arena *arena;    /* lives as long as the run: states, requests, cursors */
    struct asked *asked;    /* by index in the configuration */
    struct store_work work; /* open while pages are kept together */
    unsigned together;      /* pages in it */
    struct paid_queue paid;
    struct pull_counts counts;
};

/* ---- pull_ask ---- */

/* Only a kind whose answers cost money can ask for fewer of them. */
bool pull_costs(const struct asked *asked);
/* The first question of this kind with no cursor: its address is the route. Another route than last time voids what was
 * remembered of the answers. Fault: MEMORY, or why the source cannot be asked. */
MUST_USE bool pull_check_route(struct pull *pull, struct asked *asked, struct fault *fault);
/* Whether the answer to come may be held against the one of last time. */
bool pull_may_compare(const struct pull *pull, const struct asked *asked);
/* Left alone for now, which is no failure of the source. Told once. */
void pull_not_asked(struct pull *pull, struct asked *asked, struct slice reason, int64_t again_s);
/* Puts the source's next question to the network. */
MUST_USE bool pull_ask(struct pull *pull, size_t index, struct fault *fault);
/* Pages that are there at the same time are kept in one transaction: a commit waits for the disk. */
MUST_USE bool pull_begin_work(struct pull *pull, struct fault *fault);
MUST_USE bool pull_end_work(struct pull *pull, struct fault *fault);

/* ---- pull_take ---- */

MUST_USE bool pull_keep_state(struct pull *pull, struct asked *asked, struct fault *fault);
/* One failure is no news: a mail about each would teach people not to read them. */
MUST_USE bool pull_failed(struct pull *pull, struct asked *asked, const struct response *response, struct slice reason,
                          struct fault *fault);
/* Gives the reading process its next answer, or none (NULL), and then keeps what it has read: both work at the same
 * time. */
MUST_USE bool pull_read_next(struct pull *pull, const struct being_read *next, struct fault *fault);
/* One answer of the network, everything of it in `arena`, which stays as it is while the answer is being read. */
MUST_USE bool pull_take_answer(struct pull *pull, size_t index, const struct response *response, struct arena *arena,
                               struct fault *fault);
/* The next of those that cost money: one at a time, so that the best get what there is. */
MUST_USE bool pull_ask_next_paid(struct pull *pull, struct fault *fault);

#endif
