#include "door/house_rules.h"

#include "stage/rules_load.h"

bool house_rules(struct discern *home, struct arena *arena, struct ruleset *out, struct fault *fault) {
    struct problems problems = {.arena = arena};
    char *folder = arena_printf(arena, "%s/rules", home->house.options.config_dir);
    if (folder == NULL) return fault_memory(fault);
    bool loaded = rules_load(folder, arena, out, &problems, fault);
    door_show_problems(&problems, home->report, home->report_to);
    if (!loaded) return false;
    return problems.errors == 0 || fault_set(fault, FAULT_CONFIG, "the rules in %s do not hold", folder);
}
