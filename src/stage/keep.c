#include "stage/keep.h"

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "cite/scan.h"
#include "normal/item.h"
#include "normal/thread.h"
#include "stage/rename.h"
#include "stage/threads.h"
#include "stage/withdraw.h"
#include "store/articles.h"
#include "store/items.h"
#include "store/works.h"

/* The whole set of words that an item can be let in by. */
static bool is_let_in(const struct slice_list *need, const struct item *item) {
    if (need->count == 0) return true;
    for (size_t i = 0; i < need->count; i++) {
        struct slice word = need->at[i];
        if (slice_find_nocase(item->title, word, 0) != SLICE_NOT_FOUND ||
            slice_find_nocase(item->text, word, 0) != SLICE_NOT_FOUND ||
            slice_find_nocase(item->summary, word, 0) != SLICE_NOT_FOUND)
            return true;
        struct slice bare = slice_starts(word, SLICE("#")) ? slice_part(word, 1, word.len) : word;
        for (size_t t = 0; t < item->tags.count; t++)
            if (slice_equal_nocase(item->tags.at[t].term, bare)) return true;
    }
    return false;
}

/* Pages that an item leads to: what they are known by, and where they are asked (http or www. may matter there). */
struct pages {
    struct slice_list keys, urls; /* side by side */
};

static bool add_page(const struct keep_options *options, struct slice url, struct arena *arena, struct pages *pages,
                     struct fault *fault) {
    struct canonical page;
    if (!url_is_web(url)) return true;
    if (!canon_memo_url(options->memo, url, &page, fault)) {
        if (fault->kind == FAULT_MEMORY) return false;
        fault_clear(fault); /* an address that cannot be read joins nothing */
        return true;
    }
    if (page.role != LINK_PAGE) return true;
    size_t before = pages->keys.count;
    (void)slice_list_add_once(arena, &pages->keys, page.key);
    return pages->keys.count == before || slice_list_add(arena, &pages->urls, page.url) || fault_memory(fault);
}

/* Links that lead to pages worth reading: not the item's own media, not a list of tags. An article's own page comes
 * first: its feed may hold only a summary. */
static bool is_page_link(const struct link *link) {
    return slice_is_empty(link->rel) || slice_equal(link->rel, SLICE("via")) ||
           slice_equal(link->rel, SLICE("related"));
}

static struct slice link_target(const struct link *link) {
    return slice_is_empty(link->expanded) ? link->url : link->expanded;
}

static bool pages_of(const struct keep_options *options, const struct item *item, struct arena *arena,
                     struct pages *pages, struct fault *fault) {
    if (item->kind == ITEM_ARTICLE && !add_page(options, item->url, arena, pages, fault)) return false;
    for (size_t i = 0; i < item->links.count && pages->keys.count < LIMIT_ITEM_LIST; i++)
        if (is_page_link(&item->links.at[i]) &&
            !add_page(options, link_target(&item->links.at[i]), arena, pages, fault))
            return false;
    return true;
}

/* A post's only link says more of it than one of twenty. */
static bool want_pages(const struct keep_options *options, const struct item *item, const struct pages *pages,
                       struct arena *arena, struct fault *fault) {
    struct article_want_list *wants = options->wants;
    if (item->kind == ITEM_REPOST) return true;
    for (size_t i = 0; i < pages->urls.count && i < LIMIT_PAGES_OF_ITEM; i++) {
        struct article_want *more = arena_grow(arena, wants->at, wants->count, &wants->capacity, sizeof *more);
        if (more == NULL) return fault_memory(fault);
        wants->at = more;
        wants->at[wants->count++] = (struct article_want){.key = pages->keys.at[i],
                                                          .url = pages->urls.at[i],
                                                          .priority = 1.0 / (double)(i + pages->keys.count),
                                                          .now_s = options->now_s};
    }
    return true;
}

/* What the post itself rests on; what its page rests on is found when that is read. */
static bool put_references(struct store *store, const struct item *item, const struct item_put *put,
                           struct arena *arena, struct fault *fault) {
    struct reference_list list = {0};
    struct cite_input input = {.text = item->text, .links = &item->links, .own_url = item->url};
    if (!cite_scan(arena, &input, &list, fault)) return false;
    if (list.count == 0 && put->outcome == ITEM_IS_NEW) return true;
    return references_put(store, put->row, &list, fault);
}

static bool put_item(struct store *store, const struct keep_options *options, const struct item *item,
                     struct arena *arena, struct keep_counts *counts, struct fault *fault) {
    struct pages pages = {0};
    struct item_put put;
    if (!pages_of(options, item, arena, &pages, fault)) return false;
    struct item_in in = {.source = options->source->name, .item = item, .keys = &pages.keys, .now_s = options->now_s};
    if (!items_put(store, &in, &put, fault)) {
        if (fault->kind != FAULT_INPUT && fault->kind != FAULT_LIMIT) return false;
        fault_clear(fault);
        counts->skipped++;
        return true;
    }
    if (put.outcome == ITEM_FORGOTTEN) return true;
    counts->made += put.outcome == ITEM_IS_NEW;
    counts->changed += put.outcome == ITEM_CHANGED;
    counts->unchanged += put.outcome == ITEM_UNCHANGED || put.outcome == ITEM_COUNTED;
    bool fresh = put.outcome == ITEM_IS_NEW || put.outcome == ITEM_CHANGED;
    return !fresh ||
           (put_references(store, item, &put, arena, fault) && want_pages(options, item, &pages, arena, fault));
}

