#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "parse/html_text.h"
#include "parse/meta.h"
#include "parse/surety.h"

/* ---- comparing words: letters and digits in lower case, all else one blank ---- */

/* Bytes of a mark that is no letter, as quotes, dashes and fixed blanks outside ASCII are; 0 = none. */
static size_t mark_at(struct slice text, size_t at) {
    const unsigned char *c = (const unsigned char *)text.at + at;
    if (text.len - at >= 2 && c[0] == 0xC2) return c[1] == 0xAA || c[1] == 0xB5 || c[1] == 0xBA ? 0 : 2;
    return text.len - at >= 3 && c[0] == 0xE2 && (c[1] == 0x80 || c[1] == 0x81) ? 3 : 0;
}

static bool fold(struct arena *arena, struct slice text, struct slice *out) {
    char *to = arena_alloc(arena, text.len + 1, 1);
    size_t len = 0;
    if (to == NULL) return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        size_t mark = mark_at(text, i);
        bool word = mark == 0 && (c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
        if (mark > 1) i += mark - 1;
        if (word) to[len++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        else if (len > 0 && to[len - 1] != ' ') to[len++] = ' ';
    }
    if (len > 0 && to[len - 1] == ' ') len--;
    *out = slice_of(to, len);
    return true;
}

/* No title is longer, and it stands among the first headings. */
#define TITLE_BYTES ((size_t)300)
#define HEADINGS 300u

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

bool meta_names_site(struct arena *arena, struct slice part, struct slice site, struct slice url) {
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

#define INITIALS_LEAST 3u
#define INITIALS_MOST 12u

/* "Occupational Safety and Health Administration" on osha.gov: its great letters are a part of the host's name. */
static bool is_spelt_by_host(struct arena *arena, struct slice part, struct slice url) {
    char initials[INITIALS_MOST];
    size_t len = 0;
    struct slice rest = part, host = url_host(arena, url);
    while (!slice_is_absent(rest)) {
        struct slice word = slice_next(&rest, ' ');
        if (word.len == 0 || word.at[0] < 'A' || word.at[0] > 'Z') continue;
        if (len == INITIALS_MOST) return false;
        initials[len++] = (char)(word.at[0] | 0x20);
    }
    while (len >= INITIALS_LEAST && !slice_is_absent(host))
        if (slice_equal(slice_next(&host, '.'), slice_of(initials, len))) return true;
    return false;
}

/* What stands before the first separator: "Models" of "Models | Documentation | Site". */
static struct slice first_part(struct slice title) {
    size_t len, at;
    while ((at = last_separator(title, &len)) != SLICE_NOT_FOUND && at > 0) title = slice_part(title, 0, at);
    return slice_trim(title);
}

/* Without " | Site" at the end, or "Site | " at the beginning. */
static struct slice without_site(struct arena *arena, struct slice title, struct slice site, struct slice url) {
    for (int rounds = 0; rounds < 3; rounds++) {
        size_t len = 0, at = last_separator(title, &len);
        if (at == SLICE_NOT_FOUND || at == 0) break;
        struct slice before = slice_trim(slice_part(title, 0, at)), after = slice_part(title, at + len, title.len);
        bool site_after = meta_names_site(arena, after, site, url) || is_spelt_by_host(arena, after, url) ||
                          (after.len < before.len && shares_host(arena, after, url));
        if (site_after && before.len >= 4) title = before;
        else if (before.len < after.len && meta_names_site(arena, before, site, url)) return slice_trim(after);
        else if (rounds == 0 && after.len * 3 < before.len && after.len < 40) title = before;
        else break;
    }
    return title;
}

/* Of what the document's title says, a heading must say so many hundredths to be the page's name. */
#define HEADING_SHARE 18u

/* What the page calls itself, ready to be compared with its headings. */
struct own_name {
    struct slice title, og, first, tail, site; /* folded; the last two squeezed */
};

static bool read_own_name(struct arena *arena, struct slice title, struct slice og, struct slice site,
                          struct own_name *out) {
    size_t len = 0, at = last_separator(title, &len);
    *out = (struct own_name){.site = squeeze(arena, site)};
    if (at != SLICE_NOT_FOUND && at > 0) out->tail = squeeze(arena, slice_part(title, at + len, title.len));
    if (at != SLICE_NOT_FOUND && at > 0 && !fold(arena, first_part(title), &out->first)) return false;
    return fold(arena, title, &out->title) && fold(arena, og, &out->og);
}

/* A heading that only names the site ("Title - Site" says so), or a small part of what the page calls itself, is not
 * the page's name. */
static bool names_page(struct arena *arena, const struct heading *heading, const struct own_name *own) {
    if (own->title.len == 0) return true;
    bool first = !slice_is_empty(own->first) && slice_equal(heading->folded, own->first);
    if (!first && heading->folded.len * 100 < own->title.len * HEADING_SHARE) return false;
    struct slice squeezed = squeeze(arena, heading->words);
    if (own->tail.len > 0 && slice_equal(squeezed, own->tail)) return false;
    return !slice_equal(squeezed, own->site) || slice_equal(heading->folded, own->title);
}

static bool is_repeated(const struct heading *heading, const struct own_name *own) {
    return slice_find(own->title, heading->folded, 0) != SLICE_NOT_FOUND ||
           slice_find(own->og, heading->folded, 0) != SLICE_NOT_FOUND;
}

/* The heading that the document's own title repeats, the longest one first among <h1>, then among <h2>; else the only
 * <h1>. */
static bool find_heading(const struct page_sheet *sheet, const struct own_name *own, struct heading *best) {
    size_t h1_count = 0, looked_at = 0;
    struct heading only = {0};
    *best = (struct heading){0};
    for (uint32_t i = 1; i < sheet->tree.count && looked_at < HEADINGS; i++) {
        enum html_name name = (enum html_name)sheet->tree.at[i].name;
        if (name != HTML_E_H1 && (name != HTML_E_H2 || best->node != 0)) continue;
        struct heading heading;
        looked_at++;
        if (!read_heading(sheet, i, &heading)) return false;
        if (heading.folded.len < 3 || heading.words.len > TITLE_BYTES) continue;
        h1_count += name == HTML_E_H1;
        if (!names_page(sheet->arena, &heading, own)) continue;
        if (name == HTML_E_H1) only = heading;
        bool was_h2 = best->node != 0 && sheet->tree.at[best->node].name == HTML_E_H2 && name == HTML_E_H1;
        if (is_repeated(&heading, own) && (best->node == 0 || was_h2 || heading.folded.len > best->folded.len))
            *best = heading;
    }
    if (best->node == 0 && h1_count == 1) *best = only;
    return true;
}

static struct slice cut(struct slice title) {
    return utf8_cut(title, 4 * TITLE_BYTES);
}

static void set_title(struct slice title, struct slice from, struct article *article) {
    article->title = title;
    article->from.title = from;
}

/* Documentation ends its headings with a mark that leads to them. */
static struct slice without_anchor(struct slice heading) {
    const struct slice mark = SLICE("\xC2\xB6");
    return slice_ends(heading, mark) ? slice_trim(slice_part(heading, 0, heading.len - mark.len)) : heading;
}

/* ---- how sure it is ---- */

enum says { SAYS_NOTHING, SAYS_SAME, SAYS_OTHER };

/* With or without the site's name; a longer or a shorter name of the page is neither for nor against. */
static enum says hear(struct arena *arena, const struct article *article, struct slice said) {
    struct slice mine, whole, bare;
    if (slice_is_empty(said) || !fold(arena, article->title, &mine) || !fold(arena, said, &whole) ||
        !fold(arena, without_site(arena, said, article->site, article->url), &bare))
        return SAYS_NOTHING;
    if (slice_equal(mine, whole) || slice_equal(mine, bare)) return SAYS_SAME;
    bool part = slice_find(whole, mine, 0) != SLICE_NOT_FOUND || slice_find(mine, bare, 0) != SLICE_NOT_FOUND;
    return part ? SAYS_NOTHING : SAYS_OTHER;
}

/* The titles in a page's head are often one text in several places: together they contradict once. */
static void hear_group(struct arena *arena, const struct article *article, const struct meta_voices *voices,
                       struct surety_tally *tally) {
    struct surety_tally group = {0};
    for (size_t i = 0; i < voices->count; i++) {
        if (slice_equal(slice_from(voices->at[i].from), article->from.title)) continue;
        enum says says = hear(arena, article, cut(voices->at[i].value));
        group.agree += says == SAYS_SAME;
        group.differ += says == SAYS_OTHER;
    }
    tally->agree += group.agree;
    tally->differ += group.agree == 0 && group.differ > 0;
}

static double title_surety(struct arena *arena, const struct meta_facts *facts, struct slice document,
                           struct slice heading, const struct article *article) {
    struct surety_tally tally = {0};
    struct meta_voices head = facts->og_title.voices, shown = {0};
    if (slice_is_absent(article->title)) return 0;
    if (!slice_is_empty(document)) meta_hear(&head, document, "title");
    if (!slice_is_empty(heading)) meta_hear(&shown, heading, "h1");
    hear_group(arena, article, &facts->title.voices, &tally);
    hear_group(arena, article, &head, &tally);
    hear_group(arena, article, &shown, &tally);
    return surety_weigh(surety_of_place(SURETY_TITLE, article->from.title), tally);
}

bool meta_weigh_title(struct page_sheet *sheet, const struct meta_facts *facts, struct article *article) {
    struct arena *arena = sheet->arena;
    struct slice document = {NULL, 0}, site = article->site, url = article->url;
    struct heading heading;
    struct own_name own;
    if (!html_text_line(arena, sheet->tree.title, &document)) return false;
    document = cut(document);
    if (!read_own_name(arena, document, cut(facts->og_title.value), site, &own) || !find_heading(sheet, &own, &heading))
        return false;
    sheet->title = heading.node;
    if (facts->title.rank == META_CITATION) set_title(facts->title.value, SLICE("citation"), article);
    else if (heading.node != 0) set_title(without_anchor(heading.words), SLICE("h1"), article);
    else if (facts->title.rank != 0)
        set_title(without_site(arena, facts->title.value, site, url), slice_from(facts->title.from), article);
    else if (facts->og_title.rank != 0)
        set_title(without_site(arena, facts->og_title.value, site, url), slice_from(facts->og_title.from), article);
    else if (!slice_is_empty(document)) set_title(without_site(arena, document, site, url), SLICE("title"), article);
    article->surety.title = title_surety(arena, facts, document, heading.words, article);
    return true;
}
