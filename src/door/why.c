#include "stage/why.h"
#include "base/jwrite.h"
#include "base/limits.h"
#include "base/when.h"
#include "door/choice.h"
#include "door/explain.h"
#include "door/session.h"
#include "door/verdict_json.h"
#include "model/article_json.h"
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

/* Which lists it was looked at for and is not in, and why; the newest with its sum. */
static void add_left(const struct why *why, struct buf *out) {
    if (!slice_is_empty(why->not_looked_at))
        buf_printf(out, "It was looked at for no list: %.*s.\n", SLICE_ARGS(why->not_looked_at));
    for (size_t i = 0; i < why->left.count; i++) {
        const struct why_left *one = &why->left.at[i];
        char date[WHEN_TEXT_BYTES];
        when_date(one->date_s, date);
        buf_printf(out, "\nLeft out on %s for %.*s: %.*s\n", date, SLICE_ARGS(one->reader), SLICE_ARGS(one->left.why));
        if (one->with_another)
            buf_printf(out, "  with %.*s, which leads the story that it belongs to\n", SLICE_ARGS(one->left.lead));
        for (size_t t = 0; i == 0 && t < one->left.terms.count; t++) choice_term(&one->left.terms.at[t], out);
        buf_printf(out, "  %s%3.0f of 100; the bar is %.0f\n", one->one_of_many ? "at most" : "=", one->left.score,
                   why->bar);
    }
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
    add_left(why, out);
}

static void write_terms(const struct term_list *terms, struct jwrite *json) {
    jwrite_key(json, "terms");
    jwrite_array(json);
    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->at[i];
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
}

static void write_left(const struct why_left *one, struct jwrite *json) {
    jwrite_object(json);
    jwrite_key(json, "date");
    jwrite_instant(json, one->date_s);
    jwrite_member(json, "reader", one->reader);
    jwrite_member(json, "code", one->left.code);
    jwrite_member(json, "lead", one->left.lead);
    jwrite_member(json, "reason", slice_from(left_reason_name(one->left.reason)));
    jwrite_member(json, "why", one->left.why);
    jwrite_key(json, one->one_of_many ? "score_at_most" : "score");
    jwrite_real(json, one->left.score);
    write_terms(&one->left.terms, json);
    jwrite_end_object(json);
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
    write_terms(&shown->terms, json);
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
    article_json_write_surety(json, &page->article.surety);
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
    jwrite_key(&json, "left_out");
    jwrite_array(&json);
    for (size_t i = 0; i < why->left.count; i++) write_left(&why->left.at[i], &json);
    jwrite_end_array(&json);
    jwrite_member(&json, "not_looked_at", why->not_looked_at);
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
    add_left(why, &more);
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
