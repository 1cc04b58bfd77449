#include "config/config.h"

#include "base/line.h"
#include "config/discern_conf.h"
#include "config/sources_conf.h"

static bool add_question(struct arena *arena, struct config *out, const struct line *line) {
    struct prompt_set *set = &out->prompts.at[out->prompts.count - 1];
    struct slice text = {0};
    return arena_copy(arena, line->rest, &text) && slice_list_add(arena, &set->ask, text);
}

static bool add_step(struct arena *arena, struct config *out, const struct line *line) {
    struct prompt_set_list *list = &out->prompts;
    struct prompt_set *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    more[list->count] = (struct prompt_set){0};
    return arena_copy(arena, line->rest, &more[list->count++].step);
}

/* step try / ask Which one class …? */
static bool read_prompts(const struct config_file *file, struct arena *arena, struct config *out,
                         struct problems *problems) {
    static const char *const steps[] = {"choose", "check", "plan", "try", "evaluate", "refine", "again", "decide"};
    struct line_reader reader = line_reader_new(file->name, file->text, problems);
    struct line line;
    while (line_next(&reader, &line)) {
        if (slice_equal(line.keyword, SLICE("step"))) {
            bool known = false;
            for (size_t i = 0; i < COUNT_OF(steps); i++) known = known || slice_equal(line.rest, slice_from(steps[i]));
            if (!known)
                problem_add(problems, PROBLEM_ERROR, line.place,
                            "choose, check, plan, try, evaluate, refine, again or decide", "there is no step '%.*s'",
                            SLICE_ARGS(line.rest));
            if (!add_step(arena, out, &line)) return false;
        } else if (!slice_equal(line.keyword, SLICE("ask"))) {
            problem_add(problems, PROBLEM_ERROR, line.place, "a line begins with 'step' or 'ask'",
                        "prompts.conf has no '%.*s'", SLICE_ARGS(line.keyword));
        } else if (out->prompts.count == 0 || slice_is_empty(line.rest)) {
            problem_add(problems, PROBLEM_ERROR, line.place, "first a line 'step …', then 'ask' and the question",
                        "this question belongs to no step, or is empty");
        } else if (!add_question(arena, out, &line)) {
            return false;
        }
    }
    return true;
}

static void missing(struct problems *problems, const struct config_file *file) {
    struct place place = {.file = file->name};
    problem_add(problems, PROBLEM_ERROR, place, "'discern init' writes a commented one", "there is no such file");
}

bool config_read(const struct config_tables *tables, const struct config_files *files, struct arena *arena,
                 struct config *out, struct problems *problems, struct fault *fault) {
    struct config config = {0};
    if (slice_is_absent(files->discern.text)) missing(problems, &files->discern);
    else if (!discern_conf_read(tables, &files->discern, arena, &config, problems)) return fault_memory(fault);
    if (slice_is_absent(files->sources.text)) missing(problems, &files->sources);
    else if (!sources_conf_read(tables, &files->sources, arena, &config, problems)) return fault_memory(fault);
    if (!slice_is_absent(files->prompts.text) && !read_prompts(&files->prompts, arena, &config, problems))
        return fault_memory(fault);
    *out = config;
    return true;
}
