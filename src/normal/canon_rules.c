#include "normal/canon_rules.h"

#include "base/attr.h"
#include "base/line.h"
#include "model/item.h"
#include "normal/canonical.h"

/* One line being read. */
struct reading {
    struct canon_rules *rules;
    struct problems *problems;
    struct arena *arena;
    const struct line *line;
    bool memory; /* false: out of memory */
};

static void wrong(struct reading *reading, struct slice part, const char *hint, const char *what) {
    problem_add(reading->problems, PROBLEM_ERROR, line_place_of(reading->line, part), hint, "%s", what);
}

static void add_param(struct reading *reading, struct param_rule_list *list, struct slice host, struct slice word) {
    struct param_rule *more = arena_grow(reading->arena, list->at, list->count, &list->capacity, sizeof *more);
    reading->memory = reading->memory && more != NULL;
    if (more == NULL) return;
    list->at = more;
    struct slice value = word;
    struct slice name = slice_next(&value, '=');
    if (name.len == 0) {
        wrong(reading, word, "write NAME or NAME=VALUE", "a parameter without a name");
        return;
    }
    if (slice_find_byte(word, '=', 0) != SLICE_NOT_FOUND && slice_is_absent(value)) value = SLICE("");
    more[list->count++] = (struct param_rule){host, name, value};
}

/* The first word, which must name a site. */
static bool take_site(struct reading *reading, struct slice *rest, struct slice *site) {
    *site = line_word(rest);
    if (site->len > 0 && slice_find_byte(*site, '/', 0) == SLICE_NOT_FOUND &&
        slice_find_byte(*site, '.', 0) != SLICE_NOT_FOUND)
        return true;
    wrong(reading, site->len > 0 ? *site : reading->line->keyword, "write it as example.org", "this line needs a site");
    return false;
}

static void read_params(struct reading *reading, struct param_rule_list *list, struct slice host, struct slice rest) {
    if (rest.len == 0) wrong(reading, reading->line->keyword, "name one or more of them", "no parameter is named");
    while (rest.len > 0) add_param(reading, list, host, line_word(&rest));
}

static void read_drop(struct reading *reading, struct slice rest) {
    read_params(reading, &reading->rules->drop, (struct slice){NULL, 0}, rest);
}

static void read_drop_at(struct reading *reading, struct slice rest) {
    struct slice site;
    if (take_site(reading, &rest, &site)) read_params(reading, &reading->rules->drop, site, rest);
}

static void read_keep_at(struct reading *reading, struct slice rest) {
    struct slice site;
    if (take_site(reading, &rest, &site)) read_params(reading, &reading->rules->keep, site, rest);
}

/* Adds a rule that begins with a pattern; NULL when that does not hold. */
static struct page_rule *add_page(struct reading *reading, struct page_rule_list *list, struct slice word) {
    struct url_pattern pattern;
    if (word.len == 0) {
        wrong(reading, reading->line->keyword, "for example example.org/page", "this line needs an address");
        return NULL;
    }
    const char *what = pattern_read(word, &pattern);
    if (what != NULL) {
        wrong(reading, word, "for example example.org/news/{id}/**", what);
        return NULL;
    }
    struct page_rule *more = arena_grow(reading->arena, list->at, list->count, &list->capacity, sizeof *more);
    reading->memory = reading->memory && more != NULL;
    if (more == NULL) return NULL;
    list->at = more;
    more[list->count].pattern = pattern;
    return &more[list->count++];
}

static void read_only_at(struct reading *reading, struct slice rest) {
    struct page_rule *rule = add_page(reading, &reading->rules->only, line_word(&rest));
    if (rule != NULL && rest.len == 0)
        wrong(reading, reading->line->keyword, "write 'none' when no parameter counts", "no parameter is named");
    while (rule != NULL && rest.len > 0)
        reading->memory = slice_list_add(reading->arena, &rule->names, line_word(&rest)) && reading->memory;
}

static void read_page(struct reading *reading, struct slice rest) {
    struct page_rule *rule = add_page(reading, &reading->rules->pages, line_word(&rest));
    struct url_pattern target;
    if (rule == NULL) return;
    rule->words = line_word(&rest);
    if (rule->words.len == 0 || rest.len > 0)
        wrong(reading, reading->line->keyword, "page PATTERN ADDRESS", "this line needs a pattern and an address");
    else if (slice_find(rule->words, SLICE("://"), 0) != SLICE_NOT_FOUND)
        wrong(reading, rule->words, "leave https:// out", pattern_read(rule->words, &target));
}

