/* weigh: what the parts of the judge share: the rules prepared for weighing, and what was found in the document at
 * hand. Inside classify/ only. */
#ifndef DISCERN_CLASSIFY_WEIGH_H
#define DISCERN_CLASSIFY_WEIGH_H

#include "base/arena.h"
#include "classify/judge.h"
#include "classify/match.h"
#include "classify/numbers.h"
#include "classify/reasons.h"

/* What a block does to the verdict: the fact `mark` of the rules. */
enum mark {
    MARK_NONE,
    MARK_EDUCATION, /* the text is about education */
    MARK_ACCOUNT,
    MARK_OUTCOME,
    MARK_RESEARCH,
    MARK_TRACE,
    MARK_SYNTHESIS,
    MARK_SIZE,
    MARK_NUMBER,
    MARK_LIMITS,
    MARK_WHOM,
    MARK_NOTE,
    MARK_CONTESTED,
    MARK_OVERCLAIM,
    MARK_CHECK,
    MARK_PROMOTION,
    MARK_HYPE,
    MARK_COMPOSITE,
    MARK_COUNT
};

enum speaks_of { SPEAKS_OF_NEITHER, SPEAKS_OF_PRACTICE, SPEAKS_OF_SYSTEM };

/* A block as the judge needs it. */
struct role {
    enum block_kind kind;
    enum mark mark;
    enum polarity polarity;
    enum speaks_of speaks_of;
    bool title_only;  /* `where title` */
    bool link_only;   /* `where link`: looks at addresses, not at words */
    bool per_hundred; /* `per hundred` words, else once */
    double adds;
    struct slice id, label, parent;
};

/* What was found of one block. Valid when `stamp` is that of the document. */
struct tally {
    uint32_t stamp;
    uint32_t count;     /* hits that count */
    uint32_t first;     /* index of the first of them among the hits */
    enum field field;   /* where that one is; FIELD_HOST with `url` for a link */
    struct slice url;   /* of a hosts block: the first address */
    double points, sum; /* of a topic */
    double needs;       /* of a topic with points: those that it must have beside the topics before it */
    /* of a topic: different wordings that are not weak, mentions of the commonest, those that are strong */
    uint32_t forms, repeats, strong;
    bool firm, titled, led; /* of a topic: more than weak, or in a title; in a title; strong near the beginning */
};

/* One thing that can be traced, told apart from others by its key. What is named in words is often linked as well, or
 * has its number beside it, and "this study" has no name of its own: the kinds are not added up. */
enum trace_kind { TRACE_NAMED, TRACE_NUMBERED, TRACE_UNNAMED };
struct trace {
    uint64_t key;
    enum trace_kind kind;
    struct slice words; /* as written */
    enum field field;
};
#define TRACES_KEPT 64u

/* What pools the studies on a topic (its id), as it is said beside each text about it. */
struct review {
    struct slice topic, words;
};

struct judge {
    const struct ruleset *set; /* borrowed */
    struct scratch *scratch;   /* owned */
    struct role *roles;        /* owned, one a block */
    struct tally *tallies;     /* owned, one a block */
    uint32_t *met;             /* the blocks whose tally is open, in the order of the rules; owned */
    size_t met_count;
    struct arena *own;      /* owned: what is made ready once */
    struct review *reviews; /* in own */
    size_t review_count, review_capacity;
    uint32_t stamp;
    struct topic_numbers topics;
    struct idea_numbers idea;
    struct sum_numbers promotion, hype;
    double education_needs, education_each_word, education_topic, accounts, outcomes, account_words;
    struct slice level_labels[5];
    struct reasons reasons;
    /* the document at hand */
    const struct document *document;
    struct match match;
    struct field_text fields[FIELD_COUNT];
    size_t field_count;
    double words;       /* of post, article and their titles */
    double topic_needs; /* points that a topic must have in this text */
    double topic_strongest;
    double education_points; /* of words about education */
    bool about_education;
    bool foreign; /* not in English: only names, addresses and references were looked at */
    struct trace traces[TRACES_KEPT];
    size_t trace_count;
    size_t source_count; /* how many different sources those traces stand for, at least */
    bool synthesis;
};

/* Found in the document at hand, or NULL. */
const struct tally *weigh_tally(const struct judge *judge, size_t block);
/* How many hits of blocks with this mark count. */
uint32_t weigh_marked(const struct judge *judge, enum mark mark);
bool weigh_is_title(enum field field);
/* The text that a hit covers, as written. */
struct slice weigh_words(const struct judge *judge, const struct raw_hit *hit);
/* needs + grows for each doubling of `words` beyond `from`. */
double weigh_needs(double needs, double grows, double from, double words);

/* Adds the sentence to the list, once, its gaps filled with `gaps` (of REASON_GAPS_MOST; NULL = it has none). */
MUST_USE bool weigh_say(const struct judge *judge, enum reason reason, const struct slice *gaps, struct arena *arena,
                        struct slice_list *list);

/* Whether a hit is one that its block listens to: state, field and `where`. */
bool weigh_listens(const struct judge *judge, const struct raw_hit *hit);
/* Whether a text of some length has too few of the commonest English words to be English. */
bool text_is_foreign(struct slice lang, struct slice text);
/* The parts, in the order in which they are called. */
bool judge_topics(struct judge *judge, struct arena *arena, struct verdict *out);
bool judge_level(struct judge *judge, struct arena *arena, struct verdict *out);
bool judge_flags(struct judge *judge, struct arena *arena, struct verdict *out);
void judge_idea(struct judge *judge, struct verdict *out);
bool judge_words(struct judge *judge, struct arena *arena, struct verdict *out);
/* What the registries of works said: as reasons of the level, and as notes beside it. */
bool judge_works_found(const struct judge *judge, struct arena *arena, struct verdict *out);
bool judge_works_noted(const struct judge *judge, struct arena *arena, struct verdict *out);

#endif
