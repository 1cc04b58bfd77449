#include "parse/feed_json.h"

#include "base/jtree.h"
#include "base/limits.h"
#include "base/url.h"
#include "parse/address.h"
#include "parse/date.h"
#include "parse/html_text.h"

struct json_reader {
    struct arena *arena;
    struct slice base;
    bool failed; /* out of memory */
};

static struct slice keep(struct json_reader *r, struct slice text) {
    struct slice kept = {NULL, 0};
    text = slice_trim(text);
    if (text.len > 0 && !arena_copy(r->arena, text, &kept)) r->failed = true;
    return kept;
}

static struct slice text_of(struct json_reader *r, const struct jnode *node, const char *key) {
    return keep(r, jtree_get_text(node, key));
}

/* Titles and names: plain text by the specification, on one line; many are written with HTML's entities. */
static struct slice line_of(struct json_reader *r, const struct jnode *node, const char *key) {
    struct slice out = {NULL, 0}, text = jtree_get_text(node, key);
    bool done =
        html_text_is_markup(text) ? html_text_line(r->arena, text, &out) : html_text_plain_line(r->arena, text, &out);
    if (!done) r->failed = true;
    return out;
}

static struct slice url_of(struct json_reader *r, const struct jnode *node, const char *key) {
    struct slice out = {NULL, 0}, value = jtree_get_text(node, key);
    if (value.len > 0 && address_resolve(r->arena, r->base, value, &out)) return out;
    return (struct slice){NULL, 0};
}

static int64_t instant_of(const struct jnode *node, const char *key, int64_t absent_s) {
    int64_t instant_s = absent_s;
    return date_parse(jtree_get_text(node, key), &instant_s) ? instant_s : absent_s;
}

static void add_link(struct json_reader *r, struct link_list *links, struct slice url, const char *rel) {
    if (slice_is_absent(url)) return;
    (void)link_list_add(r->arena, links, (struct link){.url = url, .rel = slice_from(rel), .length = -1});
}

static void add_author(struct json_reader *r, const struct jnode *node, struct person_list *authors) {
    struct person person = {.name = line_of(r, node, "name"), .url = url_of(r, node, "url")};
    if (slice_starts_nocase(person.url, SLICE("mailto:"))) {
        person.email = slice_part(person.url, 7, person.url.len);
        person.url = (struct slice){NULL, 0};
    }
    if (!slice_is_absent(person.name) || !slice_is_absent(person.url) || !slice_is_absent(person.email))
        (void)person_list_add(r->arena, authors, person);
}

/* 1.1 has "authors", 1.0 "author". */
static void add_authors(struct json_reader *r, const struct jnode *node, struct person_list *authors) {
    const struct jnode *list = jtree_get(node, "authors");
    for (size_t i = 0; i < jtree_count(list) && i < LIMIT_ITEM_LIST; i++) add_author(r, jtree_at(list, i), authors);
    if (authors->count == 0) add_author(r, jtree_get(node, "author"), authors);
}

static void add_tags(struct json_reader *r, const struct jnode *node, struct tag_list *tags) {
    const struct jnode *list = jtree_get(node, "tags");
    for (size_t i = 0; i < jtree_count(list); i++) {
        struct slice term = keep(r, jtree_text(jtree_at(list, i)));
        if (!slice_is_absent(term)) (void)tag_list_add(r->arena, tags, (struct tag){.term = term});
    }
}

static void add_attachments(struct json_reader *r, const struct jnode *node, struct item *item) {
    const struct jnode *list = jtree_get(node, "attachments");
    for (size_t i = 0; i < jtree_count(list) && i < LIMIT_ITEM_LIST; i++) {
        const struct jnode *at = jtree_at(list, i);
        struct enclosure enclosure = {.url = url_of(r, at, "url"), .type = text_of(r, at, "mime_type")};
        enclosure.length = jtree_int(jtree_get(at, "size_in_bytes"), -1);
        if (slice_is_absent(enclosure.url)) continue;
        struct enclosure_list *to = &item->enclosures;
        struct enclosure *more = arena_grow(r->arena, to->at, to->count, &to->capacity, sizeof *more);
        if (more == NULL) {
            r->failed = true;
            return;
        }
        to->at = more;
        to->at[to->count++] = enclosure;
        add_link(r, &item->links, enclosure.url, "enclosure");
    }
}

