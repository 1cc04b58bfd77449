#include <string.h>

#include "base/limits.h"
#include "parse/html_text.h"
#include "parse/page_sheet.h"

/* What stands between the head, the first block of prose, and the tail, behind the last one. */
enum zone { ZONE_HEAD, ZONE_MIDDLE, ZONE_TAIL };

enum shape { SHAPE_BOX, SHAPE_TITLE, SHAPE_HEADING, SHAPE_PARAGRAPH, SHAPE_ITEM, SHAPE_CELL };

struct place {
    enum zone zone;
    enum shape shape;
    bool link;         /* nearly all of it is a link */
    bool quote;        /* a quotation: nobody quotes a link */
    bool goes_on;      /* it stands in the same element as the last prose */
    size_t from_prose; /* kept blocks to the nearest one that reads like prose, 1 = next to it */
};

/* What the page calls itself, and room for words to compare with it. */
struct own_name {
    struct slice title;
    struct buf words;
};

/* No heading is longer; one that says less than this part of the page's own title names a section. */
#define HEADING_CHARS 300u
#define NAME_SHARE 3u

static bool is_named_by(const struct page_sheet *sheet, const struct page_block *block, struct own_name *own) {
    if (block->chars > HEADING_CHARS) return false;
    buf_clear(&own->words);
    page_write_nodes(sheet, block->first, block->last, &own->words);
    return own->words.len * NAME_SHARE >= own->title.len &&
           slice_find_nocase(own->title, buf_slice(&own->words), 0) != SLICE_NOT_FOUND;
}

static bool is_page_name(const struct page_sheet *sheet, const struct page_block *block, struct own_name *own) {
    /* The first of several names the page, the others name its parts. */
    return block->home == sheet->first_h1 || is_named_by(sheet, block, own);
}

static enum shape shape_of(const struct page_sheet *sheet, const struct page_block *block, enum zone zone,
                           struct own_name *own) {
    switch ((enum html_name)sheet->tree.at[block->home].name) {
        case HTML_E_H1: return is_page_name(sheet, block, own) ? SHAPE_TITLE : SHAPE_HEADING;
        case HTML_E_H2: return zone == ZONE_HEAD && is_named_by(sheet, block, own) ? SHAPE_TITLE : SHAPE_HEADING;
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
        if (place->shape == SHAPE_BOX && place->goes_on) return block->sentence && !place->link;
        if (place->shape == SHAPE_BOX || place->shape == SHAPE_HEADING) return false;
        return !(place->link && place->shape == SHAPE_PARAGRAPH);
    }
    if (place->zone == ZONE_HEAD) return place->shape != SHAPE_BOX;
    if (place->shape == SHAPE_BOX) return !place->link && (place->from_prose == 1 || block->sentence);
    if (place->link && place->quote) return false;
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

static enum zone zone_of(const struct span *span, size_t i) {
    if (i < span->first) return ZONE_HEAD;
    return i > span->last ? ZONE_TAIL : ZONE_MIDDLE;
}

static void trim(struct page_sheet *sheet, const uint32_t *distance, struct own_name *own) {
    struct span span = prose_span(sheet);
    for (size_t i = 0; i < sheet->block_count; i++) {
        struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        enum zone zone = zone_of(&span, i);
        const struct place place = {.zone = zone,
                                    .shape = shape_of(sheet, block, zone, own),
                                    .link = block->link_chars * 5 > block->chars * 3,
                                    .quote = sheet->tree.at[block->home].name == HTML_E_BLOCKQUOTE,
                                    .goes_on = block->home == sheet->blocks[span.last].home,
                                    .from_prose = distance[i]};
        block->keep = belongs(sheet, block, &place);
    }
}

bool page_trim(struct page_sheet *sheet, struct fault *fault) {
    if (prose_span(sheet).count < 2) return true;
    struct own_name own = {.words = buf_new(LIMIT_FIELD_BYTES)};
    uint32_t *distance = arena_alloc(sheet->arena, sheet->block_count, sizeof *distance);
    if (distance == NULL || !html_text_line(sheet->arena, sheet->tree.title, &own.title)) return fault_memory(fault);
    measure(sheet, distance);
    trim(sheet, distance, &own);
    bool done = !buf_failed(&own.words);
    buf_free(&own.words);
    return done || fault_memory(fault);
}
