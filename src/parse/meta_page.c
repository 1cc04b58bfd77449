#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "parse/html_text.h"
#include "parse/meta.h"
#include "parse/meta_date.h"
#include "parse/page_words.h"

#define BYLINE_BYTES 120u

/* The words in an element on one line; absent when they are more than `most`. */
static bool words_in(const struct page_sheet *sheet, uint32_t node, size_t most, struct slice *out) {
    AUTO(buf_free)
    struct buf words = buf_new(LIMIT_FIELD_BYTES);
    *out = (struct slice){NULL, 0};
    if (sheet->tree.at[node].end - node > 60) return true;
    page_write_nodes(sheet, node, sheet->tree.at[node].end - 1, &words);
    if (words.len == 0 || words.len > most) return true;
    return arena_copy(sheet->arena, buf_slice(&words), out);
}

static bool value_of(const struct page_sheet *sheet, uint32_t node, const char *attribute, struct slice *out) {
    struct slice value = html_node_attribute(&sheet->tree.at[node], attribute);
    *out = (struct slice){NULL, 0};
    return slice_is_empty(value) || html_text_line(sheet->arena, value, out);
}

/* ---- dates ---- */

/* `beside`: enum page_word of the boxes that speak of something else. */
static bool is_aside(const struct page_sheet *sheet, uint32_t node, unsigned beside) {
    if (sheet->tree.at[node].name == HTML_E_ASIDE) node = sheet->tree.at[node].parent;
    for (unsigned up = 0; node != 0 && up < 12; up++, node = sheet->tree.at[node].parent) {
        if ((sheet->marks[node].words & beside) != 0 || sheet->tree.at[node].name == HTML_E_ASIDE) return true;
        if (node == sheet->root) return false;
    }
    return false;
}

#define BESIDE_TEXT (PAGE_W_RELATED | PAGE_W_COMMENT | PAGE_W_NAV)
#define BESIDE (BESIDE_TEXT | PAGE_W_SIDEBAR | PAGE_W_FOOTER)

static bool says_updated(const struct page_sheet *sheet, uint32_t node) {
    const struct html_node *at = &sheet->tree.at[node];
    return slice_find_nocase(at->classes, SLICE("updated"), 0) != SLICE_NOT_FOUND ||
           slice_find_nocase(at->classes, SLICE("modif"), 0) != SLICE_NOT_FOUND ||
           slice_find_nocase(html_node_attribute(at, "itemprop"), SLICE("modified"), 0) != SLICE_NOT_FOUND;
}

/* What stands before a date in its own line: "Last updated: <time>March 3, 2026</time>". */
#define LABEL_NODES 4u

static bool is_labelled_updated(const struct page_sheet *sheet, uint32_t node) {
    static const char *const labels[] = {"updated", "modified", "revised", "reviewed"};
    uint32_t home = sheet->marks[node].block_home;
    for (uint32_t i = node - 1, looked = 0; i > 0 && looked < LABEL_NODES; i--, looked++) {
        if (sheet->tree.at[i].name != HTML_E_TEXT) continue;
        if (sheet->marks[i].block_home != home) return false;
        AUTO(buf_free)
        struct buf words = buf_new(LIMIT_FIELD_BYTES);
        page_write_nodes(sheet, i, i, &words);
        struct slice label = slice_trim(buf_slice(&words));
        if (slice_is_empty(label) || label.len > BYLINE_BYTES) continue;
        if (slice_ends(label, SLICE(":"))) label = slice_trim(slice_part(label, 0, label.len - 1));
        if (slice_ends_nocase(label, SLICE(" on"))) label = slice_trim(slice_part(label, 0, label.len - 3));
        for (size_t k = 0; k < COUNT_OF(labels); k++)
            if (slice_ends_nocase(label, slice_from(labels[k]))) return true;
        return false;
    }
    return false;
}

/* "Published March 3, 2026" and the like: what stands before the date is left out. */
static struct slice without_lead(struct slice text) {
    static const char *const leads[] = {"first published on",
                                        "first published:",
                                        "first published",
                                        "published on",
                                        "published:",
                                        "published",
                                        "posted on",
                                        "posted:",
                                        "posted",
                                        "issued on:",
                                        "issued on",
                                        "publish date:",
                                        "release date:",
                                        "date:",
                                        "on",
                                        "updated on",
                                        "last updated on",
                                        "last updated:",
                                        "last updated",
                                        "updated:",
                                        "updated",
                                        "written on"};
    text = slice_trim(text);
    for (size_t i = 0; i < COUNT_OF(leads); i++)
        if (slice_starts_nocase(text, slice_from(leads[i])) && text.len > strlen(leads[i]) + 5)
            return slice_trim(slice_part(text, strlen(leads[i]), text.len));
    return text;
}

