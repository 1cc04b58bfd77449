#include "render/day_txt.h"

#include "render/card.h"
#include "render/day.h"
#include "render/wrap.h"

static void write_list(struct buf *out, const char *first, const char *rest, const struct slice_list *list) {
    for (size_t i = 0; i < list->count; i++) wrap_paragraph(out, first, rest, list->at[i]);
}

static struct slice joined(struct pen *pen, const struct slice_list *list, const char *between) {
    struct slice line = {NULL, 0};
    for (size_t i = 0; i < list->count; i++) line = pen_join(pen, line, between, list->at[i]);
    return line;
}

static void write_fact(struct pen *pen, struct buf *out, enum word name, const struct slice_list *list) {
    if (list->count == 0) return;
    wrap_paragraph(out, "  ", "    ", pen_join(pen, pen_word(pen, name), ": ", joined(pen, list, "; ")));
}

static void write_links(struct pen *pen, struct buf *out, const struct card *card) {
    for (size_t i = 0; i < card->link_count; i++) {
        const struct card_link *link = &card->links[i];
        struct slice words = pen_join(pen, link->kind, ": ", link->title);
        if (!slice_is_empty(link->remark))
            words = pen_join(pen, pen_join(pen, words, " (", link->remark), "", SLICE(")"));
        wrap_paragraph(out, "  ", "    ", words);
        struct safe_url url;
        if (safe_url_make(pen->arena, link->url, &url)) wrap_paragraph(out, "    ", "    ", url.text);
    }
}

static void write_why(struct pen *pen, struct buf *out, const struct card *card) {
    wrap_paragraph(out, "  ", "  ", pen_join(pen, pen_word(pen, WORD_WHY), "", SLICE(":")));
    const struct term_list *terms = &card->entry->terms;
    for (size_t i = 0; i < terms->count; i++) {
        if (terms->at[i].points > -0.5 && terms->at[i].points < 0.5) continue;
        wrap_paragraph(out, "    ", "      ", pen_join(pen, card_points(pen, &terms->at[i]), ": ", terms->at[i].words));
    }
    wrap_paragraph(out, "    = ", "      ", pen_join(pen, card->sum, ": ", card->sum_words));
    write_list(out, "  ", "    ", &card->shared);
    if (!slice_is_empty(card->same_study)) wrap_paragraph(out, "  ", "    ", card->same_study);
}

static void write_card(struct pen *pen, struct buf *out, const struct entry *entry, size_t number) {
    struct card card = card_make(pen, entry);
    const struct verdict *verdict = &entry->verdict;
    struct slice heading = pen_join(pen, pen_number(pen, (int64_t)number), ". ", card.headline);
    wrap_paragraph(out, "", "   ", heading);
    if (entry->withdrawn) {
        buf_add_char(out, '\n');
        return;
    }
    struct slice badge = pen_join(pen, slice_from(card.badge_sign), " ", card.badge_words);
    wrap_paragraph(out, "  ", "  ", badge);
    if (card.chips.count > 0) wrap_paragraph(out, "  ", "  ", joined(pen, &card.chips, " - "));
    wrap_paragraph(out, "  ", "  ",
                   pen_join(pen, card.byline, " - ", pen_say(pen, WORD_CODE, entry->code, entry->code)));
    if (!slice_is_empty(card.mark)) wrap_paragraph(out, "  ", "  ", pen_join(pen, card.mark, ": ", entry->mark_words));
    if (!slice_is_empty(entry->excerpt)) {
        buf_add_char(out, '\n');
        wrap_paragraph(out, "  ", "  ", entry->excerpt);
    }
    buf_add_char(out, '\n');
    write_links(pen, out, &card);
    write_fact(pen, out, WORD_REASONS, &verdict->check_reasons);
    write_fact(pen, out, WORD_FOUND, &verdict->because);
    write_fact(pen, out, WORD_MISSING, &verdict->missing);
    write_fact(pen, out, WORD_NOTES, &verdict->notes);
    if (!slice_is_empty(entry->prompt))
        wrap_paragraph(out, "  ", "    ", pen_join(pen, pen_word(pen, WORD_PROMPT), ": ", entry->prompt));
    write_why(pen, out, &card);
    buf_add_char(out, '\n');
}

