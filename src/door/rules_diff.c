#include "stage/rules_diff.h"

#include "base/jwrite.h"
#include "base/limits.h"
#include "door/rulebook.h"
#include "door/session.h"
#include "stage/rules_kept.h"

#define ANSWER_BYTES ((size_t)16 * 1024 * 1024)

/* ---- in words ---- */

static const char *plural(int64_t count) {
    return count == 1 ? "" : "s";
}

static void write_side(const struct diff_side *side, char sign, struct buf *out) {
    for (size_t i = 0; i < side->sample_count; i++) {
        const struct diff_sample *sample = &side->samples[i];
        size_t before;
        buf_printf(out, "  %c %.*s\n      ", sign, SLICE_ARGS(sample->item));
        before = out->len;
        buf_add(out, sample->sentence);
        for (size_t at = before; at < out->len; at++)
            if (out->at[at] == '\n') out->at[at] = ' ';
        buf_add_char(out, '\n');
        if (!slice_is_absent(sample->rule)) buf_printf(out, "      by: %.*s\n", SLICE_ARGS(sample->rule));
    }
    if (side->count > (int64_t)side->sample_count)
        buf_printf(out, "  %c and %lld more\n", sign, (long long)(side->count - (int64_t)side->sample_count));
}

static void write_text(const struct rules_diff *diff, struct buf *out) {
    static const char *const kinds[] = {"", "flag ", "level "};
    if (diff->added + diff->removed + diff->changed == 0) {
        buf_add_text(out, "These are the rules in force: nothing would change.\n");
        return;
    }
    buf_printf(out, "%zu rule%s added, %zu removed, %zu changed%s.\n", diff->added, plural((int64_t)diff->added),
               diff->removed, diff->changed, diff->everything ? ", with numbers or words that concern every post" : "");
    buf_printf(out, "Of %lld post%s kept, the change can touch %lld; %lld would be judged otherwise.\n",
               (long long)diff->posts, plural(diff->posts), (long long)diff->touched, (long long)diff->differing);
    for (size_t i = 0; i < diff->row_count; i++) {
        const struct diff_row *row = &diff->rows[i];
        buf_printf(out, "\n%s%.*s  %.*s: %lld gained, %lld lost\n", kinds[row->kind], SLICE_ARGS(row->id),
                   SLICE_ARGS(row->label), (long long)row->gained.count, (long long)row->lost.count);
        write_side(&row->gained, '+', out);
        write_side(&row->lost, '-', out);
    }
    if (diff->row_count > 0)
        buf_add_text(out, "\nA sentence that should not have come belongs on a 'no' line of its rule, one that should "
                          "have stayed on a 'yes' line.\n");
}

/* ---- as JSON ---- */

static void write_samples(struct jwrite *json, const char *key, const struct diff_side *side) {
    jwrite_key(json, key);
    jwrite_object(json);
    jwrite_member_int(json, "posts", side->count);
    jwrite_key(json, "samples");
    jwrite_array(json);
    for (size_t i = 0; i < side->sample_count; i++) {
        jwrite_object(json);
        jwrite_member(json, "item", side->samples[i].item);
        jwrite_member(json, "sentence", side->samples[i].sentence);
        jwrite_member(json, "rule", side->samples[i].rule);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
    jwrite_end_object(json);
}

static void write_json(const struct rules_diff *diff, struct buf *out) {
    static const char *const kinds[] = {"topic", "flag", "level"};
    struct jwrite json = jwrite_to(out);
    jwrite_object(&json);
    jwrite_member_int(&json, "rules_added", (int64_t)diff->added);
    jwrite_member_int(&json, "rules_removed", (int64_t)diff->removed);
    jwrite_member_int(&json, "rules_changed", (int64_t)diff->changed);
    jwrite_member_bool(&json, "everything", diff->everything);
    jwrite_member_int(&json, "posts", diff->posts);
    jwrite_member_int(&json, "touched", diff->touched);
    jwrite_member_int(&json, "differing", diff->differing);
    jwrite_key(&json, "tags");
    jwrite_array(&json);
    for (size_t i = 0; i < diff->row_count; i++) {
        const struct diff_row *row = &diff->rows[i];
        jwrite_object(&json);
        jwrite_member(&json, "kind", slice_from(kinds[row->kind]));
        jwrite_member(&json, "id", row->id);
        jwrite_member(&json, "label", row->label);
        write_samples(&json, "gained", &row->gained);
        write_samples(&json, "lost", &row->lost);
        jwrite_end_object(&json);
    }
    jwrite_end_array(&json);
    jwrite_end_object(&json);
    buf_add_char(out, '\n');
}

/* ---- the door ---- */

/* Those that made the verdicts; before a first run, those of the home. */
static bool rules_of_now(struct discern *home, struct arena *arena, struct ruleset *out, struct problems *problems,
                         struct fault *fault) {
    bool found;
    struct rules_force force;
    if (!rules_kept(&home->house, arena, out, &found, fault)) return false;
    return found || rules_in_force(&home->house, arena, out, &force, problems, fault);
}

static bool compare(struct discern *home, const struct rulebook *book, enum discern_form form, struct buf *out,
                    struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset now = {0};
    struct problems problems = {.arena = arena};
    struct rules_diff diff;
    if (arena == NULL) return fault_memory(fault);
    if (!rules_of_now(home, arena, &now, &problems, fault)) return false;
    if (!rules_diff_run(&home->house, &now, &book->set, arena, &diff, fault)) return false;
    if (form == DISCERN_JSON) write_json(&diff, out);
    else write_text(&diff, out);
    return true;
}

int discern_rules_diff(struct discern *home, const struct discern_rules *options, discern_write *write, void *to,
                       struct discern_error *error) {
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf out = buf_new(ANSWER_BYTES);
    AUTO(rulebook_free)
    struct rulebook book = {0};
    char *own = arena_printf(home->arena, "%s/rules", home->house.options.config_dir);
    struct rulebook_wish wish = {options->rules_dir != NULL ? options->rules_dir : own, options->report,
                                 options->report_to};
    if (own == NULL) fault_memory(&fault);
    if (own == NULL || rulebook_open(&wish, &book, &fault) != DISCERN_DONE) return door_status(&fault, error);
    if (compare(home, &book, options->form, &out, &fault)) (void)door_write(&out, write, to, &fault);
    return door_status(&fault, error);
}
