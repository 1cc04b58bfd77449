#include "store/items.h"

#include "base/limits.h"
#include "store/item_keys.h"
#include "store/item_rows.h"
#include "store/judge_list.h"
#include "store/source_numbers.h"
#include "store/tombstones.h"
#include "store/words.h"

/* What stands in the store already under this identity. */
struct standing {
    int64_t source, row, seen_s, changed_s, content;
    bool same_counts;
};

static bool look_up(struct store *store, const struct item_in *in, const struct item_image *image, struct standing *out,
                    struct fault *fault) {
    if (!source_number_made(store, in->source, &out->source, fault)) return false;
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store, "SELECT row, seen_s, changed_s, content, counts FROM item WHERE source = ? AND id = ?", &ask,
                  fault))
        return false;
    ask_bind_int(&ask, out->source);
    ask_bind_text(&ask, in->item->id);
    if (!ask_step(&ask, &row, fault)) return false;
    if (!row) return true;
    out->row = ask_int(&ask, 0);
    out->seen_s = ask_int(&ask, 1);
    out->changed_s = ask_int(&ask, 2);
    out->content = ask_int(&ask, 3);
    out->same_counts = slice_equal(ask_bytes(&ask, 4), image->counts);
    return true;
}

static void bind_row(struct ask *ask, const struct item_in *in, const struct item_image *image,
                     const struct standing *standing) {
    struct item_sum sum = {.content = image->content,
                           .seen_s = standing->seen_s,
                           .changed_s = standing->changed_s,
                           .source = in->source,
                           .id = in->item->id,
                           .counts = image->counts};
    ask_bind_int(ask, standing->source);
    ask_bind_text(ask, in->item->id);
    ask_bind_int(ask, standing->seen_s);
    ask_bind_int(ask, standing->changed_s);
    ask_bind_int(ask, image->content);
    ask_bind_int(ask, item_sum(&sum));
    ask_bind_blob(ask, image->counts);
    ask_bind_text(ask, in->item->title);
    ask_bind_text(ask, in->item->text);
    ask_bind_text(ask, image->author);
    ask_bind_blob(ask, image->rest);
}

/* The keys of what was put: they need no more of the row than this. */
static bool add_keys(struct store *store, const struct item_in *in, int64_t number, struct fault *fault) {
    struct item_row row = {.row = number, .item = *in->item};
    if (in->keys != NULL) row.keys = *in->keys;
    return item_keys_add(store, &row, fault);
}

static bool insert(struct store *store, const struct item_in *in, const struct item_image *image,
                   struct standing *standing, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store,
                  "INSERT INTO item(source, id, seen_s, changed_s, content, sum, counts, title, text, author, rest)"
                  " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  &ask, fault))
        return false;
    standing->seen_s = in->now_s;
    standing->changed_s = in->now_s;
    bind_row(&ask, in, image, standing);
    if (!ask_run(&ask, fault)) return false;
    standing->row = sqlite3_last_insert_rowid(store->db);
    judge_list_made(store, standing->row);
    return add_keys(store, in, standing->row, fault);
}

static bool write_over(struct store *store, const struct item_in *in, const struct item_image *image,
                       const struct standing *standing, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store,
                  "UPDATE item SET source = ?, id = ?, seen_s = ?, changed_s = ?, content = ?, sum = ?, counts = ?,"
                  " title = ?, text = ?, author = ?, rest = ? WHERE row = ?",
                  &ask, fault))
        return false;
    bind_row(&ask, in, image, standing);
    ask_bind_int(&ask, standing->row);
    return ask_run(&ask, fault);
}

static struct words words_of(const struct item_row *row, struct slice author) {
    return (struct words){.row = row->row, .title = row->item.title, .text = row->item.text, .author = author};
}

/* The author column as it was written, for the index that must forget it word by word. */
static bool author_column(struct store *store, int64_t row, struct arena *arena, struct slice *out,
                          struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool found = false;
    if (!ask_open(store, "SELECT author FROM item WHERE row = ?", &ask, fault)) return false;
    ask_bind_int(&ask, row);
    if (!ask_step(&ask, &found, fault)) return false;
    return !found || arena_copy(arena, ask_bytes(&ask, 0), out) || fault_memory(fault);
}

/* Takes a row out of the keys and the word index, as it stands. */
static bool unhook(struct store *store, int64_t row, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct item_row old;
    struct slice author = {NULL, 0};
    bool found = false;
    if (!items_get_row(store, row, arena, &old, &found, fault)) return false;
    if (!found) return true;
    if (!author_column(store, row, arena, &author, fault)) return false;
    struct words words = words_of(&old, author);
    return item_keys_remove(store, &old, fault) && words_remove(store, &words, fault);
}

/* The identity's index proposed the row; that the row itself says the same is checked before it is written over. */
static bool is_row_of(struct store *store, const struct item_in *in, int64_t row, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool found = false;
    if (!ask_open(store, "SELECT id FROM item WHERE row = ?", &ask, fault)) return false;
    ask_bind_int(&ask, row);
    if (!ask_step(&ask, &found, fault)) return false;
    return (found && slice_equal(ask_bytes(&ask, 0), in->item->id)) || db_damaged(store, "an item's index", fault);
}

