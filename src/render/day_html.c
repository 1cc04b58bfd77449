/* The day as a web page: one request, no script, no picture. */
#include "render/day.h"

#include "render/card_html.h"
#include "render/page.h"

static void write_focus(struct html *html, struct pen *pen, const struct focus_block *focus) {
    html_tag(html, "section");
    html_attr_is(html, "class", "focus");
    html_element(html, "h2", "", day_focus_line(pen, focus));
    html_element(html, "h3", "", focus->title);
    struct slice_list notes = day_focus_notes(pen, focus);
    for (size_t i = 0; i < notes.count; i++) html_element(html, "p", "", notes.at[i]);
    if (!slice_is_empty(focus->prompt)) html_element(html, "p", "ask", focus->prompt);
    if (!slice_is_empty(focus->colleague)) html_element(html, "p", "", focus->colleague);
    if (!slice_is_empty(focus->last_log)) html_element(html, "p", "by", focus->last_log);
    html_close(html, "section");
    html_raw(html, "\n");
}

static void write_section(struct html *html, struct pen *pen, const struct section *section) {
    if (section->entries.count == 0) return;
    html_tag(html, "section");
    html_element(html, "h2", "", day_section_heading(pen, section));
    struct slice intro = day_section_intro(pen, section);
    if (!slice_is_empty(intro)) html_element(html, "p", "intro", intro);
    for (size_t i = 0; i < section->entries.count; i++) card_html_write(html, pen, &section->entries.at[i]);
    html_close(html, "section");
    html_raw(html, "\n");
}

static void write_closing(struct html *html, struct pen *pen, const struct digest *digest, const struct day *day) {
    html_tag(html, "div");
    html_attr_is(html, "class", "close");
    html_element(html, "p", "", pen_word(pen, WORD_CLOSING));
    html_element(html, "p", "by", day->left_heading);
    if (day->left.count > 0) {
        html_tag(html, "ul");
        page_list(html, &day->left);
        html_close(html, "ul");
    }
    if (digest->reader.is_lead && digest->trouble.count > 0) {
        html_element(html, "p", "", pen_word(pen, WORD_TROUBLE));
        html_tag(html, "ul");
        page_list(html, &digest->trouble);
        html_close(html, "ul");
    }
    html_close(html, "div");
    html_raw(html, "\n");
}

static void write_foot(struct html *html, struct pen *pen, const struct digest *digest) {
    struct slice nowhere = {NULL, 0};
    struct page_link links[] = {
        {pen_word(pen, WORD_ARCHIVE), pen_own(pen, nowhere, SLICE("../index.html"))},
        {pen_word(pen, WORD_FIND), pen->look->site == LOOK_WITH_SITE ? pen_own(pen, nowhere, SLICE("../find.html"))
                                                                     : (struct safe_url){{NULL, 0}}},
        {pen_word(pen, WORD_FEED_ATOM), pen_own(pen, nowhere, SLICE("../feed.xml"))},
        {pen_word(pen, WORD_FEED_JSON), pen_own(pen, nowhere, SLICE("../feed.json"))},
    };
    page_end(html, pen, digest->disclaimer, links, COUNT_OF(links));
}

static bool write_day(const struct digest *digest, const struct look *look, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(look, arena);
    struct html html = html_to(out);
    struct day day = day_make(&pen, digest);
    struct slice nowhere = {NULL, 0};
    struct page_facts facts = {
        .title = pen_join(&pen, day.date_words, " \xC2\xB7 ", day.who),
        .who = day.who,
        .heading = day.date_words,
        .summary = day.summary,
        .atom = pen_own(&pen, nowhere, SLICE("../feed.xml")),
        .json = pen_own(&pen, nowhere, SLICE("../feed.json")),
    };
    page_begin(&html, &pen, &facts);
    if (!slice_is_empty(day.since)) html_element(&html, "p", "intro", day.since);
    for (size_t i = 0; i < digest->focus.count; i++) write_focus(&html, &pen, &digest->focus.at[i]);
    for (size_t i = 0; i < digest->sections.count; i++) write_section(&html, &pen, &digest->sections.at[i]);
    if (!slice_is_empty(day.empty)) html_element(&html, "p", "empty", day.empty);
    write_closing(&html, &pen, digest, &day);
    write_foot(&html, &pen, digest);
    return pen_check(&pen, "the day's page", fault) && html_end(&html, "the day's page", fault);
}

const struct format format_html = {
    .name = "html",
    .file = "index.html",
    .media_type = "text/html; charset=utf-8",
    .help = "the day as a web page",
    .write = write_day,
};
