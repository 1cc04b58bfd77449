#include "stage/import.h"

#include <string.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/when.h"
#include "source/json_run.h"
#include "source/kind.h"
#include "stage/archive_owner.h"
#include "stage/keep.h"
#include "stage/retraction_csv.h"
#include "stage/stream.h"

/* Pieces are large enough to be quick and small enough that no page of posts reaches its ceiling. */
#define PIECE_BYTES ((size_t)256 * 1024)
#define PIECE_MOST_BYTES ((size_t)LIMIT_DOCUMENT_BYTES * 4)
#define SNIFF_BYTES ((size_t)4096)
#define PIECES_A_COMMIT 64

struct importing {
    struct house *house;
    struct stream *stream;
    struct arena *arena, *kept; /* for a piece; for the file */
    const struct source_kind *kind;
    struct source source;
    struct slice owner; /* whose archive it is, where that is said */
    struct buf piece;
    struct store_work work;
    int pieces;
    struct import_counts *counts;
    struct threads_waiting waiting;
};

/* ---- keeping ---- */

static bool commit(struct importing *import, struct fault *fault) {
    import->pieces = 0;
    if (import->work.store == NULL) return true;
    bool done = store_commit(&import->work, fault);
    house_tell(import->house, STAGE_PROGRESS, "%lld posts read, %lld new", (long long)import->counts->seen,
               (long long)import->counts->made);
    return done;
}

static bool keep_piece(struct importing *import, struct slice body, struct fault *fault) {
    struct page page = {0};
    struct keep_counts kept = {0};
    struct response response = {.state = RESPONSE_ANSWERED,
                                .status = 200,
                                .body = body,
                                .date_s = WHEN_ABSENT,
                                .expires_s = WHEN_ABSENT,
                                .retry_at_s = WHEN_ABSENT};
    struct keep_options options = {.source = &import->source,
                                   .rules = import->house->url_rules,
                                   .now_s = import->house->options.now_s,
                                   .waiting = &import->waiting};
    struct slice none = {NULL, 0};
    arena_reset(import->arena);
    if (!import->kind->take(&import->source, none, &response, options.now_s, import->arena, &page, fault)) {
        if (fault->kind != FAULT_INPUT) return false;
        fault_clear(fault); /* a piece without one post: counted, and the rest goes on */
        import->counts->skipped++;
        return true;
    }
    if (import->work.store == NULL && !store_begin(import->house->store, &import->work, fault)) return false;
    import->counts->seen += (int64_t)page.items.count;
    if (!keep_page(import->house->store, &options, &page, import->arena, &kept, fault)) return false;
    import->counts->made += kept.made;
    import->counts->changed += kept.changed;
    import->counts->skipped += kept.skipped;
    return ++import->pieces < PIECES_A_COMMIT || commit(import, fault);
}

/* ---- cutting ---- */

/* Length of the part of `text` that holds whole posts only; 0 = none yet. */
static size_t whole_part(const struct importing *import, struct slice text) {
    if (strcmp(import->kind->schema.name, "twarc") == 0) {
        const char *last = memrchr(text.at, '\n', text.len);
        return last == NULL ? 0 : (size_t)(last - text.at) + 1;
    }
    struct slice rest = text, object;
    size_t whole = 0;
    while (json_run_object(&rest, &object)) whole = (size_t)(object.at + object.len - text.at);
    return whole;
}

static bool cut_piece(struct importing *import, bool at_end, struct fault *fault) {
    struct slice all = buf_slice(&import->piece);
    size_t whole = at_end ? all.len : whole_part(import, all);
    if (whole == 0) return !at_end || all.len == 0;
    if (!keep_piece(import, slice_part(all, 0, whole), fault)) return false;
    size_t left = all.len - whole;
    memmove(import->piece.at, import->piece.at + whole, left);
    buf_cut(&import->piece, left);
    return true;
}

