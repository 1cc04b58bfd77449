/* taste: how what readers said becomes weights: small, bounded, the same rule for everybody, told in words. Pure. */
#ifndef DISCERN_PRACTICE_TASTE_H
#define DISCERN_PRACTICE_TASTE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "model/taste.h"

/* Points of one mark on the post's topic and on its source, and how far many can go. */
#define TASTE_TOPIC_POINTS 2
#define TASTE_TOPIC_MOST 6
#define TASTE_SOURCE_POINTS 1
#define TASTE_SOURCE_MOST 4

/* Weights by topics, then by sources, each by id; those that come to nothing are left out. In arena. FAULT_MEMORY. */
MUST_USE bool taste_of_opinions(const struct opinion_list *opinions, struct arena *arena, struct taste_list *out,
                                struct fault *fault);

#endif
