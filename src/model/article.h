/* article: what stands behind a link, read. Untrusted text, as in item.h. */
#ifndef DISCERN_MODEL_ARTICLE_H
#define DISCERN_MODEL_ARTICLE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/item.h"

enum article_kind { ARTICLE_ARTICLE, ARTICLE_LISTING, ARTICLE_VIDEO, ARTICLE_DOCUMENT, ARTICLE_ERROR };

/* The problem of a page that answers that all is well, and says that there is none. */
#define ARTICLE_SAYS_GONE SLICE("the page says that there is nothing at this address")
#define ARTICLE_SAYS_AWAY SLICE("the page says that the site is out of order for a while")

enum reference_kind {
    REFERENCE_DOI,
    REFERENCE_ARXIV,
    REFERENCE_ERIC,
    REFERENCE_PMID,
    REFERENCE_ISBN,
    REFERENCE_HOST,
    REFERENCE_CITATION /* author and year in the words, nothing to click */
};

/* Something that the text rests on and that can be traced. */
struct reference {
    enum reference_kind kind;
    bool retraction;   /* the words around it say that it was retracted or corrected */
    struct slice id;   /* normalised: lower-case DOI, bare arXiv number …; the host class for REFERENCE_HOST */
    struct slice url;  /* where to open it; absent for a citation in words */
    struct slice text; /* the words around it */
};
struct reference_list {
    struct reference *at;
    size_t count, capacity;
};

/* How sure each fact is, 0 to 1 in hundredths, by where it came from and by what else on the page says the same or says
 * otherwise. 0 = there is no such fact, or it was read before it was weighed. */
struct article_surety {
    double title, authors, published, modified, site, description, lang, image, canonical_url, text;
};
/* Less than this is not told as a fact. */
#define ARTICLE_SURE 0.6

struct article {
    enum article_kind kind;
    struct slice url, canonical_url, title, site, description, lang, image;
    struct slice_list authors;
    int64_t published_s, modified_s;
    struct slice text; /* main text, paragraphs as "\n\n" */
    size_t words;
    bool paywalled;
    double confidence; /* 0..1 that text is the main text */
    /* Where each came from: json-ld, og, citation, meta, microdata, h1, url, title, text, and modified for a day of
     * publication of which only the last change is told; absent = none. */
    struct {
        struct slice title, authors, published, modified, site, description, lang, image, canonical_url, text;
    } from;
    struct article_surety surety;
    struct reference_list references;
    struct link_list links;   /* links in the main text: url and title (its words) */
    struct slice archive_url; /* where a copy stands when its own address is dead; absent = it is not, or none known */
    struct slice
        problem; /* why there is no text (paywall, log-in, soft 404, cookie wall …), plain English; absent = none */
};

const char *article_kind_name(enum article_kind kind);     /* article listing video document error */
const char *reference_kind_name(enum reference_kind kind); /* doi arxiv eric pmid isbn host citation */
bool article_kind_from(struct slice name, enum article_kind *out);
bool reference_kind_from(struct slice name, enum reference_kind *out);
void article_init(struct article *article);
/* True for a surety that was weighed and found too low for a fact. */
bool article_is_unsure(double surety);
bool reference_list_add(struct arena *arena, struct reference_list *list, struct reference reference);

#endif
