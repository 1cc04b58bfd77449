#include "render/page.h"

#include <string.h>

#include "base/hash.h"
#include "render/base64.h"
#include "render/style.h"

/* 'sha256-…' of the style sheet: nothing else on the page may be a style, and nothing at all a script; the logo is the
 * one picture. */
static struct slice policy_for(struct pen *pen, struct slice css, const char *forms) {
    const char *pictures = slice_is_empty(pen->look->logo) ? "" : "img-src data:; ";
    static const char digits[] = "0123456789abcdef";
    char hex[HASH_HEX_BYTES], bytes[32];
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf hash = buf_new(64);
    if (!hash_sha256_hex(css, hex, &fault)) {
        pen->failed = true;
        return SLICE("");
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        long high = strchr(digits, hex[2 * i]) - digits, low = strchr(digits, hex[2 * i + 1]) - digits;
        bytes[i] = (char)(high << 4 | low);
    }
    base64_add(&hash, slice_of(bytes, sizeof bytes));
    char *policy =
        arena_printf(pen->arena, "default-src 'none'; %sstyle-src 'sha256-%s'; base-uri 'none'; form-action %s",
                     pictures, buf_text(&hash), forms);
    if (policy == NULL || buf_failed(&hash)) pen->failed = true;
    return slice_from(policy);
}

static struct slice css_of(struct pen *pen, const struct page_facts *facts) {
    return pen_join(pen, slice_is_absent(pen->look->style) ? style_shipped() : pen->look->style, "", facts->style);
}

struct slice page_policy(struct pen *pen, const struct page_facts *facts) {
    return policy_for(pen, css_of(pen, facts), facts->forms ? "'self'" : "'none'");
}

static void write_meta(struct html *html, const char *name, struct slice content) {
    html_tag(html, "meta");
    html_attribute(html, "name", slice_from(name));
    html_attr(html, "content", content);
    html_void(html, "meta");
    html_raw(html, "\n");
}

static void write_feed(struct html *html, struct slice type, struct slice title, struct safe_url url) {
    if (slice_is_absent(url.text)) return;
    html_tag(html, "link");
    html_attr_is(html, "rel", "alternate");
    html_attr(html, "type", type);
    html_attr(html, "title", title);
    html_link(html, "href", url);
    html_void(html, "link");
    html_raw(html, "\n");
}

static void write_head(struct html *html, struct pen *pen, const struct page_facts *facts) {
    struct slice css = css_of(pen, facts);
    html_raw(html, "<!DOCTYPE html>\n");
    html_tag(html, "html");
    html_attr_is(html, "lang", "en-GB");
    html_raw(html, "\n");
    html_tag(html, "head");
    html_raw(html, "\n<meta charset=\"utf-8\">\n");
    html_tag(html, "meta");
    html_attr_is(html, "http-equiv", "Content-Security-Policy");
    html_attr(html, "content", page_policy(pen, facts));
    html_void(html, "meta");
    html_raw(html, "\n");
    write_meta(html, "viewport", SLICE("width=device-width, initial-scale=1"));
    /* A browser that may say nothing of where it was calls a form's origin "null", which no server can trust. */
    write_meta(html, "referrer", facts->forms ? SLICE("same-origin") : SLICE("no-referrer"));
    write_meta(html, "robots", SLICE("noindex"));
    html_element(html, "title", "", facts->title);
    html_raw(html, "\n");
    write_feed(html, SLICE("application/atom+xml"), pen_word(pen, WORD_FEED_ATOM), facts->atom);
    write_feed(html, SLICE("application/feed+json"), pen_word(pen, WORD_FEED_JSON), facts->json);
    html_style(html, css);
    html_close(html, "head");
    html_raw(html, "\n");
}

static void write_places(struct html *html, const struct page_facts *facts) {
    html_tag(html, "nav");
    html_attr_is(html, "aria-label", "Pages");
    html_tag(html, "ul");
    html_attr_is(html, "class", "nav");
    for (size_t i = 0; i < facts->place_count; i++) {
        html_tag(html, "li");
        html_tag(html, "a");
        html_link(html, "href", facts->places[i].url);
        if (facts->here == i) html_attr_is(html, "aria-current", "page");
        html_text(html, facts->places[i].words);
        html_close(html, "a");
        html_close(html, "li");
    }
    html_close(html, "ul");
    html_close(html, "nav");
}

