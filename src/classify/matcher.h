/* matcher: the rule set compiled: a vocabulary of words with all their forms, a trie of word ids for the phrases, the
 * patterns. Read-only after compiling; internal to classify/. */
#ifndef DISCERN_CLASSIFY_MATCHER_H
#define DISCERN_CLASSIFY_MATCHER_H

#include "classify/gate.h"
#include "classify/pattern.h"
#include "classify/rules.h"
#include "classify/vocab.h"

/* Which side of a `near` a phrase stands on. */
enum phrase_side { SIDE_NONE, SIDE_FIRST, SIDE_SECOND };

/* What a path through the trie means. */
struct phrase {
    uint32_t block, line, form;
    uint32_t breaks; /* bit i: punctuation may stand before its word i */
    uint8_t words;
    uint8_t side;       /* enum phrase_side */
    uint8_t kind;       /* enum line_kind */
    bool joined;        /* only as one hashtag */
    struct slice exact; /* the form as written, when capitals matter; absent else */
    uint32_t near;      /* number of its `near` line, from 1; 0 = it stands in none */
    uint32_t next;      /* another phrase at the same node, 0 = none (index + 1) */
};

struct trie_edge {
    uint32_t node, word; /* 0, 0 = free */
    uint32_t child;
};

struct compiled_regex {
    uint32_t block, line;
    bool exact;
    struct pattern *pattern; /* owned */
};

struct host_entry {
    struct slice host, path; /* path without leading '/', may be empty */
    uint32_t block;
};

/* What a block asks of the hits of its lines. */
struct block_checks {
    bool has_veto, unless_negated;
};

/* A phrase on a side of a `near` line, as the text is asked for it; one of line 0 ends those of a node. */
struct near_use {
    uint32_t near, side; /* enum phrase_side */
    uint32_t phrase;     /* its index */
};

struct trie_node {
    uint32_t phrase; /* the first that stands on no side of a `near`, + 1; 0 = none */
    uint32_t near;   /* the first of its near_uses; 0 = none */
    uint64_t nexts;  /* bit of each word (its lowest six bits) by which one goes on */
};

struct matcher {
    struct vocab vocab;
    uint32_t *firsts; /* by word: the node behind the root, 0 = none */
    struct trie_edge *edges;
    size_t edge_size, edge_count;
    struct trie_node *nodes; /* the root is node 1 */
    uint32_t node_count;
    size_t node_capacity;
    struct phrase *phrases;
    size_t phrase_count, phrase_capacity;
    uint32_t near_count;        /* lines `near` */
    struct near_use *near_uses; /* by node, from 1 */
    struct compiled_regex *regexes;
    size_t regex_count, regex_capacity;
    struct gate gate;            /* of the patterns, in their order */
    struct block_checks *checks; /* by block */
    struct host_entry *hosts;
    size_t host_count, host_capacity;
};

/* Compiles set->blocks. What is wrong (a pattern that does not hold, words that are none) is added to the problems. The
 * tables are in arena, the patterns owned: matcher_free. */
MUST_USE bool matcher_compile(const struct ruleset *set, struct arena *arena, struct problems *problems,
                              struct matcher **out, struct fault *fault);
void matcher_free(struct matcher **matcher);
/* The node behind `node` by this word, 0 when there is none. */
uint32_t matcher_step(const struct matcher *matcher, uint32_t node, uint32_t word);
/* Switches the patterns' machine code off, for tests that compare. */
void matcher_interpret(struct matcher *matcher);

#endif
