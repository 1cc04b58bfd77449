#include "config/prompts_conf.h"

#include "base/line.h"

/* A half term; practice/ refuses anything else as well. */
#define WEEKS_LEAST 4
#define WEEKS_MOST 8
#define WEEKS_USUAL 6

struct prompts {
    struct arena *arena;
    struct config *out;
    struct problems *problems;
    bool memory; /* false once it ran out */
};

static const char *const steps[PROMPT_STEPS] = {"choose", "check", "plan",   "try",   "evaluate",
                                                "refine", "again", "decide", "return"};

static struct focus_template *open_template(const struct prompts *p) {
    struct focus_template_list *list = &p->out->templates;
    return list->count == 0 ? NULL : &list->at[list->count - 1];
}

/* The list that a step or question belongs to: of the open template, else the usual one. */
static struct prompt_set_list *open_list(const struct prompts *p) {
    struct focus_template *template = open_template(p);
    return template == NULL ? &p->out->prompts : &template->prompts;
}

static void keep(struct prompts *p, struct slice text, struct slice *out) {
    p->memory = p->memory && arena_copy(p->arena, text, out);
}

static void append(struct prompts *p, struct slice text, struct slice_list *list) {
    struct slice copy = {0};
    keep(p, text, &copy);
    p->memory = p->memory && slice_list_add(p->arena, list, copy);
}

static void add_set(struct prompts *p, struct prompt_set_list *list, struct prompt_set set) {
    struct prompt_set *more = arena_grow(p->arena, list->at, list->count, &list->capacity, sizeof *more);
    p->memory = p->memory && more != NULL;
    if (more == NULL) return;
    list->at = more;
    more[list->count++] = set;
}

static void read_step(struct prompts *p, const struct line *line) {
    bool known = false;
    for (size_t i = 0; i < COUNT_OF(steps); i++) known = known || slice_equal(line->rest, slice_from(steps[i]));
    if (!known)
        problem_add(p->problems, PROBLEM_ERROR, line->place,
                    "choose, check, plan, try, evaluate, refine, again, decide or return", "there is no step '%.*s'",
                    SLICE_ARGS(line->rest));
    struct prompt_set set = {0};
    keep(p, line->rest, &set.step);
    add_set(p, open_list(p), set);
}

static void read_question(struct prompts *p, const struct line *line) {
    struct prompt_set_list *list = open_list(p);
    if (list->count > 0 && !slice_is_empty(line->rest)) {
        append(p, line->rest, &list->at[list->count - 1].ask);
        return;
    }
    problem_add(p->problems, PROBLEM_ERROR, line->place, "first a line 'step …', then 'ask' and the question",
                "this question belongs to no step, or is empty");
}

static bool is_name(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != '-' && (text.at[i] < 'a' || text.at[i] > 'z')) return false;
    return text.len > 0 && text.len <= 40;
}

static void read_template(struct prompts *p, const struct line *line) {
    struct focus_template_list *list = &p->out->templates;
    struct focus_template *more = arena_grow(p->arena, list->at, list->count, &list->capacity, sizeof *more);
    if (!is_name(line->rest))
        problem_add(p->problems, PROBLEM_ERROR, line->place, "small letters and '-', as in 'lesson-study'",
                    "'%.*s' is no name for a template", SLICE_ARGS(line->rest));
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i].name, line->rest))
            problem_add(p->problems, PROBLEM_ERROR, line->place, "give each a name of its own",
                        "there are two templates '%.*s'", SLICE_ARGS(line->rest));
    p->memory = p->memory && more != NULL;
    if (more == NULL) return;
    list->at = more;
    more[list->count] = (struct focus_template){.weeks = WEEKS_USUAL};
    keep(p, line->rest, &more[list->count].name);
    keep(p, line->rest, &more[list->count].title);
    list->count++;
}

static void read_weeks(struct prompts *p, const struct line *line, struct focus_template *template) {
    long long weeks = 0;
    if (slice_to_int64(line->rest, &weeks) && weeks >= WEEKS_LEAST && weeks <= WEEKS_MOST) template->weeks = weeks;
    else
        problem_add(p->problems, PROBLEM_ERROR, line->place, "school weeks, from 4 to 8",
                    "'%.*s' is no number of weeks for a focus", SLICE_ARGS(line->rest));
}

/* A fact of the open template. False when the keyword is none. */
static bool read_fact(struct prompts *p, const struct line *line) {
    struct focus_template *template = open_template(p);
    if (template == NULL) return false;
    if (slice_equal(line->keyword, SLICE("title"))) keep(p, line->rest, &template->title);
    else if (slice_equal(line->keyword, SLICE("about"))) keep(p, line->rest, &template->about);
    else if (slice_equal(line->keyword, SLICE("before"))) append(p, line->rest, &template->before);
    else if (slice_equal(line->keyword, SLICE("weeks"))) read_weeks(p, line, template);
    else return false;
    return true;
}

static bool has_step(const struct prompt_set_list *list, struct slice step) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i].step, step)) return true;
    return false;
}

/* What a template does not speak of is asked as usual. */
static void complete(struct prompts *p) {
    for (size_t t = 0; t < p->out->templates.count; t++)
        for (size_t i = 0; i < p->out->prompts.count; i++)
            if (!has_step(&p->out->templates.at[t].prompts, p->out->prompts.at[i].step))
                add_set(p, &p->out->templates.at[t].prompts, p->out->prompts.at[i]);
}

bool prompts_conf_read(const struct config_file *file, struct arena *arena, struct config *out,
                       struct problems *problems) {
    struct prompts p = {arena, out, problems, true};
    struct line_reader reader = line_reader_new(file->name, file->text, problems);
    struct line line;
    while (p.memory && line_next(&reader, &line)) {
        if (slice_equal(line.keyword, SLICE("step"))) read_step(&p, &line);
        else if (slice_equal(line.keyword, SLICE("ask"))) read_question(&p, &line);
        else if (slice_equal(line.keyword, SLICE("template"))) read_template(&p, &line);
        else if (!read_fact(&p, &line))
            problem_add(problems, PROBLEM_ERROR, line.place,
                        "a line begins with 'step', 'ask' or 'template' (and in a template with 'title', 'about', "
                        "'before' or 'weeks')",
                        "prompts.conf has no '%.*s'", SLICE_ARGS(line.keyword));
    }
    complete(&p);
    return p.memory;
}
