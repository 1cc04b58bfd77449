#include "store/articles.h"

#include "base/limits.h"
#include "base/when.h"
#include "store/article_rows.h"
#include "store/item_keys.h"
#include "store/pack_model.h"
#include "store/squeeze.h"

static void rest_fields(struct pack *pack, struct article_row *row) {
    pack_text(pack, &row->url);
    pack_text(pack, &row->final_url);
    pack_text(pack, &row->problem);
    pack_text(pack, &row->archive_url);
    pack_int(pack, &row->read_s);
    pack_int(pack, &row->tries);
    pack_int(pack, &row->status);
}

#define ARTICLE_COLUMNS "article.number, article.key, state, priority, wanted_s, next_s, content, rest, body"

/* Of an alias and the article it leads to. */
static int64_t name_sum(struct slice name, int64_t number) {
    return (int64_t)pack_sum(name, (uint64_t)number);
}

static uint64_t rest_seed(struct slice key, int64_t content) {
    return pack_sum_int(content, pack_sum(key, 8));
}

static bool read_rest(struct ask *ask, struct arena *arena, struct article_row *out, struct fault *fault) {
    struct article_row row = {.state = (enum article_state)ask_int(ask, 2),
                              .priority = ask_real(ask, 3),
                              .first_wanted_s = ask_int(ask, 4),
                              .next_try_s = ask_when(ask, 5)};
    article_init(&row.article);
    if (!arena_copy(arena, ask_bytes(ask, 1), &row.key)) return fault_memory(fault);
    struct pack pack = pack_from(ask_bytes(ask, 7), rest_seed(row.key, ask_int(ask, 6)), arena);
    rest_fields(&pack, &row);
    if (!pack_done(&pack)) return db_damaged(ask->store, "an article", fault);
    *out = row;
    return true;
}

static bool read_body(struct ask *ask, struct arena *arena, struct article *out, struct fault *fault) {
    struct slice body = ask_bytes(ask, 8);
    if (body.at == NULL) return true;
    AUTO(buf_free)
    struct buf plain = buf_new(LIMIT_STORE_BODY_BYTES);
    struct slice copy;
    if (!squeeze_open(ask->store, body, &plain, fault)) return false;
    if ((int64_t)pack_sum(buf_slice(&plain), 9) != ask_int(ask, 6)) return db_damaged(ask->store, "an article", fault);
    if (!arena_copy(arena, buf_slice(&plain), &copy)) return fault_memory(fault);
    struct pack pack = pack_over(copy, arena);
    pack_article(&pack, out);
    return pack_done(&pack) || db_damaged(ask->store, "an article", fault);
}

/* The number of the article that the first parameter names: by an alias, or by its own key. */
#define NUMBER_OF_NAME                                                                                                 \
    "coalesce((SELECT article FROM article_name WHERE name = ?1), (SELECT number FROM article WHERE key = ?1))"

#define NAMES_OF_ARTICLE                                                                                               \
    "SELECT key FROM article WHERE number = ?1 UNION ALL SELECT name FROM article_name WHERE article = ?1"

/* Stands on the article named `name`, or on none. An index only proposes: the row's own words decide. */
static bool open_named(struct store *store, struct slice name, struct ask *ask, bool *found, struct fault *fault) {
    if (!ask_open(store,
                  "SELECT " ARTICLE_COLUMNS
                  ", (SELECT sum FROM article_name WHERE name = ?1) FROM article WHERE number = " NUMBER_OF_NAME,
                  ask, fault))
        return false;
    ask_bind_text(ask, name);
    if (!ask_step(ask, found, fault)) return false;
    return !*found || slice_equal(ask_bytes(ask, 1), name) || name_sum(name, ask_int(ask, 0)) == ask_int(ask, 9) ||
           db_damaged(store, "an article's address", fault);
}

bool articles_get(struct store *store, struct slice key, struct arena *arena, struct article_row *out, bool *found,
                  struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct article_row row;
    bool there = false;
    if (!open_named(store, key, &ask, &there, fault)) return false;
    if (there && (!read_rest(&ask, arena, &row, fault) || !read_body(&ask, arena, &row.article, fault))) return false;
    if (there) *out = row;
    *found = there;
    return true;
}

bool article_body(struct store *store, struct slice key, struct arena *arena, struct article *out, bool *found,
                  struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct article article;
    bool there = false;
    article_init(&article);
    if (!open_named(store, key, &ask, &there, fault)) return false;
    if (there && !read_body(&ask, arena, &article, fault)) return false;
    *found = there && article.url.at != NULL;
    if (*found) *out = article;
    return true;
}

bool articles_resolve(struct store *store, struct slice key, struct arena *arena, struct slice *out,
                      struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool found = false;
    if (!open_named(store, key, &ask, &found, fault)) return false;
    return arena_copy(arena, found ? ask_bytes(&ask, 1) : key, out) || fault_memory(fault);
}

