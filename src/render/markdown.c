#include "render/markdown.h"

#include <ctype.h>
#include <string.h>

#include "render/plain.h"

struct markdown markdown_to(struct buf *out) {
    return (struct markdown){.out = out};
}

void markdown_markup(struct markdown *md, struct slice literal) {
    buf_add(md->out, literal);
}

/* A backslash is needed wherever the character could mean something: always for those that can inside a line; for the
 * rest where a line could begin with them, or a reader program would make a link of the words by itself. */
static bool needs_escape(struct slice text, size_t at, bool at_start) {
    char c = text.at[at], next = at + 1 < text.len ? text.at[at + 1] : '\0';
    if (strchr("\\`*_[]<>|~&@!$", c) != NULL) return true;
    if (c == ':') return next == '/' || next == '\0';
    if (c == '.' && at >= 3 && slice_equal_nocase(slice_part(text, at - 3, at), SLICE("www"))) return true;
    if (at_start) return strchr("#+-=:{", c) != NULL;
    bool numbered = (c == '.' || c == ')') && at > 0 && at < 10;
    for (size_t i = 0; i < at && numbered; i++) numbered = isdigit((unsigned char)text.at[i]) != 0;
    return numbered;
}

static void escape(struct buf *out, struct slice text, bool at_start) {
    for (size_t i = 0; i < text.len; i++) {
        if (needs_escape(text, i, at_start && i == 0)) buf_add_char(out, '\\');
        buf_add_char(out, text.at[i]);
    }
}

void markdown_text(struct markdown *md, struct slice text) {
    struct plain plain = plain_of(text, PLAIN_LINE);
    struct slice piece;
    for (bool start = true; plain_next(&plain, &piece); start = false) escape(md->out, piece, start);
}

void markdown_strong(struct markdown *md, struct slice text) {
    struct slice left = slice_trim(text);
    if (left.len == 0) return;
    buf_add_text(md->out, "**");
    markdown_text(md, left);
    buf_add_text(md->out, "**");
}

void markdown_link(struct markdown *md, struct slice text, struct safe_url url) {
    buf_add_char(md->out, '[');
    markdown_text(md, text);
    buf_add_text(md->out, "](");
    for (size_t i = 0; i < url.text.len; i++) {
        char c = url.text.at[i];
        if (strchr("()*_~", c) != NULL) buf_printf(md->out, "%%%02X", (unsigned char)c);
        else buf_add_char(md->out, c);
    }
    buf_add_char(md->out, ')');
}

void markdown_joined(struct markdown *md, const struct slice_list *list, struct slice between) {
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) buf_add(md->out, between);
        markdown_text(md, list->at[i]);
    }
}
