#include "normal/thread.h"

#include <string.h>

#include "base/limits.h"
#include "base/when.h"

#define NOWHERE ((size_t)-1)

static bool join_text(struct arena *arena, struct item *root, struct slice more) {
    if (slice_is_empty(more) || slice_find(root->text, more, 0) != SLICE_NOT_FOUND) return true;
    if (slice_is_empty(root->text)) {
        root->text = more;
        return true;
    }
    if (root->text.len + 2 + more.len > LIMIT_FIELD_BYTES) {
        root->cut = true;
        return true;
    }
    char *text = arena_printf(arena, "%.*s\n\n%.*s", SLICE_ARGS(root->text), SLICE_ARGS(more));
    if (text == NULL) return false;
    root->text = slice_from(text);
    return true;
}

/* A thread is one person's: an answer to somebody else's post is none of it. */
static bool is_same_author(const struct item *a, const struct item *b) {
    if (a->authors.count == 0 || b->authors.count == 0) return true;
    const struct person *one = &a->authors.at[0], *two = &b->authors.at[0];
    if (!slice_is_empty(one->url) && !slice_is_empty(two->url)) return slice_equal(one->url, two->url);
    return slice_equal_nocase(one->handle, two->handle);
}

bool thread_is_of(const struct item *root, const struct item *part) {
    return root->kind != ITEM_REPOST && part->kind != ITEM_REPOST && is_same_author(root, part);
}

static bool has_link(const struct link_list *links, struct slice url) {
    for (size_t i = 0; i < links->count; i++)
        if (slice_equal(links->at[i].url, url)) return true;
    return false;
}

bool thread_last_name(struct arena *arena, struct slice id, struct slice *out) {
    char *name = arena_printf(arena, THREAD_LAST "%.*s", SLICE_ARGS(id));
    if (name == NULL) return false;
    *out = slice_from(name);
    return true;
}

bool thread_join(struct arena *arena, struct item *root, const struct item *part) {
    bool begins = slice_is_empty(root->thread) || slice_starts(root->thread, SLICE(THREAD_LAST));
    bool known = slice_find(root->text, part->text, 0) != SLICE_NOT_FOUND && !slice_is_empty(root->thread);
    if (begins && !known && !thread_last_name(arena, part->id, &root->thread)) return false;
    if (!join_text(arena, root, part->text)) return false;
    for (size_t i = 0; i < part->links.count; i++)
        if (!has_link(&root->links, part->links.at[i].url)) (void)link_list_add(arena, &root->links, part->links.at[i]);
    for (size_t i = 0; i < part->tags.count; i++) (void)tag_list_add(arena, &root->tags, part->tags.at[i]);
    if (slice_is_absent(root->image)) root->image = part->image;
    int64_t later = part->updated_s == WHEN_ABSENT ? part->published_s : part->updated_s;
    if (later != WHEN_ABSENT && (root->updated_s == WHEN_ABSENT || later > root->updated_s)) root->updated_s = later;
    root->cut = root->cut || part->cut;
    return true;
}

/* Networks name the post before by its bare id, while an item's id may be an address that ends in it. */
static bool is_named(const struct item *item, struct slice name) {
    if (slice_equal(item->id, name)) return true;
    if (slice_starts(item->thread, SLICE(THREAD_LAST)) &&
        slice_equal(slice_part(item->thread, strlen(THREAD_LAST), item->thread.len), name))
        return true;
    if (name.len == 0 || !slice_ends(item->id, name) || item->id.len == name.len) return false;
    return item->id.at[item->id.len - name.len - 1] == '/';
}

static size_t find(const struct item_list *items, struct slice name) {
    for (size_t i = 0; i < items->count; i++)
        if (is_named(&items->at[i], name)) return i;
    return NOWHERE;
}

/* Index of the first post of the thread that item `at` continues, as far as this page knows it; NOWHERE when it
 * continues none here. */
static size_t root_of(const struct item_list *items, size_t at) {
    size_t root = NOWHERE;
    for (size_t steps = 0; steps <= items->count; steps++) {
        struct slice name = items->at[at].thread;
        size_t before = slice_is_empty(name) ? NOWHERE : find(items, name);
        if (before == NOWHERE || before == at || !thread_is_of(&items->at[before], &items->at[at])) return root;
        root = at = before;
    }
    return NOWHERE; /* a circle */
}

static bool comes_before(const struct item *a, const struct item *b) {
    return a->published_s < b->published_s || (a->published_s == b->published_s && slice_compare(a->id, b->id) < 0);
}

bool thread_join_page(struct arena *arena, struct item_list *items) {
    size_t *roots = arena_alloc(arena, items->count, sizeof *roots);
    bool *done = arena_alloc(arena, items->count, sizeof *done);
    if (roots == NULL || done == NULL) return false;
    for (size_t i = 0; i < items->count; i++) roots[i] = root_of(items, i);
    for (;;) {
        size_t next = NOWHERE;
        for (size_t i = 0; i < items->count; i++)
            if (roots[i] != NOWHERE && !done[i] && (next == NOWHERE || comes_before(&items->at[i], &items->at[next])))
                next = i;
        if (next == NOWHERE) break;
        done[next] = true;
        if (!thread_join(arena, &items->at[roots[next]], &items->at[next])) return false;
    }
    size_t kept = 0;
    for (size_t i = 0; i < items->count; i++)
        if (!done[i]) items->at[kept++] = items->at[i];
    items->count = kept;
    return true;
}
