#include "render/facet.h"

#include <ctype.h>
#include <stdlib.h>

#include "render/card.h"

static const struct {
    const char *folder;
    enum word heading;
} facets[FACET_COUNT] = {
    [FACET_TOPIC] = {"t", WORD_FIND_TOPICS},         [FACET_BADGE] = {"e", WORD_FIND_BADGES},
    [FACET_PHASE] = {"p", WORD_FIND_PHASES},         [FACET_SUBJECT] = {"s", WORD_FIND_SUBJECTS},
    [FACET_SOURCE] = {"sources", WORD_FIND_SOURCES}, [FACET_LETTER] = {"az", WORD_FIND_LETTERS},
};

const char *facet_folder(enum facet_kind kind) {
    return facets[kind].folder;
}

struct slice facet_heading(const struct pen *pen, enum facet_kind kind) {
    return pen_word(pen, facets[kind].heading);
}

/* An id may name a file when it is short and of a-z 0-9 - only; others have no list. */
static bool may_name(struct slice id) {
    if (id.len == 0 || id.len > 64) return false;
    for (size_t i = 0; i < id.len; i++)
        if (!islower((unsigned char)id.at[i]) && !isdigit((unsigned char)id.at[i]) && id.at[i] != '-') return false;
    return true;
}

static void add(struct pen *pen, struct facet_spot_list *list, struct facet_spot spot) {
    if (!may_name(spot.id)) return;
    struct facet_spot *more = arena_grow(pen->arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) {
        pen->failed = true;
        return;
    }
    list->at = more;
    list->at[list->count++] = spot;
}

static void add_ids(struct pen *pen, struct facet_spot_list *list, const struct slice_list *ids, struct row row) {
    for (size_t i = 0; i < ids->count; i++)
        add(pen, list, (struct facet_spot){ids->at[i], pen_label(pen, ids->at[i]), row});
}

static void add_topics(struct pen *pen, struct facet_spot_list *list, struct row row) {
    const struct topic_list *topics = &row.entry->verdict.topics;
    for (size_t i = 0; i < topics->count && i < 2; i++) {
        struct slice label = topics->at[i].label;
        add(pen, list,
            (struct facet_spot){topics->at[i].id, slice_is_empty(label) ? pen_label(pen, topics->at[i].id) : label,
                                row});
    }
}

static void add_badge(struct pen *pen, struct facet_spot_list *list, struct row row) {
    static const char *const ids[] = {"no-source", "account", "mentions", "source", "several", "check-first"};
    enum badge badge = badge_of(&row.entry->verdict);
    add(pen, list, (struct facet_spot){slice_from(ids[badge]), badge_words(pen, badge), row});
}

static void add_letter(struct pen *pen, struct facet_spot_list *list, struct row row) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0", capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ#";
    struct slice headline = row.entry->headline;
    size_t at = 26;
    for (size_t i = 0; i < headline.len && i < 8; i++) {
        int c = tolower((unsigned char)headline.at[i]);
        if (c < 'a' || c > 'z') continue;
        at = (size_t)(c - 'a');
        break;
    }
    add(pen, list, (struct facet_spot){slice_of(letters + at, 1), slice_of(capitals + at, 1), row});
}

static void add_row(struct pen *pen, struct facet_spot_list *list, enum facet_kind kind, struct row row) {
    const struct verdict *verdict = &row.entry->verdict;
    struct slice source = row.entry->source, title = row.entry->source_title;
    if (row.entry->withdrawn) return; /* there is nothing to find any more */
    switch (kind) {
        case FACET_TOPIC: add_topics(pen, list, row); return;
        case FACET_BADGE: add_badge(pen, list, row); return;
        case FACET_PHASE: add_ids(pen, list, &verdict->phases, row); return;
        case FACET_SUBJECT: add_ids(pen, list, &verdict->subjects, row); return;
        case FACET_SOURCE:
            add(pen, list, (struct facet_spot){source, slice_is_empty(title) ? source : title, row});
            return;
        case FACET_LETTER: add_letter(pen, list, row); return;
        case FACET_COUNT: return;
    }
}

static int by_id(const void *a, const void *b) {
    const struct facet_spot *x = a, *y = b;
    int order = slice_compare(x->id, y->id);
    if (order != 0) return order;
    if (x->row.digest->date_s != y->row.digest->date_s) return x->row.digest->date_s > y->row.digest->date_s ? -1 : 1;
    if (x->row.entry->place != y->row.entry->place) return x->row.entry->place - y->row.entry->place;
    return slice_compare(x->row.entry->story, y->row.entry->story);
}

void facet_sort(struct pen *pen, const struct row_list *rows, enum facet_kind kind, struct facet_spot_list *out) {
    for (size_t i = 0; i < rows->count; i++) add_row(pen, out, kind, rows->at[i]);
    if (out->count > 0) qsort(out->at, out->count, sizeof *out->at, by_id);
}
