#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "base/when.h"
#include "parse/address.h"
#include "parse/date.h"
#include "parse/html_text.h"
#include "parse/meta.h"
#include "parse/meta_date.h"
#include "parse/meta_name.h"

/* ---- authors ---- */

static bool add_name(struct arena *arena, struct slice name, struct article *article) {
    name = meta_name(name);
    if (slice_is_empty(name) || article->authors.count >= LIMIT_AUTHORS) return true;
    return slice_list_add_once(arena, &article->authors, name);
}

/* "Lee, Ann", as citation_author has it, turned round. */
static struct slice turned(struct arena *arena, struct slice name) {
    size_t comma = slice_find_byte(name, ',', 0);
    if (comma == SLICE_NOT_FOUND || slice_find_byte(name, ',', comma + 1) != SLICE_NOT_FOUND) return name;
    char *text = arena_printf(arena, "%.*s %.*s", SLICE_ARGS(slice_trim(slice_part(name, comma + 1, name.len))),
                              SLICE_ARGS(slice_part(name, 0, comma)));
    return text == NULL ? name : slice_from(text);
}

/* One string is one name: "Centre for Research and Evaluation" and "Ann Lee, MA" look like two but are not. Only
 * semicolons surely divide. */
static bool add_names(struct arena *arena, struct slice names, enum meta_rank rank, struct article *article) {
    while (!slice_is_absent(names)) {
        struct slice name = slice_trim(slice_next(&names, ';'));
        if (rank == META_CITATION || rank == META_DC) name = turned(arena, name);
        if (!add_name(arena, name, article)) return false;
    }
    return true;
}

static bool names(const struct slice_list *authors, struct slice name) {
    for (size_t i = 0; i < authors->count; i++)
        if (slice_find_nocase(authors->at[i], name, 0) != SLICE_NOT_FOUND) return true;
    return false;
}

static bool weigh_authors(const struct page_sheet *sheet, const struct meta_facts *facts, struct article *article) {
    for (size_t i = 0; i < facts->authors.count; i++)
        if (!add_names(sheet->arena, facts->authors.at[i], (enum meta_rank)facts->authors_rank, article)) return false;
    if (article->authors.count > 0) article->from.authors = slice_from(facts->authors_from);
    /* Tags name who filled in the form, the page names who wrote. */
    if (facts->byline.rank == 0 || facts->authors_rank == META_CITATION ||
        names(&article->authors, facts->byline.value))
        return true;
    article->authors = (struct slice_list){0};
    article->from.authors = SLICE("text");
    return add_name(sheet->arena, facts->byline.value, article);
}

/* ---- dates, addresses, the rest ---- */

/* Before the web there were no pages; a page from the future has no date that holds, which the caller's clock tells. */
#define EARLIEST_S 788918400 /* 1995-01-01 */

/* A reader knows a text by the day that stands on it. Where the writer's time zone makes that another day in UTC, the
 * instant is moved to the edge of the written day. */
static int64_t on_written_day(struct slice text, int64_t when) {
    int64_t day;
    if (text.len < 10 || !when_parse_rfc3339(slice_part(text, 0, 10), &day)) return when;
    if (when < day) return day;
    return when >= day + DAY_S ? day + DAY_S - 1 : when;
}

static int64_t instant(struct slice text) {
    int64_t when;
    if (slice_is_empty(text) || !date_parse(text, &when) || when < EARLIEST_S) return WHEN_ABSENT;
    return on_written_day(text, when);
}

/* An address has the day of the writer's clock, which may be another in UTC. */
static bool is_next_day(int64_t a, int64_t b) {
    if (b == WHEN_ABSENT) return false;
    int64_t days = a / DAY_S - b / DAY_S;
    return days == 1 || days == -1;
}

/* Some programs set the day of the last change once, with the first; another place then knows the later one. */
static void weigh_modified(const struct meta_facts *facts, struct article *article) {
    article->modified_s = instant(facts->modified.value);
    if (article->modified_s == WHEN_ABSENT) return;
    article->from.modified = slice_from(facts->modified.from);
    int64_t day = article->published_s == WHEN_ABSENT ? WHEN_ABSENT : article->published_s / DAY_S;
    const struct meta_voices *voices = &facts->modified.voices;
    for (size_t i = 0; i < voices->count && article->modified_s / DAY_S == day; i++) {
        int64_t other = instant(voices->at[i].value);
        if (other == WHEN_ABSENT || other / DAY_S <= day + 1) continue;
        article->modified_s = other;
        article->from.modified = slice_from(voices->at[i].from);
    }
}

