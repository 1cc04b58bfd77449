#include "stage/pages.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/limits.h"
#include "model/digest_json.h"
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
    struct digest_record_list records;
    struct digest_list days;
    int64_t written;
};

static bool put(void *to, struct slice name, struct slice bytes, struct fault *fault) {
    struct writing *writing = to;
    char path[512];
    int len = snprintf(path, sizeof path, "%.*s/%.*s", SLICE_ARGS(writing->options->reader->name), SLICE_ARGS(name));
    if (len < 0 || len >= (int)sizeof path) return fault_set(fault, FAULT_LIMIT, "%s: the name is too long", path);
    enum file_outcome outcome;
    struct file_put file = {.name = slice_from(path), .bytes = bytes, .access = FILE_PUBLIC};
    if (!file_put(writing->options->folder, &file, &outcome, fault)) return fault_context(fault, "%s", path);
    writing->written += outcome == FILE_WRITTEN;
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

static bool write_all(struct writing *writing, struct fault *fault) {
    struct slice name = writing->options->reader->name;
    if (!digests_list(writing->house->store, name, writing->arena, &writing->records, fault)) return false;
    char *stamp = arena_printf(writing->arena, "%016llx\n", (unsigned long long)stamp_of(writing));
    bool holds;
    if (stamp == NULL) return fault_memory(fault);
    if (!stamp_holds(writing, slice_from(stamp), &holds, fault)) return false;
    if (holds && writing->options->when == PAGES_IF_CHANGED) return true;
    struct site site = {.digests = &writing->days, .look = writing->options->look, .put = put, .to = writing};
    /* The stamp comes last: a run that is killed before it builds everything again. */
    return read_days(writing, fault) && write_runs(writing, fault) && site_write(&site, fault) &&
           put(writing, SLICE(STAMP_FILE), slice_from(stamp), fault);
}

bool pages_write(struct house *house, const struct pages_options *options, int64_t *files_written,
                 struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct writing writing = {.house = house, .options = options, .arena = arena};
    if (!write_all(&writing, fault)) return false;
    *files_written += writing.written;
    return true;
}
