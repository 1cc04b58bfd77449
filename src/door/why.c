#include "stage/why.h"
#include "base/jwrite.h"
#include "base/limits.h"
#include "base/when.h"
#include "door/choice.h"
#include "door/explain.h"
#include "door/session.h"
#include "door/verdict_json.h"
#include "model/item_json.h"
#include "stage/rules_kept.h"

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
    if (!slice_is_empty(why->page.archive_url))
        buf_printf(out, "%.*s: %.*s\na copy: %.*s\n", SLICE_ARGS(why->page.url), SLICE_ARGS(why->page.problem),
                   SLICE_ARGS(why->page.archive_url));
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

static void write_page_json(const struct article_row *page, struct jwrite *json) {
    jwrite_key(json, "page");
    if (slice_is_absent(page->key)) {
        jwrite_null(json);
        return;
    }
    jwrite_object(json);
    jwrite_member(json, "url", page->url);
    jwrite_member(json, "title", page->article.title);
    jwrite_key(json, "published");
    jwrite_instant(json, page->article.published_s);
    jwrite_key(json, "read");
    jwrite_instant(json, page->read_s);
    jwrite_member_int(json, "status", page->status);
    jwrite_member(json, "problem", page->problem);
    jwrite_member(json, "archive_url", page->archive_url);
    jwrite_end_object(json);
}

static bool write_json(const struct why *why, const struct judge *judge, const char *topic, struct buf *out,
                       struct fault *fault) {
    struct jwrite json = jwrite_to(out);
    jwrite_object(&json);
    jwrite_key(&json, "item");
    item_json_write(&json, &why->item.item);
    write_page_json(&why->page, &json);
    jwrite_key(&json, "verdict");
    verdict_json_write(&json, why->input.document.id, &why->verdict, VERDICT_EXPLAINED);
    jwrite_key(&json, "digests");
    jwrite_array(&json);
    for (size_t i = 0; i < why->shown.count; i++) write_shown(&why->shown.at[i], &json);
    jwrite_end_array(&json);
    bool told = true;
    if (topic != NULL) {
        jwrite_key(&json, "not");
        told = explain_topic_json(judge, &why->verdict, topic, &json, fault);
    }
    jwrite_end_object(&json);
    buf_add_char(out, '\n');
    return told;
}

static bool write_page(const struct why *why, const struct judge *judge, const char *topic, struct buf *out,
                       struct fault *fault) {
    AUTO(buf_free)
    struct buf more = buf_new((size_t)256 * 1024);
    if (topic != NULL && !explain_topic(judge, &why->verdict, topic, &more, fault)) return false;
    if (why->shown.count == 0) buf_add_text(&more, "It has not stood in a digest.\n");
    for (size_t i = 0; i < why->shown.count; i++) add_sum(&why->shown.at[i], &more);
    return explain_page(&why->input.document, &why->verdict, buf_slice(&more), out, fault);
}

static bool write_why(const struct why *why, const struct judge *judge, const struct discern_why *wanted,
                      struct buf *out, struct fault *fault) {
    if (wanted->form == DISCERN_JSON) return write_json(why, judge, wanted->topic, out, fault);
    if (wanted->form == DISCERN_HTML) return write_page(why, judge, wanted->topic, out, fault);
    write_text(why, wanted->colour ? EXPLAIN_COLOURED : EXPLAIN_PLAIN, out);
    if (wanted->topic == NULL) return true;
    buf_add_char(out, '\n');
    return explain_topic(judge, &why->verdict, wanted->topic, out, fault);
}

static bool explain(struct discern *home, const struct discern_why *wanted, struct problems *problems, struct buf *out,
                    struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct why why;
    if (arena == NULL) return fault_memory(fault);
    struct rules_force force;
    if (!rules_in_force(&home->house, arena, &rules, &force, problems, fault)) return false;
    AUTO(judge_free)
    struct judge *judge = judge_new(&rules, fault);
    if (judge == NULL || !why_item(&home->house, judge, slice_from(wanted->what), arena, &why, fault)) return false;
    return write_why(&why, judge, wanted, out, fault);
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
