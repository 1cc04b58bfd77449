#include "source/answer.h"

#include <string.h>

#include "base/buf.h"
#include "base/jwrite.h"
#include "base/limits.h"
#include "base/when.h"

#define CURSOR_BYTES ((size_t)16 * 1024)

static bool looks_like_page(struct slice body) {
    body = slice_trim(body);
    return slice_starts(body, SLICE("<"));
}

struct jtree *answer_details(const struct response *response) {
    struct fault ignored = {0};
    if (looks_like_page(response->body)) return NULL;
    return jtree_read(response->body, &ignored);
}

/* The words of an error, wherever this network keeps them. */
static struct slice words_of(const struct jtree *doc) {
    const struct jnode *root = jtree_root(doc);
    static const char *const keys[] = {"message", "error_description", "detail", "error", "title"};
    const struct jnode *first = jtree_at(jtree_get(root, "errors"), 0);
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        struct slice words = jtree_get_text(first, keys[i]);
        if (slice_is_empty(words)) words = jtree_get_text(root, keys[i]);
        if (!slice_is_empty(words)) return slice_part(words, 0, 200);
    }
    return SLICE("no reason given");
}

/* X's problem "usage-capped": no window that opens in minutes, but a cap by the day or the month. */
static bool is_used_up(const struct jnode *root) {
    const struct jnode *first = jtree_at(jtree_get(root, "errors"), 0);
    struct slice type = jtree_get_text(root, "type");
    return slice_ends(slice_is_empty(type) ? jtree_get_text(first, "type") : type, SLICE("/usage-capped"));
}

static bool refuse(const struct response *response, const char *network, struct fault *fault) {
    AUTO(jtree_free)
    struct jtree *doc = answer_details(response);
    struct slice words = words_of(doc);
    int status = response->status;
    if (status == 401)
        return fault_set(
            fault, FAULT_REFUSED,
            "%s does not accept the key (%.*s): make a new one in your account there, put it in the secrets "
            "file and run again",
            network, SLICE_ARGS(words));
    if (status == 403)
        return fault_set(fault, FAULT_REFUSED,
                         "%s says that this key may not read this (%.*s): check the plan and the permissions of the "
                         "account",
                         network, SLICE_ARGS(words));
    if (status == 404 || status == 410)
        return fault_set(fault, FAULT_REFUSED, "%s knows nothing under this name (%.*s): check its spelling", network,
                         SLICE_ARGS(words));
    if (status == 429 && is_used_up(jtree_root(doc)))
        return fault_set(
            fault, FAULT_REFUSED,
            "%s says that what this key may read is used up (%.*s): it goes on when the period is over, or "
            "when the limit is raised in your account there",
            network, SLICE_ARGS(words));
    if (status == 429) return fault_set(fault, FAULT_REMOTE, "%s asks us to come back later", network);
    if (status >= 500) return fault_set(fault, FAULT_REMOTE, "%s is out of order (status %d)", network, status);
    return fault_set(fault, FAULT_REFUSED, "%s refuses the question (status %d: %.*s)", network, status,
                     SLICE_ARGS(words));
}

struct jtree *answer_read(const struct response *response, const char *network, struct fault *fault) {
    if (response->status < 200 || response->status > 299) {
        refuse(response, network, fault);
        return NULL;
    }
    if (slice_is_empty(slice_trim(response->body))) {
        fault_set(fault, FAULT_INPUT, "%s answered with nothing at all", network);
        return NULL;
    }
    if (looks_like_page(response->body)) {
        fault_set(fault, FAULT_INPUT, "%s answered with a web page where data was expected", network);
        return NULL;
    }
    struct jtree *doc = jtree_read(response->body, fault);
    if (doc == NULL) fault_context(fault, "the answer of %s", network);
    return doc;
}

bool answer_is_stale_page(const struct response *response, struct slice page) {
    int status = response->status;
    return !slice_is_empty(page) && (status == 400 || status == 404 || status == 410);
}

bool cursor_get(struct slice cursor, const char *key, struct arena *arena, struct slice *out) {
    struct fault ignored = {0};
    *out = (struct slice){NULL, 0};
    if (slice_is_empty(cursor)) return true;
    AUTO(jtree_free)
    struct jtree *doc = jtree_read(cursor, &ignored);
    if (doc == NULL) return ignored.kind != FAULT_MEMORY; /* a cursor of another kind: start anew */
    return arena_copy(arena, jtree_get_text(jtree_root(doc), key), out);
}

bool cursor_write(const struct cursor_part *parts, size_t count, struct arena *arena, struct slice *out) {
    AUTO(buf_free)
    struct buf text = buf_new(CURSOR_BYTES);
    struct jwrite json = jwrite_to(&text);
    jwrite_object(&json);
    for (size_t i = 0; i < count; i++) {
        if (slice_is_empty(parts[i].value)) continue;
        jwrite_key(&json, parts[i].key);
        jwrite_text(&json, parts[i].value);
    }
    jwrite_end_object(&json);
    return !buf_failed(&text) && arena_copy(arena, buf_slice(&text), out);
}

bool answer_copy(struct arena *arena, const struct jnode *node, const char *key, struct slice *out) {
    struct slice text = jtree_get_text(node, key);
    if (slice_is_empty(text)) {
        *out = (struct slice){NULL, 0};
        return true;
    }
    return arena_copy(arena, text, out);
}

int64_t answer_instant(const struct jnode *node, const char *key) {
    int64_t instant_s;
    return when_parse_rfc3339(slice_trim(jtree_get_text(node, key)), &instant_s) ? instant_s : WHEN_ABSENT;
}

bool answer_count(struct arena *arena, struct slice *part, size_t more, long long *sum) {
    *sum = 0;
    (void)slice_to_int64(*part, sum);
    *sum += (long long)more;
    char *text = arena_printf(arena, "%lld", *sum);
    if (text == NULL) return false;
    *part = slice_from(text);
    return true;
}

static struct item *add_item(struct arena *arena, struct item_list *list) {
    if (list->count >= LIMIT_FEED_ITEMS) return NULL;
    struct item *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return NULL;
    list->at = more;
    item_init(&more[list->count]);
    return &more[list->count++];
}

struct item *answer_add_item(struct arena *arena, struct page *page) {
    return add_item(arena, &page->items);
}

struct item *answer_add_original(struct arena *arena, struct page *page) {
    return add_item(arena, &page->originals);
}

char *answer_query(struct arena *arena, struct slice text) {
    static const char digits[] = "0123456789ABCDEF";
    if (text.len > LIMIT_URL_BYTES) return NULL;
    char *out = arena_alloc(arena, text.len * 3 + 1, 1);
    if (out == NULL) return NULL;
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     (c != '\0' && strchr("-._~", c) != NULL);
        if (plain) {
            out[len++] = (char)c;
            continue;
        }
        out[len++] = '%';
        out[len++] = digits[c >> 4];
        out[len++] = digits[c & 15];
    }
    return out;
}

char *answer_parameter(struct arena *arena, const char *name, struct slice value) {
    if (slice_is_empty(value)) return arena_text(arena, SLICE(""));
    char *query = answer_query(arena, value);
    return query == NULL ? NULL : arena_printf(arena, "%s=%s", name, query);
}
