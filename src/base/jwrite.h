/* jwrite: writing JSON (RFC 8259) as a stream into a buf, compact and in the order of the calls, so that the same calls
 * give the same bytes. Commas are its business. Ill-formed UTF-8 is written as U+FFFD; U+2028, U+2029 and C0 controls
 * are escaped, so that a line stays a line.
 *     struct jwrite json = jwrite_to(&out);
 *     jwrite_object(&json); jwrite_key(&json, "id"); jwrite_text(&json, id); jwrite_end_object(&json); */
#ifndef DISCERN_BASE_JWRITE_H
#define DISCERN_BASE_JWRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

struct jwrite {
    struct buf *out; /* borrowed; its failure is the writer's */
    bool comma;      /* a value was written at this level */
};

struct jwrite jwrite_to(struct buf *out);
void jwrite_object(struct jwrite *json);
void jwrite_end_object(struct jwrite *json);
void jwrite_array(struct jwrite *json);
void jwrite_end_array(struct jwrite *json);
/* `key` is one of our own: it is written as it stands, without escaping. */
void jwrite_key(struct jwrite *json, const char *key);
void jwrite_key_slice(struct jwrite *json, struct slice key);
/* A string; an absent slice gives null. */
void jwrite_text(struct jwrite *json, struct slice text);
/* A string; an absent or empty slice gives null (the contract: "" is never used for what was not said). */
void jwrite_text_or_null(struct jwrite *json, struct slice text);
void jwrite_cstr(struct jwrite *json, const char *text);
void jwrite_int(struct jwrite *json, int64_t value);
/* Shortest of at most 6 decimals, the C locale's point; not finite gives null. */
void jwrite_real(struct jwrite *json, double value);
void jwrite_bool(struct jwrite *json, bool value);
void jwrite_null(struct jwrite *json);
/* RFC 3339 in UTC, null for WHEN_ABSENT. */
void jwrite_instant(struct jwrite *json, int64_t instant_s);
/* A finished JSON value, written as it is. */
void jwrite_raw(struct jwrite *json, struct slice value);
/* key and value in one call. */
void jwrite_member(struct jwrite *json, const char *key, struct slice text_or_null);
void jwrite_member_int(struct jwrite *json, const char *key, int64_t value);
void jwrite_member_bool(struct jwrite *json, const char *key, bool value);

#endif
