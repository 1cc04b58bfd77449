#include "stage/due.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/when.h"

#define FIRST_BACK_OFF_S 3600
#define MOST_DOUBLINGS 5

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b) {
    return a > b ? a : b;
}

/* 0..spread-1, the same for the same source, so that many sources of one host do not all come due at once. */
static int64_t scatter(struct slice name, int64_t failures, int64_t spread) {
    if (spread <= 0) return 0;
    return (int64_t)(hash_fnv64(name, (uint64_t)failures + 1) % (uint64_t)spread);
}

/* After a failure: an hour, doubled each time, a day at most, a tenth of it scattered. */
static int64_t back_off(const struct due_facts *facts) {
    int64_t doublings = least(facts->failures - 1, MOST_DOUBLINGS);
    int64_t wait = least((int64_t)FIRST_BACK_OFF_S << doublings, DUE_LONGEST_S);
    return wait - scatter(facts->name, facts->failures, wait / 10);
}

/* Half the usual gap finds a new item soon after it appears. */
static int64_t by_rhythm(const struct due_facts *facts, const char **why) {
    if (facts->mean_gap_s < 0) {
        *why = "its rhythm is not known yet";
        return facts->every_s;
    }
    int64_t gap = most(facts->mean_gap_s, facts->quiet_s / 4);
    *why = gap >= 7 * (int64_t)DAY_S ? "changes less than once a week"
           : gap >= DAY_S            ? "changes every few days"
                                     : "changes daily or more often";
    return gap / 2;
}

static bool is_skipped(const struct due_facts *facts, int64_t instant_s) {
    struct civil civil = when_to_civil(instant_s);
    return (facts->skip_hours >> civil.hour & 1) != 0 || (facts->skip_days >> when_weekday(instant_s) & 1) != 0;
}

/* The first full hour that the feed does not ask to skip; a feed that skips every hour of the week is not obeyed. */
static int64_t past_skipped(const struct due_facts *facts, int64_t instant_s, const char **why) {
    int64_t at = instant_s;
    for (int hour = 0; hour < 7 * 24; hour++) {
        if (!is_skipped(facts, at)) return at;
        *why = "asks not to be read at these hours";
        at = at / 3600 * 3600 + 3600;
    }
    return instant_s;
}

int64_t due_next(const struct due_facts *facts, const char **why) {
    const char *unused;
    if (why == NULL) why = &unused;
    int64_t next;
    if (facts->failures > 0) {
        *why = "could not be read last time";
        next = facts->now_s + back_off(facts);
    } else {
        int64_t wait = most(by_rhythm(facts, why), facts->every_s);
        if (facts->ttl_s > wait) {
            wait = facts->ttl_s;
            *why = "asks to be left alone that long";
        }
        if (facts->expires_s != WHEN_ABSENT && facts->expires_s - facts->now_s > wait) {
            wait = facts->expires_s - facts->now_s;
            *why = "says that its answer keeps that long";
        }
        wait = least(wait, most(DUE_LONGEST_S, facts->every_s));
        next = past_skipped(facts, facts->now_s + wait, why);
    }
    if (facts->retry_at_s != WHEN_ABSENT && facts->retry_at_s > next) {
        *why = "asked us to come back later";
        next = least(facts->retry_at_s, facts->now_s + LIMIT_RETRY_AFTER_S);
    }
    return next;
}
