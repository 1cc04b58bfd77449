#include "door/session.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/mem.h"

int door_status(const struct fault *fault, struct discern_error *error) {
    int written = snprintf(error->text, sizeof error->text, "%s", fault->text);
    if (written < 0) error->text[0] = '\0';
    switch (fault->kind) {
        case FAULT_NONE: error->text[0] = '\0'; return DISCERN_DONE;
        case FAULT_BUSY:
        case FAULT_REMOTE: return DISCERN_TRY_LATER;
        case FAULT_CONFIG:
        case FAULT_USAGE: return DISCERN_WRONG;
        case FAULT_MEMORY:
        case FAULT_LIMIT:
        case FAULT_INPUT:
        case FAULT_REFUSED:
        case FAULT_STORE: break;
    }
    return DISCERN_ACT;
}

void door_show_problems(const struct problems *problems, discern_report *report, void *report_to) {
    if (report == NULL) return;
    AUTO(buf_free)
    struct buf text = buf_new((size_t)1024 * 1024);
    for (size_t i = 0; i < problems->count; i++) {
        buf_clear(&text);
        problem_describe(&problems->at[i], &text);
        report(report_to, problems->at[i].weight == PROBLEM_ERROR ? DISCERN_PROBLEM : DISCERN_WARNING, buf_text(&text));
    }
}

bool door_write(const struct buf *text, discern_write *write, void *to, struct fault *fault) {
    if (!buf_check(text, "the result", fault)) return false;
    struct slice bytes = buf_slice(text);
    if (write == NULL || write(to, bytes.at, bytes.len)) return true;
    return fault_set(fault, FAULT_STORE, "the result could not be written");
}

/* stage/'s notes are the door's notes under another name. */
static void pass_on(void *to, enum stage_note note, const char *text) {
    const struct discern *home = to;
    enum discern_note as = note == STAGE_PROGRESS  ? DISCERN_PROGRESS
                           : note == STAGE_TROUBLE ? DISCERN_TROUBLE
                                                   : DISCERN_INFO;
    if (home->report != NULL) home->report(home->report_to, as, text);
}

static bool open_home(const struct discern_options *options, struct discern *home, struct fault *fault) {
    home->arena = arena_new(LIMIT_ARENA_BYTES);
    if (home->arena == NULL) return fault_memory(fault);
    home->report = options->report;
    home->report_to = options->report_to;
    struct house_options house = {
        .config_dir = arena_text(home->arena, slice_from(options->places.config_dir)),
        .store_path = arena_text(home->arena, slice_from(options->places.store_path)),
        .site_dir = arena_text(home->arena, slice_from(options->places.site_dir)),
        .now_s = options->now_s,
        .report = pass_on,
        .report_to = home,
        .mode = STORE_WRITE,
    };
    if (house.config_dir == NULL || house.store_path == NULL || house.site_dir == NULL) return fault_memory(fault);
    struct problems problems = {.arena = home->arena};
    bool opened = house_open(&house, &problems, &home->house, fault);
    door_show_problems(&problems, options->report, options->report_to);
    return opened;
}

int discern_open(const struct discern_options *options, struct discern **out, struct discern_error *error) {
    struct fault fault = {0};
    struct discern *home = mem_new(1, sizeof *home);
    *out = NULL;
    if (home == NULL) fault_memory(&fault);
    else if (!open_home(options, home, &fault)) discern_close(&home);
    *out = home;
    return door_status(&fault, error);
}

void discern_close(struct discern **home) {
    if (*home == NULL) return;
    house_close(&(*home)->house);
    arena_free(&(*home)->arena);
    mem_free(*home);
    *home = NULL;
}
