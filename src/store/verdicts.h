/* verdicts: what the rules made of each item, and which items wait to be judged: new ones, changed ones, those whose
 * article or work changed, and all when the rules did. Made for a million items in seconds: read a batch, judge it, put
 * it, commit, go on. */
#ifndef DISCERN_STORE_VERDICTS_H
#define DISCERN_STORE_VERDICTS_H

#include "model/verdict.h"
#include "store/items.h"

/* Tells which rules are in force; when they differ from those of last time, every item that these did not judge is to
 * be judged again. */
MUST_USE bool verdicts_rules(struct store *store, struct slice rules_id, int64_t *marked, struct fault *fault);
/* The same without marking any: for a change that touches only the items that are marked by hand. */
MUST_USE bool verdicts_rules_kept(struct store *store, struct slice rules_id, struct fault *fault);
MUST_USE bool verdicts_mark(struct store *store, int64_t item_row, struct fault *fault);

/* One item to judge, with all that a document needs, all in arena. */
struct to_judge {
    int64_t row;
    struct slice source;
    struct document document; /* id is "source/id"; article NULL = none read; works found for all its references */
};
struct to_judge_list {
    struct to_judge *at;
    size_t count, capacity;
};
/* The next items to judge after `after_row` (0 = from the start), by row, at most `limit`. Empty at the end. */
MUST_USE bool verdicts_next(struct store *store, int64_t after_row, int64_t limit, struct arena *arena,
                            struct to_judge_list *out, struct fault *fault);
/* The same of one item, due or not: for `why`. */
MUST_USE bool verdicts_document(struct store *store, int64_t row, struct arena *arena, struct to_judge *out,
                                struct fault *fault);

/* Keeps the whole verdict but its hits, and takes the item off the list of those to judge. */
MUST_USE bool verdicts_put(struct store *store, int64_t item_row, const struct verdict *verdict, struct fault *fault);
MUST_USE bool verdicts_get(struct store *store, int64_t item_row, struct arena *arena, struct verdict *out, bool *found,
                           struct fault *fault);

/* The same, but the item stays on the list: for a batch, whose items are taken off together by verdicts_done. */
MUST_USE bool verdicts_write(struct store *store, int64_t item_row, const struct verdict *verdict, struct fault *fault);
/* Takes the items behind `after_row` up to `last_row` off the list of those to judge: what verdicts_next gave, and each
 * has its verdict. */
MUST_USE bool verdicts_done(struct store *store, int64_t after_row, int64_t last_row, struct fault *fault);
/* Whether it has a verdict that can stand as it is. */
MUST_USE bool verdicts_stand(struct store *store, int64_t item_row, bool *stands, struct fault *fault);
/* All items after `after_row`, due or not, like verdicts_next. */
MUST_USE bool verdicts_documents(struct store *store, int64_t after_row, int64_t limit, struct arena *arena,
                                 struct to_judge_list *out, struct fault *fault);
/* The rules in force as told last; absent = never. */
MUST_USE bool verdicts_rules_told(struct store *store, struct arena *arena, struct slice *out, struct fault *fault);

/* Judged items with their verdicts. */
struct judged {
    struct item_row item;
    struct verdict verdict;
};
struct judged_query {
    struct item_query items; /* source, window, order, limit */
    int min_level;           /* 0 = any */
    struct slice topic;      /* absent = any */
    enum judged_filter { JUDGED_ALL, JUDGED_IDEAS, JUDGED_CHECK_FIRST } only;
};
struct judged_walk; /* a cursor; owned. The rules of item_walk hold */
MUST_USE bool verdicts_walk(struct store *store, const struct judged_query *query, struct judged_walk **out,
                            struct fault *fault);
MUST_USE bool judged_walk_next(struct judged_walk *walk, struct arena *arena, struct judged *out, bool *more,
                               struct fault *fault);
void judged_walk_free(struct judged_walk **walk);

#endif
