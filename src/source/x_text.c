#include "source/x_text.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/url.h"
#include "parse/html_text.h"
#include "source/answer.h"

#define URLS_MOST 64

static bool is_status_link(struct arena *arena, struct slice url) {
    struct url parts;
    if (slice_find(url, SLICE("/status/"), 0) == SLICE_NOT_FOUND) return false;
    if (!url_parse(arena, url, &parts)) return false;
    bool here = url_host_within(parts.host, SLICE("x.com")) || url_host_within(parts.host, SLICE("twitter.com"));
    return here && slice_find(parts.path, SLICE("/status/"), 0) != SLICE_NOT_FOUND;
}

/* Where it leads: as X unwound it, else expanded it. */
static struct slice target(const struct jnode *entity) {
    struct slice unwound = jtree_get_text(entity, "unwound_url");
    if (slice_is_empty(unwound)) unwound = jtree_text(jtree_path(entity, "unwound.url"));
    if (url_is_web(unwound)) return unwound;
    struct slice expanded = jtree_get_text(entity, "expanded_url");
    if (slice_is_empty(expanded)) expanded = jtree_get_text(entity, "expandedUrl");
    return url_is_web(expanded) ? expanded : (struct slice){NULL, 0};
}

static struct slice short_form(const struct jnode *entity) {
    struct slice url = jtree_get_text(entity, "url");
    return slice_is_empty(url) ? jtree_get_text(entity, "shortUrl") : url;
}

static bool add_link(struct arena *arena, const struct jnode *entity, struct item *item) {
    struct slice url = target(entity);
    for (size_t i = 0; i < item->links.count; i++)
        if (slice_equal(item->links.at[i].url, url)) return true;
    struct link link = {.length = -1};
    if (!arena_copy(arena, url, &link.url) || !answer_copy(arena, entity, "title", &link.title)) return false;
    (void)link_list_add(arena, &item->links, link);
    return true;
}

/* What stands in the text instead of this entity's short address. Absent: leave the address as it is. */
static struct slice replacement(struct arena *arena, const struct jnode *entity) {
    struct slice url = target(entity);
    if (jtree_get(entity, "media_key") != NULL || is_status_link(arena, url)) return SLICE("");
    return url;
}

static const struct jnode *entity_at(const struct jnode *urls, struct slice text, size_t at) {
    for (size_t i = 0; i < jtree_count(urls) && i < URLS_MOST; i++) {
        const struct jnode *entity = jtree_at(urls, i);
        struct slice url = short_form(entity);
        if (!slice_is_empty(url) && slice_starts(slice_part(text, at, text.len), url)) return entity;
    }
    return NULL;
}

/* Length of an address at `at` that was cut off: it ends in "…" or with the text's last bytes after an ellipsis. */
static size_t cut_address(struct slice text, size_t at) {
    size_t end = at;
    while (end < text.len && (unsigned char)text.at[end] > ' ') end++;
    struct slice word = slice_part(text, at, end);
    bool cut = slice_ends(word, SLICE("\xE2\x80\xA6")) || slice_ends(word, SLICE("..."));
    return cut ? word.len : 0;
}

static void rewrite(struct arena *arena, struct slice text, const struct jnode *urls, struct buf *out) {
    size_t run = 0, at = 0;
    while ((at = slice_find(text, SLICE("http"), at)) != SLICE_NOT_FOUND) {
        const struct jnode *entity = entity_at(urls, text, at);
        struct slice instead = entity == NULL ? (struct slice){NULL, 0} : replacement(arena, entity);
        size_t gone = entity == NULL ? cut_address(text, at) : short_form(entity).len;
        if (gone == 0 || (entity != NULL && slice_is_absent(instead))) {
            at += 4;
            continue;
        }
        buf_add(out, slice_part(text, run, at));
        buf_add(out, instead);
        at += gone;
        run = at;
    }
    buf_add(out, slice_part(text, run, text.len));
}

bool x_text_take(struct arena *arena, struct slice text, const struct jnode *urls, struct item *item) {
    AUTO(buf_free)
    struct buf words = buf_new(LIMIT_FIELD_BYTES);
    struct slice plain = {0};
    for (size_t i = 0; i < jtree_count(urls) && i < URLS_MOST; i++) {
        const struct jnode *entity = jtree_at(urls, i);
        if (!slice_is_empty(replacement(arena, entity)) && !add_link(arena, entity, item)) return false;
    }
    if (!html_text_unescape(arena, text, &plain)) return false;
    rewrite(arena, plain, urls, &words);
    if (buf_failed(&words)) item->cut = true;
    struct slice trimmed = slice_trim(buf_slice(&words));
    if (slice_is_empty(trimmed)) return true;
    return html_text_plain(arena, trimmed, &item->text);
}

bool x_text_take_tags(struct arena *arena, const struct jnode *hashtags, struct item *item) {
    for (size_t i = 0; i < jtree_count(hashtags) && i < LIMIT_ITEM_LIST; i++) {
        struct tag tag = {0};
        const struct jnode *entity = jtree_at(hashtags, i);
        const char *key = jtree_get(entity, "tag") != NULL ? "tag" : "text";
        if (!answer_copy(arena, entity, key, &tag.term)) return false;
        if (!slice_is_absent(tag.term)) (void)tag_list_add(arena, &item->tags, tag);
    }
    return true;
}
