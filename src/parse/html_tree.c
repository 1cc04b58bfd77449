#include "parse/html_tree.h"

#include <string.h>

#include "base/limits.h"
#include "parse/html_tag.h"

#define RAW_SEARCHES 64u
/* An element that HTML does not know is closed across at most so many others. */
#define OTHER_REACH 64u
/* A <noscript> with less in it is a notice or a picture. */
#define NOSCRIPT_CONTENT_BYTES 2000u

struct open {
    uint32_t node;
    uint8_t name;
    struct slice written;
};

struct builder {
    struct arena *arena;
    struct html_tree *tree;
    size_t capacity;
    struct open stack[LIMIT_HTML_DEPTH];
    size_t depth;
    unsigned open_count[HTML_E_COUNT]; /* on the stack, by name */
    uint32_t anchor;
    unsigned raw_misses; /* searches for an end tag that found none */
    bool gap, failed;
    struct html_ends ends;
};

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static struct html_node *add_node(struct builder *b, enum html_name name) {
    struct html_tree *tree = b->tree;
    if (tree->count >= LIMIT_HTML_NODES) {
        tree->cut = true;
        return NULL;
    }
    struct html_node *grown = arena_grow(b->arena, tree->at, tree->count, &b->capacity, sizeof *grown);
    if (grown == NULL) {
        b->failed = true;
        return NULL;
    }
    tree->at = grown;
    struct html_node *node = &grown[tree->count++];
    *node = (struct html_node){.name = (uint8_t)name, .gap = b->gap, .anchor = b->anchor};
    node->parent = b->depth == 0 ? 0 : b->stack[b->depth - 1].node;
    node->end = (uint32_t)tree->count;
    b->gap = false;
    return node;
}

/* ---- closing ---- */

static void pop(struct builder *b) {
    const struct open *top = &b->stack[--b->depth];
    b->tree->at[top->node].end = (uint32_t)b->tree->count;
    b->open_count[top->name]--;
}

static void pop_to(struct builder *b, size_t depth) {
    while (b->depth > depth) pop(b);
}

/* How far an end tag reaches: a formatting one not through blocks, none through table cells but those of tables. */
static bool stops(enum html_name closing, const struct open *at) {
    unsigned traits = html_name_traits((enum html_name)at->name);
    unsigned own = html_name_traits(closing);
    if ((traits & HTML_SCOPE) != 0)
        return !(closing == HTML_E_TABLE || closing == HTML_E_TR || closing == HTML_E_TBODY ||
                 closing == HTML_E_THEAD || closing == HTML_E_TFOOT || closing == HTML_E_TD || closing == HTML_E_TH);
    return (own & HTML_BLOCKY) == 0 && closing != HTML_E_OTHER && (traits & HTML_BLOCKY) != 0;
}

static bool is_heading(enum html_name name) {
    return name >= HTML_E_H1 && name <= HTML_E_H6;
}

static bool matches(const struct open *at, enum html_name name, struct slice written) {
    if (is_heading(name)) return is_heading((enum html_name)at->name);
    return at->name == name && (name != HTML_E_OTHER || slice_equal_nocase(at->written, written));
}

static bool any_open(const struct builder *b, enum html_name name) {
    if (!is_heading(name)) return b->open_count[name] > 0;
    for (int n = HTML_E_H1; n <= HTML_E_H6; n++)
        if (b->open_count[n] > 0) return true;
    return false;
}

static void end_tag(struct builder *b, enum html_name name, struct slice written) {
    if (name == HTML_E_A) b->anchor = 0;
    if (name == HTML_E_BODY || name == HTML_E_HTML || !any_open(b, name)) return;
    size_t barrier = name == HTML_E_OTHER && b->depth > OTHER_REACH ? b->depth - OTHER_REACH : 0;
    for (size_t i = b->depth; i > barrier; i--) {
        if (matches(&b->stack[i - 1], name, written)) {
            pop_to(b, i - 1);
            return;
        }
        if (stops(name, &b->stack[i - 1])) return;
    }
}

/* Closes the nearest open `name` unless one of `barrier` comes first. */
static void close_implied(struct builder *b, enum html_name name, enum html_name barrier, enum html_name other) {
    if (b->open_count[name] == 0) return;
    for (size_t i = b->depth; i > 0; i--) {
        enum html_name at = (enum html_name)b->stack[i - 1].name;
        if (at == name) {
            pop_to(b, i - 1);
            return;
        }
        if (at == barrier || at == other || (html_name_traits(at) & HTML_SCOPE) != 0) return;
    }
}

static void close_to_row_parent(struct builder *b) {
    for (size_t i = b->depth; i > 0; i--) {
        enum html_name at = (enum html_name)b->stack[i - 1].name;
        if (at == HTML_E_TABLE) {
            pop_to(b, i);
            return;
        }
    }
}

