#include "door/rulebook.h"

#include "base/limits.h"
#include "door/shipped.h"
#include "stage/rules_load.h"

void rulebook_free(struct rulebook *book) {
    judge_free(&book->judge);
    ruleset_free(&book->set);
    arena_free(&book->arena);
}

void rulebook_tell(const struct rulebook_wish *wish, const struct problems *problems, enum problem_weight weight) {
    AUTO(buf_free)
    struct buf text = buf_new((size_t)64 * 1024);
    for (size_t i = 0; i < problems->count && wish->report != NULL; i++) {
        if (problems->at[i].weight > weight) continue;
        buf_clear(&text);
        problem_describe(&problems->at[i], &text);
        wish->report(wish->report_to, DISCERN_PROBLEM, buf_text(&text));
    }
}

int rulebook_open(const struct rulebook_wish *wish, struct rulebook *out, struct fault *fault) {
    *out = (struct rulebook){.arena = arena_new(LIMIT_ARENA_BYTES)};
    if (out->arena == NULL) {
        fault_memory(fault);
        return DISCERN_ACT;
    }
    struct problems problems = {.arena = out->arena};
    const char *folder = wish->folder != NULL ? wish->folder : shipped_rules_dir();
    if (!rules_load(folder, out->arena, &out->set, &problems, fault))
        return fault->kind == FAULT_CONFIG ? DISCERN_WRONG : DISCERN_ACT;
    rulebook_tell(wish, &problems, PROBLEM_ERROR);
    if (problems.errors > 0) {
        fault_set(fault, FAULT_CONFIG, "%s: the rules do not hold: mend the %zu mistake%s", folder, problems.errors,
                  problems.errors == 1 ? "" : "s");
        return DISCERN_WRONG;
    }
    out->judge = judge_new(&out->set, fault);
    return out->judge == NULL ? DISCERN_ACT : DISCERN_DONE;
}

/* The id nearest to this one, or NULL; in arena. */
static const char *nearest(const struct ruleset *set, enum rulebook_sought sought, struct slice id,
                           struct arena *arena) {
    const char **known = arena_alloc(arena, set->block_count + 1, sizeof *known);
    size_t count = 0;
    for (size_t i = 0; known != NULL && i < set->block_count; i++) {
        if (sought == RULEBOOK_TOPIC && set->blocks[i].kind != BLOCK_TOPIC) continue;
        known[count] = arena_text(arena, set->blocks[i].id);
        if (known[count] != NULL) count++;
    }
    return known == NULL ? NULL : problem_nearest(id, known, count);
}

bool rulebook_none(const struct ruleset *set, enum rulebook_sought sought, struct slice id, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    const char *what = sought == RULEBOOK_TOPIC ? "topic" : "rule";
    const char *near = arena == NULL ? NULL : nearest(set, sought, id, arena);
    if (near == NULL)
        return fault_set(fault, FAULT_USAGE, "there is no %s '%.*s': 'discern rules export' lists all", what,
                         SLICE_ARGS(id));
    return fault_set(fault, FAULT_USAGE, "there is no %s '%.*s': did you mean '%s'? 'discern rules export' lists all",
                     what, SLICE_ARGS(id), near);
}
