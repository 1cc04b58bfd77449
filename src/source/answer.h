/* answer: what the kinds that speak JSON share: reading an API's answer or saying in plain words why it is none, and
 * keeping a cursor as a small JSON object of texts. Pure. */
#ifndef DISCERN_SOURCE_ANSWER_H
#define DISCERN_SOURCE_ANSWER_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/jtree.h"
#include "model/exchange.h"
#include "model/item.h"

/* The body as JSON when the status is 2xx; owned by the caller. NULL and a fault else: REFUSED for 400 to 499 but 429
 * (with what the server says, and what a technician can do for 401 and 403) and for a key whose allowance is used up;
 * REMOTE for any other 429 and for 5xx, INPUT for a body that is no JSON (a web page is named as such). `network` is
 * the network's name for the message. */
MUST_USE struct jtree *answer_read(const struct response *response, const char *network, struct fault *fault);
/* Whatever JSON the body holds, for reading an error's details; NULL when it is none. Owned by the caller. */
struct jtree *answer_details(const struct response *response);

/* Whether the server no longer knows the page that was asked for (400, 404 or 410): the walk begins anew. `page` is the
 * cursor's part that named it. */
bool answer_is_stale_page(const struct response *response, struct slice page);

/* One member of a cursor that cursor_write made; absent when it is not there. Copied into the arena. */
MUST_USE bool cursor_get(struct slice cursor, const char *key, struct arena *arena, struct slice *out);

struct cursor_part {
    const char *key;
    struct slice value; /* absent or empty: left out */
};
/* A cursor of these parts, in arena. */
MUST_USE bool cursor_write(const struct cursor_part *parts, size_t count, struct arena *arena, struct slice *out);

/* Copies the text at `key` of `node`, absent when it is none or empty. */
MUST_USE bool answer_copy(struct arena *arena, const struct jnode *node, const char *key, struct slice *out);
/* The instant at `key` (RFC 3339), WHEN_ABSENT when it is none. */
int64_t answer_instant(const struct jnode *node, const char *key);
/* Adds `more` to the count that a cursor's part holds as text; *sum is what it is now. False when out of memory. */
MUST_USE bool answer_count(struct arena *arena, struct slice *part, size_t more, long long *sum);
/* A new item at the end of page->items, initialised; NULL when out of memory. */
struct item *answer_add_item(struct arena *arena, struct page *page);
/* The same at the end of page->originals. */
struct item *answer_add_original(struct arena *arena, struct page *page);
/* `text` percent-encoded for a query value (RFC 3986: all but unreserved), in arena; NULL when out of memory. */
char *answer_query(struct arena *arena, struct slice text);
/* "NAME=VALUE" with the value encoded, in arena; "" for an empty value; NULL when out of memory. `name` may begin with
 * '&'. */
char *answer_parameter(struct arena *arena, const char *name, struct slice value);

#endif
