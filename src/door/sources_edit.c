/* sources_edit: sources are found, shown and added; lists of subscriptions come in and go out. sources.conf is only
 * ever added to: what a person wrote stays as it is. */
#include "base/limits.h"
#include "base/when.h"
#include "config/sources_conf.h"
#include "door/session.h"
#include "source/kind.h"
#include "stage/opening.h"
#include "stage/propose.h"
#include "store/files.h"

#define FILE_NAME "sources.conf"
#define FILE_BYTES ((size_t)16 * 1024 * 1024)
#define TITLES_SHOWN 5
#define NAME_BYTES 41

/* ---- adding to sources.conf ---- */

static bool read_file(struct discern *home, struct folder *folder, struct buf *out, struct fault *fault) {
    bool found;
    if (!folder_open(home->house.options.config_dir, FOLDER_MUST_EXIST, folder, fault)) return false;
    return file_get(folder, SLICE(FILE_NAME), out, &found, fault) && buf_check(out, FILE_NAME, fault);
}

static bool append(struct discern *home, struct slice blocks, struct fault *fault) {
    AUTO(folder_close)
    struct folder folder = {0};
    AUTO(buf_free)
    struct buf text = buf_new(FILE_BYTES);
    if (!read_file(home, &folder, &text, fault)) return false;
    if (text.len > 0 && !slice_ends(buf_slice(&text), SLICE("\n"))) buf_add_char(&text, '\n');
    buf_add_char(&text, '\n');
    buf_add(&text, blocks);
    if (!buf_check(&text, FILE_NAME, fault)) return false;
    struct file_put put = {.name = SLICE(FILE_NAME), .bytes = buf_slice(&text), .access = FILE_PRIVATE};
    return file_put(&folder, &put, NULL, fault);
}

/* ---- one source ---- */

static void show(const struct proposed *proposed, struct buf *out) {
    if (proposed->answered)
        buf_printf(out, "It answers: %.*s, %zu post%s.\n",
                   SLICE_ARGS(slice_is_empty(proposed->title) ? SLICE("without a title") : proposed->title),
                   proposed->items.count, proposed->items.count == 1 ? "" : "s");
    else buf_printf(out, "It was not read: %.*s.\n", SLICE_ARGS(proposed->trouble));
    for (size_t i = 0; i < proposed->items.count && i < TITLES_SHOWN; i++) {
        const struct item *item = &proposed->items.at[i];
        struct slice words = slice_is_empty(item->title) ? item->text : item->title;
        char date[WHEN_TEXT_BYTES] = "no date";
        if (item->published_s != WHEN_ABSENT) when_date(item->published_s, date);
        struct slice line = slice_next(&words, '\n');
        buf_printf(out, "  %-10s  %.*s\n", date, (int)(line.len > 100 ? 100 : line.len), line.at);
    }
    if (slice_is_absent(proposed->twin)) buf_printf(out, "\n%.*s\n", SLICE_ARGS(proposed->block));
    else buf_printf(out, "\nIt is read already, as '%.*s'.\n", SLICE_ARGS(proposed->twin));
}

static bool save(struct discern *home, const struct proposed *proposed, struct buf *out, struct fault *fault) {
    if (!slice_is_absent(proposed->twin))
        return fault_set(fault, FAULT_INPUT, "it is read already, as '%.*s': nothing was changed",
                         SLICE_ARGS(proposed->twin));
    if (!append(home, proposed->block, fault)) return false;
    buf_printf(out, "Added to %s/" FILE_NAME ".\n", home->house.options.config_dir);
    return true;
}

