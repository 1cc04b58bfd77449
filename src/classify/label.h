/* label: what a person said of one document by reading it. */
#ifndef DISCERN_CLASSIFY_LABEL_H
#define DISCERN_CLASSIFY_LABEL_H

#include "model/report.h"
#include "model/verdict.h"

struct label {
    bool flags_only;                       /* nothing is said but of the flags below: nothing else is scored */
    report_flags flags_known, flags_meant; /* of the source report; meant is part of known */
    struct slice_list topics;              /* each an id, or several with '|' between them: any of them finds it */
    bool idea, hype, promotion;
    int level; /* 0..4 */
    enum stance myth;
};

/* Whether `id` stands among the alternatives "a|b|c". */
bool label_names(struct slice alternatives, struct slice id);
bool label_means(const struct label *label, struct slice topic);

#endif