/* Reads the rest of the member; import->piece may hold its beginning already. */
static bool read_member(struct importing *import, struct fault *fault) {
    for (;;) {
        size_t got;
        char *room = buf_room(&import->piece, PIECE_BYTES);
        if (room == NULL) return fault_set(fault, FAULT_LIMIT, "one post is larger than %zu bytes", PIECE_MOST_BYTES);
        if (!stream_read(import->stream, room, PIECE_BYTES, &got, fault)) return false;
        buf_grown(&import->piece, got);
        import->counts->bytes += (int64_t)got;
        if (got > 0 && import->piece.len < PIECE_BYTES) continue;
        if (!cut_piece(import, got == 0, fault)) return false;
        if (got == 0) return commit(import, fault);
    }
}

/* ---- knowing what it is ---- */

static struct slice base_name(struct slice path) {
    while (slice_find_byte(path, '/', 0) != SLICE_NOT_FOUND) (void)slice_next(&path, '/');
    return path;
}

/* The parts of an archive that hold posts and likes. */
static bool is_archive_part(struct slice name) {
    static const char *const parts[] = {"tweets", "tweet", "note-tweet", "like", "community-tweet"};
    struct slice base = base_name(name);
    if (!slice_ends(base, SLICE(".js"))) return false;
    base.len -= 3;
    size_t part = slice_find(base, SLICE("-part"), 0);
    if (part != SLICE_NOT_FOUND) base.len = part;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (slice_equal(base, slice_from(parts[i]))) return true;
    return false;
}

/* The options of a kind are its own affair: `owner` is set by its table. */
static bool set_owner(struct importing *import, struct fault *fault) {
    const struct source_schema *schema = import->source.schema;
    char *values = arena_alloc(import->kept, 1, schema->values_bytes);
    if (values == NULL) return fault_memory(fault);
    for (size_t i = 0; i < schema->option_count; i++)
        if (strcmp(schema->options[i].name, "owner") == 0)
            memcpy(values + schema->options[i].offset, &import->owner, sizeof import->owner);
    import->source.values = values;
    return true;
}

static bool set_kind(struct importing *import, const char *kind, const char *source, struct fault *fault) {
    import->kind = source_kind_find(slice_from(kind));
    import->source =
        (struct source){.name = slice_from(source), .schema = &import->kind->schema, .title = slice_from(source)};
    return slice_is_empty(import->owner) || set_owner(import, fault);
}

static bool is_retractions(struct slice head) {
    struct slice line = slice_part(head, 0, slice_find_byte(head, '\n', 0));
    return slice_find(line, SLICE("OriginalPaperDOI"), 0) != SLICE_NOT_FOUND;
}

static bool take_retractions(struct importing *import, struct fault *fault) {
    for (;;) {
        size_t got;
        char *room = buf_room(&import->piece, PIECE_BYTES);
        if (room == NULL)
            return fault_set(fault, FAULT_LIMIT, "the list of retractions is larger than %zu bytes",
                             import->piece.ceiling_bytes);
        if (!stream_read(import->stream, room, PIECE_BYTES, &got, fault)) return false;
        if (got == 0) break;
        buf_grown(&import->piece, got);
    }
    if (!store_begin(import->house->store, &import->work, fault)) return false;
    if (!retraction_csv_keep(import->house->store, buf_slice(&import->piece), import->arena,
                             &import->counts->retractions, fault))
        return false;
    return commit(import, fault);
}

/* A plain file is known by its beginning. */
static bool read_plain(struct importing *import, struct fault *fault) {
    size_t got;
    char *room = buf_room(&import->piece, SNIFF_BYTES);
    if (room == NULL) return fault_memory(fault);
    if (!stream_read(import->stream, room, SNIFF_BYTES, &got, fault)) return false;
    buf_grown(&import->piece, got);
    struct slice head = slice_trim(buf_slice(&import->piece));
    if (is_retractions(head)) {
        import->piece.ceiling_bytes = (size_t)512 * 1024 * 1024;
        return take_retractions(import, fault);
    }
    if (slice_starts(head, SLICE("window.YTD.")))
        return set_kind(import, "x-archive", "imported-x-archive", fault) && read_member(import, fault);
    if (slice_starts(head, SLICE("{")) || slice_starts(head, SLICE("[")))
        return set_kind(import, "twarc", "imported-twarc", fault) && read_member(import, fault);
    return fault_set(fault, FAULT_INPUT,
                     "is neither an X archive (ZIP, or a .js file of one), nor twarc's JSON lines, nor a list of "
                     "retractions (CSV)%s",
                     slice_starts(head, SLICE("<")) ? ": it is a web page" : "");
}

