#include "parse/feed.h"

#include "base/limits.h"
#include "base/mem.h"
#include "parse/charset.h"
#include "parse/charset_ebcdic.h"
#include "parse/feed_json.h"
#include "parse/feed_reader.h"
#include "parse/xml_ready.h"

/* The first byte that is no blank and no byte order mark, with zeros (of UTF-16) passed over. */
static char first_of(struct slice body) {
    for (size_t i = 0; i < body.len && i < 4096; i++) {
        unsigned char c = (unsigned char)body.at[i];
        if (c > ' ' && c != 0xEF && c != 0xBB && c != 0xBF && c != 0xFE && c != 0xFF) return (char)c;
    }
    return '\0';
}

bool feed_sniff(struct slice body) {
    char first = first_of(body);
    if (first == '<') return true;
    if (first == '{') return slice_find(slice_part(body, 0, 4096), SLICE("jsonfeed.org"), 0) != SLICE_NOT_FOUND;
    if (charset_is_ebcdic(body)) return true;
    /* Junk before the document: an element of a feed must follow soon. */
    static const char *const roots[] = {"<?xml", "<rss", "<feed", "<rdf:RDF"};
    for (size_t i = 0; i < COUNT_OF(roots); i++)
        if (slice_find(slice_part(body, 0, 4096), slice_from(roots[i]), 0) != SLICE_NOT_FOUND) return true;
    return false;
}

static bool add_problem(struct arena *arena, struct feed *feed, const char *words) {
    return slice_list_add_once(arena, &feed->problems, slice_from(words));
}

/* ---- what else it may be ---- */

static bool is_root_wanted(void *user, struct slice root) {
    (void)user;
    return !slice_equal_nocase(root, SLICE("html")) && !slice_equal_nocase(root, SLICE("opml"));
}

static bool not_a_feed(struct slice root, struct fault *fault) {
    if (slice_equal_nocase(root, SLICE("html")))
        return fault_set(fault, FAULT_INPUT, "this is a web page, not a feed; give the address of its feed");
    if (slice_equal_nocase(root, SLICE("opml")))
        return fault_set(fault, FAULT_INPUT, "this is an OPML list of feeds, not a feed; import it as sources");
    root = slice_part(root, 0, 60);
    return fault_set(fault, FAULT_INPUT, "this is XML, but not a feed: it begins with <%.*s>", SLICE_ARGS(root));
}

/* ---- XML ---- */

static void free_reader(struct feed_reader **reader) {
    if (*reader == NULL) return;
    buf_free(&(*reader)->capture.text);
    mem_free(*reader);
    *reader = NULL;
}

static bool note_mendings(struct arena *arena, struct feed *feed, const struct feed_reader *r, unsigned mending) {
    const char *words;
    bool done = true;
    feed->repaired = mending != 0;
    while ((words = xml_mending_words(&mending)) != NULL) done = add_problem(arena, feed, words) && done;
    if (r->too_many)
        done = add_problem(arena, feed, "there are more entries than are read; the first ones were") && done;
    if (r->bad_dates) done = add_problem(arena, feed, "there are dates that cannot be read") && done;
    if (r->encoded_twice) done = add_problem(arena, feed, "words were encoded twice; they were put right") && done;
    return done;
}

/* Some servers put a feed into the body of a web page. */
static bool find_inside(struct slice text, struct slice *inside) {
    static const char *const starts[] = {"<rss version", "<feed xmlns=", "<feed version"};
    for (size_t i = 0; i < COUNT_OF(starts); i++) {
        size_t at = slice_find(text, slice_from(starts[i]), 0);
        if (at == SLICE_NOT_FOUND) continue;
        *inside = slice_part(text, at, text.len);
        return true;
    }
    return false;
}

static bool parse_xml(struct slice text, const struct feed_hints *hints, struct arena *arena, struct page *out,
                      struct fault *fault) {
    AUTO(free_reader)
    struct feed_reader *r = mem_new(1, sizeof *r);
    struct xml_outcome outcome;
    unsigned mending = 0;
    if (r == NULL) return fault_memory(fault);
    r->arena = arena;
    r->hints = hints;
    struct xml_handler handler = feed_events(r);
    if (!xml_read(text, &handler, is_root_wanted, &outcome, fault)) return false;
    if (!r->known && slice_equal_nocase(outcome.root, SLICE("html")) && find_inside(text, &text)) {
        mending = XML_JUNK_BEFORE;
        if (!xml_read(text, &handler, is_root_wanted, &outcome, fault)) return false;
    }
    if (r->failed || buf_failed(&r->capture.text)) return fault_memory(fault);
    if (!r->known) return not_a_feed(outcome.root, fault);
    /* The document ended within an entry: what was said of it holds. */
    if (r->in_item) (void)feed_item_end(r);
    feed_end(r);
    if (r->failed || !note_mendings(arena, &r->page.feed, r, outcome.mending | mending)) return fault_memory(fault);
    *out = r->page;
    return true;
}

/* ---- either ---- */

static bool fits_type(struct slice content_type) {
    struct slice type = charset_media_type(content_type);
    return slice_is_empty(type) || slice_find_nocase(type, SLICE("xml"), 0) != SLICE_NOT_FOUND ||
           slice_find_nocase(type, SLICE("json"), 0) != SLICE_NOT_FOUND;
}

static bool describe(struct arena *arena, const struct feed_hints *hints, const struct charset_result *charset,
                     struct page *page) {
    struct feed *feed = &page->feed;
    bool done = arena_copy(arena, slice_from(charset->name), &feed->encoding);
    if (charset->problem != NULL) {
        done = add_problem(arena, feed, charset->problem) && done;
        feed->repaired = true;
    }
    if (!fits_type(hints->content_type)) {
        done = add_problem(arena, feed, "the server does not call it a feed (Content-Type)") && done;
        feed->repaired = true;
    }
    feed->kind = SLICE("feed");
    return done;
}

bool feed_parse(struct slice body, const struct feed_hints *hints, struct arena *arena, struct page *out,
                struct fault *fault) {
    AUTO(buf_free)
    struct buf scratch = buf_new(LIMIT_DOCUMENT_BYTES * 4);
    struct charset_result charset;
    struct page page;
    if (body.len > LIMIT_DOCUMENT_BYTES)
        return fault_set(fault, FAULT_LIMIT, "the document is larger than %zu bytes", LIMIT_DOCUMENT_BYTES);
    char first = first_of(body);
    if (first == '\0') return fault_set(fault, FAULT_INPUT, "the document is empty");
    bool json = first == '{' || first == '[';
    if (!charset_decode(body, hints->content_type, json ? CHARSET_TEXT : CHARSET_XML, &scratch, &charset, fault))
        return false;
    bool done = json ? feed_json_parse(charset.text, hints, arena, &page, fault)
                     : parse_xml(charset.text, hints, arena, &page, fault);
    if (!done) return false;
    if (!describe(arena, hints, &charset, &page)) return fault_memory(fault);
    *out = page;
    return true;
}
