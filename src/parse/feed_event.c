#include "parse/feed_reader.h"

#include <string.h>
#include <strings.h>

#include "parse/address.h"
#include "parse/feed_words.h"
#include "parse/mojibake.h"

/* ---- the kind of document, from its root ---- */

static const char *rss_format(struct slice version) {
    static const struct {
        const char *version, *format;
    } known[] = {{"0.90", "rss090"}, {"0.9", "rss090"},  {"0.91", "rss091"}, {"0.92", "rss092"},
                 {"0.93", "rss093"}, {"0.94", "rss094"}, {"1.0", "rss10"}};
    version = slice_trim(version);
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (slice_equal(version, slice_from(known[i].version))) return known[i].format;
    return slice_starts(version, SLICE("2")) ? "rss20" : "rss";
}

static const char *atom_format(const char *space, struct slice version) {
    bool is_10 = space != NULL && strstr(space, "2005/Atom") != NULL;
    if (is_10 || slice_starts(version, SLICE("1."))) return "atom10";
    if (slice_equal(version, SLICE("0.3"))) return "atom03";
    if (slice_equal(version, SLICE("0.2"))) return "atom02";
    if (slice_equal(version, SLICE("0.1"))) return "atom01";
    return space != NULL && strstr(space, "purl.org/atom") != NULL ? "atom03" : "atom";
}

static void name_format(struct feed_reader *r, enum feed_tag tag, const struct xml_element *element) {
    struct slice version = xml_attribute_of(element, "version");
    const char *format = NULL;
    switch (tag) {
        case TAG_ROOT_RSS: format = rss_format(version); break;
        case TAG_ROOT_RDF: format = "rss10"; break;
        case TAG_FEED: format = atom_format(element->space, version); break;
        case TAG_ITEM: format = atom_format(element->space, SLICE("")); break;
        case TAG_CHANNEL: format = "cdf"; break;
        default: return;
    }
    r->known = true;
    r->atom = tag == TAG_FEED || tag == TAG_ITEM;
    r->page.feed.format = slice_from(format);
}

/* RDF's root says nothing of the version, its channel's namespace does. */
static void refine_format(struct feed_reader *r, const struct xml_element *element) {
    if (!slice_equal(r->page.feed.format, SLICE("rss10")) || element->space == NULL) return;
    if (strstr(element->space, "rdf/simple/0.9") != NULL) r->page.feed.format = SLICE("rss090");
    if (strstr(element->space, "rss1.1") != NULL) r->page.feed.format = SLICE("rss11");
}

/* ---- markup inside of words ---- */

static void add_escaped(struct buf *out, struct slice text) {
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *as = text.at[i] == '<' ? "&lt;" : text.at[i] == '&' ? "&amp;" : text.at[i] == '"' ? "&quot;" : NULL;
        if (as == NULL) continue;
        buf_add(out, slice_part(text, run, i));
        buf_add_text(out, as);
        run = i + 1;
    }
    buf_add(out, slice_part(text, run, text.len));
}

/* The first element among words makes all of it markup: what came before is escaped, and so will be what follows. */
static void become_inline(struct feed_reader *r) {
    struct buf *text = &r->capture.text;
    struct slice before;
    r->capture.inline_markup = true;
    if (text->len == 0) return;
    if (!arena_copy(r->arena, buf_slice(text), &before)) {
        r->failed = true;
        return;
    }
    buf_clear(text);
    add_escaped(text, before);
}

static void add_attribute(struct feed_reader *r, const struct xml_element *element, const char *name) {
    struct slice value = xml_attribute_of(element, name), url;
    struct buf *text = &r->capture.text;
    if (slice_is_absent(value)) return;
    bool address = strcmp(name, "href") == 0 || strcmp(name, "src") == 0;
    if (address) {
        if (!address_resolve(r->arena, r->frames[r->depth].base, value, &url)) return;
        value = url;
    }
    buf_printf(text, " %s=\"", name);
    add_escaped(text, value);
    buf_add_char(text, '"');
}

static void inline_open(struct feed_reader *r, const struct xml_element *element) {
    struct buf *text = &r->capture.text;
    if (!r->capture.inline_markup) become_inline(r);
    buf_add_char(text, '<');
    buf_add_text(text, element->local);
    if (slice_equal_nocase(slice_from(element->local), SLICE("a"))) add_attribute(r, element, "href");
    if (slice_equal_nocase(slice_from(element->local), SLICE("img"))) {
        add_attribute(r, element, "src");
        add_attribute(r, element, "width");
        add_attribute(r, element, "height");
    }
    /* An empty <script/> must not swallow what follows, as it would in HTML. */
    buf_add_char(text, '>');
}

