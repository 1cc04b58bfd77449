/* The list of items that wait to be judged, and the documents made of them. */
#include "store/verdicts.h"

#include "store/article_rows.h"
#include "store/item_rows.h"
#include "store/judge_list.h"
#include "store/runs.h"
#include "store/works.h"

#define RULES_FACT SLICE("rules-in-force")
#define REFERENCES ", (SELECT rest FROM item_reference WHERE item_reference.item = item.row)"

bool verdicts_rules_kept(struct store *store, struct slice rules_id, struct fault *fault) {
    return facts_put(store, RULES_FACT, rules_id, fault);
}

bool verdicts_rules_told(struct store *store, struct arena *arena, struct slice *out, struct fault *fault) {
    return facts_get(store, RULES_FACT, arena, out, fault);
}

/* Items whose verdict is of other rules. */
static bool mark_judged(struct store *store, struct slice rules_id, int64_t *marked, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store,
                  "INSERT OR IGNORE INTO to_judge(item) SELECT item FROM verdict"
                  " WHERE rules IS NOT (SELECT number FROM rules WHERE id = ?) ORDER BY item",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, rules_id);
    if (!ask_run(&ask, fault)) return false;
    *marked += sqlite3_changes64(store->db);
    return true;
}

/* Items that have none. Looking at each is saved where there is a verdict for every one. */
static bool mark_unjudged(struct store *store, int64_t *marked, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store,
                  "INSERT OR IGNORE INTO to_judge(item) SELECT row FROM item"
                  " WHERE (SELECT count(*) FROM item) > (SELECT count(*) FROM verdict)"
                  " AND NOT EXISTS(SELECT 1 FROM verdict WHERE verdict.item = item.row) ORDER BY row",
                  &ask, fault) ||
        !ask_run(&ask, fault))
        return false;
    *marked += sqlite3_changes64(store->db);
    return true;
}

bool verdicts_rules(struct store *store, struct slice rules_id, int64_t *marked, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(4096);
    if (arena == NULL) return fault_memory(fault);
    struct slice before;
    if (!db_may_write(store, fault) || !facts_get(store, RULES_FACT, arena, &before, fault)) return false;
    if (!judge_list_flush(store, fault)) return false;
    *marked = 0;
    if (before.at != NULL && slice_equal(before, rules_id)) return true;
    return mark_judged(store, rules_id, marked, fault) && mark_unjudged(store, marked, fault) &&
           verdicts_rules_kept(store, rules_id, fault);
}

bool verdicts_mark(struct store *store, int64_t item_row, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault)) return false;
    if (!ask_open(store, "INSERT OR IGNORE INTO to_judge(item) SELECT row FROM item WHERE row = ?", &ask, fault))
        return false;
    ask_bind_int(&ask, item_row);
    return ask_run(&ask, fault);
}

static struct slice author_of(const struct item *item) {
    if (item->authors.count == 0) return (struct slice){NULL, 0};
    const struct person *first = &item->authors.at[0];
    return first->name.len > 0 ? first->name : first->handle;
}

static bool add_link(struct arena *arena, struct slice_list *links, struct slice url) {
    if (url.len == 0) return true;
    struct slice *more = arena_grow(arena, links->at, links->count, &links->capacity, sizeof *more);
    if (more == NULL) return false;
    links->at = more;
    links->at[links->count++] = url;
    return true;
}

static bool links_of(const struct item *item, struct arena *arena, struct slice_list *out, struct fault *fault) {
    for (size_t i = 0; i < item->links.count; i++) {
        const struct link *link = &item->links.at[i];
        if (!add_link(arena, out, link->expanded.len > 0 ? link->expanded : link->url)) return fault_memory(fault);
    }
    return true;
}

/* The first page that the item points at and that has a text; failing that, the first that was read at all. */
static bool article_of(struct store *store, const struct item_row *row, struct arena *arena, const struct article **out,
                       struct fault *fault) {
    for (size_t i = 0; i < row->keys.count; i++) {
        struct article article;
        bool found = false;
        if (!article_body(store, row->keys.at[i], arena, &article, &found, fault)) return false;
        if (!found || (*out != NULL && article.text.len == 0)) continue;
        struct article *kept = arena_alloc(arena, 1, sizeof *kept);
        if (kept == NULL) return fault_memory(fault);
        *kept = article;
        *out = kept;
        if (article.text.len > 0) return true;
    }
    return true;
}

