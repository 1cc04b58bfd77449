#include "stage/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/when.h"
#include "model/digest_json.h"
#include "render/edition.h"
#include "render/site.h"
#include "render/style.h"
#include "store/digests.h"

/* Days in the archive: more than four school years. Feeds and the page of all days hold fewer. */
#define PAGES_DAYS 834
#define STAMP_FILE "build.txt"

struct writing {
    struct house *house;
    const struct pages_options *options;
    struct arena *arena;
    struct file_batch *batch;
    struct digest_record_list records;
    struct digest_list days;
    int64_t written;
    struct slice *names; /* of what was put, below the reader's folder */
    size_t name_count, name_capacity;
};

static int by_bytes(const void *a, const void *b) {
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static bool note_name(struct writing *writing, struct slice name) {
    struct slice *more =
        arena_grow(writing->arena, writing->names, writing->name_count, &writing->name_capacity, sizeof *more);
    if (more == NULL) return false;
    writing->names = more;
    return arena_copy(writing->arena, name, &more[writing->name_count++]);
}

static bool put(void *to, struct slice name, struct slice bytes, struct fault *fault) {
    struct writing *writing = to;
    char path[512];
    int len = snprintf(path, sizeof path, "%.*s/%.*s", SLICE_ARGS(writing->options->reader->name), SLICE_ARGS(name));
    if (len < 0 || len >= (int)sizeof path) return fault_set(fault, FAULT_LIMIT, "%s: the name is too long", path);
    enum file_outcome outcome;
    struct file_put file = {.name = slice_from(path), .bytes = bytes, .access = FILE_PUBLIC};
    if (!file_batch_put(writing->batch, &file, &outcome, fault)) return fault_context(fault, "%s", path);
    writing->written += outcome == FILE_WRITTEN;
    return note_name(writing, name) || fault_memory(fault);
}

/* Pages of lists that are empty now, since what they held was taken back or went by another name. */
static bool sweep_folder(struct writing *writing, const char *folder, struct fault *fault) {
    struct slice_list files = {0};
    const struct slice reader = writing->options->reader->name;
    char *path = arena_printf(writing->arena, "%.*s/%s", SLICE_ARGS(reader), folder);
    if (path == NULL) return fault_memory(fault);
    if (!file_list(writing->options->folder, slice_from(path), writing->arena, &files, fault)) return false;
    for (size_t i = 0; i < files.count; i++) {
        bool found;
        char *name = arena_printf(writing->arena, "%s/%.*s", folder, SLICE_ARGS(files.at[i]));
        if (name == NULL) return fault_memory(fault);
        struct slice key = slice_from(name);
        if (!slice_ends(key, SLICE(".html")) ||
            bsearch(&key, writing->names, writing->name_count, sizeof key, by_bytes) != NULL)
            continue;
        name = arena_printf(writing->arena, "%.*s/%s", SLICE_ARGS(reader), name);
        if (name == NULL) return fault_memory(fault);
        if (!file_remove(writing->options->folder, slice_from(name), &found, fault)) return false;
    }
    return true;
}

static bool sweep(struct writing *writing, struct fault *fault) {
    qsort(writing->names, writing->name_count, sizeof *writing->names, by_bytes);
    for (const char *const *folder = site_folders(); *folder != NULL; folder++)
        if (!sweep_folder(writing, *folder, fault)) return false;
    return true;
}

/* Everything that the pages are made of, as one number: days and when each was made, words, style, logo,
 * program. */
static uint64_t stamp_of(const struct writing *writing) {
    const struct look *look = writing->options->look;
    uint64_t hash = hash_fnv64(SLICE(DISCERN_VERSION), 0);
    for (size_t i = 0; i < writing->records.count; i++) {
        const int64_t day[] = {writing->records.at[i].date_s, writing->records.at[i].made_s};
        hash = hash_fnv64(slice_of((const char *)day, sizeof day), hash);
    }
    for (size_t i = 0; look->words != NULL && i < WORD_COUNT; i++) hash = hash_fnv64(look->words->at[i], hash);
    hash = hash_fnv64(look->logo, hash);
    return hash_fnv64(slice_is_absent(look->style) ? style_shipped() : look->style, hash);
}

static bool stamp_holds(struct writing *writing, struct slice stamp, bool *holds, struct fault *fault) {
    AUTO(buf_free)
    struct buf old = buf_new(1024);
    char *name = arena_printf(writing->arena, "%.*s/" STAMP_FILE, SLICE_ARGS(writing->options->reader->name));
    bool found;
    if (name == NULL) return fault_memory(fault);
    if (!file_get(writing->options->folder, slice_from(name), &old, &found, fault)) return false;
    *holds = found && slice_equal(buf_slice(&old), stamp);
    return true;
}

static bool read_days(struct writing *writing, struct fault *fault) {
    AUTO(arena_free)
    struct arena *scratch = arena_new(LIMIT_ARENA_BYTES);
    struct digest_list *days = &writing->days;
    if (scratch == NULL) return fault_memory(fault);
    for (size_t i = 0; i < writing->records.count && days->count < PAGES_DAYS; i++) {
        bool found;
        arena_reset(scratch);
        struct digest *more = arena_grow(writing->arena, days->at, days->count, &days->capacity, sizeof *more);
        if (more == NULL) return fault_memory(fault);
        days->at = more;
        struct digest_record record = writing->records.at[i];
        if (!digests_get(writing->house->store, &record, scratch, &found, fault)) return false;
        if (!found) continue;
        if (!digest_json_read(record.json, writing->arena, &more[days->count], fault))
            return fault_context(fault, "the digest of an earlier day");
        days->count++;
    }
    return true;
}

static bool write_runs(struct writing *writing, struct fault *fault) {
    size_t count;
    const struct run_format *const *formats = run_formats(&count);
    AUTO(buf_free)
    struct buf text = buf_new(LIMIT_RENDER_BYTES);
    for (size_t i = 0; i < count; i++) {
        struct digest_list newest = writing->days;
        if (newest.count > formats[i]->most) newest.count = formats[i]->most;
        buf_clear(&text);
        if (!formats[i]->write(&newest, writing->options->look, &text, fault))
            return fault_context(fault, "writing %s", formats[i]->file);
        if (!put(writing, slice_from(formats[i]->file), buf_slice(&text), fault)) return false;
    }
    return true;
}

static bool has_withdrawn(const struct digest *digest) {
    for (size_t s = 0; s < digest->sections.count; s++)
        for (size_t e = 0; e < digest->sections.at[s].entries.count; e++)
            if (digest->sections.at[s].entries.at[e].withdrawn) return true;
    /* What was left out is told with its lead, unless that was taken back. */
    for (size_t i = 0; i < digest->left_out.count; i++)
        if (slice_is_empty(digest->left_out.at[i].lead)) return true;
    return false;
}

/* A day's own files are written once; those that hold what was taken back since are written again. */
static bool write_withdrawn(struct writing *writing, struct fault *fault) {
    size_t count;
    const struct format *const *formats = day_formats(&count);
    AUTO(buf_free)
    struct buf text = buf_new(LIMIT_RENDER_BYTES);
    for (size_t d = 0; d < writing->days.count; d++) {
        const struct digest *digest = &writing->days.at[d];
        for (size_t i = 0; i < count && has_withdrawn(digest); i++) {
            buf_clear(&text);
            if (!formats[i]->write(digest, writing->options->look, &text, fault)) return false;
            char *name = arena_printf(writing->arena, "%.*s/%s", SLICE_ARGS(digest->date), formats[i]->file);
            if (name == NULL) return fault_memory(fault);
            if (!put(writing, slice_from(name), buf_slice(&text), fault)) return false;
        }
    }
    return true;
}

/* Older weeks are written already, unless something in them was taken back. */
#define EDITION_RECENT_DAYS 28

static bool write_week(struct writing *writing, const struct digest_list *week, const char *name, struct fault *fault) {
    bool wanted = week->at[0].date_s > writing->days.at[0].date_s - EDITION_RECENT_DAYS * (int64_t)DAY_S;
    for (size_t i = 0; i < week->count && !wanted; i++) wanted = has_withdrawn(&week->at[i]);
    if (!wanted) return true;
    AUTO(buf_free)
    struct buf book = buf_new(LIMIT_RENDER_BYTES);
    char *path = arena_printf(writing->arena, "weeks/%s.epub", name);
    if (path == NULL) return fault_memory(fault);
    return edition_write(week, writing->options->look, &book, fault) &&
           put(writing, slice_from(path), buf_slice(&book), fault);
}

static bool write_weeks(struct writing *writing, struct fault *fault) {
    const struct digest_list *days = &writing->days;
    char name[EDITION_NAME_BYTES], next[EDITION_NAME_BYTES];
    for (size_t from = 0, to; from < days->count; from = to) {
        edition_name(days->at[from].date_s, name);
        for (to = from + 1; to < days->count; to++) {
            edition_name(days->at[to].date_s, next);
            if (strcmp(name, next) != 0) break;
        }
        struct digest_list week = {.at = &days->at[from], .count = to - from, .capacity = to - from};
        if (!write_week(writing, &week, name, fault)) return false;
    }
    return true;
}

/* It comes last: a run that is killed before it builds everything again. */
static bool put_stamp(struct writing *writing, struct slice stamp, struct fault *fault) {
    char *name = arena_printf(writing->arena, "%.*s/" STAMP_FILE, SLICE_ARGS(writing->options->reader->name));
    if (name == NULL) return fault_memory(fault);
    struct file_put file = {.name = slice_from(name), .bytes = stamp, .access = FILE_PUBLIC};
    return file_put(writing->options->folder, &file, NULL, fault);
}

static bool write_all(struct writing *writing, struct fault *fault) {
    struct slice name = writing->options->reader->name;
    if (!digests_list(writing->house->store, name, writing->arena, &writing->records, fault)) return false;
    char *stamp = arena_printf(writing->arena, "%016llx\n", (unsigned long long)stamp_of(writing));
    bool holds = false;
    if (stamp == NULL) return fault_memory(fault);
    if (!stamp_holds(writing, slice_from(stamp), &holds, fault)) return false;
    if (holds && writing->options->when == PAGES_IF_CHANGED) return true;
    struct site site = {.digests = &writing->days, .look = writing->options->look, .put = put, .to = writing};
    return read_days(writing, fault) && write_withdrawn(writing, fault) && write_weeks(writing, fault) &&
           write_runs(writing, fault) && site_write(&site, fault) && file_batch_end(writing->batch, fault) &&
           sweep(writing, fault) && put_stamp(writing, slice_from(stamp), fault);
}

bool pages_write(struct house *house, const struct pages_options *options, int64_t *files_written,
                 struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    AUTO(file_batch_free)
    struct file_batch *batch = file_batch_new(options->folder);
    if (batch == NULL) return fault_memory(fault);
    struct writing writing = {.house = house, .options = options, .arena = arena, .batch = batch};
    if (!write_all(&writing, fault)) return false;
    *files_written += writing.written;
    return true;
}