/* ---- elements ---- */

static enum feed_space space_of(struct feed_reader *r, const struct xml_element *element) {
    if (element->space == NULL) return feed_space_of(NULL, element->prefix);
    if (element->space != r->cached_uri) {
        r->cached_uri = element->space;
        r->cached_space = feed_space_of(element->space, element->prefix);
    }
    return r->cached_space;
}

static struct feed_frame *push(struct feed_reader *r, const struct xml_element *element) {
    const struct feed_frame *outer = &r->frames[r->depth];
    struct feed_frame *frame = &r->frames[++r->depth];
    *frame = *outer;
    if (element->attribute_count == 0) return frame;
    struct slice base = xml_attribute_prefixed(element, "xml", "base");
    struct slice lang = xml_attribute_prefixed(element, "xml", "lang");
    if (!slice_is_absent(base)) frame->base = address_base(r->arena, outer->base, base);
    if (!slice_is_absent(lang)) frame->lang = feed_keep_lang(r, lang);
    return frame;
}

static int64_t length_of(struct slice text) {
    long long bytes = -1;
    return slice_to_int64(slice_trim(text), &bytes) && bytes >= 0 ? bytes : -1;
}

static void read_attributes(struct feed_reader *r, const struct xml_element *element) {
    struct feed_capture *c = &r->capture;
    c->link = (struct link){.length = -1};
    c->label = (struct tag){0};
    if (c->tag == TAG_LINK) {
        c->link.url = feed_keep(r, xml_attribute_of(element, "href"));
        c->link.rel = feed_keep(r, xml_attribute_of(element, "rel"));
        c->link.type = feed_keep(r, xml_attribute_of(element, "type"));
        c->link.title = feed_keep(r, xml_attribute_of(element, "title"));
        c->link.lang = feed_keep(r, xml_attribute_of(element, "hreflang"));
        c->link.length = length_of(xml_attribute_of(element, "length"));
    } else if (c->tag == TAG_CATEGORY || c->tag == TAG_MEDIA_CATEGORY) {
        struct slice scheme = xml_attribute_of(element, "scheme"), term = xml_attribute_of(element, "term");
        c->label.term = feed_keep(r, slice_is_absent(term) ? xml_attribute_of(element, "value") : term);
        c->label.scheme = feed_keep(r, slice_is_absent(scheme) ? xml_attribute_of(element, "domain") : scheme);
        c->label.label = feed_keep(r, xml_attribute_of(element, "label"));
    } else if (c->tag == TAG_SOURCE) {
        c->source_url = feed_keep(r, xml_attribute_of(element, "url"));
    } else if (c->tag == TAG_GUID) {
        struct slice said = slice_trim(xml_attribute_of(element, "ispermalink"));
        c->permalink = !slice_equal_nocase(said, SLICE("false"));
        c->permalink_said = slice_equal_nocase(said, SLICE("true"));
    }
}

static void begin_capture(struct feed_reader *r, struct feed_name name, enum feed_space space, enum feed_place place,
                          const struct xml_element *element) {
    struct feed_capture *c = &r->capture;
    const struct feed_frame *frame = &r->frames[r->depth];
    c->tag = name.tag;
    c->space = space;
    c->kind = name.text;
    c->place = place;
    c->depth = r->depth;
    c->inline_markup = false;
    c->base = frame->base;
    c->lang = frame->lang;
    c->words = name.text == TEXT_WORDS ? feed_words_mode(r, name.tag, space, element) : WORDS_GUESS;
    buf_clear(&c->text);
    read_attributes(r, element);
}

static void put_enclosure(struct feed_reader *r, const struct xml_element *element, enum feed_place place) {
    struct slice length = xml_attribute_of(element, "length");
    if (slice_is_absent(length)) length = xml_attribute_of(element, "fileSize");
    struct link link = {.url = xml_attribute_of(element, "url"),
                        .rel = SLICE("enclosure"),
                        .type = xml_attribute_of(element, "type"),
                        .length = length_of(length)};
    if (slice_is_absent(link.url)) link.url = xml_attribute_of(element, "href");
    feed_put_link(r, place, link, r->frames[r->depth].base);
}