static void close_cell(struct builder *b) {
    for (size_t i = b->depth; i > 0; i--) {
        enum html_name at = (enum html_name)b->stack[i - 1].name;
        if (at == HTML_E_TABLE || at == HTML_E_TR) return;
        if (at == HTML_E_TD || at == HTML_E_TH) {
            pop_to(b, i - 1);
            return;
        }
    }
}

static void close_row(struct builder *b) {
    for (size_t i = b->depth; i > 0; i--) {
        enum html_name at = (enum html_name)b->stack[i - 1].name;
        if (at == HTML_E_TABLE) return;
        if (at == HTML_E_TR) {
            pop_to(b, i - 1);
            return;
        }
    }
}

/* What a start tag closes by itself. */
static void imply_ends(struct builder *b, enum html_name name) {
    unsigned traits = html_name_traits(name);
    if ((traits & HTML_BLOCKY) != 0) close_implied(b, HTML_E_P, HTML_E_BUTTON, HTML_E_BUTTON);
    switch (name) {
        case HTML_E_LI: close_implied(b, HTML_E_LI, HTML_E_UL, HTML_E_OL); break;
        case HTML_E_DT:
        case HTML_E_DD:
            close_implied(b, HTML_E_DD, HTML_E_DL, HTML_E_DL);
            close_implied(b, HTML_E_DT, HTML_E_DL, HTML_E_DL);
            break;
        case HTML_E_OPTION: close_implied(b, HTML_E_OPTION, HTML_E_SELECT, HTML_E_SELECT); break;
        case HTML_E_TD:
        case HTML_E_TH: close_cell(b); break;
        case HTML_E_TR: close_row(b); break;
        case HTML_E_TBODY:
        case HTML_E_THEAD:
        case HTML_E_TFOOT: close_to_row_parent(b); break;
        default:
            if (is_heading(name) && b->depth > 0 && is_heading((enum html_name)b->stack[b->depth - 1].name)) pop(b);
            break;
    }
}

/* ---- opening ---- */

static bool hides(struct slice name, struct slice value) {
    if (slice_equal_nocase(name, SLICE("hidden")))
        return !slice_equal_nocase(value, SLICE("false")) && !slice_equal_nocase(value, SLICE("until-found"));
    if (slice_equal_nocase(name, SLICE("aria-hidden"))) return slice_equal_nocase(value, SLICE("true"));
    if (!slice_equal_nocase(name, SLICE("style"))) return false;
    size_t at = slice_find_nocase(value, SLICE("display"), 0);
    if (at == SLICE_NOT_FOUND) return slice_find_nocase(value, SLICE("visibility:hidden"), 0) != SLICE_NOT_FOUND;
    struct slice rest = slice_trim(slice_part(value, at + 7, value.len));
    return slice_starts(rest, SLICE(":")) && slice_starts_nocase(slice_trim(slice_part(rest, 1, 12)), SLICE("none"));
}

static void read_attributes(struct html_node *node, const struct html_tag *tag) {
    struct slice name, value;
    size_t at = 0;
    node->inside = tag->inside;
    while (html_tag_next(tag, &at, &name, &value)) {
        if (name.len == 5 && slice_is_absent(node->classes) && slice_equal_nocase(name, SLICE("class")))
            node->classes = value;
        else if (name.len == 2 && slice_is_absent(node->id) && slice_equal_nocase(name, SLICE("id"))) node->id = value;
        else if (name.len >= 5 && hides(name, value)) node->hidden = true;
    }
}

static bool is_json_ld(const struct html_tag *tag) {
    return slice_find_nocase(tag->inside, SLICE("ld+json"), 0) != SLICE_NOT_FOUND;
}

/* Keeps what rules need of an element whose content is no markup, and steps over it. */
static size_t skip_raw(struct builder *b, const struct html_tag *tag, enum html_name name) {
    struct slice source = b->tree->source;
    char close[16] = "</";
    if (tag->inside.len > 0 && tag->inside.at[tag->inside.len - 1] == '/' && name != HTML_E_SCRIPT) return tag->end;
    if (b->raw_misses >= RAW_SEARCHES) return tag->end;
    memcpy(close + 2, tag->name.at, tag->name.len);
    size_t end = slice_find_nocase(source, slice_of(close, tag->name.len + 2), tag->end);
    if (end == SLICE_NOT_FOUND) {
        b->raw_misses++;
        return name == HTML_E_SCRIPT || name == HTML_E_STYLE ? source.len : tag->end;
    }
    struct slice content = slice_part(source, tag->end, end);
    if (name == HTML_E_TITLE && slice_is_absent(b->tree->title)) b->tree->title = content;
    if (name == HTML_E_SCRIPT && is_json_ld(tag) && !slice_list_add(b->arena, &b->tree->json_ld, content))
        b->gap = true;
    size_t after = slice_find_byte(source, '>', end);
    return after == SLICE_NOT_FOUND ? source.len : after + 1;
}

