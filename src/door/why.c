#include "stage/why.h"
#include "base/jwrite.h"
#include "base/limits.h"
#include "base/when.h"
#include "door/choice.h"
#include "door/explain.h"
#include "door/session.h"
#include "door/verdict_json.h"
#include "model/item_json.h"
#include "stage/rules_load.h"

static void add_sum(const struct shown *shown, struct buf *out) {
    char date[WHEN_TEXT_BYTES];
    when_date(shown->date_s, date);
    buf_printf(out, "\nDigest of %s for %.*s: place %d, %.0f of 100 points\n", date, SLICE_ARGS(shown->reader),
               shown->place, shown->score);
    for (size_t i = 0; i < shown->terms.count; i++) choice_term(&shown->terms.at[i], out);
    buf_printf(out, "  =%3.0f\n", shown->score);
}

static void write_text(const struct why *why, enum explain_colour colour, struct buf *out) {
    const struct item *item = &why->item.item;
    if (!slice_is_empty(item->title)) buf_printf(out, "%.*s\n", SLICE_ARGS(item->title));
    buf_printf(out, "%.*s\n", SLICE_ARGS(slice_is_empty(item->url) ? item->id : item->url));
    explain_verdict(&why->input.document, &why->verdict, colour, out);
    if (why->shown.count == 0) buf_add_text(out, "\nIt has not stood in a digest.\n");
    for (size_t i = 0; i < why->shown.count; i++) add_sum(&why->shown.at[i], out);
}

static void write_shown(const struct shown *shown, struct jwrite *json) {
    jwrite_object(json);
    jwrite_key(json, "date");
    jwrite_instant(json, shown->date_s);
    jwrite_member(json, "reader", shown->reader);
    jwrite_member(json, "code", shown->code);
    jwrite_member_int(json, "place", shown->place);
    jwrite_key(json, "score");
    jwrite_real(json, shown->score);
    jwrite_key(json, "terms");
    jwrite_array(json);
    for (size_t i = 0; i < shown->terms.count; i++) {
        const struct term *term = &shown->terms.at[i];
        jwrite_object(json);
        jwrite_member(json, "name", term->name);
        jwrite_key(json, "points");
        jwrite_real(json, term->points);
        jwrite_key(json, "most");
        jwrite_real(json, term->most);
        jwrite_member(json, "words", term->words);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
    jwrite_end_object(json);
}

static void write_json(const struct why *why, struct buf *out) {
    struct jwrite json = jwrite_to(out);
    jwrite_object(&json);
    jwrite_key(&json, "item");
    item_json_write(&json, &why->item.item);
    jwrite_key(&json, "verdict");
    verdict_json_write(&json, why->input.document.id, &why->verdict, VERDICT_EXPLAINED);
    jwrite_key(&json, "digests");
    jwrite_array(&json);
    for (size_t i = 0; i < why->shown.count; i++) write_shown(&why->shown.at[i], &json);
    jwrite_end_array(&json);
    jwrite_end_object(&json);
    buf_add_char(out, '\n');
}

static bool explain(struct discern *home, const struct discern_why *wanted, struct problems *problems, struct buf *out,
                    struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct why why;
    if (arena == NULL) return fault_memory(fault);
    char *folder = arena_printf(arena, "%s/rules", home->house.options.config_dir);
    if (folder == NULL) return fault_memory(fault);
    if (!rules_load(folder, arena, &rules, problems, fault)) return false;
    if (problems->errors > 0) return fault_set(fault, FAULT_CONFIG, "the rules in %s do not hold", folder);
    AUTO(judge_free)
    struct judge *judge = judge_new(&rules, fault);
    if (judge == NULL || !why_item(&home->house, judge, slice_from(wanted->what), arena, &why, fault)) return false;
    if (wanted->form == DISCERN_JSON) write_json(&why, out);
    else write_text(&why, wanted->colour ? EXPLAIN_COLOURED : EXPLAIN_PLAIN, out);
    return true;
}

int discern_explain(struct discern *home, const struct discern_why *wanted, discern_write *write, void *to,
                    struct discern_error *error) {
    struct fault fault = {0};
    struct problems problems = {.arena = home->arena};
    AUTO(buf_free)
    struct buf out = buf_new((size_t)16 * 1024 * 1024);
    bool done = explain(home, wanted, &problems, &out, &fault);
    door_show_problems(&problems, home->report, home->report_to);
    if (done) (void)door_write(&out, write, to, &fault);
    return door_status(&fault, error);
}
