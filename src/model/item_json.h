/* item_json: an item as the JSON object of the contract (discern parse, "items"), and back. What the contract does not
 * name (thread, warning, unlisted, cut) stands beside it. The store keeps items so. */
#ifndef DISCERN_MODEL_ITEM_JSON_H
#define DISCERN_MODEL_ITEM_JSON_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/jtree.h"
#include "base/jwrite.h"
#include "model/item.h"

/* Writes one object. Null for what is not said. */
void item_json_write(struct jwrite *json, const struct item *item);
/* Lists in the same form, for what shares it (a feed's own links, an article's). */
void item_json_write_persons(struct jwrite *json, const struct person_list *list);
void item_json_write_tags(struct jwrite *json, const struct tag_list *list);
void item_json_write_links(struct jwrite *json, const struct link_list *list);
void item_json_write_texts(struct jwrite *json, const struct slice_list *list);
/* Reads what item_json_write wrote; all in arena. False when out of memory, or `node` is no object (FAULT_INPUT). */
MUST_USE bool item_json_read(const struct jnode *node, struct arena *arena, struct item *out, struct fault *fault);
MUST_USE bool item_json_read_links(const struct jnode *list, struct arena *arena, struct link_list *out);
MUST_USE bool item_json_read_texts(const struct jnode *list, struct arena *arena, struct slice_list *out);

#endif
