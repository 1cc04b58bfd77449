#include "base/url.h"
#include "base/when.h"
#include "parse/address.h"
#include "parse/meta.h"
#include "parse/meta_date.h"
#include "parse/meta_name.h"
#include "parse/surety.h"

struct weighing {
    const struct page_sheet *sheet;
    const struct meta_facts *facts;
    struct article *article;
};

typedef bool agrees(const struct weighing *weighing, struct slice said);

static bool is_from(const struct meta_voice *voice, struct slice from) {
    return slice_equal(slice_from(voice->from), from);
}

/* True when the places of this voice's kind were counted with an earlier one. */
static bool is_counted(const struct meta_voices *voices, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (is_from(&voices->at[i], slice_from(voices->at[at].from))) return true;
    return false;
}

/* A kind of place is one witness, however often it speaks, and where the fact was taken from is none. */
static struct surety_tally hear(const struct weighing *weighing, const struct meta_voices *voices, struct slice own,
                                agrees *agree) {
    struct surety_tally tally = {0};
    for (size_t i = 0; i < voices->count; i++) {
        if (is_from(&voices->at[i], own) || is_counted(voices, i)) continue;
        bool same = false;
        for (size_t k = i; k < voices->count && !same; k++)
            same = is_from(&voices->at[k], slice_from(voices->at[i].from)) && agree(weighing, voices->at[k].value);
        tally.agree += same;
        tally.differ += !same;
    }
    return tally;
}

/* ---- dates ---- */

/* A day earlier or later is the same day on another clock. */
static bool same_day(int64_t a, int64_t b) {
    int64_t days = a / DAY_S - b / DAY_S;
    return days >= -1 && days <= 1;
}

static bool is_day(struct slice said, int64_t when) {
    int64_t day;
    return date_parse(said, &day) && same_day(day, when);
}

static bool says_published(const struct weighing *weighing, struct slice said) {
    return is_day(said, weighing->article->published_s);
}

static bool says_modified(const struct weighing *weighing, struct slice said) {
    return is_day(said, weighing->article->modified_s);
}

/* "2016" and "May 2016" name no day. */
static bool names_day(struct slice said) {
    size_t digits = 0;
    for (size_t i = 0; i < said.len; i++) digits += said.at[i] >= '0' && said.at[i] <= '9';
    return digits > 4 && !(digits == 6 && said.len == 7);
}

static bool day_is_named(const struct meta_voices *voices, struct slice from, int64_t when) {
    bool heard = false;
    for (size_t i = 0; i < voices->count; i++) {
        if (!is_from(&voices->at[i], from) || !is_day(voices->at[i].value, when)) continue;
        if (names_day(voices->at[i].value)) return true;
        heard = true;
    }
    return !heard;
}

#define NO_DAY 0.6 /* of a date's surety, when only its year or month was said */

static const struct surety_tally nobody = {0};

static double date_surety(const struct weighing *weighing, const struct meta_voices *voices, struct slice from,
                          int64_t when, agrees *agree) {
    if (when == WHEN_ABSENT) return 0;
    /* Who repeats the day of the last change does not make it the day of publication. */
    if (slice_equal(from, SLICE("modified"))) return surety_weigh(surety_of_place(SURETY_DATE, from), nobody);
    struct surety_tally tally = hear(weighing, voices, from, agree);
    int64_t in_url = meta_date_in_url(weighing->article->url);
    double alone = surety_of_place(SURETY_DATE, from);
    if (in_url != WHEN_ABSENT && agree == says_published && !slice_equal(from, SLICE("url"))) {
        bool same = same_day(in_url, when);
        tally.agree += same;
        tally.differ += !same;
    }
    return surety_weigh(day_is_named(voices, from, when) ? alone : alone * NO_DAY, tally);
}

/* ---- authors ---- */

/* Whether each word of the name stands there: "Lee, Ann" and "By Ann Lee, editor" name Ann Lee. */
static bool holds_name(struct slice said, struct slice name) {
    while (!slice_is_absent(name)) {
        struct slice word = slice_next(&name, ' ');
        if (word.len > 0 && slice_find_nocase(said, word, 0) == SLICE_NOT_FOUND) return false;
    }
    return true;
}

static bool says_author(const struct weighing *weighing, struct slice said) {
    const struct slice_list *authors = &weighing->article->authors;
    for (size_t i = 0; i < authors->count; i++)
        if (holds_name(said, authors->at[i]) ||
            slice_find_nocase(authors->at[i], meta_name(said), 0) != SLICE_NOT_FOUND)
            return true;
    return false;
}

#define NO_PERSON 0.8 /* of an author's surety, when it does not look like a person's name */
#define HOUSE 0.8     /* and when it is the site's own name */
#define WEAK_SIGN 0.9 /* and when it only stood beside a date, or in a box for authors */

static double author_surety(const struct weighing *weighing) {
    const struct article *article = weighing->article;
    const struct meta_facts *facts = weighing->facts;
    if (article->authors.count == 0) return 0;
    struct slice name = article->authors.at[0], from = article->from.authors;
    double alone = surety_of_place(SURETY_AUTHORS, from);
    if (meta_names_site(weighing->sheet->arena, name, article->site, article->url)) alone *= HOUSE;
    if (weighing->sheet->type != PAGE_FORUM && !meta_name_is_likely(name)) alone *= NO_PERSON;
    if (facts->authors_rank >= META_DC + 3 && facts->byline.rank == 0) alone *= WEAK_SIGN;
    return surety_weigh(alone, hear(weighing, &facts->author_voices, from, says_author));
}

