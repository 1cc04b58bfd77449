#include "stage/why.h"

#include "base/url.h"

#define FOR_EVER INT64_MAX

/* Its own address, as it was given or as it is known by; else a page that it links to. */
static bool by_address(struct house *house, struct slice what, struct arena *arena, int64_t *row, struct fault *fault) {
    struct canonical page;
    if (!canonical_url(house->url_rules, what, arena, &page, fault)) return false;
    const struct {
        enum item_key kind;
        struct slice key;
    } ways[] = {{ITEM_KEY_URL, what}, {ITEM_KEY_URL, page.url}, {ITEM_KEY_URL, page.key}, {ITEM_KEY_LINK, page.key}};
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        struct row_list rows = {0};
        if (!items_find(house->store, ways[i].kind, ways[i].key, arena, &rows, fault)) return false;
        if (rows.count == 0) continue;
        *row = rows.at[0];
        return true;
    }
    return true;
}

static bool has_member(const struct shown *shown, struct slice reference) {
    if (slice_equal(shown->item, reference)) return true;
    for (size_t i = 0; i < shown->members.count; i++)
        if (slice_equal(shown->members.at[i], reference)) return true;
    return false;
}

static bool all_shown(struct house *house, struct arena *arena, struct shown_list *out, struct fault *fault) {
    struct shown_query query = {.from_s = 0, .until_s = FOR_EVER};
    return shown_list(house->store, &query, arena, out, fault);
}

static bool by_code(struct house *house, struct slice code, struct arena *arena, struct slice *reference,
                    struct fault *fault) {
    struct shown_list shown = {0};
    if (!all_shown(house, arena, &shown, fault)) return false;
    for (size_t i = shown.count; i-- > 0;)
        if (slice_equal(shown.at[i].code, code)) {
            *reference = shown.at[i].item;
            break;
        }
    return true;
}

bool why_find(struct house *house, struct slice what, struct arena *arena, struct item_row *out, struct fault *fault) {
    int64_t row = 0;
    bool found = false;
    struct slice reference = what;
    if (url_is_web(what) && !by_address(house, what, arena, &row, fault)) return false;
    if (row != 0) return items_get_row(house->store, row, arena, out, &found, fault);
    if (slice_find_byte(what, '/', 0) == SLICE_NOT_FOUND && !by_code(house, what, arena, &reference, fault))
        return false;
    if (!items_get(house->store, reference, arena, out, &found, fault)) return false;
    return found || fault_set(fault, FAULT_INPUT,
                              "nothing is kept under '%.*s': give an item (source/id), its address, or the code of an "
                              "entry",
                              SLICE_ARGS(what));
}

static bool keep_shown(struct house *house, struct slice reference, struct arena *arena, struct shown_list *out,
                       struct fault *fault) {
    struct shown_list all = {0};
    if (!all_shown(house, arena, &all, fault)) return false;
    size_t kept = 0;
    for (size_t i = 0; i < all.count; i++)
        if (has_member(&all.at[i], reference)) all.at[kept++] = all.at[i];
    all.count = kept;
    *out = all;
    return true;
}

static bool find_page(struct house *house, struct arena *arena, struct why *why, struct fault *fault) {
    for (size_t i = 0; i < why->item.keys.count; i++) {
        struct article_row page;
        bool found;
        if (!articles_get(house->store, why->item.keys.at[i], arena, &page, &found, fault)) return false;
        bool known = found && (!slice_is_absent(page.article.url) || !slice_is_absent(page.archive_url));
        if (known || (found && slice_is_absent(why->page.key))) why->page = page;
        if (known) return true;
    }
    return true;
}

bool why_item(struct house *house, struct judge *judge, struct slice what, struct arena *arena, struct why *out,
              struct fault *fault) {
    struct why why = {0};
    struct slice reference = {0};
    if (!why_find(house, what, arena, &why.item, fault)) return false;
    if (!item_reference(arena, why.item.source, why.item.item.id, &reference)) return fault_memory(fault);
    if (!verdicts_document(house->store, why.item.row, arena, &why.input, fault)) return false;
    if (!judge_document(judge, &why.input.document, JUDGE_WITH_HITS, arena, &why.verdict, fault)) return false;
    if (!keep_shown(house, reference, arena, &why.shown, fault) || !find_page(house, arena, &why, fault)) return false;
    *out = why;
    return true;
}
