/* check: is there anything behind this address? */
#include "render/check.h"
#include "base/limits.h"
#include "door/house_rules.h"
#include "stage/link_check.h"
#include "stage/look.h"

#define CHECK_BYTES ((size_t)4 * 1024 * 1024)

static bool check(struct discern *home, const struct discern_check *wanted, struct buf *out, struct fault *trouble,
                  struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct look_kept look;
    enum fault_kind kind;
    const struct check_format *format = check_format_find(slice_from(wanted->format));
    if (arena == NULL) return fault_memory(fault);
    if (format == NULL) return fault_set(fault, FAULT_USAGE, "there is no format '%s'", wanted->format);
    struct link_check *found = arena_alloc(arena, 1, sizeof *found);
    if (found == NULL) return fault_memory(fault);
    if (!house_rules(home, arena, &rules, fault) || !look_load(&home->house, arena, &look, fault)) return false;
    if (!link_check_run(&home->house, &rules, slice_trim(slice_from(wanted->url)), arena, found, &kind, fault))
        return false;
    struct check_view view = {.check = found, .look = &look.look, .school = home->house.config.school};
    if (kind != FAULT_NONE)
        fault_set(trouble, kind, "%.*s could not be read: %.*s", SLICE_ARGS(found->url), SLICE_ARGS(found->problem));
    return format->write(&view, out, fault);
}

int discern_check_link(struct discern *home, const struct discern_check *wanted, discern_write *write, void *to,
                       struct discern_error *error) {
    struct fault fault = {0}, trouble = {0};
    AUTO(buf_free)
    struct buf out = buf_new(CHECK_BYTES);
    if (!check(home, wanted, &out, &trouble, &fault) || !door_write(&out, write, to, &fault))
        return door_status(&fault, error);
    return door_status(&trouble, error);
}
