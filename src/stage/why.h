/* why: one kept item judged again, with every place where words of the rules stand; and the sum of points that it was
 * placed by, where it stood in a digest. Reads only. */
#ifndef DISCERN_STAGE_WHY_H
#define DISCERN_STAGE_WHY_H

#include "classify/judge.h"
#include "stage/house.h"
#include "store/articles.h"
#include "store/digests.h"
#include "store/verdicts.h"

struct why {
    struct item_row item;
    struct to_judge input;
    struct article_row
        page; /* that it is or points to: the first that was read or has a copy, else the first; key absent = none */
    struct verdict verdict;  /* with hits */
    struct shown_list shown; /* entries that it led or was a member of, oldest first */
};

/* The kept item alone, by the same names. */
MUST_USE bool why_find(struct house *house, struct slice what, struct arena *arena, struct item_row *out,
                       struct fault *fault);
/* `what` is "source/id", the item's own address or a page that it links to, or the code of an entry (k7f3). FAULT_INPUT
 * when nothing is known under it. All in arena. */
MUST_USE bool why_item(struct house *house, struct judge *judge, struct slice what, struct arena *arena,
                       struct why *out, struct fault *fault);

#endif
