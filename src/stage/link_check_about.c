#include "stage/link_check_about.h"

#include "base/url.h"
#include "base/when.h"
#include "cite/crossref.h"
#include "normal/canonical.h"
#include "stage/lookup.h"
#include "store/items.h"
#include "store/works.h"

bool link_check_kept_post(struct house *house, struct slice url, struct arena *arena, struct item *out, bool *found,
                          struct fault *fault) {
    struct canonical page;
    struct fault ignored = {0};
    *found = false;
    if (!canonical_url(house->url_rules, url, arena, &page, &ignored))
        return ignored.kind != FAULT_MEMORY || fault_memory(fault);
    const struct slice ways[] = {url, page.key};
    for (size_t i = 0; i < COUNT_OF(ways) && !*found; i++) {
        struct row_list rows = {0};
        struct item_row row;
        if (!items_find(house->store, ITEM_KEY_URL, ways[i], arena, &rows, fault)) return false;
        if (rows.count == 0) continue;
        if (!items_get_row(house->store, rows.at[0], arena, &row, found, fault)) return false;
        *found = *found && row.item.kind != ITEM_ARTICLE;
        if (*found) *out = row.item;
    }
    return true;
}

/* ---- what it rests on ---- */

/* What a page says it is itself is not what it rests on, but it is worth knowing. */
static bool is_listed(const struct link_check *check, const struct reference *reference) {
    for (size_t i = 0; i < check->reference_count; i++) {
        const struct reference *other = &check->references[i].reference;
        bool same = slice_is_empty(reference->id) || reference->kind == REFERENCE_HOST
                        ? slice_equal(other->url, reference->url) && slice_equal(other->text, reference->text)
                        : other->kind == reference->kind && slice_equal(other->id, reference->id);
        if (same) return true;
    }
    return false;
}

static void list_references(const struct link_check_tools *tools, const struct reference_list *list,
                            struct link_check *check) {
    for (size_t i = 0; i < list->count; i++) {
        const struct reference *reference = &list->at[i];
        if (is_listed(check, reference)) continue;
        if (check->reference_count == CHECK_REFERENCES) {
            check->references_left++;
            continue;
        }
        struct check_reference *one = &check->references[check->reference_count++];
        *one = (struct check_reference){.reference = *reference};
        size_t at =
            reference->kind == REFERENCE_HOST ? ruleset_find(tools->rules, BLOCK_HOSTS, reference->id) : RULES_NOWHERE;
        if (at != RULES_NOWHERE) one->place = tools->rules->blocks[at].label;
    }
}

/* Ids of the works that are not known for good yet and can be asked about. */
static bool list_unknown(const struct link_check_tools *tools, struct link_check *check, struct slice_list *ids,
                         struct fault *fault) {
    for (size_t i = 0; i < check->reference_count; i++) {
        struct check_reference *one = &check->references[i];
        struct work work;
        bool found;
        if (!work_id(tools->arena, &one->reference, &one->work.id)) return fault_memory(fault);
        if (slice_is_absent(one->work.id)) continue;
        one->can_be_asked = cite_can_ask(one->work.id);
        if (!works_get(tools->house->store, one->work.id, tools->arena, &work, &found, fault)) return false;
        bool known = found && (work.state == WORK_FOUND || work.state == WORK_NOT_FOUND);
        if (!known && one->can_be_asked && !slice_list_add_once(tools->arena, ids, one->work.id))
            return fault_memory(fault);
    }
    return true;
}

static bool take_works(const struct link_check_tools *tools, struct link_check *check, struct fault *fault) {
    struct work_list *works = &check->document.works;
    for (size_t i = 0; i < check->reference_count; i++) {
        struct check_reference *one = &check->references[i];
        struct work work;
        bool found;
        if (slice_is_absent(one->work.id)) continue;
        if (!works_get(tools->house->store, one->work.id, tools->arena, &work, &found, fault)) return false;
        if (!found) continue;
        one->work = work;
        struct work *more = arena_grow(tools->arena, works->at, works->count, &works->capacity, sizeof *more);
        if (more == NULL) return fault_memory(fault);
        works->at = more;
        more[works->count++] = work;
    }
    return true;
}

