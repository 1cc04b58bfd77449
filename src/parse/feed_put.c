#include "parse/feed_reader.h"

#include <string.h>

#include "base/url.h"
#include "base/when.h"
#include "parse/address.h"
#include "parse/date.h"
#include "parse/feed_words.h"
#include "parse/html_text.h"
#include "parse/person.h"

bool feed_outranks(struct feed_reader *r, enum feed_place place, enum feed_field field, unsigned char rank) {
    unsigned char *held = &r->rank[place == PLACE_ITEM ? 1 : 0][field];
    if (rank <= *held) return false;
    *held = rank;
    return true;
}

struct slice feed_keep(struct feed_reader *r, struct slice text) {
    struct slice kept = {NULL, 0};
    text = slice_trim(text);
    if (text.len > 0 && !arena_copy(r->arena, text, &kept)) r->failed = true;
    return kept;
}

struct slice feed_keep_lang(struct feed_reader *r, struct slice text) {
    struct slice kept = feed_keep(r, text);
    char *at; /* our own copy in the arena */
    memcpy(&at, &kept.at, sizeof at);
    for (size_t i = 0; i < kept.len; i++)
        if (at[i] == '_') at[i] = '-';
    return kept;
}

/* ---- lists ---- */

void feed_put_tag(struct feed_reader *r, enum feed_place place, struct tag tag) {
    struct tag_list *list = place == PLACE_ITEM ? &r->item.tags : &r->page.feed.tags;
    if (place != PLACE_ITEM && place != PLACE_FEED) return;
    struct tag kept = {feed_keep(r, tag.term), feed_keep(r, tag.scheme), feed_keep(r, tag.label)};
    if (slice_is_absent(kept.term)) kept.term = kept.label;
    if (slice_is_absent(kept.term)) return;
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i].term, kept.term) && slice_equal(list->at[i].scheme, kept.scheme)) return;
    (void)tag_list_add(r->arena, list, kept);
}

void feed_put_person(struct feed_reader *r, enum feed_place place, struct person person) {
    struct person_list *list = place == PLACE_ITEM ? &r->item.authors : &r->page.feed.authors;
    if (slice_is_absent(person.name) && slice_is_absent(person.email) && slice_is_absent(person.url)) return;
    if (place == PLACE_SOURCE) {
        r->source_author = person;
        return;
    }
    if (place != PLACE_ITEM && place != PLACE_FEED) return;
    for (size_t i = 0; i < list->count; i++) {
        if (!slice_equal_nocase(list->at[i].name, person.name)) continue;
        if (slice_is_absent(list->at[i].email)) list->at[i].email = person.email;
        return;
    }
    (void)person_list_add(r->arena, list, person);
}

void feed_put_image(struct feed_reader *r, enum feed_place place, struct slice address, unsigned char rank) {
    struct slice url, base = r->frames[r->depth].base;
    if (slice_is_empty(slice_trim(address)) || !address_resolve(r->arena, base, address, &url)) return;
    if (place != PLACE_ITEM && place != PLACE_FEED) return;
    if (!feed_outranks(r, place, FIELD_IMAGE, rank)) return;
    if (place == PLACE_ITEM) r->item.image = url;
    else r->page.feed.image = url;
}

/* ---- links ---- */

static void put_enclosure(struct feed_reader *r, const struct link *link) {
    struct enclosure_list *list = &r->item.enclosures;
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i].url, link->url)) return;
    if (list->count >= LIMIT_ITEM_LIST) return;
    struct enclosure *more = arena_grow(r->arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) {
        r->failed = true;
        return;
    }
    list->at = more;
    list->at[list->count++] = (struct enclosure){.url = link->url, .type = link->type, .length = link->length};
    if (slice_starts_nocase(link->type, SLICE("image/"))) feed_put_image(r, PLACE_ITEM, link->url, 1);
}

static bool is_page(struct slice type) {
    return slice_is_empty(type) || slice_find_nocase(type, SLICE("html"), 0) != SLICE_NOT_FOUND;
}