/* Media carry facts (there is a video here), so that they are nodes without content. */
static bool is_noted(enum html_name name) {
    return name == HTML_E_IFRAME || name == HTML_E_VIDEO || name == HTML_E_AUDIO || name == HTML_E_OBJECT;
}

/* What readers without script are given is the page itself where a script would build it. */
static bool is_content(struct builder *b, const struct html_tag *tag) {
    struct slice source = b->tree->source;
    if (b->raw_misses >= RAW_SEARCHES) return false;
    size_t end = slice_find_nocase(source, SLICE("</noscript"), tag->end);
    b->raw_misses += end == SLICE_NOT_FOUND;
    if (end == SLICE_NOT_FOUND || end - tag->end < NOSCRIPT_CONTENT_BYTES) return false;
    return slice_find_nocase(slice_part(source, tag->end, end), SLICE("<p"), 0) != SLICE_NOT_FOUND;
}

static size_t start_tag(struct builder *b, const struct html_tag *tag) {
    enum html_name name = html_name_of(tag->name);
    unsigned traits = html_name_traits(name);
    bool raw = (traits & HTML_RAW) != 0;
    if (name == HTML_E_NOSCRIPT && is_content(b, tag)) return tag->end;
    if (raw && !is_noted(name)) return skip_raw(b, tag, name);
    imply_ends(b, name);
    if (name == HTML_E_A) {
        end_tag(b, HTML_E_A, tag->name);
        b->anchor = 0;
    }
    if ((name == HTML_E_BODY || name == HTML_E_HTML) && b->open_count[name] > 0) return tag->end;
    if (name == HTML_E_BODY) end_tag(b, HTML_E_HEAD, tag->name);
    struct html_node *node = add_node(b, name);
    if (node == NULL) return tag->end;
    read_attributes(node, tag);
    if (raw) return skip_raw(b, tag, name);
    bool self_closed = name == HTML_E_OTHER && tag->inside.len > 0 && tag->inside.at[tag->inside.len - 1] == '/';
    if ((traits & HTML_VOID) != 0 || self_closed || b->depth == LIMIT_HTML_DEPTH) return tag->end;
    uint32_t index = (uint32_t)(b->tree->count - 1);
    b->stack[b->depth++] = (struct open){.node = index, .name = (uint8_t)name, .written = tag->name};
    b->open_count[name]++;
    if (name == HTML_E_A && !slice_is_absent(html_node_attribute(node, "href"))) b->anchor = index;
    return tag->end;
}

static void add_text(struct builder *b, size_t from, size_t to) {
    struct slice run = slice_part(b->tree->source, from, to);
    size_t start = 0, end = run.len;
    while (start < end && is_space(run.at[start])) start++;
    while (end > start && is_space(run.at[end - 1])) end--;
    if (start > 0) b->gap = true;
    if (start == end) return;
    struct html_node *node = add_node(b, HTML_E_TEXT);
    if (node == NULL) return;
    /* White space inside counts in <pre>, so it is kept as written; at the ends it is a gap before what follows. */
    bool preformatted = b->open_count[HTML_E_PRE] > 0;
    node->inside = preformatted ? run : slice_part(run, start, end);
    b->gap = end < run.len;
}

static size_t markup(struct builder *b, size_t at, size_t *text_from) {
    struct html_tag tag = html_tag_read(b->tree->source, at, &b->ends);
    if (tag.markup == HTML_NOTHING) return at + 1;
    add_text(b, *text_from, at);
    size_t end = tag.end;
    if (tag.markup == HTML_OPEN) end = start_tag(b, &tag);
    else if (tag.markup == HTML_CLOSE) end_tag(b, html_name_of(tag.name), tag.name);
    *text_from = end;
    return end;
}

static void build(struct builder *b) {
    struct slice source = b->tree->source;
    size_t at = 0, text_from = 0;
    while (at < source.len && !b->failed && !b->tree->cut) {
        size_t next = slice_find_byte(source, '<', at);
        if (next == SLICE_NOT_FOUND) break;
        at = markup(b, next, &text_from);
    }
    if (!b->failed) add_text(b, text_from, source.len);
    pop_to(b, 0);
}

bool html_tree_build(struct arena *arena, struct slice source, struct html_tree *out, struct fault *fault) {
    struct html_tree tree = {.source = source};
    struct builder *b = arena_alloc(arena, 1, sizeof *b);
    if (b == NULL) return fault_memory(fault);
    b->arena = arena;
    b->tree = &tree;
    if (add_node(b, HTML_E_OTHER) == NULL) return fault_memory(fault);
    build(b);
    if (b->failed) return fault_memory(fault);
    tree.at[0].end = (uint32_t)tree.count;
    *out = tree;
    return true;
}

struct slice html_node_attribute(const struct html_node *node, const char *name) {
    const struct html_tag tag = {.inside = node->inside};
    return html_tag_attribute(&tag, name);
}