bool link_check_references(const struct link_check_tools *tools, struct link_check *check, struct fault *fault) {
    struct slice_list ids = {0};
    struct lookup_counts counts;
    list_references(tools, &check->document.references, check);
    if (check->document.article != NULL) list_references(tools, &check->document.article->references, check);
    if (!list_unknown(tools, check, &ids, fault)) return false;
    if (check->looked_up && ids.count > 0 && !lookup_works(tools->house, tools->network, &ids, &counts, fault))
        return false;
    return take_works(tools, check, fault);
}

/* ---- who says so ---- */

static bool add_sharer(const struct link_check_tools *tools, int64_t row, struct link_check *check,
                       struct fault *fault) {
    struct item_row kept;
    bool found;
    struct check_sharer *sharer = &check->sharers[check->sharer_count];
    if (!items_get_row(tools->house->store, row, tools->arena, &kept, &found, fault)) return false;
    if (!found || kept.item.unlisted) return true;
    const struct source *source = source_list_find(&tools->house->config.sources, kept.source);
    *sharer = (struct check_sharer){
        .source = kept.source,
        .source_title = source == NULL ? kept.source : source->title,
        .title = slice_is_empty(kept.item.title) ? kept.item.text : kept.item.title,
        .url = kept.item.url,
        .when_s = kept.item.published_s == WHEN_ABSENT ? kept.first_seen_s : kept.item.published_s,
    };
    if (!item_reference(tools->arena, kept.source, kept.item.id, &sharer->item)) return fault_memory(fault);
    check->sharer_count++;
    return true;
}

static bool add_sharers(const struct link_check_tools *tools, enum item_key kind, struct slice key,
                        struct slice_list *seen, struct link_check *check, struct fault *fault) {
    struct row_list rows = {0};
    if (slice_is_empty(key) || !items_find(tools->house->store, kind, key, tools->arena, &rows, fault))
        return slice_is_empty(key);
    for (size_t i = 0; i < rows.count && check->sharer_count < CHECK_SHARERS; i++) {
        char *name = arena_printf(tools->arena, "%lld", (long long)rows.at[i]);
        size_t before = seen->count;
        if (name == NULL) return fault_memory(fault);
        if (!slice_list_add_once(tools->arena, seen, slice_from(name))) return fault_memory(fault);
        if (seen->count > before && !add_sharer(tools, rows.at[i], check, fault)) return false;
    }
    return true;
}

/* Who publishes there, as far as the list of sources says: the one whose home or feed is at that host. */
static void set_publisher(const struct link_check_tools *tools, struct link_check *check) {
    const struct source_list *sources = &tools->house->config.sources;
    struct slice host = url_host(tools->arena, check->url);
    for (size_t i = 0; i < sources->count && slice_is_empty(check->publisher); i++)
        if (!slice_is_empty(host) && slice_equal(url_host(tools->arena, sources->at[i].site), host))
            check->publisher = sources->at[i].publisher;
    for (size_t i = 0; i < check->sharer_count && slice_is_empty(check->publisher); i++) {
        const struct source *source = source_list_find(&tools->house->config.sources, check->sharers[i].source);
        if (source != NULL && slice_equal(check->sharers[i].url, check->url)) check->publisher = source->publisher;
    }
}

bool link_check_sharers(const struct link_check_tools *tools, struct link_check *check, struct fault *fault) {
    struct slice_list seen = {0};
    struct canonical page;
    struct fault ignored = {0};
    if (!canonical_url(tools->house->url_rules, check->url, tools->arena, &page, &ignored))
        return ignored.kind != FAULT_MEMORY || fault_memory(fault);
    if (!add_sharers(tools, ITEM_KEY_URL, check->url, &seen, check, fault) ||
        !add_sharers(tools, ITEM_KEY_URL, page.key, &seen, check, fault) ||
        !add_sharers(tools, ITEM_KEY_LINK, page.key, &seen, check, fault))
        return false;
    if (check->is_post && !add_sharers(tools, ITEM_KEY_REPOSTS, check->post.id, &seen, check, fault)) return false;
    set_publisher(tools, check);
    return true;
}