/* A thread's part whose beginning was kept on an earlier page or run is added to it; *joined says so. */
static bool join_kept(struct store *store, const struct keep_options *options, const struct item *part,
                      struct arena *arena, struct keep_counts *counts, bool *joined, struct fault *fault) {
    struct item_row root;
    if (!threads_root(store, options->source->name, part, arena, &root, joined, fault)) return false;
    if (!*joined) return true;
    if (!thread_join(arena, &root.item, part)) return fault_memory(fault);
    return put_item(store, options, &root.item, arena, counts, fault);
}

/* A repost is a share of what it reposts, which is an item of its own: nothing to judge, search or read on. */
static void make_share(struct item *item) {
    struct slice none = {NULL, 0};
    if (item->kind != ITEM_REPOST || slice_is_empty(item->refs.reposts)) return;
    item->title = item->text = item->summary = item->image = item->warning = none;
    item->links.count = item->tags.count = item->enclosures.count = 0;
}

static bool keep_item(struct store *store, const struct keep_options *options, struct item *item, struct arena *arena,
                      struct keep_counts *counts, struct fault *fault) {
    bool joined;
    if (!is_let_in(&options->source->need_words, item)) {
        counts->skipped++;
        return true;
    }
    make_share(item);
    if (!join_kept(store, options, item, arena, counts, &joined, fault)) return false;
    if (joined) return true;
    struct threads_of threads = {options->source->name, options->waiting};
    if (options->waiting != NULL && !slice_is_empty(item->thread)) threads_wait(options->waiting, item->thread);
    return threads_complete(store, &threads, item, arena, fault) &&
           put_item(store, options, item, arena, counts, fault);
}

/* All of the page that can be kept, in its order. */
static bool make_ready(const struct keep_options *options, struct item_list *items, struct arena *arena,
                       struct keep_counts *counts, struct fault *fault) {
    size_t ready = 0;
    for (size_t i = 0; i < items->count; i++) {
        struct item *item = &items->at[i];
        if (normal_item(item, options->source, options->memo, options->now_s, arena, fault)) {
            items->at[ready++] = *item;
            continue;
        }
        if (fault->kind == FAULT_MEMORY) return false;
        fault_clear(fault);
        counts->skipped++;
    }
    items->count = ready;
    return true;
}

/* What the network says is gone goes from here too, from earlier digests as well. */
static bool keep_deleted(struct store *store, const struct keep_options *options, const struct page *page,
                         struct arena *arena, struct keep_counts *counts, struct fault *fault) {
    struct slice_list gone = {0};
    int64_t touched;
    for (size_t i = 0; i < page->deleted.count; i++) {
        bool found;
        struct slice reference = {0};
        if (!items_delete(store, options->source->name, page->deleted.at[i], &found, fault)) return false;
        counts->deleted += found;
        if (!found) continue;
        if (!item_reference(arena, options->source->name, page->deleted.at[i], &reference) ||
            !slice_list_add(arena, &gone, reference))
            return fault_memory(fault);
    }
    return gone.count == 0 || withdraw_posts(store, &gone, options->now_s, &touched, fault);
}

static bool keep_all(struct store *store, const struct keep_options *options, struct page *page, struct arena *arena,
                     struct keep_counts *counts, struct fault *fault) {
    if (!make_ready(options, &page->items, arena, counts, fault) ||
        !make_ready(options, &page->originals, arena, counts, fault) ||
        !rename_churned(store, options, &page->items, arena, fault))
        return false;
    for (size_t i = page->originals.count; i-- > 0;)
        if (!keep_item(store, options, &page->originals.at[i], arena, counts, fault)) return false;
    /* Oldest first, so that a thread's beginning is kept before its parts, and rows ascend with time. */
    for (size_t i = page->items.count; i-- > 0;)
        if (!keep_item(store, options, &page->items.at[i], arena, counts, fault)) return false;
    return keep_deleted(store, options, page, arena, counts, fault);
}

bool keep_page(struct store *store, const struct keep_options *options, struct page *page, struct arena *arena,
               struct keep_counts *counts, struct fault *fault) {
    struct article_want_list wants = {0};
    struct keep_options of_page = *options;
    of_page.memo = canon_memo_new(options->rules, arena);
    of_page.wants = &wants;
    if (of_page.memo == NULL || !thread_join_page(arena, &page->items)) return fault_memory(fault);
    counts->skipped += (int64_t)page->skipped;
    return keep_all(store, &of_page, page, arena, counts, fault) && articles_want_all(store, &wants, fault);
}
