/* propose: from an address that a person typed to a source that answers: what to follow is found, asked once, and shown
 * with the lines that sources.conf would hold. Nothing is kept. */
#ifndef DISCERN_STAGE_PROPOSE_H
#define DISCERN_STAGE_PROPOSE_H

#include "normal/discover.h"
#include "stage/house.h"

struct propose_options {
    struct slice typed;  /* an address, a profile, @user@host … */
    struct slice name;   /* of the source; absent = made from what was found */
    bool allow_loopback; /* it may be on this machine */
};

struct proposed {
    struct slice name;      /* of the source: free, and fit to be written */
    struct slice block;     /* its lines for sources.conf, ended by a line break */
    struct slice title;     /* as it calls itself, absent = not known; untrusted */
    struct slice twin;      /* name of a source that is asked at the same address already; absent = none is */
    bool answered;          /* it was asked, and gave posts */
    struct slice trouble;   /* why it did not, in words; absent = it did */
    struct item_list items; /* what it gave */
};

/* The best of what was found: the first that answers, else one that the address alone tells (with the trouble why it
 * did not answer). Everything in *out is in arena. Faults: INPUT (no address, or nothing to follow behind it), MEMORY.
 */
MUST_USE bool propose_run(struct house *house, const struct propose_options *options, struct arena *arena,
                          struct proposed *out, struct fault *fault);

#endif
