#include "config/block.h"

#include <stdio.h>
#include <string.h>

#define KEYWORDS_MOST 80

void block_unknown(const struct block *block, const struct line *line, struct problems *problems) {
    const char *known[KEYWORDS_MOST];
    char hint[120];
    size_t count = 0;
    for (size_t i = 0; i < block->option_count && count < KEYWORDS_MOST; i++) known[count++] = block->options[i].name;
    for (size_t i = 0; i < block->more_count && count < KEYWORDS_MOST; i++) known[count++] = block->more[i].name;
    const char *near = problem_nearest(line->keyword, known, count);
    int written = near == NULL ? 0 : snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    problem_add(problems, PROBLEM_ERROR, line->place, written > 0 ? hint : NULL, "%s has no '%.*s'", block->what,
                SLICE_ARGS(line->keyword));
}

/* A list may be given again, to add to it; anything else only once. */
static bool is_repeated(struct block *block, const struct option *option, const struct line *line,
                        struct problems *problems) {
    size_t index = (size_t)(option - block->options);
    bool own = option >= block->options && index < block->option_count && index < 64;
    if (!own || option->type == OPTION_LIST) return false;
    unsigned long long bit = 1ULL << index;
    bool repeated = (block->seen & bit) != 0;
    block->seen |= bit;
    if (repeated)
        problem_add(problems, PROBLEM_ERROR, line->place, "keep one of the two lines", "'%s' is given twice",
                    option->name);
    return repeated;
}

bool block_take(struct block *block, const struct line *line, struct arena *arena, struct problems *problems) {
    const struct option *option = option_find(block->options, block->option_count, line->keyword);
    void *values = block->values;
    if (option == NULL) {
        option = option_find(block->more, block->more_count, line->keyword);
        values = block->more_values;
    }
    if (option == NULL) {
        block_unknown(block, line, problems);
        return true;
    }
    struct fault fault = {0};
    if (is_repeated(block, option, line, problems) || option_set(option, line->rest, arena, values, &fault))
        return true;
    if (fault.kind == FAULT_MEMORY) return false;
    struct place place = slice_is_empty(line->rest) ? line->place : line_place_of(line, line->rest);
    problem_add(problems, PROBLEM_ERROR, place, option->help, "%s", fault.text);
    return true;
}

bool block_name_holds(struct slice name) {
    if (name.len == 0 || name.len > 40 || name.at[0] < 'a' || name.at[0] > 'z') return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    }
    return true;
}
