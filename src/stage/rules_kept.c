#include "stage/rules_kept.h"

#include "base/limits.h"
#include "stage/rules_load.h"
#include "store/runs.h"

#define KEPT_FACT SLICE("rules-text")

bool rules_keep(const struct house *house, const struct ruleset *rules, struct fault *fault) {
    AUTO(buf_free)
    struct buf text = buf_new((size_t)16 * 1024 * 1024);
    ruleset_write(rules, &text);
    return buf_check(&text, "the rules", fault) && facts_put(house->store, KEPT_FACT, buf_slice(&text), fault);
}

bool rules_kept(const struct house *house, struct arena *arena, struct ruleset *out, bool *found, struct fault *fault) {
    struct rules_file file = {.name = SLICE("the rules of the last run")};
    struct problems problems = {.arena = arena};
    AUTO(ruleset_free)
    struct ruleset set = {0};
    *found = false;
    if (!facts_get(house->store, KEPT_FACT, arena, &file.text, fault)) return false;
    if (slice_is_empty(file.text)) return true;
    if (!ruleset_read(&file, 1, arena, &set, &problems, fault)) return false;
    if (problems.errors > 0) return true;
    if (!ruleset_identify(&set, arena, fault)) return false;
    *out = set;
    set = (struct ruleset){0};
    *found = true;
    return true;
}

bool rules_in_force(const struct house *house, struct arena *arena, struct ruleset *out, struct rules_force *force,
                    struct problems *problems, struct fault *fault) {
    AUTO(ruleset_free)
    struct ruleset set = {0};
    bool found;
    char *folder = arena_printf(arena, "%s/rules", house->options.config_dir);
    if (folder == NULL) return fault_memory(fault);
    bool read = rules_load(folder, arena, &set, problems, fault);
    if (!read && fault->kind != FAULT_CONFIG) return false;
    *force = (struct rules_force){.from = read && problems->errors == 0 ? RULES_OF_THE_HOUSE : RULES_KEPT};
    if (force->from == RULES_OF_THE_HOUSE) {
        *out = set;
        set = (struct ruleset){0};
        return true;
    }
    struct fault other = {0};
    if (!rules_kept(house, arena, out, &found, &other)) {
        *fault = other;
        return false;
    }
    if (found && !read && !arena_copy(arena, slice_from(fault->text), &force->why)) return fault_memory(fault);
    if (found) fault_clear(fault);
    if (found || !read) return found;
    return fault_set(fault, FAULT_CONFIG, "the rules in %s do not hold (%zu mistake%s): nothing was done", folder,
                     problems->errors, problems->errors == 1 ? "" : "s");
}
