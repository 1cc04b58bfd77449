/* entity: the character references of HTML, by name and by number. */
#ifndef DISCERN_PARSE_ENTITY_H
#define DISCERN_PARSE_ENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/slice.h"

#define ENTITY_NAME_BYTES 32u

/* The character called `name` (without '&' and ';', case counts). */
MUST_USE bool entity_find(struct slice name, uint32_t *code_point);
/* The reference that begins with the '&' at `at`: its length in bytes, 0 when it is none. Numbers may lack their ';'
 * and names of Latin-1 too; numbers 128..159 mean windows-1252; the two halves of a UTF-16 pair are read as one. The
 * code point may be any number: utf8_encode answers for it. */
MUST_USE size_t entity_read(struct slice text, size_t at, uint32_t *code_point);
/* The same for "&#…" alone, with numbers 128..159 as they are. */
MUST_USE size_t entity_number(struct slice text, size_t at, uint32_t *code_point);
/* What a C1 number was meant to be in windows-1252; any other code point as it is. */
uint32_t entity_windows(uint32_t code_point);

#endif
