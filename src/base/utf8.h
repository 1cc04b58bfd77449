/* utf8: RFC 3629. What came from outside is repaired once, at the door; inside everything is valid. */
#ifndef DISCERN_BASE_UTF8_H
#define DISCERN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* Well-formed throughout (no overlong forms, surrogates, or code points past U+10FFFF). NUL is allowed. */
bool utf8_is_valid(struct slice text);
/* Decodes the character at `at` (at < text.len) into *code_point; returns its length in bytes, 1..4.
 * An ill-formed byte gives UTF8_REPLACEMENT and the length of the maximal subpart (Unicode 3.9, U+FFFD practice). */
size_t utf8_decode(struct slice text, size_t at, uint32_t *code_point);
/* Writes the character's 1..4 bytes; a surrogate or too large code point is written as U+FFFD. Returns the length. */
size_t utf8_encode(uint32_t code_point, char out[4]);
/* Appends `text` with ill-formed parts as U+FFFD, and NUL and C0 controls but tab, LF, CR dropped. */
void utf8_repair(struct slice text, struct buf *out);
/* The longest prefix of at most `max_bytes` that does not cut a character. */
struct slice utf8_cut(struct slice text, size_t max_bytes);
/* The first byte at or after `at` that is not ASCII; the length when there is none. */
size_t utf8_skip_ascii(struct slice text, size_t at);
/* Number of characters (ill-formed parts count one each). */
size_t utf8_count(struct slice text);

#endif
