/* charset_shelf: the tables of encodings that a process keeps at hand, because it will lose the right to open the files
 * they lie in. Kept for the life of the process: nothing here is released. */
#ifndef DISCERN_PARSE_CHARSET_SHELF_H
#define DISCERN_PARSE_CHARSET_SHELF_H

#include <stdbool.h>
#include <stddef.h>

#define CHARSET_SHELF_ROOM 8u

/* Starts as zeros. */
struct charset_shelf {
    struct {
        char name[32];
        void *table; /* NULL where the system does not know the name: that too is known by then */
    } at[CHARSET_SHELF_ROOM];
    size_t count;
};

/* Whether the encoding is at hand; `name` as charset_needed gives it, "" needs none. */
bool charset_shelf_has(const struct charset_shelf *shelf, const char *name);
/* Brings it in; nothing where it is at hand, or there is no room. */
void charset_shelf_add(struct charset_shelf *shelf, const char name[32]);

#endif
