#include "classify/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/line.h"
#include "classify/matcher.h"
#include "classify/settings.h"

static const char *const kind_names[] = {"group",   "topic", "signal",   "myth",   "cue",       "phase",
                                         "subject", "hosts", "negation", "debunk", "synthesis", "settings"};

const char *block_kind_name(enum block_kind kind) {
    return kind < BLOCK_KINDS ? kind_names[kind] : "";
}

#define BIT(kind) (1u << (kind))
#define TEXTUAL                                                                                                        \
    (BIT(BLOCK_TOPIC) | BIT(BLOCK_SIGNAL) | BIT(BLOCK_MYTH) | BIT(BLOCK_CUE) | BIT(BLOCK_PHASE) | BIT(BLOCK_SUBJECT) | \
     BIT(BLOCK_DEBUNK))
#define EVERYWHERE (BIT(BLOCK_KINDS) - 1)

/* Which keyword may stand in which block. */
static const struct {
    const char *keyword;
    enum line_kind kind;
    unsigned blocks;
} keywords[] = {
    {"strong", LINE_STRONG, TEXTUAL},
    {"phrase", LINE_PHRASE, TEXTUAL},
    {"weak", LINE_WEAK, TEXTUAL},
    {"exact", LINE_EXACT, TEXTUAL},
    {"regex", LINE_REGEX, TEXTUAL},
    {"near", LINE_NEAR, TEXTUAL},
    {"not", LINE_NOT, TEXTUAL},
    {"promotes", LINE_PROMOTES, BIT(BLOCK_MYTH)},
    {"false", LINE_FALSE, BIT(BLOCK_DEBUNK) | BIT(BLOCK_NEGATION)},
    {"before", LINE_BEFORE, BIT(BLOCK_NEGATION)},
    {"after", LINE_AFTER, BIT(BLOCK_NEGATION)},
    {"stop", LINE_STOP, BIT(BLOCK_NEGATION)},
    {"host", LINE_HOST, BIT(BLOCK_HOSTS)},
    {"yes", LINE_YES, TEXTUAL | BIT(BLOCK_HOSTS)},
    {"no", LINE_NO, TEXTUAL | BIT(BLOCK_HOSTS)},
    {"debunks", LINE_DEBUNKS, BIT(BLOCK_MYTH)},
    {"mentions", LINE_MENTIONS, BIT(BLOCK_MYTH)},
    {"about", LINE_FACT, EVERYWHERE},
    {"parent", LINE_FACT, BIT(BLOCK_TOPIC) | BIT(BLOCK_PHASE) | BIT(BLOCK_SUBJECT)},
    {"speaks-of", LINE_FACT, BIT(BLOCK_TOPIC)},
    {"polarity", LINE_FACT, BIT(BLOCK_SIGNAL)},
    {"mark", LINE_FACT, BIT(BLOCK_SIGNAL) | BIT(BLOCK_HOSTS) | BIT(BLOCK_MYTH) | BIT(BLOCK_CUE)},
    {"adds", LINE_FACT, BIT(BLOCK_SIGNAL) | BIT(BLOCK_CUE) | BIT(BLOCK_HOSTS)},
    {"per", LINE_FACT, BIT(BLOCK_SIGNAL) | BIT(BLOCK_CUE)},
    {"most", LINE_FACT, BIT(BLOCK_SIGNAL) | BIT(BLOCK_CUE)},
    {"where", LINE_FACT, BIT(BLOCK_SIGNAL) | BIT(BLOCK_CUE)},
    {"needs", LINE_FACT, TEXTUAL},
    {"topic", LINE_FACT, BIT(BLOCK_SYNTHESIS)},
    {"publisher", LINE_FACT, BIT(BLOCK_SYNTHESIS)},
    {"edition", LINE_FACT, BIT(BLOCK_SYNTHESIS)},
    {"date", LINE_FACT, BIT(BLOCK_SYNTHESIS)},
    {"url", LINE_FACT, BIT(BLOCK_SYNTHESIS)},
    {"says", LINE_FACT, BIT(BLOCK_SYNTHESIS)},
};

struct reading {
    struct arena *arena;
    struct ruleset *set;
    struct problems *problems;
    struct rule_block *block; /* open, NULL before the first */
};

static struct place rest_place(const struct line *line) {
    return slice_is_empty(line->rest) ? line->place : line_place_of(line, line->rest);
}

static void wrong(struct reading *reading, struct place place, const char *hint, const char *what) {
    problem_add(reading->problems, PROBLEM_ERROR, place, hint, "%s", what);
}

/* ---- lines ---- */

