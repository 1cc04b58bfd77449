#include "parse/xml_ready.h"

#include <string.h>

#include "base/limits.h"
#include "base/run.h"
#include "base/utf8.h"
#include "parse/entity.h"
#include "parse/xml_doctype.h"

#define OWN_EXPANSIONS 1000u

struct pass {
    struct slice in;
    struct buf *out; /* used from the first change on */
    size_t at;       /* where reading stands */
    size_t copied;   /* what before is in `out` already */
    unsigned mending;
    struct xml_entities own;
    unsigned expansions;
    unsigned endless; /* bits: comments, CDATA sections, instructions that begin and never end */
    bool bomb;
};

const char *xml_mending_words(unsigned *mending) {
    static const struct {
        unsigned bit;
        const char *words;
    } all[] = {{XML_JUNK_BEFORE, "something stands before the XML declaration"},
               {XML_FORBIDDEN, "characters that XML forbids were removed"},
               {XML_BARE_AMPERSAND, "an '&' stands where '&amp;' should"},
               {XML_HTML_ENTITY, "names of HTML characters are used without being defined"},
               {XML_CUT_OFF, "the document ends too early, or a comment, CDATA section or tag is not closed"},
               {XML_BROKEN, "the XML is not well-formed: tags or attributes do not hold together"},
               {XML_NAMESPACE, "prefixes are used without being declared"}};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if ((*mending & all[i].bit) == 0) continue;
        *mending &= ~all[i].bit;
        return all[i].words;
    }
    return NULL;
}

/* Copies up to the reading position and steps over `len` bytes that are not wanted. */
static void drop(struct pass *p, size_t len) {
    buf_add(p->out, slice_part(p->in, p->copied, p->at));
    p->at += len;
    p->copied = p->at;
}

static void replace(struct pass *p, size_t len, struct slice with) {
    drop(p, len);
    buf_add(p->out, with);
}

enum byte_kind { PLAIN, OPEN, AMPERSAND, CONTROL, LEAD_EF };

static enum byte_kind kind_of(unsigned char c) {
    if (c == '<') return OPEN;
    if (c == '&') return AMPERSAND;
    if (c == 0xEF) return LEAD_EF;
    return c >= ' ' || c == '\n' || c == '\t' || c == '\r' ? PLAIN : CONTROL;
}

static size_t plain_run(struct slice s, size_t at) {
    while (s.len - at >= RUN_BLOCK_BYTES) {
        run_block block = run_load(s.at + at);
        unsigned run = run_first(run_is(block, '<') | run_is(block, '&') | run_is(block, 0xEF) | run_is_control(block));
        at += run;
        if (run < RUN_BLOCK_BYTES) return at;
    }
    while (at < s.len && kind_of((unsigned char)s.at[at]) == PLAIN) at++;
    return at;
}

static void add_escaped(struct buf *out, uint32_t code_point) {
    char bytes[4];
    if (code_point == '<') buf_add_text(out, "&lt;");
    else if (code_point == '&') buf_add_text(out, "&amp;");
    else if (code_point == '"') buf_add_text(out, "&quot;");
    else if (code_point == '\'') buf_add_text(out, "&#39;");
    else buf_add(out, slice_of(bytes, utf8_encode(code_point, bytes)));
}

static bool is_forbidden(uint32_t c) {
    return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || (c >= 0xD800 && c < 0xE000) || c == 0xFFFE ||
           c == 0xFFFF || c > 0x10FFFF;
}

/* Length of one of XML's own five references at `at`, 0 when it is none of them. */
static size_t predefined(struct slice in, size_t at) {
    struct slice known, rest = slice_part(in, at + 1, at + 6);
    switch (rest.len > 2 ? rest.at[0] : '\0') {
        case 'l': known = SLICE("lt;"); break;
        case 'g': known = SLICE("gt;"); break;
        case 'q': known = SLICE("quot;"); break;
        case 'a': known = rest.at[1] == 'm' ? SLICE("amp;") : SLICE("apos;"); break;
        default: return 0;
    }
    return slice_starts(rest, known) ? known.len + 1 : 0;
}

/* "&#…": a number that XML may hold stays; halves of a UTF-16 pair are joined, windows-1252's understood. */
static void numbered(struct pass *p) {
    uint32_t code_point;
    size_t len = entity_number(p->in, p->at, &code_point);
    if (len == 0) {
        p->mending |= XML_BARE_AMPERSAND;
        replace(p, 1, SLICE("&amp;"));
        return;
    }
    bool closed = p->in.at[p->at + len - 1] == ';', upper = p->in.at[p->at + 2] == 'X';
    bool sound = !is_forbidden(code_point) && entity_windows(code_point) == code_point && code_point < 0x10000;
    if (closed && !upper && sound) {
        p->at += len;
        return;
    }
    if (!closed) p->mending |= XML_BARE_AMPERSAND;
    drop(p, len);
    if (is_forbidden(code_point)) p->mending |= XML_FORBIDDEN;
    else add_escaped(p->out, entity_windows(code_point));
}

