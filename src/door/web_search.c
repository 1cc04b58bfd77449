/* web_search: all posts that were kept, by words and by what they are. */
#include "door/web.h"

#include "base/utf8.h"
#include "base/when.h"
#include "stage/topics.h"
#include "store/search.h"

#define HITS_MOST 50

struct search {
    struct web *web;
    struct topic_guide guide;
    struct slice words, topic, phase, subject, source;
    long long level, days;
};

/* ---- the form ---- */

static void choice(struct search *s, const char *name, struct slice label, enum block_kind kind) {
    struct web *web = s->web;
    const struct ruleset *rules = &s->guide.rules;
    struct web_option *options = arena_alloc(web->arena, rules->block_count + 1, sizeof *options);
    size_t count = 1;
    if (options == NULL) {
        web->pen.failed = true;
        return;
    }
    options[0] = (struct web_option){SLICE(""), SLICE("any")};
    for (size_t i = 0; i < rules->block_count; i++)
        if (rules->blocks[i].kind == kind)
            options[count++] = (struct web_option){rules->blocks[i].id, slice_is_empty(rules->blocks[i].label)
                                                                            ? pen_label(&web->pen, rules->blocks[i].id)
                                                                            : rules->blocks[i].label};
    struct web_select select = {
        .name = name, .label = label, .chosen = web_value(web, name), .options = options, .count = count};
    web_select(web, &select);
}

static void sources_choice(struct search *s) {
    struct web *web = s->web;
    const struct source_list *sources = &web->home->house.config.sources;
    struct web_option *options = arena_alloc(web->arena, sources->count + 1, sizeof *options);
    if (options == NULL) {
        web->pen.failed = true;
        return;
    }
    options[0] = (struct web_option){SLICE(""), SLICE("any")};
    for (size_t i = 0; i < sources->count; i++)
        options[i + 1] = (struct web_option){sources->at[i].name, sources->at[i].title};
    struct web_select select = {.name = "source",
                                .label = SLICE("Source"),
                                .chosen = s->source,
                                .options = options,
                                .count = sources->count + 1};
    web_select(web, &select);
}

static void fixed_choices(struct search *s) {
    static const char *const levels[][2] = {{"", "anything"},
                                            {"1", "at least a teacher's account"},
                                            {"2", "at least mentions research"},
                                            {"3", "a source that can be traced"},
                                            {"4", "several or pooled studies"}};
    static const char *const spans[][2] = {{"", "any time"},
                                           {"7", "the last week"},
                                           {"30", "the last month"},
                                           {"120", "the last term"},
                                           {"365", "the last year"}};
    struct web_option level[COUNT_OF(levels)], span[COUNT_OF(spans)];
    for (size_t i = 0; i < COUNT_OF(levels); i++)
        level[i] = (struct web_option){slice_from(levels[i][0]), slice_from(levels[i][1])};
    for (size_t i = 0; i < COUNT_OF(spans); i++)
        span[i] = (struct web_option){slice_from(spans[i][0]), slice_from(spans[i][1])};
    struct web_select select = {.name = "level",
                                .label = SLICE("What stands behind it"),
                                .chosen = web_value(s->web, "level"),
                                .options = level,
                                .count = COUNT_OF(level)};
    web_select(s->web, &select);
    select = (struct web_select){.name = "days",
                                 .label = SLICE("First seen"),
                                 .chosen = web_value(s->web, "days"),
                                 .options = span,
                                 .count = COUNT_OF(span)};
    web_select(s->web, &select);
}

static void form(struct search *s) {
    struct web *web = s->web;
    html_raw(&web->html, "<form method=\"get\" action=\"search\" role=\"search\"><p><label for=\"q\">Words<span "
                         "class=\"hint\">\"in quotes\" stand together, retriev* finds every ending, -word leaves "
                         "out</span></label>");
    html_tag(&web->html, "input");
    html_attr_is(&web->html, "type", "search");
    html_attr_is(&web->html, "id", "q");
    html_attr_is(&web->html, "name", "q");
    html_attr_is(&web->html, "maxlength", "300");
    html_attr(&web->html, "value", slice_is_absent(s->words) ? SLICE("") : s->words);
    html_void(&web->html, "input");
    html_raw(&web->html, "</p><div class=\"fields\">");
    choice(s, "topic", SLICE("Topic"), BLOCK_TOPIC);
    choice(s, "phase", SLICE("Phase"), BLOCK_PHASE);
    choice(s, "subject", SLICE("Subject"), BLOCK_SUBJECT);
    fixed_choices(s);
    sources_choice(s);
    html_raw(&web->html, "</div><p><button>Search</button></p></form>");
}

