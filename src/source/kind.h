/* kind: the contract of a source kind, and the table of all kinds. A kind does no I/O: `ask` turns a cursor into a
 * request, `take` turns the answer into items and the next cursor. Paging, pacing, retries, validators, secrets and the
 * store are written once, elsewhere. The same arguments always give the same answer. */
#ifndef DISCERN_SOURCE_KIND_H
#define DISCERN_SOURCE_KIND_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "model/exchange.h"
#include "model/source.h"

/* How one kept post can be asked for again. */
struct post_names {
    struct slice id, url; /* its item's */
};

/* Where one post stands. */
struct post_address {
    struct slice url;
    struct slice cursor; /* absent; when `take` said that more waits, what it gave */
};

struct source_kind {
    struct source_schema schema;
    /* The next request for this source. `cursor` is what take gave last (absent on the first run), `now_s` the run's
     * time. Everything in *out is in arena or borrowed from the source. Faults: CONFIG (the source's options do not
     * hold together), MEMORY. */
    bool (*ask)(const struct source *source, struct slice cursor, int64_t now_s, struct arena *arena,
                struct request *out, struct fault *fault);
    /* Reads an answered response (state RESPONSE_ANSWERED, any status; an API's 429 too). Everything in *out is in
     * arena; nothing points into the response. Items that cannot be read are counted in out->skipped. Faults: INPUT
     * (not what it should be), REMOTE (the server says that it cannot), REFUSED (401, 403, an allowance that is used
     * up: says what a technician must do), LIMIT, MEMORY; *out is untouched then. */
    bool (*take)(const struct source *source, struct slice cursor, const struct response *response, int64_t now_s,
                 struct arena *arena, struct page *out, struct fault *fault);
    /* The request for the single post that stands at a web address, whose answer `take` reads without a source, with
     * the same cursor; *mine is false when there is no such post at this network. `source` is one of this kind, for its
     * server and key; NULL = none. NULL for kinds without single posts. Fault: MEMORY. */
    bool (*one)(const struct source *source, const struct post_address *post, struct arena *arena, struct request *out,
                bool *mine, struct fault *fault);
    /* Makes the request ask for so many results, where money is short; its tag says how few are possible. NULL for
     * kinds that cost nothing. False when out of memory. */
    bool (*shrink)(struct request *request, unsigned results, struct arena *arena);
    /* The request that asks which of these posts of the source still stand; *covered = how many of them, from the first
     * on, it asks for (0 = none can be). The answer is read by `take` without a source or cursor: what it does not hold
     * is gone. NULL for kinds whose posts cannot be asked for. Faults: MEMORY. */
    bool (*still)(const struct source *source, const struct post_names *posts, size_t count, struct arena *arena,
                  struct request *out, size_t *covered, struct fault *fault);
    /* `still` asks for one post at a time, and an API's 404 or 410 says that it is gone. */
    bool gone_by_status;
};

/* One line a kind: declares it and registers it. The order is the order of `discern parse --kind auto`. */
#define SOURCE_KINDS(LINE)                                                                                             \
    LINE(feed)                                                                                                         \
    LINE(x)                                                                                                            \
    LINE(bluesky)                                                                                                      \
    LINE(mastodon)                                                                                                     \
    LINE(twarc)                                                                                                        \
    LINE(x_archive)

#define DECLARE_KIND(name) extern const struct source_kind source_##name;
SOURCE_KINDS(DECLARE_KIND)
#undef DECLARE_KIND

/* All kinds, `*count` of them. Static. */
const struct source_kind *const *source_kinds(size_t *count);
/* The kind called `name`, or NULL. */
const struct source_kind *source_kind_find(struct slice name);

#endif
