#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "base/when.h"
#include "parse/address.h"
#include "parse/date.h"
#include "parse/html_text.h"
#include "parse/meta.h"
#include "parse/meta_name.h"

/* ---- comparing words: letters and digits in lower case, all else one blank ---- */

static bool fold(struct arena *arena, struct slice text, struct slice *out) {
    char *to = arena_alloc(arena, text.len + 1, 1);
    size_t len = 0;
    if (to == NULL) return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool word = c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (word) to[len++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        else if (len > 0 && to[len - 1] != ' ') to[len++] = ' ';
    }
    if (len > 0 && to[len - 1] == ' ') len--;
    *out = slice_of(to, len);
    return true;
}

/* ---- title ---- */

struct heading {
    struct slice words, folded;
    uint32_t node;
};

static bool read_heading(const struct page_sheet *sheet, uint32_t node, struct heading *out) {
    AUTO(buf_free)
    struct buf words = buf_new(LIMIT_FIELD_BYTES);
    if (sheet->tree.at[node].end > node + 1) page_write_nodes(sheet, node, sheet->tree.at[node].end - 1, &words);
    out->node = node;
    return arena_copy(sheet->arena, buf_slice(&words), &out->words) && fold(sheet->arena, out->words, &out->folded);
}

/* Offset of a separator between a title and a site's name: " | ", " - ", " – ", " — ", " · ", " » ", " :: ". */
static size_t last_separator(struct slice title, size_t *len) {
    static const char *const marks[] = {" | ",        " - ",        " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                        " \xC2\xB7 ", " \xC2\xBB ", " :: ",           " \xE2\x80\xA2 ",
                                        " / ",        " < "};
    size_t best = SLICE_NOT_FOUND;
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        struct slice mark = slice_from(marks[i]);
        for (size_t at = slice_find(title, mark, 0); at != SLICE_NOT_FOUND; at = slice_find(title, mark, at + 1))
            if (best == SLICE_NOT_FOUND || at > best) {
                best = at;
                *len = mark.len;
            }
    }
    return best;
}

/* Letters and digits alone, to compare "Teacher Tapp" with "teachertapp.co.uk". */
static struct slice squeeze(struct arena *arena, struct slice text) {
    struct slice folded;
    char *to;
    size_t len = 0;
    if (!fold(arena, text, &folded) || (to = arena_alloc(arena, folded.len + 1, 1)) == NULL) return SLICE("");
    for (size_t i = 0; i < folded.len; i++)
        if (folded.at[i] != ' ') to[len++] = folded.at[i];
    return slice_of(to, len);
}

static bool names_site(struct arena *arena, struct slice part, struct slice site, struct slice url) {
    struct slice squeezed = squeeze(arena, part), known = squeeze(arena, site);
    struct slice host = squeeze(arena, url_host(arena, url));
    if (squeezed.len < 2) return false;
    if (known.len >= 2 &&
        (slice_find(known, squeezed, 0) != SLICE_NOT_FOUND || slice_find(squeezed, known, 0) != SLICE_NOT_FOUND))
        return true;
    return squeezed.len >= 3 && slice_find(host, squeezed, 0) != SLICE_NOT_FOUND;
}

/* "Bridgestone Tires" on bridgestonetire.com: one of its words is in the host's name. */
#define HOST_WORD_BYTES 5u

static bool shares_host(struct arena *arena, struct slice part, struct slice url) {
    struct slice rest = {NULL, 0}, host = squeeze(arena, url_host(arena, url));
    if (!fold(arena, part, &rest)) return false;
    while (!slice_is_absent(rest)) {
        struct slice word = slice_next(&rest, ' ');
        if (word.len >= HOST_WORD_BYTES && slice_find(host, word, 0) != SLICE_NOT_FOUND) return true;
    }
    return false;
}

/* Without " | Site" at the end, or "Site | " at the beginning. */
static struct slice without_site(struct arena *arena, struct slice title, struct slice site, struct slice url) {
    for (int rounds = 0; rounds < 3; rounds++) {
        size_t len = 0, at = last_separator(title, &len);
        if (at == SLICE_NOT_FOUND || at == 0) break;
        struct slice before = slice_trim(slice_part(title, 0, at)), after = slice_part(title, at + len, title.len);
        bool site_after =
            names_site(arena, after, site, url) || (after.len < before.len && shares_host(arena, after, url));
        if (site_after && before.len >= 4) title = before;
        else if (before.len < after.len && names_site(arena, before, site, url)) return slice_trim(after);
        else if (rounds == 0 && after.len * 3 < before.len && after.len < 40) title = before;
        else break;
    }
    return title;
}

/* Of what the document's title says, a heading must say so many hundredths to be the page's name. */
#define HEADING_SHARE 18u

/* A heading that only names the site ("Title - Site" says so), or a small part of what the page calls itself, is not
 * the page's name. */
static bool names_page(struct arena *arena, const struct heading *heading, struct slice document, struct slice site) {
    struct slice folded, tail = {NULL, 0}, squeezed = squeeze(arena, heading->words);
    size_t len = 0, at = last_separator(document, &len);
    if (slice_is_empty(document) || !fold(arena, document, &folded)) return true;
    if (heading->folded.len * 100 < folded.len * HEADING_SHARE) return false;
    if (at != SLICE_NOT_FOUND && at > 0) tail = squeeze(arena, slice_part(document, at + len, document.len));
    if (tail.len > 0 && slice_equal(squeezed, tail)) return false;
    return !slice_equal(squeezed, squeeze(arena, site)) || slice_equal(heading->folded, folded);
}

