#include "parse/page_type.h"

#include "base/attr.h"

static bool any_in(struct slice text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_find_nocase(text, slice_from(words[i]), 0) != SLICE_NOT_FOUND) return true;
    return false;
}

static bool json_ld_names(const struct page_sheet *sheet, const char *const *words, size_t count) {
    for (size_t i = 0; i < sheet->tree.json_ld.count; i++)
        if (any_in(sheet->tree.json_ld.at[i], words, count)) return true;
    return false;
}

static bool holds_number_after(struct slice url, struct slice part) {
    size_t at = slice_find_nocase(url, part, 0);
    return at != SLICE_NOT_FOUND && at + part.len < url.len && url.at[at + part.len] >= '0' &&
           url.at[at + part.len] <= '9';
}

static bool is_forum_address(struct slice url) {
    static const char *const parts[] = {"quora.com/", "reddit.com/r/", "/forum",      "://forum",
                                        ".forum",     "viewtopic",     "showthread",  "/threads/",
                                        "/thread/",   "/questions/",   "/discussion", "://community",
                                        "://discuss", "/community/",   "/comments/",  "/board"};
    return any_in(url, parts, COUNT_OF(parts)) || holds_number_after(url, SLICE("/topic/")) ||
           slice_find(url, SLICE("/t/"), 0) != SLICE_NOT_FOUND;
}

static bool is_forum_software(struct slice generator) {
    static const char *const names[] = {"phpbb",           "discourse", "vbulletin", "xenforo", "mybb",
                                        "simple machines", "smf",       "invision",  "vanilla", "flarum"};
    return any_in(generator, names, COUNT_OF(names));
}

/* "https://site.example/": what it lists has articles, it is none. */
static bool is_front_page(struct slice url) {
    size_t host = slice_find(url, SLICE("://"), 0);
    if (host == SLICE_NOT_FOUND) return false;
    size_t path = slice_find_byte(url, '/', host + 3);
    return path == SLICE_NOT_FOUND || path + 1 == url.len;
}

/* Words of a slug, joined by hyphens: an address made of a title. */
#define SLUG_HYPHENS 2u

/* "/blog/2026/how-to-ask-questions": a text in a place for texts. */
static bool is_article_address(struct slice url) {
    static const char *const places[] = {"/blog/",     "/blogs/",    "/news/",   "/article/", "/articles/",
                                         "/post/",     "/posts/",    "/story/",  "/stories/", "/press-release",
                                         "/insights/", "/magazine/", "/opinion/"};
    size_t path = slice_find(url, SLICE("://"), 0), hyphens = 0;
    if (path == SLICE_NOT_FOUND || !any_in(url, places, COUNT_OF(places))) return false;
    while (url.len > 0 && url.at[url.len - 1] == '/') url.len--;
    for (size_t i = url.len; i > path + 3 && url.at[i - 1] != '/'; i--) hyphens += url.at[i - 1] == '-';
    return hyphens >= SLUG_HYPHENS;
}

struct said {
    struct slice og_type, generator;
};

static struct said read_metas(const struct page_sheet *sheet) {
    struct said said = {0};
    for (uint32_t i = 1; i < sheet->tree.count; i++) {
        const struct html_node *node = &sheet->tree.at[i];
        if (node->name != HTML_E_META) continue;
        struct slice name = html_node_attribute(node, "property");
        if (slice_is_absent(name)) name = html_node_attribute(node, "name");
        if (slice_equal_nocase(name, SLICE("og:type"))) said.og_type = html_node_attribute(node, "content");
        if (slice_equal_nocase(name, SLICE("generator"))) said.generator = html_node_attribute(node, "content");
    }
    return said;
}

enum page_type page_type_of(const struct page_sheet *sheet, struct slice url) {
    static const char *const forums[] = {"\"DiscussionForumPosting\"", "\"QAPage\""};
    static const char *const articles[] = {"Article\"", "\"BlogPosting\"", "\"Report\""};
    struct said said = read_metas(sheet);
    if (json_ld_names(sheet, forums, COUNT_OF(forums)) || is_forum_software(said.generator)) return PAGE_FORUM;
    if (is_forum_address(url)) return PAGE_FORUM;
    if (is_front_page(url)) return PAGE_GENERAL;
    if (json_ld_names(sheet, articles, COUNT_OF(articles))) return PAGE_ARTICLE;
    if (slice_equal_nocase(slice_trim(said.og_type), SLICE("article"))) return PAGE_ARTICLE;
    return is_article_address(url) ? PAGE_ARTICLE : PAGE_GENERAL;
}
