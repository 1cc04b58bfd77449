#include "normal/item.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/run.h"
#include "base/url.h"
#include "base/utf8.h"
#include "base/when.h"
#include "normal/canon_rules.h"

/* An id is a key of the store: a longer one is replaced by its fingerprint. */
#define ID_BYTES ((size_t)512)
/* Code points below have no composed or decomposed twin (Unicode 15, NFC quick check), */
#define FIRST_COMBINING 0x300u
/* nor have the punctuation that a word processor puts in, signs of money, and the pictures of emoji. */
static bool stands_alone(uint32_t point) {
    return point < FIRST_COMBINING || (point >= 0x2002 && point <= 0x20CF) || (point >= 0x1F300 && point <= 0x1FAFF) ||
           point == 0xFE0F;
}

/* What is known while an item is being made normal. */
struct normalising {
    const struct canon_rules *rules; /* NULL where there is a memo */
    struct canon_memo *memo;
    struct arena *arena;
    struct item *item;
    struct fault *fault;
};

static void free_text(char **text) {
    mem_free_theirs(*text);
}

static bool needs_composing(struct slice text) {
    for (size_t at = utf8_skip_ascii(text, 0); at < text.len; at = utf8_skip_ascii(text, at)) {
        uint32_t point;
        at += utf8_decode(text, at, &point);
        if (!stands_alone(point)) return true;
    }
    return false;
}

static bool compose(struct arena *arena, struct slice *text) {
    if (!needs_composing(*text)) return true;
    AUTO(free_text)
    char *composed = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text->at, (utf8proc_ssize_t)text->len,
                                        (utf8proc_uint8_t **)&composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (len == UTF8PROC_ERROR_NOMEM) return false;
    if (len < 0 || slice_equal(*text, slice_of(composed, (size_t)len))) return true;
    return arena_copy(arena, slice_of(composed, (size_t)len), text);
}

static bool is_control(char c) {
    return (unsigned char)c < ' ' && c != '\t' && c != '\n';
}

/* Nothing but ASCII and no control character, as most texts are. */
static bool is_plain(struct slice text) {
    size_t at = 0;
    for (; text.len - at >= RUN_BLOCK_BYTES; at += RUN_BLOCK_BYTES) {
        run_block block = run_load(text.at + at);
        if (run_any(run_is_below_or_beyond_ascii(block, ' ') & ~(run_is(block, '\n') | run_is(block, '\t'))))
            return false;
    }
    for (; at < text.len; at++)
        if (is_control(text.at[at]) || (unsigned char)text.at[at] >= 0x80) return false;
    return true;
}

static bool has_controls(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if (is_control(text.at[i])) return true;
    return false;
}

static bool repair(struct normalising *making, struct slice *text) {
    AUTO(buf_free)
    struct buf repaired = buf_new(text->len * 3 + 1);
    utf8_repair(*text, &repaired);
    return !repaired.failed && arena_copy(making->arena, buf_slice(&repaired), text);
}

/* Valid, composed, trimmed, bounded; absent when nothing is left. */
static bool tidy(struct normalising *making, struct slice *text) {
    if (slice_is_absent(*text)) return true;
    if (!is_plain(*text)) {
        bool sound = utf8_is_valid(*text) && !has_controls(*text);
        if ((!sound && !repair(making, text)) || !compose(making->arena, text)) return false;
    }
    struct slice kept = utf8_cut(slice_trim(*text), LIMIT_FIELD_BYTES);
    if (kept.len < slice_trim(*text).len) making->item->cut = true;
    *text = kept.len == 0 ? (struct slice){NULL, 0} : kept;
    return true;
}

