#include "store/search.h"
#include "base/limits.h"
#include "base/when.h"
#include "door/session.h"
#include "door/table.h"

/* The marks around what was found become brackets, for a terminal and for a program alike. */
static bool plain_snippet(struct slice snippet, struct arena *arena, struct slice *out) {
    char *text = arena_text(arena, snippet);
    if (text == NULL) return false;
    for (size_t i = 0; i < snippet.len; i++) {
        if (text[i] == SEARCH_MARK_ON) text[i] = '[';
        if (text[i] == SEARCH_MARK_OFF) text[i] = ']';
    }
    *out = slice_of(text, snippet.len);
    return true;
}

static struct slice author_of(const struct item *item) {
    if (item->authors.count == 0) return (struct slice){NULL, 0};
    return slice_is_empty(item->authors.at[0].name) ? item->authors.at[0].handle : item->authors.at[0].name;
}

static bool add_row(struct table *table, const struct search_hit *hit, struct fault *fault) {
    struct slice reference = {0}, snippet = {0};
    if (!item_reference(table->arena, hit->item.source, hit->item.item.id, &reference) ||
        !plain_snippet(hit->snippet, table->arena, &snippet))
        return fault_memory(fault);
    int64_t when_s = hit->item.item.published_s == WHEN_ABSENT ? hit->item.first_seen_s : hit->item.item.published_s;
    const struct cell cells[] = {
        cell_instant(when_s),
        cell_int(hit->level),
        cell_text(author_of(&hit->item.item)),
        cell_text(hit->item.item.title),
        cell_text(snippet),
        cell_text(hit->item.item.url),
        cell_text(reference),
    };
    return table_add(table, cells) || fault_memory(fault);
}

static bool search(struct discern *home, const struct discern_search *wanted, enum discern_form form, struct buf *out,
                   struct fault *fault) {
    static const char *const headings[] = {"date", "level", "author", "title", "where", "address", "item"};
    static const char *const keys[] = {"published", "level", "author", "title", "snippet", "url", "item"};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct search_hit_list hits = {0};
    struct search_query query = {
        .words = slice_from(wanted->words),
        .since_s = wanted->days > 0 ? home->house.options.now_s - wanted->days * DAY_S : 0,
        .min_level = wanted->min_level,
        .topic = slice_from(wanted->topic),
        .phase = slice_from(wanted->phase),
        .subject = slice_from(wanted->subject),
        .source = slice_from(wanted->source),
        .limit = wanted->limit,
    };
    if (!search_items(home->house.store, &query, arena, &hits, fault)) return false;
    struct table table = {.arena = arena, .headings = headings, .keys = keys, .columns = COUNT_OF(keys)};
    for (size_t i = 0; i < hits.count; i++)
        if (!add_row(&table, &hits.at[i], fault)) return false;
    table_write(&table, form, out);
    return true;
}

int discern_find(struct discern *home, const struct discern_search *wanted, enum discern_form form,
                 discern_write *write, void *to, struct discern_error *error) {
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf out = buf_new((size_t)16 * 1024 * 1024);
    if (search(home, wanted, form, &out, &fault)) (void)door_write(&out, write, to, &fault);
    return door_status(&fault, error);
}
