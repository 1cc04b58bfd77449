#include "parse/html_text.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/run.h"
#include "base/url.h"
#include "base/utf8.h"
#include "parse/address.h"
#include "parse/entity.h"
#include "parse/html_tag.h"

/* What is owed before the next word. A larger one swallows a smaller. */
enum gap { GAP_NONE, GAP_BLANK, GAP_LINE, GAP_PARAGRAPH };

enum style { STYLE_BLOCKS, STYLE_LINE };

#define HIDDEN_SEARCHES 16u

struct text {
    struct arena *arena;
    struct slice in, base;
    enum style style;
    char *out; /* room for half as much again as the input: only C1 characters are written longer than read, 3 for 2 */
    size_t len;
    enum gap gap;
    bool item;              /* "- " is owed */
    unsigned preformatted;  /* depth of <pre> */
    unsigned hidden_misses; /* searches for the end of a hidden element that found none */
    struct html_ends ends;
    struct slice href; /* of the open anchor, absent = none open */
    size_t href_from;  /* where its words begin in out */
    struct html_text *found;
    bool failed;
};

/* Classes of bytes: what a plain run may not step over. */
enum byte_kind { PLAIN, BLANK, OPEN, AMPERSAND, LEAD_C2, CONTROL };

static enum byte_kind kind_of(unsigned char c) {
    static const unsigned char table[256] = {
        ['<'] = OPEN,    ['&'] = AMPERSAND, [0xC2] = LEAD_C2, [' '] = BLANK,  ['\t'] = BLANK, ['\n'] = BLANK,
        ['\r'] = BLANK,  ['\f'] = BLANK,    ['\v'] = BLANK,   [0] = CONTROL,  [1] = CONTROL,  [2] = CONTROL,
        [3] = CONTROL,   [4] = CONTROL,     [5] = CONTROL,    [6] = CONTROL,  [7] = CONTROL,  [8] = CONTROL,
        [14] = CONTROL,  [15] = CONTROL,    [16] = CONTROL,   [17] = CONTROL, [18] = CONTROL, [19] = CONTROL,
        [20] = CONTROL,  [21] = CONTROL,    [22] = CONTROL,   [23] = CONTROL, [24] = CONTROL, [25] = CONTROL,
        [26] = CONTROL,  [27] = CONTROL,    [28] = CONTROL,   [29] = CONTROL, [30] = CONTROL, [31] = CONTROL,
        [0x7f] = CONTROL};
    return (enum byte_kind)table[c];
}

static void owe(struct text *t, enum gap gap) {
    if (t->style == STYLE_LINE && gap > GAP_BLANK) gap = GAP_BLANK;
    if (gap > t->gap) t->gap = gap;
}

static void pay(struct text *t) {
    if (t->len > 0) {
        if (t->gap == GAP_BLANK) t->out[t->len++] = ' ';
        if (t->gap >= GAP_LINE) t->out[t->len++] = '\n';
        if (t->gap == GAP_PARAGRAPH) t->out[t->len++] = '\n';
    }
    t->gap = GAP_NONE;
    if (t->item) {
        memcpy(t->out + t->len, "- ", 2);
        t->len += 2;
        t->item = false;
    }
    if (!slice_is_absent(t->href) && t->href_from == SLICE_NOT_FOUND) t->href_from = t->len;
}

static void put(struct text *t, const char *at, size_t len) {
    if (t->gap != GAP_NONE || t->item || t->href_from == SLICE_NOT_FOUND) pay(t);
    memcpy(t->out + t->len, at, len);
    t->len += len;
}

static void blank(struct text *t, char c) {
    if (t->preformatted == 0 || t->style == STYLE_LINE) owe(t, GAP_BLANK);
    else if (c == '\n') owe(t, t->gap >= GAP_LINE ? GAP_PARAGRAPH : GAP_LINE);
    else if (t->gap < GAP_LINE && t->len > 0) {
        put(t, " ", 1);
    }
}

static void character(struct text *t, uint32_t code_point) {
    char bytes[4];
    if (code_point == 0xA0 || code_point == ' ' || (code_point >= '\t' && code_point <= '\r')) {
        blank(t, code_point == '\n' ? '\n' : ' ');
    } else if (code_point >= ' ' && code_point != 0x7f) {
        put(t, bytes, utf8_encode(code_point, bytes));
    }
}

static size_t entity(struct text *t, size_t at) {
    uint32_t code_point;
    size_t len = entity_read(t->in, at, &code_point);
    if (len == 0) {
        put(t, "&", 1);
        return 1;
    }
    character(t, code_point);
    return len;
}