/* The day of the last change is the only one that some pages tell, with or without saying what it is. */
static void weigh_last_change(const struct meta_facts *facts, struct article *article) {
    if (article->modified_s == WHEN_ABSENT) return;
    bool shown_only = facts->published.rank > META_DC && slice_equal(article->from.published, SLICE("text"));
    bool declared = facts->modified.rank != 0 && facts->modified.rank <= META_DC;
    bool same = shown_only && declared && article->published_s / DAY_S == article->modified_s / DAY_S;
    if (article->published_s != WHEN_ABSENT && !same) return;
    if (!same) article->published_s = article->modified_s;
    article->from.published = SLICE("modified");
}

static void weigh_dates(const struct meta_facts *facts, struct article *article) {
    article->published_s = instant(facts->published.value);
    if (article->published_s != WHEN_ABSENT) article->from.published = slice_from(facts->published.from);
    int64_t in_url = meta_date_in_url(article->url), shown = instant(facts->shown.value);
    /* Some programs declare the day of a move or a change; what is shown and earlier is what readers were told. */
    if (shown != WHEN_ABSENT && article->published_s != WHEN_ABSENT && shown / DAY_S < article->published_s / DAY_S) {
        article->published_s = shown;
        article->from.published = slice_from(facts->shown.from);
    }
    if (in_url != WHEN_ABSENT && is_next_day(in_url, article->published_s)) article->published_s = in_url;
    if (article->published_s == WHEN_ABSENT && in_url != WHEN_ABSENT) {
        article->published_s = in_url;
        article->from.published = SLICE("url");
    }
    weigh_modified(facts, article);
    weigh_last_change(facts, article);
}

/* A deep page whose canonical address is the front page, or one on a host of which nothing else knows, has none. */
static void weigh_canonical(const struct page_sheet *sheet, const struct meta_facts *facts, struct article *article) {
    struct arena *arena = sheet->arena;
    struct slice url = {NULL, 0};
    struct url own, said;
    if (facts->canonical.rank == 0 || !address_resolve(arena, article->url, facts->canonical.value, &url)) return;
    if (!url_is_web(url) || !url_parse(arena, url, &said)) return;
    if (!slice_is_absent(article->url) && url_parse(arena, article->url, &own)) {
        if (said.path.len <= 1 && own.path.len > 1) return;
        struct slice a = said.host, b = own.host;
        if (slice_starts(a, SLICE("www."))) a = slice_part(a, 4, a.len);
        if (slice_starts(b, SLICE("www."))) b = slice_part(b, 4, b.len);
        if (!url_host_within(a, b) && !url_host_within(b, a) && facts->canonical.rank != META_OG) return;
    }
    article->canonical_url = url;
    article->from.canonical_url = slice_from(facts->canonical.from);
}

static void take(const struct meta_fact *fact, struct slice *value, struct slice *from) {
    if (fact->rank == 0) return;
    *value = fact->value;
    *from = slice_from(fact->from);
}

bool meta_weigh(struct page_sheet *sheet, const struct meta_facts *facts, struct article *article) {
    take(&facts->site, &article->site, &article->from.site);
    if (slice_is_empty(article->site) && !slice_is_absent(article->url)) {
        article->site = url_host(sheet->arena, article->url);
        if (slice_starts(article->site, SLICE("www."))) article->site = slice_part(article->site, 4, article->site.len);
        if (!slice_is_empty(article->site)) article->from.site = SLICE("url");
    }
    take(&facts->description, &article->description, &article->from.description);
    take(&facts->lang, &article->lang, &article->from.lang);
    if (facts->image.rank != 0 && address_resolve(sheet->arena, article->url, facts->image.value, &article->image) &&
        url_is_web(article->image))
        article->from.image = slice_from(facts->image.from);
    else article->image = (struct slice){NULL, 0};
    weigh_canonical(sheet, facts, article);
    weigh_dates(facts, article);
    if (!meta_weigh_title(sheet, facts, article) || !weigh_authors(sheet, facts, article)) return false;
    meta_surety(sheet, facts, article);
    return true;
}
