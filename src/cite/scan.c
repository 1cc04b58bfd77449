#include "cite/scan.h"

#include <string.h>

#include "base/doi.h"
#include "base/limits.h"
#include "base/run.h"
#include "base/url.h"
#include "cite/citation.h"
#include "cite/identifier.h"
#include "cite/notice.h"

/* The words around a reference. */
#define AROUND_BYTES ((size_t)110)

struct scanning {
    struct arena *arena;
    const struct cite_input *input;
    struct reference_list *list;
    struct slice own_host; /* of input->own_url, lower case; absent = none */
    size_t cursor;         /* of the text: where the last link's words ended */
    size_t misses;         /* links whose words were not found */
    bool failed;           /* out of memory */
};

/* ---- the list ---- */

static bool same(const struct reference *a, const struct reference *b) {
    if (a->kind != b->kind) return false;
    return slice_equal(a->kind == REFERENCE_HOST ? a->url : a->id, b->kind == REFERENCE_HOST ? b->url : b->id);
}

static void add(struct scanning *s, struct reference reference) {
    /* The list itself takes LIMIT_ITEM_LIST; a text with more than either is cut, it is no failure. */
    if (s->list->count >= LIMIT_REFERENCES || s->list->count >= LIMIT_ITEM_LIST) return;
    for (size_t i = 0; i < s->list->count; i++)
        if (same(&s->list->at[i], &reference)) {
            s->list->at[i].retraction = s->list->at[i].retraction || reference.retraction;
            return;
        }
    if (!reference_list_add(s->arena, s->list, reference)) s->failed = true;
}

/* ---- the words around ---- */

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

/* From the line's start, or a word near AROUND_BYTES before, to the line's end or a word as far behind. */
static struct slice around(struct slice text, size_t start, size_t end) {
    size_t from = start, to = end;
    while (from > 0 && start - from < AROUND_BYTES && text.at[from - 1] != '\n') from--;
    if (from > 0 && text.at[from - 1] != '\n')
        while (from < start && !is_blank(text.at[from])) from++;
    while (to < text.len && to - end < AROUND_BYTES && text.at[to] != '\n') to++;
    if (to < text.len && text.at[to] != '\n')
        while (to > end && !is_blank(text.at[to - 1])) to--;
    return slice_trim(slice_part(text, from, to));
}

/* What is said of a reference: the words around it, and whether they tell of a retraction. */
struct said {
    struct slice words;
    bool retraction;
};

static struct said said_around(struct slice text, size_t start, size_t end) {
    return (struct said){around(text, start, end), notice_by(text, start, end)};
}

static void found(struct scanning *s, enum reference_kind kind, struct slice id, struct said said) {
    struct reference reference = {.kind = kind, .id = id, .retraction = said.retraction};
    if (!identifier_url(s->arena, kind, id, &reference.url) || !arena_copy(s->arena, said.words, &reference.text))
        s->failed = true;
    else add(s, reference);
}

static void found_doi(struct scanning *s, struct slice written, struct said said) {
    struct slice plain, doi, arxiv;
    if (!url_decode(s->arena, written, &plain) || !doi_normal(s->arena, plain, &doi)) s->failed = true;
    else if (identifier_of_doi(doi, &arxiv)) found(s, REFERENCE_ARXIV, arxiv, said);
    else found(s, REFERENCE_DOI, doi, said);
}

/* ---- in words ---- */

