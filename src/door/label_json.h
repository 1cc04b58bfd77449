/* label_json: what a person said of a document, as JSON: "teaching_idea", "topics" and "evidence", or "flags" alone. */
#ifndef DISCERN_DOOR_LABEL_JSON_H
#define DISCERN_DOOR_LABEL_JSON_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/jtree.h"
#include "classify/label.h"

/* Texts are in arena or borrowed from the tree. Faults: INPUT, MEMORY. */
MUST_USE bool label_json_read(const struct jnode *node, struct arena *arena, struct label *out, struct fault *fault);

#endif
