#include "parse/feed_words.h"

#include "parse/charset.h"
#include "parse/html_text.h"

static bool contains(struct slice s, const char *part) {
    return slice_find_nocase(s, slice_from(part), 0) != SLICE_NOT_FOUND;
}

static enum feed_words by_type(struct slice type) {
    if (slice_is_empty(type)) return WORDS_UNSAID;
    if (slice_equal_nocase(type, SLICE("text"))) return WORDS_PLAIN;
    if (contains(type, "xhtml") || contains(type, "/xml") || contains(type, "+xml")) return WORDS_INLINE;
    if (contains(type, "html")) return WORDS_HTML;
    if (slice_starts_nocase(type, SLICE("text/")) || slice_find_byte(type, '/', 0) == SLICE_NOT_FOUND)
        return WORDS_PLAIN;
    return WORDS_BASE64;
}

enum feed_words feed_words_mode(const struct feed_reader *r, enum feed_tag tag, enum feed_space space,
                                const struct xml_element *element) {
    struct slice type = slice_trim(xml_attribute_of(element, "type"));
    struct slice mode = slice_trim(xml_attribute_of(element, "mode"));
    if (slice_equal_nocase(mode, SLICE("base64"))) return WORDS_BASE64;
    if (slice_equal_nocase(mode, SLICE("escaped"))) return by_type(type);
    if (r->atom && space == SPACE_CORE) return by_type(type);
    return tag == TAG_CONTENT ? WORDS_HTML : WORDS_GUESS;
}

static int sextet(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool is_base64(struct slice s) {
    for (size_t i = 0; i < s.len && s.at[i] != '='; i++)
        if (sextet(s.at[i]) < 0 && !is_blank(s.at[i])) return false;
    return true;
}

/* Decodes in place, blanks passed over. */
static void decode_base64(struct buf *text) {
    unsigned bits = 0, count = 0;
    size_t len = 0;
    for (size_t i = 0; i < text->len && text->at[i] != '='; i++) {
        if (is_blank(text->at[i])) continue;
        bits = (bits << 6 | (unsigned)sextet(text->at[i])) & 0xFFFFFFu;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        text->at[len++] = (char)(bits >> count & 0xFFu);
    }
    buf_cut(text, len);
}

/* What was sent in base64 is text of any encoding. */
static void unpack(struct feed_reader *r, struct feed_capture *c) {
    AUTO(buf_free)
    struct buf scratch = buf_new(LIMIT_DOCUMENT_BYTES * 4);
    struct charset_result result;
    struct fault fault = {0};
    c->words = WORDS_GUESS;
    if (c->inline_markup || !is_base64(buf_slice(&c->text))) return;
    decode_base64(&c->text);
    if (!charset_decode(buf_slice(&c->text), (struct slice){NULL, 0}, CHARSET_TEXT, &scratch, &result, &fault)) {
        r->failed = fault.kind == FAULT_MEMORY;
        buf_clear(&c->text);
        return;
    }
    if (scratch.len == 0) return;
    buf_clear(&c->text);
    buf_add(&c->text, result.text);
}

static bool is_markup(struct feed_reader *r, struct feed_capture *c) {
    if (c->words == WORDS_BASE64) unpack(r, c);
    if (c->inline_markup || c->words == WORDS_HTML) return true;
    if (c->words == WORDS_UNSAID) return html_text_has_elements(buf_slice(&c->text));
    return c->words == WORDS_GUESS && html_text_is_markup(buf_slice(&c->text));
}

struct slice feed_words_line(struct feed_reader *r, struct feed_capture *c) {
    struct slice out = {NULL, 0};
    bool markup = is_markup(r, c);
    bool done = markup ? html_text_line(r->arena, buf_slice(&c->text), &out)
                       : html_text_plain_line(r->arena, buf_slice(&c->text), &out);
    if (!done) r->failed = true;
    return out;
}

struct slice feed_words_blocks(struct feed_reader *r, struct feed_capture *c) {
    struct html_text found = {0};
    if (!is_markup(r, c)) {
        if (!html_text_plain(r->arena, buf_slice(&c->text), &found.text)) r->failed = true;
        return found.text;
    }
    if (!html_text_read(r->arena, buf_slice(&c->text), c->base, &found)) {
        r->failed = true;
        return found.text;
    }
    if (found.cut) r->item.cut = true;
    if (slice_is_absent(r->text_image)) r->text_image = found.image;
    if (r->text_links.count == 0) r->text_links = found.links;
    else
        for (size_t i = 0; i < found.links.count; i++) (void)link_list_add(r->arena, &r->text_links, found.links.at[i]);
    return found.text;
}