/* "kirschner 2006". */
static void found_citation(struct scanning *s, const struct citation *citation, struct slice text) {
    char *id = arena_printf(s->arena, "%.*s %.*s", SLICE_ARGS(citation->first), SLICE_ARGS(citation->year));
    if (id == NULL) {
        s->failed = true;
        return;
    }
    for (char *c = id; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
    struct reference reference = {.kind = REFERENCE_CITATION,
                                  .id = slice_from(id),
                                  .retraction = notice_by(text, citation->start, citation->end)};
    /* The citation itself is what it says; the words around it only tell of a retraction. */
    if (!arena_copy(s->arena, slice_part(text, citation->start, citation->end), &reference.text)) s->failed = true;
    else add(s, reference);
}

/* Inside a word that is an address, digits and names are parts of it. */
static bool in_address(struct slice text, size_t at) {
    size_t start = at, least = at > 300 ? at - 300 : 0;
    while (start > least && !is_blank(text.at[start - 1]) && strchr("<>\"", text.at[start - 1]) == NULL) start--;
    return slice_find(slice_part(text, start, at), SLICE("://"), 0) != SLICE_NOT_FOUND;
}

static size_t look_at(struct scanning *s, struct slice text, size_t at) {
    struct identifier identifier;
    struct citation citation;
    size_t end;
    switch (text.at[at]) {
        case '1':
            if (doi_at(text, at, in_address(text, at) ? DOI_IN_ADDRESS : DOI_IN_WORDS, &end)) {
                found_doi(s, slice_part(text, at, end), said_around(text, at, end));
                return end;
            }
            break;
        case 'a':
        case 'A':
        case 'E':
        case 'P':
        case 'p':
        case 'I':
        case 'i':
            if (!identifier_at(s->arena, text, at, &identifier, &s->failed)) return at + 1;
            found(s, identifier.kind, identifier.id, said_around(text, at, identifier.end));
            return identifier.end;
        case '2': break;
        default: return at + 1;
    }
    if (!citation_at(text, at, &citation) || in_address(text, at)) return at + 1;
    found_citation(s, &citation, text);
    return citation.end;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* The second letter of what begins so: "10.", a year, arXiv, PMID, ISBN, EJ and ED. */
static bool goes_on_so(struct slice text, size_t at) {
    char next = at + 1 < text.len ? text.at[at + 1] : ' ';
    switch (text.at[at] | 0x20) {
        case 'a': return (next | 0x20) == 'r';
        case 'e': return next == 'J' || next == 'D';
        case 'p': return (next | 0x20) == 'm';
        case 'i': return (next | 0x20) == 's';
        default: return is_digit(next);
    }
}

/* What a byte may begin, and what may not begin behind it: a number goes on with no number, a word with neither. */
#define FIRST_DIGIT 1u
#define FIRST_LETTER 2u
#define BARS 4u
#define DIGIT ((FIRST_DIGIT | FIRST_LETTER) * BARS)
#define LETTER (FIRST_LETTER * BARS)
#define DIGIT_1 (DIGIT | FIRST_DIGIT)
#define LETTER_1 (LETTER | FIRST_LETTER)
static const unsigned char kinds[256] = {
    ['0'] = DIGIT,    ['1'] = DIGIT_1,  ['2'] = DIGIT_1,  ['3'] = DIGIT,    ['4'] = DIGIT,    ['5'] = DIGIT,
    ['6'] = DIGIT,    ['7'] = DIGIT,    ['8'] = DIGIT,    ['9'] = DIGIT,    ['A'] = LETTER_1, ['B'] = LETTER,
    ['C'] = LETTER,   ['D'] = LETTER,   ['E'] = LETTER_1, ['F'] = LETTER,   ['G'] = LETTER,   ['H'] = LETTER,
    ['I'] = LETTER_1, ['J'] = LETTER,   ['K'] = LETTER,   ['L'] = LETTER,   ['M'] = LETTER,   ['N'] = LETTER,
    ['O'] = LETTER,   ['P'] = LETTER_1, ['Q'] = LETTER,   ['R'] = LETTER,   ['S'] = LETTER,   ['T'] = LETTER,
    ['U'] = LETTER,   ['V'] = LETTER,   ['W'] = LETTER,   ['X'] = LETTER,   ['Y'] = LETTER,   ['Z'] = LETTER,
    ['a'] = LETTER_1, ['b'] = LETTER,   ['c'] = LETTER,   ['d'] = LETTER,   ['e'] = LETTER,   ['f'] = LETTER,
    ['g'] = LETTER,   ['h'] = LETTER,   ['i'] = LETTER_1, ['j'] = LETTER,   ['k'] = LETTER,   ['l'] = LETTER,
    ['m'] = LETTER,   ['n'] = LETTER,   ['o'] = LETTER,   ['p'] = LETTER_1, ['q'] = LETTER,   ['r'] = LETTER,
    ['s'] = LETTER,   ['t'] = LETTER,   ['u'] = LETTER,   ['v'] = LETTER,   ['w'] = LETTER,   ['x'] = LETTER,
    ['y'] = LETTER,   ['z'] = LETTER};

static run_block digits(run_block block) {
    return run_is_below(block - run_each('0'), 10);
}

static run_block letters(run_block block) {
    return run_is_below((block | run_each(0x20)) - run_each('a'), 26);
}

/* Where in the sixteen bytes at `at`, which is not the text's first, something may begin: the tests of may_begin. */
static run_block beginnings(struct slice text, size_t at) {
    run_block before = run_load(text.at + at - 1), block = run_load(text.at + at), next = run_load(text.at + at + 1);
    run_block word = block | run_each(0x20), second = next | run_each(0x20);
    run_block number = (run_is(block, '1') | run_is(block, '2')) & digits(next);
    run_block name = (run_is(block, 'E') & (run_is(next, 'J') | run_is(next, 'D'))) |
                     (run_is(word, 'a') & run_is(second, 'r')) | (run_is(word, 'p') & run_is(second, 'm')) |
                     (run_is(word, 'i') & run_is(second, 's'));
    run_block in_number = digits(before);
    return (number & ~in_number) | (name & ~(in_number | letters(before)));
}

static bool may_begin(struct slice text, size_t at) {
    unsigned before = at == 0 ? 0 : kinds[(unsigned char)text.at[at - 1]];
    unsigned kind = kinds[(unsigned char)text.at[at]];
    return (kind & ~(before / BARS) & (FIRST_DIGIT | FIRST_LETTER)) != 0 && goes_on_so(text, at);
}

/* All that look_at finds begins with one of these: the rest of a text is passed over quickly. */
static size_t next_place(struct slice text, size_t at) {
    if (at == 0 && text.len > 0 && !may_begin(text, 0)) at = 1;
    /* One more byte than a block, which tells what follows. */
    while (at > 0 && at < text.len && text.len - at > RUN_BLOCK_BYTES) {
        unsigned run = run_first(beginnings(text, at));
        at += run;
        if (run < RUN_BLOCK_BYTES) return at;
    }
    while (at < text.len && !may_begin(text, at)) at++;
    return at;
}

static void scan_text(struct scanning *s, struct slice text) {
    size_t at = next_place(text, 0);
    while (at < text.len && !s->failed && s->list->count < LIMIT_REFERENCES)
        at = next_place(text, look_at(s, text, at));
}

/* ---- in links ---- */

/* The longest line of the table that the address fits. */
static struct slice class_of(struct arena *arena, const struct cite_hosts *hosts, struct slice address) {
    struct url url;
    struct slice best = {NULL, 0};
    size_t longest = 0;
    if (hosts == NULL || !url_is_web(address) || !url_parse(arena, address, &url)) return best;
    for (size_t i = 0; i < hosts->count; i++) {
        struct slice line = hosts->at[i].host;
        size_t slash = slice_find_byte(line, '/', 0);
        struct slice domain = slash == SLICE_NOT_FOUND ? line : slice_part(line, 0, slash);
        struct slice path = slash == SLICE_NOT_FOUND ? SLICE("") : slice_part(line, slash, line.len);
        if (line.len <= longest || !url_host_within(url.host, domain)) continue;
        if (path.len > 0 && !slice_starts_nocase(url.path, path)) continue;
        longest = line.len;
        best = hosts->at[i].host_class;
    }
    return best;
}

struct slice cite_host_class(struct arena *arena, const struct cite_hosts *hosts, struct slice url) {
    return class_of(arena, hosts, url);
}

static bool is_own(struct scanning *s, struct slice url) {
    struct slice own = s->own_host, host = url_host(s->arena, url);
    return own.len > 0 && (slice_equal(own, host) || url_host_within(own, host) || url_host_within(host, own));
}

/* A link whose words are fewer says nothing by them. */
#define WORDS_LEAST 4u
/* Links whose words are not in the text (a picture's, a list's) before they are looked for no more. */
#define MISSES_MOST 50u
/* Places where they are only a part of other words. */
#define TRIES_MOST 200u

static size_t count_words(struct slice text) {
    size_t words = 0;
    for (size_t i = 0; i < text.len; i++) words += !is_blank(text.at[i]) && (i == 0 || is_blank(text.at[i - 1]));
    return words;
}

static bool is_word_part(struct slice text, size_t at) {
    return at < text.len && (is_letter(text.at[at]) || is_digit(text.at[at]));
}

/* Where a link's words stand: links come in the text's order, so that "here" is the next one. */
static bool find_words(struct scanning *s, struct slice words, size_t *start) {
    struct slice text = s->input->text;
    if (slice_is_empty(words) || s->misses >= MISSES_MOST) return false;
    size_t at = slice_find(text, words, s->cursor);
    for (unsigned tries = 0; at != SLICE_NOT_FOUND && tries < TRIES_MOST;
         tries++, at = slice_find(text, words, at + 1)) {
        if ((at > 0 && is_word_part(text, at - 1)) || is_word_part(text, at + words.len)) continue;
        s->cursor = at + words.len;
        *start = at;
        return true;
    }
    s->misses++;
    return false;
}

/* Where a link's words stand in the text. */
struct place {
    struct slice words;
    size_t at; /* SLICE_NOT_FOUND = nowhere */
};

static struct place place_of(struct scanning *s, const struct link *link, struct slice url) {
    struct place place = {slice_is_empty(link->title) ? url : link->title, SLICE_NOT_FOUND};
    if (!find_words(s, place.words, &place.at)) place.at = SLICE_NOT_FOUND;
    return place;
}

static struct said said_by_link(const struct scanning *s, const struct link *link, const struct place *place) {
    bool bare = slice_is_empty(link->title);
    if (place->at == SLICE_NOT_FOUND)
        return bare ? (struct said){SLICE(""), false} : (struct said){place->words, notice_in(place->words)};
    struct said said = said_around(s->input->text, place->at, place->at + place->words.len);
    if (!bare && count_words(place->words) >= WORDS_LEAST) said.words = place->words;
    return said;
}

static void found_host(struct scanning *s, const struct link *link, const struct place *place, struct slice url) {
    struct reference reference = {.kind = REFERENCE_HOST, .id = class_of(s->arena, s->input->hosts, url)};
    if (slice_is_absent(reference.id)) return;
    struct said said = said_by_link(s, link, place);
    reference.retraction = said.retraction;
    if (!arena_copy(s->arena, url, &reference.url) || !arena_copy(s->arena, said.words, &reference.text) ||
        !arena_copy(s->arena, reference.id, &reference.id))
        s->failed = true;
    else add(s, reference);
}

/* Most links name no source: what is said of one is looked at last. */
static void scan_link(struct scanning *s, const struct link *link) {
    struct slice url = slice_is_empty(link->expanded) ? link->url : link->expanded, doi;
    struct identifier identifier;
    if (slice_is_empty(url) || !url_is_web(url)) return;
    const struct place place = place_of(s, link, url);
    if (is_own(s, url)) return;
    if (!doi_in_address(s->arena, url, &doi)) s->failed = true;
    else if (!slice_is_absent(doi)) found_doi(s, doi, said_by_link(s, link, &place));
    else if (identifier_of_address(s->arena, url, &identifier, &s->failed))
        found(s, identifier.kind, identifier.id, said_by_link(s, link, &place));
    else if (!s->failed) found_host(s, link, &place, url);
}

/* ---- addresses in words ---- */

#define ADDRESS_BYTES ((size_t)2000)

static size_t address_end(struct slice text, size_t at) {
    size_t end = at;
    while (end < text.len && end - at < ADDRESS_BYTES && (unsigned char)text.at[end] > ' ' &&
           strchr("<>\"|", text.at[end]) == NULL)
        end++;
    bool opened = slice_find_byte(slice_part(text, at, end), '(', 0) != SLICE_NOT_FOUND;
    while (end > at && (strchr(".,;:!?'*]}", text.at[end - 1]) != NULL || (!opened && text.at[end - 1] == ')'))) end--;
    return end;
}

/* A report's references are printed, not linked. */
static void scan_addresses(struct scanning *s, struct slice text) {
    s->cursor = 0;
    for (size_t at = slice_find(text, SLICE("http"), 0); at != SLICE_NOT_FOUND && !s->failed;
         at = slice_find(text, SLICE("http"), at + 4)) {
        struct slice rest = slice_part(text, at, at + 8);
        if (!slice_starts(rest, SLICE("https://")) && !slice_starts(rest, SLICE("http://"))) continue;
        if (s->list->count >= LIMIT_REFERENCES) return;
        const struct link link = {.url = slice_part(text, at, address_end(text, at))};
        scan_link(s, &link);
    }
}

static bool has_address(struct slice text) {
    size_t at = slice_find_byte(text, ':', 0);
    while (at != SLICE_NOT_FOUND && !slice_starts(slice_part(text, at, at + 3), SLICE("://")))
        at = slice_find_byte(text, ':', at + 1);
    return at != SLICE_NOT_FOUND;
}

bool cite_scan(struct arena *arena, const struct cite_input *input, struct reference_list *list, struct fault *fault) {
    struct scanning s = {.arena = arena, .input = input, .list = list};
    bool links = input->links != NULL && input->links->count > 0;
    bool printed = has_address(input->text);
    if ((links || printed) && !slice_is_empty(input->own_url)) s.own_host = url_host(arena, input->own_url);
    /* Links first: what can be opened says more than its number in the words. */
    for (size_t i = 0; input->links != NULL && i < input->links->count && !s.failed; i++)
        scan_link(&s, &input->links->at[i]);
    if (printed) scan_addresses(&s, input->text);
    scan_text(&s, input->text);
    return !s.failed || fault_memory(fault);
}

bool cite_article(struct arena *arena, const struct cite_hosts *hosts, struct article *article, struct fault *fault) {
    struct cite_input input = {.text = article->text,
                               .links = &article->links,
                               .own_url = article->url,
                               .hosts = hosts};
    return cite_scan(arena, &input, &article->references, fault);
}

bool cite_doi(struct arena *arena, struct slice text, struct slice *out) {
    struct slice plain;
    enum doi_place place = url_is_web(text) ? DOI_IN_ADDRESS : DOI_IN_WORDS;
    if (!url_decode(arena, text, &plain)) return false;
    for (size_t at = slice_find(plain, SLICE("10."), 0); at != SLICE_NOT_FOUND;
         at = slice_find(plain, SLICE("10."), at + 1)) {
        size_t end;
        if (doi_at(plain, at, place, &end)) return doi_normal(arena, slice_part(plain, at, end), out);
    }
    return false;
}