int discern_sources_add(struct discern *home, const struct discern_sources_add *options, struct discern_error *error) {
    struct fault fault = {0};
    struct proposed proposed;
    AUTO(buf_free)
    struct buf out = buf_new((size_t)256 * 1024);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct propose_options wanted = {.typed = slice_trim(slice_from(options->address)),
                                     .name = slice_from(options->name),
                                     .allow_loopback = options->allow_loopback};
    if (arena == NULL) fault_memory(&fault);
    else if (propose_run(&home->house, &wanted, arena, &proposed, &fault)) {
        show(&proposed, &out);
        if (options->save) (void)save(home, &proposed, &out, &fault);
        else if (slice_is_absent(proposed.twin))
            buf_add_text(&out, "Nothing was changed. With --save these lines are added to " FILE_NAME ".\n");
        if (fault.kind == FAULT_NONE) (void)door_write(&out, options->write, options->write_to, &fault);
    }
    return door_status(&fault, error);
}

/* ---- lists of subscriptions ---- */

struct taking {
    struct discern *home;
    struct arena *arena;
    struct slice present; /* sources.conf as it is */
    struct slice_list names;
    struct buf blocks;
    int64_t added, known;
};

static bool is_name_taken(const struct taking *taking, const char *name) {
    for (size_t i = 0; i < taking->names.count; i++)
        if (slice_equal(taking->names.at[i], slice_from(name))) return true;
    const struct source_list *sources = &taking->home->house.config.sources;
    for (size_t i = 0; i < sources->count; i++)
        if (slice_equal(sources->at[i].name, slice_from(name))) return true;
    return false;
}

