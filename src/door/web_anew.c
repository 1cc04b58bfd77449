/* web_anew: a configuration that is changed while `serve` runs is taken up by the next request. */
#include "base/limits.h"
#include "door/web.h"

#define TOLD_MOST 3u /* mistakes that a page tells; the rest is told by `discern doctor` */
#define TOLD_BYTES ((size_t)16 * 1024)

void web_house_close(struct web_house *house) {
    arena_free(&house->trouble);
    house->mistakes = (struct slice){NULL, 0};
}

static bool keep_mistakes(struct web_house *house, const struct problems *problems, const struct fault *why) {
    AUTO(buf_free)
    struct buf text = buf_new(TOLD_BYTES);
    size_t told = 0;
    house->trouble = arena_new(LIMIT_ARENA_BYTES);
    if (house->trouble == NULL) return false;
    for (size_t i = 0; i < problems->count && told < TOLD_MOST; i++)
        if (problems->at[i].weight == PROBLEM_ERROR && ++told > 0) problem_describe(&problems->at[i], &text);
    if (problems->errors > told) buf_printf(&text, "and %zu more: see 'discern doctor'\n", problems->errors - told);
    if (told == 0) buf_add_text(&text, why->text);
    return arena_copy(house->trouble, buf_failed(&text) ? slice_from(why->text) : buf_slice(&text), &house->mistakes);
}

bool web_take_up(struct web_house *house) {
    struct house *home = &house->home->house;
    struct fault fault = {0};
    uint64_t stamp = house_stamp(home);
    if (stamp == house->stamp) return true;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return false;
    struct problems problems = {.arena = arena};
    web_house_close(house);
    house->stamp = stamp;
    bool holds = house_reload(home, &problems, &fault);
    if (holds) return true;
    return fault.kind != FAULT_MEMORY && keep_mistakes(house, &problems, &fault);
}