/* Gives the row one more name, which may have led elsewhere. */
static bool name_article(struct store *store, struct slice name, int64_t number, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "INSERT OR REPLACE INTO article_name(name, article, sum) VALUES(?, ?, ?)", &ask, fault))
        return false;
    ask_bind_text(&ask, name);
    ask_bind_int(&ask, number);
    ask_bind_int(&ask, name_sum(name, number));
    return ask_run(&ask, fault);
}

void article_pack_rest(const struct article_row *row, int64_t content, struct buf *out) {
    struct article_row copy = *row;
    size_t start = out->len;
    struct pack pack = pack_to(out);
    rest_fields(&pack, &copy);
    pack_seal(&pack, start, rest_seed(row->key, content));
}

static bool pack_rest(struct store *store, const struct article_row *row, int64_t content, struct fault *fault) {
    struct buf *rest = &store->scratch[0];
    buf_clear(rest);
    article_pack_rest(row, content, rest);
    return buf_check(rest, "an article", fault);
}

static bool insert(struct store *store, const struct article_row *row, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!pack_rest(store, row, 0, fault)) return false;
    if (!ask_open(store,
                  "INSERT INTO article(key, state, priority, wanted_s, next_s, content, rest)"
                  " VALUES(?, ?, ?, ?, ?, 0, ?)",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, row->key);
    ask_bind_int(&ask, row->state);
    ask_bind_real(&ask, row->priority);
    ask_bind_int(&ask, row->first_wanted_s);
    ask_bind_when(&ask, row->next_try_s);
    ask_bind_blob(&ask, buf_slice(&store->scratch[0]));
    return ask_run(&ask, fault);
}

static bool number_of(struct store *store, struct slice name, int64_t *number, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool found = false;
    if (!ask_open(store, "SELECT " NUMBER_OF_NAME, &ask, fault)) return false;
    ask_bind_text(&ask, name);
    if (!ask_step(&ask, &found, fault)) return false;
    *number = found ? ask_int(&ask, 0) : 0;
    return true;
}

bool article_key_holds(struct slice key, struct fault *fault) {
    if (key.len == 0) return fault_set(fault, FAULT_USAGE, "an article without an address is not kept");
    if (key.len > LIMIT_URL_BYTES) return fault_set(fault, FAULT_LIMIT, "an address is too long to be kept");
    return true;
}

static bool take_wanted(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    return read_rest(ask, arena, element, fault);
}