static void named(struct pass *p, struct slice name) {
    uint32_t code_point;
    struct slice own = xml_doctype_entity(&p->own, name);
    if (!slice_is_absent(own) && p->expansions++ < OWN_EXPANSIONS) {
        replace(p, name.len + 2, own);
    } else if (entity_find(name, &code_point)) {
        p->mending |= XML_HTML_ENTITY;
        drop(p, name.len + 2);
        add_escaped(p->out, code_point);
    } else {
        p->mending |= XML_BARE_AMPERSAND;
        replace(p, 1, SLICE("&amp;"));
    }
}

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_';
}

static void ampersand(struct pass *p) {
    size_t end = p->at + 1, known = predefined(p->in, p->at);
    if (known > 0) {
        p->at += known;
        return;
    }
    if (end < p->in.len && p->in.at[end] == '#') {
        numbered(p);
        return;
    }
    while (end < p->in.len && end - p->at <= 64 && is_name(p->in.at[end])) end++;
    struct slice name = slice_part(p->in, p->at + 1, end);
    if (name.len > 0 && end < p->in.len && p->in.at[end] == ';') {
        named(p, name);
        return;
    }
    p->mending |= XML_BARE_AMPERSAND;
    replace(p, 1, SLICE("&amp;"));
}

/* U+FFFE and U+FFFF are no characters. */
static void lead_ef(struct pass *p) {
    struct slice three = slice_part(p->in, p->at, p->at + 3);
    if (three.len == 3 && three.at[1] == '\xBF' && (three.at[2] == '\xBE' || three.at[2] == '\xBF')) {
        p->mending |= XML_FORBIDDEN;
        drop(p, 3);
    } else p->at++;
}

/* To the next control or 0xEF before `end`. */
static size_t opaque_run(struct slice s, size_t at, size_t end) {
    while (at < end && end - at >= RUN_BLOCK_BYTES) {
        run_block block = run_load(s.at + at);
        unsigned run = run_first(run_is(block, 0xEF) | run_is_control(block));
        at += run;
        if (run < RUN_BLOCK_BYTES) return at;
    }
    for (; at < end; at++) {
        enum byte_kind kind = kind_of((unsigned char)s.at[at]);
        if (kind == CONTROL || kind == LEAD_EF) return at;
    }
    return at;
}

/* Up to `end`, where nothing but forbidden characters matters (comments, CDATA). */
static void opaque(struct pass *p, size_t end) {
    while ((p->at = opaque_run(p->in, p->at, end)) < end) {
        if (p->in.at[p->at] == '\xEF') {
            lead_ef(p);
            continue;
        }
        p->mending |= XML_FORBIDDEN;
        drop(p, 1);
    }
}

/* By its first byte, which is rare in what stands before. */
static size_t find_closing(struct slice s, size_t at, struct slice closing) {
    for (;; at++) {
        at = slice_find_byte(s, closing.at[0], at);
        if (at == SLICE_NOT_FOUND || slice_starts(slice_part(s, at, s.len), closing)) return at;
    }
}

/* What never ends is looked for once in the document, not once each time that it begins. */
static void section(struct pass *p, size_t skip, struct slice closing, unsigned bit) {
    size_t end = (p->endless & bit) != 0 ? SLICE_NOT_FOUND : find_closing(p->in, p->at + skip, closing);
    if (end == SLICE_NOT_FOUND) {
        p->endless |= bit;
        p->mending |= XML_CUT_OFF;
        p->at++;
        return;
    }
    opaque(p, end + closing.len);
}

static bool is_tag_mark(char c) {
    return c == '>' || c == '<' || c == '=' || c == '"' || c == '\'';
}

/* To the next byte that counts in a tag: its end, a quote, or the '=' of an attribute. */
static size_t tag_run(struct slice s, size_t at) {
    while (s.len - at >= RUN_BLOCK_BYTES) {
        run_block block = run_load(s.at + at);
        unsigned run = run_first(run_is(block, '>') | run_is(block, '<') | run_is(block, '=') | run_is(block, '"') |
                                 run_is(block, '\''));
        at += run;
        if (run < RUN_BLOCK_BYTES) return at;
    }
    while (at < s.len && !is_tag_mark(s.at[at])) at++;
    return at;
}