static bool split(struct reading *reading, const struct line *line, struct slice text, struct slice_list *out) {
    while (!slice_is_absent(text)) {
        struct slice part = slice_trim(slice_next(&text, '|'));
        if (part.len == 0) {
            wrong(reading, rest_place(line), "take the extra '|' away", "an alternative is empty");
            continue;
        }
        struct slice *more = arena_grow(reading->arena, out->at, out->count, &out->capacity, sizeof *more);
        if (more == NULL) return false;
        out->at = more;
        out->at[out->count++] = part;
    }
    return true;
}

/* /…/ with nothing behind it. */
static void read_regex(struct reading *reading, const struct line *line, struct rule_line *out) {
    struct slice text = line->rest;
    if (slice_starts(text, SLICE("exact "))) {
        out->exact = true;
        text = slice_trim(slice_part(text, 6, text.len));
    }
    bool framed = text.len >= 2 && text.at[0] == '/' && text.at[text.len - 1] == '/';
    if (!framed) wrong(reading, rest_place(line), "such as: regex /brain ?dumps?/", "a pattern stands between two '/'");
    out->text = framed ? slice_part(text, 1, text.len - 1) : (struct slice){NULL, 0};
    if (framed && slice_is_empty(out->text))
        wrong(reading, rest_place(line), "write the pattern, or take the line away", "the pattern is empty");
}

static bool read_within(struct reading *reading, const struct line *line, struct rule_line *out) {
    struct slice rest = line->rest, number = line_word(&rest);
    long long within;
    if (!slice_to_int64(number, &within) || within < 1 || within > 40) {
        wrong(reading, rest_place(line), "such as: near 5 recall ~ test | quiz",
              "first comes a number of words, 1 to 40");
        return true;
    }
    out->within = within;
    size_t tilde = slice_find_byte(rest, '~', 0);
    struct slice first = rest, second = {NULL, 0};
    if (out->kind == LINE_NEAR) {
        if (tilde == SLICE_NOT_FOUND) {
            wrong(reading, rest_place(line), "such as: near 5 recall ~ test | quiz",
                  "there is no '~' between the two sides");
            return true;
        }
        first = slice_trim(slice_part(rest, 0, tilde));
        second = slice_trim(slice_part(rest, tilde + 1, rest.len));
        if (!split(reading, line, second, &out->others)) return false;
    }
    return split(reading, line, first, &out->words);
}

static bool fill_line(struct reading *reading, const struct line *line, struct rule_line *out) {
    switch (out->kind) {
        case LINE_REGEX:
        case LINE_PROMOTES: read_regex(reading, line, out); return true;
        case LINE_NEAR:
        case LINE_BEFORE:
        case LINE_AFTER: return read_within(reading, line, out);
        case LINE_STRONG:
        case LINE_PHRASE:
        case LINE_WEAK:
        case LINE_EXACT:
        case LINE_NOT:
        case LINE_FALSE:
        case LINE_STOP:
        case LINE_HOST:
            if (slice_is_empty(line->rest)) wrong(reading, line->place, NULL, "there are no words on this line");
            return split(reading, line, line->rest, &out->words);
        case LINE_YES:
        case LINE_NO:
        case LINE_DEBUNKS:
        case LINE_MENTIONS:
        case LINE_FACT:
            if (slice_is_empty(line->rest)) wrong(reading, line->place, NULL, "there is nothing on this line");
            return true;
    }
    return true;
}

static bool unknown_keyword(struct reading *reading, const struct line *line, enum block_kind kind) {
    const char *known[COUNT_OF(keywords)];
    char hint[120];
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(keywords); i++)
        if ((keywords[i].blocks & BIT(kind)) != 0) known[count++] = keywords[i].keyword;
    const char *near = problem_nearest(line->keyword, known, count);
    int written = near == NULL ? 0 : snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    problem_add(reading->problems, PROBLEM_ERROR, line->place, written > 0 ? hint : NULL, "a %s has no '%.*s'",
                block_kind_name(kind), SLICE_ARGS(line->keyword));
    return true;
}

static bool add_line(struct reading *reading, struct line line) {
    struct rule_block *block = reading->block;
    if (block == NULL) return true; /* told by the caller */
    struct rule_line made = {.place = line.place};
    if (slice_equal(line.keyword, SLICE("unless")) && slice_equal(line.rest, SLICE("negated"))) {
        block->unless_negated = true;
        return true;
    }
    if (slice_equal(line.keyword, SLICE("todo"))) {
        made.todo = true;
        line.keyword = line_word(&line.rest);
    }
    made.kind = LINE_FACT;
    size_t k = 0;
    while (k < COUNT_OF(keywords) && !((keywords[k].blocks & BIT(block->kind)) != 0 &&
                                       slice_equal(line.keyword, slice_from(keywords[k].keyword))))
        k++;
    if (k < COUNT_OF(keywords)) made.kind = keywords[k].kind;
    else if (block->kind != BLOCK_SETTINGS) return unknown_keyword(reading, &line, block->kind);
    made.keyword = line.keyword;
    made.text = line.rest;
    if (!fill_line(reading, &line, &made)) return false;
    struct rule_line *more = arena_grow(reading->arena, block->lines, block->count, &block->capacity, sizeof *more);
    if (more == NULL) return false;
    block->lines = more;
    block->lines[block->count++] = made;
    return true;
}