static struct slice plain_rel(struct slice rel) {
    static const char iana[] = "http://www.iana.org/assignments/relation/";
    if (slice_starts(rel, slice_from(iana))) return slice_part(rel, sizeof iana - 1, rel.len);
    return slice_is_empty(rel) ? SLICE("alternate") : rel;
}

/* Nobody said where the document came from: its own address is the best ground for what is relative, its site's the
 * second best. */
static void settle(struct feed_reader *r, struct slice url, unsigned char rank) {
    if (!slice_is_empty(r->hints->base_url) || rank <= r->ground_rank || !url_is_web(url)) return;
    for (size_t i = 0; i <= r->depth; i++)
        if (slice_equal(r->frames[i].base, r->ground)) r->frames[i].base = url;
    r->ground = url;
    r->ground_rank = rank;
}

static void put_url(struct feed_reader *r, enum feed_place place, struct slice url, unsigned char rank) {
    if (place == PLACE_SOURCE) {
        if (slice_is_absent(r->item.source.url)) r->item.source.url = url;
        return;
    }
    if (!feed_outranks(r, place, FIELD_URL, rank)) return;
    if (place == PLACE_ITEM) {
        r->item.url = url;
        return;
    }
    r->page.feed.url = url;
    settle(r, url, 1);
}

void feed_put_link(struct feed_reader *r, enum feed_place place, struct link link, struct slice base) {
    struct slice url;
    if (place != PLACE_ITEM && place != PLACE_FEED && place != PLACE_SOURCE) return;
    if (slice_is_empty(slice_trim(link.url))) return;
    if (!address_resolve(r->arena, base, link.url, &url)) {
        if (place == PLACE_FEED && slice_is_empty(link.rel)) r->relative_site = feed_keep(r, link.url);
        return;
    }
    struct link kept = {.url = url,
                        .rel = feed_keep(r, plain_rel(link.rel)),
                        .type = feed_keep(r, link.type),
                        .title = feed_keep(r, link.title),
                        .lang = feed_keep(r, link.lang),
                        .length = link.length};
    if (slice_equal(kept.rel, SLICE("alternate"))) put_url(r, place, url, is_page(kept.type) ? 3 : 2);
    if (place == PLACE_SOURCE) return;
    if (place == PLACE_FEED && slice_equal(kept.rel, SLICE("self"))) settle(r, url, 2);
    if (place == PLACE_ITEM && slice_equal(kept.rel, SLICE("enclosure"))) put_enclosure(r, &kept);
    if (place == PLACE_ITEM && slice_equal(kept.rel, SLICE("replies")) && is_page(kept.type) &&
        slice_is_absent(r->item.comments))
        r->item.comments = url;
    struct link_list *list = place == PLACE_ITEM ? &r->item.links : &r->page.feed.links;
    (void)link_list_add(r->arena, list, kept);
}

/* ---- words ---- */

struct words_rule {
    enum feed_tag tag;
    enum feed_field field;
    unsigned char rank;
};

static const struct words_rule words_rules[] = {
    {TAG_TITLE, FIELD_TITLE, 3},
    {TAG_DC_TITLE, FIELD_TITLE, 2},
    {TAG_MEDIA_TITLE, FIELD_TITLE, 1},
    {TAG_DESCRIPTION, FIELD_SUMMARY, 4},
    {TAG_SUMMARY, FIELD_SUMMARY, 4},
    {TAG_SUBTITLE, FIELD_SUMMARY, 3},
    {TAG_DC_DESCRIPTION, FIELD_SUMMARY, 2},
    {TAG_ITUNES_SUMMARY, FIELD_SUMMARY, 1},
    {TAG_MEDIA_DESCRIPTION, FIELD_SUMMARY, 1},
    {TAG_CONTENT, FIELD_TEXT, 3},
    {TAG_BODY, FIELD_TEXT, 2},
    {TAG_RIGHTS, FIELD_RIGHTS, 2},
    {TAG_DC_RIGHTS, FIELD_RIGHTS, 1},
};

