#include "stage/digest.h"

#include "base/limits.h"
#include "base/when.h"
#include "curate/choose.h"
#include "curate/said.h"
#include "model/digest_json.h"
#include "practice/calendar.h"
#include "render/format.h"
#include "stage/deliver.h"
#include "stage/gather.h"
#include "stage/logbook.h"
#include "stage/look.h"
#include "stage/pages.h"
#include "stage/syntheses.h"
#include "store/digests.h"
#include "store/files.h"

struct making {
    struct house *house;
    const struct digest_options *options;
    const struct reader *reader;
    struct arena *arena;
    const struct folder *folder;
    const struct look *look;
    struct digest digest;
    const struct synthesis_note_list *syntheses;
    struct digest_counts *counts;
    bool changed; /* a file of the day was written anew */
};

/* ---- files ---- */

static bool put_file(struct making *making, const char *name, struct slice bytes, struct fault *fault) {
    enum file_outcome outcome;
    struct file_put put = {.name = slice_from(name), .bytes = bytes, .access = FILE_PUBLIC};
    if (!file_put(making->folder, &put, &outcome, fault)) return fault_context(fault, "%s", name);
    making->counts->files_written += outcome == FILE_WRITTEN;
    making->changed = making->changed || outcome == FILE_WRITTEN;
    return true;
}

static bool write_format(struct making *making, const struct format *format, struct buf *text, struct fault *fault) {
    buf_clear(text);
    if (!format->write(&making->digest, making->look, text, fault))
        return fault_context(fault, "writing %s", format->file);
    char *name = arena_printf(making->arena, "%.*s/%.*s/%s", SLICE_ARGS(making->reader->name),
                              SLICE_ARGS(making->digest.date), format->file);
    if (name == NULL) return fault_memory(fault);
    return put_file(making, name, buf_slice(text), fault);
}

static bool write_day(struct making *making, struct fault *fault) {
    size_t count;
    const struct format *const *formats = day_formats(&count);
    AUTO(buf_free)
    struct buf text = buf_new(LIMIT_RENDER_BYTES);
    for (size_t i = 0; i < count; i++)
        if (!write_format(making, formats[i], &text, fault)) return false;
    return true;
}

/* The pages of many days come after the day was remembered: they are made of that. */
static bool write_run(struct making *making, struct fault *fault) {
    struct pages_options pages = {.when = making->changed ? PAGES_ALWAYS : PAGES_IF_CHANGED,
                                  .reader = making->reader,
                                  .look = making->look,
                                  .folder = making->folder};
    return pages_write(making->house, &pages, &making->counts->files_written, fault);
}

/* Reminders stand beside the days, for a calendar to follow. A reader that never had a focus has none. */
static bool write_calendar(struct making *making, struct fault *fault) {
    struct logbook book;
    struct logbook_wish wish = {.team = making->reader->name};
    AUTO(buf_free)
    struct buf text = buf_new(LIMIT_RENDER_BYTES);
    if (!logbook_gather(making->house, &wish, making->arena, &book, fault)) return false;
    if (book.count == 0) return true;
    char *name = arena_printf(making->arena, "%.*s/focus.ics", SLICE_ARGS(making->reader->name));
    if (name == NULL) return fault_memory(fault);
    bool changed = making->changed;
    if (!logbook_calendar(&book, making->arena, &text, fault) || !put_file(making, name, buf_slice(&text), fault))
        return false;
    making->changed = changed;
    return true;
}

/* ---- memory ---- */

static bool add_shown(struct making *making, const struct section *section, const struct entry *entry,
                      struct shown_list *list) {
    struct shown *more = arena_grow(making->arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    struct shown *shown = &more[list->count];
    *shown = (struct shown){
        .date_s = making->digest.date_s,
        .reader = making->reader->name,
        .story = entry->story,
        .code = entry->code,
        .item = entry->lead,
        .source = entry->source,
        .title = entry->headline,
        .url = entry->item.url,
        .key = entry->key,
        .members = entry->members,
        .section = section->kind,
        .place = entry->place,
        .score = entry->score,
        .terms = entry->terms,
        .against = said_against(&entry->verdict),
    };
    for (size_t i = 0; i < entry->verdict.topics.count; i++)
        if (!slice_list_add(making->arena, &shown->topics, entry->verdict.topics.at[i].id)) return false;
    list->count++;
    return true;
}

static bool park(struct making *making, struct fault *fault) {
    for (size_t i = 0; i < making->digest.left_out.count; i++) {
        const struct left_out *left = &making->digest.left_out.at[i];
        struct parked parked = {.reader = making->reader->name,
                                .story = left->story,
                                .item = left->lead,
                                .title = left->title,
                                .url = left->url,
                                .topics = left->topics,
                                .score = left->score,
                                .parked_s = making->digest.date_s};
        if (left->reason == LEFT_PARKED && !parked_put(making->house->store, &parked, fault)) return false;
    }
    return true;
}

static bool remember(struct making *making, struct fault *fault) {
    struct look look = {0};
    struct shown_list shown = {0};
    AUTO(buf_free)
    struct buf json = buf_new(LIMIT_RENDER_BYTES);
    const struct format *format = day_format_find(SLICE("json"));
    if (!format->write(&making->digest, &look, &json, fault)) return false;
    for (size_t s = 0; s < making->digest.sections.count; s++) {
        const struct section *section = &making->digest.sections.at[s];
        for (size_t e = 0; e < section->entries.count; e++)
            if (!add_shown(making, section, &section->entries.at[e], &shown)) return fault_memory(fault);
    }
    making->counts->entries += (int64_t)shown.count;
    struct digest_record record = {.date_s = making->digest.date_s,
                                   .reader = making->reader->name,
                                   .json = buf_slice(&json),
                                   .made_s = making->house->options.now_s};
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(making->house->store, &work, fault)) return false;
    if (!digests_put(making->house->store, &record, &shown, fault) || !park(making, fault)) return false;
    if (making->options->owe && !deliver_owe(making->house, &making->digest, making->arena, fault)) return false;
    return store_commit(&work, fault);
}

