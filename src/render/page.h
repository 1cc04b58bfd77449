/* page: what every HTML page has in common: head with a strict content policy, skip link, heading, disclaimer. */
#ifndef DISCERN_RENDER_PAGE_H
#define DISCERN_RENDER_PAGE_H

#include "render/card.h"
#include "render/html.h"
#include "render/pen.h"

struct page_link {
    struct slice words;
    struct safe_url url;
};

struct page_facts {
    struct slice title; /* of the window */
    struct slice who;   /* line over the heading, absent = none */
    struct slice heading;
    struct slice_list summary;      /* parts of the line under it */
    const struct page_link *places; /* other pages, under that; NULL = none */
    size_t place_count;
    size_t here;                /* the place that the page is; place_count = none of them */
    struct safe_url atom, json; /* feeds of the page, absent = none */
    struct slice style;         /* more style of ours, behind the style sheet; absent = none */
    bool forms;                 /* the page holds forms that are sent to where it came from */
    const char *kind;           /* class of the body, for the style sheet; static, NULL = none */
};

/* The content policy of a page: its own style sheet and nothing else; `forms` may be sent to where it came from. In
 * arena. */
struct slice page_policy(struct pen *pen, const struct page_facts *facts);

/* Up to and with <main id="main">. */
void page_begin(struct html *html, struct pen *pen, const struct page_facts *facts);
/* Closes main; the words at the foot of every page; the end. `links` are the foot's own. */
void page_end(struct html *html, struct pen *pen, struct slice disclaimer, const struct page_link *links, size_t count);
/* A link with words, or the words alone when the address is absent. */
void page_anchor(struct html *html, struct safe_url url, struct slice words);
/* An <li> a text. */
void page_list(struct html *html, const struct slice_list *list);
/* The badge: words, a shape before them, a class for the colour. */
void page_badge(struct html *html, enum badge badge, struct slice words);

#endif
