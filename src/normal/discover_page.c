#include "normal/discover.h"

#include "base/url.h"
#include "normal/discover_add.h"
#include "normal/tag_scan.h"

/* Tags looked at in one page, and links on it that are resolved. */
#define TAGS_MOST 50000u
#define LINKS_MOST 3000u

/* One page being read: what it says goes to three lists, the best first. */
struct looking {
    struct arena *arena;
    struct slice base;
    struct proposal_list said, linked, comments;
    unsigned links;
};

static bool is_feed_type(struct slice type) {
    static const char *const types[] = {"application/rss+xml", "application/atom+xml", "application/feed+json",
                                        "application/rdf+xml", "application/json",     "text/xml",
                                        "application/xml",     "text/rss+xml"};
    type = slice_trim(slice_part(type, 0, slice_find_byte(type, ';', 0)));
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (slice_equal_nocase(type, slice_from(types[i]))) return true;
    return false;
}

static bool has_word(struct slice words, struct slice word) {
    while (!slice_is_absent(words))
        if (slice_equal_nocase(slice_trim(slice_next(&words, ' ')), word)) return true;
    return false;
}

/* JSON and plain XML may be of any kind (WordPress points to its API so): only a name that says feed is believed. */
static bool is_vague(struct slice type) {
    return slice_equal_nocase(type, SLICE("application/json")) || slice_ends_nocase(type, SLICE("/xml"));
}

static bool look_at_link(struct looking *looking, const struct tag_found *tag) {
    struct slice rel, type, href, title, url = {0};
    if (!tag_scan_attribute(tag, SLICE("rel"), looking->arena, &rel) ||
        !tag_scan_attribute(tag, SLICE("type"), looking->arena, &type) ||
        !tag_scan_attribute(tag, SLICE("href"), looking->arena, &href) ||
        !tag_scan_attribute(tag, SLICE("title"), looking->arena, &title))
        return false;
    bool feed = has_word(rel, SLICE("feed")) || (has_word(rel, SLICE("alternate")) && is_feed_type(type));
    if (!feed || slice_is_empty(href) || !url_resolve(looking->arena, looking->base, href, &url)) return true;
    if (!url_is_web(url) || (is_vague(type) && !discover_looks_like_feed(url))) return true;
    bool comments = slice_find_nocase(url, SLICE("comments"), 0) != SLICE_NOT_FOUND;
    return discover_add_feed(looking->arena, comments ? &looking->comments : &looking->said, url, title, DISCOVER_SAID);
}

/* A profile that the page calls its own ("me"), or a link that looks like a feed. */
static bool look_at_anchor(struct looking *looking, const struct tag_found *tag) {
    struct slice rel, href, url = {0}, page;
    struct proposal_list profile = {0};
    struct fault fault = {0};
    if (looking->links >= LINKS_MOST) return true;
    if (!tag_scan_attribute(tag, SLICE("href"), looking->arena, &href) ||
        !tag_scan_attribute(tag, SLICE("rel"), looking->arena, &rel))
        return false;
    bool me = has_word(rel, SLICE("me"));
    if (slice_is_empty(href) || (!me && !discover_looks_like_feed(href))) return true;
    looking->links++;
    if (!url_resolve(looking->arena, looking->base, href, &url) || !url_is_web(url)) return true;
    if (discover_looks_like_feed(url))
        return discover_add_feed(looking->arena, &looking->linked, url, (struct slice){NULL, 0}, DISCOVER_LINKED);
    if (!discover_address(url, looking->arena, &profile, &page, &fault)) return fault.kind != FAULT_MEMORY;
    for (size_t i = 0; i < profile.count; i++) {
        if (profile.at[i].trust == DISCOVER_GUESSED) continue;
        profile.at[i].trust = DISCOVER_LINKED;
        if (!discover_add(looking->arena, &looking->linked, &profile.at[i])) return false;
    }
    return true;
}

static bool look(struct looking *looking, struct slice html) {
    struct tag_scan scan = {.html = html};
    struct tag_found tag;
    bool based = false;
    for (unsigned i = 0; i < TAGS_MOST && tag_scan_next(&scan, &tag); i++) {
        bool done = true;
        if (slice_equal_nocase(tag.name, SLICE("link"))) done = look_at_link(looking, &tag);
        else if (slice_equal_nocase(tag.name, SLICE("a"))) done = look_at_anchor(looking, &tag);
        else if (!based && slice_equal_nocase(tag.name, SLICE("base"))) {
            struct slice href, base = looking->base;
            done = tag_scan_attribute(&tag, SLICE("href"), looking->arena, &href);
            if (!slice_is_empty(href) && url_resolve(looking->arena, base, href, &base)) looking->base = base;
            based = true;
        }
        if (!done) return false;
    }
    return true;
}

static bool guess(struct arena *arena, struct slice base, struct proposal_list *out) {
    static const char *const names[] = {"feed",      "rss",       "feed.xml",
                                        "rss.xml",   "atom.xml",  "index.xml",
                                        "feed.json", "index.rss", "feeds/posts/default"};
    static const char *const folders[] = {"./", "/"};
    for (size_t f = 0; f < COUNT_OF(folders); f++)
        for (size_t i = 0; i < COUNT_OF(names); i++) {
            char *reference = arena_printf(arena, "%s%s", folders[f], names[i]);
            struct slice url = {0};
            if (reference == NULL) return false;
            if (url_resolve(arena, base, slice_from(reference), &url) &&
                !discover_add_feed(arena, out, url, (struct slice){NULL, 0}, DISCOVER_GUESSED))
                return false;
        }
    return true;
}

bool discover_page(struct slice html, struct slice base, struct arena *arena, struct proposal_list *out,
                   struct fault *fault) {
    struct looking looking = {.arena = arena, .base = base};
    struct proposal_list made = {0};
    if (!look(&looking, html)) return fault_memory(fault);
    const struct proposal_list *const lists[] = {&looking.said, &looking.linked, &looking.comments};
    for (size_t l = 0; l < COUNT_OF(lists); l++)
        for (size_t i = 0; i < lists[l]->count; i++)
            if (!discover_add(arena, &made, &lists[l]->at[i])) return fault_memory(fault);
    if (!guess(arena, base, &made)) return fault_memory(fault);
    *out = made;
    return true;
}
