#include "base/limits.h"
#include "parse/page_sheet.h"

/* Longer paragraphs than this say something of their own, whatever they begin with. */
#define NOTE_CHARS 450u
#define LINE_CHARS 110u

static bool starts_with_any(struct slice text, const char *const *leads, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_starts_nocase(text, slice_from(leads[i]))) return true;
    return false;
}

static bool holds(struct slice text, const char *words) {
    return slice_find_nocase(text, slice_from(words), 0) != SLICE_NOT_FOUND;
}

/* "Related: How to …", where what follows is a link. */
static bool points_elsewhere(struct slice text, const struct page_block *block) {
    static const char *const leads[] = {"related:",
                                        "related article",
                                        "related post",
                                        "related reading",
                                        "read more",
                                        "read also",
                                        "read next",
                                        "also read",
                                        "see also:",
                                        "recommended:",
                                        "recommended read",
                                        "more:",
                                        "don't miss",
                                        "don\xE2\x80\x99t miss",
                                        "check out:",
                                        "also check",
                                        "you may also",
                                        "you might also",
                                        "keep reading",
                                        "up next",
                                        "more from",
                                        "more on this",
                                        "next:",
                                        "previous:"};
    while (text.len > 0 && (text.at[0] == '>' || text.at[0] == ' ' || text.at[0] == '['))
        text = slice_part(text, 1, text.len);
    return block->links > 0 && block->link_chars * 5 > block->chars * 2 &&
           starts_with_any(text, leads, COUNT_OF(leads));
}

/* What a page says of itself on a line of its own. */
static bool is_label(struct slice text) {
    static const char *const leads[] = {
        "tags:",       "tag:",        "filed under",  "categories:", "category:",     "posted in",     "last updated",
        "updated on",  "updated:",    "published on", "published:",  "posted on",     "last modified", "last reviewed",
        "photo:",      "photo by",    "photo credit", "image:",      "image credit",  "image source",  "featured image",
        "share this",  "share on",    "share:",       "follow us",   "advertisement", "sponsored",     "subscribe to",
        "sign up for", "back to top", "print this",   "powered by",  "all times are"};
    return starts_with_any(text, leads, COUNT_OF(leads));
}

/* Who earns by the links, who owns the words. */
static bool is_legal_note(struct slice text) {
    if (holds(text, "affiliate") && (holds(text, "commission") || holds(text, "link") || holds(text, "earn")))
        return true;
    return holds(text, "all rights reserved") || slice_starts(text, SLICE("\xC2\xA9")) ||
           slice_starts_nocase(text, SLICE("copyright \xC2\xA9"));
}

static bool is_within_code(const struct page_sheet *sheet, uint32_t node) {
    for (unsigned up = 0; node != 0 && up < 4; up++, node = sheet->tree.at[node].parent)
        if (sheet->tree.at[node].name == HTML_E_PRE || sheet->tree.at[node].name == HTML_E_CODE) return true;
    return false;
}

/* Settings for a script, left in the page as text. */
static bool is_data(const struct page_sheet *sheet, const struct page_block *block) {
    struct slice text = sheet->tree.at[block->first].inside;
    if (!slice_starts(text, SLICE("{\"")) && !slice_starts(text, SLICE("[{\"")) &&
        !slice_starts(text, SLICE("{&quot;")))
        return false;
    return !is_within_code(sheet, block->home);
}

bool page_asides_drop(struct page_sheet *sheet, struct fault *fault) {
    AUTO(buf_free)
    struct buf words = buf_new(LIMIT_FIELD_BYTES);
    for (size_t i = 0; i < sheet->block_count; i++) {
        struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        if (is_data(sheet, block)) block->keep = false;
        if (!block->keep || block->chars > NOTE_CHARS || block->last - block->first > 60) continue;
        buf_clear(&words);
        page_write_nodes(sheet, block->first, block->last, &words);
        struct slice text = buf_slice(&words);
        bool line = block->chars <= LINE_CHARS;
        if ((line && (is_label(text) || points_elsewhere(text, block))) || is_legal_note(text)) block->keep = false;
    }
    return !buf_failed(&words) || fault_memory(fault);
}
