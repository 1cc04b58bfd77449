/* history: all that choosing a day's digest looks at, as plain values: the candidates with what is known of them, what
 * was shown before, what is in focus. The corridor fills it from the store; curate/ reads it. All borrowed for the call
 * (and by the digest that is made of it). */
#ifndef DISCERN_MODEL_HISTORY_H
#define DISCERN_MODEL_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "model/digest.h"
#include "model/focus.h"
#include "model/taste.h"

/* How a source behaves, counted over the days before. Raw counts of likes and followers are not among it. */
struct source_stats {
    double posts_a_day;  /* over 28 days: firehoses weigh less */
    int64_t showings;    /* entries that this source led in the last 28 days, for this reader */
    struct slice circle; /* sources that share the same links form a circle and have one voice; absent = alone */
};

/* One judged item that may be shown. */
struct candidate {
    struct slice id; /* "source/id", unique */
    struct slice source, source_title,
        publisher;        /* of its source; publisher: research body, teacher, news … or absent */
    struct slice network; /* feed, x, bluesky, mastodon … as readers see it */
    const struct item *item;
    const struct article *article; /* NULL = none was read */
    struct slice read_on;          /* YYYY-MM-DD, absent = not read */
    const struct verdict *verdict;
    struct work_list works;
    int64_t first_seen_s; /* when this program saw it first */
    int64_t item_row;     /* its number in the store; 0 = not said */
    struct slice key;     /* canonical address of the page that it points to, or that it is (an article); absent for a
                             post that points nowhere */
    double liked;         /* 0..1: share of its source's last posts with fewer likes and reposts; 0 when not known */
    struct source_stats stats;
};
struct candidate_list {
    struct candidate *at;
    size_t count, capacity;
};

/* Bytes of a text by which it is known again when it was shown before. */
#define SHOWN_TEXT_BYTES 6000u

/* A story as it was shown to this reader before. */
struct shown_story {
    struct slice story, key; /* key: as in candidate, absent = none */
    struct slice title;      /* headline as it was shown */
    int64_t date_s;
    struct slice_list topics; /* best first */
    struct slice_list items;  /* "source/id" of its members */
    struct slice source;
    bool in_focus;                /* stood in the focus section */
    bool challenged;              /* it spoke against a view */
    const struct candidate *lead; /* its item and page, to know it again under another address; NULL = not kept */
};
struct shown_story_list {
    struct shown_story *at; /* oldest first */
    size_t count, capacity;
};

/* A link that a voice shared before the days that are looked at, both as curate/circle.h makes them. */
struct past_link {
    uint64_t voice, link;
};
struct past_link_list {
    struct past_link *at;
    size_t count, capacity;
};

/* A published summary of research to show beside items of one topic. */
struct synthesis_note {
    struct slice topic;      /* id */
    struct slice name;       /* "Metacognition (Education Endowment Foundation, 2025)" */
    struct slice words, url; /* the name, and what it says where that is known */
};
struct synthesis_note_list {
    struct synthesis_note *at;
    size_t count, capacity;
};

struct curate_input {
    struct slice date; /* YYYY-MM-DD of the digest */
    int64_t date_s;    /* its midnight */
    int64_t now_s;     /* ages are counted up to here: the same on every run for the day, say the end of the day */
    struct slice school, base_url;
    struct reader reader;
    struct candidate_list candidates;
    struct shown_story_list history; /* the last 56 days, and today's not among them */
    struct focus_list focus;         /* open ones of this reader's team */
    struct focus_block_list blocks;  /* the same, as they are shown today */
    int64_t new_ideas;               /* how many new ideas there may be today; reader.length when nothing is in focus */
    struct taste_list taste;         /* what readers said, as weights */
    struct past_link_list past_links; /* of 90 days: who always shares the same links has one voice together */
    struct slice_list settled;        /* "source/id" that readers do not want to see again */
    int64_t from_s;                   /* what was first seen since then has not had its chance yet */
    int64_t previous_s;               /* day of the last list, when that is long ago; WHEN_ABSENT = it is not */
    struct synthesis_note_list notes;
    struct slice_list questions; /* for colleagues, one is put beside each idea in turn; may be empty */
    struct slice_list trouble;
};

#endif