static bool is_pixel(struct slice size) {
    size = slice_trim(size);
    return size.len > 0 && size.len <= 3 && (size.at[0] == '0' || size.at[0] == '1') &&
           (size.len == 1 || size.at[1] == 'p');
}

/* An attribute's value as an address: entities resolved first, since a scheme may hide in them. */
static bool address_of(struct text *t, struct slice value, struct slice *out) {
    struct slice plain;
    if (slice_is_empty(value) || value.len > LIMIT_URL_BYTES) return false;
    if (!html_text_unescape(t->arena, value, &plain)) {
        t->failed = true;
        return false;
    }
    return address_resolve(t->arena, t->base, plain, out);
}

static void image(struct text *t, const struct html_tag *tag) {
    struct html_text *found = t->found;
    if (found == NULL || !slice_is_absent(found->image)) return;
    if (is_pixel(html_tag_attribute(tag, "width")) || is_pixel(html_tag_attribute(tag, "height"))) return;
    struct slice url;
    if (address_of(t, html_tag_attribute(tag, "src"), &url) && url_is_web(url)) found->image = url;
}

static void close_anchor(struct text *t) {
    struct slice words = {NULL, 0};
    if (slice_is_absent(t->href)) return;
    if (t->href_from < t->len) {
        words = utf8_cut(slice_of(t->out + t->href_from, t->len - t->href_from), 500);
        if (!arena_copy(t->arena, words, &words)) t->failed = true;
    }
    struct link_list *links = &t->found->links;
    struct link link = {.url = t->href, .title = words, .length = -1};
    t->href = (struct slice){NULL, 0};
    t->href_from = 0;
    for (size_t i = 0; i < links->count; i++)
        if (slice_equal(links->at[i].url, link.url)) return;
    (void)link_list_add(t->arena, links, link);
}

static void open_anchor(struct text *t, const struct html_tag *tag) {
    if (t->found == NULL) return;
    close_anchor(t);
    struct slice href = html_tag_attribute(tag, "href");
    if (t->found->links.count >= LIMIT_ITEM_LIST || slice_starts(href, SLICE("#"))) return;
    if (address_of(t, href, &t->href)) t->href_from = SLICE_NOT_FOUND;
}

/* Offset behind </name>, or behind the tag itself when it is never closed. */
static size_t skip_hidden(struct text *t, const struct html_tag *tag) {
    bool self_closed = tag->inside.len > 0 && tag->inside.at[tag->inside.len - 1] == '/';
    if (self_closed || t->hidden_misses >= HIDDEN_SEARCHES) return tag->end;
    char close[16] = "</";
    memcpy(close + 2, tag->name.at, tag->name.len);
    size_t end = slice_find_nocase(t->in, slice_of(close, tag->name.len + 2), tag->end);
    if (end != SLICE_NOT_FOUND) end = slice_find_byte(t->in, '>', end);
    if (end != SLICE_NOT_FOUND) return end + 1;
    t->hidden_misses++;
    bool raw = slice_equal_nocase(tag->name, SLICE("script")) || slice_equal_nocase(tag->name, SLICE("style"));
    return raw ? t->in.len : tag->end;
}

static void preformat(struct text *t, bool opens) {
    owe(t, GAP_PARAGRAPH);
    if (opens) t->preformatted++;
    else if (t->preformatted > 0) t->preformatted--;
}

/* Returns the offset behind what was read. */
static size_t element(struct text *t, const struct html_tag *tag, enum html_role role) {
    bool opens = tag->markup == HTML_OPEN;
    switch (role) {
        case HTML_BLOCK: owe(t, GAP_PARAGRAPH); break;
        case HTML_LINE: owe(t, GAP_LINE); break;
        case HTML_BREAK: owe(t, t->gap >= GAP_LINE ? GAP_PARAGRAPH : GAP_LINE); break;
        case HTML_CELL: owe(t, GAP_BLANK); break;
        case HTML_PREFORMAT: preformat(t, opens); break;
        case HTML_ITEM:
            owe(t, GAP_LINE);
            t->item = opens && t->style == STYLE_BLOCKS;
            break;
        case HTML_ANCHOR:
            if (opens) open_anchor(t, tag);
            else if (t->found != NULL) close_anchor(t);
            break;
        case HTML_IMAGE:
            if (opens) image(t, tag);
            break;
        case HTML_HIDDEN: return opens ? skip_hidden(t, tag) : tag->end;
        case HTML_UNKNOWN:
        case HTML_INLINE: break;
    }
    return tag->end;
}

