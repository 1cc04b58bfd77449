#include "parse/feed_tag.h"

#include <stddef.h>
#include <string.h>

#include "base/attr.h"

struct known_space {
    const char *name;
    enum feed_space space;
};

/* Namespace names, in lower case, without the scheme and without what stands at the end ('/', '#'). */
static const struct known_space spaces[] = {
    {"www.w3.org/2005/atom", SPACE_CORE},
    {"purl.org/atom/ns", SPACE_CORE},
    {"purl.org/rss/1.0", SPACE_CORE},
    {"my.netscape.com/rdf/simple/0.9", SPACE_CORE},
    {"channel.netscape.com/rdf/simple/0.9", SPACE_CORE},
    {"purl.org/net/rss1.1", SPACE_CORE},
    {"backend.userland.com/rss", SPACE_CORE},
    {"backend.userland.com/rss2", SPACE_CORE},
    {"backend.userland.com/rss091", SPACE_CORE},
    {"backend.userland.com/rss092", SPACE_CORE},
    {"backend.userland.com/rss093", SPACE_CORE},
    {"blogs.law.harvard.edu/tech/rss", SPACE_CORE},
    {"purl.org/rss/1.0/modules/rss091", SPACE_CORE},
    {"example.com/newformat", SPACE_CORE},
    {"example.com/necho", SPACE_CORE},
    {"purl.org/echo", SPACE_CORE},
    {"uri/of/echo/namespace", SPACE_CORE},
    {"purl.org/pie", SPACE_CORE},
    {"purl.org/dc/elements/1.0", SPACE_DC},
    {"purl.org/dc/elements/1.1", SPACE_DC},
    {"purl.org/dc/terms", SPACE_DCTERMS},
    {"purl.org/rss/1.0/modules/dcterms", SPACE_DCTERMS},
    {"purl.org/rss/1.0/modules/content", SPACE_CONTENT},
    {"search.yahoo.com/mrss", SPACE_MEDIA},
    {"tools.search.yahoo.com/mrss", SPACE_MEDIA},
    {"www.rssboard.org/media-rss", SPACE_MEDIA},
    {"video.search.yahoo.com/mrss", SPACE_MEDIA},
    {"www.itunes.com/dtds/podcast-1.0.dtd", SPACE_ITUNES},
    {"example.com/dtds/podcast-1.0.dtd", SPACE_ITUNES},
    {"www.w3.org/1999/xhtml", SPACE_XHTML},
    {"purl.org/rss/1.0/modules/syndication", SPACE_SY},
    {"www.w3.org/1999/02/22-rdf-syntax-ns", SPACE_RDF},
    {"webns.net/mvcb", SPACE_ADMIN},
    {"web.resource.org/cc", SPACE_CC},
    {"creativecommons.org/ns", SPACE_CC},
    {"backend.userland.com/creativecommonsrssmodule", SPACE_CC},
    {"cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", SPACE_CC},
};

static const struct known_space prefixes[] = {
    {"atom", SPACE_CORE},       {"a10", SPACE_CORE},
    {"rss", SPACE_CORE},        {"dc", SPACE_DC},
    {"dcterms", SPACE_DCTERMS}, {"content", SPACE_CONTENT},
    {"media", SPACE_MEDIA},     {"itunes", SPACE_ITUNES},
    {"xhtml", SPACE_XHTML},     {"sy", SPACE_SY},
    {"rdf", SPACE_RDF},         {"admin", SPACE_ADMIN},
    {"cc", SPACE_CC},           {"creativeCommons", SPACE_CC},
};

static enum feed_space find_space(const struct known_space *list, size_t count, struct slice name) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(name, slice_from(list[i].name))) return list[i].space;
    return SPACE_OTHER;
}

enum feed_space feed_space_of(const char *space, const char *prefix) {
    if (space == NULL || *space == '\0') {
        if (prefix == NULL) return SPACE_CORE;
        return find_space(prefixes, COUNT_OF(prefixes), slice_from(prefix));
    }
    struct slice name = slice_from(space);
    size_t scheme = slice_find(name, SLICE("://"), 0);
    if (scheme != SLICE_NOT_FOUND) name = slice_part(name, scheme + 3, name.len);
    while (name.len > 0 && strchr("/#", name.at[name.len - 1]) != NULL) name.len--;
    return find_space(spaces, COUNT_OF(spaces), name);
}

struct row {
    enum feed_space space;
    const char *local;
    enum feed_tag tag;
    enum feed_text text;
};

