/* post_asked: one post, asked of its network by its web address, with the school's key and within the month's money for
 * networks that charge. */
#ifndef DISCERN_STAGE_POST_ASKED_H
#define DISCERN_STAGE_POST_ASKED_H

#include "model/item.h"
#include "source/kind.h"
#include "stage/house.h"
#include "stage/network.h"
#include "stage/reading.h"

struct post_asking {
    struct house *house;
    struct network *network;
    struct reading *reading;
    const struct slice_list *local_hosts; /* where the school's own sources may be on this machine */
    struct arena *arena;
};

struct post_asked {
    bool mine;  /* such posts stand at this kind's network */
    bool found; /* then `post` is it, made normal */
    struct item post;
    struct slice problem; /* why it was not given, in words that say what to do; absent when found */
    enum fault_kind why;  /* what a caller may do about it */
    bool only_there;      /* its web page gives nothing to a program */
};

/* Asks the network of `kind`, unless the address is none of its posts. Everything in *out is in arena. Faults: STORE,
 * MEMORY. */
MUST_USE bool post_ask(const struct post_asking *with, const struct source_kind *kind, struct slice url,
                       struct post_asked *out, struct fault *fault);
/* Whether the network of `kind` charges for each post. */
bool post_costs(const struct source_kind *kind);

#endif