static bool read_zip(struct importing *import, struct fault *fault) {
    bool any = false;
    for (;;) {
        struct slice name;
        bool more;
        if (!stream_next(import->stream, &name, &more, fault)) return false;
        if (!more) break;
        if (!is_archive_part(name)) continue;
        any = true;
        if (!set_kind(import, "x-archive", "imported-x-archive", fault)) return false;
        buf_clear(&import->piece);
        if (!read_member(import, fault)) return false;
    }
    return any ||
           fault_set(fault, FAULT_INPUT, "the ZIP is no X archive: it holds no tweets.js, note-tweet.js or like.js");
}

static bool read_stream(struct importing *import, struct fault *fault) {
    struct slice name;
    bool more;
    if (stream_is_zip(import->stream)) return read_zip(import, fault);
    return stream_next(import->stream, &name, &more, fault) && read_plain(import, fault);
}

/* `owner`: of the archive that the file is a part of, absent = not known. */
static bool import_file(struct house *house, const char *path, struct slice owner, struct import_counts *counts,
                        struct fault *fault) {
    AUTO(arena_free)
    struct arena *kept = arena_new(LIMIT_ARENA_BYTES);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(stream_free)
    struct stream *stream = stream_open(path, fault);
    if (arena == NULL || kept == NULL) return fault_memory(fault);
    if (stream == NULL) return false;
    struct importing import = {.house = house,
                               .stream = stream,
                               .kept = kept,
                               .owner = owner,
                               .arena = arena,
                               .piece = buf_new(PIECE_MOST_BYTES),
                               .counts = counts};
    bool done = read_stream(&import, fault);
    /* What was whole before the damage is kept. */
    struct fault second = {0};
    if (!done && fault->kind != FAULT_STORE && !commit(&import, &second)) *fault = second;
    store_work_end(&import.work);
    buf_free(&import.piece);
    return done || fault_context(fault, "%s", path);
}

/* A folder that the ZIP was unpacked to: its data/ or itself. */
static bool import_folder(struct house *house, const char *path, struct slice owner, struct import_counts *counts,
                          struct fault *fault) {
    static const char *const names[] = {"tweets.js", "tweet.js", "note-tweet.js", "like.js", "community-tweet.js"};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    bool any = false;
    if (arena == NULL) return fault_memory(fault);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        for (int part = 0; part < 100; part++) {
            struct stat about;
            int stem = (int)strlen(names[i]) - 3;
            char *file = part == 0 ? arena_printf(arena, "%s/data/%s", path, names[i])
                                   : arena_printf(arena, "%s/data/%.*s-part%d.js", path, stem, names[i], part);
            if (file == NULL) return fault_memory(fault);
            if (stat(file, &about) != 0) break;
            any = true;
            if (!import_file(house, file, owner, counts, fault)) return false;
        }
    return any || fault_set(fault, FAULT_INPUT, "%s: the folder is no X archive: it holds no data/tweets.js", path);
}

bool import_path(struct house *house, const char *path, struct import_counts *out, struct fault *fault) {
    struct stat about;
    struct import_counts counts = {0};
    if (stat(path, &about) != 0) return fault_set(fault, FAULT_INPUT, "%s: there is no such file", path);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct slice owner;
    if (arena == NULL) return fault_memory(fault);
    if (!archive_owner(path, arena, &owner, fault)) return false;
    if (!store_cache(house->store, LIMIT_IMPORT_CACHE_BYTES, fault)) return false;
    bool done = S_ISDIR(about.st_mode) ? import_folder(house, path, owner, &counts, fault)
                                       : import_file(house, path, owner, &counts, fault);
    *out = counts;
    return done && store_cache(house->store, LIMIT_STORE_CACHE_BYTES, fault);
}
