/* report: what a source's posts look like over time, as counts with honest ranges; never a grade. It names people, so
 * it stays local by default. */
#ifndef DISCERN_MODEL_REPORT_H
#define DISCERN_MODEL_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/item.h"
#include "model/verdict.h"

/* Under this many posts nothing is said in per cent. */
#define REPORT_LEAST_POSTS 20

/* `hits` of `of`, and the 95 % Wilson score interval (Wilson 1927) of the share, 0..1. */
struct rate {
    int64_t hits, of;
    double low, high;
};

/* One post as the report counts it. */
struct report_post {
    struct slice item; /* "source/id" */
    struct slice source;
    struct slice title, url; /* for the lists; untrusted */
    int64_t when_s;          /* published, else first seen */
    int level;               /* 0..4 as presented */
    bool is_idea, hype, promotion, check_first;
    bool unsupported_claim; /* claims larger than their source */
    bool declares_interest, own_results;
    enum stance myth_stance;
    struct slice_list topics, phases, myths;
    struct slice words;              /* the words that set the flag, absent = none */
    int64_t links_tried, links_open; /* of the traceable references whose page was asked for */
    bool chosen;                     /* stood in a digest */
    bool flag_wrong;                 /* a reader marked its flag wrong */
};
struct report_post_list {
    struct report_post *at;
    size_t count, capacity;
};

enum report_measure {
    MEASURE_TRACEABLE,   /* gives a source that can be traced */
    MEASURE_OPENS,       /* whose link still opens (of the links tried) */
    MEASURE_OVERCLAIM,   /* bigger than its source */
    MEASURE_MYTH,        /* promotes a known myth */
    MEASURE_PROMOTION,   /* promotes something to buy or join */
    MEASURE_OWN_RESULTS, /* reports own classroom results */
    MEASURE_CHOSEN,      /* chosen for a digest */
    MEASURE_WRONG_FLAG,  /* flags that readers marked wrong (of the posts with a flag) */
    MEASURE_COUNT
};

enum suggestion { SUGGEST_KEEP, SUGGEST_CHECK_CLAIMS, SUGGEST_WATCH, SUGGEST_QUIET, SUGGEST_REPAIR, SUGGEST_DROP };

struct topic_count {
    struct slice id;
    int64_t count;
};
struct topic_count_list {
    struct topic_count *at; /* most first, then by id */
    size_t count, capacity;
};

/* A month of a source, for the small plots. */
struct report_month {
    int year, month;
    int64_t posts, traceable, overclaim;
};

#define REPORT_MONTHS 12
#define REPORT_NEWEST 5

struct source_report {
    struct slice source, title;
    int64_t from_s, to_s;
    int64_t posts, newest_s;
    double posts_a_week;
    struct rate rates[MEASURE_COUNT];
    struct topic_count_list topics, phases;
    struct report_month months[REPORT_MONTHS];
    size_t month_count;
    /* The newest posts of each kind, at most REPORT_NEWEST: borrowed from the posts that were counted. */
    const struct report_post *overclaims[REPORT_NEWEST], *myths[REPORT_NEWEST], *promotions[REPORT_NEWEST],
        *own_results[REPORT_NEWEST];
    enum suggestion suggestion;
    const char *suggestion_rule; /* the stated rule, static */
};

const char *report_measure_words(enum report_measure measure);
const char *suggestion_words(enum suggestion suggestion);

#endif
