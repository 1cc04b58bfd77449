/* jtree: reading JSON (RFC 8259), the one door to jansson. A document is read whole, then walked with accessors that
 * accept NULL and any type, so that a chain needs no checks: a value of another type is simply not there. */
#ifndef DISCERN_BASE_JTREE_H
#define DISCERN_BASE_JTREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"

struct jtree; /* owns everything that hangs from it */
struct jnode; /* borrowed until the document is freed; NULL = not there */

/* Parses one JSON text (valid UTF-8, nesting at most LIMIT_JSON_DEPTH, integers of 64 bits, duplicate keys: the last
 * wins). Owned by the caller. NULL and a FAULT_INPUT with line and column when it does not parse. */
MUST_USE struct jtree *jtree_read(struct slice text, struct fault *fault);
/* Releases; *doc becomes NULL. For AUTO. */
void jtree_free(struct jtree **doc);
const struct jnode *jtree_root(const struct jtree *doc);

bool jtree_is_object(const struct jnode *node);
bool jtree_is_array(const struct jnode *node);
bool jtree_is_string(const struct jnode *node);
bool jtree_is_null(const struct jnode *node);
/* Member `key` of an object. */
const struct jnode *jtree_get(const struct jnode *node, const char *key);
/* A member of a member …: keys separated by '.', e.g. "record.embed.external.uri". */
const struct jnode *jtree_path(const struct jnode *node, const char *path);
/* Element `index` of an array. */
const struct jnode *jtree_at(const struct jnode *node, size_t index);
/* Elements of an array, members of an object, else 0. */
size_t jtree_count(const struct jnode *node);
/* Walks an object's members in order of insertion: start with cursor NULL; false at the end.
 *     void *cursor = NULL; struct slice key; const struct jnode *value;
 *     while (jtree_next_member(node, &cursor, &key, &value)) … */
bool jtree_next_member(const struct jnode *node, void **cursor, struct slice *key, const struct jnode **value);

/* The string's bytes, borrowed from the document; absent for anything that is not a string. */
struct slice jtree_text(const struct jnode *node);
/* jtree_text(jtree_get(node, key)). */
struct slice jtree_get_text(const struct jnode *node, const char *key);
/* A string, or a number written as one: absent otherwise. `scratch` holds the digits of a number. */
struct slice jtree_text_or_number(const struct jnode *node, char scratch[32]);
/* An integer, or a string or real that holds a whole number; `otherwise` when it is none. */
long long jtree_int(const struct jnode *node, long long otherwise);
/* A real or integer; `otherwise` when it is none. */
double jtree_real(const struct jnode *node, double otherwise);
/* true only for JSON true. */
bool jtree_is_true(const struct jnode *node);

#endif
