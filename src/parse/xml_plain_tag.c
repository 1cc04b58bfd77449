#include "parse/xml_plain_reader.h"

#include <string.h>

#include "base/run.h"
#include "base/utf8.h"
#include "parse/entity.h"

bool plain_give_up(struct plain *p) {
    p->doubt = true;
    return false;
}

/* NULL, and doubt, when the shelf is full. */
static const char *keep(struct plain *p, struct plain_shelf *shelf, struct slice bytes) {
    if (bytes.len >= PLAIN_SHELF_BYTES - shelf->len) {
        p->doubt = true;
        return NULL;
    }
    char *kept = shelf->at + shelf->len;
    memcpy(kept, bytes.at, bytes.len);
    kept[bytes.len] = '\0';
    shelf->len += bytes.len + 1;
    return kept;
}

/* ---- names ---- */

struct slice plain_read_part(struct plain *p) {
    size_t start = p->at;
    if (plain_name_class(plain_byte_at(p, p->at)) == 2)
        while (plain_name_class(plain_byte_at(p, p->at)) != 0) p->at++;
    return slice_part(p->in, start, p->at);
}

bool plain_read_name(struct plain *p, struct plain_name *out) {
    size_t start = p->at;
    struct slice first = plain_read_part(p), none = {first.at, 0};
    *out = (struct plain_name){none, first, first};
    if (plain_byte_at(p, p->at) == ':') {
        p->at++;
        *out = (struct plain_name){first, plain_read_part(p), slice_part(p->in, start, p->at)};
        if (first.len == 0 || plain_byte_at(p, p->at) == ':') return plain_give_up(p);
    }
    return out->local.len > 0 || plain_give_up(p);
}

/* ---- references ---- */

static bool is_forbidden(uint32_t c) {
    return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || (c >= 0xD800 && c < 0xE000) || c == 0xFFFE ||
           c == 0xFFFF || c > 0x10FFFF;
}

bool plain_read_reference(struct plain *p, uint32_t *code_point) {
    static const struct {
        struct slice written;
        char character;
    } known[] = {
        {{"&lt;", 4}, '<'}, {{"&gt;", 4}, '>'}, {{"&amp;", 5}, '&'}, {{"&quot;", 6}, '"'}, {{"&apos;", 6}, '\''}};
    struct slice rest = slice_part(p->in, p->at, p->in.len);
    if (plain_byte_at(p, p->at + 1) == '#') {
        size_t len = plain_byte_at(p, p->at + 2) == 'X' ? 0 : entity_number(p->in, p->at, code_point);
        if (len == 0) return plain_give_up(p);
        *code_point = entity_windows(*code_point);
        p->at += len;
        return (p->in.at[p->at - 1] == ';' && !is_forbidden(*code_point)) || plain_give_up(p);
    }
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (!slice_starts(rest, known[i].written)) continue;
        *code_point = (unsigned char)known[i].character;
        p->at += known[i].written.len;
        return true;
    }
    return plain_give_up(p);
}

/* ---- attributes ---- */

static bool is_value_stop(unsigned char c) {
    return c < ' ' || c == '<' || c == '&' || c == 0xEF;
}

static size_t value_run(struct slice value) {
    size_t at = 0;
    while (value.len - at >= RUN_BLOCK_BYTES) {
        run_block block = run_load(value.at + at);
        if (run_any(run_is_below(block, ' ') | run_is(block, '<') | run_is(block, '&') | run_is(block, 0xEF))) break;
        at += RUN_BLOCK_BYTES;
    }
    while (at < value.len && !is_value_stop((unsigned char)value.at[at])) at++;
    return at;
}

