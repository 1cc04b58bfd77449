/* thread: the parts of a thread that one author wrote become one item. Pure. */
#ifndef DISCERN_NORMAL_THREAD_H
#define DISCERN_NORMAL_THREAD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "model/item.h"

/* Before the id of the part that was joined last, as the `thread` of a joined item: so its next part finds it. */
#define THREAD_LAST "last:"

/* THREAD_LAST and the id, in arena. False only when out of memory. */
MUST_USE bool thread_last_name(struct arena *arena, struct slice id, struct slice *out);
/* Whether `part` may be joined to `root`: both are the same person's, and neither is a repost. */
bool thread_is_of(const struct item *root, const struct item *part);
/* Adds `part` to the end of `root`: its text as a paragraph of its own (unless it stands there already), its links,
 * tags and image; the later update wins; root->thread says which part was last, unless root continues another post. All
 * new text is in arena; root's other fields stay. Text past LIMIT_FIELD_BYTES is left out and root->cut set. False only
 * when out of memory. */
MUST_USE bool thread_join(struct arena *arena, struct item *root, const struct item *part);
/* Joins the parts of threads within a page (items of any order; a part names its thread by the id of the thread's first
 * post, or by that of the part before it): parts whose beginning is in the page leave the list. Parts that begin
 * elsewhere stay, in order, for the caller to find their root. False only when out of memory. */
MUST_USE bool thread_join_page(struct arena *arena, struct item_list *items);

#endif
