#include "stage/run.h"
#include "base/jwrite.h"
#include "base/limits.h"
#include "base/when.h"
#include "door/choice.h"
#include "door/session.h"

#define TELL_BYTES ((size_t)64 * 1024 * 1024)

struct telling {
    const struct discern_run_options *options;
    const struct curate_options *weights;
    struct fault *fault;
};

static void write_place(const struct digest *digest, const char *folder, enum discern_form form, struct buf *out) {
    size_t entries = 0;
    for (size_t i = 0; i < digest->sections.count; i++) entries += digest->sections.at[i].entries.count;
    if (form == DISCERN_TEXT) {
        buf_printf(out, "%.*s, %.*s: %zu idea%s  %s/index.html\n", SLICE_ARGS(digest->reader.title),
                   SLICE_ARGS(digest->date), entries, entries == 1 ? "" : "s", folder);
        return;
    }
    struct jwrite json = jwrite_to(out);
    jwrite_object(&json);
    jwrite_member(&json, "reader", digest->reader.name);
    jwrite_member(&json, "date", digest->date);
    jwrite_member_int(&json, "entries", (int64_t)entries);
    jwrite_member(&json, "folder", slice_from(folder));
    jwrite_end_object(&json);
    buf_add_char(out, '\n');
}

/* One line for each digest, where it is and how much is in it; or the whole choice. */
static bool tell_digest(void *to, const struct digest *digest, const char *folder) {
    struct telling *telling = to;
    const struct discern_run_options *options = telling->options;
    AUTO(buf_free)
    struct buf text = buf_new(TELL_BYTES);
    if (options->explain) choice_write(digest, telling->weights, options->form, &text);
    else write_place(digest, folder, options->form, &text);
    return door_write(&text, options->write, options->write_to, telling->fault);
}

static bool read_date(struct discern *home, const char *date, int64_t *out, struct fault *fault) {
    *out = house_today(&home->house);
    if (date == NULL) return true;
    struct slice text = slice_from(date);
    if (text.len == 10 && when_parse_rfc3339(text, out)) return true;
    return fault_set(fault, FAULT_USAGE, "'%s' is no date; write it as 2026-11-25", date);
}

int discern_run(struct discern *home, const struct discern_run_options *options, struct discern_error *error) {
    struct fault fault = {0};
    struct run_result result = {0};
    struct telling telling = {options, home->house.config.curate, &fault};
    struct problems problems = {.arena = home->arena};
    const unsigned all = DISCERN_PULL | DISCERN_FOLLOW | DISCERN_JUDGE | DISCERN_DIGEST | DISCERN_DELIVER;
    struct run_options run = {
        .legs = options->legs, /* the bits are the same */
        .source = slice_from(options->source),
        .again = options->again ? DELIVER_UNSURE_TOO : DELIVER_DUE,
        .digest = {.reader = slice_from(options->reader),
                   .out_dir = options->out_dir == NULL ? home->house.options.site_dir : options->out_dir,
                   .days = options->legs == all && options->date == NULL ? DIGEST_SCHOOL_DAYS : DIGEST_EVERY_DAY,
                   .made = tell_digest,
                   .made_to = &telling},
    };
    if (!read_date(home, options->date, &run.digest.date_s, &fault)) return door_status(&fault, error);
    bool done = run_walk(&home->house, &run, &problems, &result, &fault);
    door_show_problems(&problems, home->report, home->report_to);
    if (!done) return door_status(&fault, error);
    if (result.rules.from == RULES_KEPT && !slice_is_absent(result.rules.why))
        fault_set(&fault, FAULT_CONFIG, "%.*s; the rules of the last run stay in force", SLICE_ARGS(result.rules.why));
    else if (result.rules.from == RULES_KEPT)
        fault_set(&fault, FAULT_CONFIG,
                  "the rules do not hold, so those of the last run stay in force: mend the %zu mistake%s above",
                  problems.errors, problems.errors == 1 ? "" : "s");
    else if (result.nothing_reached)
        fault_set(&fault, FAULT_REMOTE, "no source could be reached: is the network down?");
    else if (result.sources_to_act_on > 0)
        fault_set(&fault, FAULT_REFUSED, "%lld source%s need%s a look: 'discern sources check' says why",
                  (long long)result.sources_to_act_on, result.sources_to_act_on == 1 ? "" : "s",
                  result.sources_to_act_on == 1 ? "s" : "");
    else if (result.mails_to_act_on > 0)
        fault_set(&fault, FAULT_REFUSED,
                  "%lld mail%s did not reach their receivers, or it is not known: 'discern doctor' says which and why",
                  (long long)result.mails_to_act_on, result.mails_to_act_on == 1 ? "" : "s");
    return door_status(&fault, error);
}
