/* feed_reader: what is known while an XML feed is being read: where in it we stand, what is being collected, what has
 * been said so far and how well. Within parse/ only. */
#ifndef DISCERN_PARSE_FEED_READER_H
#define DISCERN_PARSE_FEED_READER_H

#include "base/buf.h"
#include "base/limits.h"
#include "model/item.h"
#include "parse/feed.h"
#include "parse/feed_tag.h"
#include "parse/xml.h"

/* What an element belongs to. */
enum feed_place { PLACE_FEED, PLACE_ITEM, PLACE_SOURCE, PLACE_PERSON, PLACE_IMAGE, PLACE_HOURS, PLACE_DAYS };

/* Fields that several elements may fill: the best of them wins, the first among equals. */
enum feed_field {
    FIELD_TITLE,
    FIELD_TEXT,
    FIELD_SUMMARY,
    FIELD_ID,
    FIELD_URL,
    FIELD_PUBLISHED,
    FIELD_UPDATED,
    FIELD_RIGHTS,
    FIELD_LANG,
    FIELD_IMAGE,
    FIELD_COUNT
};

/* How the words of an element are written. GUESS: RSS, anything goes. UNSAID: Atom without a type, which means plain,
 * but is sent with markup all the same. */
enum feed_words { WORDS_GUESS, WORDS_UNSAID, WORDS_PLAIN, WORDS_HTML, WORDS_INLINE, WORDS_BASE64 };

struct feed_frame {
    enum feed_tag tag;
    enum feed_place place;   /* what its children belong to */
    struct slice base, lang; /* in force inside */
};

struct feed_capture {
    enum feed_tag tag; /* TAG_NONE = nothing is being collected */
    enum feed_space space;
    enum feed_text kind;
    enum feed_words words;
    enum feed_place place; /* what the element belongs to */
    size_t depth;          /* of its frame */
    bool inline_markup;    /* elements stood in it: what is collected is markup, escaped where it was text */
    struct slice base, lang;
    struct buf text; /* owned */
    /* attributes that are needed when the text is known */
    struct link link;
    struct tag label;
    struct slice source_url;
    bool permalink, permalink_said; /* of a guid: by default too, or in so many words */
};

struct feed_reader {
    struct arena *arena;
    const struct feed_hints *hints;
    struct page page;
    struct item item; /* being read, when in_item */
    bool in_item, atom;
    struct link_list text_links; /* found in the words of the item */
    struct slice text_image;
    struct slice ground;               /* base taken from the feed itself, where none was given */
    unsigned char ground_rank;         /* 2 = its own address, 1 = its site's, 0 = none */
    struct slice relative_site;        /* the site's address, which could not be resolved yet */
    struct slice item_base, item_lang; /* in force at its beginning */
    struct person person;              /* being read, in PLACE_PERSON */
    struct person source_author;
    bool permalink;                     /* the id may be the item's page, */
    bool relative;                      /* also where it is no whole address */
    unsigned char rank[2][FIELD_COUNT]; /* of what the feed and the item hold */
    int64_t period_s, frequency;
    size_t skip; /* depth inside of an element of no interest */
    size_t depth;
    struct feed_frame frames[LIMIT_XML_DEPTH + 1];
    struct feed_capture capture;
    const char *cached_uri; /* the namespace looked up last */
    enum feed_space cached_space;
    bool failed;        /* out of memory */
    bool too_many;      /* more than LIMIT_FEED_ITEMS */
    bool bad_dates;     /* dates were met that cannot be read */
    bool encoded_twice; /* words had to be decoded once more */
    bool known;         /* the root is a feed's */
};

/* ---- feed_put: values into fields ---- */

/* True when `rank` beats what the feed or the item holds in this field, which it then has. */
bool feed_outranks(struct feed_reader *r, enum feed_place place, enum feed_field field, unsigned char rank);
/* The collected text, whose element has ended. */
void feed_put(struct feed_reader *r, struct feed_capture *capture);
void feed_put_link(struct feed_reader *r, enum feed_place place, struct link link, struct slice base);
void feed_put_tag(struct feed_reader *r, enum feed_place place, struct tag tag);
void feed_put_image(struct feed_reader *r, enum feed_place place, struct slice address, unsigned char rank);
void feed_put_person(struct feed_reader *r, enum feed_place place, struct person person);
/* A copy in the arena of the trimmed text; absent when empty. Sets r->failed. */
struct slice feed_keep(struct feed_reader *r, struct slice text);

/* The same of a language tag: BCP 47 has hyphens where many write '_'. */
struct slice feed_keep_lang(struct feed_reader *r, struct slice text);

/* ---- feed_item: beginning and end of entries and of the feed ---- */

void feed_item_begin(struct feed_reader *r, const struct xml_element *element);
/* False when no more are wanted. */
bool feed_item_end(struct feed_reader *r);
void feed_end(struct feed_reader *r);

/* ---- feed_event: what the XML parser sees ---- */

struct xml_handler feed_events(struct feed_reader *r);

#endif
