/* web_rules: what the rules look for, rule by rule, as their files have it. */
#include "door/web.h"

#include "stage/topics.h"

static const struct {
    enum block_kind kind;
    const char *words, *about;
} groups[] = {
    {BLOCK_TOPIC, "Topics", "What a post is about."},
    {BLOCK_SIGNAL, "Signals", "What speaks for or against the ground that a claim stands on."},
    {BLOCK_MYTH, "Myths", "Beliefs about learning that do not hold, and how a post takes them."},
    {BLOCK_CUE, "An idea to use", "What speaks for or against there being something to try in a lesson."},
    {BLOCK_HOSTS, "Websites", "Kinds of places that a link leads to."},
    {BLOCK_PHASE, "Phases", "The age of pupils."},
    {BLOCK_SUBJECT, "Subjects", "The subject taught."},
};

static struct slice name_of(const struct rule_block *block) {
    return slice_is_empty(block->label) ? block->id : block->label;
}

static bool list(struct web *web, struct slice rest) {
    (void)rest;
    AUTO(topic_guide_free)
    struct topic_guide guide = {.judge = NULL};
    if (!topic_guide_open(&web->home->house, web->arena, &guide, &web->fault)) return false;
    web_page_begin(web, SLICE("Rules"));
    web_paragraph(web, SLICE("Every judgement comes from words in a post and from where its links lead, by the rules "
                             "below. They are files in config/rules: a school can read and change them."));
    for (size_t g = 0; g < COUNT_OF(groups); g++) {
        web_heading(web, slice_from(groups[g].words));
        html_element(&web->html, "p", "intro", slice_from(groups[g].about));
        html_raw(&web->html, "<ul class=\"list\">");
        for (size_t i = 0; i < guide.rules.block_count; i++) {
            const struct rule_block *block = &guide.rules.blocks[i];
            if (block->kind != groups[g].kind) continue;
            html_tag(&web->html, "li");
            web_link(web, web_say(web, "/rules/%.*s", SLICE_ARGS(block->id)), name_of(block));
            html_close(&web->html, "li");
        }
        html_raw(&web->html, "</ul>");
    }
    return web_page_end(web);
}

static const char *line_words(enum line_kind kind) {
    switch (kind) {
        case LINE_STRONG: return "Enough by itself";
        case LINE_PHRASE: return "Counts";
        case LINE_WEAK: return "Counts beside others";
        case LINE_EXACT: return "Counts, as it is written";
        case LINE_REGEX: return "Counts, as a pattern";
        case LINE_PROMOTES: return "Takes it as true";
        case LINE_NEAR: return "Counts when near each other";
        case LINE_NOT: return "Does not count when it stands in";
        case LINE_FALSE: return "Only looks like it";
        case LINE_BEFORE: return "Negates what follows";
        case LINE_AFTER: return "Negates what stands before";
        case LINE_STOP: return "Ends the reach";
        case LINE_HOST: return "Website";
        case LINE_YES: return "Example that it must find";
        case LINE_NO: return "Example that it must not find";
        case LINE_DEBUNKS: return "Example that argues against it";
        case LINE_MENTIONS: return "Example that only mentions it";
        case LINE_FACT: break;
    }
    return NULL;
}

static struct slice file_of(struct slice path) {
    struct slice part = path;
    while (!slice_is_absent(path)) part = slice_next(&path, '/');
    return part;
}

static void show_block(struct web *web, const struct rule_block *block) {
    html_element(&web->html, "p", "by",
                 web_say(web, "%s '%.*s', %.*s line %u", block_kind_name(block->kind), SLICE_ARGS(block->id),
                         SLICE_ARGS(file_of(block->place.file)), block->place.line));
    html_raw(&web->html,
             "<div class=\"wide rule\" role=\"region\" aria-label=\"Lines of the rule\" tabindex=\"0\"><table>"
             "<thead><tr><th scope=\"col\">What it does</th><th scope=\"col\">Words</th></tr></thead><tbody>");
    for (size_t i = 0; i < block->count; i++) {
        const char *words = line_words(block->lines[i].kind);
        html_tag(&web->html, "tr");
        html_element(&web->html, "td", "", words == NULL ? block->lines[i].keyword : slice_from(words));
        html_element(&web->html, "td", "", block->lines[i].text);
        html_close(&web->html, "tr");
    }
    html_raw(&web->html, "</tbody></table></div>");
}

static bool show(struct web *web, struct slice id) {
    AUTO(topic_guide_free)
    struct topic_guide guide = {.judge = NULL};
    if (!topic_guide_open(&web->home->house, web->arena, &guide, &web->fault)) return false;
    bool open = false;
    for (size_t i = 0; i < guide.rules.block_count; i++) {
        const struct rule_block *block = &guide.rules.blocks[i];
        if (!slice_equal(block->id, id)) continue;
        if (!open) web_page_begin(web, name_of(block));
        open = true;
        show_block(web, block);
    }
    if (!open) return web_sorry(web, 404, SLICE("There is no rule of that name."));
    html_tag(&web->html, "p");
    web_link(web, SLICE("/rules"), SLICE("All rules"));
    html_close(&web->html, "p");
    return web_page_end(web);
}

const struct web_route web_rules_routes[] = {{WEB_GET, "/rules", list}, {WEB_GET, "/rules/", show}};
const size_t web_rules_route_count = COUNT_OF(web_rules_routes);