static size_t markup(struct text *t, size_t at) {
    struct html_tag tag = html_tag_read(t->in, at, &t->ends);
    enum html_role role = tag.name.len == 0 ? HTML_UNKNOWN : html_tag_role(tag.name);
    /* In a title "List<String>" is no markup. */
    bool is_text =
        tag.markup == HTML_NOTHING || (role == HTML_UNKNOWN && tag.markup != HTML_OTHER && t->style == STYLE_LINE);
    if (is_text) {
        put(t, "<", 1);
        return at + 1;
    }
    if (tag.markup == HTML_OTHER) return tag.end;
    return element(t, &tag, role);
}

/* To the end of the words, from within one: single blanks between them stay as they are. */
static size_t plain_run(struct slice in, size_t at) {
    /* One more byte than a block, which tells whether a blank is followed by another one. */
    while (in.len - at > RUN_BLOCK_BYTES) {
        run_block block = run_load(in.at + at), next = run_load(in.at + at + 1);
        unsigned run = run_first(run_is_below(block, ' ') | run_is(block, '<') | run_is(block, '&') |
                                 run_is(block, 0xC2) | run_is(block, 0x7F) | (run_is(block, ' ') & run_is(next, ' ')));
        /* A blank before the end of the run is no part of it. */
        if (run > 0 && in.at[at + run - 1] == ' ') run--;
        at += run;
        if (run < RUN_BLOCK_BYTES - 1) return at;
    }
    for (;;) {
        while (at < in.len && kind_of((unsigned char)in.at[at]) == PLAIN) at++;
        if (at + 1 >= in.len || in.at[at] != ' ' || kind_of((unsigned char)in.at[at + 1]) != PLAIN) return at;
        at++;
    }
}

/* U+0080..00BF: the no-break space is a blank, C1 controls are what windows-1252 has in their place. */
static size_t lead_c2(struct text *t, size_t at) {
    unsigned char next = at + 1 < t->in.len ? (unsigned char)t->in.at[at + 1] : 0;
    if (next == 0xA0) blank(t, ' ');
    else if (next > 0xA0) put(t, t->in.at + at, 2);
    else if (next >= 0x80 && entity_windows(next) != next) character(t, entity_windows(next));
    return at + 1 < t->in.len ? at + 2 : at + 1;
}

static void scan(struct text *t) {
    size_t at = 0;
    while (at < t->in.len && t->len < LIMIT_FIELD_BYTES) {
        switch (kind_of((unsigned char)t->in.at[at])) {
            case PLAIN: {
                size_t end = plain_run(t->in, at);
                put(t, t->in.at + at, end - at);
                at = end;
                break;
            }
            case BLANK: blank(t, t->in.at[at++]); break;
            case OPEN: at = markup(t, at); break;
            case AMPERSAND: at += entity(t, at); break;
            case LEAD_C2: at = lead_c2(t, at); break;
            case CONTROL: at++; break;
        }
    }
    if (t->found != NULL) {
        close_anchor(t);
        t->found->cut = at < t->in.len || t->len > LIMIT_FIELD_BYTES;
    }
}

static size_t room_for(struct slice in) {
    return in.len + in.len / 2 + 8;
}

/* Escaped twice, a CDATA section's own marks come out as text around everything. */
static struct slice without_cdata(struct slice markup) {
    static const struct slice open = {"<![CDATA[", 9}, close = {"]]>", 3};
    struct slice trimmed = slice_trim(markup);
    if (!slice_starts(trimmed, open) || !slice_ends(trimmed, close) || trimmed.len < open.len + close.len)
        return markup;
    return slice_part(trimmed, open.len, trimmed.len - close.len);
}

/* Runs over `markup`; *out gets the text, absent when no word is left. */
static bool run(struct text *t, struct slice *out) {
    *out = (struct slice){NULL, 0};
    t->in = without_cdata(t->in);
    if (t->in.len == 0) return true;
    t->out = mem_resize(NULL, room_for(t->in), 1);
    if (t->out == NULL) return false;
    scan(t);
    struct slice text = utf8_cut(slice_of(t->out, t->len), LIMIT_FIELD_BYTES);
    while (text.len > 0 && text.at[text.len - 1] == ' ') text.len--;
    bool done = !t->failed && (text.len == 0 || arena_copy(t->arena, text, out));
    mem_free(t->out);
    return done;
}

