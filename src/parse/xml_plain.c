#include "parse/xml_plain.h"

#include "base/run.h"
#include "base/utf8.h"
#include "parse/xml_plain_reader.h"

/* ---- words ---- */

static bool give_text(struct plain *p, size_t from, size_t end) {
    if (end == from) return true;
    return plain_heed(p, p->handler->text(p->handler->user, slice_part(p->in, from, end)));
}

/* To the next '<', '&', ']', CR, or byte that may be no part of a plain document. */
static size_t word_run(struct slice in, size_t at) {
    while (in.len - at >= RUN_BLOCK_BYTES) {
        run_block block = run_load(in.at + at);
        if (run_any(run_is(block, '<') | run_is(block, '&') | run_is(block, ']') | run_is(block, '\r') |
                    run_is(block, 0xEF) | run_is_control(block)))
            break;
        at += RUN_BLOCK_BYTES;
    }
    for (; at < in.len; at++) {
        unsigned char c = (unsigned char)in.at[at];
        if (c == '<' || c == '&' || c == ']' || c == 0xEF || (c < ' ' && c != '\n' && c != '\t')) return at;
    }
    return at;
}

/* The same up to `end`, where markup is none. */
static size_t opaque_run(struct slice in, size_t at, size_t end) {
    while (end - at >= RUN_BLOCK_BYTES) {
        run_block block = run_load(in.at + at);
        if (run_any(run_is(block, '\r') | run_is(block, 0xEF) | run_is_control(block))) break;
        at += RUN_BLOCK_BYTES;
    }
    for (; at < end; at++) {
        unsigned char c = (unsigned char)in.at[at];
        if (c == 0xEF || (c < ' ' && c != '\n' && c != '\t')) return at;
    }
    return at;
}

/* Bytes at which a run of text ends though the text goes on: CR before LF is left out. *from is where the text begins
 * that was not given yet. */
static bool step_over(struct plain *p, size_t *from) {
    char c = p->in.at[p->at], next = plain_byte_at(p, p->at + 1);
    if (c == '\r' && next == '\n') {
        if (!give_text(p, *from, p->at)) return false;
        *from = ++p->at;
        return true;
    }
    bool closes = c == ']' && next == ']' && plain_byte_at(p, p->at + 2) == '>';
    if ((c != ']' || closes) && (c != '\xEF' || !plain_is_sound_ef(p, p->at))) return plain_give_up(p);
    p->at++;
    return true;
}

static bool reference(struct plain *p) {
    uint32_t code_point;
    char bytes[4];
    if (!plain_read_reference(p, &code_point)) return false;
    return plain_heed(p, p->handler->text(p->handler->user, slice_of(bytes, utf8_encode(code_point, bytes))));
}

/* To the next '<'. */
static bool words(struct plain *p) {
    size_t from = p->at;
    for (;;) {
        p->at = word_run(p->in, p->at);
        if (p->at == p->in.len) return plain_give_up(p);
        char c = p->in.at[p->at];
        if (c == '<') return give_text(p, from, p->at);
        if (c == '&') {
            if (!give_text(p, from, p->at) || !reference(p)) return false;
            from = p->at;
        } else if (!step_over(p, &from)) return false;
    }
}

static size_t find_closing(struct slice in, size_t at, struct slice closing) {
    for (;;) {
        at = slice_find_byte(in, closing.at[0], at);
        if (at == SLICE_NOT_FOUND || slice_starts(slice_part(in, at, in.len), closing)) return at;
        at++;
    }
}

/* Stands behind "<![CDATA[". */
static bool section(struct plain *p) {
    size_t from = p->at, end = find_closing(p->in, p->at, SLICE("]]>"));
    if (end == SLICE_NOT_FOUND) return plain_give_up(p);
    for (;;) {
        p->at = opaque_run(p->in, p->at, end);
        if (p->at >= end) break;
        if (!step_over(p, &from)) return false;
    }
    p->at = end + 3;
    return give_text(p, from, end);
}

/* ---- what says nothing ---- */

/* A comment or an instruction whose inside ends at `end`. */
static bool pass_over(struct plain *p, size_t end, size_t closing) {
    if (end == SLICE_NOT_FOUND) return plain_give_up(p);
    while ((p->at = opaque_run(p->in, p->at, end)) < end) {
        char c = p->in.at[p->at];
        if (c != '\r' && (c != '\xEF' || !plain_is_sound_ef(p, p->at))) return plain_give_up(p);
        p->at++;
    }
    p->at = end + closing;
    return true;
}