/* The heading that the document's own title repeats, the longest one first among <h1>, then among <h2>; else the only
 * <h1>. */
static bool find_heading(const struct page_sheet *sheet, struct slice title, struct slice og, struct slice site,
                         struct heading *best) {
    struct slice folded[2];
    size_t h1_count = 0;
    struct heading only = {0};
    *best = (struct heading){0};
    if (!fold(sheet->arena, title, &folded[0]) || !fold(sheet->arena, og, &folded[1])) return false;
    for (uint32_t i = 1; i < sheet->tree.count; i++) {
        enum html_name name = (enum html_name)sheet->tree.at[i].name;
        if (name != HTML_E_H1 && (name != HTML_E_H2 || best->node != 0)) continue;
        struct heading heading;
        if (!read_heading(sheet, i, &heading)) return false;
        if (heading.folded.len < 3 || heading.words.len > 300) continue;
        h1_count += name == HTML_E_H1;
        if (!names_page(sheet->arena, &heading, title, site)) continue;
        if (name == HTML_E_H1) only = heading;
        bool repeated = slice_find(folded[0], heading.folded, 0) != SLICE_NOT_FOUND ||
                        slice_find(folded[1], heading.folded, 0) != SLICE_NOT_FOUND;
        bool was_h2 = best->node != 0 && sheet->tree.at[best->node].name == HTML_E_H2 && name == HTML_E_H1;
        if (repeated && (best->node == 0 || was_h2 || heading.folded.len > best->folded.len)) *best = heading;
    }
    if (best->node == 0 && h1_count == 1) *best = only;
    return true;
}

static bool weigh_title(struct page_sheet *sheet, const struct meta_facts *facts, struct article *article) {
    struct arena *arena = sheet->arena;
    struct slice document = {NULL, 0};
    struct heading heading;
    if (!html_text_line(arena, sheet->tree.title, &document)) return false;
    if (!find_heading(sheet, document, facts->og_title.value, article->site, &heading)) return false;
    sheet->title = heading.node;
    if (facts->title.rank == META_CITATION) {
        article->title = facts->title.value;
        article->from.title = SLICE("citation");
    } else if (heading.node != 0) {
        article->title = heading.words;
        article->from.title = SLICE("h1");
    } else if (facts->title.rank != 0) {
        article->title = without_site(arena, facts->title.value, article->site, article->url);
        article->from.title = slice_from(facts->title.from);
    } else if (facts->og_title.rank != 0) {
        article->title = without_site(arena, facts->og_title.value, article->site, article->url);
        article->from.title = slice_from(facts->og_title.from);
    } else if (!slice_is_empty(document)) {
        article->title = without_site(arena, document, article->site, article->url);
        article->from.title = SLICE("title");
    }
    return true;
}

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

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "/2026/03/05/" or "/2026/03/" in an address. */
static int64_t date_in_url(struct slice url) {
    for (size_t i = 0; i + 8 < url.len; i++) {
        const char *c = url.at + i;
        if (c[0] != '/' || !is_digit(c[1]) || !is_digit(c[2]) || !is_digit(c[3]) || !is_digit(c[4])) continue;
        if ((c[5] != '/' && c[5] != '-') || !is_digit(c[6]) || !is_digit(c[7])) continue;
        struct civil civil = {.year = (c[1] - '0') * 1000 + (c[2] - '0') * 100 + (c[3] - '0') * 10 + c[4] - '0',
                              .month = (c[6] - '0') * 10 + c[7] - '0',
                              .day = 1};
        if (i + 10 < url.len && c[8] == c[5] && is_digit(c[9]) && is_digit(c[10]))
            civil.day = (c[9] - '0') * 10 + c[10] - '0';
        else continue;
        if (civil.year >= 1995 && civil.year < 2100 && when_civil_holds(civil)) return when_from_civil(civil);
    }
    return WHEN_ABSENT;
}

/* An address has the day of the writer's clock, which may be another in UTC. */
static bool is_next_day(int64_t a, int64_t b) {
    if (b == WHEN_ABSENT) return false;
    int64_t days = a / DAY_S - b / DAY_S;
    return days == 1 || days == -1;
}

static void weigh_dates(const struct meta_facts *facts, struct article *article) {
    article->published_s = instant(facts->published.value);
    if (article->published_s != WHEN_ABSENT) article->from.published = slice_from(facts->published.from);
    int64_t in_url = date_in_url(article->url), shown = instant(facts->shown.value);
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
    article->modified_s = instant(facts->modified.value);
    if (article->modified_s == WHEN_ABSENT) return;
    article->from.modified = slice_from(facts->modified.from);
    /* The day of the last change is the only one that some pages tell. */
    if (article->published_s != WHEN_ABSENT) return;
    article->published_s = article->modified_s;
    article->from.published = SLICE("modified");
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
    return weigh_title(sheet, facts, article) && weigh_authors(sheet, facts, article);
}
