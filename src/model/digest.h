/* digest: one day's reading list for one reader, whole: what curate/ makes and every render/ format writes. Texts from
 * outside are untrusted; `words` fields are ours. */
#ifndef DISCERN_MODEL_DIGEST_H
#define DISCERN_MODEL_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "model/reader.h"
#include "model/verdict.h"

/* Text of the lead that a digest carries: a digest points to a post, it does not stand in for it. */
#define DIGEST_TEXT_BYTES 1200u

/* Who shared a story, and what they added. */
struct sharer {
    struct slice name, source, network, url, comment; /* comment: one added line or absent */
    int64_t published_s;
};
struct sharer_list {
    struct sharer *at;
    size_t count, capacity;
};

/* One term of the sum. Points of all terms add up to the score. */
struct term {
    struct slice name;   /* evidence fit usable fresh shared tried hype repeat other */
    double points, most; /* points given (negative for a deduction) of how many */
    struct slice words;  /* "links a study that can be traced" */
};
struct term_list {
    struct term *at;
    size_t count, capacity;
};

enum entry_mark { MARK_NONE, MARK_NEW_VOICE, MARK_CHALLENGES, MARK_DEEPENS, MARK_SEEN_BEFORE };

struct entry {
    struct slice code;   /* four letters and digits without look-alikes, stable for the story */
    struct slice story;  /* story id */
    struct slice lead;   /* id of the lead: "source/id" */
    struct slice source; /* name of the lead's source */
    struct slice source_title, network, publisher;
    struct item item;      /* the lead; its text cut to DIGEST_TEXT_BYTES */
    struct slice headline; /* the lead's title, else its first sentence: one line, cut at a word */
    struct slice excerpt;  /* what follows the headline: at most some 280 characters, cut at a word; absent = nothing */
    struct slice key;      /* canonical address of the page it is about, absent = none */
    int64_t first_seen_s;
    struct article article; /* article.url absent = none read; without its text and links */
    struct slice read_on;   /* date the article was read, YYYY-MM-DD, absent = not */
    int minutes;            /* reading time of the article, 0 = not known */
    struct verdict verdict;
    struct work_list works;
    struct sharer_list sharers;   /* all, lead first */
    struct slice_list members;    /* item ids ("source/id") of the story */
    struct slice_list same_study; /* codes of other entries or story ids that cite one study */
    struct term_list terms;
    double score;           /* 0..100, the sum of the terms, clipped */
    double cover, likeness; /* when it was chosen: points for topics new to the list; points off for likeness to it */
    int place;              /* 1 = chosen first */
    bool withdrawn;         /* its author took the post back: nothing of it is here any more */
    enum entry_mark mark;
    struct slice mark_words;
    struct slice prompt;    /* one question for a colleague, or absent */
    struct slice synthesis; /* "EEF Toolkit (2025 edition): …" beside the item, absent = none */
    struct slice synthesis_url;
};
struct entry_list {
    struct entry *at;
    size_t count, capacity;
};

enum section_kind { SECTION_FOCUS, SECTION_IDEAS, SECTION_CLASSROOM, SECTION_CHECK_FIRST };
struct section {
    enum section_kind kind;
    struct slice heading, intro;
    struct entry_list entries;
};
struct section_list {
    struct section *at;
    size_t count, capacity;
};

/* A story that was not chosen, and why: for --explain. */
enum left_reason { LEFT_UNDER_BAR, LEFT_BY_CAP, LEFT_REPEATED, LEFT_PARKED, LEFT_UNWANTED, LEFT_NO_ROOM };
struct left_out {
    enum left_reason reason;
    struct slice code, title, why;
    struct slice story, lead, url; /* lead: "source/id" of its leading item */
    struct slice_list topics;
    struct slice_list members; /* the others of the story, "source/id"; empty when the lead is all of it */
    double score;
    struct term_list terms;
};
struct left_out_list {
    struct left_out *at;
    size_t count, capacity;
};

/* What the team has in focus today. */
struct focus_block {
    struct slice id, title, step, prompt, colleague; /* colleague: the closing line */
    int week, weeks;
    struct slice last_log;  /* "Last note 6 days ago" or absent */
    int silent_weeks;       /* school weeks without a sign of it, told today; 0 = not told */
    int return_weeks;       /* it was kept, and comes back so many school weeks after; 0 = it is in focus */
    struct slice back_from; /* the holiday that ended; absent = none did */
    struct slice to_change; /* what the last note wants to change, told after such a holiday */
};
struct focus_block_list {
    struct focus_block *at;
    size_t count, capacity;
};

struct digest {
    struct slice date; /* YYYY-MM-DD */
    int64_t date_s;
    struct slice school;
    struct reader reader;
    struct slice base_url; /* where the site will stand, absent = only on disk */
    struct focus_block_list focus;
    struct section_list sections;
    struct left_out_list left_out;
    size_t considered; /* stories looked at */
    size_t under_bar, held_by_caps, held_for_focus, held_repeated, held_unwanted, no_room;
    struct slice_list trouble; /* for leads: sources to look at, in words */
    struct slice_list rules;   /* ids of the rule sets behind the verdicts */
    struct slice disclaimer;
    int64_t previous_s; /* day of the last list, when that is long ago; WHEN_ABSENT = it is not */
};

struct digest_list {
    struct digest *at;
    size_t count, capacity;
};

/* What every page says: the sentence is about the badge, not about the post. */
#define DIGEST_DISCLAIMER                                                                                              \
    SLICE(                                                                                                             \
        "Worked out by a program from the words and links in the post. Nobody has judged the research. A badge says "  \
        "what we found behind the post. It does not say the idea works.")

const char *entry_mark_name(enum entry_mark mark); /* none new-voice challenges deepens seen-before */
bool entry_mark_from(struct slice name, enum entry_mark *out);
const char *section_kind_name(enum section_kind kind); /* focus ideas classroom check-first */
bool section_kind_from(struct slice name, enum section_kind *out);
const char *left_reason_name(enum left_reason reason); /* under-bar by-cap repeated parked unwanted no-room */
bool left_reason_from(struct slice name, enum left_reason *out);

#endif