static struct slice *words_field(struct feed_reader *r, enum feed_place place, enum feed_field field) {
    bool item = place == PLACE_ITEM;
    switch (field) {
        case FIELD_TITLE: return item ? &r->item.title : &r->page.feed.title;
        case FIELD_SUMMARY: return item ? &r->item.summary : &r->page.feed.description;
        case FIELD_TEXT: return item ? &r->item.text : NULL;
        case FIELD_RIGHTS: return item ? &r->item.rights : &r->page.feed.rights;
        default: return NULL;
    }
}

static const struct words_rule *rule_of(const struct feed_reader *r, const struct feed_capture *c) {
    /* The second of a description and a summary is the entry's text, as long as no other is given. */
    static const struct words_rule second = {TAG_SUMMARY, FIELD_TEXT, 1};
    for (size_t i = 0; i < COUNT_OF(words_rules); i++) {
        const struct words_rule *rule = &words_rules[i];
        if (rule->tag != c->tag) continue;
        bool taken =
            c->place == PLACE_ITEM && rule->field == FIELD_SUMMARY && rule->rank == 4 && r->rank[1][FIELD_SUMMARY] == 4;
        return taken ? &second : rule;
    }
    return NULL;
}

static void put_words(struct feed_reader *r, struct feed_capture *c) {
    const struct words_rule *rule = rule_of(r, c);
    if (c->place == PLACE_SOURCE && c->tag == TAG_TITLE) {
        r->item.source.title = feed_words_line(r, c);
        return;
    }
    if (rule == NULL || (c->place != PLACE_ITEM && c->place != PLACE_FEED)) return;
    struct slice *field = words_field(r, c->place, rule->field);
    if (field == NULL || rule->rank <= r->rank[c->place == PLACE_ITEM ? 1 : 0][rule->field]) return;
    bool line = rule->field == FIELD_TITLE || rule->field == FIELD_RIGHTS || c->place == PLACE_FEED;
    struct slice words = line ? feed_words_line(r, c) : feed_words_blocks(r, c);
    if (slice_is_absent(words)) return;
    (void)feed_outranks(r, c->place, rule->field, rule->rank);
    *field = words;
    if (rule->field == FIELD_TEXT && !slice_equal(c->lang, r->item_lang)) r->item.lang = feed_keep(r, c->lang);
}

/* ---- single values ---- */

static void put_instant(struct feed_reader *r, const struct feed_capture *c, struct slice value) {
    static const struct {
        enum feed_tag tag;
        enum feed_field field;
        unsigned char rank;
    } rules[] = {{TAG_PUBLISHED, FIELD_PUBLISHED, 3}, {TAG_ISSUED, FIELD_PUBLISHED, 2},
                 {TAG_CREATED, FIELD_PUBLISHED, 1},   {TAG_UPDATED, FIELD_UPDATED, 3},
                 {TAG_MODIFIED, FIELD_UPDATED, 2},    {TAG_DC_DATE, FIELD_UPDATED, 1}};
    int64_t instant_s;
    if ((c->place != PLACE_ITEM && c->place != PLACE_FEED) || value.len == 0) return;
    if (!date_parse(value, &instant_s)) {
        r->bad_dates = true;
        return;
    }
    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        if (rules[i].tag != c->tag) continue;
        /* Of two instants of one kind the later one said holds. */
        unsigned char *held = &r->rank[c->place == PLACE_ITEM ? 1 : 0][rules[i].field];
        if (rules[i].rank < *held) continue;
        *held = rules[i].rank;
        bool published = rules[i].field == FIELD_PUBLISHED;
        if (c->place == PLACE_ITEM) *(published ? &r->item.published_s : &r->item.updated_s) = instant_s;
        else *(published ? &r->page.feed.published_s : &r->page.feed.updated_s) = instant_s;
    }
}

/* An Atom id is a URI; one without a scheme but with a path stands for what it resolves to. */
static struct slice id_of(struct feed_reader *r, const struct feed_capture *c, struct slice value) {
    struct slice url;
    if (c->tag == TAG_ID && slice_find_byte(value, ':', 0) == SLICE_NOT_FOUND &&
        slice_find_byte(value, '/', 0) != SLICE_NOT_FOUND && address_resolve(r->arena, c->base, value, &url))
        return url;
    return feed_keep(r, value);
}

