/* taste: what readers said of what they were shown, as weights in plain words. Nothing is learnt silently: each weight
 * says which marks it comes from, and goes when they are taken back. */
#ifndef DISCERN_MODEL_TASTE_H
#define DISCERN_MODEL_TASTE_H

#include "base/slice.h"

enum opinion_kind { OPINION_USEFUL, OPINION_NOT_FOR_US, OPINION_ALREADY_DO };

/* One standing mark, with what the post is mainly about. */
struct opinion {
    enum opinion_kind kind;
    struct slice item;                /* "source/id" */
    struct slice topic, topic_label;  /* of the post; absent = none */
    struct slice source, source_name; /* name, and title as readers know it */
};
struct opinion_list {
    struct opinion *at;
    size_t count, capacity;
};

enum taste_of { TASTE_TOPIC, TASTE_SOURCE };
struct taste {
    enum taste_of of;
    struct slice id;
    double points;      /* added to every post of that topic or source; never 0 */
    struct slice words; /* "+2 points for every post on Feedback: 1 was useful" */
};
struct taste_list {
    struct taste *at;
    size_t count, capacity;
};

#endif
