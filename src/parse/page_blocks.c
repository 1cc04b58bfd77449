#include <string.h>

#include "parse/page_sheet.h"

/* A block of this many characters outside links, or half of it with a sentence's end, reads like prose. */
#define PROSE_CHARS 80u
#define PROSE_SENTENCE_CHARS 40u

struct counts_of_text {
    uint32_t chars;
    uint16_t words, commas;
    char last;
};

/* Characters (not bytes) with white space folded; an ideograph counts as two, since it says more. */
static struct counts_of_text count_text(struct slice text) {
    struct counts_of_text counts = {.last = ' '};
    bool in_word = false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (space && !in_word) continue;
        if (c < 0x80 || c >= 0xC0) counts.chars += c >= 0xE3 && c <= 0xED ? 2 : 1;
        if (!space && !in_word && counts.words < UINT16_MAX) counts.words++;
        if (c == ',' && counts.commas < UINT16_MAX) counts.commas++;
        if (!space) counts.last = (char)c;
        in_word = !space;
    }
    return counts;
}

static bool ends_sentence(char last) {
    return strchr(".!?:;\"')", last) != NULL || (unsigned char)last >= 0x80;
}

static uint16_t add16(uint16_t a, unsigned b) {
    unsigned sum = a + b;
    return sum > UINT16_MAX ? UINT16_MAX : (uint16_t)sum;
}

struct reader {
    struct page_sheet *sheet;
    struct page_block *open; /* NULL = none */
    uint32_t anchor;         /* of the last text, so that a link counts once */
    unsigned breaks;         /* <br> since the last text */
};

static void close_block(struct reader *reader) {
    struct page_block *block = reader->open;
    if (block == NULL) return;
    uint32_t own = block->chars - block->link_chars;
    block->prose = own >= PROSE_CHARS || (own >= PROSE_SENTENCE_CHARS && block->sentence && block->words >= 7);
    if (block->link_chars * 2 > block->chars) block->prose = false;
    reader->open = NULL;
    reader->breaks = 0;
}

static bool open_block(struct reader *reader, uint32_t node, uint32_t home) {
    struct page_sheet *sheet = reader->sheet;
    struct page_block *grown =
        arena_grow(sheet->arena, sheet->blocks, sheet->block_count, &sheet->block_capacity, sizeof *grown);
    if (grown == NULL) return false;
    sheet->blocks = grown;
    reader->open = &grown[sheet->block_count++];
    reader->open->home = home;
    reader->open->first = node;
    reader->anchor = 0;
    return true;
}

static bool add_text(struct reader *reader, uint32_t node, uint32_t home) {
    const struct html_node *at = &reader->sheet->tree.at[node];
    if (reader->open != NULL && (reader->open->home != home || reader->breaks >= 2)) close_block(reader);
    if (reader->open == NULL && !open_block(reader, node, home)) return false;
    struct page_block *block = reader->open;
    struct counts_of_text counts = count_text(at->inside);
    block->last = node;
    block->chars += counts.chars;
    block->words = add16(block->words, counts.words);
    block->commas = add16(block->commas, counts.commas);
    if (counts.last != ' ') block->sentence = ends_sentence(counts.last);
    if (at->anchor != 0) {
        block->link_chars += counts.chars;
        if (at->anchor != reader->anchor) block->links = add16(block->links, 1);
    }
    reader->anchor = at->anchor;
    reader->breaks = 0;
    return true;
}

static bool is_linked_prose(const struct page_block *block) {
    return !block->prose && block->chars >= PROSE_CHARS && block->words >= 12 && block->links <= 2;
}

/* On some pages each text is one link as a whole (cards of a list, of tutors, of news): then those are its prose. */
static void count_linked_prose(struct page_sheet *sheet) {
    uint32_t plain = 0, linked = 0;
    for (size_t i = 0; i < sheet->block_count; i++) {
        if (sheet->blocks[i].prose) plain += sheet->blocks[i].chars;
        else if (is_linked_prose(&sheet->blocks[i])) linked += sheet->blocks[i].chars;
    }
    if (linked < plain * 2) return;
    for (size_t i = 0; i < sheet->block_count; i++)
        if (is_linked_prose(&sheet->blocks[i])) sheet->blocks[i].prose = true;
}

bool page_blocks_read(struct page_sheet *sheet, struct fault *fault) {
    struct reader reader = {.sheet = sheet};
    size_t count = sheet->tree.count;
    sheet->marks = arena_alloc(sheet->arena, count, sizeof *sheet->marks);
    if (sheet->marks == NULL) return fault_memory(fault);
    for (uint32_t i = 1; i < count; i++) {
        const struct html_node *node = &sheet->tree.at[i];
        bool blocky = (html_name_traits((enum html_name)node->name) & HTML_BLOCKY) != 0;
        sheet->marks[i].block_home = blocky ? i : sheet->marks[node->parent].block_home;
        if (node->name == HTML_E_BODY) sheet->body = i;
        if (node->name == HTML_E_H1 && sheet->first_h1 == 0) sheet->first_h1 = i;
        if (node->name == HTML_E_BR) reader.breaks++;
        if (node->name == HTML_E_HR) close_block(&reader);
        if (blocky && reader.open != NULL && sheet->marks[reader.open->home].block_home != i) close_block(&reader);
        if (node->name == HTML_E_TEXT && !add_text(&reader, i, sheet->marks[i].block_home)) return fault_memory(fault);
    }
    close_block(&reader);
    count_linked_prose(sheet);
    return true;
}