/* ---- blocks ---- */

static bool id_holds(struct slice id) {
    for (size_t i = 0; i < id.len; i++) {
        char c = id.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.')) return false;
    }
    return id.len > 0 && id.len <= 60;
}

static bool open_block(struct reading *reading, const struct line *line, enum block_kind kind) {
    struct slice rest = line->rest, id = line_word(&rest);
    struct ruleset *set = reading->set;
    if (!id_holds(id))
        wrong(reading, rest_place(line), "such as: topic retrieval-practice Retrieval practice",
              "first comes an id of small letters, digits and '-'");
    size_t before = ruleset_find(set, kind, id);
    if (set->blocks != NULL && before != RULES_NOWHERE)
        problem_add(reading->problems, PROBLEM_ERROR, line->place, "give one of them another id",
                    "%s '%.*s' stands already in %.*s line %u", block_kind_name(kind), SLICE_ARGS(id),
                    SLICE_ARGS(set->blocks[before].place.file), set->blocks[before].place.line);
    struct rule_block *more =
        arena_grow(reading->arena, set->blocks, set->block_count, &set->block_capacity, sizeof *more);
    if (more == NULL) return false;
    set->blocks = more;
    reading->block = &more[set->block_count++];
    *reading->block =
        (struct rule_block){.kind = kind, .id = id, .label = slice_is_empty(rest) ? id : rest, .place = line->place};
    return true;
}

static bool opens(const struct line *line, enum block_kind *kind) {
    for (size_t i = 0; i < BLOCK_KINDS; i++) {
        if (!slice_equal(line->keyword, slice_from(kind_names[i]))) continue;
        *kind = (enum block_kind)i;
        return true;
    }
    return false;
}

/* `topic` opens a block, but indented in a synthesis or in settings it is a fact of theirs. */
static bool is_fact_of_open(const struct reading *reading, const struct line *line) {
    bool facts_only =
        reading->block != NULL && (reading->block->kind == BLOCK_SYNTHESIS || reading->block->kind == BLOCK_SETTINGS);
    return facts_only && line->place.column > 1;
}

static bool read_file(struct reading *reading, const struct rules_file *file) {
    struct line_reader reader = line_reader_new(file->name, file->text, reading->problems);
    struct line line;
    reading->block = NULL;
    while (line_next(&reader, &line)) {
        enum block_kind kind;
        bool done = true;
        if (opens(&line, &kind) && !is_fact_of_open(reading, &line)) done = open_block(reading, &line, kind);
        else if (reading->block == NULL)
            wrong(reading, line.place, "begin with a line such as: topic retrieval-practice Retrieval practice",
                  "this line belongs to no rule");
        else done = add_line(reading, line);
        if (!done) return false;
    }
    return true;
}

/* ---- the set as a whole ---- */

static bool has_line(const struct rule_block *block, enum line_kind from, enum line_kind to) {
    for (size_t i = 0; i < block->count; i++)
        if (block->lines[i].kind >= from && block->lines[i].kind <= to) return true;
    return false;
}

static void check_block(struct reading *reading, const struct rule_block *block) {
    /* A composite is put together from other signals by whoever judges: it has no words of its own. */
    bool composite = slice_equal(block_fact(block, "mark"), SLICE("composite"));
    bool textual = (BIT(block->kind) & TEXTUAL) != 0 && !composite;
    if (block->kind == BLOCK_SETTINGS) settings_check(block, reading->problems);
    struct slice parent = block_fact(block, "parent");
    if (block->kind == BLOCK_TOPIC && slice_is_absent(parent))
        wrong(reading, block->place, "add a line such as: parent memory", "this topic has no parent");
    bool known = ruleset_find(reading->set, BLOCK_GROUP, parent) != RULES_NOWHERE ||
                 ruleset_find(reading->set, block->kind, parent) != RULES_NOWHERE;
    if (!slice_is_absent(parent) && !known)
        problem_add(reading->problems, PROBLEM_ERROR, block->place, "a parent is a group",
                    "'%.*s' has a parent '%.*s' that is not there", SLICE_ARGS(block->id), SLICE_ARGS(parent));
    if (textual && !has_line(block, LINE_STRONG, LINE_NEAR))
        wrong(reading, block->place, "add a line such as: phrase retrieval practice",
              "this rule has nothing that matches");
    if (textual && block->kind != BLOCK_DEBUNK &&
        (!has_line(block, LINE_YES, LINE_YES) || !has_line(block, LINE_NO, LINE_NO)))
        wrong(reading, block->place, "add a line 'yes' and a line 'no' with a sentence each",
              "this rule does not prove itself by an example of each kind");
}

