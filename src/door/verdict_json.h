/* verdict_json: a verdict as one line of JSON, as `discern classify` gives it. */
#ifndef DISCERN_DOOR_VERDICT_JSON_H
#define DISCERN_DOOR_VERDICT_JSON_H

#include "base/jwrite.h"
#include "model/verdict.h"

enum verdict_detail { VERDICT_PLAIN, VERDICT_EXPLAINED };

/* The whole object, its hits only when explained. `id` is the document's. */
void verdict_json_write(struct jwrite *json, struct slice id, const struct verdict *verdict,
                        enum verdict_detail detail);

#endif