/* A start tag: its attributes are counted here, because the parser's time grows with their square. */
static void count_attributes(struct pass *p) {
    size_t count = 0;
    for (size_t at = tag_run(p->in, p->at + 1); at < p->in.len; at = tag_run(p->in, at + 1)) {
        char c = p->in.at[at];
        if (c == '>' || c == '<') break;
        if (c == '=') count++;
        else if ((at = slice_find_byte(p->in, c, at + 1)) == SLICE_NOT_FOUND) break;
    }
    if (count > LIMIT_XML_ATTRIBUTES) p->bomb = true;
}

static void open_angle(struct pass *p, struct xml_text *out) {
    char first = p->at + 1 < p->in.len ? p->in.at[p->at + 1] : ' ';
    if (first == '/') {
        p->at++;
        return;
    }
    struct slice rest = slice_part(p->in, p->at, first == '!' ? p->at + 9 : p->at + 2);
    if (slice_starts(rest, SLICE("<!--"))) section(p, 4, SLICE("-->"), 1);
    else if (slice_starts(rest, SLICE("<![CDATA["))) section(p, 9, SLICE("]]>"), 2);
    else if (slice_starts(rest, SLICE("<?"))) section(p, 2, SLICE("?>"), 4);
    else {
        char next = rest.len > 1 ? rest.at[1] : ' ';
        bool starts = next != '/' && next != '!' && next > ' ';
        if (starts && slice_is_absent(out->root)) {
            size_t end = p->at + 1;
            while (end < p->in.len && p->in.at[end] > ' ' && strchr("/>", p->in.at[end]) == NULL) end++;
            out->root = slice_part(p->in, p->at + 1, end);
        }
        if (starts) count_attributes(p);
        p->at++;
    }
}

static size_t skip_space(struct slice s, size_t at) {
    while (at < s.len && (s.at[at] == ' ' || (s.at[at] >= '\t' && s.at[at] <= '\r'))) at++;
    return at;
}

/* Everything before the first tag: blanks, a declaration, comments, a DOCTYPE, and what should not be there. */
static void prologue(struct pass *p) {
    size_t start = slice_find_byte(p->in, '<', 0);
    if (start == SLICE_NOT_FOUND) return;
    if (skip_space(p->in, 0) < start) p->mending |= XML_JUNK_BEFORE;
    size_t at = start;
    while (at < p->in.len) {
        struct slice rest = slice_part(p->in, at, at + 9);
        struct slice closing = slice_starts(rest, SLICE("<!--")) ? SLICE("-->") : SLICE("?>");
        if (slice_equal_nocase(rest, SLICE("<!DOCTYPE"))) {
            at = xml_doctype_skip(p->in, at, &p->own);
        } else if (slice_starts(rest, SLICE("<!--")) || slice_starts(rest, SLICE("<?"))) {
            if (slice_starts(rest, SLICE("<?xml ")) && at > 0) p->mending |= XML_JUNK_BEFORE;
            size_t end = slice_find(p->in, closing, at + 2);
            if (end == SLICE_NOT_FOUND) break;
            at = end + closing.len;
        } else break;
        size_t next = skip_space(p->in, at);
        if (next < p->in.len && p->in.at[next] != '<') {
            p->mending |= XML_JUNK_BEFORE;
            next = slice_find_byte(p->in, '<', next);
            if (next == SLICE_NOT_FOUND) next = p->in.len;
        }
        at = next;
    }
    p->at = p->copied = at;
}

bool xml_ready(struct slice input, struct buf *scratch, struct xml_text *out, struct fault *fault) {
    struct pass p = {.in = input, .out = scratch};
    struct xml_text ready = {0};
    buf_clear(scratch);
    prologue(&p);
    size_t start = p.at;
    while (p.at < input.len && !p.bomb) {
        p.at = plain_run(input, p.at);
        if (p.at >= input.len) break;
        switch (kind_of((unsigned char)input.at[p.at])) {
            case OPEN: open_angle(&p, &ready); break;
            case AMPERSAND: ampersand(&p); break;
            case LEAD_EF: lead_ef(&p); break;
            case CONTROL:
                p.mending |= XML_FORBIDDEN;
                drop(&p, 1);
                break;
            case PLAIN: break;
        }
    }
    if (p.bomb) return fault_set(fault, FAULT_LIMIT, "one tag has more than %u attributes", LIMIT_XML_ATTRIBUTES);
    ready.text = slice_part(input, start, input.len);
    if (p.copied != start) {
        drop(&p, 0);
        if (!buf_check(scratch, "the document", fault)) return false;
        ready.text = buf_slice(scratch);
    }
    ready.mending = p.mending;
    *out = ready;
    return true;
}