/* The canonical form: blocks by kind and id, their lines sorted. */
struct ordered {
    const struct rule_block *block;
};

static int by_kind_and_id(const void *one, const void *other) {
    const struct rule_block *a = ((const struct ordered *)one)->block, *b = ((const struct ordered *)other)->block;
    return a->kind != b->kind ? (a->kind < b->kind ? -1 : 1) : slice_compare(a->id, b->id);
}

static uint64_t line_hash(const struct rule_line *line) {
    uint64_t hash = hash_fnv64(line->keyword, 0);
    return hash_fnv64(line->text, hash_fnv64(line->exact ? SLICE("=") : SLICE(" "), hash));
}

uint64_t block_hash(const struct rule_block *block) {
    uint64_t sum = 0;
    for (size_t i = 0; i < block->count; i++)
        if (block->lines[i].kind < LINE_YES || block->lines[i].kind == LINE_FACT) sum += line_hash(&block->lines[i]);
    return sum;
}

bool ruleset_read(const struct rules_file *files, size_t count, struct arena *arena, struct ruleset *out,
                  struct problems *problems, struct fault *fault) {
    AUTO(ruleset_free)
    struct ruleset set = {0};
    struct reading reading = {.arena = arena, .set = &set, .problems = problems};
    for (size_t i = 0; i < count; i++)
        if (!read_file(&reading, &files[i])) return fault_memory(fault);
    for (size_t i = 0; i < set.block_count; i++) check_block(&reading, &set.blocks[i]);
    if (!matcher_compile(&set, arena, problems, &set.matcher, fault)) return false;
    *out = set;
    set = (struct ruleset){0};
    return true;
}

bool ruleset_identify(struct ruleset *set, struct arena *arena, struct fault *fault) {
    struct ordered *order = arena_alloc(arena, set->block_count + 1, sizeof *order);
    AUTO(buf_free)
    struct buf text = buf_new((size_t)16 * 1024 * 1024);
    if (order == NULL) return fault_memory(fault);
    buf_printf(&text, "edition %d\n", RULES_EDITION);
    for (size_t i = 0; i < set->block_count; i++) order[i].block = &set->blocks[i];
    if (set->block_count > 1) qsort(order, set->block_count, sizeof *order, by_kind_and_id);
    for (size_t i = 0; i < set->block_count; i++) {
        buf_printf(&text, "%s %.*s %.*s %d %llx\n", block_kind_name(order[i].block->kind),
                   SLICE_ARGS(order[i].block->id), SLICE_ARGS(order[i].block->label), order[i].block->unless_negated,
                   (unsigned long long)block_hash(order[i].block));
    }
    return buf_check(&text, "the rules", fault) && hash_sha256_hex(buf_slice(&text), set->id, fault);
}

void ruleset_free(struct ruleset *set) {
    matcher_free(&set->matcher);
    *set = (struct ruleset){0};
}

size_t ruleset_find(const struct ruleset *set, enum block_kind kind, struct slice id) {
    for (size_t i = 0; i < set->block_count; i++)
        if (set->blocks[i].kind == kind && slice_equal(set->blocks[i].id, id)) return i;
    return RULES_NOWHERE;
}

struct slice block_fact(const struct rule_block *block, const char *keyword) {
    for (size_t i = 0; i < block->count; i++)
        if (block->lines[i].kind == LINE_FACT && slice_equal(block->lines[i].keyword, slice_from(keyword)))
            return block->lines[i].text;
    return (struct slice){NULL, 0};
}

double block_number(const struct rule_block *block, const char *keyword, double otherwise) {
    double number;
    return slice_to_double(block_fact(block, keyword), &number) ? number : otherwise;
}

void ruleset_write(const struct ruleset *set, struct buf *out) {
    for (size_t i = 0; i < set->block_count; i++) {
        const struct rule_block *block = &set->blocks[i];
        buf_printf(out, "%.*s\n", SLICE_ARGS(block->place.text));
        if (block->unless_negated) buf_add_text(out, "  unless negated\n");
        for (size_t j = 0; j < block->count; j++)
            buf_printf(out, "  %.*s\n", SLICE_ARGS(slice_trim(block->lines[j].place.text)));
    }
}