/* ---- the rest ---- */

static bool says_site(const struct weighing *weighing, struct slice said) {
    return slice_equal_nocase(said, weighing->article->site);
}

static double site_surety(const struct weighing *weighing) {
    const struct article *article = weighing->article;
    if (slice_is_absent(article->site)) return 0;
    struct surety_tally tally = hear(weighing, &weighing->facts->site.voices, article->from.site, says_site);
    const struct slice none = {NULL, 0};
    tally.agree += !slice_equal(article->from.site, SLICE("url")) &&
                   meta_names_site(weighing->sheet->arena, article->site, none, article->url);
    tally.agree += slice_ends_nocase(slice_trim(weighing->sheet->tree.title), article->site);
    return surety_weigh(surety_of_place(SURETY_SITE, article->from.site), tally);
}

/* Shortened in one place, whole in the other. */
static bool says_description(const struct weighing *weighing, struct slice said) {
    const struct slice mine = weighing->article->description;
    const struct slice start = slice_part(mine, 0, 40);
    return slice_starts_nocase(said, start) || slice_starts_nocase(mine, slice_part(said, 0, 40));
}

#define DESCRIPTION_BYTES 25u

static double description_surety(const struct weighing *weighing) {
    const struct article *article = weighing->article;
    if (slice_is_absent(article->description)) return 0;
    double alone = surety_of_place(SURETY_DESCRIPTION, article->from.description);
    bool empty =
        article->description.len < DESCRIPTION_BYTES || slice_equal_nocase(article->description, article->title);
    struct surety_tally tally =
        hear(weighing, &weighing->facts->description.voices, article->from.description, says_description);
    return surety_weigh(empty ? alone / 2 : alone, tally);
}

/* "en-GB" and "en_US" are one language. */
static struct slice language_of(struct slice tag) {
    size_t len = 0;
    while (len < tag.len && tag.at[len] != '-' && tag.at[len] != '_') len++;
    return slice_part(tag, 0, len);
}

static bool says_lang(const struct weighing *weighing, struct slice said) {
    return slice_equal_nocase(language_of(said), language_of(weighing->article->lang));
}

static bool says_image(const struct weighing *weighing, struct slice said) {
    struct slice url = {NULL, 0};
    return address_resolve(weighing->sheet->arena, weighing->article->url, said, &url) &&
           slice_equal(url, weighing->article->image);
}

static double image_surety(const struct weighing *weighing) {
    static const char *const stand_ins[] = {"logo", "default", "placeholder", "icon", "avatar"};
    const struct article *article = weighing->article;
    if (slice_is_absent(article->image)) return 0;
    double alone = surety_of_place(SURETY_IMAGE, article->from.image);
    for (size_t i = 0; i < COUNT_OF(stand_ins); i++)
        if (slice_find_nocase(article->image, slice_from(stand_ins[i]), 0) != SLICE_NOT_FOUND) {
            alone /= 2;
            break;
        }
    return surety_weigh(alone, hear(weighing, &weighing->facts->image.voices, article->from.image, says_image));
}

static bool says_canonical(const struct weighing *weighing, struct slice said) {
    struct slice url = {NULL, 0};
    return address_resolve(weighing->sheet->arena, weighing->article->url, said, &url) &&
           slice_equal(url, weighing->article->canonical_url);
}

/* Where the page was asked for is a witness as well. */
static double canonical_surety(const struct weighing *weighing) {
    const struct article *article = weighing->article;
    struct url own, said;
    if (slice_is_absent(article->canonical_url)) return 0;
    struct surety_tally tally =
        hear(weighing, &weighing->facts->canonical.voices, article->from.canonical_url, says_canonical);
    if (url_parse(weighing->sheet->arena, article->url, &own) &&
        url_parse(weighing->sheet->arena, article->canonical_url, &said)) {
        bool same = slice_equal(own.path, said.path);
        tally.agree += same;
        tally.differ += !same;
    }
    return surety_weigh(surety_of_place(SURETY_CANONICAL, article->from.canonical_url), tally);
}

void meta_surety(const struct page_sheet *sheet, const struct meta_facts *facts, struct article *article) {
    const struct weighing weighing = {sheet, facts, article};
    struct article_surety *surety = &article->surety;
    surety->authors = author_surety(&weighing);
    surety->published =
        date_surety(&weighing, &facts->published.voices, article->from.published, article->published_s, says_published);
    surety->modified =
        date_surety(&weighing, &facts->modified.voices, article->from.modified, article->modified_s, says_modified);
    surety->site = site_surety(&weighing);
    surety->description = description_surety(&weighing);
    if (!slice_is_absent(article->lang))
        surety->lang = surety_weigh(surety_of_place(SURETY_LANG, article->from.lang),
                                    hear(&weighing, &facts->lang.voices, article->from.lang, says_lang));
    surety->image = image_surety(&weighing);
    surety->canonical_url = canonical_surety(&weighing);
}