static void put_id(struct feed_reader *r, const struct feed_capture *c, struct slice value) {
    unsigned char rank = c->tag == TAG_DC_IDENTIFIER ? 1 : 3;
    if (value.len == 0) return;
    if (c->place == PLACE_SOURCE) {
        r->item.source.id = feed_keep(r, value);
    } else if (c->place == PLACE_ITEM) {
        if (!feed_outranks(r, PLACE_ITEM, FIELD_ID, rank)) return;
        r->item.id = id_of(r, c, value);
        /* An Atom id that is an address is the best there is, where no link is given. */
        r->permalink = c->tag == TAG_ID || (c->tag == TAG_GUID && c->permalink);
        r->item.id_is_link = c->tag == TAG_GUID ? SAID_NO : SAID_NOT;
        /* "42" is said to be an address by nobody but the default; a path, or what the feed itself calls one, is. */
        r->relative = r->permalink && c->tag == TAG_GUID && (c->permalink_said || slice_starts(value, SLICE("/")));
    } else if (c->place == PLACE_FEED && feed_outranks(r, PLACE_FEED, FIELD_ID, rank)) {
        r->page.feed.id = id_of(r, c, value);
    }
}

static void put_person(struct feed_reader *r, const struct feed_capture *c, struct slice value) {
    struct person person = {0};
    if (value.len == 0) return;
    if (!person_read(r->arena, value, &person)) r->failed = true;
    else feed_put_person(r, c->place, person);
}

static void put_category(struct feed_reader *r, const struct feed_capture *c, struct slice value) {
    struct tag tag = c->label;
    struct slice words;
    if (!html_text_line(r->arena, value, &words)) {
        r->failed = true;
        return;
    }
    if (slice_is_empty(tag.term)) tag.term = words;
    feed_put_tag(r, c->place, tag);
}

static void put_keywords(struct feed_reader *r, const struct feed_capture *c, struct slice value) {
    struct slice rest = value;
    struct tag tag = {.scheme = c->space == SPACE_ITUNES ? SLICE("http://www.itunes.com/") : (struct slice){NULL, 0}};
    while (!slice_is_absent(rest)) {
        tag.term = slice_next(&rest, ',');
        feed_put_tag(r, c->place, tag);
    }
}

static void put_source(struct feed_reader *r, struct feed_capture *c) {
    struct slice url, title = feed_words_line(r, c);
    if (c->place != PLACE_ITEM) return;
    if (slice_is_absent(r->item.source.title)) r->item.source.title = title;
    if (slice_is_absent(r->item.source.url) && address_resolve(r->arena, c->base, c->source_url, &url))
        r->item.source.url = url;
}

static void put_address_text(struct feed_reader *r, struct feed_capture *c, struct slice value) {
    struct link link = c->link;
    if (slice_is_empty(link.url)) link.url = value;
    feed_put_link(r, c->place, link, c->base);
}

static void put_comments(struct feed_reader *r, const struct feed_capture *c, struct slice value) {
    struct slice url;
    if (c->place != PLACE_ITEM || !slice_is_absent(r->item.comments)) return;
    if (value.len > 0 && address_resolve(r->arena, c->base, value, &url)) r->item.comments = url;
}

static void put_language(struct feed_reader *r, const struct feed_capture *c, struct slice value) {
    if (value.len == 0 || (c->place != PLACE_ITEM && c->place != PLACE_FEED)) return;
    if (!feed_outranks(r, c->place, FIELD_LANG, 2)) return;
    struct slice kept = feed_keep_lang(r, value);
    if (c->place == PLACE_ITEM) r->item.lang = kept;
    else r->page.feed.lang = kept;
}

