#include "stage/paid.h"

#include <stdio.h>

#include "base/when.h"
#include "store/sources.h"

#define ACCOUNT SLICE("x")
#define MICRO 1000000.0

struct month {
    char text[WHEN_TEXT_BYTES]; /* YYYY-MM */
};

static struct month month_of(const struct house *house) {
    struct month month;
    when_date(house->options.now_s, month.text);
    month.text[7] = '\0';
    return month;
}

static int64_t micro_of(double dollars) {
    return (int64_t)(dollars * MICRO + 0.5);
}

static int64_t cost_of(const struct config *config, int64_t posts, int64_t users) {
    return posts * micro_of(config->x_post_price) + users * micro_of(config->x_user_price);
}

static int64_t worst_of(const struct config *config, const struct price_tag *tag) {
    return cost_of(config, (int64_t)tag->results * tag->posts_each, tag->users);
}

static bool is_free(const struct price_tag *tag) {
    return tag->results == 0 && tag->users == 0;
}

static bool book(struct house *house, struct slice kind, int64_t count, int64_t micro, struct fault *fault) {
    struct month month = month_of(house);
    struct spending more = {
        .account = ACCOUNT, .month = slice_from(month.text), .kind = kind, .count = count, .cost_micro = micro};
    return (count == 0 && micro == 0) || spending_add(house->store, &more, fault);
}

static bool book_alone(struct house *house, int64_t micro, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(house->store, &work, fault)) return false;
    return book(house, SLICE("under way"), 0, micro, fault) && store_commit(&work, fault);
}

bool paid_spent(const struct house *house, int64_t *micro, struct fault *fault) {
    struct month month = month_of(house);
    return spending_sum(house->store, ACCOUNT, slice_from(month.text), micro, fault);
}

static bool say_no(const struct house *house, int64_t spent, struct arena *arena, struct slice *reason) {
    double budget = house->config.x_budget;
    char *words = budget <= 0 ? arena_printf(arena, "X charges for each post, and no money is set aside for it: give "
                                                    "`x-budget DOLLARS` (a month) in discern.conf")
                              : arena_printf(arena,
                                             "the month's budget for X is used up (%.2f of %.2f dollars): it is asked "
                                             "again next month, or raise `x-budget` in discern.conf",
                                             (double)spent / MICRO, budget);
    if (words == NULL) return false;
    *reason = slice_from(words);
    return true;
}

/* As many results as the money buys, at most what was asked for. */
static unsigned results_for(const struct config *config, const struct price_tag *tag, int64_t left) {
    int64_t each = cost_of(config, tag->posts_each, 0), users = cost_of(config, 0, tag->users);
    if (left < users) return 0;
    if (each <= 0 || (left - users) / each >= tag->results) return tag->results;
    return (unsigned)((left - users) / each);
}

bool paid_hold(struct house *house, const struct source_kind *kind, struct request *request, struct arena *arena,
               struct paid_hold *hold, struct slice *reason, struct fault *fault) {
    const struct config *config = &house->config;
    int64_t spent = 0;
    *hold = (struct paid_hold){0};
    *reason = (struct slice){NULL, 0};
    if (is_free(&request->tag)) return true;
    if (!paid_spent(house, &spent, fault)) return false;
    int64_t left = micro_of(config->x_budget) - spent;
    unsigned results = results_for(config, &request->tag, left);
    bool affordable = worst_of(config, &request->tag) <= left ||
                      (request->tag.results > 0 && results >= request->tag.results_least && results > 0);
    if (!affordable) return say_no(house, spent, arena, reason) || fault_memory(fault);
    bool fewer = request->tag.results > 0 && results < request->tag.results;
    if (fewer && kind->shrink != NULL && !kind->shrink(request, results, arena)) return fault_memory(fault);
    int64_t worst = worst_of(config, &request->tag);
    if (!book_alone(house, worst, fault)) return false;
    hold->micro = worst;
    return true;
}

bool paid_settle(struct house *house, struct paid_hold *hold, const struct page *page, struct fault *fault) {
    const struct config *config = &house->config;
    int64_t posts = (int64_t)page->billed_posts, users = (int64_t)page->billed_users;
    if (!book(house, SLICE("under way"), 0, -hold->micro, fault)) return false;
    hold->micro = 0;
    return book(house, SLICE("posts"), posts, cost_of(config, posts, 0), fault) &&
           book(house, SLICE("users"), users, cost_of(config, 0, users), fault);
}

bool paid_release(struct house *house, struct paid_hold *hold, const struct response *response, struct fault *fault) {
    int64_t micro = hold->micro;
    hold->micro = 0;
    bool begun = response->state == RESPONSE_FAILED && response->status >= 200 && response->status < 300;
    return micro == 0 || begun || book_alone(house, -micro, fault);
}