static bool tidy_lists(struct normalising *making) {
    struct item *item = making->item;
    bool done = true;
    for (size_t i = 0; done && i < item->authors.count; i++) {
        struct person *person = &item->authors.at[i];
        done = tidy(making, &person->name) && tidy(making, &person->handle) && tidy(making, &person->email) &&
               tidy(making, &person->url);
    }
    for (size_t i = 0; done && i < item->tags.count; i++) {
        struct tag *tag = &item->tags.at[i];
        done = tidy(making, &tag->term) && tidy(making, &tag->scheme) && tidy(making, &tag->label);
    }
    for (size_t i = 0; done && i < item->links.count; i++)
        done = tidy(making, &item->links.at[i].title) && tidy(making, &item->links.at[i].rel) &&
               tidy(making, &item->links.at[i].type) && tidy(making, &item->links.at[i].lang);
    return done;
}

static bool tidy_words(struct normalising *making) {
    struct item *item = making->item;
    struct slice *texts[] = {&item->id,
                             &item->title,
                             &item->text,
                             &item->summary,
                             &item->lang,
                             &item->rights,
                             &item->refs.in_reply_to,
                             &item->refs.quotes,
                             &item->refs.reposts,
                             &item->source.title,
                             &item->source.id,
                             &item->thread,
                             &item->warning};
    bool same = item->summary.at == item->text.at && item->summary.len == item->text.len;
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (!(same && texts[i] == &item->summary) && !tidy(making, texts[i])) return false;
    if (same) item->summary = item->text;
    return tidy_lists(making);
}

/* An instant that cannot be is not said: clamped to a moving limit, it would change with every run. */
static void bound_date(int64_t *instant_s, int64_t now_s) {
    if (*instant_s != WHEN_ABSENT && (*instant_s < 0 || *instant_s > now_s + DAY_S)) *instant_s = WHEN_ABSENT;
}

/* The address without trackers; absent when it is none that may be shown as a link. False: out of memory. */
static bool clean_address(struct normalising *making, struct slice *url, struct slice *key) {
    struct canonical made = {0};
    struct fault fault = {0};
    *key = (struct slice){NULL, 0};
    if (slice_is_absent(*url)) return true;
    bool done = making->memo != NULL ? canon_memo_url(making->memo, *url, &made, &fault)
                                     : canonical_url(making->rules, *url, making->arena, &made, &fault);
    if (!done && fault.kind == FAULT_MEMORY) return false;
    bool shown = done && (url_is_web(made.url) || slice_starts_nocase(made.url, SLICE("mailto:")));
    *url = shown ? made.url : (struct slice){NULL, 0};
    *key = shown ? made.key : (struct slice){NULL, 0};
    if (!slice_is_absent(made.chatbot) && slice_is_absent(making->item->chatbot)) making->item->chatbot = made.chatbot;
    return true;
}

static bool is_double(const struct link_list *links, const struct slice *keys, size_t count, const struct link *link,
                      struct slice key) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal(keys[i], key) && slice_equal(links->at[i].rel, link->rel)) return true;
    return false;
}

static bool clean_links(struct normalising *making) {
    struct link_list *links = &making->item->links;
    struct slice *keys = arena_alloc(making->arena, links->count, sizeof *keys);
    size_t kept = 0;
    if (keys == NULL) return false;
    for (size_t i = 0; i < links->count; i++) {
        struct link link = links->at[i];
        struct slice key, behind;
        if (!clean_address(making, &link.url, &key) || !clean_address(making, &link.expanded, &behind)) return false;
        if (slice_equal(link.expanded, link.url)) link.expanded = (struct slice){NULL, 0};
        if (!slice_is_absent(behind)) key = behind;
        if (slice_is_absent(link.url) || is_double(links, keys, kept, &link, key)) continue;
        keys[kept] = key;
        links->at[kept++] = link;
    }
    links->count = kept;
    return true;
}

static bool clean_enclosures(struct normalising *making) {
    struct enclosure_list *list = &making->item->enclosures;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct enclosure enclosure = list->at[i];
        struct slice key;
        bool seen = false;
        if (!clean_address(making, &enclosure.url, &key) || !tidy(making, &enclosure.type)) return false;
        for (size_t k = 0; k < kept; k++) seen = seen || slice_equal(list->at[k].url, enclosure.url);
        if (!slice_is_absent(enclosure.url) && !seen) list->at[kept++] = enclosure;
    }
    list->count = kept;
    return true;
}