/* A value with references or blanks other than the space: what it means is written to the shelf. */
static bool decode_value(struct plain *p, size_t end, struct slice *out) {
    struct plain_shelf *shelf = &p->words;
    char *to = shelf->at + shelf->len;
    size_t len = 0;
    if (end - p->at >= PLAIN_SHELF_BYTES - shelf->len) return plain_give_up(p);
    while (p->at < end) {
        uint32_t code_point;
        char c = p->in.at[p->at];
        if (c == '&') {
            if (!plain_read_reference(p, &code_point)) return false;
            len += utf8_encode(code_point, to + len);
            continue;
        }
        bool blank = c == '\n' || c == '\t';
        if ((is_value_stop((unsigned char)c) && !blank && c != '\xEF') || (c == '\xEF' && !plain_is_sound_ef(p, p->at)))
            return plain_give_up(p);
        to[len++] = blank ? ' ' : c;
        p->at++;
    }
    shelf->len += len;
    *out = slice_of(to, len);
    return true;
}

static bool read_value(struct plain *p, struct slice *out) {
    char quote = plain_byte_at(p, p->at);
    if (quote != '"' && quote != '\'') return plain_give_up(p);
    size_t start = ++p->at, end = slice_find_byte(p->in, quote, start);
    if (end == SLICE_NOT_FOUND) return plain_give_up(p);
    *out = slice_part(p->in, start, end);
    if (value_run(*out) < out->len && !decode_value(p, end, out)) return false;
    p->at = end + 1;
    return true;
}

static bool is_declaration(const struct plain_name *name) {
    return name->prefix.len == 0 ? slice_equal(name->local, SLICE("xmlns")) : slice_equal(name->prefix, SLICE("xmlns"));
}

/* The same name twice, or names that might mean the same. */
static bool is_repeated(const struct plain *p, const struct plain_name *name) {
    for (size_t i = 0; i < p->attribute_count; i++) {
        const struct plain_name *other = &p->written[i].name;
        if (!slice_equal(other->local, name->local)) continue;
        bool declaration = is_declaration(name) || is_declaration(other);
        if (slice_equal(other->prefix, name->prefix) || (!declaration && other->prefix.len > 0 && name->prefix.len > 0))
            return true;
    }
    return false;
}

static bool read_attribute(struct plain *p) {
    struct plain_written written;
    if (p->attribute_count == PLAIN_ATTRIBUTES) return plain_give_up(p);
    if (!plain_read_name(p, &written.name)) return false;
    (void)plain_skip_blanks(p);
    if (plain_byte_at(p, p->at) != '=') return plain_give_up(p);
    p->at++;
    (void)plain_skip_blanks(p);
    if (!read_value(p, &written.value)) return false;
    if (is_repeated(p, &written.name)) return plain_give_up(p);
    p->written[p->attribute_count++] = written;
    return true;
}

/* ---- namespaces ---- */

/* An address like those of all vocabularies in use; what else may stand here, libxml2 has its notices for. */
static bool is_plain_space(struct slice space) {
    size_t host = slice_starts(space, SLICE("http://")) ? 7 : slice_starts(space, SLICE("https://")) ? 8 : 0;
    if (host == 0 || host == space.len || plain_name_class(space.at[host]) == 0) return false;
    if (slice_starts(space, SLICE("http://www.w3.org/XML/")) ||
        slice_starts(space, SLICE("http://www.w3.org/2000/xmlns")))
        return false;
    for (size_t i = host; i < space.len; i++) {
        bool last = i + 1 == space.len;
        if (plain_name_class(space.at[i]) == 0 && space.at[i] != '/' && (space.at[i] != '#' || !last)) return false;
    }
    return true;
}

static const char *keep_space(struct plain *p, struct slice space) {
    for (size_t i = 0; i < p->space_count; i++)
        if (slice_equal(slice_from(p->spaces[i]), space)) return p->spaces[i];
    if (p->space_count == PLAIN_SPACES) {
        p->doubt = true;
        return NULL;
    }
    const char *kept = keep(p, &p->space_names, space);
    if (kept != NULL) p->spaces[p->space_count++] = kept;
    return kept;
}

static bool bind(struct plain *p, const struct plain_written *written) {
    bool is_default = written->name.prefix.len == 0, none = is_default && written->value.len == 0;
    struct slice prefix = is_default ? written->name.prefix : written->name.local;
    if (p->binding_count == PLAIN_BINDINGS || slice_starts(prefix, SLICE("xml"))) return plain_give_up(p);
    if (!none && !is_plain_space(written->value)) return plain_give_up(p);
    struct plain_binding *binding = &p->bindings[p->binding_count++];
    *binding = (struct plain_binding){prefix, none ? NULL : keep_space(p, written->value)};
    return !p->doubt;
}

