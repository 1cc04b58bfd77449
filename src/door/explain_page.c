#include "door/explain.h"

#include "render/html.h"

#define LINE_BYTES 1024u

static void list(struct html *html, const char *heading, const struct slice_list *words) {
    if (words->count == 0) return;
    html_element(html, "h3", "", slice_from(heading));
    html_tag(html, "ul");
    for (size_t i = 0; i < words->count; i++) html_element(html, "li", "", words->at[i]);
    html_close(html, "ul");
}

static void add_level(struct html *html, const struct verdict *verdict) {
    html_raw(html, "<h2>How it is backed up, as presented</h2>");
    html_tag(html, "p");
    html_raw(html, "Level ");
    html_int(html, verdict->level);
    html_raw(html, ": ");
    html_text(html, verdict->level_label);
    html_close(html, "p");
    list(html, "Found", &verdict->because);
    list(html, "Missing", &verdict->missing);
    list(html, "Notes", &verdict->notes);
    list(html, "Check first", &verdict->check_reasons);
    list(html, "Not decided", &verdict->skipped);
}

static void add_topics(struct html *html, const struct verdict *verdict) {
    html_raw(html, "<h2>Topics</h2>");
    if (verdict->topics.count == 0) html_raw(html, "<p>None.</p>");
    else html_tag(html, "ul");
    for (size_t i = 0; i < verdict->topics.count; i++) html_element(html, "li", "", verdict->topics.at[i].label);
    if (verdict->topics.count > 0) html_close(html, "ul");
    html_raw(html, "<p>An idea that a teacher could use: ");
    html_text(html, verdict->is_idea ? SLICE("yes") : SLICE("no"));
    html_raw(html, "</p>");
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Text between two marks: the blanks at its ends are part of it. */
static void add_between(struct html *html, struct slice text) {
    size_t from = 0, to = text.len;
    bool line = false;
    while (from < text.len && is_blank(text.at[from])) line |= text.at[from++] == '\n';
    if (line) html_raw(html, "<br>");
    else if (from > 0) html_raw(html, " ");
    while (to > from && is_blank(text.at[to - 1])) to--;
    html_lines(html, slice_part(text, from, to));
    line = slice_find_byte(slice_part(text, to, text.len), '\n', 0) != SLICE_NOT_FOUND;
    if (from == text.len || to == text.len) return;
    if (line) html_raw(html, "<br>");
    else html_raw(html, " ");
}

/* The text of a field with its places marked; of those that overlap the first is marked, the list has all. */
static void add_field(struct html *html, const struct document *document, const struct verdict *verdict,
                      enum field field) {
    struct slice text = document_field(document, field);
    size_t at = 0;
    if (slice_is_empty(text)) return;
    html_element(html, "h3", "", slice_from(field_name(field)));
    html_tag(html, "p");
    for (size_t i = 0; i < verdict->hits.count; i++) {
        const struct hit *hit = &verdict->hits.at[i];
        if (hit->field != field || hit->start < at || hit->end > text.len || hit->end <= hit->start) continue;
        add_between(html, slice_part(text, at, hit->start));
        html_tag(html, "mark");
        html_attr(html, "class", slice_from(hit_state_name(hit->state)));
        html_attr(html, "title", hit->rule);
        html_text(html, slice_part(text, hit->start, hit->end));
        html_close(html, "mark");
        at = hit->end;
    }
    add_between(html, slice_part(text, at, text.len));
    html_close(html, "p");
}

static void add_row(struct html *html, const struct hit *hit) {
    AUTO(buf_free)
    struct buf line = buf_new(LINE_BYTES);
    explain_line(hit, &line);
    html_tag(html, "tr");
    html_element(html, "td", "", hit->text);
    html_element(html, "td", "", slice_from(field_name(hit->field)));
    html_element(html, "td", "", hit->rule);
    html_element(html, "td", "", buf_slice(&line));
    html_element(html, "td", "", slice_from(explain_state(hit->state)));
    html_close(html, "tr");
}

static void add_places(struct html *html, const struct document *document, const struct verdict *verdict) {
    html_raw(html, "<h2>Where the words stand</h2>");
    for (int f = 0; f < FIELD_COUNT; f++) add_field(html, document, verdict, (enum field)f);
    if (verdict->hits.count == 0) {
        html_raw(html, "<p>No words of any rule.</p>");
        return;
    }
    html_raw(html, "<table><thead><tr><th scope=\"col\">Words</th><th scope=\"col\">In</th><th scope=\"col\">Rule</th>"
                   "<th scope=\"col\">By its line</th><th scope=\"col\">What became of it</th></tr></thead>");
    html_tag(html, "tbody");
    for (size_t i = 0; i < verdict->hits.count; i++) add_row(html, &verdict->hits.at[i]);
    html_close(html, "tbody");
    html_raw(html, "</table>");
}

bool explain_page(const struct document *document, const struct verdict *verdict, struct slice more, struct buf *out,
                  struct fault *fault) {
    struct html html = html_to(out);
    struct slice title = slice_is_empty(document->title) ? SLICE("Why a post was judged so") : document->title;
    html_raw(&html, "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
                    "<meta name=\"viewport\" content=\"width=device-width\">");
    html_element(&html, "title", "", title);
    html_style(&html, SLICE("body{font:1rem/1.5 sans-serif;max-width:50rem;margin:1rem auto;padding:0 1rem}"
                            "mark{background:#ffe680;color:#000;padding:0 .1em}"
                            "mark.negated,mark.vetoed,mark.lonely{background:#eee;text-decoration:line-through}"
                            "mark.shadowed{background:#eee}table{border-collapse:collapse}"
                            "th,td{border:1px solid #767676;padding:.2rem .4rem;text-align:left;vertical-align:top}"));
    html_raw(&html, "</head><body><main>");
    html_element(&html, "h1", "", title);
    add_level(&html, verdict);
    add_topics(&html, verdict);
    while (!slice_is_empty(more)) html_element(&html, "p", "", slice_next(&more, '\n'));
    add_places(&html, document, verdict);
    html_raw(&html, "</main></body></html>\n");
    return html_end(&html, "the explanation", fault);
}
