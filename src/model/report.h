/* report: what a source's posts look like over time, as counts with honest ranges; never a grade. It names people, so
 * it stays local by default. */
#ifndef DISCERN_MODEL_REPORT_H
#define DISCERN_MODEL_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/item.h"
#include "model/verdict.h"

/* Of fewer than so many nothing is said in per cent: too few to judge. */
#define REPORT_LEAST 20

/* `hits` of `of`, and the 95 % Wilson score interval (Wilson 1927) of the share, 0..1. */
struct rate {
    int64_t hits, of;
    double low, high;
};
/* Whether anything may be said in per cent. */
bool rate_says(const struct rate *rate);
/* 0..1; 0 of nothing. */
double rate_share(const struct rate *rate);

/* What is counted, in the order of the page. All but MEASURE_OPENS and MEASURE_CHOSEN are flags that the rules set. */
enum report_measure {
    MEASURE_TRACEABLE,   /* gives a source that can be traced */
    MEASURE_OPENS,       /* links to such sources that open (of the links tried, not of the posts) */
    MEASURE_OVERCLAIM,   /* claims more than its source */
    MEASURE_MYTH,        /* repeats a known myth */
    MEASURE_HYPE,        /* loud words */
    MEASURE_PROMOTION,   /* promotes something to buy or join */
    MEASURE_INTEREST,    /* declares an interest */
    MEASURE_OWN_RESULTS, /* reports own classroom results */
    MEASURE_CHOSEN,      /* chosen for a digest */
    MEASURE_COUNT
};
bool report_is_flag(enum report_measure measure);
/* For people, and as one word: traceable opens overclaim myth hype promotion interest own-results chosen. Static. */
const char *report_measure_words(enum report_measure measure);
const char *report_measure_name(enum report_measure measure);
/* The flag (not any measure) of that name. */
bool report_flag_from(struct slice name, enum report_measure *out);

/* A set of measures. */
typedef unsigned report_flags;
#define REPORT_FLAG(measure) (1u << (unsigned)(measure))

/* One post as the report counts it. Texts are untrusted. */
struct report_post {
    int64_t row;               /* in the store */
    struct slice item, source; /* "source/id" */
    struct slice title, url;   /* for the lists */
    int64_t when_s;            /* published, else first seen */
    report_flags flags;        /* as the rules set them; MEASURE_CHOSEN too */
    report_flags wrong;        /* of these, what readers marked wrong: it does not count */
    bool unlisted;             /* the author asked not to be shown: counted, never listed */
    struct slice_list topics, phases, myths;
    int64_t links_tried, links_open;
    struct slice words[MEASURE_COUNT]; /* the words that set each flag; absent = not looked up */
};
struct report_post_list {
    struct report_post *at;
    size_t count, capacity;
};

enum suggestion { SUGGEST_KEEP, SUGGEST_CHECK_CLAIMS, SUGGEST_WATCH, SUGGEST_QUIET, SUGGEST_REPAIR, SUGGEST_DROP };
#define SUGGESTIONS 6
/* For people; as one word (keep check-claims watch quiet repair drop); and the rule by which it is given. Static. */
const char *suggestion_words(enum suggestion suggestion);
const char *suggestion_name(enum suggestion suggestion);
const char *suggestion_rule(enum suggestion suggestion);

struct topic_count {
    struct slice id, label; /* label: in words, absent = none known */
    int64_t count;
};
struct topic_count_list {
    struct topic_count *at; /* most first, then by id */
    size_t count, capacity;
};

/* Some months of a source, for the small plots. */
struct report_span {
    int year, month, months; /* the first month, and how many */
    int64_t posts, traceable, overclaim;
};

#define REPORT_SPANS 12
#define REPORT_NEWEST 5

struct source_report {
    struct slice source, title;
    int64_t from_s, to_s; /* the days reported on; from_s WHEN_ABSENT = all that is there */
    int64_t posts, newest_s, oldest_s;
    double posts_a_week;
    int64_t longest_silence_s; /* between two posts, or since the last */
    int64_t weekdays[7];       /* posts by day, 0 = Sunday */
    struct rate rates[MEASURE_COUNT];
    struct rate wrong[MEASURE_COUNT]; /* of a flag's posts, those that readers marked wrong */
    struct topic_count_list topics, phases;
    struct report_span spans[REPORT_SPANS]; /* oldest first */
    size_t span_count;
    struct report_post *newest[MEASURE_COUNT][REPORT_NEWEST]; /* newest first, NULL at the end; borrowed */
    enum suggestion suggestion;
    int64_t failures; /* fetches failed in a row */
};

/* Several sources side by side, and all of them together. */
struct report_set {
    struct source_report *at;
    size_t count;
    int64_t from_s, to_s;
    int64_t sources, posts, reposts; /* of all: with posts; counted; left out because they are others' */
    double posts_a_week;             /* of a source, on average */
    struct rate all[MEASURE_COUNT], all_wrong[MEASURE_COUNT];
    int64_t waiting; /* posts that are not judged yet */
};

#endif
