#include "door/document_json.h"

#include "base/limits.h"
#include "base/url.h"

static bool add_link(struct arena *arena, struct slice_list *links, struct slice url) {
    if (!url_is_web(url) || links->count >= LIMIT_ITEM_LIST) return true;
    return slice_list_add_once(arena, links, url);
}

static size_t address_end(struct slice text, size_t at) {
    while (at < text.len && (unsigned char)text.at[at] > ' ' && text.at[at] != '<' && text.at[at] != '>' &&
           text.at[at] != '"' && text.at[at] != ')' && text.at[at] != ']')
        at++;
    while (at > 0 && (text.at[at - 1] == '.' || text.at[at - 1] == ',' || text.at[at - 1] == ';')) at--;
    return at;
}

/* Addresses that stand in the text count as its links. */
static bool links_in_text(struct arena *arena, struct slice text, struct slice_list *links) {
    for (size_t at = slice_find(text, SLICE("http"), 0); at != SLICE_NOT_FOUND;
         at = slice_find(text, SLICE("http"), at + 4)) {
        size_t end = address_end(text, at);
        if (!add_link(arena, links, slice_part(text, at, end))) return false;
    }
    return true;
}

static bool read_links(struct arena *arena, const struct jnode *list, struct slice text, struct slice_list *links) {
    for (size_t i = 0; i < jtree_count(list); i++)
        if (!add_link(arena, links, jtree_text(jtree_at(list, i)))) return false;
    return links_in_text(arena, text, links);
}

static bool read_references(struct arena *arena, const struct jnode *list, struct reference_list *out) {
    for (size_t i = 0; i < jtree_count(list); i++) {
        const struct jnode *node = jtree_at(list, i);
        struct reference reference = {.id = jtree_get_text(node, "id"),
                                      .url = jtree_get_text(node, "url"),
                                      .text = jtree_get_text(node, "text")};
        if (!reference_kind_from(jtree_get_text(node, "kind"), &reference.kind)) continue;
        if (out->count < LIMIT_ITEM_LIST && !reference_list_add(arena, out, reference)) return false;
    }
    return true;
}

static bool fill(const struct jnode *node, struct arena *arena, struct document *out, struct article *article) {
    const struct jnode *linked = jtree_get(node, "article");
    *out = (struct document){.id = jtree_get_text(node, "id"),
                             .title = jtree_get_text(node, "title"),
                             .text = jtree_get_text(node, "text"),
                             .url = jtree_get_text(node, "url"),
                             .author = jtree_get_text(node, "author"),
                             .lang = jtree_get_text(node, "lang")};
    if (!read_links(arena, jtree_get(node, "links"), out->text, &out->links)) return false;
    if (!jtree_is_object(linked)) return true;
    article_init(article);
    article->title = jtree_get_text(linked, "title");
    article->text = jtree_get_text(linked, "text");
    article->url = jtree_get_text(linked, "url");
    out->article = article;
    return read_references(arena, jtree_get(linked, "references"), &article->references);
}

static bool has_text(const struct jnode *node, const char *name, struct fault *fault) {
    const struct jnode *value = jtree_get(node, name);
    if (value == NULL) return fault_set(fault, FAULT_INPUT, "there is no \"%s\"", name);
    return jtree_is_string(value) || fault_set(fault, FAULT_INPUT, "the \"%s\" must be a text", name);
}

bool document_json_read(const struct jnode *node, struct arena *arena, struct document *out, struct article *article,
                        struct fault *fault) {
    if (!jtree_is_object(node)) return fault_set(fault, FAULT_INPUT, "not a JSON object");
    if (!has_text(node, "id", fault) || !has_text(node, "text", fault)) return false;
    return fill(node, arena, out, article) || fault_memory(fault);
}