static void read_unwrap(struct reading *reading, struct slice rest) {
    struct slice word = line_word(&rest);
    struct page_rule *rule = add_page(reading, &reading->rules->unwraps, word);
    if (rule == NULL) return;
    if (rest.len > 0) {
        rule->words = line_word(&rest);
    } else if (rule->pattern.count > 0 && slice_ends(word, SLICE("/*"))) {
        rule->pattern.segments[rule->pattern.count - 1] = SLICE("**");
    } else {
        wrong(reading, word, "unwrap PAGE NAME, or unwrap PAGE/*", "where in the address does the real one stand?");
    }
}

static void read_statuses(struct reading *reading, struct slice rest) {
    (void)add_page(reading, &reading->rules->statuses, line_word(&rest));
}

static void read_shorteners(struct reading *reading, struct slice rest) {
    do {
        struct page_rule *rule = add_page(reading, &reading->rules->shorteners, line_word(&rest));
        if (rule != NULL && rule->pattern.count < PATTERN_SEGMENTS)
            rule->pattern.segments[rule->pattern.count++] = SLICE("**");
    } while (rest.len > 0);
}

static void read_same(struct reading *reading, struct slice rest) {
    struct slice to, from;
    struct same_rule_list *list = &reading->rules->sames;
    if (!take_site(reading, &rest, &to)) return;
    do {
        if (!take_site(reading, &rest, &from)) return;
        struct same_rule *more = arena_grow(reading->arena, list->at, list->count, &list->capacity, sizeof *more);
        reading->memory = reading->memory && more != NULL;
        if (more == NULL) return;
        list->at = more;
        more[list->count++] = (struct same_rule){to, from};
    } while (rest.len > 0);
}

static void read_words(struct reading *reading, struct slice_list *list, struct slice rest) {
    if (rest.len == 0) wrong(reading, reading->line->keyword, "name one or more", "nothing follows the keyword");
    while (rest.len > 0) {
        struct slice *more = arena_grow(reading->arena, list->at, list->count, &list->capacity, sizeof *more);
        reading->memory = reading->memory && more != NULL;
        if (more == NULL) return;
        list->at = more;
        more[list->count++] = line_word(&rest);
    }
}

static void read_chatbots(struct reading *reading, struct slice rest) {
    read_words(reading, &reading->rules->chatbots, rest);
}
static void read_mobiles(struct reading *reading, struct slice rest) {
    read_words(reading, &reading->rules->mobiles, rest);
}
static void read_lower_paths(struct reading *reading, struct slice rest) {
    read_words(reading, &reading->rules->lower_paths, rest);
}
static void read_indexes(struct reading *reading, struct slice rest) {
    read_words(reading, &reading->rules->indexes, rest);
}
static void read_amp_endings(struct reading *reading, struct slice rest) {
    read_words(reading, &reading->rules->amp_endings, rest);
}
static void read_media(struct reading *reading, struct slice rest) {
    read_words(reading, &reading->rules->media, rest);
}

static const struct {
    const char *keyword;
    void (*read)(struct reading *reading, struct slice rest);
} keywords[] = {{"drop", read_drop},
                {"drop-at", read_drop_at},
                {"keep-at", read_keep_at},
                {"only-at", read_only_at},
                {"chatbot", read_chatbots},
                {"same", read_same},
                {"mobile", read_mobiles},
                {"lower-path", read_lower_paths},
                {"page", read_page},
                {"index", read_indexes},
                {"amp-ending", read_amp_endings},
                {"unwrap", read_unwrap},
                {"shortener", read_shorteners},
                {"status", read_statuses},
                {"media", read_media}};

static void read_line(struct reading *reading) {
    const char *names[COUNT_OF(keywords)];
    for (size_t i = 0; i < COUNT_OF(keywords); i++) {
        names[i] = keywords[i].keyword;
        if (!slice_equal(reading->line->keyword, slice_from(names[i]))) continue;
        keywords[i].read(reading, reading->line->rest);
        return;
    }
    const char *near = problem_nearest(reading->line->keyword, names, COUNT_OF(names));
    const char *hint = near == NULL ? NULL : arena_printf(reading->arena, "did you mean '%s'?", near);
    problem_add(reading->problems, PROBLEM_ERROR, reading->line->place, hint, "unknown keyword '%.*s'",
                SLICE_ARGS(reading->line->keyword));
}

struct canon_rules *canon_rules_read(struct slice file, struct slice text, struct problems *problems,
                                     struct arena *arena) {
    struct canon_rules *rules = arena_alloc(arena, 1, sizeof *rules);
    struct line_reader lines = line_reader_new(file, text, problems);
    struct line line;
    struct reading reading = {.rules = rules, .problems = problems, .arena = arena, .line = &line, .memory = true};
    while (rules != NULL && reading.memory && line_next(&lines, &line)) read_line(&reading);
    return reading.memory ? rules : NULL;
}
