/* sources_report: the figures on sources, and readers' say on single flags. */
#include "stage/source_report.h"

#include "base/limits.h"
#include "door/house_rules.h"
#include "render/report.h"
#include "stage/flag_marks.h"
#include "stage/look.h"

#define REPORT_BYTES ((size_t)16 * 1024 * 1024)

static bool report(struct discern *home, const struct discern_sources_report *wanted, struct buf *out,
                   struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct report_set set;
    struct look_kept look;
    const struct report_format *format = report_format_find(slice_from(wanted->format));
    struct source_report_options options = {.source = slice_from(wanted->source), .days = wanted->days};
    if (arena == NULL) return fault_memory(fault);
    if (format == NULL) return fault_set(fault, FAULT_USAGE, "there is no format '%s'", wanted->format);
    if (!house_rules(home, arena, &rules, fault) || !look_load(&home->house, arena, &look, fault)) return false;
    if (!source_report_make(&home->house, &rules, &options, arena, &set, fault)) return false;
    struct report_view view = {.set = &set,
                               .scope = wanted->source == NULL ? REPORT_ALL : REPORT_ONE,
                               .look = &look.look,
                               .school = home->house.config.school};
    return format->write(&view, out, fault);
}

int discern_sources_report(struct discern *home, const struct discern_sources_report *wanted, discern_write *write,
                           void *to, struct discern_error *error) {
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf out = buf_new(REPORT_BYTES);
    if (report(home, wanted, &out, &fault)) (void)door_write(&out, write, to, &fault);
    return door_status(&fault, error);
}

static bool mark(struct discern *home, const struct discern_mark_wrong *wanted, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct slice item;
    struct flag_mark mark = {.what = slice_from(wanted->what),
                             .flag = slice_from(wanted->flag),
                             .note = slice_from(wanted->note),
                             .undo = wanted->undo};
    if (arena == NULL) return fault_memory(fault);
    if (!house_rules(home, arena, &rules, fault)) return false;
    if (!flag_mark_put(&home->house, &rules, &mark, arena, &item, fault)) return false;
    buf_printf(out,
               wanted->undo ? "'%s' on %.*s is as the rules set it again.\n"
                            : "'%s' on %.*s is marked wrong: it no longer counts, and counts as an error of the "
                              "rules. --undo takes it back.\n",
               wanted->flag, SLICE_ARGS(item));
    return true;
}

int discern_sources_mark_wrong(struct discern *home, const struct discern_mark_wrong *wanted, discern_write *write,
                               void *to, struct discern_error *error) {
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf out = buf_new(8192);
    if (mark(home, wanted, &out, &fault)) (void)door_write(&out, write, to, &fault);
    return door_status(&fault, error);
}

struct line_target {
    discern_write *write;
    void *to;
};

static bool pass_line(void *to, const struct buf *line, struct fault *fault) {
    const struct line_target *target = to;
    return door_write(line, target->write, target->to, fault);
}

int discern_export_wrong_flags(struct discern *home, discern_write *write, void *to, struct discern_error *error) {
    struct fault fault = {0};
    struct line_target target = {write, to};
    return flag_marks_export(&home->house, pass_line, &target, &fault) ? DISCERN_DONE : door_status(&fault, error);
}
