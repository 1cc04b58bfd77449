#include "config/sources_conf.h"

#include <stdio.h>

#include "config/block.h"

/* A source while its block is read: the kind may stand anywhere in it, so the facts wait for the block's end. */
struct draft {
    struct line opening;
    struct line *facts;
    size_t count, capacity;
};

struct source_values {
    struct slice kind, title, folder, site, publisher, secret;
    struct option_list need;
    bool paused, to_be_checked, allow_loopback;
    int64_t every_s;
};

#define AT(field) offsetof(struct source_values, field)
static const struct option options[] = {
    {"kind", OPTION_WORD, AT(kind), 0, 0, NULL, NULL, "how it is read: feed, bluesky, mastodon, x …"},
    {"title", OPTION_TEXT, AT(title), 0, 0, NULL, NULL, "its name as readers see it"},
    {"folder", OPTION_TEXT, AT(folder), 0, 0, NULL, NULL, "a heading to keep it under"},
    {"site", OPTION_URL, AT(site), 0, 0, NULL, NULL, "its home page"},
    {"publisher", OPTION_TEXT, AT(publisher), 0, 0, NULL, NULL, "research body, journal, teacher, news, vendor …"},
    {"secret", OPTION_WORD, AT(secret), 0, 0, NULL, NULL, "the name of a key in the secrets file"},
    {"need", OPTION_LIST, AT(need), 0, 0, NULL, NULL, "keep only posts with one of these words"},
    {"every", OPTION_DURATION, AT(every_s), 300, 604800, NULL, "1 h", "not asked more often than this"},
    {"paused", OPTION_YES_NO, AT(paused), 0, 0, NULL, "no", "yes: not read for now"},
    {"to-be-checked", OPTION_YES_NO, AT(to_be_checked), 0, 0, NULL, "no", "yes: its address was not seen to work yet"},
    {"allow-loopback", OPTION_YES_NO, AT(allow_loopback), 0, 0, NULL, "no",
     "yes: it may be on this very machine (for tests and samples)"},
};
#undef AT

const struct option *sources_conf_options(size_t *count) {
    *count = COUNT_OF(options);
    return options;
}

static const struct source_schema *find_kind(const struct config_tables *tables, struct slice name) {
    for (size_t i = 0; i < tables->kind_count; i++)
        if (slice_equal(name, slice_from(tables->kinds[i]->name))) return tables->kinds[i];
    return NULL;
}

static const struct line *fact(const struct draft *draft, const char *keyword) {
    for (size_t i = 0; i < draft->count; i++)
        if (slice_equal(draft->facts[i].keyword, slice_from(keyword))) return &draft->facts[i];
    return NULL;
}

static const struct source_schema *kind_of(const struct config_tables *tables, const struct draft *draft,
                                           struct problems *problems) {
    const char *names[32];
    char hint[200];
    const struct line *line = fact(draft, "kind");
    if (line == NULL) {
        problem_add(problems, PROBLEM_ERROR, draft->opening.place, "add a line such as: kind feed",
                    "source '%.*s' does not say of which kind it is", SLICE_ARGS(draft->opening.rest));
        return NULL;
    }
    const struct source_schema *kind = find_kind(tables, line->rest);
    if (kind != NULL) return kind;
    size_t used = 0;
    for (size_t i = 0; i < tables->kind_count && i < COUNT_OF(names); i++) {
        names[i] = tables->kinds[i]->name;
        int written = snprintf(hint + used, sizeof hint - used, "%s%s", i == 0 ? "one of: " : ", ", names[i]);
        used += written > 0 ? (size_t)written : 0;
        if (used >= sizeof hint) break;
    }
    const char *near = problem_nearest(line->rest, names, tables->kind_count < 32 ? tables->kind_count : 32);
    if (near != NULL) (void)snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    struct place place = slice_is_empty(line->rest) ? line->place : line_place_of(line, line->rest);
    problem_add(problems, PROBLEM_ERROR, place, hint, "there is no kind of source '%.*s'", SLICE_ARGS(line->rest));
    return NULL;
}

