#include "model/item_json.h"

#include <string.h>

#include "base/when.h"

/* ---- writing ---- */

void item_json_write_persons(struct jwrite *json, const struct person_list *list) {
    jwrite_array(json);
    for (size_t i = 0; i < list->count; i++) {
        jwrite_object(json);
        jwrite_member(json, "name", list->at[i].name);
        jwrite_member(json, "handle", list->at[i].handle);
        jwrite_member(json, "email", list->at[i].email);
        jwrite_member(json, "url", list->at[i].url);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

void item_json_write_tags(struct jwrite *json, const struct tag_list *list) {
    jwrite_array(json);
    for (size_t i = 0; i < list->count; i++) {
        jwrite_object(json);
        jwrite_member(json, "term", list->at[i].term);
        jwrite_member(json, "scheme", list->at[i].scheme);
        jwrite_member(json, "label", list->at[i].label);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_count(struct jwrite *json, const char *key, int64_t count) {
    jwrite_key(json, key);
    if (count < 0) jwrite_null(json);
    else jwrite_int(json, count);
}

void item_json_write_links(struct jwrite *json, const struct link_list *list) {
    jwrite_array(json);
    for (size_t i = 0; i < list->count; i++) {
        const struct link *link = &list->at[i];
        jwrite_object(json);
        jwrite_member(json, "url", link->url);
        jwrite_member(json, "rel", link->rel);
        jwrite_member(json, "type", link->type);
        jwrite_member(json, "title", link->title);
        jwrite_member(json, "expanded", link->expanded);
        if (!slice_is_empty(link->lang)) jwrite_member(json, "hreflang", link->lang);
        if (link->length >= 0) jwrite_member_int(json, "length", link->length);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

void item_json_write_texts(struct jwrite *json, const struct slice_list *list) {
    jwrite_array(json);
    for (size_t i = 0; i < list->count; i++) jwrite_text(json, list->at[i]);
    jwrite_end_array(json);
}

static void write_enclosures(struct jwrite *json, const struct enclosure_list *list) {
    jwrite_array(json);
    for (size_t i = 0; i < list->count; i++) {
        jwrite_object(json);
        jwrite_member(json, "url", list->at[i].url);
        jwrite_member(json, "type", list->at[i].type);
        write_count(json, "length", list->at[i].length);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

/* Often the summary is the text: its bytes are quoted once and then copied. */
static void write_text_and_summary(struct jwrite *json, const struct item *item) {
    struct buf *out = json->out;
    jwrite_key(json, "text");
    size_t start = out->len;
    jwrite_text_or_null(json, item->text);
    size_t len = out->len - start;
    jwrite_key(json, "summary");
    if (item->summary.at != item->text.at || item->summary.len != item->text.len) {
        jwrite_text_or_null(json, item->summary);
        return;
    }
    char *room = buf_room(out, len);
    if (room != NULL) {
        memcpy(room, out->at + start, len);
        buf_grown(out, len);
    }
    json->comma = true;
}

static void write_words(struct jwrite *json, const struct item *item) {
    jwrite_member(json, "id", item->id);
    jwrite_key(json, "id_is_link");
    if (item->id_is_link == SAID_NOT) jwrite_null(json);
    else jwrite_bool(json, item->id_is_link == SAID_YES);
    jwrite_member(json, "url", item->url);
    jwrite_member(json, "title", item->title);
    write_text_and_summary(json, item);
    jwrite_key(json, "authors");
    item_json_write_persons(json, &item->authors);
    jwrite_key(json, "published");
    jwrite_instant(json, item->published_s);
    jwrite_key(json, "updated");
    jwrite_instant(json, item->updated_s);
    jwrite_member(json, "lang", item->lang);
}

static void write_refs(struct jwrite *json, const struct item *item) {
    jwrite_member(json, "kind", slice_from(item_kind_name(item->kind)));
    jwrite_key(json, "refs");
    jwrite_object(json);
    jwrite_member(json, "in_reply_to", item->refs.in_reply_to);
    jwrite_member(json, "quotes", item->refs.quotes);
    jwrite_member(json, "reposts", item->refs.reposts);
    jwrite_end_object(json);
    jwrite_key(json, "counts");
    jwrite_object(json);
    write_count(json, "likes", item->counts.likes);
    write_count(json, "reposts", item->counts.reposts);
    write_count(json, "replies", item->counts.replies);
    write_count(json, "quotes", item->counts.quotes);
    jwrite_end_object(json);
    jwrite_key(json, "source");
    jwrite_object(json);
    jwrite_member(json, "title", item->source.title);
    jwrite_member(json, "url", item->source.url);
    jwrite_member(json, "id", item->source.id);
    jwrite_end_object(json);
}

void item_json_write(struct jwrite *json, const struct item *item) {
    jwrite_object(json);
    write_words(json, item);
    jwrite_key(json, "tags");
    item_json_write_tags(json, &item->tags);
    jwrite_key(json, "links");
    item_json_write_links(json, &item->links);
    jwrite_key(json, "enclosures");
    write_enclosures(json, &item->enclosures);
    jwrite_member(json, "image", item->image);
    jwrite_member(json, "rights", item->rights);
    jwrite_member(json, "comments", item->comments);
    write_refs(json, item);
    if (!slice_is_empty(item->thread)) jwrite_member(json, "thread", item->thread);
    if (!slice_is_empty(item->warning)) jwrite_member(json, "warning", item->warning);
    if (!slice_is_empty(item->chatbot)) jwrite_member(json, "chatbot", item->chatbot);
    if (item->unlisted) jwrite_member_bool(json, "unlisted", true);
    if (item->cut) jwrite_member_bool(json, "cut", true);
    jwrite_end_object(json);
}

/* ---- reading ---- */

static bool copy(struct arena *arena, const struct jnode *node, const char *key, struct slice *out) {
    return arena_copy(arena, jtree_get_text(node, key), out);
}

static int64_t instant(const struct jnode *node, const char *key) {
    int64_t instant_s;
    return when_parse_rfc3339(jtree_get_text(node, key), &instant_s) ? instant_s : WHEN_ABSENT;
}

static bool read_persons(const struct jnode *list, struct arena *arena, struct person_list *out) {
    for (size_t i = 0; i < jtree_count(list); i++) {
        const struct jnode *node = jtree_at(list, i);
        struct person person = {0};
        if (!copy(arena, node, "name", &person.name) || !copy(arena, node, "handle", &person.handle) ||
            !copy(arena, node, "email", &person.email) || !copy(arena, node, "url", &person.url) ||
            !person_list_add(arena, out, person))
            return false;
    }
    return true;
}

static bool read_tags(const struct jnode *list, struct arena *arena, struct tag_list *out) {
    for (size_t i = 0; i < jtree_count(list); i++) {
        const struct jnode *node = jtree_at(list, i);
        struct tag tag = {0};
        if (!copy(arena, node, "term", &tag.term) || !copy(arena, node, "scheme", &tag.scheme) ||
            !copy(arena, node, "label", &tag.label) || !tag_list_add(arena, out, tag))
            return false;
    }
    return true;
}

bool item_json_read_links(const struct jnode *list, struct arena *arena, struct link_list *out) {
    for (size_t i = 0; i < jtree_count(list); i++) {
        const struct jnode *node = jtree_at(list, i);
        struct link link = {.length = jtree_int(jtree_get(node, "length"), -1)};
        if (!copy(arena, node, "url", &link.url) || !copy(arena, node, "rel", &link.rel) ||
            !copy(arena, node, "type", &link.type) || !copy(arena, node, "title", &link.title) ||
            !copy(arena, node, "expanded", &link.expanded) || !copy(arena, node, "hreflang", &link.lang) ||
            !link_list_add(arena, out, link))
            return false;
    }
    return true;
}

bool item_json_read_texts(const struct jnode *list, struct arena *arena, struct slice_list *out) {
    for (size_t i = 0; i < jtree_count(list); i++) {
        struct slice text = {0};
        if (!arena_copy(arena, jtree_text(jtree_at(list, i)), &text) || !slice_list_add(arena, out, text)) return false;
    }
    return true;
}

static bool read_enclosures(const struct jnode *list, struct arena *arena, struct enclosure_list *out) {
    for (size_t i = 0; i < jtree_count(list); i++) {
        const struct jnode *node = jtree_at(list, i);
        struct enclosure *more = arena_grow(arena, out->at, out->count, &out->capacity, sizeof *more);
        if (more == NULL) return false;
        out->at = more;
        struct enclosure *enclosure = &more[out->count];
        enclosure->length = jtree_int(jtree_get(node, "length"), -1);
        if (!copy(arena, node, "url", &enclosure->url) || !copy(arena, node, "type", &enclosure->type)) return false;
        out->count++;
    }
    return true;
}

static bool read_words(const struct jnode *node, struct arena *arena, struct item *item) {
    const struct jnode *is_link = jtree_get(node, "id_is_link");
    if (is_link != NULL && !jtree_is_null(is_link)) item->id_is_link = jtree_is_true(is_link) ? SAID_YES : SAID_NO;
    item->published_s = instant(node, "published");
    item->updated_s = instant(node, "updated");
    return copy(arena, node, "id", &item->id) && copy(arena, node, "url", &item->url) &&
           copy(arena, node, "title", &item->title) && copy(arena, node, "text", &item->text) &&
           copy(arena, node, "summary", &item->summary) && copy(arena, node, "lang", &item->lang) &&
           copy(arena, node, "image", &item->image) && copy(arena, node, "rights", &item->rights) &&
           copy(arena, node, "comments", &item->comments) && copy(arena, node, "thread", &item->thread) &&
           copy(arena, node, "warning", &item->warning) && copy(arena, node, "chatbot", &item->chatbot);
}

static bool read_refs(const struct jnode *node, struct arena *arena, struct item *item) {
    const struct jnode *refs = jtree_get(node, "refs"), *counts = jtree_get(node, "counts");
    const struct jnode *source = jtree_get(node, "source");
    (void)item_kind_from(jtree_get_text(node, "kind"), &item->kind); /* an unknown kind is an article */
    item->counts =
        (struct counts){jtree_int(jtree_get(counts, "likes"), -1), jtree_int(jtree_get(counts, "reposts"), -1),
                        jtree_int(jtree_get(counts, "replies"), -1), jtree_int(jtree_get(counts, "quotes"), -1)};
    return copy(arena, refs, "in_reply_to", &item->refs.in_reply_to) &&
           copy(arena, refs, "quotes", &item->refs.quotes) && copy(arena, refs, "reposts", &item->refs.reposts) &&
           copy(arena, source, "title", &item->source.title) && copy(arena, source, "url", &item->source.url) &&
           copy(arena, source, "id", &item->source.id);
}

bool item_json_read(const struct jnode *node, struct arena *arena, struct item *out, struct fault *fault) {
    struct item item;
    if (!jtree_is_object(node)) return fault_set(fault, FAULT_INPUT, "an item is no JSON object");
    item_init(&item);
    item.unlisted = jtree_is_true(jtree_get(node, "unlisted"));
    item.cut = jtree_is_true(jtree_get(node, "cut"));
    if (!read_words(node, arena, &item) || !read_refs(node, arena, &item) ||
        !read_persons(jtree_get(node, "authors"), arena, &item.authors) ||
        !read_tags(jtree_get(node, "tags"), arena, &item.tags) ||
        !item_json_read_links(jtree_get(node, "links"), arena, &item.links) ||
        !read_enclosures(jtree_get(node, "enclosures"), arena, &item.enclosures))
        return fault_memory(fault);
    *out = item;
    return true;
}
