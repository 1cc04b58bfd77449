/* marks: what readers said of an item; each can be undone, nothing is lost. */
#ifndef DISCERN_STORE_MARKS_H
#define DISCERN_STORE_MARKS_H

#include "model/item.h"
#include "store/store.h"

enum mark_kind { MARK_USEFUL, MARK_NOT_FOR_US, MARK_ALREADY_DO, MARK_FLAG_WRONG };

struct mark {
    int64_t id; /* given by the store */
    int64_t when_s;
    int64_t undone_s; /* WHEN_ABSENT = it stands */
    enum mark_kind kind;
    struct slice reader; /* profile, absent = not said */
    struct slice item;   /* "source/id" */
    struct slice flag;   /* MARK_FLAG_WRONG: the rule or flag that is wrong */
    struct slice note;   /* own words, absent = none */
};
struct mark_list {
    struct mark *at;
    size_t count, capacity;
};
struct mark_query {
    struct slice reader, item; /* absent = all */
    enum mark_kind kind;       /* looked at when `one_kind` */
    bool one_kind;
    bool with_undone;
    int64_t from_s, until_s; /* 0, 0 = any time */
};

/* The same mark by the same reader again is one mark: its id comes back. */
MUST_USE bool marks_add(struct store *store, const struct mark *mark, int64_t *id, struct fault *fault);
MUST_USE bool marks_undo(struct store *store, int64_t id, int64_t now_s, bool *found, struct fault *fault);
/* By time, then id. */
MUST_USE bool marks_list(struct store *store, const struct mark_query *query, struct arena *arena,
                         struct mark_list *out, struct fault *fault);

const char *mark_kind_name(enum mark_kind kind); /* useful not-for-us already-do flag-wrong */
bool mark_kind_from(struct slice name, enum mark_kind *out);

#endif
