/* digests: what was made and shown, day by day and reader by reader: so that a day's digest stays the same, nothing is
 * repeated too soon, and a source's share can be counted. And good ideas that are parked until the next choice. */
#ifndef DISCERN_STORE_DIGESTS_H
#define DISCERN_STORE_DIGESTS_H

#include "model/digest.h"
#include "store/store.h"

/* One entry of a digest as it was shown. */
struct shown {
    int64_t date_s; /* midnight */
    struct slice reader, story, code;
    struct slice item, source; /* the lead: "source/id", and its source */
    struct slice title, url;   /* of the lead, untrusted */
    struct slice key;          /* canonical address of its page, absent = none */
    struct slice_list topics, members;
    enum section_kind section;
    int place;
    double score;
    struct term_list terms;
    bool against; /* it spoke against a view */
};
struct shown_list {
    struct shown *at;
    size_t count, capacity;
};

struct digest_record {
    int64_t date_s; /* midnight; with the reader: the key */
    struct slice reader;
    struct slice json; /* the whole digest */
    int64_t made_s;
};
struct digest_record_list {
    struct digest_record *at;
    size_t count, capacity;
};

/* Keeps the record and what it shows; a record of the same day and reader is replaced with all that it showed. Writes
 * nothing when json is the same. */
MUST_USE bool digests_put(struct store *store, const struct digest_record *record, const struct shown_list *shown,
                          struct fault *fault);
/* `wanted` says date_s and reader; all of it is set when found. */
MUST_USE bool digests_get(struct store *store, struct digest_record *wanted, struct arena *arena, bool *found,
                          struct fault *fault);
/* All of a reader (absent = of all), newest first, without json. */
MUST_USE bool digests_list(struct store *store, struct slice reader, struct arena *arena,
                           struct digest_record_list *out, struct fault *fault);

/* Shown to `reader` (absent = to anybody) from `from_s` up to, not including, `until_s`; by date, then place. */
struct shown_query {
    struct slice reader;
    int64_t from_s, until_s;
};
MUST_USE bool shown_list(struct store *store, const struct shown_query *query, struct arena *arena,
                         struct shown_list *out, struct fault *fault);
/* How often each source's items led an entry in that time; by source. */
struct source_shown {
    struct slice source;
    int64_t count;
};
struct source_shown_list {
    struct source_shown *at;
    size_t count, capacity;
};
MUST_USE bool shown_by_source(struct store *store, const struct shown_query *query, struct arena *arena,
                              struct source_shown_list *out, struct fault *fault);

/* Parked: good, but held back while others are in focus. */
struct parked {
    struct slice reader, story; /* key */
    struct slice item, title, url;
    struct slice_list topics;
    double score;
    int64_t parked_s;
};
struct parked_list {
    struct parked *at;
    size_t count, capacity;
};
/* Parking again keeps the first day. */
MUST_USE bool parked_put(struct store *store, const struct parked *parked, struct fault *fault);
MUST_USE bool parked_remove(struct store *store, struct slice reader, struct slice story, bool *found,
                            struct fault *fault);
/* Best first. */
MUST_USE bool parked_list(struct store *store, struct slice reader, struct arena *arena, struct parked_list *out,
                          struct fault *fault);

#endif
