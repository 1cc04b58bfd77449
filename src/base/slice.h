/* slice: a borrowed run of bytes. Not NUL-terminated. {NULL, 0} means absent; {"", 0} means present and empty.
 * A slice never owns: how long it lives is said where it is handed out. */
#ifndef DISCERN_BASE_SLICE_H
#define DISCERN_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>

struct slice {
    const char *at;
    size_t len;
};

/* A slice of a string literal, lives for ever. */
#define SLICE(literal) ((struct slice){"" literal "", sizeof(literal) - 1})
/* For printf("%.*s", SLICE_ARGS(s)). */
#define SLICE_ARGS(s) (int)(s).len, (s).at == NULL ? "" : (s).at

/* All of a NUL-terminated string, borrowed from it; NULL gives the absent slice. */
struct slice slice_from(const char *text);
/* `len` bytes at `at`, borrowed. */
struct slice slice_of(const char *at, size_t len);
/* The part from `start` up to `end`, both clipped to the slice. */
struct slice slice_part(struct slice s, size_t start, size_t end);

bool slice_is_absent(struct slice s);
/* Absent or of no bytes. */
bool slice_is_empty(struct slice s);
/* Same bytes; absent equals only absent or empty. */
bool slice_equal(struct slice a, struct slice b);
/* Same bytes but for ASCII case. */
bool slice_equal_nocase(struct slice a, struct slice b);
bool slice_starts(struct slice s, struct slice prefix);
bool slice_starts_nocase(struct slice s, struct slice prefix);
bool slice_ends(struct slice s, struct slice suffix);
bool slice_ends_nocase(struct slice s, struct slice suffix);
/* Bytewise order, shorter first when one is the other's prefix: <0, 0, >0. */
int slice_compare(struct slice a, struct slice b);

#define SLICE_NOT_FOUND ((size_t)-1)
/* Offset of the first `needle` at or after `from`, or SLICE_NOT_FOUND. An empty needle is never found. */
size_t slice_find(struct slice s, struct slice needle, size_t from);
/* The same, but for ASCII case. */
size_t slice_find_nocase(struct slice s, struct slice needle, size_t from);
/* Offset of the first byte `c` at or after `from`, or SLICE_NOT_FOUND. */
size_t slice_find_byte(struct slice s, char c, size_t from);

/* Without ASCII white space (space, tab, CR, LF, FF, VT) at both ends. */
struct slice slice_trim(struct slice s);
/* Cuts off and returns what stands before the first `separator` (all of it if there is none); *rest is what follows
 * (absent at the end). For loops: while (!slice_is_absent(rest)) { part = slice_next(&rest, ','); } */
struct slice slice_next(struct slice *rest, char separator);

/* A whole decimal number, optional sign, nothing else around it. False and *out untouched otherwise or on overflow. */
bool slice_to_int64(struct slice s, long long *out);
/* A decimal number with optional fraction (no exponent), nothing else around it, the C locale's point. */
bool slice_to_double(struct slice s, double *out);

#endif