void page_begin(struct html *html, struct pen *pen, const struct page_facts *facts) {
    write_head(html, pen, facts);
    html_tag(html, "body");
    if (facts->kind != NULL) html_attr(html, "class", slice_from(facts->kind));
    html_raw(html, "\n<a class=\"skip\" href=\"#main\">");
    html_text(html, pen_word(pen, WORD_SKIP));
    html_raw(html, "</a>\n");
    html_tag(html, "header");
    if (!slice_is_empty(pen->look->logo)) html_picture(html, "logo", pen->look->logo);
    if (!slice_is_empty(facts->who)) html_element(html, "p", "who", facts->who);
    html_element(html, "h1", "", facts->heading);
    if (facts->summary.count > 0) {
        html_tag(html, "p");
        html_attr_is(html, "class", "summary");
        for (size_t i = 0; i < facts->summary.count; i++) {
            if (i > 0) html_raw(html, " \xC2\xB7 ");
            html_text(html, facts->summary.at[i]);
        }
        html_close(html, "p");
    }
    if (facts->place_count > 0) write_places(html, facts);
    html_close(html, "header");
    html_raw(html, "\n");
    html_tag(html, "main");
    html_attr_is(html, "id", "main");
    html_raw(html, "\n");
}

void page_end(struct html *html, struct pen *pen, struct slice disclaimer, const struct page_link *links,
              size_t count) {
    html_close(html, "main");
    html_raw(html, "\n");
    html_tag(html, "footer");
    html_element(html, "p", "disclaimer", slice_is_empty(disclaimer) ? DIGEST_DISCLAIMER : disclaimer);
    html_element(html, "p", "", pen_word(pen, WORD_AWARENESS));
    if (count > 0) {
        html_tag(html, "ul");
        html_attr_is(html, "class", "nav");
        for (size_t i = 0; i < count; i++) {
            if (slice_is_absent(links[i].url.text)) continue;
            html_tag(html, "li");
            page_anchor(html, links[i].url, links[i].words);
            html_close(html, "li");
        }
        html_close(html, "ul");
    }
    html_close(html, "footer");
    html_raw(html, "\n");
    html_close(html, "body");
    html_close(html, "html");
    html_raw(html, "\n");
}

void page_anchor(struct html *html, struct safe_url url, struct slice words) {
    if (slice_is_absent(url.text)) {
        html_text(html, words);
        return;
    }
    html_tag(html, "a");
    html_link(html, "href", url);
    html_text(html, words);
    html_close(html, "a");
}

void page_list(struct html *html, const struct slice_list *list) {
    for (size_t i = 0; i < list->count; i++) html_element(html, "li", "", list->at[i]);
}

static void draw(struct html *html, enum badge badge) {
    html_raw(html, "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\" fill=\"none\" stroke=\"currentColor\" "
                   "stroke-width=\"2\">");
    switch (badge) {
        case BADGE_NO_SOURCE: html_raw(html, "<path d=\"M3 3h10v10H3z\" stroke-dasharray=\"2.5 2.5\"/>"); break;
        case BADGE_ACCOUNT: html_raw(html, "<circle cx=\"8\" cy=\"8\" r=\"5\"/>"); break;
        case BADGE_MENTIONS: html_raw(html, "<path d=\"M1 9q3.5-6 7-1t7-1\"/>"); break;
        case BADGE_SOURCE: html_raw(html, "<path d=\"M2 8h12\" stroke-width=\"4\"/>"); break;
        case BADGE_POOLED: html_raw(html, "<path d=\"M2 5h12M2 11h12\" stroke-width=\"4\"/>"); break;
        case BADGE_FIRST: html_raw(html, "<path d=\"M8 2l6.5 12h-13zM8 6v4m0 1.2v1.3\"/>"); break;
    }
    html_raw(html, "</svg>");
}

void page_badge(struct html *html, enum badge badge, struct slice words) {
    static const char *const classes[] = {"badge b0", "badge b1", "badge b2", "badge b3", "badge b4", "badge b5"};
    html_tag(html, "p");
    html_attr(html, "class", slice_from(classes[badge]));
    draw(html, badge);
    html_text(html, words);
    html_close(html, "p");
}
