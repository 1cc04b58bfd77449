#include "stage/house.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/when.h"
#include "curate/options.h"
#include "source/kind.h"

#define TELL_BYTES 1024

/* urls.conf is optional: without it only what every address has in common is folded. */
static bool read_url_rules(const struct house_options *options, struct problems *problems, struct house *house,
                           struct fault *fault) {
    bool found;
    struct slice text = SLICE("");
    char *path = arena_printf(house->arena, "%s/urls.conf", options->config_dir);
    if (path == NULL) return fault_memory(fault);
    if (!config_read_file(path, house->arena, &text, &found, fault)) return false;
    house->url_rules_sum = hash_fnv64(text, 0);
    house->url_rules = canon_rules_read(slice_from(path), text, problems, house->arena);
    return house->url_rules != NULL || fault_memory(fault);
}

bool house_tables(struct arena *arena, struct config_tables *out) {
    size_t count;
    const struct source_kind *const *kinds = source_kinds(&count);
    const struct source_schema **schemas = arena_alloc(arena, count, sizeof(void *));
    if (schemas == NULL) return false;
    for (size_t i = 0; i < count; i++) schemas[i] = &kinds[i]->schema;
    *out = (struct config_tables){.kinds = schemas,
                                  .kind_count = count,
                                  .curate = curate_option_table,
                                  .curate_count = curate_option_count,
                                  .curate_bytes = sizeof(struct curate_options)};
    return true;
}

static bool load(const struct house_options *options, struct problems *problems, struct house *house,
                 struct fault *fault) {
    struct config_tables tables;
    if (!house_tables(house->arena, &tables)) return fault_memory(fault);
    if (!config_load(&tables, options->config_dir, house->arena, &house->config, problems, fault)) return false;
    if (!read_url_rules(options, problems, house, fault)) return false;
    if (problems->errors == 0) return true;
    return fault_set(fault, FAULT_CONFIG, "the configuration in %s does not hold (%zu mistake%s): nothing was done",
                     options->config_dir, problems->errors, problems->errors == 1 ? "" : "s");
}

bool house_open(const struct house_options *options, struct problems *problems, struct house *out,
                struct fault *fault) {
    AUTO(house_close)
    struct house house = {.options = *options};
    house.arena = arena_new(LIMIT_ARENA_BYTES);
    if (house.arena == NULL) return fault_memory(fault);
    if (!load(options, problems, &house, fault) || !house_enter_store(&house, fault)) return false;
    *out = house;
    house = (struct house){0};
    return true;
}

void house_leave_store(struct house *house) {
    store_close(&house->store);
}

bool house_enter_store(struct house *house, struct fault *fault) {
    struct store_options store = {.path = house->options.store_path, .mode = house->options.mode};
    return house->store != NULL || store_open(&store, &house->store, fault);
}

void house_close(struct house *house) {
    house_leave_store(house);
    arena_free(&house->arena);
    *house = (struct house){0};
}

uint64_t house_stamp(const struct house *house) {
    static const char *const names[] = {"discern.conf", "sources.conf", "prompts.conf", "placeholders.conf",
                                        "urls.conf"};
    return config_stamp(house->options.config_dir, names, COUNT_OF(names));
}

bool house_reload(struct house *house, struct problems *problems, struct fault *fault) {
    struct house fresh = {.options = house->options, .arena = arena_new(LIMIT_ARENA_BYTES)};
    if (fresh.arena == NULL) return fault_memory(fault);
    if (!load(&house->options, problems, &fresh, fault)) {
        arena_free(&fresh.arena);
        return false;
    }
    arena_free(&house->arena);
    house->arena = fresh.arena;
    house->config = fresh.config;
    house->url_rules = fresh.url_rules;
    house->url_rules_sum = fresh.url_rules_sum;
    return true;
}

bool house_lock(const struct house *house, struct lock *out, struct fault *fault) {
    char *path = arena_printf(house->arena, "%s.lock", house->options.store_path);
    if (path == NULL) return fault_memory(fault);
    return lock_take(path, out, fault);
}

void house_tell(const struct house *house, enum stage_note note, const char *format, ...) {
    if (house->options.report == NULL) return;
    char text[TELL_BYTES];
    va_list args;
    va_start(args, format);
    int written = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (written >= 0) house->options.report(house->options.report_to, note, text);
}

int64_t house_today(const struct house *house) {
    int64_t now_s = house->options.now_s;
    return now_s - ((now_s % DAY_S) + DAY_S) % DAY_S;
}
