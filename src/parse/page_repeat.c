#include <string.h>

#include "parse/page_sheet.h"

/* FNV-1a over what is no white space: the same words in other markup are the same. */
static uint64_t hash_block(const struct page_sheet *sheet, const struct page_block *block) {
    uint64_t hash = 1469598103934665603u;
    for (uint32_t i = block->first; i <= block->last; i++) {
        const struct html_node *node = &sheet->tree.at[i];
        if (node->name != HTML_E_TEXT) continue;
        for (size_t k = 0; k < node->inside.len; k++) {
            unsigned char c = (unsigned char)node->inside.at[k];
            if (c > ' ') hash = (hash ^ c) * 1099511628211u;
        }
    }
    return hash == 0 ? 1 : hash;
}

/* True when the hash was in the table already. The table is never full: it has twice as many places as blocks. */
static bool seen(uint64_t *table, size_t mask, uint64_t hash) {
    size_t at = (size_t)hash & mask;
    while (table[at] != 0 && table[at] != hash) at = (at + 1) & mask;
    bool known = table[at] == hash;
    table[at] = hash;
    return known;
}

bool page_repeat_drop(struct page_sheet *sheet, struct fault *fault) {
    size_t places = 16;
    while (places < sheet->block_count * 2) places *= 2;
    uint64_t *table = arena_alloc(sheet->arena, places, sizeof *table);
    if (table == NULL) return fault_memory(fault);
    bool repeating = false;
    for (size_t i = 0; i < sheet->block_count; i++) {
        struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        bool known = seen(table, places - 1, hash_block(sheet, block));
        /* A short line may come twice by itself; between repeated paragraphs it is part of the repetition. */
        if (block->prose) repeating = known;
        if (known && (block->prose || repeating)) block->keep = false;
    }
    return true;
}
