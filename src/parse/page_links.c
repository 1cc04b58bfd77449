#include "base/limits.h"
#include "base/utf8.h"
#include "parse/address.h"
#include "parse/html_text.h"
#include "parse/page_kind.h"

static bool has_link(const struct link_list *links, struct slice url) {
    for (size_t i = 0; i < links->count; i++)
        if (slice_equal(links->at[i].url, url)) return true;
    return false;
}

static bool read_link(const struct page_sheet *sheet, uint32_t anchor, struct slice base, struct article *article) {
    AUTO(buf_free)
    struct buf words = buf_new(LIMIT_FIELD_BYTES);
    const struct html_node *node = &sheet->tree.at[anchor];
    struct link link = {.length = -1};
    struct slice href = html_node_attribute(node, "href");
    if (slice_is_empty(href) || href.len > LIMIT_URL_BYTES || slice_starts(href, SLICE("#"))) return true;
    if (!html_text_unescape(sheet->arena, href, &href)) return false;
    if (!address_resolve(sheet->arena, base, href, &link.url) || has_link(&article->links, link.url)) return true;
    if (node->end > anchor + 1 && node->end - anchor < 200) page_write_nodes(sheet, anchor + 1, node->end - 1, &words);
    if (words.len > 0 && !arena_copy(sheet->arena, utf8_cut(buf_slice(&words), 500), &link.title)) return false;
    (void)link_list_add(sheet->arena, &article->links, link);
    return true;
}

static struct slice base_of(const struct page_sheet *sheet, struct slice url) {
    for (uint32_t i = 1; i < sheet->tree.count && i < 500; i++)
        if (sheet->tree.at[i].name == HTML_E_BASE)
            return address_base(sheet->arena, url, html_node_attribute(&sheet->tree.at[i], "href"));
    return url;
}

bool page_links_read(const struct page_sheet *sheet, struct article *article) {
    struct slice base = base_of(sheet, article->url);
    uint32_t last = 0;
    for (size_t i = 0; i < sheet->block_count; i++) {
        const struct page_block *block = &sheet->blocks[i];
        if (!block->keep || block->links == 0) continue;
        for (uint32_t at = block->first; at <= block->last && article->links.count < LIMIT_ITEM_LIST; at++) {
            uint32_t anchor = sheet->tree.at[at].anchor;
            if (sheet->tree.at[at].name != HTML_E_TEXT || anchor == 0 || anchor == last) continue;
            last = anchor;
            if (!read_link(sheet, anchor, base, article)) return false;
        }
    }
    return true;
}