static void put_media(struct feed_reader *r, const struct xml_element *element, enum feed_place place) {
    struct slice type = xml_attribute_of(element, "type"), medium = xml_attribute_of(element, "medium");
    struct slice url = xml_attribute_of(element, "url");
    if (slice_equal(medium, SLICE("image")) || slice_starts(type, SLICE("image/"))) feed_put_image(r, place, url, 2);
    else if (slice_starts(type, SLICE("audio/")) || slice_starts(type, SLICE("video/")))
        put_enclosure(r, element, place);
}

/* Elements that say everything in their attributes. */
static void put_attributes(struct feed_reader *r, enum feed_tag tag, enum feed_place place,
                           const struct xml_element *element) {
    struct slice href = xml_attribute_of(element, "href");
    switch (tag) {
        case TAG_ENCLOSURE: put_enclosure(r, element, place); break;
        case TAG_MEDIA_CONTENT: put_media(r, element, place); break;
        case TAG_MEDIA_THUMBNAIL: feed_put_image(r, place, xml_attribute_of(element, "url"), 2); break;
        case TAG_ITUNES_IMAGE:
            feed_put_image(r, place, slice_is_absent(href) ? xml_attribute_of(element, "url") : href, 2);
            break;
        case TAG_ITUNES_LINK:
            if (slice_equal(xml_attribute_of(element, "rel"), SLICE("image"))) feed_put_image(r, place, href, 2);
            break;
        case TAG_ITUNES_CATEGORY:
            feed_put_tag(r, place,
                         (struct tag){xml_attribute_of(element, "text"), SLICE("http://www.itunes.com/"), {NULL, 0}});
            break;
        case TAG_GENERATOR_AGENT:
            if (place == PLACE_FEED && slice_is_absent(r->page.feed.generator))
                r->page.feed.generator = feed_keep(r, xml_attribute_prefixed(element, "rdf", "resource"));
            break;
        case TAG_LOGO: feed_put_image(r, place, href, 3); break;
        case TAG_LICENSE:
            feed_put_link(r, place,
                          (struct link){.url = xml_attribute_prefixed(element, "rdf", "resource"),
                                        .rel = SLICE("license"),
                                        .length = -1},
                          r->frames[r->depth].base);
            break;
        default: break;
    }
}

/* CDF keeps addresses and dates in the attributes of its containers. */
static void put_cdf(struct feed_reader *r, enum feed_place place, const struct xml_element *element) {
    struct slice href = xml_attribute_of(element, "href"), lastmod = xml_attribute_of(element, "lastmod");
    if (!slice_is_empty(href))
        feed_put_link(r, place, (struct link){.url = href, .length = -1}, r->frames[r->depth].base);
    if (slice_is_empty(lastmod)) return;
    struct feed_capture c = {.tag = TAG_UPDATED, .place = place, .text = buf_new(LIMIT_URL_BYTES)};
    buf_add(&c.text, lastmod);
    feed_put(r, &c);
    buf_free(&c.text);
}

static enum feed_place place_inside(enum feed_tag tag, enum feed_place outer) {
    switch (tag) {
        case TAG_ITEM: return PLACE_ITEM;
        case TAG_SOURCE: return PLACE_SOURCE;
        case TAG_AUTHOR:
        case TAG_CONTRIBUTOR: return PLACE_PERSON;
        case TAG_IMAGE: return PLACE_IMAGE;
        case TAG_SKIP_HOURS: return PLACE_HOURS;
        case TAG_SKIP_DAYS: return PLACE_DAYS;
        default: return outer;
    }
}

static void open_known(struct feed_reader *r, struct feed_name name, enum feed_space space,
                       const struct xml_element *element) {
    enum feed_place place = r->frames[r->depth - 1].place;
    struct feed_frame *frame = &r->frames[r->depth];
    frame->tag = name.tag;
    frame->place = place_inside(name.tag, place);
    if (name.tag == TAG_ITEM) feed_item_begin(r, element);
    if (name.tag == TAG_AUTHOR || name.tag == TAG_CONTRIBUTOR) r->person = (struct person){0};
    if (name.tag == TAG_CHANNEL) refine_format(r, element);
    bool whole = r->depth == 1 || name.tag == TAG_CHANNEL || name.tag == TAG_FEED;
    if (whole && !slice_is_empty(frame->lang) && feed_outranks(r, PLACE_FEED, FIELD_LANG, 1))
        r->page.feed.lang = frame->lang;
    if (name.tag == TAG_CHANNEL || name.tag == TAG_ITEM) put_cdf(r, frame->place, element);
    if (name.text == TEXT_NONE || name.tag == TAG_LOGO) put_attributes(r, name.tag, place, element);
    if (name.text != TEXT_NONE) begin_capture(r, name, space, place, element);
}

