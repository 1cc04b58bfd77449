#include "parse/charset_shelf.h"

#include <string.h>

#include "parse/charset.h"

bool charset_shelf_has(const struct charset_shelf *shelf, const char *name) {
    for (size_t i = 0; i < shelf->count; i++)
        if (strcmp(shelf->at[i].name, name) == 0) return true;
    return name[0] == '\0';
}

void charset_shelf_add(struct charset_shelf *shelf, const char name[32]) {
    if (charset_shelf_has(shelf, name) || shelf->count == CHARSET_SHELF_ROOM) return;
    memcpy(shelf->at[shelf->count].name, name, sizeof shelf->at[shelf->count].name);
    shelf->at[shelf->count++].table = charset_keep(name);
}
