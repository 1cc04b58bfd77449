/* item: one thing that a source published (a feed's entry, a post), and the feed or page of a timeline it came in.
 * Every slice is untrusted text from outside: valid UTF-8, plain (no markup, no entities, paragraphs as "\n\n"), but
 * never safe for any output as it is. Absent slice = the input does not say; "" is never used for that. */
#ifndef DISCERN_MODEL_ITEM_H
#define DISCERN_MODEL_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct person {
    struct slice name, handle, email, url;
};

struct tag {
    struct slice term, scheme, label;
};

struct link {
    struct slice url;      /* absolute */
    struct slice rel;      /* alternate, self, enclosure, via, related …; absent = found in the text */
    struct slice type;     /* media type */
    struct slice title;    /* words of the link */
    struct slice expanded; /* where a shortened url really leads, as the network says */
    struct slice lang;     /* hreflang */
    int64_t length;        /* bytes as announced, -1 = not said */
};

struct enclosure {
    struct slice url, type;
    int64_t length; /* bytes as announced, -1 = not said */
};

/* Lists live in the arena of their owner; grow with arena_grow. */
struct person_list {
    struct person *at;
    size_t count, capacity;
};
struct tag_list {
    struct tag *at;
    size_t count, capacity;
};
struct link_list {
    struct link *at;
    size_t count, capacity;
};
struct enclosure_list {
    struct enclosure *at;
    size_t count, capacity;
};
struct slice_list {
    struct slice *at;
    size_t count, capacity;
};

enum item_kind { ITEM_ARTICLE, ITEM_POST, ITEM_REPOST, ITEM_QUOTE, ITEM_REPLY };
enum three_way { SAID_NOT, SAID_NO, SAID_YES };

/* -1 = not said. */
struct counts {
    int64_t likes, reposts, replies, quotes;
};

struct item {
    struct slice id;           /* unique within its source; never absent after take() */
    enum three_way id_is_link; /* RSS guid isPermaLink */
    enum item_kind kind;
    struct slice url; /* absolute address of the item itself */
    struct slice title, text, summary;
    struct person_list authors;
    int64_t published_s, updated_s; /* WHEN_ABSENT = not said */
    struct slice lang;              /* BCP 47 */
    struct tag_list tags;
    struct link_list links;
    struct enclosure_list enclosures;
    struct slice image, rights, comments; /* comments: address of the discussion */
    struct {
        struct slice in_reply_to, quotes, reposts; /* ids or addresses at the same network */
    } refs;
    struct counts counts;
    struct {
        struct slice title, url, id;
    } source;             /* the feed that an aggregator took it from */
    struct slice thread;  /* id of the first post of the author's own thread; absent when it stands alone */
    struct slice warning; /* content warning that the author put before it */
    struct slice chatbot; /* a link bore this chatbot's tracking tag ("chatgpt.com"): perhaps nobody opened it */
    bool unlisted;        /* the author asked not to be shown or archived to the public */
    bool cut;             /* a field was longer than LIMIT_FIELD_BYTES */
};

struct item_list {
    struct item *at;
    size_t count, capacity;
};

/* What a document says of itself, and what had to be mended to read it. */
struct feed {
    struct slice kind;     /* name of the source kind that read it */
    struct slice format;   /* rss20, rss091, rss10, atom10, atom03, json11, x2, … */
    struct slice encoding; /* IANA name, as found and used */
    bool repaired;
    struct slice_list problems; /* words, each once */
    struct slice title, url, id, description, lang;
    int64_t updated_s, published_s;
    struct person_list authors;
    struct tag_list tags;
    struct link_list links;
    struct slice generator, rights, image;
    int64_t ttl_s;       /* how long it asks to be left alone, -1 = not said */
    uint32_t skip_hours; /* bit h set: do not ask in hour h (UTC) */
    uint8_t skip_days;   /* bit d set: do not ask on weekday d (0 = Sunday) */
};

/* One answer of a source, read: what `take` gives. */
struct page {
    struct feed feed;
    struct item_list items;     /* in the order of the input */
    struct item_list originals; /* what reposts of the page share, as the network sent it along with them */
    struct slice_list deleted;  /* ids that the network says are gone */
    struct slice cursor;        /* hand to the next ask; absent = nothing to remember */
    bool more;                  /* another page waits behind the cursor now */
    size_t skipped;             /* items that could not be read */
    size_t billed_posts;        /* resources that the network charges for */
    size_t billed_users;
};

/* Sets every "not said" that is not zero (instants, counts, lengths). */
void item_init(struct item *item);
void feed_init(struct feed *feed);
const char *item_kind_name(enum item_kind kind); /* "article", "post", "repost", "quote", "reply" */
bool item_kind_from(struct slice name, enum item_kind *out);

/* Appends one element, false when out of memory or past LIMIT_ITEM_LIST (then nothing is added, and that is no harm).
 */
bool link_list_add(struct arena *arena, struct link_list *list, struct link link);
bool person_list_add(struct arena *arena, struct person_list *list, struct person person);
bool tag_list_add(struct arena *arena, struct tag_list *list, struct tag tag);
bool slice_list_add(struct arena *arena, struct slice_list *list, struct slice text);
/* The same, unless it is in the list already. */
bool slice_list_add_once(struct arena *arena, struct slice_list *list, struct slice text);

#endif