static void put_of_person(struct feed_reader *r, const struct feed_capture *c, struct slice value) {
    struct slice line, url;
    if (c->tag == TAG_NAME) {
        if (!html_text_line(r->arena, value, &line)) r->failed = true;
        else if (slice_is_absent(r->person.name)) r->person.name = line;
    } else if (c->tag == TAG_EMAIL) {
        r->person.email = feed_keep(r, value);
    } else if (value.len > 0 && address_resolve(r->arena, c->base, value, &url)) {
        r->person.url = url;
    }
}

static void put_rhythm(struct feed_reader *r, const struct feed_capture *c, struct slice value) {
    static const struct {
        const char *word;
        int64_t seconds;
    } periods[] = {{"hourly", 3600},
                   {"daily", DAY_S},
                   {"weekly", INT64_C(7) * DAY_S},
                   {"monthly", INT64_C(30) * DAY_S},
                   {"yearly", INT64_C(365) * DAY_S}};
    long long number = 0;
    bool is_number = slice_to_int64(value, &number) && number >= 0 && number < 1000000;
    if (c->tag == TAG_UPDATE_PERIOD) {
        for (size_t i = 0; i < COUNT_OF(periods); i++)
            if (slice_equal_nocase(value, slice_from(periods[i].word))) r->period_s = periods[i].seconds;
    } else if (!is_number) return;
    else if (c->tag == TAG_UPDATE_FREQUENCY) r->frequency = number;
    else if (c->tag == TAG_TTL && c->place == PLACE_FEED) r->page.feed.ttl_s = number * 60;
    else if (c->tag == TAG_HOUR && number <= 24) r->page.feed.skip_hours |= UINT32_C(1) << (number % 24);
}

static void put_day(struct feed_reader *r, struct slice value) {
    for (int day = 0; day < 7; day++)
        if (slice_equal_nocase(value, slice_from(when_weekday_name(day))))
            r->page.feed.skip_days |= (uint8_t)(1u << day);
}

void feed_put(struct feed_reader *r, struct feed_capture *c) {
    struct slice value = slice_trim(buf_slice(&c->text));
    switch (c->tag) {
        case TAG_PUBLISHED:
        case TAG_ISSUED:
        case TAG_CREATED:
        case TAG_UPDATED:
        case TAG_MODIFIED:
        case TAG_DC_DATE: put_instant(r, c, value); break;
        case TAG_ID:
        case TAG_GUID:
        case TAG_DC_IDENTIFIER: put_id(r, c, value); break;
        case TAG_AUTHOR:
        case TAG_DC_CREATOR: put_person(r, c, value); break;
        case TAG_NAME:
        case TAG_EMAIL:
        case TAG_URI: put_of_person(r, c, value); break;
        case TAG_URL:
            if (c->place == PLACE_PERSON) put_of_person(r, c, value);
            else if (c->place == PLACE_IMAGE) feed_put_image(r, r->in_item ? PLACE_ITEM : PLACE_FEED, value, 3);
            break;
        case TAG_LOGO: feed_put_image(r, c->place, value, 3); break;
        case TAG_ICON: feed_put_image(r, c->place, value, 1); break;
        case TAG_CATEGORY:
        case TAG_MEDIA_CATEGORY:
        case TAG_DC_SUBJECT: put_category(r, c, value); break;
        case TAG_KEYWORDS: put_keywords(r, c, value); break;
        case TAG_LINK: put_address_text(r, c, value); break;
        case TAG_COMMENTS: put_comments(r, c, value); break;
        case TAG_LICENSE:
            feed_put_link(r, c->place, (struct link){.url = value, .rel = SLICE("license"), .length = -1}, c->base);
            break;
        case TAG_LANGUAGE: put_language(r, c, value); break;
        case TAG_SOURCE: put_source(r, c); break;
        case TAG_GENERATOR:
            if (c->place == PLACE_FEED && value.len > 0) r->page.feed.generator = feed_words_line(r, c);
            break;
        case TAG_TTL:
        case TAG_UPDATE_PERIOD:
        case TAG_UPDATE_FREQUENCY:
        case TAG_HOUR: put_rhythm(r, c, value); break;
        case TAG_DAY: put_day(r, value); break;
        default: put_words(r, c); break;
    }
}