/* The namespace that a prefix stands for; one that was not declared raises doubt. */
static bool find_space(struct plain *p, struct slice prefix, const char **out) {
    for (size_t i = p->binding_count; i-- > 0;) {
        if (!slice_equal(p->bindings[i].prefix, prefix)) continue;
        *out = p->bindings[i].space;
        return true;
    }
    *out = NULL;
    return prefix.len == 0 || plain_give_up(p);
}

/* ---- tags ---- */

static bool finish_attribute(struct plain *p, const struct plain_written *written, struct xml_attribute *out) {
    const struct plain_name *name = &written->name;
    *out = (struct xml_attribute){.local = keep(p, &p->words, name->local), .value = written->value};
    if (name->prefix.len == 0) return !p->doubt;
    out->prefix = keep(p, &p->words, name->prefix);
    if (slice_equal(name->prefix, SLICE("xml"))) out->space = "http://www.w3.org/XML/1998/namespace";
    else if (!find_space(p, name->prefix, &out->space)) return false;
    return !p->doubt;
}

/* Declarations first: they hold for the tag that they stand in. */
static bool finish_attributes(struct plain *p, struct xml_element *element) {
    for (size_t i = 0; i < p->attribute_count; i++)
        if (is_declaration(&p->written[i].name) && !bind(p, &p->written[i])) return false;
    for (size_t i = 0; i < p->attribute_count; i++) {
        if (is_declaration(&p->written[i].name)) continue;
        if (!finish_attribute(p, &p->written[i], &p->attributes[element->attribute_count++])) return false;
    }
    return true;
}

static bool close_element(struct plain *p) {
    const struct plain_open_tag *tag = &p->open[p->depth - 1];
    bool more = plain_heed(p, p->handler->close(p->handler->user, tag->local));
    p->names.len = tag->names_len;
    p->binding_count = tag->binding_count;
    p->depth--;
    return more;
}

static bool open_element(struct plain *p, const struct plain_name *name, bool empty) {
    struct xml_element element = {.attributes = p->attributes};
    if (p->depth == LIMIT_XML_DEPTH || slice_starts(name->prefix, SLICE("xml"))) return plain_give_up(p);
    struct plain_open_tag *tag = &p->open[p->depth];
    *tag = (struct plain_open_tag){.whole = name->whole, .names_len = p->names.len, .binding_count = p->binding_count};
    if (!finish_attributes(p, &element) || !find_space(p, name->prefix, &element.space)) return false;
    element.local = tag->local = keep(p, &p->names, name->local);
    if (name->prefix.len > 0) element.prefix = keep(p, &p->names, name->prefix);
    if (p->doubt) return false;
    p->depth++;
    return plain_heed(p, p->handler->open(p->handler->user, &element)) && (!empty || close_element(p));
}

bool plain_start_tag(struct plain *p) {
    struct plain_name name;
    p->attribute_count = 0;
    p->words.len = 0;
    if (!plain_read_name(p, &name)) return false;
    for (;;) {
        bool blanks = plain_skip_blanks(p);
        char c = plain_byte_at(p, p->at);
        if (c == '>' || c == '/') {
            bool empty = c == '/';
            p->at += empty ? 2 : 1;
            if (empty && plain_byte_at(p, p->at - 1) != '>') return plain_give_up(p);
            return open_element(p, &name, empty);
        }
        if (!blanks) return plain_give_up(p);
        if (!read_attribute(p)) return false;
    }
}

bool plain_end_tag(struct plain *p) {
    struct slice whole = p->open[p->depth - 1].whole;
    if (!slice_starts(slice_part(p->in, p->at, p->in.len), whole)) return plain_give_up(p);
    p->at += whole.len;
    (void)plain_skip_blanks(p);
    if (plain_byte_at(p, p->at) != '>') return plain_give_up(p);
    p->at++;
    return close_element(p);
}
