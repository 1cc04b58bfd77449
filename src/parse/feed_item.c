#include "parse/feed_reader.h"

#include <string.h>

#include "base/url.h"
#include "base/when.h"
#include "parse/address.h"

void feed_item_begin(struct feed_reader *r, const struct xml_element *element) {
    const struct feed_frame *frame = &r->frames[r->depth];
    item_init(&r->item);
    memset(r->rank[1], 0, sizeof r->rank[1]);
    r->in_item = true;
    r->permalink = false;
    r->relative = false;
    r->text_links = (struct link_list){0};
    r->text_image = (struct slice){NULL, 0};
    r->source_author = (struct person){0};
    r->item_base = frame->base;
    r->item_lang = frame->lang;
    r->item.lang = feed_keep(r, frame->lang);
    struct slice about = xml_attribute_prefixed(element, "rdf", "about");
    if (!slice_is_empty(about) && feed_outranks(r, PLACE_ITEM, FIELD_ID, 1)) r->item.id = feed_keep(r, about);
}

static bool has_blanks(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if (strchr(" \t\r\n", text.at[i]) != NULL) return true;
    return false;
}

static void decide_permalink(struct feed_reader *r) {
    struct item *item = &r->item;
    struct slice url;
    if (!r->permalink || !slice_is_absent(item->url) || (!url_is_web(item->id) && !r->relative)) return;
    if (has_blanks(item->id) || !address_resolve(r->arena, r->item_base, item->id, &url) || !url_is_web(url)) return;
    item->url = url;
    if (item->id_is_link != SAID_NOT) item->id_is_link = SAID_YES;
}

/* True when the entry itself names `url` as its page, or a link in its words before did. */
static bool is_listed(const struct link_list *links, size_t named, struct slice url) {
    for (size_t i = 0; i < links->count; i++)
        if (slice_equal(links->at[i].url, url) && (i >= named || slice_equal(links->at[i].rel, SLICE("alternate"))))
            return true;
    return false;
}

/* Links in the words come behind those that the entry names, each address once. */
static void add_text_links(struct feed_reader *r) {
    struct link_list *links = &r->item.links;
    size_t named = links->count, most = named + r->text_links.count;
    if (r->text_links.count == 0) return;
    if (most > LIMIT_ITEM_LIST) most = LIMIT_ITEM_LIST;
    struct link *room = arena_alloc(r->arena, most, sizeof *room);
    if (room == NULL) {
        r->failed = true;
        return;
    }
    if (named > 0) memcpy(room, links->at, named * sizeof *room);
    *links = (struct link_list){.at = room, .count = named, .capacity = most};
    for (size_t i = 0; i < r->text_links.count && links->count < most; i++)
        if (!is_listed(links, named, r->text_links.at[i].url)) links->at[links->count++] = r->text_links.at[i];
}

bool feed_item_end(struct feed_reader *r) {
    struct item_list *items = &r->page.items;
    struct item *item = &r->item;
    r->in_item = false;
    if (items->count >= LIMIT_FEED_ITEMS) {
        r->too_many = true;
        return false;
    }
    decide_permalink(r);
    add_text_links(r);
    if (slice_is_absent(item->text)) item->text = item->summary;
    if (slice_is_absent(item->image)) item->image = r->text_image;
    if (item->authors.count == 0) feed_put_person(r, PLACE_ITEM, r->source_author);
    struct item *more = arena_grow(r->arena, items->at, items->count, &items->capacity, sizeof *more);
    if (more == NULL) {
        r->failed = true;
        return false;
    }
    items->at = more;
    items->at[items->count++] = *item;
    return true;
}

void feed_end(struct feed_reader *r) {
    struct feed *feed = &r->page.feed;
    struct slice url;
    if (slice_is_absent(feed->url) && address_resolve(r->arena, r->ground, r->relative_site, &url)) feed->url = url;
    if (feed->ttl_s < 0 && r->period_s > 0) feed->ttl_s = r->period_s / (r->frequency > 0 ? r->frequency : 1);
    if (slice_is_absent(feed->lang)) feed->lang = feed_keep_lang(r, r->hints->content_language);
    /* RFC 4287 4.2.1: an entry without an author has the feed's. */
    if (!r->atom || feed->authors.count == 0) return;
    for (size_t i = 0; i < r->page.items.count; i++)
        if (r->page.items.at[i].authors.count == 0) r->page.items.at[i].authors = feed->authors;
}