bool articles_wanted(struct store *store, int64_t now_s, int64_t limit, struct arena *arena,
                     struct article_row_list *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT " ARTICLE_COLUMNS " FROM article WHERE state IN (0, 2) AND (next_s IS NULL OR next_s <= ?)"
                  " ORDER BY priority DESC, wanted_s, number LIMIT ?",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, now_s);
    ask_bind_int(&ask, limit == 0 ? -1 : limit);
    if (!ask_list(&ask, arena, sizeof(struct article_row), take_wanted, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

bool articles_due(struct store *store, const struct article_due *due, struct arena *arena, struct article_row_list *out,
                  struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT " ARTICLE_COLUMNS
                  " FROM article WHERE state = ? AND next_s <= ? ORDER BY next_s, key LIMIT ?",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, due->state);
    ask_bind_int(&ask, due->now_s);
    ask_bind_int(&ask, due->limit);
    if (!ask_list(&ask, arena, sizeof(struct article_row), take_wanted, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

bool article_mark_items(struct store *store, int64_t number, struct fault *fault) {
    AUTO(ask_end)
    struct ask names = {0};
    if (!key_heap_flush(store, fault)) return false;
    if (!ask_open(store, NAMES_OF_ARTICLE, &names, fault)) return false;
    ask_bind_int(&names, number);
    for (;;) {
        bool row = false;
        if (!ask_step(&names, &row, fault)) return false;
        if (!row) return true;
        AUTO(ask_end)
        struct ask mark = {0};
        if (!ask_open(store, "INSERT OR IGNORE INTO to_judge(item) SELECT item FROM item_key WHERE hash = ?", &mark,
                      fault))
            return false;
        ask_bind_int(&mark, item_key_hash(ITEM_KEY_LINK, ask_bytes(&names, 0)));
        if (!ask_run(&mark, fault)) return false;
    }
}

/* What the article holds now, packed into scratch 1 and squeezed into scratch 2. */
static bool pack_body(struct store *store, const struct article *article, int64_t *content, struct fault *fault) {
    struct article copy = *article;
    buf_clear(&store->scratch[1]);
    buf_clear(&store->scratch[2]);
    struct pack pack = pack_to(&store->scratch[1]);
    pack_article(&pack, &copy);
    if (!buf_check(&store->scratch[1], "an article", fault)) return false;
    *content = (int64_t)pack_sum(buf_slice(&store->scratch[1]), 9);
    if (!squeeze_add(store, buf_slice(&store->scratch[1]), &store->scratch[2], fault)) return false;
    if (store->scratch[2].len > LIMIT_STORE_ROW_BYTES)
        return fault_set(fault, FAULT_LIMIT, "an article is too large to be kept");
    return true;
}

static bool content_of(struct store *store, int64_t number, int64_t *content, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool found = false;
    if (!ask_open(store, "SELECT content FROM article WHERE number = ?", &ask, fault)) return false;
    ask_bind_int(&ask, number);
    if (!ask_step(&ask, &found, fault)) return false;
    *content = found ? ask_int(&ask, 0) : 0;
    return true;
}

static bool write_article(struct store *store, const struct article_row *row, int64_t number, int64_t content,
                          bool with_body, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!pack_rest(store, row, content, fault)) return false;
    if (!ask_open(store,
                  "UPDATE article SET state = ?1, next_s = ?2, content = ?3, rest = ?4, body = coalesce(?5, body)"
                  " WHERE number = ?6",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, row->state);
    ask_bind_when(&ask, row->next_try_s);
    ask_bind_int(&ask, content);
    ask_bind_blob(&ask, buf_slice(&store->scratch[0]));
    ask_bind_blob(&ask, with_body ? buf_slice(&store->scratch[2]) : (struct slice){NULL, 0});
    ask_bind_int(&ask, number);
    return ask_run(&ask, fault);
}

/* The key under which the row was made: its checksum covers that one, whatever alias the caller used. */
static bool own_key(struct store *store, int64_t number, struct arena *arena, struct slice *key, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool found = false;
    if (!ask_open(store, "SELECT key FROM article WHERE number = ?", &ask, fault)) return false;
    ask_bind_int(&ask, number);
    if (!ask_step(&ask, &found, fault)) return false;
    return arena_copy(arena, ask_bytes(&ask, 0), key) || fault_memory(fault);
}

bool articles_put(struct store *store, const struct article_row *row, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    int64_t number = 0;
    int64_t before = 0;
    struct article_row copy;
    bool with_body = row->article.url.at != NULL;
    if (!db_may_write(store, fault) || !article_key_holds(row->key, fault)) return false;
    if (!article_without_forgotten(store, row, &copy, fault)) return false;
    int64_t content = 0;
    /* Packed first: what is too large is refused before anything is written. */
    if (with_body && !pack_body(store, &copy.article, &content, fault)) return false;
    if (!number_of(store, row->key, &number, fault)) return false;
    if (number == 0) {
        if (!insert(store, row, fault)) return false;
        number = sqlite3_last_insert_rowid(store->db);
    }
    if (!own_key(store, number, arena, &copy.key, fault) || !content_of(store, number, &before, fault)) return false;
    if (!with_body) content = before;
    bool changed = content != before;
    if (!write_article(store, &copy, number, content, with_body && changed, fault)) return false;
    if (!changed) return true;
    return work_uses_put(store, number * 2 + 1, &copy.article.references, fault) &&
           article_mark_items(store, number, fault);
}

static bool take_text(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    return arena_copy(arena, ask_bytes(ask, 0), element) || fault_memory(fault);
}

static bool rename_all(struct store *store, int64_t old, int64_t number, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store, NAMES_OF_ARTICLE, &ask, fault)) return false;
    ask_bind_int(&ask, old);
    if (!ask_list(&ask, arena, sizeof(struct slice), take_text, &list, fault)) return false;
    const struct slice *names = list.at;
    for (size_t i = 0; i < list.count; i++)
        if (!name_article(store, names[i], number, fault)) return false;
    return true;
}

static bool raise_priority(struct store *store, int64_t from, int64_t number, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(
            store,
            "UPDATE article SET priority = max(priority, (SELECT p.priority FROM article AS p WHERE p.number = ?1))"
            " WHERE number = ?2",
            &ask, fault))
        return false;
    ask_bind_int(&ask, from);
    ask_bind_int(&ask, number);
    return ask_run(&ask, fault);
}

bool article_remove(struct store *store, int64_t number, struct fault *fault) {
    static const char *const statements[] = {"DELETE FROM work_use WHERE owner = ? * 2 + 1",
                                             "DELETE FROM article WHERE number = ?"};
    for (size_t i = 0; i < COUNT_OF(statements); i++) {
        AUTO(ask_end)
        struct ask ask = {0};
        if (!ask_open(store, statements[i], &ask, fault)) return false;
        ask_bind_int(&ask, number);
        if (!ask_run(&ask, fault)) return false;
    }
    return true;
}

static bool give_way(struct store *store, int64_t old, int64_t number, struct fault *fault) {
    return rename_all(store, old, number, fault) && raise_priority(store, old, number, fault) &&
           article_remove(store, old, fault);
}

bool articles_alias(struct store *store, struct slice alias, struct slice key, struct fault *fault) {
    int64_t number = 0;
    int64_t old = 0;
    if (!db_may_write(store, fault) || !article_key_holds(alias, fault)) return false;
    if (!number_of(store, key, &number, fault) || !number_of(store, alias, &old, fault)) return false;
    if (number == 0) return fault_set(fault, FAULT_USAGE, "an alias needs an article that is there");
    if (old == number) return true;
    if (old != 0 && !give_way(store, old, number, fault)) return false;
    if (old == 0 && !name_article(store, alias, number, fault)) return false;
    return article_mark_items(store, number, fault);
}
