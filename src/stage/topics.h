/* topics: the topics that the rules know, for whoever names one: by id, by the words that people read, or as what a
 * sentence is about. */
#ifndef DISCERN_STAGE_TOPICS_H
#define DISCERN_STAGE_TOPICS_H

#include "classify/judge.h"
#include "stage/house.h"

struct topic_guide {
    struct ruleset rules;
    struct judge *judge; /* owned */
};

/* Reads the house's rules; what it gives lives as long as `arena` and the guide. Release with topic_guide_free. */
MUST_USE bool topic_guide_open(const struct house *house, struct arena *arena, struct topic_guide *out,
                               struct fault *fault);
/* For AUTO. */
void topic_guide_free(struct topic_guide *guide);

/* The id of the topic (or heading over topics) that `word` names, by its id or its label in any case; absent when there
 * is none. Borrowed from the rules. */
struct slice topic_named(const struct topic_guide *guide, struct slice word);
/* "Retrieval practice" for "retrieval-practice"; the id itself when the rules do not know it. */
struct slice topic_label(const struct topic_guide *guide, struct slice id);
/* What the words are about, at most three topics, added to *out; none is no fault. */
MUST_USE bool topics_of_words(const struct topic_guide *guide, struct slice words, struct arena *arena,
                              struct slice_list *out, struct fault *fault);

#endif