static void read_words(struct json_reader *r, const struct jnode *node, struct item *item) {
    struct html_text found = {0};
    struct slice html = jtree_get_text(node, "content_html"), plain = jtree_get_text(node, "content_text");
    if (!html_text_read(r->arena, html, r->base, &found)) r->failed = true;
    item->text = found.text;
    item->cut = found.cut;
    if (slice_is_absent(item->image)) item->image = found.image;
    for (size_t i = 0; i < found.links.count; i++) (void)link_list_add(r->arena, &item->links, found.links.at[i]);
    if (slice_is_absent(item->text) && !html_text_plain(r->arena, plain, &item->text)) r->failed = true;
    if (!html_text_plain(r->arena, jtree_get_text(node, "summary"), &item->summary)) r->failed = true;
    if (slice_is_absent(item->text)) item->text = item->summary;
}

static struct slice id_of(struct json_reader *r, const struct jnode *node) {
    char digits[32];
    return keep(r, jtree_text_or_number(jtree_get(node, "id"), digits));
}

static void read_item(struct json_reader *r, const struct jnode *node, struct item *item) {
    item_init(item);
    item->id = id_of(r, node);
    item->url = url_of(r, node, "url");
    item->title = line_of(r, node, "title");
    item->lang = text_of(r, node, "language");
    item->published_s = instant_of(node, "date_published", item->published_s);
    item->updated_s = instant_of(node, "date_modified", item->updated_s);
    item->image = url_of(r, node, "image");
    if (slice_is_absent(item->image)) item->image = url_of(r, node, "banner_image");
    struct slice external = url_of(r, node, "external_url");
    add_link(r, &item->links, item->url, "alternate");
    add_link(r, &item->links, external, "related");
    if (slice_is_absent(item->url)) item->url = external;
    add_attachments(r, node, item);
    add_authors(r, node, &item->authors);
    add_tags(r, node, &item->tags);
    read_words(r, node, item);
}

static void read_feed(struct json_reader *r, const struct jnode *root, struct feed *feed) {
    feed->title = line_of(r, root, "title");
    feed->url = url_of(r, root, "home_page_url");
    feed->id = text_of(r, root, "feed_url");
    if (slice_is_absent(r->base)) r->base = slice_is_absent(feed->url) ? feed->id : feed->url;
    if (!html_text_plain_line(r->arena, jtree_get_text(root, "description"), &feed->description)) r->failed = true;
    feed->lang = text_of(r, root, "language");
    feed->image = url_of(r, root, "icon");
    if (slice_is_absent(feed->image)) feed->image = url_of(r, root, "favicon");
    add_link(r, &feed->links, feed->url, "alternate");
    add_link(r, &feed->links, url_of(r, root, "feed_url"), "self");
    add_authors(r, root, &feed->authors);
}

static bool read_items(struct json_reader *r, const struct jnode *list, struct page *page) {
    size_t count = jtree_count(list);
    if (count > LIMIT_FEED_ITEMS) count = LIMIT_FEED_ITEMS;
    page->items.at = arena_alloc(r->arena, count, sizeof *page->items.at);
    if (page->items.at == NULL) return false;
    page->items.capacity = count;
    for (size_t i = 0; i < count; i++) {
        const struct jnode *node = jtree_at(list, i);
        if (!jtree_is_object(node)) {
            page->skipped++;
            continue;
        }
        struct item *item = &page->items.at[page->items.count++];
        read_item(r, node, item);
        /* Version 1.1: an item without authors has the feed's. */
        if (item->authors.count == 0) item->authors = page->feed.authors;
    }
    return !r->failed;
}

bool feed_json_parse(struct slice text, const struct feed_hints *hints, struct arena *arena, struct page *out,
                     struct fault *fault) {
    AUTO(jtree_free)
    struct jtree *tree = jtree_read(text, fault);
    if (tree == NULL) return false;
    const struct jnode *root = jtree_root(tree);
    struct slice version = jtree_get_text(root, "version");
    if (slice_find_nocase(version, SLICE("jsonfeed.org/version/"), 0) == SLICE_NOT_FOUND)
        return fault_set(fault, FAULT_INPUT, "this is JSON, but not a JSON Feed");
    struct json_reader reader = {.arena = arena, .base = hints->base_url};
    struct page page = {0};
    feed_init(&page.feed);
    page.feed.format = slice_ends(version, SLICE("/1.1")) ? SLICE("json11") : SLICE("json10");
    read_feed(&reader, root, &page.feed);
    if (!read_items(&reader, jtree_get(root, "items"), &page)) return fault_memory(fault);
    *out = page;
    return true;
}
