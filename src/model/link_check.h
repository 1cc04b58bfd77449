/* link_check: everything that was found behind one address: for the staff-meeting question whether there is anything
 * behind it. Texts are untrusted. */
#ifndef DISCERN_MODEL_LINK_CHECK_H
#define DISCERN_MODEL_LINK_CHECK_H

#include "model/verdict.h"

#define CHECK_PAGES 3u       /* pages behind a post that are read */
#define CHECK_SHARERS 20u    /* kept posts that are named */
#define CHECK_REFERENCES 40u /* references that are looked up and shown */

/* A page behind the address. */
struct check_page {
    struct slice url;
    struct slice problem;     /* why it could not be read, in words; absent = it was */
    struct slice archive_url; /* where a copy stands of one that is gone; absent = none known */
    struct article article;
};

/* Something that it rests on. */
struct check_reference {
    struct reference reference;
    struct slice place; /* for a host: what kind of place it is, in words of the rules; absent = none known */
    struct work work;   /* state says whether it is known what it is */
    bool can_be_asked;  /* a registry knows such works */
};

/* A post of one of our sources that links to it, or is it. */
struct check_sharer {
    struct slice source, source_title, item, title, url;
    int64_t when_s;
};

struct link_check {
    struct slice url;     /* as asked for */
    int64_t read_s;       /* when */
    bool is_post;         /* a post at a network; its page or pages stand in `pages` */
    struct item post;     /* when is_post */
    bool was_read;        /* a text was found to judge: without one, nothing is said of it */
    struct slice problem; /* why it could not be read, or not all of it; absent = it was */
    struct check_page pages[CHECK_PAGES];
    size_t page_count;
    size_t links_left; /* pages behind the post that were not looked at */
    struct document document;
    struct verdict verdict; /* with hits; of nothing when it could not be read */
    struct check_reference references[CHECK_REFERENCES];
    size_t reference_count, references_left;
    bool looked_up; /* the school lets the registries be asked */
    struct check_sharer sharers[CHECK_SHARERS];
    size_t sharer_count;
    struct slice publisher; /* what the source list calls the kind of its publisher; absent = not listed */
};

#endif
