#include "parse/xml_mend.h"

#include <string.h>

#include "base/limits.h"
#include "parse/html_tag.h"

struct mend {
    struct slice in;
    struct buf *out;
    size_t at;
    struct slice open[LIMIT_XML_DEPTH]; /* names of the open elements, borrowed */
    size_t depth;
    struct html_ends ends;
    bool root_closed;
    bool no_section_end;
};

static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == ':' || (unsigned char)c >= 0x80;
}

/* A name that XML accepts, with one colon at most. */
static bool is_name(struct slice name) {
    size_t colons = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (!is_name_byte(name.at[i])) return false;
        colons += name.at[i] == ':';
    }
    return name.len > 0 && name.len < 200 && colons < 2 && name.at[name.len - 1] != ':' && name.at[0] > '9' &&
           name.at[0] != ':';
}

static bool is_void(struct slice name) {
    static const char *const names[] = {"br", "img", "hr", "wbr", "input", "meta", "embed", "param", "area", "col"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (slice_equal_nocase(name, slice_from(names[i]))) return true;
    return false;
}

/* An entry cannot stand in an entry: the one before was not closed. */
static bool is_entry(struct slice name) {
    return slice_equal_nocase(name, SLICE("item")) || slice_equal_nocase(name, SLICE("entry"));
}

static void escape(struct mend *m, char c) {
    if (c == '<') buf_add_text(m->out, "&lt;");
    else if (c == '"') buf_add_text(m->out, "&quot;");
    else buf_add_char(m->out, c);
}

static void close_down_to(struct mend *m, size_t depth) {
    while (m->depth > depth) {
        struct slice name = m->open[--m->depth];
        buf_add_text(m->out, "</");
        buf_add(m->out, name);
        buf_add_char(m->out, '>');
    }
    m->root_closed = m->depth == 0;
}

static void add_attributes(struct mend *m, const struct html_tag *tag) {
    struct slice names[32];
    size_t count = 0, at = 0;
    struct slice name, value;
    while (count < COUNT_OF(names) && html_tag_next(tag, &at, &name, &value)) {
        bool twice = false;
        for (size_t i = 0; i < count; i++) twice = twice || slice_equal(names[i], name);
        if (twice || !is_name(name)) continue;
        names[count++] = name;
        buf_add_char(m->out, ' ');
        buf_add(m->out, name);
        buf_add_text(m->out, "=\"");
        for (size_t i = 0; i < value.len; i++) escape(m, value.at[i]);
        buf_add_char(m->out, '"');
    }
}

static void open_tag(struct mend *m, const struct html_tag *tag) {
    bool closed = tag->inside.len > 0 && tag->inside.at[tag->inside.len - 1] == '/';
    if (is_entry(tag->name))
        for (size_t i = m->depth; i-- > 0;)
            if (slice_equal(m->open[i], tag->name)) close_down_to(m, i);
    closed = closed || is_void(tag->name);
    if (!closed && m->depth == LIMIT_XML_DEPTH) return;
    buf_add_char(m->out, '<');
    buf_add(m->out, tag->name);
    add_attributes(m, tag);
    buf_add_text(m->out, closed ? "/>" : ">");
    if (!closed) m->open[m->depth++] = tag->name;
}

/* Closes what stands open inside; an end without a beginning is passed over. */
static void close_tag(struct mend *m, struct slice name) {
    for (size_t i = m->depth; i-- > 0;) {
        if (!slice_equal_nocase(m->open[i], name)) continue;
        close_down_to(m, i);
        return;
    }
}

/* "<![CDATA[": to its end, or to where the element that holds it ends. */
static void section(struct mend *m) {
    size_t start = m->at + 9;
    size_t end = m->no_section_end ? SLICE_NOT_FOUND : slice_find(m->in, SLICE("]]>"), start), after = end + 3;
    if (end == SLICE_NOT_FOUND) {
        char close[64] = "</";
        m->no_section_end = true;
        struct slice name = m->depth == 0 ? SLICE("") : m->open[m->depth - 1];
        if (name.len > 0 && name.len < sizeof close - 2) {
            memcpy(close + 2, name.at, name.len);
            end = slice_find(m->in, slice_of(close, name.len + 2), start);
        }
        if (end == SLICE_NOT_FOUND) end = m->in.len;
        after = end;
    }
    for (size_t i = start; i < end; i++) {
        if (m->in.at[i] == '&') buf_add_text(m->out, "&amp;");
        else escape(m, m->in.at[i]);
    }
    m->at = after;
}

/* A tag that holds another's '<' is none: "3 < 4 and <b>5</b>". */
static bool is_tag(const struct html_tag *tag) {
    return (tag->markup == HTML_OPEN || tag->markup == HTML_CLOSE) && is_name(tag->name) &&
           slice_find_byte(tag->inside, '<', 0) == SLICE_NOT_FOUND;
}

static void markup(struct mend *m) {
    if (slice_starts(slice_part(m->in, m->at, m->at + 9), SLICE("<![CDATA["))) {
        section(m);
        return;
    }
    struct html_tag tag = html_tag_read(m->in, m->at, &m->ends);
    if (tag.markup == HTML_OTHER) {
        m->at = tag.end;
    } else if (!is_tag(&tag)) {
        /* The document was cut within its last tag: what is left of it is no text either. */
        if (m->ends.no_tag_end && slice_find_byte(m->in, '<', m->at + 1) == SLICE_NOT_FOUND) m->at = m->in.len;
        else {
            if (m->depth > 0) escape(m, '<');
            m->at++;
        }
    } else {
        if (tag.markup == HTML_OPEN && !m->root_closed) open_tag(m, &tag);
        else if (tag.markup == HTML_CLOSE) close_tag(m, tag.name);
        m->at = tag.end;
    }
}

bool xml_mend(struct slice text, struct buf *out, struct fault *fault) {
    struct mend m = {.in = text, .out = out};
    while (m.at < text.len && !buf_failed(out)) {
        size_t next = slice_find_byte(text, '<', m.at);
        if (next == SLICE_NOT_FOUND) next = text.len;
        if (m.depth > 0) buf_add(out, slice_part(text, m.at, next));
        m.at = next;
        if (m.at < text.len) markup(&m);
    }
    close_down_to(&m, 0);
    return buf_check(out, "the mended document", fault);
}