static bool change(struct store *store, const struct item_in *in, const struct item_image *image,
                   struct standing *standing, struct fault *fault) {
    standing->changed_s = in->now_s;
    if (!unhook(store, standing->row, fault) || !write_over(store, in, image, standing, fault)) return false;
    struct item_row row = {.row = standing->row, .item = *in->item};
    struct words words = words_of(&row, image->author);
    return words_add(store, &words, fault) && add_keys(store, in, standing->row, fault) &&
           judge_list_add(store, standing->row, fault);
}

static bool in_holds(const struct item_in *in, struct fault *fault) {
    if (in->source.len == 0) return fault_set(fault, FAULT_USAGE, "an item without a source is not kept");
    if (in->item->id.len == 0) return fault_set(fault, FAULT_INPUT, "an item without an id is not kept");
    if (in->item->id.len > LIMIT_URL_BYTES) return fault_set(fault, FAULT_LIMIT, "an item's id is too long to be kept");
    return true;
}

bool items_put(struct store *store, const struct item_in *in, struct item_put *out, struct fault *fault) {
    struct item_image image;
    struct standing standing = {0};
    bool forgotten = false;
    if (!db_may_write(store, fault) || !in_holds(in, fault)) return false;
    if (!tombstones_cover(store, in->item, &forgotten, fault)) return false;
    if (forgotten) {
        *out = (struct item_put){.outcome = ITEM_FORGOTTEN};
        return true;
    }
    if (!item_image(store, in->item, in->keys, &image, fault)) return false;
    if (!look_up(store, in, &image, &standing, fault)) return false;
    enum item_outcome outcome = ITEM_UNCHANGED;
    bool done = true;
    if (standing.row == 0) {
        outcome = ITEM_IS_NEW;
        done = insert(store, in, &image, &standing, fault);
    } else if (standing.content != image.content) {
        outcome = ITEM_CHANGED;
        done = is_row_of(store, in, standing.row, fault) && change(store, in, &image, &standing, fault);
    } else if (!standing.same_counts) {
        outcome = ITEM_COUNTED;
        done = is_row_of(store, in, standing.row, fault) && write_over(store, in, &image, &standing, fault);
    }
    if (!done) return false;
    *out = (struct item_put){.outcome = outcome, .row = standing.row};
    return true;
}

bool item_remove(struct store *store, int64_t row, struct fault *fault) {
    static const char *const statements[] = {"DELETE FROM work_use WHERE owner = ? * 2",
                                             "DELETE FROM item WHERE row = ?"};
    if (!judge_list_flush(store, fault) || !unhook(store, row, fault)) return false;
    for (size_t i = 0; i < COUNT_OF(statements); i++) {
        AUTO(ask_end)
        struct ask ask = {0};
        if (!ask_open(store, statements[i], &ask, fault)) return false;
        ask_bind_int(&ask, row);
        if (!ask_run(&ask, fault)) return false;
    }
    return true;
}

static bool row_of(struct store *store, struct slice source, struct slice id, int64_t *row, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool found = false;
    if (!ask_open(store, "SELECT row FROM item WHERE source = (SELECT number FROM source WHERE name = ?) AND id = ?",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, source);
    ask_bind_text(&ask, id);
    if (!ask_step(&ask, &found, fault)) return false;
    *row = found ? ask_int(&ask, 0) : 0;
    return true;
}

bool items_delete(struct store *store, struct slice source, struct slice id, bool *found, struct fault *fault) {
    int64_t row = 0;
    if (!db_may_write(store, fault) || !row_of(store, source, id, &row, fault)) return false;
    if (row != 0 && !item_remove(store, row, fault)) return false;
    *found = row != 0;
    return true;
}

bool items_get_row(struct store *store, int64_t row, struct arena *arena, struct item_row *out, bool *found,
                   struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool there = false;
    if (!ask_open(store, "SELECT " ITEM_COLUMNS " FROM " ITEM_TABLES " WHERE item.row = ?", &ask, fault)) return false;
    ask_bind_int(&ask, row);
    if (!ask_step(&ask, &there, fault)) return false;
    if (there && !item_from_row(&ask, arena, out, fault)) return false;
    *found = there;
    return true;
}

bool items_get(struct store *store, struct slice reference, struct arena *arena, struct item_row *out, bool *found,
               struct fault *fault) {
    struct slice source;
    struct slice id;
    int64_t row = 0;
    *found = false;
    if (!item_reference_split(reference, &source, &id)) return true;
    if (!row_of(store, source, id, &row, fault)) return false;
    if (row == 0) return true;
    struct item_row got;
    bool there = false;
    if (!items_get_row(store, row, arena, &got, &there, fault)) return false;
    /* The index proposed the row: the row must say the same of itself. */
    if (!there || !slice_equal(got.source, source) || !slice_equal(got.item.id, id))
        return db_damaged(store, "an item's index", fault);
    *out = got;
    *found = true;
    return true;
}

bool item_reference(struct arena *arena, struct slice source, struct slice id, struct slice *out) {
    char *at = arena_printf(arena, "%.*s/%.*s", SLICE_ARGS(source), SLICE_ARGS(id));
    if (at == NULL) return false;
    *out = slice_of(at, source.len + 1 + id.len);
    return true;
}

bool item_reference_split(struct slice reference, struct slice *source, struct slice *id) {
    size_t slash = slice_find_byte(reference, '/', 0);
    if (slash == SLICE_NOT_FOUND) return false;
    *source = slice_part(reference, 0, slash);
    *id = slice_part(reference, slash + 1, reference.len);
    return true;
}
