#include <string.h>

#include "parse/page_sheet.h"

/* What stands between the head, the first block of prose, and the tail, behind the last one. */
enum zone { ZONE_HEAD, ZONE_MIDDLE, ZONE_TAIL };

enum shape { SHAPE_BOX, SHAPE_TITLE, SHAPE_HEADING, SHAPE_PARAGRAPH, SHAPE_ITEM, SHAPE_CELL };

struct place {
    enum zone zone;
    enum shape shape;
    bool link;         /* nearly all of it is a link */
    size_t from_prose; /* kept blocks to the nearest one that reads like prose, 1 = next to it */
};

static enum shape shape_of(const struct page_sheet *sheet, const struct page_block *block) {
    switch ((enum html_name)sheet->tree.at[block->home].name) {
        case HTML_E_H1: return SHAPE_TITLE;
        case HTML_E_H2:
        case HTML_E_H3:
        case HTML_E_H4:
        case HTML_E_H5:
        case HTML_E_H6: return SHAPE_HEADING;
        case HTML_E_P:
        case HTML_E_PRE:
        case HTML_E_BLOCKQUOTE: return SHAPE_PARAGRAPH;
        case HTML_E_LI:
        case HTML_E_DT:
        case HTML_E_DD: return SHAPE_ITEM;
        case HTML_E_TD:
        case HTML_E_TH:
        case HTML_E_CAPTION: return SHAPE_CELL;
        default: return SHAPE_BOX;
    }
}

/* In an article, what is not its words: its title (kept apart), boxes and links around it. */
static bool belongs_to_article(const struct page_block *block, const struct place *place) {
    if (place->shape == SHAPE_TITLE) return false;
    if (place->zone == ZONE_TAIL) {
        if (place->shape == SHAPE_BOX || place->shape == SHAPE_HEADING) return false;
        return !(place->link && place->shape == SHAPE_PARAGRAPH);
    }
    if (place->zone == ZONE_HEAD) return place->shape != SHAPE_BOX;
    if (place->shape == SHAPE_BOX) return !place->link && (place->from_prose == 1 || block->sentence);
    if (place->link && (place->shape == SHAPE_PARAGRAPH || place->shape == SHAPE_ITEM)) return place->from_prose <= 3;
    return true;
}

static bool belongs_to_forum(const struct page_block *block, const struct place *place) {
    if (place->link) return place->shape == SHAPE_PARAGRAPH;
    if (place->shape == SHAPE_TITLE || place->shape == SHAPE_HEADING) return false;
    if (place->shape == SHAPE_ITEM) return place->from_prose <= 1;
    if (place->shape == SHAPE_BOX) return block->sentence || (place->from_prose == 1 && block->words >= 3);
    return true;
}

static bool belongs_to_general(const struct page_block *block, const struct place *place) {
    if (place->zone == ZONE_HEAD) return !place->link && place->shape != SHAPE_BOX;
    if (place->zone == ZONE_TAIL) return place->shape != SHAPE_HEADING && place->shape != SHAPE_BOX;
    if (place->shape == SHAPE_BOX)
        return place->link ? place->from_prose <= 1 : place->from_prose <= 8 || block->sentence;
    if (place->link && place->shape == SHAPE_PARAGRAPH) return place->from_prose <= 3;
    return true;
}

static bool belongs(const struct page_sheet *sheet, const struct page_block *block, const struct place *place) {
    if (block->prose) return true;
    if (sheet->type == PAGE_ARTICLE) return belongs_to_article(block, place);
    return sheet->type == PAGE_FORUM ? belongs_to_forum(block, place) : belongs_to_general(block, place);
}

/* Writes for each kept block how many kept blocks lie between it and prose on either side. */
static void measure(const struct page_sheet *sheet, uint32_t *distance) {
    uint32_t since = UINT32_MAX / 2;
    for (size_t i = 0; i < sheet->block_count; i++) {
        if (!sheet->blocks[i].keep) continue;
        since = sheet->blocks[i].prose ? 0 : since + 1;
        distance[i] = since;
    }
    since = UINT32_MAX / 2;
    for (size_t i = sheet->block_count; i > 0; i--) {
        if (!sheet->blocks[i - 1].keep) continue;
        since = sheet->blocks[i - 1].prose ? 0 : since + 1;
        if (since < distance[i - 1]) distance[i - 1] = since;
    }
}

struct span {
    size_t first, last, count; /* blocks of prose that are kept */
    uint32_t prose, chars;
};

static struct span prose_span(const struct page_sheet *sheet) {
    struct span span = {0};
    for (size_t i = 0; i < sheet->block_count; i++) {
        const struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        span.chars += block->chars;
        if (!block->prose) continue;
        if (span.count++ == 0) span.first = i;
        span.last = i;
        span.prose += block->chars;
    }
    return span;
}

bool page_trim(struct page_sheet *sheet, struct fault *fault) {
    struct span span = prose_span(sheet);
    if (span.count < 2) return true;
    uint32_t *distance = arena_alloc(sheet->arena, sheet->block_count, sizeof *distance);
    if (distance == NULL) return fault_memory(fault);
    measure(sheet, distance);
    for (size_t i = 0; i < sheet->block_count; i++) {
        struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        const struct place place = {.zone = i < span.first  ? ZONE_HEAD
                                            : i > span.last ? ZONE_TAIL
                                                            : ZONE_MIDDLE,
                                    .shape = shape_of(sheet, block),
                                    .link = block->link_chars * 5 > block->chars * 3,
                                    .from_prose = distance[i]};
        block->keep = belongs(sheet, block, &place);
    }
    return true;
}