bool html_text_read(struct arena *arena, struct slice markup, struct slice base, struct html_text *out) {
    struct html_text found = {0};
    struct text t = {.arena = arena, .in = markup, .base = base, .style = STYLE_BLOCKS, .found = &found};
    if (!run(&t, &found.text)) return false;
    *out = found;
    return true;
}

bool html_text_line(struct arena *arena, struct slice markup, struct slice *out) {
    struct text t = {.arena = arena, .in = markup, .style = STYLE_LINE};
    struct slice text;
    if (!run(&t, &text)) return false;
    *out = text;
    return true;
}

/* White space as it stands: one line break is one, more are a paragraph. */
static void scan_plain(struct text *t) {
    size_t at = 0;
    while (at < t->in.len && t->len < LIMIT_FIELD_BYTES) {
        unsigned char c = (unsigned char)t->in.at[at];
        enum byte_kind kind = kind_of(c);
        size_t end = at + 1;
        if (c == '\n') owe(t, t->gap >= GAP_LINE ? GAP_PARAGRAPH : GAP_LINE);
        else if (kind == BLANK) owe(t, GAP_BLANK);
        else if (kind == LEAD_C2) end = lead_c2(t, at);
        else if (kind != CONTROL) {
            end = plain_run(t->in, at);
            if (end == at) end++;
            put(t, t->in.at + at, end - at);
        }
        at = end;
    }
}

static bool plain(struct arena *arena, struct slice text, enum style style, struct slice *out) {
    *out = (struct slice){NULL, 0};
    if (text.len == 0) return true;
    struct text t = {.arena = arena, .in = text, .style = style, .out = mem_resize(NULL, room_for(text), 1)};
    if (t.out == NULL) return false;
    scan_plain(&t);
    struct slice words = utf8_cut(slice_of(t.out, t.len), LIMIT_FIELD_BYTES);
    bool done = words.len == 0 || arena_copy(arena, words, out);
    mem_free(t.out);
    return done;
}

bool html_text_plain(struct arena *arena, struct slice text, struct slice *out) {
    return plain(arena, text, STYLE_BLOCKS, out);
}

bool html_text_plain_line(struct arena *arena, struct slice text, struct slice *out) {
    return plain(arena, text, STYLE_LINE, out);
}

bool html_text_unescape(struct arena *arena, struct slice text, struct slice *out) {
    size_t amp = slice_find_byte(text, '&', 0);
    if (amp == SLICE_NOT_FOUND) return arena_copy(arena, text, out);
    char *to = arena_alloc(arena, text.len + 8, 1);
    if (to == NULL) return false;
    size_t len = 0, at = 0;
    while (amp != SLICE_NOT_FOUND) {
        uint32_t code_point;
        size_t read = entity_read(text, amp, &code_point);
        memcpy(to + len, text.at + at, amp - at);
        len += amp - at;
        if (read == 0) to[len++] = '&';
        else if (code_point >= ' ' || code_point == '\t' || code_point == '\n')
            len += utf8_encode(code_point, to + len);
        at = amp + (read == 0 ? 1 : read);
        amp = slice_find_byte(text, '&', at);
    }
    memcpy(to + len, text.at + at, text.len - at);
    *out = slice_of(to, len + text.len - at);
    return true;
}

bool html_text_is_markup(struct slice text) {
    struct html_ends ends = {0};
    uint32_t code_point;
    for (size_t at = 0; at < text.len; at++) {
        if (text.at[at] == '&' && entity_read(text, at, &code_point) > 0) return true;
        if (text.at[at] != '<') continue;
        struct html_tag tag = html_tag_read(text, at, &ends);
        if (tag.markup == HTML_OTHER) return true;
        if (tag.markup != HTML_NOTHING && html_tag_role(tag.name) != HTML_UNKNOWN) return true;
    }
    return false;
}

bool html_text_has_elements(struct slice text) {
    struct html_ends ends = {0};
    for (size_t at = 0; (at = slice_find_byte(text, '<', at)) != SLICE_NOT_FOUND; at++) {
        struct html_tag tag = html_tag_read(text, at, &ends);
        if (tag.markup != HTML_OPEN && tag.markup != HTML_CLOSE) continue;
        enum html_role role = html_tag_role(tag.name);
        if (role == HTML_BREAK || role == HTML_IMAGE || (tag.markup == HTML_CLOSE && role != HTML_UNKNOWN)) return true;
    }
    return false;
}