/* ---- the run ---- */

static bool is_due(const struct making *making) {
    int64_t date_s = making->options->date_s;
    if (!slice_is_absent(making->options->reader) && !slice_equal(making->options->reader, making->reader->name))
        return false;
    if (making->options->days == DIGEST_EVERY_DAY) return true;
    if ((making->reader->days >> when_weekday(date_s) & 1) == 0) return false;
    return calendar_holiday(date_s, &making->house->config.holidays) == NULL;
}

static bool make(struct making *making, struct fault *fault) {
    struct curate_input input;
    const struct curate_options *weights = making->house->config.curate;
    if (!gather_input(making->house, making->reader, making->options->date_s, making->arena, &input, fault))
        return false;
    input.notes = *making->syntheses;
    if (!choose_digest(&input, weights, making->arena, &making->digest, fault)) return false;
    /* Files first: what is not on the disk was not shown, and a run that is killed between the two writes the same
     * again. */
    if (!write_day(making, fault) || !write_calendar(making, fault) || !remember(making, fault) ||
        !write_run(making, fault))
        return false;
    making->counts->readers++;
    char *folder = arena_printf(making->arena, "%s/%.*s/%.*s", making->options->out_dir,
                                SLICE_ARGS(making->reader->name), SLICE_ARGS(making->digest.date));
    if (folder == NULL) return fault_memory(fault);
    bool go_on =
        making->options->made == NULL || making->options->made(making->options->made_to, &making->digest, folder);
    return go_on || fault_set(fault, FAULT_STORE, "the result could not be written");
}

/* A day without a digest: what was taken back since the last one goes from the pages all the same. */
static bool refresh(struct making *making, struct fault *fault) {
    struct digest_record_list records = {0};
    struct slice wanted = making->options->reader;
    if (!slice_is_absent(wanted) && !slice_equal(wanted, making->reader->name)) return true;
    if (!digests_list(making->house->store, making->reader->name, making->arena, &records, fault)) return false;
    return records.count == 0 || write_run(making, fault);
}

static bool knows(const struct house *house, struct slice name, struct fault *fault) {
    if (slice_is_absent(name)) return true;
    for (size_t i = 0; i < house->config.readers.count; i++)
        if (slice_equal(house->config.readers.at[i].name, name)) return true;
    return fault_set(fault, FAULT_USAGE, "there is no reader '%.*s' in discern.conf", SLICE_ARGS(name));
}

bool digest_run(struct house *house, const struct digest_options *options, struct digest_counts *out,
                struct fault *fault) {
    struct digest_counts counts = {0};
    struct look_kept look;
    AUTO(arena_free)
    struct arena *kept = arena_new(LIMIT_ARENA_BYTES);
    AUTO(folder_close)
    struct folder folder = {0};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL || kept == NULL) return fault_memory(fault);
    if (!look_load(house, kept, &look, fault)) return false;
    if (!knows(house, options->reader, fault)) return false;
    struct synthesis_note_list syntheses;
    if (!syntheses_of(house, kept, &syntheses, fault)) return false;
    if (!folder_open(options->out_dir, FOLDER_MAKE, &folder, fault)) return false;
    for (size_t i = 0; i < house->config.readers.count; i++) {
        struct making making = {.house = house,
                                .options = options,
                                .reader = &house->config.readers.at[i],
                                .arena = arena,
                                .folder = &folder,
                                .look = &look.look,
                                .syntheses = &syntheses,
                                .counts = &counts};
        arena_reset(arena);
        bool due = is_due(&making);
        if (due ? !make(&making, fault) : !refresh(&making, fault))
            return fault_context(fault, "digest for %.*s", SLICE_ARGS(making.reader->name));
    }
    *out = counts;
    return true;
}
