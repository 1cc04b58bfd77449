/* document_json: a document to judge, from one object of JSON. */
#ifndef DISCERN_DOOR_DOCUMENT_JSON_H
#define DISCERN_DOOR_DOCUMENT_JSON_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/jtree.h"
#include "model/verdict.h"

/* {"id","title","text","url","links","author","lang","article":{"title","text","url","references"}}: only id and text
 * are required. Texts are borrowed from the tree, lists in arena; *article is filled and pointed to when there is one.
 * Addresses in the text count as links. Faults: INPUT (no object, no id, no text), MEMORY. */
MUST_USE bool document_json_read(const struct jnode *node, struct arena *arena, struct document *out,
                                 struct article *article, struct fault *fault);

#endif
