/* card: an entry as a reader sees it, before any format's syntax: which badge, which links, which lines, in which
 * order. Every format writes the same card, so that all say the same in the same order. Texts are raw: each format
 * escapes. */
#ifndef DISCERN_RENDER_CARD_H
#define DISCERN_RENDER_CARD_H

#include "model/digest.h"
#include "render/pen.h"

enum badge { BADGE_NO_SOURCE, BADGE_ACCOUNT, BADGE_MENTIONS, BADGE_SOURCE, BADGE_POOLED, BADGE_FIRST };

struct card_link {
    struct slice kind;   /* "Article", "Study": ours */
    struct slice title;  /* untrusted, absent = none */
    struct slice remark; /* "needs a subscription": ours, absent = none */
    struct slice url;    /* raw: make it a safe_url */
};
#define CARD_LINKS 8

struct card {
    const struct entry *entry;
    enum badge badge;
    struct slice badge_words;
    const char *badge_sign; /* "[=]": for formats of plain text */
    struct slice mark;      /* "New to this list", absent = none */
    struct slice headline;
    struct slice_list chips; /* topic, phases, subjects, minutes */
    struct slice byline;     /* who, where, when */
    struct card_link links[CARD_LINKS];
    size_t link_count;
    struct slice_list shared;    /* lines: who shared it, what they added */
    struct slice same_study;     /* "Rests on the same study as m2q9", absent = none */
    struct slice sum, sum_words; /* "66 of 100", "the sum: place 1 today" */
};

struct card card_make(struct pen *pen, const struct entry *entry);
/* "+24", "-3", "0", and "24 of 40". */
struct slice card_points(struct pen *pen, const struct term *term);
/* What the badges say, by badge. */
enum badge badge_of(const struct verdict *verdict);
const char *badge_sign(enum badge badge);
struct slice badge_words(const struct pen *pen, enum badge badge);

#endif
