#include "fetch/pace.h"

/* splitmix64 (Steele, Lea, Flood 2014): one step, so that near seeds give far numbers. */
static uint64_t scatter(uint64_t x) {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* 75 % to 125 % of `ms`. */
static int64_t jittered(int64_t ms, uint64_t seed) {
    int64_t per_mille = 750 + (int64_t)(scatter(seed) % 501);
    return ms / 1000 * per_mille + ms % 1000 * per_mille / 1000;
}

int64_t pace_backoff_ms(unsigned failures, int64_t first_ms, int64_t most_ms, uint64_t seed) {
    if (failures == 0) return 0;
    int64_t wait_ms = first_ms < most_ms ? first_ms : most_ms;
    for (unsigned i = 1; i < failures && wait_ms < most_ms; i++)
        wait_ms = wait_ms > most_ms / 2 ? most_ms : wait_ms * 2;
    return jittered(wait_ms, seed ^ (failures * UINT64_C(0x100000000)));
}

bool pace_may_start(const struct pace *pace, const struct pace_rules *rules, int64_t now_ms, int64_t *at_ms) {
    int64_t from_ms = pace->until_ms;
    if (rules->spacing_ms > 0 && pace->next_ms > from_ms) from_ms = pace->next_ms;
    if (pace->in_flight >= rules->at_once) {
        *at_ms = INT64_MAX;
        return false;
    }
    if (from_ms <= now_ms) return true;
    *at_ms = from_ms;
    return false;
}

void pace_started(struct pace *pace, const struct pace_rules *rules, int64_t now_ms) {
    pace->in_flight++;
    if (rules->spacing_ms <= 0) return;
    int64_t next_ms = now_ms + jittered(rules->spacing_ms, rules->seed ^ (uint64_t)now_ms);
    if (next_ms > pace->next_ms) pace->next_ms = next_ms;
}

void pace_ended(struct pace *pace, const struct pace_rules *rules, enum pace_event event, int64_t wait_ms,
                int64_t now_ms) {
    if (pace->in_flight > 0) pace->in_flight--;
    int64_t until_ms = 0;
    pace->failures = event == PACE_FAILED ? pace->failures + 1 : 0;
    if (event == PACE_WAIT) {
        until_ms = now_ms + (wait_ms >= 0 ? wait_ms : jittered(PACE_WAIT_MS, rules->seed));
    } else if (pace->failures >= PACE_FAILURES_MOST) {
        unsigned over = pace->failures - PACE_FAILURES_MOST + 1;
        until_ms = now_ms + pace_backoff_ms(over, PACE_BACKOFF_FIRST_MS, PACE_BACKOFF_MOST_MS, rules->seed);
    }
    if (until_ms > pace->until_ms) pace->until_ms = until_ms;
}
