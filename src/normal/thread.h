/* thread: the parts of a thread that one author wrote become one item. Pure. */
#ifndef DISCERN_NORMAL_THREAD_H
#define DISCERN_NORMAL_THREAD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "model/item.h"

/* Adds `part` to the end of `root`: its text as a paragraph of its own (unless it stands there already), its links,
 * tags and image; the later update wins. All new text is in arena; root's other fields stay. Text past
 * LIMIT_FIELD_BYTES is left out and root->cut set. False only when out of memory. */
MUST_USE bool thread_join(struct arena *arena, struct item *root, const struct item *part);
/* Joins the parts of threads within a page (items of any order; a part names its thread by the id of the thread's first
 * post, or by that of the part before it): parts whose beginning is in the page leave the list. Parts that begin
 * elsewhere stay, in order, for the caller to find their root. False only when out of memory. */
MUST_USE bool thread_join_page(struct arena *arena, struct item_list *items);

#endif
