/* verdict: what the rules make of one document, and why, word for word. Says how a claim is presented, never whether it
 * is true. */
#ifndef DISCERN_MODEL_VERDICT_H
#define DISCERN_MODEL_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/article.h"
#include "model/item.h"
#include "model/work.h"

/* What is judged: a post and what it links to. Slices borrowed by the judge for the call only. */
struct document {
    struct slice id, title, text, url, author, lang;
    struct slice_list links;          /* addresses in the post */
    struct slice chatbot;             /* whose tracking tag a link bore ("chatgpt.com"), absent = none did */
    const struct article *article;    /* NULL = none read; its references count as the article's */
    struct reference_list references; /* found in the post itself */
    struct work_list works;           /* what the references turned out to be; may be empty */
};

enum field {
    FIELD_POST,
    FIELD_TITLE,
    FIELD_ARTICLE_TITLE,
    FIELD_ARTICLE,
    FIELD_HOST,
    FIELD_AUTHOR,
    FIELD_REFERENCE,
    FIELD_COUNT
};
enum polarity { POLARITY_NEUTRAL, POLARITY_POSITIVE, POLARITY_NEGATIVE };
enum stance { STANCE_NONE, STANCE_MENTIONS, STANCE_PROMOTES, STANCE_DEBUNKS };
enum hit_state {
    HIT_COUNTED,
    HIT_NEGATED, /* "no control group" */
    HIT_VETOED,  /* a veto phrase overlaps or stands in the item */
    HIT_LONELY,  /* needs company that is not there */
    HIT_SHADOWED /* a longer hit of the same rule covers it */
};

/* One place where a rule's words stand. */
struct hit {
    struct slice rule; /* id of the topic, signal, myth … that the line belongs to */
    struct slice form; /* the line of the rule that matched, as written */
    enum field field;
    size_t start, end; /* byte offsets into that field's original text, on character borders */
    struct slice text; /* the original words */
    enum hit_state state;
    double weight;
    uint32_t block, line, alternative; /* the same rule, line and words by their indices in the rule set */
    struct slice file;                 /* of the rule's line, and its number there, from 1 */
    unsigned file_line;
};
struct hit_list {
    struct hit *at;
    size_t count, capacity;
};

struct topic_score {
    struct slice id, label, parent;
    double score; /* 0..1 */
};
struct topic_list {
    struct topic_score *at; /* best first */
    size_t count, capacity;
};

struct signal {
    struct slice id, words; /* words: what a teacher is shown */
    enum polarity polarity;
    enum field field; /* where it was found first */
};
struct signal_list {
    struct signal *at;
    size_t count, capacity;
};

struct verdict {
    struct slice rules_id; /* hash of the rule set */
    bool is_idea;
    double idea_score; /* 0..1 */
    struct topic_list topics;
    int level; /* 0..4, as presented */
    struct slice level_label;
    struct slice_list because; /* found, in words */
    struct slice_list missing; /* what a reader would look for in vain, in words */
    struct slice_list notes;   /* contested, old figures, interest, language …: beside the level, never in it */
    struct signal_list signals;
    bool hype, promotion, check_first;
    struct slice_list check_reasons; /* why check_first, in words */
    enum stance myth_stance;
    struct slice_list myth_ids;
    struct slice_list phases, subjects; /* ids */
    struct hit_list hits;               /* empty unless asked for */
    struct slice_list skipped;          /* rules that reached a ceiling, and text that was cut: named, in words */
    bool language_uncovered;
    bool elsewhere; /* not about teaching and learning: what it claims is not for the report on its source */
};

/* The text of that field; absent when it has none. Borrowed from the document. */
struct slice document_field(const struct document *document, enum field field);
const char *field_name(enum field field);          /* post title article-title article host author reference */
const char *polarity_name(enum polarity polarity); /* neutral positive negative */
const char *stance_name(enum stance stance);       /* none mentions promotes debunks */
const char *hit_state_name(enum hit_state state);  /* counted negated vetoed lonely shadowed */

#endif
