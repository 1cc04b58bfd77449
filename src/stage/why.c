#include "stage/why.h"

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "curate/options.h"
#include "model/digest_json.h"

#define FOR_EVER INT64_MAX
#define CODE_LETTERS 4u
#define CODE_LISTS 30u
/* As far as a list looks back at most, after a long holiday. */
#define LOOKED_AT_DAYS 47

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

/* The code that `digest --explain` prints beside what was left out, in one of the last lists. */
static bool by_code_left_out(struct house *house, struct slice code, struct arena *arena, struct slice *reference,
                             struct fault *fault) {
    struct digest_record_list records = {0};
    struct slice all = {NULL, 0};
    if (code.len != CODE_LETTERS || !digests_list(house->store, all, arena, &records, fault))
        return code.len != CODE_LETTERS;
    for (size_t i = 0; i < records.count && i < CODE_LISTS; i++) {
        AUTO(arena_free)
        struct arena *scratch = arena_new(LIMIT_ARENA_BYTES);
        struct digest digest;
        bool found;
        if (scratch == NULL) return fault_memory(fault);
        if (!digests_get(house->store, &records.at[i], scratch, &found, fault) ||
            !digest_json_read(records.at[i].json, scratch, &digest, fault))
            return false;
        for (size_t l = 0; l < digest.left_out.count; l++)
            if (slice_equal(digest.left_out.at[l].code, code))
                return arena_copy(arena, digest.left_out.at[l].lead, reference) || fault_memory(fault);
    }
    return true;
}

static bool by_code(struct house *house, struct slice code, struct arena *arena, struct slice *reference,
                    struct fault *fault) {
    struct shown_list shown = {0};
    if (!all_shown(house, arena, &shown, fault)) return false;
    for (size_t i = shown.count; i-- > 0;)
        if (slice_equal(shown.at[i].code, code)) {
            *reference = shown.at[i].item;
            return true;
        }
    return by_code_left_out(house, code, arena, reference, fault);
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

/* ---- lists that left it out ---- */

static bool is_of(const struct left_out *left, struct slice reference, bool *with_another) {
    *with_another = false;
    if (slice_equal(left->lead, reference)) return true;
    for (size_t i = 0; i < left->members.count; i++)
        if (slice_equal(left->members.at[i], reference)) *with_another = true;
    return *with_another;
}

static bool copy_terms(struct arena *arena, const struct term_list *from, struct term_list *to) {
    *to = (struct term_list){.at = arena_alloc(arena, from->count + 1, sizeof *to->at)};
    for (; to->at != NULL && to->count < from->count; to->count++) {
        struct term *term = &to->at[to->count];
        *term = from->at[to->count];
        if (!arena_copy(arena, term->name, &term->name) || !arena_copy(arena, term->words, &term->words)) return false;
    }
    return to->at != NULL;
}

/* What is told of it, out of an arena that ends. */
static bool keep_left(struct arena *arena, const struct digest_record *record, const struct left_out *left,
                      struct why_left_list *list) {
    struct why_left *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    struct why_left *one = &more[list->count];
    *one = (struct why_left){.date_s = record->date_s, .left = {.reason = left->reason, .score = left->score}};
    if (!arena_copy(arena, record->reader, &one->reader) || !arena_copy(arena, left->why, &one->left.why) ||
        !arena_copy(arena, left->code, &one->left.code) || !arena_copy(arena, left->lead, &one->left.lead) ||
        !copy_terms(arena, &left->terms, &one->left.terms))
        return false;
    list->count++;
    return true;
}

/* Only the best of those that were left out are kept one by one. */
static bool is_cut(const struct digest *digest) {
    return digest->left_out.count == LIMIT_LEFT_OUT;
}

static bool is_shown(const struct digest *digest, struct slice reference) {
    for (size_t s = 0; s < digest->sections.count; s++)
        for (size_t e = 0; e < digest->sections.at[s].entries.count; e++) {
            const struct entry *entry = &digest->sections.at[s].entries.at[e];
            if (slice_equal(entry->lead, reference)) return true;
            for (size_t m = 0; m < entry->members.count; m++)
                if (slice_equal(entry->members.at[m], reference)) return true;
        }
    return false;
}

/* What can be said of the others: that they have no more points than the last of the kept ones. */
static bool keep_bound(struct arena *arena, const struct digest_record *record, const struct digest *digest,
                       struct why_left_list *list) {
    struct left_out bound = {.reason = LEFT_UNDER_BAR,
                             .score = digest->left_out.at[digest->left_out.count - 1].score,
                             .why = SLICE("not among the hundred best of those that were left out")};
    if (!keep_left(arena, record, &bound, list)) return false;
    list->at[list->count - 1].one_of_many = true;
    return true;
}

static bool look_into(struct house *house, struct digest_record *record, struct slice reference, struct arena *arena,
                      struct why_left_list *list, struct fault *fault) {
    AUTO(arena_free)
    struct arena *scratch = arena_new(LIMIT_ARENA_BYTES);
    struct digest digest;
    bool found;
    if (scratch == NULL) return fault_memory(fault);
    if (!digests_get(house->store, record, scratch, &found, fault)) return false;
    if (!found) return true;
    if (!digest_json_read(record->json, scratch, &digest, fault)) return false;
    for (size_t i = 0; i < digest.left_out.count; i++) {
        bool with_another;
        if (!is_of(&digest.left_out.at[i], reference, &with_another)) continue;
        if (!keep_left(arena, record, &digest.left_out.at[i], list)) return fault_memory(fault);
        list->at[list->count - 1].with_another = with_another;
        return true;
    }
    return !is_cut(&digest) || is_shown(&digest, reference) || keep_bound(arena, record, &digest, list) ||
           fault_memory(fault);
}

static size_t count_of(const struct why_left_list *list, struct slice reader) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) count += slice_equal(list->at[i].reader, reader);
    return count;
}

