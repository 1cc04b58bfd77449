#include "classify/settings.h"

#include <stdio.h>

#include "base/line.h"
#include "classify/reasons.h"

#define KEYS_MOST 24

static const struct {
    const char *name;
    const char *keys[KEYS_MOST];
} known[] = {
    {"topics",
     {"strong", "phrase", "exact", "near", "weak", "title", "lead", "lead-words", "needs", "grows", "from", "first",
      "second", "third", "titled", "long", "single", "share", "most"}},
    {"idea",
     {"needs", "topic-of-practice", "topic-of-system", "no-topic", "traceable", "account", "sells", "long",
      "long-words", "about-education", "damping", "most"}},
    {"promotion", {"needs", "grows", "from", "again"}},
    {"hype", {"needs", "grows", "from", "again"}},
    {"education", {"needs", "each-word", "topic"}},
    {"levels", {"level-0", "level-1", "level-2", "level-3", "level-4", "accounts", "outcomes", "account-words"}},
    {"words", {NULL}},
};

static size_t count_keys(const char *const *keys) {
    size_t count = 0;
    while (count < KEYS_MOST && keys[count] != NULL) count++;
    return count;
}

static void tell(struct problems *problems, struct place place, const char *near, const char *what,
                 struct slice written) {
    char hint[80];
    if (near != NULL) (void)snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    problem_add(problems, PROBLEM_ERROR, place, near == NULL ? NULL : hint, what, SLICE_ARGS(written));
}

static void check_number(const struct rule_line *line, const char *const *keys, struct problems *problems) {
    size_t count = count_keys(keys), which = 0;
    double number;
    while (which < count && !slice_equal(line->keyword, slice_from(keys[which]))) which++;
    if (which == count) {
        tell(problems, line->place, problem_nearest(line->keyword, keys, count), "these settings have no '%.*s'",
             line->keyword);
        return;
    }
    struct line at = {.place = line->place};
    bool words = slice_starts(line->keyword, SLICE("level-"));
    if (!words && !slice_to_double(line->text, &number))
        tell(problems, line_place_of(&at, line->text), NULL, "'%.*s' is no number", line->text);
}

static void check_once(const struct rule_block *block, size_t index, struct problems *problems) {
    const struct rule_line *line = &block->lines[index];
    for (size_t i = 0; i < index; i++)
        if (slice_equal(block->lines[i].keyword, line->keyword)) {
            problem_add(problems, PROBLEM_ERROR, line->place, "take one of them away",
                        "'%.*s' stands already in line %u", SLICE_ARGS(line->keyword), block->lines[i].place.line);
            return;
        }
}

void settings_check(const struct rule_block *block, struct problems *problems) {
    const char *all[COUNT_OF(known)];
    size_t which = 0;
    for (size_t i = 0; i < COUNT_OF(known); i++) all[i] = known[i].name;
    while (which < COUNT_OF(known) && !slice_equal(block->id, slice_from(known[which].name))) which++;
    if (which == COUNT_OF(known)) {
        tell(problems, block->place, problem_nearest(block->id, all, COUNT_OF(known)), "there are no settings '%.*s'",
             block->id);
        return;
    }
    bool words = slice_equal(block->id, SLICE("words"));
    for (size_t i = 0; i < block->count; i++) {
        if (words) reasons_check(&block->lines[i], problems);
        else check_number(&block->lines[i], known[which].keys, problems);
        check_once(block, i, problems);
    }
}