/* A name of the title's letters and digits, free in the file and in this list. */
static bool make_name(struct taking *taking, struct slice title, struct slice *out) {
    char base[NAME_BYTES];
    size_t len = 0;
    for (size_t i = 0; i < title.len && len < NAME_BYTES - 6; i++) {
        char c = title.at[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (letter || (digit && len > 0)) base[len++] = c;
        else if (len > 0 && base[len - 1] != '-') base[len++] = '-';
    }
    while (len > 0 && base[len - 1] == '-') len--;
    for (int i = 1;; i++) {
        char *name = len == 0 ? arena_printf(taking->arena, "source-%d", i)
                     : i == 1 ? arena_printf(taking->arena, "%.*s", (int)len, base)
                              : arena_printf(taking->arena, "%.*s-%d", (int)len, base, i);
        if (name == NULL) return false;
        if (is_name_taken(taking, name)) continue;
        *out = slice_from(name);
        return slice_list_add(taking->arena, &taking->names, *out);
    }
}

/* The address stands already as a whole word. */
static bool is_known(const struct taking *taking, struct slice url) {
    for (size_t at = 0;; at++) {
        at = slice_find(taking->present, url, at);
        if (at >= taking->present.len) return false;
        size_t end = at + url.len;
        if (end == taking->present.len || taking->present.at[end] == '\n' || taking->present.at[end] == '\r')
            return true;
    }
}

static void add_fact(struct buf *out, const char *keyword, struct slice value) {
    value = slice_trim(value);
    if (value.len == 0) return;
    buf_printf(out, "  %s ", keyword);
    for (size_t i = 0; i < value.len; i++) buf_add_char(out, (unsigned char)value.at[i] < ' ' ? ' ' : value.at[i]);
    buf_add_char(out, '\n');
}

static bool take_outline(struct taking *taking, const struct outline *outline, struct fault *fault) {
    struct slice name;
    if (is_known(taking, outline->url)) {
        taking->known++;
        return true;
    }
    if (!make_name(taking, slice_is_empty(outline->title) ? outline->url : outline->title, &name))
        return fault_memory(fault);
    buf_printf(&taking->blocks, "%ssource %.*s\n  kind feed\n", taking->added > 0 ? "\n" : "", SLICE_ARGS(name));
    add_fact(&taking->blocks, "title", outline->title);
    add_fact(&taking->blocks, "folder", outline->folder);
    add_fact(&taking->blocks, "site", outline->site);
    add_fact(&taking->blocks, "url", outline->url);
    taking->added++;
    return true;
}

/* A list is taken in whole or not at all: what it adds must hold as configuration. */
static bool holds(struct taking *taking, struct fault *fault) {
    struct config config = {0};
    struct config_tables tables;
    struct problems problems = {.arena = taking->arena};
    AUTO(buf_free)
    struct buf all = buf_new(FILE_BYTES);
    buf_add(&all, taking->present);
    buf_add_char(&all, '\n');
    buf_add(&all, buf_slice(&taking->blocks));
    if (!buf_check(&all, FILE_NAME, fault)) return false;
    struct config_file file = {SLICE(FILE_NAME), buf_slice(&all)};
    if (!house_tables(taking->arena, &tables) || !sources_conf_read(&tables, &file, taking->arena, &config, &problems))
        return fault_memory(fault);
    door_show_problems(&problems, taking->home->report, taking->home->report_to);
    return problems.errors == 0 ||
           fault_set(fault, FAULT_INPUT, "the list holds what " FILE_NAME " cannot: nothing was added");
}

static bool take_list(struct taking *taking, const char *path, struct fault *fault) {
    struct slice body;
    bool found;
    struct opml opml;
    AUTO(folder_close)
    struct folder folder = {0};
    AUTO(buf_free)
    struct buf present = buf_new(FILE_BYTES);
    if (!config_read_file(path, taking->arena, &body, &found, fault)) return false;
    if (!found) return fault_set(fault, FAULT_INPUT, "there is no file '%s'", path);
    if (!opening_list(body, taking->arena, &opml, fault)) return fault_context(fault, "%s", path);
    if (!read_file(taking->home, &folder, &present, fault)) return false;
    taking->present = buf_slice(&present);
    for (size_t i = 0; i < opml.outlines.count; i++)
        if (!take_outline(taking, &opml.outlines.at[i], fault)) return false;
    if (!buf_check(&taking->blocks, FILE_NAME, fault) || !holds(taking, fault)) return false;
    return taking->added == 0 || append(taking->home, buf_slice(&taking->blocks), fault);
}

int discern_sources_import(struct discern *home, const char *path, discern_write *write, void *to,
                           struct discern_error *error) {
    struct fault fault = {0};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf out = buf_new((size_t)64 * 1024);
    struct taking taking = {.home = home, .arena = arena, .blocks = buf_new(FILE_BYTES)};
    if (arena == NULL) fault_memory(&fault);
    else if (take_list(&taking, path, &fault)) {
        buf_printf(&out, "%lld source%s added, %lld there already\n", (long long)taking.added,
                   taking.added == 1 ? "" : "s", (long long)taking.known);
        (void)door_write(&out, write, to, &fault);
    }
    buf_free(&taking.blocks);
    return door_status(&fault, error);
}

static bool add_outline(struct discern *home, const struct source *source, struct arena *arena, struct opml *opml,
                        struct fault *fault) {
    struct request request = {0};
    struct slice none = {NULL, 0};
    const struct source_kind *kind = source_kind_find(slice_from(source->schema->name));
    if (!slice_equal(slice_from(source->schema->name), SLICE("feed"))) return true;
    if (!kind->ask(source, none, home->house.options.now_s, arena, &request, fault)) return false;
    if (slice_is_empty(request.url)) return true;
    struct outline_list *list = &opml->outlines;
    struct outline *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return fault_memory(fault);
    list->at = more;
    more[list->count++] =
        (struct outline){.title = source->title, .url = request.url, .site = source->site, .folder = source->folder};
    return true;
}

int discern_sources_export(struct discern *home, discern_write *write, void *to, struct discern_error *error) {
    struct fault fault = {0};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf out = buf_new(FILE_BYTES);
    struct opml opml = {.title = home->house.config.school};
    const struct source_list *sources = &home->house.config.sources;
    if (arena == NULL) fault_memory(&fault);
    for (size_t i = 0; fault.kind == FAULT_NONE && i < sources->count; i++)
        (void)add_outline(home, &sources->at[i], arena, &opml, &fault);
    if (fault.kind == FAULT_NONE) {
        opml_write(&opml, home->house.options.now_s, &out);
        (void)door_write(&out, write, to, &fault);
    }
    return door_status(&fault, error);
}
