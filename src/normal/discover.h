/* discover: what to follow, told from an address a person typed and from the page behind it. Pure: the caller fetches.
 * First discover_address; when that is not sure, fetch the page, then discover_page; then try the guesses. */
#ifndef DISCERN_NORMAL_DISCOVER_H
#define DISCERN_NORMAL_DISCOVER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"

enum discover_trust {
    DISCOVER_SURE,   /* the address says it all (a profile) */
    DISCOVER_SAID,   /* the page names it (<link rel=alternate>) */
    DISCOVER_LINKED, /* a link on the page looks like a feed */
    DISCOVER_GUESSED /* a well-known place: only if something answers there */
};

/* One option of a source block, as it would be written: "user example". */
struct proposal_option {
    struct slice name, value;
};
#define PROPOSAL_OPTIONS 4

struct proposal {
    struct slice kind; /* feed, x, bluesky, mastodon */
    struct proposal_option options[PROPOSAL_OPTIONS];
    size_t option_count;
    struct slice url;   /* the feed, or the profile's page */
    struct slice title; /* as the page calls it; untrusted; absent = not known */
    struct slice name;  /* a source name to start from: a-z 0-9 - */
    enum discover_trust trust;
};
struct proposal_list {
    struct proposal *at; /* best first */
    size_t count, capacity;
};

/* What the words alone tell: "https://x.com/name", "bsky.app/profile/…", "@user@host", a YouTube channel, a Substack, a
 * subreddit, a feed's own address … *page is the address to fetch for more, absent when all is said. Faults: INPUT (it
 * is no address of any kind), MEMORY. */
MUST_USE bool discover_address(struct slice typed, struct arena *arena, struct proposal_list *out, struct slice *page,
                               struct fault *fault);
/* What a fetched page says: <link rel=alternate> feeds first, then links that look like feeds, then the well-known
 * places at its folder and root. `base` is its final address. Faults: MEMORY. */
MUST_USE bool discover_page(struct slice html, struct slice base, struct arena *arena, struct proposal_list *out,
                            struct fault *fault);

#endif
