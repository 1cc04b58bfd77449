/* options: the weights, caps and the bar of choosing, as one table. The `choose` block of discern.conf fills it. */
#ifndef DISCERN_CURATE_OPTIONS_H
#define DISCERN_CURATE_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "base/option.h"

struct curate_options {
    /* most points that each term can give or take */
    double evidence, fit, usable, fresh, shared, tried, hype, repeat;
    double fresh_half_h; /* hours after which freshness is worth half */
    double bar;          /* stories with fewer points are not shown */
    double topic_cover;  /* pull towards topics that the list does not hold yet */
    double likeness;     /* push away from what the list holds already */
    int64_t per_author, per_host, per_topic;
    int64_t network_percent; /* of the list, from three entries on */
    int64_t check_first;     /* entries in "Check first" */
    int64_t deepening;       /* entries that deepen the focus */
    int64_t classroom;       /* places kept for a classroom account */
    int64_t new_voice;       /* places kept for a source seldom shown */
    int64_t challenge;       /* places kept for what speaks against a view often shown */
    int64_t repeat_days;     /* a story or idea is not shown again within so many days */
    int64_t window_days;     /* items first seen before that are too old */
};

extern const struct option curate_option_table[];
extern const size_t curate_option_count;

#endif