/* Whether an element may stand here as what its name says; else it is passed over with all that is in it. */
static bool belongs(const struct feed_reader *r, enum feed_tag tag) {
    enum feed_place place = r->frames[r->depth - 1].place;
    bool of_person = tag == TAG_NAME || tag == TAG_EMAIL || tag == TAG_URI || tag == TAG_URL;
    switch (place) {
        case PLACE_PERSON: return of_person;
        case PLACE_IMAGE: return tag == TAG_URL;
        case PLACE_HOURS: return tag == TAG_HOUR;
        case PLACE_DAYS: return tag == TAG_DAY;
        case PLACE_SOURCE: return tag != TAG_ITEM && tag != TAG_IMAGE;
        case PLACE_ITEM: return !of_person && tag != TAG_ITEM && tag != TAG_CHANNEL && tag != TAG_FEED;
        case PLACE_FEED: return !of_person;
    }
    return false;
}

static bool on_open(void *user, const struct xml_element *element) {
    struct feed_reader *r = user;
    if (r->skip > 0) {
        r->skip++;
        return true;
    }
    struct feed_capture *c = &r->capture;
    bool container = c->tag == TAG_AUTHOR || c->tag == TAG_SOURCE;
    enum feed_space space = space_of(r, element);
    struct feed_name name = feed_tag_of(space, element->local);
    (void)push(r, element);
    if (r->depth == 1) name_format(r, name.tag, element);
    if (r->depth == 1 && !r->known) return false;
    if (c->tag != TAG_NONE && c->kind == TEXT_WORDS) {
        inline_open(r, element);
        return !r->failed;
    }
    /* A person or source that has elements is no line of text. */
    if (c->tag != TAG_NONE && container) c->tag = TAG_NONE;
    bool wanted = c->tag == TAG_NONE && name.tag != TAG_SKIP && (r->depth == 1 || belongs(r, name.tag));
    if (!wanted) {
        r->depth--;
        r->skip = 1;
        return !r->failed;
    }
    open_known(r, name, space, element);
    return !r->failed;
}

static void inline_close(struct feed_reader *r, const char *local) {
    if (strcasecmp(local, "br") == 0) return; /* HTML would take it for another one */
    buf_add_text(&r->capture.text, "</");
    buf_add_text(&r->capture.text, local);
    buf_add_char(&r->capture.text, '>');
}

static bool on_close(void *user, const char *local) {
    struct feed_reader *r = user;
    if (r->skip > 0) {
        r->skip--;
        return true;
    }
    if (r->depth == 0) return true;
    struct feed_frame *frame = &r->frames[r->depth];
    struct feed_capture *c = &r->capture;
    bool more = true;
    if (c->tag != TAG_NONE && c->depth == r->depth) {
        if (mojibake_undo(&c->text)) r->encoded_twice = true;
        feed_put(r, c);
        c->tag = TAG_NONE;
    } else if (c->tag != TAG_NONE) inline_close(r, local);
    if (c->tag == TAG_NONE && frame->tag == TAG_AUTHOR) feed_put_person(r, r->frames[r->depth - 1].place, r->person);
    if (c->tag == TAG_NONE && frame->tag == TAG_ITEM && frame->place == PLACE_ITEM) more = feed_item_end(r);
    r->depth--;
    return more && !r->failed;
}

static bool on_text(void *user, struct slice text) {
    struct feed_reader *r = user;
    struct feed_capture *c = &r->capture;
    if (c->tag == TAG_NONE || r->skip > 0) return true;
    if (c->inline_markup) add_escaped(&c->text, text);
    else buf_add(&c->text, text);
    return true;
}

static void on_restart(void *user) {
    struct feed_reader *r = user;
    buf_free(&r->capture.text);
    struct feed_reader fresh = {.arena = r->arena, .hints = r->hints, .frequency = 1};
    *r = fresh;
    feed_init(&r->page.feed);
    r->frames[0].base = r->hints->base_url;
    r->capture.text = buf_new(LIMIT_DOCUMENT_BYTES * 4);
}

struct xml_handler feed_events(struct feed_reader *r) {
    on_restart(r);
    return (struct xml_handler){.user = r, .open = on_open, .close = on_close, .text = on_text, .restart = on_restart};
}
