/* answered: what an answer makes of a source's state: when it is asked next, how often it failed, where it moved. Pure.
 */
#ifndef DISCERN_STAGE_ANSWERED_H
#define DISCERN_STAGE_ANSWERED_H

#include "model/exchange.h"
#include "model/item.h"
#include "model/source.h"
#include "store/sources.h"

/* A 301/308 is believed after it led to the same place on this many runs. */
#define ANSWERED_MOVES_BELIEVED 5

/* A whole answer was read: `made` new items of `seen`. Validators belong to the last page's address only. */
void answered_well(struct source_state *state, const struct source *source, const struct response *response,
                   const struct page *page, int64_t now_s);
/* How many of the page's items were new and changed. */
void answered_counts(struct source_state *state, int64_t made, int64_t changed, int64_t kept, int64_t now_s);
/* 304. */
void answered_unchanged(struct source_state *state, const struct source *source, const struct response *response,
                        int64_t now_s);
/* No answer, an answer that could not be read, or a refusal; `reason` is one line of words. */
void answered_badly(struct source_state *state, const struct source *source, const struct response *response,
                    struct slice reason, int64_t now_s);
/* It was not asked since its host is left alone until response->retry_at_s: no failure of its own. */
void answered_not(struct source_state *state, const struct response *response);
/* Its move is believed: it is asked at state->moved_to. */
bool answered_is_moved(const struct source_state *state);
/* Whether it may be asked with validators: after eight days of "unchanged" it is asked for the whole once, since a
 * server that says so for ever would silence a feed. */
bool answered_may_compare(const struct source_state *state, int64_t now_s);
/* The mean gap between the newest items of a page, -1 when fewer than two have a date. */
int64_t answered_mean_gap(const struct page *page);

#endif