/* The <article> around the text, or what holds the text: its own head and foot are in it. */
static uint32_t own_box(const struct page_sheet *sheet) {
    for (uint32_t node = sheet->root; node != 0; node = sheet->tree.at[node].parent)
        if (sheet->tree.at[node].name == HTML_E_ARTICLE) return node;
    return sheet->root;
}

/* A date for machines: "2026-03-05T08:30". */
static bool is_exact(struct slice text) {
    return text.len >= 10 && text.at[4] == '-' && text.at[7] == '-';
}

/* The date that a reader sees, unless a script or a pointer would show a better one: "two years ago" is none. */
static bool words_or_more(const struct page_sheet *sheet, uint32_t node, enum date_order order, struct slice *out) {
    static const char *const places[] = {"title",          "data-datetime", "data-date",
                                         "data-timestamp", "data-seconds",  "data-time"};
    struct slice said, day;
    if (!words_in(sheet, node, BYLINE_BYTES, out)) return false;
    if (!meta_date_say(sheet->arena, order, without_lead(*out), &day)) return false;
    bool shown = !slice_is_empty(day);
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        if (!value_of(sheet, node, places[i], &said)) return false;
        if (!meta_date_say(sheet->arena, order, said, &day)) return false;
        if (slice_is_empty(day) || (shown && !is_exact(day))) continue;
        *out = day;
        break;
    }
    return true;
}

static bool read_date(const struct page_sheet *sheet, uint32_t node, struct meta_facts *facts) {
    const struct html_node *at = &sheet->tree.at[node];
    struct slice value, prop = html_node_attribute(at, "itemprop");
    bool declared = slice_equal_nocase(prop, SLICE("datePublished")) ||
                    slice_equal_nocase(prop, SLICE("dateModified")) || slice_equal_nocase(prop, SLICE("dateCreated"));
    if (!value_of(sheet, node, declared ? "content" : "datetime", &value)) return false;
    if (slice_is_empty(value) && !value_of(sheet, node, "datetime", &value)) return false;
    if (slice_is_empty(value) && !words_or_more(sheet, node, facts->date_order, &value)) return false;
    bool updated = says_updated(sheet, node) || slice_starts_nocase(value, SLICE("updated")) ||
                   slice_starts_nocase(value, SLICE("last updated")) || (!declared && is_labelled_updated(sheet, node));
    if (!meta_date_say(sheet->arena, facts->date_order, without_lead(value), &value)) return false;
    if (slice_is_empty(value)) return true;
    int rank = declared ? META_MICRODATA : META_PAGE;
    /* The foot and the margin of the text itself are second best. */
    if (!declared && is_aside(sheet, node, BESIDE)) {
        if (is_aside(sheet, node, BESIDE_TEXT) || !page_is_within(sheet, node, own_box(sheet))) return true;
        rank = META_PAGE + 2;
    }
    struct meta_fact *fact = updated ? &facts->modified : &facts->published;
    meta_put(fact, value, rank, declared ? "microdata" : "text");
    return true;
}

static bool is_date_box(const struct page_sheet *sheet, uint32_t node) {
    static const char *const names[] = {"date",      "pubdate",   "timestamp", "posted-on",
                                        "published", "post-meta", "byline"};
    const struct html_node *at = &sheet->tree.at[node];
    if (at->name == HTML_E_TIME) return true;
    if (at->name == HTML_E_OTHER && !slice_is_absent(html_node_attribute(at, "datetime"))) return true;
    if (slice_starts_nocase(html_node_attribute(at, "itemprop"), SLICE("date"))) return true;
    if (slice_is_empty(at->classes) || at->end - node > 12) return false;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (slice_find_nocase(at->classes, slice_from(names[i]), 0) != SLICE_NOT_FOUND) return true;
    return false;
}

/* ---- authors ---- */

static bool holds(struct slice text, const char *word) {
    return slice_find_nocase(text, slice_from(word), 0) != SLICE_NOT_FOUND;
}

static bool leads_to_author(struct slice href) {
    static const char *const parts[] = {"/author/", "/authors/", "/contributor/", "/contributors/", "/writers/"};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        size_t at = slice_find(href, slice_from(parts[i]), 0);
        if (at != SLICE_NOT_FOUND && href.len > at + strlen(parts[i]) + 1) return true;
    }
    return false;
}

