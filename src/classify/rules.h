/* rules: what a CPD lead wrote in the .rules files of config/rules, read and checked. The language is described for
 * people in config/rules/LANGUAGE.md. Reading is pure: bytes in, a rule set and problems out. Blocks are kept as
 * written, line by line, so that every hit can name the line it came from. */
#ifndef DISCERN_CLASSIFY_RULES_H
#define DISCERN_CLASSIFY_RULES_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/hash.h"
#include "base/problem.h"
#include "model/item.h"

enum block_kind {
    BLOCK_GROUP,     /* group ID LABEL: a heading over topics */
    BLOCK_TOPIC,     /* topic ID LABEL */
    BLOCK_SIGNAL,    /* signal ID WORDS SHOWN */
    BLOCK_MYTH,      /* myth ID LABEL */
    BLOCK_CUE,       /* cue ID LABEL: what speaks for or against an idea in it */
    BLOCK_PHASE,     /* phase ID LABEL */
    BLOCK_SUBJECT,   /* subject ID LABEL */
    BLOCK_HOSTS,     /* hosts ID WORDS SHOWN */
    BLOCK_NEGATION,  /* negation NAME */
    BLOCK_DEBUNK,    /* debunk NAME */
    BLOCK_SYNTHESIS, /* synthesis ID TITLE */
    BLOCK_SETTINGS,  /* settings NAME: numbers of the judgement */
    BLOCK_KINDS
};

enum line_kind {
    /* what matches */
    LINE_STRONG,   /* words that are enough by themselves */
    LINE_PHRASE,   /* words that count */
    LINE_WEAK,     /* words that count beside others */
    LINE_EXACT,    /* words whose capitals matter */
    LINE_REGEX,    /* regex /…/ on folded text; regex exact /…/ on the original */
    LINE_PROMOTES, /* of a myth: /…/ that takes it as true */
    LINE_NEAR,     /* near N a | b ~ c | d: both within N words, in one sentence */
    LINE_NOT,      /* veto: hits of the block that overlap it do not count */
    LINE_FALSE,    /* of debunk and negation: what only looks like one */
    LINE_BEFORE,   /* negation: before N words | … */
    LINE_AFTER,    /* negation: after N words | … */
    LINE_STOP,     /* negation: words that end its reach */
    LINE_HOST,     /* host names, each with an optional path prefix */
    /* examples */
    LINE_YES,
    LINE_NO,
    LINE_DEBUNKS,
    LINE_MENTIONS,
    /* facts: keyword and words, for whoever judges */
    LINE_FACT
};

struct rule_line {
    enum line_kind kind;
    bool exact;               /* LINE_REGEX: on the original text, capitals as written */
    bool todo;                /* an example that is known to fail */
    int64_t within;           /* LINE_NEAR, LINE_BEFORE, LINE_AFTER: words */
    struct slice keyword;     /* as written */
    struct slice text;        /* the rest of the line, as written */
    struct slice_list words;  /* alternatives, split at '|' */
    struct slice_list others; /* LINE_NEAR: those behind '~' */
    struct place place;
};

struct rule_block {
    enum block_kind kind;
    struct slice id, label;
    struct rule_line *lines;
    size_t count, capacity;
    bool unless_negated; /* `unless negated` */
    struct place place;
};

/* One alternative of a matching line, as the matcher knows it. */
struct rule_pattern {
    uint32_t block, line; /* indices */
    struct slice form;    /* as written */
};

/* Raised when the same rules come to judge otherwise than they did: part of each set's id, so that what an older
 * discern judged is judged again. */
#define RULES_EDITION 4

struct ruleset {
    struct rule_block *blocks;
    size_t block_count, block_capacity;
    struct matcher *matcher; /* compiled; owned by the set */
    char id[HASH_HEX_BYTES]; /* of the canonical form, by ruleset_identify; empty before */
};

struct rules_file {
    struct slice name, text;
};

/* Reads and compiles. All texts are borrowed from the files or in arena, and must live as long as the set; release the
 * compiled part with ruleset_free. Every mistake of every file is in `problems` (the set may be used only when it holds
 * no error). False only when out of memory. */
MUST_USE bool ruleset_read(const struct rules_file *files, size_t count, struct arena *arena, struct ruleset *out,
                           struct problems *problems, struct fault *fault);
/* Gives the set its id, which is that of every set that judges alike: comments, blanks and the order of files do not
 * matter. `arena` is for the work. */
MUST_USE bool ruleset_identify(struct ruleset *set, struct arena *arena, struct fault *fault);
/* For AUTO. */
void ruleset_free(struct ruleset *set);

/* Index of the block of this kind and id, or RULES_NOWHERE. */
#define RULES_NOWHERE ((size_t)-1)
size_t ruleset_find(const struct ruleset *set, enum block_kind kind, struct slice id);
/* Words of the first fact `keyword` of the block ("about", "mark", "adds" …), absent when it has none. */
struct slice block_fact(const struct rule_block *block, const char *keyword);
/* The same as a number; `otherwise` when there is none or it is no number. */
double block_number(const struct rule_block *block, const char *keyword, double otherwise);
/* Of all lines that judge (examples do not), whatever their order. */
uint64_t block_hash(const struct rule_block *block);
/* Appends all rules as one file, with their examples, without remarks: read again, they are the same rules. */
void ruleset_write(const struct ruleset *set, struct buf *out);
const char *block_kind_name(enum block_kind kind);

#endif
