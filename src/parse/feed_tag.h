/* feed_tag: the elements that feeds are made of, under all the names and namespaces that they go by. */
#ifndef DISCERN_PARSE_FEED_TAG_H
#define DISCERN_PARSE_FEED_TAG_H

#include "base/slice.h"

/* Which vocabulary an element belongs to. All dialects of RSS, Atom and CDF are one: they mix in the wild. */
enum feed_space {
    SPACE_CORE,
    SPACE_DC,
    SPACE_DCTERMS,
    SPACE_CONTENT,
    SPACE_MEDIA,
    SPACE_ITUNES,
    SPACE_XHTML,
    SPACE_SY,
    SPACE_RDF,
    SPACE_ADMIN,
    SPACE_CC,
    SPACE_OTHER
};

enum feed_tag {
    TAG_NONE, /* says nothing itself, its children may */
    TAG_SKIP, /* of no interest with all that is in it */
    /* containers */
    TAG_ROOT_RSS,
    TAG_ROOT_RDF,
    TAG_FEED,
    TAG_CHANNEL,
    TAG_ITEM,
    TAG_SOURCE,
    TAG_AUTHOR,
    TAG_CONTRIBUTOR,
    TAG_IMAGE,
    TAG_SKIP_HOURS,
    TAG_SKIP_DAYS,
    /* words */
    TAG_TITLE,
    TAG_MEDIA_TITLE,
    TAG_DC_TITLE,
    TAG_DESCRIPTION,
    TAG_SUMMARY,
    TAG_SUBTITLE,
    TAG_DC_DESCRIPTION,
    TAG_MEDIA_DESCRIPTION,
    TAG_ITUNES_SUMMARY,
    TAG_CONTENT,
    TAG_BODY,
    TAG_RIGHTS,
    TAG_DC_RIGHTS,
    TAG_GENERATOR,
    /* single values */
    TAG_ID,
    TAG_GUID,
    TAG_DC_IDENTIFIER,
    TAG_LINK,
    TAG_COMMENTS,
    TAG_LICENSE,
    TAG_LANGUAGE,
    TAG_NAME,
    TAG_EMAIL,
    TAG_URI,
    TAG_URL,
    TAG_LOGO,
    TAG_ICON,
    TAG_ITUNES_IMAGE,
    TAG_ITUNES_LINK,
    TAG_DC_CREATOR,
    TAG_CATEGORY,
    TAG_ITUNES_CATEGORY,
    TAG_MEDIA_CATEGORY,
    TAG_DC_SUBJECT,
    TAG_KEYWORDS,
    TAG_ENCLOSURE,
    TAG_MEDIA_CONTENT,
    TAG_MEDIA_THUMBNAIL,
    TAG_TTL,
    TAG_UPDATE_PERIOD,
    TAG_UPDATE_FREQUENCY,
    TAG_HOUR,
    TAG_DAY,
    TAG_GENERATOR_AGENT,
    /* instants, best first within each kind */
    TAG_PUBLISHED,
    TAG_ISSUED,
    TAG_CREATED,
    TAG_UPDATED,
    TAG_MODIFIED,
    TAG_DC_DATE
};

/* What the element's text is. */
enum feed_text {
    TEXT_NONE, /* nothing: a container, or all is in its attributes */
    TEXT_RAW,  /* a value: trimmed, taken as it is */
    TEXT_WORDS /* words for a reader, perhaps with markup */
};

struct feed_name {
    enum feed_tag tag;
    enum feed_text text;
};

/* The vocabulary behind a namespace name, or behind a prefix where none is bound (`space` may be NULL). */
enum feed_space feed_space_of(const char *space, const char *prefix);
/* The element `local` (any ASCII case) of that vocabulary. TAG_SKIP when it is not known. */
struct feed_name feed_tag_of(enum feed_space space, const char *local);

#endif
