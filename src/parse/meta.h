/* meta: what a page says of itself, weighed: JSON-LD, citation_* and DC tags, OpenGraph, microdata, <time>, bylines and
 * the page's address. Each fact comes with where it was found. Within parse/ only. */
#ifndef DISCERN_PARSE_META_H
#define DISCERN_PARSE_META_H

#include "parse/date.h"
#include "parse/page_sheet.h"

/* What one place on the page says of a fact, taken or not: those that agree make it surer. */
struct meta_voice {
    struct slice value;
    const char *from;
};
#define META_VOICES 8u
struct meta_voices {
    struct meta_voice at[META_VOICES];
    size_t count;
};

/* What stands in the page's <meta>, <link>, JSON-LD and microdata, gathered before anything is weighed. */
struct meta_fact {
    struct slice value; /* words, entities resolved, on one line; in arena */
    int rank;           /* of its source, 0 = none, lower = better */
    const char *from;
    struct meta_voices voices; /* all that say it, also those that were not taken */
};
struct meta_facts {
    struct meta_fact title, og_title, site, description, lang, image, canonical, published, modified, doi, isbn, pdf,
        page_kind;
    struct meta_fact shown, byline; /* the date, and the name after "By", that stand under the title */
    struct slice body;              /* the text itself, where JSON-LD holds it; as written */
    struct slice_list authors;
    int authors_rank; /* 0 = none */
    const char *authors_from;
    struct meta_voices author_voices;
    unsigned author_witnesses; /* places looked at for the voices alone */
    struct slice_list kinds;   /* "@type"s of JSON-LD */
    enum date_order date_order;
    bool not_free; /* isAccessibleForFree is false */
    bool has_video;
};

/* Ranks of sources: a better one replaces a worse one, an equal one only adds authors. */
enum meta_rank { META_JSON_LD = 1, META_CITATION, META_OG, META_PLAIN, META_MICRODATA, META_DC, META_PAGE };

/* Notes that `from` says `value`; said again by the same kind of place, or past META_VOICES, it counts for nothing. */
void meta_hear(struct meta_voices *voices, struct slice value, const char *from);
/* Keeps `value` when its source is better than the one that was there. */
void meta_put(struct meta_fact *fact, struct slice value, int rank, const char *from);
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
/* The title alone, as a part of it: needs article->site. Sets sheet->title and how sure the title is. */
MUST_USE bool meta_weigh_title(struct page_sheet *sheet, const struct meta_facts *facts, struct article *article);
/* How sure each of the other facts is that were weighed. */
void meta_surety(const struct page_sheet *sheet, const struct meta_facts *facts, struct article *article);

/* True when `part` is, holds or is held by the site's name, or by its host's. */
bool meta_names_site(struct arena *arena, struct slice part, struct slice site, struct slice url);

#endif