static bool name_is_good(const struct config *config, const struct draft *draft, struct problems *problems) {
    struct slice name = draft->opening.rest;
    struct place place = slice_is_empty(name) ? draft->opening.place : line_place_of(&draft->opening, name);
    if (!block_name_holds(name)) {
        problem_add(problems, PROBLEM_ERROR, place, "such as: source eef-blog",
                    "a source's name is small letters, digits and '-', and begins with a letter");
        return false;
    }
    for (size_t i = 0; i < config->sources.count; i++) {
        if (!slice_equal(config->sources.at[i].name, name)) continue;
        problem_add(problems, PROBLEM_ERROR, place, "give one of them another name",
                    "source '%.*s' stands already in line %u", SLICE_ARGS(name), config->sources.at[i].place.line);
        return false;
    }
    return true;
}

static bool add_source(struct arena *arena, struct config *config, struct source source) {
    struct source_list *list = &config->sources;
    struct source *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    list->at[list->count++] = source;
    return true;
}

static struct source made_of(const struct source_values *values, const struct draft *draft,
                             const struct source_schema *kind, const void *own) {
    return (struct source){
        .name = draft->opening.rest,
        .schema = kind,
        .title = slice_is_empty(values->title) ? draft->opening.rest : values->title,
        .folder = values->folder,
        .site = values->site,
        .publisher = values->publisher,
        .need_words = {values->need.at, values->need.count, values->need.capacity},
        .secret = values->secret,
        .paused = values->paused,
        .to_be_checked = values->to_be_checked,
        .allow_loopback = values->allow_loopback,
        .every_s = values->every_s,
        .values = own,
        .place = draft->opening.place,
    };
}

/* Reads the facts now that the kind is known. */
static bool close_draft(const struct config_tables *tables, struct draft *draft, struct arena *arena,
                        struct config *config, struct problems *problems) {
    if (draft->opening.keyword.len == 0) return true;
    struct fault fault = {0};
    struct source_values values = {0};
    const struct source_schema *kind = kind_of(tables, draft, problems);
    bool good = name_is_good(config, draft, problems) && kind != NULL;
    void *own = arena_alloc(arena, 1, kind == NULL ? 1 : kind->values_bytes);
    if (own == NULL || !option_defaults(options, COUNT_OF(options), arena, &values, &fault)) return false;
    if (kind != NULL && !option_defaults(kind->options, kind->option_count, arena, own, &fault)) return false;
    struct block block = {.options = options,
                          .option_count = COUNT_OF(options),
                          .values = &values,
                          .more = kind == NULL ? NULL : kind->options,
                          .more_count = kind == NULL ? 0 : kind->option_count,
                          .more_values = own,
                          .what = "a source"};
    for (size_t i = 0; i < draft->count; i++) {
        /* Without its kind a source's own options cannot be told from slips: one message is enough. */
        bool known = option_find(options, COUNT_OF(options), draft->facts[i].keyword) != NULL;
        if ((kind != NULL || known) && !block_take(&block, &draft->facts[i], arena, problems)) return false;
    }
    return !good || add_source(arena, config, made_of(&values, draft, kind, own));
}

static bool add_fact(struct arena *arena, struct draft *draft, struct line line) {
    struct line *more = arena_grow(arena, draft->facts, draft->count, &draft->capacity, sizeof *more);
    if (more == NULL) return false;
    draft->facts = more;
    draft->facts[draft->count++] = line;
    return true;
}

bool sources_conf_read(const struct config_tables *tables, const struct config_file *file, struct arena *arena,
                       struct config *out, struct problems *problems) {
    struct line_reader reader = line_reader_new(file->name, file->text, problems);
    struct draft draft = {0};
    struct line line;
    while (line_next(&reader, &line)) {
        if (slice_equal(line.keyword, SLICE("source"))) {
            if (!close_draft(tables, &draft, arena, out, problems)) return false;
            draft = (struct draft){.opening = line};
        } else if (draft.opening.keyword.len == 0) {
            problem_add(problems, PROBLEM_ERROR, line.place, "begin with a line such as: source eef-blog",
                        "this line belongs to no source");
        } else if (!add_fact(arena, &draft, line)) {
            return false;
        }
    }
    return close_draft(tables, &draft, arena, out, problems);
}
