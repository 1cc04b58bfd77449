#include "config/placeholders_conf.h"

#include "base/limits.h"
#include "base/line.h"
#include "base/utf8.h"

/* What is shorter stands in too many posts. */
#define LETTERS_LEAST 6

static bool is_known(const struct slice_list *list, struct slice phrase) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal_nocase(list->at[i], phrase)) return true;
    return false;
}

static bool read_phrase(const struct line *line, struct arena *arena, struct slice_list *list,
                        struct problems *problems) {
    if (utf8_count(line->rest) < LETTERS_LEAST) {
        problem_add(problems, PROBLEM_ERROR, line->place, "a phrase such as: phrase coming soon",
                    "'%.*s' is too short: it would stand in too many posts", SLICE_ARGS(line->rest));
        return true;
    }
    if (is_known(list, line->rest)) {
        problem_add(problems, PROBLEM_WARNING, line->place, "once is enough", "the phrase '%.*s' stands here twice",
                    SLICE_ARGS(line->rest));
        return true;
    }
    if (list->count == LIMIT_ITEM_LIST)
        problem_add(problems, PROBLEM_ERROR, line->place, "take out those that never occur",
                    "there are more than %u phrases", LIMIT_ITEM_LIST);
    return list->count == LIMIT_ITEM_LIST || slice_list_add(arena, list, line->rest);
}

bool placeholders_conf_read(const struct config_file *file, struct arena *arena, struct config *out,
                            struct problems *problems) {
    struct slice text = slice_is_absent(file->text) ? placeholders_shipped() : file->text;
    struct line_reader reader = line_reader_new(file->name, text, problems);
    struct line line;
    static const char *const known[] = {"phrase"};
    while (line_next(&reader, &line)) {
        if (slice_equal(line.keyword, slice_from(known[0]))) {
            if (!read_phrase(&line, arena, &out->placeholders, problems)) return false;
            continue;
        }
        const char *near = problem_nearest(line.keyword, known, COUNT_OF(known));
        problem_add(problems, PROBLEM_ERROR, line.place,
                    near == NULL ? "each line is 'phrase' and the words" : "did you mean 'phrase'?",
                    "placeholders.conf has no '%.*s'", SLICE_ARGS(line.keyword));
    }
    return true;
}
