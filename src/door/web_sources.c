/* web_sources: how each source does. */
#include "door/web.h"

#include "base/when.h"
#include "stage/health.h"

static void cell(struct web *web, struct slice text) {
    html_element(&web->html, "td", "", text);
}

static bool row(struct web *web, const struct source *source) {
    struct source_state state;
    struct slice words;
    enum health health;
    char last[WHEN_TEXT_BYTES];
    if (!sources_get(web->home->house.store, source->name, web->arena, &state, &web->fault)) return false;
    struct health_facts facts = {source, &state, web->home->house.config.alarm_after, web->home->house.options.now_s};
    if (!health_of(&facts, web->arena, &health, &words)) return fault_memory(&web->fault);
    when_date(state.last_new_item_s, last);
    struct slice copy = {0};
    if (!arena_copy(web->arena, slice_from(last), &copy)) return fault_memory(&web->fault);
    html_tag(&web->html, "tr");
    html_tag(&web->html, "th");
    html_attr_is(&web->html, "scope", "row");
    html_text(&web->html, source->title);
    html_close(&web->html, "th");
    cell(web, slice_from(health_word(health)));
    cell(web, copy);
    cell(web, slice_is_absent(words) ? SLICE("") : words);
    html_close(&web->html, "tr");
    return true;
}

static bool list(struct web *web, struct slice rest) {
    (void)rest;
    web_page_begin(web, SLICE("Sources"));
    html_raw(&web->html, "<table><thead><tr><th scope=\"col\">Source</th><th scope=\"col\">State</th><th "
                         "scope=\"col\">Last new post</th>"
                         "<th scope=\"col\">What</th></tr></thead><tbody>");
    for (size_t i = 0; i < web->home->house.config.sources.count; i++)
        if (!row(web, &web->home->house.config.sources.at[i])) return false;
    html_raw(&web->html, "</tbody></table>");
    return web_page_end(web);
}

const struct web_route web_source_routes[] = {{WEB_GET, "/sources", list}};
const size_t web_source_route_count = COUNT_OF(web_source_routes);
