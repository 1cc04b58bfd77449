/* why: one kept item judged again, with every place where words of the rules stand; and the sum of points that it was
 * placed by, where it stood in a digest. Reads only. */
#ifndef DISCERN_STAGE_WHY_H
#define DISCERN_STAGE_WHY_H

#include "classify/judge.h"
#include "stage/house.h"
#include "store/articles.h"
#include "store/digests.h"
#include "store/verdicts.h"

/* A list that it was looked at for and is not in. */
struct why_left {
    int64_t date_s;
    struct slice reader;
    bool with_another; /* it belongs to the story that `left` says it of, but another post leads that */
    bool one_of_many;  /* it is not kept one by one: left.score is what those that are have at least */
    struct left_out left;
};
struct why_left_list {
    struct why_left *at;
    size_t count, capacity;
};

#define WHY_LEFT_MOST 4u /* for each reader, the newest */

struct why {
    struct item_row item;
    struct to_judge input;
    struct article_row
        page; /* that it is or points to: the first that was read or has a copy, else the first; key absent = none */
    struct verdict verdict;     /* with hits */
    struct shown_list shown;    /* entries that it led or was a member of, oldest first */
    struct why_left_list left;  /* newest first */
    double bar;                 /* points that a list asks for */
    struct slice not_looked_at; /* in words, when neither a list showed it nor one left it out; else absent */
};

/* The kept item alone, by the same names. */
MUST_USE bool why_find(struct house *house, struct slice what, struct arena *arena, struct item_row *out,
                       struct fault *fault);
/* `what` is "source/id", the item's own address or a page that it links to, or the code of an entry (k7f3). FAULT_INPUT
 * when nothing is known under it. All in arena. */
MUST_USE bool why_item(struct house *house, struct judge *judge, struct slice what, struct arena *arena,
                       struct why *out, struct fault *fault);

#endif