static void write_focus(struct pen *pen, struct buf *out, const struct focus_block *focus) {
    wrap_paragraph(out, "", "", day_focus_line(pen, focus));
    wrap_paragraph(out, "  ", "  ", focus->title);
    struct slice_list notes = day_focus_notes(pen, focus);
    for (size_t i = 0; i < notes.count; i++) wrap_paragraph(out, "  ", "  ", notes.at[i]);
    if (!slice_is_empty(focus->prompt)) wrap_paragraph(out, "  ", "  ", focus->prompt);
    if (!slice_is_empty(focus->colleague)) wrap_paragraph(out, "  ", "  ", focus->colleague);
    if (!slice_is_empty(focus->last_log)) wrap_paragraph(out, "  ", "  ", focus->last_log);
    buf_add_char(out, '\n');
}

static void write_closing(struct pen *pen, struct buf *out, const struct digest *digest, const struct day *day) {
    wrap_rule(out, '-');
    wrap_paragraph(out, "", "", pen_word(pen, WORD_CLOSING));
    wrap_paragraph(out, "", "", day->left_heading);
    write_list(out, "- ", "  ", &day->left);
    if (digest->reader.is_lead && digest->trouble.count > 0) {
        wrap_paragraph(out, "", "", pen_join(pen, pen_word(pen, WORD_TROUBLE), "", SLICE(":")));
        write_list(out, "- ", "  ", &digest->trouble);
    }
    buf_add_char(out, '\n');
    wrap_paragraph(out, "", "", slice_is_empty(digest->disclaimer) ? DIGEST_DISCLAIMER : digest->disclaimer);
    wrap_paragraph(out, "", "", pen_word(pen, WORD_AWARENESS));
}

void day_txt_write(struct pen *pen, const struct digest *digest, struct buf *out) {
    struct day day = day_make(pen, digest);
    wrap_paragraph(out, "", "", day.date_words);
    wrap_paragraph(out, "", "", day.who);
    wrap_paragraph(out, "", "", joined(pen, &day.summary, " - "));
    wrap_rule(out, '-');
    buf_add_char(out, '\n');
    if (!slice_is_empty(day.since)) wrap_paragraph(out, "", "", day.since);
    if (!slice_is_empty(day.since)) buf_add_char(out, '\n');
    for (size_t i = 0; i < digest->focus.count; i++) write_focus(pen, out, &digest->focus.at[i]);
    size_t number = 0;
    for (size_t i = 0; i < digest->sections.count; i++) {
        const struct section *section = &digest->sections.at[i];
        if (section->entries.count == 0) continue;
        wrap_paragraph(out, "-- ", "   ", day_section_heading(pen, section));
        struct slice intro = day_section_intro(pen, section);
        if (!slice_is_empty(intro)) wrap_paragraph(out, "", "", intro);
        buf_add_char(out, '\n');
        for (size_t j = 0; j < section->entries.count; j++) write_card(pen, out, &section->entries.at[j], ++number);
    }
    if (!slice_is_empty(day.empty)) wrap_paragraph(out, "", "", day.empty);
    write_closing(pen, out, digest, &day);
}

static bool write_day(const struct digest *digest, const struct look *look, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(look, arena);
    day_txt_write(&pen, digest, out);
    return pen_check(&pen, "the day as text", fault) && buf_check(out, "the day as text", fault);
}

const struct format format_txt = {
    .name = "txt",
    .file = "digest.txt",
    .media_type = "text/plain; charset=utf-8",
    .help = "the day as plain text, 72 columns wide",
    .write = write_day,
};
