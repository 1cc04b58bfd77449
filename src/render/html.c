#include "render/html.h"

#include <string.h>

#include "render/base64.h"

struct html html_to(struct buf *out) {
    return (struct html){.out = out};
}

struct html xml_to(struct buf *out) {
    return (struct html){.out = out, .xml = true};
}

static void set_wrong(struct html *html, const char *what) {
    if (html->wrong == NULL) html->wrong = what;
}

static void finish_tag(struct html *html) {
    if (html->in_tag) buf_add_char(html->out, '>');
    html->in_tag = false;
}

static void escape(struct buf *out, struct slice text) {
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *as = NULL;
        switch (text.at[i]) {
            case '&': as = "&amp;"; break;
            case '<': as = "&lt;"; break;
            case '>': as = "&gt;"; break;
            case '"': as = "&quot;"; break;
            case '\'': as = "&#39;"; break;
            default: continue;
        }
        buf_add(out, slice_part(text, run, i));
        buf_add_text(out, as);
        run = i + 1;
    }
    buf_add(out, slice_part(text, run, text.len));
}

void html_markup(struct html *html, struct slice literal) {
    finish_tag(html);
    buf_add(html->out, literal);
}

void html_tag_open(struct html *html, const char *name) {
    finish_tag(html);
    if (html->depth == HTML_DEPTH) {
        set_wrong(html, "too deep");
        return;
    }
    html->open[html->depth++] = name;
    buf_add_char(html->out, '<');
    buf_add_text(html->out, name);
    html->in_tag = true;
}

void html_tag_close(struct html *html, const char *name) {
    finish_tag(html);
    if (html->depth == 0 || strcmp(html->open[html->depth - 1], name) != 0) {
        set_wrong(html, name);
        return;
    }
    html->depth--;
    buf_add_text(html->out, "</");
    buf_add_text(html->out, name);
    buf_add_char(html->out, '>');
}

void html_tag_void(struct html *html, const char *name) {
    if (!html->in_tag || html->depth == 0 || strcmp(html->open[html->depth - 1], name) != 0) {
        set_wrong(html, name);
        return;
    }
    html->depth--;
    html->in_tag = false;
    buf_add_text(html->out, html->xml ? "/>" : ">");
}

static void attribute(struct html *html, const char *name, struct slice value) {
    if (!html->in_tag) {
        set_wrong(html, name);
        return;
    }
    buf_add_char(html->out, ' ');
    buf_add_text(html->out, name);
    buf_add_text(html->out, "=\"");
    struct plain plain = plain_of(value, PLAIN_LINE);
    struct slice piece;
    while (plain_next(&plain, &piece)) escape(html->out, piece);
    buf_add_char(html->out, '"');
}

void html_attribute(struct html *html, const char *name, struct slice value) {
    static const char *const refused[] = {"href", "src", "style", "srcdoc", "action", "formaction"};
    bool bad = strncmp(name, "on", 2) == 0;
    for (size_t i = 0; i < COUNT_OF(refused); i++) bad = bad || strcmp(name, refused[i]) == 0;
    if (bad) set_wrong(html, name);
    else attribute(html, name, value);
}

void html_inline_style(struct html *html, struct slice literal) {
    attribute(html, "style", literal);
}

void html_url(struct html *html, const char *name, struct safe_url url) {
    if (slice_is_absent(url.text)) set_wrong(html, name);
    else attribute(html, name, url.text);
}

void html_svg_picture(struct html *html, struct slice class_name, struct slice svg) {
    html_tag_open(html, "img");
    attribute(html, "class", class_name);
    buf_add_text(html->out, " alt=\"\" src=\"data:image/svg+xml;base64,");
    base64_add(html->out, svg);
    buf_add_char(html->out, '"');
    html_tag_void(html, "img");
}

void html_simple(struct html *html, const char *name, struct slice class_name, struct slice text) {
    html_tag_open(html, name);
    if (class_name.len > 0) attribute(html, "class", class_name);
    html_text(html, text);
    html_tag_close(html, name);
}

void html_text(struct html *html, struct slice text) {
    finish_tag(html);
    struct plain plain = plain_of(text, PLAIN_LINE);
    struct slice piece;
    while (plain_next(&plain, &piece)) escape(html->out, piece);
}

void html_lines(struct html *html, struct slice text) {
    finish_tag(html);
    struct plain plain = plain_of(text, PLAIN_PARAGRAPHS);
    struct slice piece;
    while (plain_next(&plain, &piece)) {
        if (piece.at[0] != '\n') escape(html->out, piece);
        else buf_add_text(html->out, html->xml ? "<br/>" : "<br>");
        if (piece.len == 2 && piece.at[1] == '\n') buf_add_text(html->out, html->xml ? "<br/>" : "<br>");
    }
}

void html_int(struct html *html, int64_t value) {
    finish_tag(html);
    buf_printf(html->out, "%lld", (long long)value);
}

void html_style(struct html *html, struct slice css) {
    finish_tag(html);
    if (slice_find(css, SLICE("</"), 0) != SLICE_NOT_FOUND || slice_find(css, SLICE("<!"), 0) != SLICE_NOT_FOUND) {
        set_wrong(html, "style");
        return;
    }
    buf_add_text(html->out, "<style>");
    buf_add(html->out, css);
    buf_add_text(html->out, "</style>");
}

bool html_end(struct html *html, const char *what, struct fault *fault) {
    finish_tag(html);
    if (html->wrong == NULL && html->depth > 0) html->wrong = html->open[html->depth - 1];
    if (html->wrong != NULL)
        return fault_set(fault, FAULT_USAGE, "%s: markup does not hold at '%s'", what, html->wrong);
    return buf_check(html->out, what, fault);
}
