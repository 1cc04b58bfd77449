/* sources_remove: takes a source out of sources.conf. Only its own lines go: every comment stays where it is. */
#include "base/limits.h"
#include "base/line.h"
#include "config/sources_conf.h"
#include "door/session.h"
#include "store/files.h"
#include "store/items.h"

#define FILE_NAME "sources.conf"
#define FILE_BYTES ((size_t)16 * 1024 * 1024)

struct removing {
    struct discern *home;
    struct arena *arena;
    struct slice name;
    struct slice before;  /* the file as it is */
    struct buf kept, cut; /* what stays, and what goes */
};

static void free_removing(struct removing *removing) {
    buf_free(&removing->kept);
    buf_free(&removing->cut);
}

/* A comment behind a fact is kept as a line of its own. */
static void cut_line(struct removing *removing, struct slice whole, const struct line *fact) {
    buf_add(&removing->cut, whole);
    buf_add_char(&removing->cut, '\n');
    const char *end =
        slice_is_empty(fact->rest) ? fact->keyword.at + fact->keyword.len : fact->rest.at + fact->rest.len;
    struct slice comment = slice_trim(slice_part(whole, (size_t)(end - whole.at), whole.len));
    if (comment.len == 0) return;
    buf_add(&removing->kept, comment);
    buf_add_char(&removing->kept, '\n');
}

static bool opens_block(const struct line *fact) {
    return slice_equal(fact->keyword, SLICE("source"));
}

/* Line by line; what holds a fact between "source NAME" and the next block is cut. */
static void sort_lines(struct removing *removing) {
    struct slice rest = removing->before;
    bool inside = false;
    while (!slice_is_absent(rest)) {
        struct slice whole = slice_next(&rest, '\n');
        struct problems ignored = {.arena = removing->arena};
        struct line_reader reader = line_reader_new(SLICE(FILE_NAME), whole, &ignored);
        struct line fact;
        bool has_fact = line_next(&reader, &fact);
        if (has_fact && opens_block(&fact)) inside = slice_equal(fact.rest, removing->name);
        if (has_fact && inside) cut_line(removing, whole, &fact);
        else {
            buf_add(&removing->kept, whole);
            if (!slice_is_absent(rest)) buf_add_char(&removing->kept, '\n');
        }
    }
}

/* What is left must hold, and hold one source less. */
static bool holds(struct removing *removing, struct fault *fault) {
    struct config config = {0};
    struct config_tables tables;
    struct problems problems = {.arena = removing->arena};
    struct config_file file = {SLICE(FILE_NAME), buf_slice(&removing->kept)};
    if (!house_tables(removing->arena, &tables) ||
        !sources_conf_read(&tables, &file, removing->arena, &config, &problems))
        return fault_memory(fault);
    return (problems.errors == 0 && config.sources.count + 1 == removing->home->house.config.sources.count) ||
           fault_set(fault, FAULT_CONFIG, FILE_NAME " would not hold without it: take '%.*s' out by hand",
                     SLICE_ARGS(removing->name));
}

static bool say_posts(struct removing *removing, struct buf *out, struct fault *fault) {
    struct item_query query = {.source = removing->name};
    int64_t count;
    if (!items_count(removing->home->house.store, &query, &count, fault)) return false;
    if (count > 0)
        buf_printf(out, "Its %lld post%s stay%s in the store, but %s no longer shown.\n", (long long)count,
                   count == 1 ? "" : "s", count == 1 ? "s" : "", count == 1 ? "is" : "are");
    return true;
}

static bool remove_source(struct removing *removing, enum discern_save save, struct buf *out, struct fault *fault) {
    bool found;
    AUTO(folder_close)
    struct folder folder = {0};
    AUTO(buf_free)
    struct buf text = buf_new(FILE_BYTES);
    if (source_list_find(&removing->home->house.config.sources, removing->name) == NULL)
        return fault_set(fault, FAULT_USAGE, "there is no source '%.*s'; 'discern sources list' names them",
                         SLICE_ARGS(removing->name));
    if (!folder_open(removing->home->house.options.config_dir, FOLDER_MUST_EXIST, &folder, fault) ||
        !file_get(&folder, SLICE(FILE_NAME), &text, &found, fault) || !buf_check(&text, FILE_NAME, fault))
        return false;
    removing->before = buf_slice(&text);
    sort_lines(removing);
    if (!buf_check(&removing->kept, FILE_NAME, fault) || !holds(removing, fault)) return false;
    buf_add(out, buf_slice(&removing->cut));
    buf_add_char(out, '\n');
    if (!say_posts(removing, out, fault)) return false;
    if (save == DISCERN_SHOW_ONLY) {
        buf_add_text(out, "Nothing was changed. With --save these lines are taken out of " FILE_NAME ".\n");
        return true;
    }
    struct file_put put = {.name = SLICE(FILE_NAME), .bytes = buf_slice(&removing->kept), .access = FILE_PRIVATE};
    if (!file_put(&folder, &put, NULL, fault)) return false;
    buf_printf(out, "Taken out of %s/" FILE_NAME ".\n", removing->home->house.options.config_dir);
    return true;
}

int discern_sources_remove(struct discern *home, const char *name, enum discern_save save, discern_write *write,
                           void *to, struct discern_error *error) {
    struct fault fault = {0};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf out = buf_new(FILE_BYTES);
    AUTO(free_removing)
    struct removing removing = {.home = home,
                                .arena = arena,
                                .name = slice_from(name),
                                .kept = buf_new(FILE_BYTES),
                                .cut = buf_new(FILE_BYTES)};
    if (arena == NULL) fault_memory(&fault);
    else if (remove_source(&removing, save, &out, &fault)) (void)door_write(&out, write, to, &fault);
    return door_status(&fault, error);
}