static bool add_works(struct store *store, const struct reference_list *references, struct arena *arena,
                      struct work_list *out, struct fault *fault) {
    for (size_t i = 0; i < references->count; i++) {
        struct slice id;
        struct work work;
        bool found = false;
        if (!work_id(arena, &references->at[i], &id)) return fault_memory(fault);
        bool known = id.len == 0;
        for (size_t j = 0; j < out->count && !known; j++) known = slice_equal(out->at[j].id, id);
        if (known) continue;
        if (!works_get(store, id, arena, &work, &found, fault)) return false;
        if (!found || (work.state == WORK_NOT_LOOKED_UP && work.notice == WORK_NO_NOTICE)) continue;
        struct work *more = arena_grow(arena, out->at, out->count, &out->capacity, sizeof *more);
        if (more == NULL) return fault_memory(fault);
        out->at = more;
        out->at[out->count++] = work;
    }
    return true;
}

/* With out->document.references, which are there already. */
static bool make_document(struct store *store, const struct item_row *row, struct arena *arena, struct to_judge *out,
                          struct fault *fault) {
    const struct item *item = &row->item;
    struct to_judge made = {.row = row->row,
                            .source = row->source,
                            .document = {.title = item->title,
                                         .text = item->text.at != NULL ? item->text : item->summary,
                                         .url = item->url,
                                         .author = author_of(item),
                                         .lang = item->lang,
                                         .chatbot = item->chatbot,
                                         .references = out->document.references}};
    struct document *document = &made.document;
    if (!item_reference(arena, row->source, item->id, &document->id)) return fault_memory(fault);
    if (!links_of(item, arena, &document->links, fault)) return false;
    if (!article_of(store, row, arena, &document->article, fault)) return false;
    if (!add_works(store, &document->references, arena, &document->works, fault)) return false;
    if (document->article != NULL && !add_works(store, &document->article->references, arena, &document->works, fault))
        return false;
    *out = made;
    return true;
}

static bool take_document(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct item_row row;
    struct to_judge *made = element;
    return item_from_row(ask, arena, &row, fault) &&
           references_from(ask, ITEM_COLUMN_COUNT, row.row, arena, &made->document.references, fault) &&
           make_document(ask->store, &row, arena, made, fault);
}

static bool documents(struct store *store, const char *sql, int64_t after_row, int64_t limit, struct arena *arena,
                      struct to_judge_list *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!judge_list_flush(store, fault) || !ask_open(store, sql, &ask, fault)) return false;
    ask_bind_int(&ask, after_row);
    ask_bind_int(&ask, limit);
    if (!ask_list(&ask, arena, sizeof(struct to_judge), take_document, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

bool verdicts_next(struct store *store, int64_t after_row, int64_t limit, struct arena *arena,
                   struct to_judge_list *out, struct fault *fault) {
    const char *due = "SELECT " ITEM_COLUMNS REFERENCES " FROM to_judge CROSS JOIN item ON item.row = to_judge.item"
                      " CROSS JOIN source ON source.number = item.source WHERE to_judge.item > ?"
                      " ORDER BY to_judge.item LIMIT ?";
    return documents(store, due, after_row, limit, arena, out, fault);
}

bool verdicts_documents(struct store *store, int64_t after_row, int64_t limit, struct arena *arena,
                        struct to_judge_list *out, struct fault *fault) {
    const char *all = "SELECT " ITEM_COLUMNS REFERENCES " FROM item JOIN source ON source.number = item.source"
                      " WHERE item.row > ? ORDER BY item.row LIMIT ?";
    return documents(store, all, after_row, limit, arena, out, fault);
}

bool verdicts_document(struct store *store, int64_t row, struct arena *arena, struct to_judge *out,
                       struct fault *fault) {
    struct item_row item;
    bool found = false;
    if (!items_get_row(store, row, arena, &item, &found, fault)) return false;
    if (!found) return fault_set(fault, FAULT_USAGE, "the store has no such item");
    struct to_judge made = {0};
    if (!references_get(store, row, arena, &made.document.references, fault)) return false;
    if (!make_document(store, &item, arena, &made, fault)) return false;
    *out = made;
    return true;
}