/* Stands behind "<!--". The first "--" has to end it. */
static bool comment(struct plain *p) {
    size_t end = find_closing(p->in, p->at, SLICE("--"));
    if (plain_byte_at(p, p->at) == '>' || plain_byte_at(p, p->at) == '-') return plain_give_up(p);
    if (end != SLICE_NOT_FOUND && plain_byte_at(p, end + 2) != '>') return plain_give_up(p);
    return pass_over(p, end, 3);
}

/* Stands behind "<?". */
static bool instruction(struct plain *p) {
    struct slice target = plain_read_part(p);
    if (target.len == 0 || slice_equal_nocase(target, SLICE("xml"))) return plain_give_up(p);
    size_t end = find_closing(p->in, p->at, SLICE("?>"));
    if (end != p->at && !plain_is_blank(plain_byte_at(p, p->at))) return plain_give_up(p);
    return pass_over(p, end, 2);
}

/* ---- the whole ---- */

/* Stands at a '<' that begins no element, inside or outside of the root. */
static bool aside(struct plain *p) {
    static const struct slice opening = {"<!--", 4};
    if (plain_byte_at(p, p->at + 1) == '?') {
        p->at += 2;
        return instruction(p);
    }
    if (!slice_starts(slice_part(p->in, p->at, p->in.len), opening)) return plain_give_up(p);
    p->at += opening.len;
    return comment(p);
}

static bool markup(struct plain *p) {
    static const struct slice data = {"<![CDATA[", 9};
    char next = plain_byte_at(p, p->at + 1);
    if (next == '/') {
        p->at += 2;
        return plain_end_tag(p);
    }
    if (slice_starts(slice_part(p->in, p->at, p->in.len), data)) {
        p->at += data.len;
        return section(p);
    }
    if (next == '!' || next == '?') return aside(p);
    p->at++;
    return plain_start_tag(p);
}

/* Blanks, comments and instructions before or behind the root; true when it stands at a '<' of another kind, or at the
 * end. */
static bool surroundings(struct plain *p) {
    for (;;) {
        (void)plain_skip_blanks(p);
        char next = plain_byte_at(p, p->at + 1);
        if (plain_byte_at(p, p->at) != '<' || (next != '?' && next != '!')) return true;
        if (!aside(p)) return false;
    }
}

/* Where the declaration ends; what it says has been understood when the text was decoded. */
static size_t declaration_end(struct slice in) {
    if (!slice_starts(in, SLICE("<?xml ")) && !slice_starts(in, SLICE("<?xml\n"))) return 0;
    size_t end = find_closing(in, 0, SLICE("?>"));
    return end == SLICE_NOT_FOUND ? 0 : end + 2;
}

static bool find_root(struct plain *p, bool (*root_first)(void *, struct slice), struct slice *root) {
    p->at = declaration_end(p->in);
    if (!surroundings(p)) return false;
    size_t start = p->at + 1;
    if (plain_byte_at(p, p->at) != '<' || plain_name_class(plain_byte_at(p, start)) != 2) return plain_give_up(p);
    struct plain_name name;
    p->at = start;
    if (!plain_read_name(p, &name)) return false;
    p->at = start - 1;
    *root = name.whole;
    return root_first == NULL || plain_heed(p, root_first(p->handler->user, name.whole));
}

static bool whole(struct plain *p) {
    do {
        if (!markup(p)) return false;
        if (p->depth > 0 && !words(p)) return false;
    } while (p->depth > 0);
    return surroundings(p) && (p->at == p->in.len || plain_give_up(p));
}

enum xml_plain xml_plain_read(struct slice text, const struct xml_handler *handler,
                              bool (*root_first)(void *, struct slice), struct slice *root) {
    struct slice found = {NULL, 0};
    struct plain p;
    p.in = text;
    p.at = p.depth = p.binding_count = p.space_count = p.attribute_count = 0;
    p.space_names.len = p.names.len = p.words.len = 0;
    p.handler = handler;
    p.doubt = p.stopped = false;
    bool read = find_root(&p, root_first, &found) && whole(&p);
    if (p.doubt) return XML_PLAIN_DOUBT;
    *root = found;
    return read ? XML_PLAIN_READ : XML_PLAIN_STOPPED;
}
