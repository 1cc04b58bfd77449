/* numbers: what the settings blocks of the rules tell the judge to weigh with. Internal to weigh. */
#ifndef DISCERN_CLASSIFY_NUMBERS_H
#define DISCERN_CLASSIFY_NUMBERS_H

#include <stddef.h>

struct topic_numbers {
    double strong, phrase, exact, near, weak, title, lead, lead_words, needs, grows, from, length, single, share;
    double titled;
    double rank[3]; /* times its points that the first, the second and each further topic must have */
    size_t most;
};
struct idea_numbers {
    double needs, practice, system, topicless, traceable, account, sells, length, length_words, education, damping,
        most;
};
struct sum_numbers {
    double needs, grows, from, again;
};

#endif