/* 0 = no author here; else how good a sign it is: the lower the better. */
static int author_sign(const struct page_sheet *sheet, uint32_t node) {
    const struct html_node *at = &sheet->tree.at[node];
    if (at->name == HTML_E_META || at->name == HTML_E_LINK || at->name == HTML_E_TEXT) return 0;
    struct slice prop = html_node_attribute(at, "itemprop");
    if (slice_equal_nocase(prop, SLICE("author")) || slice_equal_nocase(prop, SLICE("creator"))) return META_MICRODATA;
    struct slice rel = html_node_attribute(at, "rel");
    if (slice_equal_nocase(rel, SLICE("author"))) return META_DC;
    if (at->name == HTML_E_A && leads_to_author(html_node_attribute(at, "href"))) return META_DC + 3;
    if (slice_is_empty(at->classes) || (sheet->marks[node].words & PAGE_W_COMMENT) != 0) return 0;
    if (holds(at->classes, "author-name") || holds(at->classes, "author_name") || holds(at->classes, "authorname") ||
        holds(at->classes, "byline-name") || holds(at->classes, "author__name") || holds(at->classes, "byline__name"))
        return META_DC + 1;
    if (holds(at->classes, "byline") || holds(at->classes, "by-author") || holds(at->classes, "post-author") ||
        holds(at->classes, "entry-author") || holds(at->classes, "article-author"))
        return META_DC + 2;
    if (sheet->type == PAGE_FORUM && holds(at->classes, "username")) return META_DC + 3;
    return (sheet->marks[node].words & PAGE_W_AUTHOR) != 0 && holds(at->classes, "author") ? META_DC + 4 : 0;
}

/* An author's box is no larger. */
#define AUTHOR_NODES 60u

static uint32_t inner_name(const struct page_sheet *sheet, uint32_t node) {
    for (uint32_t i = node + 1; i < sheet->tree.at[node].end && i <= node + AUTHOR_NODES; i++)
        if (slice_equal_nocase(html_node_attribute(&sheet->tree.at[i], "itemprop"), SLICE("name")) &&
            sheet->tree.at[i].name != HTML_E_TEXT)
            return i;
    return node;
}

/* The first paragraph in an element, or of "By" and a name the two: what stands under a name is a role. */
static bool first_words_in(const struct page_sheet *sheet, uint32_t node, struct slice *out) {
    AUTO(buf_free)
    struct buf words = buf_new(LIMIT_FIELD_BYTES);
    uint32_t end = sheet->tree.at[node].end, home = UINT32_MAX;
    *out = (struct slice){NULL, 0};
    if (end - node > AUTHOR_NODES) return true;
    for (uint32_t i = node + 1; i < end; i++) {
        if (sheet->tree.at[i].name != HTML_E_TEXT) continue;
        if (home != UINT32_MAX && sheet->marks[i].block_home != home && words.len > 12) break;
        home = sheet->marks[i].block_home;
        if (words.len > 0) buf_add_char(&words, ' ');
        page_write_nodes(sheet, i, i, &words);
    }
    if (words.len == 0 || words.len > BYLINE_BYTES) return true;
    return html_text_plain_line(sheet->arena, buf_slice(&words), out);
}

/* So many places that name an author are looked at when a better one has named one already. */
#define WITNESSES 3u

static bool read_author(const struct page_sheet *sheet, uint32_t node, int sign, struct meta_facts *facts) {
    struct slice name;
    bool worse = facts->authors_rank != 0 && facts->authors_rank < sign;
    if (worse && facts->author_witnesses++ >= WITNESSES) return true;
    if (is_aside(sheet, node, BESIDE)) return true;
    node = sign == META_MICRODATA ? inner_name(sheet, node) : node;
    if (sheet->tree.at[node].name == HTML_E_META ? !value_of(sheet, node, "content", &name)
                                                 : !first_words_in(sheet, node, &name))
        return false;
    /* A page's first contribution is its author's; those after it are others'. */
    if (sheet->type == PAGE_FORUM && facts->authors.count > 0) return true;
    return meta_put_author(sheet->arena, facts, name, sign, sign == META_MICRODATA ? "microdata" : "text");
}

/* So many places on a page are looked at for a name or a day: a list has one for each of its entries. */
#define PLACES 3000u

bool meta_read_page(const struct page_sheet *sheet, struct meta_facts *facts) {
    unsigned names = 0, days = 0;
    for (uint32_t i = 1; i < sheet->tree.count; i++) {
        enum html_name name = (enum html_name)sheet->tree.at[i].name;
        if (name == HTML_E_VIDEO || name == HTML_E_IFRAME) facts->has_video = true;
        if (name == HTML_E_TEXT) continue;
        int sign = author_sign(sheet, i);
        if (sign != 0 && names++ < PLACES && !read_author(sheet, i, sign, facts)) return false;
        if (is_date_box(sheet, i) && days++ < PLACES && !read_date(sheet, i, facts)) return false;
    }
    return true;
}
