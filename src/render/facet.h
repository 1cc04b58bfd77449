/* facet: the ways in which the ideas of an archive are sorted into lists. */
#ifndef DISCERN_RENDER_FACET_H
#define DISCERN_RENDER_FACET_H

#include "base/arena.h"
#include "base/attr.h"
#include "render/pen.h"

/* One idea as it was shown on one day. */
struct row {
    const struct digest *digest;
    const struct entry *entry;
};
struct row_list {
    struct row *at;
    size_t count, capacity;
};

/* A row's place in one list. */
struct facet_spot {
    struct slice id;    /* safe for a file name: a-z 0-9 - */
    struct slice label; /* as readers see it */
    struct row row;
};
struct facet_spot_list {
    struct facet_spot *at; /* by id, newest first */
    size_t count, capacity;
};

enum facet_kind { FACET_TOPIC, FACET_BADGE, FACET_PHASE, FACET_SUBJECT, FACET_SOURCE, FACET_LETTER, FACET_COUNT };

/* "t", "e", "p", "s", "sources", "az": the folder of its pages. */
const char *facet_folder(enum facet_kind kind);
struct slice facet_heading(const struct pen *pen, enum facet_kind kind);
/* Every row under every id that it has in this way of sorting. In the pen's arena. */
void facet_sort(struct pen *pen, const struct row_list *rows, enum facet_kind kind, struct facet_spot_list *out);

#endif