static bool clean_addresses(struct normalising *making, const struct source *source) {
    struct item *item = making->item;
    struct slice key, ignored, home = source->site;
    struct slice home_key;
    if (!clean_address(making, &home, &home_key) || !clean_address(making, &item->url, &key) ||
        !clean_address(making, &item->image, &ignored) || !clean_address(making, &item->comments, &ignored) ||
        !clean_address(making, &item->source.url, &ignored))
        return false;
    /* Items that all lead to the site's front page would be one page, and so one item. */
    if (!slice_is_absent(key) && slice_equal(key, home_key)) item->url = (struct slice){NULL, 0};
    return clean_links(making) && clean_enclosures(making);
}

static bool fingerprint(struct normalising *making, struct slice bytes, struct slice *out) {
    char hex[HASH_HEX_BYTES];
    return hash_sha256_hex(bytes, hex, making->fault) &&
           (arena_copy(making->arena, slice_of(hex, HASH_HEX_BYTES - 1), out) || fault_memory(making->fault));
}

/* An id that is missing: made of what an editor changes least. */
static bool make_id(struct normalising *making) {
    struct item *item = making->item;
    char day[WHEN_TEXT_BYTES];
    if (item->id.len > ID_BYTES) return fingerprint(making, item->id, &item->id);
    if (!slice_is_empty(item->id)) return true;
    when_date(item->published_s, day);
    bool named = !slice_is_absent(item->url) || !slice_is_absent(item->title);
    const char *bytes =
        arena_printf(making->arena, "%.*s\n%.*s\n%s\n%.*s", SLICE_ARGS(item->url), SLICE_ARGS(item->title),
                     slice_is_absent(item->url) ? day : "", SLICE_ARGS(named ? SLICE("") : item->text));
    if (bytes == NULL) return fault_memory(making->fault);
    item->id_is_link = SAID_NO;
    return fingerprint(making, slice_from(bytes), &item->id);
}

bool normal_item(struct item *item, const struct source *source, struct canon_memo *memo, int64_t now_s,
                 struct arena *arena, struct fault *fault) {
    struct normalising making = {NULL, memo, arena, item, fault};
    if (!tidy_words(&making)) return fault_memory(fault);
    bound_date(&item->published_s, now_s);
    bound_date(&item->updated_s, now_s);
    bool says_nothing = slice_is_empty(item->title) && slice_is_empty(item->text) && slice_is_empty(item->summary);
    if (!clean_addresses(&making, source)) return fault_memory(fault);
    if (says_nothing && slice_is_empty(item->url) && item->links.count == 0 && item->enclosures.count == 0)
        return fault_set(fault, FAULT_INPUT, "an item without title, text and address");
    return make_id(&making);
}

bool normal_item_name(const struct item *item, const struct canon_rules *rules, struct arena *arena, struct slice *out,
                      struct fault *fault) {
    struct item scratch = *item;
    struct normalising making = {rules, NULL, arena, &scratch, fault};
    struct slice url = item->url, key;
    char date[WHEN_TEXT_BYTES];
    if (!clean_address(&making, &url, &key)) return fault_memory(fault);
    if (!slice_is_absent(key)) return fingerprint(&making, key, out);
    when_rfc3339(item->published_s, date);
    const char *bytes = arena_printf(arena, "%.*s\n%s\n%.*s", SLICE_ARGS(item->title), date,
                                     SLICE_ARGS(slice_is_absent(item->title) ? item->text : SLICE("")));
    return bytes == NULL ? fault_memory(fault) : fingerprint(&making, slice_from(bytes), out);
}

bool normal_ids_churn(size_t renamed, size_t fresh) {
    return renamed > fresh;
}