/* The lists that were made while it was new enough to be looked at. */
static bool add_left(struct house *house, const struct why *why, struct slice reference, struct arena *arena,
                     struct why_left_list *out, bool *any_list, struct fault *fault) {
    struct digest_record_list records = {0};
    struct slice all = {NULL, 0};
    int64_t from_s = why->item.first_seen_s - DAY_S;
    *any_list = false;
    if (!digests_list(house->store, all, arena, &records, fault)) return false;
    for (size_t i = 0; i < records.count; i++) {
        struct digest_record *record = &records.at[i];
        if (record->date_s < from_s || record->date_s > from_s + LOOKED_AT_DAYS * (int64_t)DAY_S) continue;
        if (record->made_s < why->item.first_seen_s) continue;
        *any_list = true;
        if (count_of(out, record->reader) == WHY_LEFT_MOST) continue;
        if (!look_into(house, record, reference, arena, out, fault)) return false;
    }
    return true;
}

/* Why no list ever looks at it; absent when lists do. */
static struct slice why_never(const struct house *house, const struct item_row *item) {
    const struct source *source = source_list_find(&house->config.sources, item->source);
    bool imported = slice_starts(item->source, SLICE("imported-"));
    if (item->item.unlisted) return SLICE("its author keeps it from the public: it is never shown");
    if (source == NULL && !imported) return SLICE("its source is not in the list of sources any more");
    if (item->item.kind == ITEM_REPOST) return SLICE("it is a repost: what it shares is looked at instead");
    return (struct slice){NULL, 0};
}

/* The lists that left it out, or why there are none. */
static bool set_left(struct house *house, struct slice reference, struct arena *arena, struct why *why,
                     struct fault *fault) {
    bool any_list = false;
    why->not_looked_at = why_never(house, &why->item);
    if (!slice_is_absent(why->not_looked_at)) return true;
    if (!add_left(house, why, reference, arena, &why->left, &any_list, fault)) return false;
    if (why->shown.count == 0 && why->left.count == 0)
        why->not_looked_at = any_list ? SLICE("it had not been judged when the lists of its days were made")
                                      : SLICE("no list was made since it came");
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
    const struct curate_options *weights = house->config.curate;
    why.bar = weights->bar;
    if (!keep_shown(house, reference, arena, &why.shown, fault) || !find_page(house, arena, &why, fault)) return false;
    if (!set_left(house, reference, arena, &why, fault)) return false;
    *out = why;
    return true;
}
