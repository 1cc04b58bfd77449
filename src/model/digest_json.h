/* digest_json: a digest as JSON ("discern.digest/1", config/schema/digest.schema.json), and back. What is read back
 * renders to the same bytes in every format. */
#ifndef DISCERN_MODEL_DIGEST_JSON_H
#define DISCERN_MODEL_DIGEST_JSON_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/jwrite.h"
#include "model/digest.h"

#define DIGEST_SCHEMA "discern.digest/1"

/* Writes one object. Of what was left out, the LIMIT_LEFT_OUT best are told one by one; the counts are whole. */
void digest_json_write(struct jwrite *json, const struct digest *digest);
/* Reads what digest_json_write wrote; all in arena. FAULT_INPUT when it is none. */
MUST_USE bool digest_json_read(struct slice text, struct arena *arena, struct digest *out, struct fault *fault);

#endif
