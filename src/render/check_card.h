/* check_card: a link check in words, before any format's syntax, so that every format says the same. */
#ifndef DISCERN_RENDER_CHECK_CARD_H
#define DISCERN_RENDER_CHECK_CARD_H

#include "model/link_check.h"
#include "render/card.h"

/* One question that a careful reader asks, and what was found for it. */
struct check_row {
    const char *question;    /* static */
    struct slice_list found; /* quoted words; empty = nothing was found */
};
#define CHECK_ROWS 11

/* Stands where the judgement would, when there was no text to judge. */
#define CHECK_UNREAD SLICE("None of its words could be read, so nothing is said about them here.")

/* One thing that it rests on, in words. */
struct check_work {
    struct slice what;   /* title and authors, or the words around it */
    struct slice facts;  /* what it is: journal, year, type, or that it could not be looked up */
    struct slice notice; /* retracted, corrected …; absent = none known */
    struct slice url;    /* raw; absent = none */
};

struct check_card {
    struct slice heading, byline; /* byline: site, authors, date, words */
    struct slice url;
    struct slice copy; /* of a page that is gone, in an archive; absent = none known */
    enum badge badge;
    struct slice badge_words;
    struct check_row rows[CHECK_ROWS];
    struct check_work works[CHECK_REFERENCES];
    size_t work_count;
    struct slice retractions; /* the sum: "None of 3 works that were looked up …" */
    struct slice_list notes;  /* the verdict's, without the reviews that answer one of the questions */
    struct slice_list pages;  /* pages behind a post, each with what came of it */
};

struct check_card check_card_make(struct pen *pen, const struct link_check *check);

#endif
