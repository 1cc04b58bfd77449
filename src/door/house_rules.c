#include "door/house_rules.h"

#include "stage/rules_kept.h"

bool house_rules(struct discern *home, struct arena *arena, struct ruleset *out, struct fault *fault) {
    struct problems problems = {.arena = arena};
    struct rules_force force;
    bool loaded = rules_in_force(&home->house, arena, out, &force, &problems, fault);
    door_show_problems(&problems, home->report, home->report_to);
    return loaded;
}
