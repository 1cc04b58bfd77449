#include "stage/answered.h"

#include "base/when.h"
#include "stage/due.h"

#define FAILURES_OF_A_MOVE 3 /* after these the old address is asked again */
#define COMPARED_MOST_S (8 * (int64_t)DAY_S)
#define GAP_ITEMS 10 /* the newest items that the rhythm is read from */

static void set_due(struct source_state *state, const struct source *source, int64_t now_s) {
    struct due_facts facts = {
        .now_s = now_s,
        .every_s = source->every_s,
        .mean_gap_s = state->mean_gap_s,
        .quiet_s = state->last_new_item_s == WHEN_ABSENT ? -1 : now_s - state->last_new_item_s,
        .ttl_s = state->ttl_s,
        .expires_s = state->expires_s,
        .retry_at_s = state->retry_at_s,
        .failures = state->failures,
        .skip_hours = state->skip_hours,
        .skip_days = state->skip_days,
        .name = state->name,
    };
    const char *why = "";
    state->next_due_s = due_next(&facts, &why);
    state->due_why = slice_from(why);
}

static void note_answer(struct source_state *state, const struct response *response, int64_t now_s) {
    state->last_answer_s = now_s;
    state->last_status = response->status;
    state->failures = 0;
    state->last_reason = (struct slice){NULL, 0};
    state->expires_s = response->expires_s;
    state->retry_at_s = response->retry_at_s;
    state->answers++;
    state->wire_bytes += (int64_t)response->wire_bytes;
}

bool answered_is_moved(const struct source_state *state) {
    return state->moved_times >= ANSWERED_MOVES_BELIEVED;
}

bool answered_may_compare(const struct source_state *state, int64_t now_s) {
    return state->last_whole_s != WHEN_ABSENT && now_s - state->last_whole_s <= COMPARED_MOST_S;
}

static void forget_move(struct source_state *state) {
    state->moved_to = (struct slice){NULL, 0};
    state->moved_times = 0;
}

/* Counted while it leads to the same place; anything else starts anew. Once believed, the new place is what was asked,
 * and an answer from there says no more of the move. */
static void note_move(struct source_state *state, const struct response *response) {
    if (answered_is_moved(state)) return;
    bool same = slice_equal(state->moved_to, response->final_url);
    if (!response->moved_for_good || !same) forget_move(state);
    if (!response->moved_for_good) return;
    state->moved_to = response->final_url;
    state->moved_times++;
}

int64_t answered_mean_gap(const struct page *page) {
    int64_t newest[GAP_ITEMS];
    int count = 0;
    for (size_t i = 0; i < page->items.count; i++) {
        int64_t when_s = page->items.at[i].published_s;
        if (when_s == WHEN_ABSENT) continue;
        int at = count < GAP_ITEMS ? count++ : when_s > newest[GAP_ITEMS - 1] ? GAP_ITEMS - 1 : -1;
        if (at < 0) continue;
        newest[at] = when_s;
        for (; at > 0 && newest[at] > newest[at - 1]; at--) {
            int64_t swap = newest[at];
            newest[at] = newest[at - 1];
            newest[at - 1] = swap;
        }
    }
    return count < 2 ? -1 : (newest[0] - newest[count - 1]) / (count - 1);
}

void answered_well(struct source_state *state, const struct source *source, const struct response *response,
                   const struct page *page, int64_t now_s) {
    note_answer(state, response, now_s);
    note_move(state, response);
    state->last_success_s = state->last_whole_s = now_s;
    state->etag = response->etag;
    state->last_modified = response->last_modified;
    state->validated_url = response->final_url;
    state->ttl_s = page->feed.ttl_s;
    state->skip_hours = page->feed.skip_hours;
    state->skip_days = page->feed.skip_days;
    if (!slice_is_absent(page->feed.title)) state->feed_title = page->feed.title;
    if (!slice_is_absent(page->feed.url)) state->feed_site = page->feed.url;
    int64_t gap = answered_mean_gap(page);
    if (gap >= 0) state->mean_gap_s = gap;
    state->cursor = page->cursor;
    set_due(state, source, now_s);
    if (!page->more) return;
    /* A run that ends between two pages is gone on with by the next one, however soon. */
    state->next_due_s = state->retry_at_s == WHEN_ABSENT ? now_s : state->retry_at_s;
    state->due_why = SLICE("has more to read");
}

void answered_counts(struct source_state *state, int64_t made, int64_t changed, int64_t kept, int64_t now_s) {
    state->items_new += made;
    state->items_changed += changed;
    state->items_kept += kept;
    if (made > 0) state->last_new_item_s = now_s;
}

void answered_unchanged(struct source_state *state, const struct source *source, const struct response *response,
                        int64_t now_s) {
    note_answer(state, response, now_s);
    note_move(state, response);
    state->last_success_s = now_s;
    state->unchanged++;
    if (!slice_is_absent(response->etag)) state->etag = response->etag;
    if (!slice_is_absent(response->last_modified)) state->last_modified = response->last_modified;
    set_due(state, source, now_s);
}

void answered_badly(struct source_state *state, const struct source *source, const struct response *response,
                    struct slice reason, int64_t now_s) {
    state->last_status = response->status;
    if (response->status != 0) state->last_answer_s = now_s;
    state->failures++;
    state->last_reason = reason;
    state->retry_at_s = response->retry_at_s;
    state->wire_bytes += (int64_t)response->wire_bytes;
    bool moved = answered_is_moved(state);
    if (response->status == 410 && !moved) state->retired_s = now_s;
    /* The new place may be gone again while the old one is still there: it is asked next. */
    bool refused = response->status >= 400 && response->status < 500 && response->status != 429;
    if (moved && (refused || state->failures >= FAILURES_OF_A_MOVE)) forget_move(state);
    set_due(state, source, now_s);
}

void answered_not(struct source_state *state, const struct response *response) {
    state->retry_at_s = response->retry_at_s;
    if (response->retry_at_s <= state->next_due_s) return;
    state->next_due_s = response->retry_at_s;
    state->due_why = SLICE("shares a server that is left alone until then");
}