static const struct row core[] = {
    {SPACE_CORE, "abstract", TAG_SUBTITLE, TEXT_WORDS},
    {SPACE_CORE, "author", TAG_AUTHOR, TEXT_RAW},
    {SPACE_CORE, "body", TAG_BODY, TEXT_WORDS},
    {SPACE_CORE, "categories", TAG_NONE, TEXT_NONE},
    {SPACE_CORE, "category", TAG_CATEGORY, TEXT_RAW},
    {SPACE_CORE, "channel", TAG_CHANNEL, TEXT_NONE},
    {SPACE_CORE, "cloud", TAG_SKIP, TEXT_NONE},
    {SPACE_CORE, "comments", TAG_COMMENTS, TEXT_RAW},
    {SPACE_CORE, "content", TAG_CONTENT, TEXT_WORDS},
    {SPACE_CORE, "contributor", TAG_CONTRIBUTOR, TEXT_NONE},
    {SPACE_CORE, "copyright", TAG_RIGHTS, TEXT_WORDS},
    {SPACE_CORE, "created", TAG_CREATED, TEXT_RAW},
    {SPACE_CORE, "day", TAG_DAY, TEXT_RAW},
    {SPACE_CORE, "description", TAG_DESCRIPTION, TEXT_WORDS},
    {SPACE_CORE, "email", TAG_EMAIL, TEXT_RAW},
    {SPACE_CORE, "enclosure", TAG_ENCLOSURE, TEXT_NONE},
    {SPACE_CORE, "entry", TAG_ITEM, TEXT_NONE},
    {SPACE_CORE, "expirationdate", TAG_SKIP, TEXT_NONE},
    {SPACE_CORE, "feed", TAG_FEED, TEXT_NONE},
    {SPACE_CORE, "fullitem", TAG_CONTENT, TEXT_WORDS},
    {SPACE_CORE, "generator", TAG_GENERATOR, TEXT_RAW},
    {SPACE_CORE, "guid", TAG_GUID, TEXT_RAW},
    {SPACE_CORE, "homepage", TAG_URI, TEXT_RAW},
    {SPACE_CORE, "hour", TAG_HOUR, TEXT_RAW},
    {SPACE_CORE, "icon", TAG_ICON, TEXT_RAW},
    {SPACE_CORE, "id", TAG_ID, TEXT_RAW},
    {SPACE_CORE, "image", TAG_IMAGE, TEXT_NONE},
    {SPACE_CORE, "info", TAG_SKIP, TEXT_NONE},
    {SPACE_CORE, "issued", TAG_ISSUED, TEXT_RAW},
    {SPACE_CORE, "item", TAG_ITEM, TEXT_NONE},
    {SPACE_CORE, "items", TAG_NONE, TEXT_NONE},
    {SPACE_CORE, "keywords", TAG_KEYWORDS, TEXT_RAW},
    {SPACE_CORE, "language", TAG_LANGUAGE, TEXT_RAW},
    {SPACE_CORE, "lastbuilddate", TAG_UPDATED, TEXT_RAW},
    {SPACE_CORE, "link", TAG_LINK, TEXT_RAW},
    {SPACE_CORE, "logo", TAG_LOGO, TEXT_RAW},
    {SPACE_CORE, "managingeditor", TAG_AUTHOR, TEXT_RAW},
    {SPACE_CORE, "modified", TAG_MODIFIED, TEXT_RAW},
    {SPACE_CORE, "name", TAG_NAME, TEXT_RAW},
    {SPACE_CORE, "product", TAG_ITEM, TEXT_NONE},
    {SPACE_CORE, "pubdate", TAG_PUBLISHED, TEXT_RAW},
    {SPACE_CORE, "published", TAG_PUBLISHED, TEXT_RAW},
    {SPACE_CORE, "rights", TAG_RIGHTS, TEXT_WORDS},
    {SPACE_CORE, "rss", TAG_ROOT_RSS, TEXT_NONE},
    {SPACE_CORE, "skipdays", TAG_SKIP_DAYS, TEXT_NONE},
    {SPACE_CORE, "skiphours", TAG_SKIP_HOURS, TEXT_NONE},
    {SPACE_CORE, "source", TAG_SOURCE, TEXT_RAW},
    {SPACE_CORE, "subtitle", TAG_SUBTITLE, TEXT_WORDS},
    {SPACE_CORE, "summary", TAG_SUMMARY, TEXT_WORDS},
    {SPACE_CORE, "tagline", TAG_SUBTITLE, TEXT_WORDS},
    {SPACE_CORE, "textinput", TAG_SKIP, TEXT_NONE},
    {SPACE_CORE, "title", TAG_TITLE, TEXT_WORDS},
    {SPACE_CORE, "ttl", TAG_TTL, TEXT_RAW},
    {SPACE_CORE, "updated", TAG_UPDATED, TEXT_RAW},
    {SPACE_CORE, "uri", TAG_URI, TEXT_RAW},
    {SPACE_CORE, "url", TAG_URL, TEXT_RAW},
    {SPACE_CORE, "webmaster", TAG_SKIP, TEXT_NONE},
};

