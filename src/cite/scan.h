/* scan: what a text rests on. Finds DOIs, arXiv, ERIC, PubMed and ISBN numbers in words and links, links to places of a
 * known kind (journals, syntheses, professional bodies), and citations in words ("Rosenshine (2012)", "(Kirschner,
 * Sweller & Clark, 2006)"). Each is normalised and found once, with the words around it. Pure. */
#ifndef DISCERN_CITE_SCAN_H
#define DISCERN_CITE_SCAN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/article.h"

/* One line of the table of hosts: a domain with everything under it, or a domain and a path that the link must begin
 * with ("ies.ed.gov/ncee/wwc"), and what kind of place it is ("synthesis", "journal"). */
struct cite_host {
    struct slice host;       /* lower case */
    struct slice host_class; /* the id of its class */
};
struct cite_hosts {
    const struct cite_host *at; /* in any order: the longest that fits counts */
    size_t count;
};

struct cite_input {
    struct slice text;              /* plain text */
    const struct link_list *links;  /* may be NULL; `expanded` is preferred to `url` */
    struct slice own_url;           /* the page's own address: a link to the same host is no reference; absent = none */
    const struct cite_hosts *hosts; /* may be NULL */
};

/* Adds what `input` rests on to *list (which may hold some already: nothing is added twice). In arena. At most
 * LIMIT_REFERENCES. False only when out of memory. */
MUST_USE bool cite_scan(struct arena *arena, const struct cite_input *input, struct reference_list *list,
                        struct fault *fault);
/* The same for an article's text and links, into article->references. */
MUST_USE bool cite_article(struct arena *arena, const struct cite_hosts *hosts, struct article *article,
                           struct fault *fault);
/* The class of the place that `url` leads to; absent = none of the table. Borrowed from the table. */
struct slice cite_host_class(struct arena *arena, const struct cite_hosts *hosts, struct slice url);
/* The first DOI in `text` (words or an address), normalised: lower case, percent-decoded, without what only stands
 * around it. In arena. False when there is none. */
MUST_USE bool cite_doi(struct arena *arena, struct slice text, struct slice *out);

#endif
