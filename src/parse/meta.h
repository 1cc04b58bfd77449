/* meta: what a page says of itself, weighed: JSON-LD, citation_* and DC tags, OpenGraph, microdata, <time>, bylines and
 * the page's address. Each fact comes with where it was found. Within parse/ only. */
#ifndef DISCERN_PARSE_META_H
#define DISCERN_PARSE_META_H

#include "parse/page_sheet.h"

/* What stands in the page's <meta>, <link>, JSON-LD and microdata, gathered before anything is weighed. */
struct meta_fact {
    struct slice value; /* words, entities resolved, on one line; in arena */
    int rank;           /* of its source, 0 = none, lower = better */
    const char *from;
};
struct meta_facts {
    struct meta_fact title, og_title, site, description, lang, image, canonical, published, modified, doi, isbn, pdf,
        page_kind;
    struct meta_fact shown, byline; /* the date, and the name after "By", that stand under the title */
    struct slice body;              /* the text itself, where JSON-LD holds it; as written */
    struct slice_list authors;
    int authors_rank; /* 0 = none */
    const char *authors_from;
    struct slice_list kinds; /* "@type"s of JSON-LD */
    bool not_free;           /* isAccessibleForFree is false */
    bool has_video;
};

/* Ranks of sources: a better one replaces a worse one, an equal one only adds authors. */
enum meta_rank { META_JSON_LD = 1, META_CITATION, META_OG, META_PLAIN, META_MICRODATA, META_DC, META_PAGE };

/* Keeps `value` when its source is better than the one that was there. */
void meta_put(struct meta_fact *fact, struct slice value, int rank, const char *from);
/* The same, when `value` is a date. */
void meta_put_date(struct meta_fact *fact, struct slice value, int rank, const char *from);
/* Adds an author, unless a better source spoke already; a worse one is forgotten. False when out of memory. */
MUST_USE bool meta_put_author(struct arena *arena, struct meta_facts *facts, struct slice name, int rank,
                              const char *from);

/* Each gathers from one kind of place. False only when out of memory. */
MUST_USE bool meta_read_json_ld(const struct page_sheet *sheet, struct meta_facts *facts);
MUST_USE bool meta_read_tags(const struct page_sheet *sheet, struct meta_facts *facts);
MUST_USE bool meta_read_page(const struct page_sheet *sheet, struct meta_facts *facts);
MUST_USE bool meta_read_lines(const struct page_sheet *sheet, struct meta_facts *facts);

/* Weighs the facts against each other and the page, and fills title, authors, dates, site … of the article (whose url
 * is set). False only when out of memory. */
MUST_USE bool meta_weigh(struct page_sheet *sheet, const struct meta_facts *facts, struct article *article);
/* The title alone, as a part of it: needs article->site. Sets sheet->title. */
MUST_USE bool meta_weigh_title(struct page_sheet *sheet, const struct meta_facts *facts, struct article *article);

#endif