static const struct row modules[] = {
    {SPACE_DC, "author", TAG_DC_CREATOR, TEXT_RAW},
    {SPACE_DC, "creator", TAG_DC_CREATOR, TEXT_RAW},
    {SPACE_DC, "date", TAG_DC_DATE, TEXT_RAW},
    {SPACE_DC, "description", TAG_DC_DESCRIPTION, TEXT_WORDS},
    {SPACE_DC, "identifier", TAG_DC_IDENTIFIER, TEXT_RAW},
    {SPACE_DC, "language", TAG_LANGUAGE, TEXT_RAW},
    {SPACE_DC, "rights", TAG_DC_RIGHTS, TEXT_WORDS},
    {SPACE_DC, "subject", TAG_DC_SUBJECT, TEXT_RAW},
    {SPACE_DC, "title", TAG_DC_TITLE, TEXT_WORDS},
    {SPACE_DCTERMS, "created", TAG_CREATED, TEXT_RAW},
    {SPACE_DCTERMS, "creator", TAG_DC_CREATOR, TEXT_RAW},
    {SPACE_DCTERMS, "date", TAG_DC_DATE, TEXT_RAW},
    {SPACE_DCTERMS, "issued", TAG_ISSUED, TEXT_RAW},
    {SPACE_DCTERMS, "language", TAG_LANGUAGE, TEXT_RAW},
    {SPACE_DCTERMS, "modified", TAG_MODIFIED, TEXT_RAW},
    {SPACE_DCTERMS, "subject", TAG_DC_SUBJECT, TEXT_RAW},
    {SPACE_DCTERMS, "title", TAG_DC_TITLE, TEXT_WORDS},
    {SPACE_CONTENT, "encoded", TAG_CONTENT, TEXT_WORDS},
    {SPACE_MEDIA, "category", TAG_MEDIA_CATEGORY, TEXT_RAW},
    {SPACE_MEDIA, "content", TAG_MEDIA_CONTENT, TEXT_NONE},
    {SPACE_MEDIA, "description", TAG_MEDIA_DESCRIPTION, TEXT_WORDS},
    {SPACE_MEDIA, "group", TAG_NONE, TEXT_NONE},
    {SPACE_MEDIA, "keywords", TAG_KEYWORDS, TEXT_RAW},
    {SPACE_MEDIA, "thumbnail", TAG_MEDIA_THUMBNAIL, TEXT_NONE},
    {SPACE_MEDIA, "title", TAG_MEDIA_TITLE, TEXT_WORDS},
    {SPACE_ITUNES, "author", TAG_DC_CREATOR, TEXT_RAW},
    {SPACE_ITUNES, "category", TAG_ITUNES_CATEGORY, TEXT_NONE},
    {SPACE_ITUNES, "image", TAG_ITUNES_IMAGE, TEXT_NONE},
    {SPACE_ITUNES, "keywords", TAG_KEYWORDS, TEXT_RAW},
    {SPACE_ITUNES, "link", TAG_ITUNES_LINK, TEXT_NONE},
    {SPACE_ITUNES, "owner", TAG_SKIP, TEXT_NONE},
    {SPACE_ITUNES, "subtitle", TAG_ITUNES_SUMMARY, TEXT_WORDS},
    {SPACE_ITUNES, "summary", TAG_ITUNES_SUMMARY, TEXT_WORDS},
    {SPACE_ITUNES, "title", TAG_MEDIA_TITLE, TEXT_WORDS},
    {SPACE_XHTML, "body", TAG_BODY, TEXT_WORDS},
    {SPACE_SY, "updatefrequency", TAG_UPDATE_FREQUENCY, TEXT_RAW},
    {SPACE_SY, "updateperiod", TAG_UPDATE_PERIOD, TEXT_RAW},
    {SPACE_RDF, "rdf", TAG_ROOT_RDF, TEXT_NONE},
    {SPACE_ADMIN, "generatoragent", TAG_GENERATOR_AGENT, TEXT_NONE},
    {SPACE_CC, "license", TAG_LICENSE, TEXT_RAW},
};

static struct feed_name find(const struct row *rows, size_t count, enum feed_space space, const char *lower) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct row *row = &rows[middle];
        int order = space == row->space ? strcmp(lower, row->local) : space < row->space ? -1 : 1;
        if (order == 0) return (struct feed_name){row->tag, row->text};
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return (struct feed_name){TAG_SKIP, TEXT_NONE};
}

struct feed_name feed_tag_of(enum feed_space space, const char *local) {
    char lower[20];
    size_t len = 0;
    for (; local[len] != '\0'; len++) {
        if (len == sizeof lower - 1) return (struct feed_name){TAG_SKIP, TEXT_NONE};
        lower[len] = (char)(local[len] >= 'A' && local[len] <= 'Z' ? local[len] + 32 : local[len]);
    }
    lower[len] = '\0';
    if (space == SPACE_CORE) return find(core, COUNT_OF(core), space, lower);
    return find(modules, COUNT_OF(modules), space, lower);
}