/* ---- what was found ---- */

/* The words that were found stand between two marks that no text holds. */
static void snippet(struct web *web, struct slice text) {
    html_tag(&web->html, "p");
    html_attr_is(&web->html, "class", "excerpt");
    while (!slice_is_empty(text)) {
        size_t on = slice_find_byte(text, SEARCH_MARK_ON, 0);
        size_t off = on == SLICE_NOT_FOUND ? on : slice_find_byte(text, SEARCH_MARK_OFF, on);
        if (off == SLICE_NOT_FOUND) {
            web_text(web, text);
            break;
        }
        web_text(web, slice_part(text, 0, on));
        html_element(&web->html, "mark", "", slice_part(text, on + 1, off));
        text = slice_part(text, off + 1, text.len);
    }
    html_close(&web->html, "p");
}

static void hit(struct search *s, const struct search_hit *hit) {
    struct web *web = s->web;
    struct verdict badge = {.level = hit->level < 0 ? 0 : hit->level};
    const struct item *item = &hit->item.item;
    struct slice title = slice_is_empty(item->title) ? utf8_cut(item->text, 120) : item->title;
    html_tag(&web->html, "li");
    html_tag(&web->html, "h3");
    web_link(web, web_say(web, "/n/%lld", (long long)hit->item.row), title);
    html_close(&web->html, "h3");
    if (hit->level >= 0) page_badge(&web->html, badge_of(&badge), badge_words(&web->pen, badge_of(&badge)));
    html_element(&web->html, "p", "by",
                 web_say(web, "%.*s, %.*s", SLICE_ARGS(hit->item.source),
                         SLICE_ARGS(web_date(web, item->published_s == WHEN_ABSENT ? hit->item.first_seen_s
                                                                                   : item->published_s))));
    if (!slice_is_empty(hit->snippet)) snippet(web, hit->snippet);
    html_close(&web->html, "li");
}

static bool found(struct search *s) {
    struct web *web = s->web;
    struct search_hit_list hits = {0};
    struct search_query query = {.words = slice_is_absent(s->words) ? SLICE("") : s->words,
                                 .since_s = s->days > 0 ? web->home->house.options.now_s - s->days * DAY_S : 0,
                                 .min_level = (int)s->level,
                                 .topic = s->topic,
                                 .phase = s->phase,
                                 .subject = s->subject,
                                 .source = s->source,
                                 .limit = HITS_MOST};
    bool done = search_items(web->home->house.store, &query, web->arena, &hits, &web->fault);
    if (!done && web->fault.kind != FAULT_USAGE) return false;
    if (!done) {
        html_element(&web->html, "p", "alert", slice_from(web->fault.text));
        fault_clear(&web->fault);
        return true;
    }
    web_heading(web, hits.count == HITS_MOST ? web_say(web, "The first %d", HITS_MOST)
                                             : web_say(web, "%zu found", hits.count));
    if (hits.count == 0) web_paragraph(web, SLICE("Nothing that was kept has all of that. Try fewer words, or 'any'."));
    html_raw(&web->html, "<ul class=\"hits\">");
    for (size_t i = 0; i < hits.count; i++) hit(s, &hits.at[i]);
    html_raw(&web->html, "</ul>");
    return true;
}

static long long number(const struct web *web, const char *name, long long most) {
    long long value = 0;
    if (!slice_to_int64(web_value(web, name), &value) || value < 0 || value > most) return 0;
    return value;
}

static bool search(struct web *web, struct slice rest) {
    (void)rest;
    AUTO(topic_guide_free)
    struct topic_guide guide = {.judge = NULL};
    if (!topic_guide_open(&web->home->house, web->arena, &guide, &web->fault)) return false;
    struct search s = {.web = web,
                       .guide = guide,
                       .words = web_value(web, "q"),
                       .topic = web_value(web, "topic"),
                       .phase = web_value(web, "phase"),
                       .subject = web_value(web, "subject"),
                       .source = web_value(web, "source"),
                       .level = number(web, "level", 4),
                       .days = number(web, "days", 36500)};
    web_page_begin(web, SLICE("Search"));
    form(&s);
    if (web->request->query.count > 0 && !found(&s)) return false;
    return web_page_end(web);
}

const struct web_route web_search_routes[] = {{WEB_GET, "/search", search}};
const size_t web_search_route_count = COUNT_OF(web_search_routes);
