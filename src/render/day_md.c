/* The day as Markdown (CommonMark). */
#include "render/card.h"
#include "render/day.h"
#include "render/markdown.h"

static void write_links(struct markdown *md, struct pen *pen, const struct card *card) {
    for (size_t i = 0; i < card->link_count; i++) {
        const struct card_link *link = &card->links[i];
        struct safe_url url;
        struct slice words = pen_join(pen, link->kind, ": ", link->title);
        markdown_raw(md, "- ");
        if (safe_url_make(pen->arena, link->url, &url)) markdown_link(md, words, url);
        else markdown_text(md, words);
        if (!slice_is_empty(link->remark)) {
            markdown_raw(md, " (");
            markdown_text(md, link->remark);
            markdown_raw(md, ")");
        }
        markdown_raw(md, "\n");
    }
}

static void write_facts(struct markdown *md, struct slice name, const struct slice_list *list) {
    if (list->count == 0) return;
    markdown_raw(md, "- ");
    markdown_text(md, name);
    markdown_raw(md, ": ");
    markdown_joined(md, list, SLICE("; "));
    markdown_raw(md, "\n");
}

static void write_why(struct markdown *md, struct pen *pen, const struct card *card) {
    markdown_raw(md, "\n");
    markdown_strong(md, pen_word(pen, WORD_WHY));
    markdown_raw(md, "\n\n");
    const struct term_list *terms = &card->entry->terms;
    for (size_t i = 0; i < terms->count; i++) {
        if (terms->at[i].points > -0.5 && terms->at[i].points < 0.5) continue;
        markdown_raw(md, "- ");
        markdown_text(md, card_points(pen, &terms->at[i]));
        markdown_raw(md, ": ");
        markdown_text(md, terms->at[i].words);
        markdown_raw(md, "\n");
    }
    markdown_raw(md, "- ");
    markdown_text(md, pen_join(pen, card->sum, ": ", card->sum_words));
    markdown_raw(md, "\n");
    for (size_t i = 0; i < card->shared.count; i++) {
        markdown_raw(md, "- ");
        markdown_text(md, card->shared.at[i]);
        markdown_raw(md, "\n");
    }
    if (!slice_is_empty(card->same_study)) {
        markdown_raw(md, "- ");
        markdown_text(md, card->same_study);
        markdown_raw(md, "\n");
    }
}

static void write_paragraph(struct markdown *md, struct slice text) {
    if (slice_is_empty(text)) return;
    markdown_text(md, text);
    markdown_raw(md, "\n\n");
}

static void write_card(struct markdown *md, struct pen *pen, const struct entry *entry) {
    struct card card = card_make(pen, entry);
    const struct verdict *verdict = &entry->verdict;
    markdown_raw(md, "### ");
    markdown_text(md, card.headline);
    markdown_raw(md, "\n\n");
    if (entry->withdrawn) return;
    markdown_strong(md, pen_join(pen, slice_from(card.badge_sign), " ", card.badge_words));
    markdown_raw(md, "  \n");
    markdown_joined(md, &card.chips, SLICE(" \xC2\xB7 "));
    if (card.chips.count > 0) markdown_raw(md, "  \n");
    markdown_text(md, pen_join(pen, card.byline, " \xC2\xB7 ", pen_say(pen, WORD_CODE, entry->code, entry->code)));
    if (!slice_is_empty(card.mark)) markdown_raw(md, "  \n");
    if (!slice_is_empty(card.mark)) markdown_text(md, pen_join(pen, card.mark, ": ", entry->mark_words));
    markdown_raw(md, "\n\n");
    if (!slice_is_empty(entry->excerpt)) markdown_raw(md, "> ");
    write_paragraph(md, entry->excerpt);
    write_links(md, pen, &card);
    write_facts(md, pen_word(pen, WORD_REASONS), &verdict->check_reasons);
    write_facts(md, pen_word(pen, WORD_FOUND), &verdict->because);
    write_facts(md, pen_word(pen, WORD_MISSING), &verdict->missing);
    write_facts(md, pen_word(pen, WORD_NOTES), &verdict->notes);
    markdown_raw(md, "\n");
    if (!slice_is_empty(entry->prompt)) {
        markdown_strong(md, pen_word(pen, WORD_PROMPT));
        markdown_raw(md, ": ");
        markdown_text(md, entry->prompt);
        markdown_raw(md, "\n");
    }
    write_why(md, pen, &card);
    markdown_raw(md, "\n");
}

static void write_focus(struct markdown *md, struct pen *pen, const struct focus_block *focus) {
    markdown_raw(md, "## ");
    markdown_text(md, day_focus_line(pen, focus));
    markdown_raw(md, "\n\n");
    markdown_strong(md, focus->title);
    markdown_raw(md, "\n\n");
    struct slice_list notes = day_focus_notes(pen, focus);
    for (size_t i = 0; i < notes.count; i++) write_paragraph(md, notes.at[i]);
    write_paragraph(md, focus->prompt);
    write_paragraph(md, focus->colleague);
    write_paragraph(md, focus->last_log);
}

static void write_items(struct markdown *md, const struct slice_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        markdown_raw(md, "- ");
        markdown_text(md, list->at[i]);
        markdown_raw(md, "\n");
    }
    if (list->count > 0) markdown_raw(md, "\n");
}

static void write_closing(struct markdown *md, struct pen *pen, const struct digest *digest, const struct day *day) {
    markdown_raw(md, "---\n\n");
    write_paragraph(md, pen_word(pen, WORD_CLOSING));
    write_paragraph(md, day->left_heading);
    write_items(md, &day->left);
    if (digest->reader.is_lead && digest->trouble.count > 0) {
        write_paragraph(md, pen_word(pen, WORD_TROUBLE));
        write_items(md, &digest->trouble);
    }
    write_paragraph(md, slice_is_empty(digest->disclaimer) ? DIGEST_DISCLAIMER : digest->disclaimer);
    markdown_text(md, pen_word(pen, WORD_AWARENESS));
    markdown_raw(md, "\n");
}

static bool write_day(const struct digest *digest, const struct look *look, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(look, arena);
    struct markdown md = markdown_to(out);
    struct day day = day_make(&pen, digest);
    markdown_raw(&md, "# ");
    markdown_text(&md, day.date_words);
    markdown_raw(&md, "\n\n");
    markdown_text(&md, day.who);
    markdown_raw(&md, "  \n");
    markdown_joined(&md, &day.summary, SLICE(" \xC2\xB7 "));
    markdown_raw(&md, "\n\n");
    write_paragraph(&md, day.since);
    for (size_t i = 0; i < digest->focus.count; i++) write_focus(&md, &pen, &digest->focus.at[i]);
    for (size_t i = 0; i < digest->sections.count; i++) {
        const struct section *section = &digest->sections.at[i];
        if (section->entries.count == 0) continue;
        markdown_raw(&md, "## ");
        markdown_text(&md, day_section_heading(&pen, section));
        markdown_raw(&md, "\n\n");
        write_paragraph(&md, day_section_intro(&pen, section));
        for (size_t j = 0; j < section->entries.count; j++) write_card(&md, &pen, &section->entries.at[j]);
    }
    write_paragraph(&md, day.empty);
    write_closing(&md, &pen, digest, &day);
    return pen_check(&pen, "the day in Markdown", fault) && buf_check(out, "the day in Markdown", fault);
}

const struct format format_md = {
    .name = "md",
    .file = "digest.md",
    .media_type = "text/markdown; charset=utf-8",
    .help = "the day as Markdown",
    .write = write_day,
};
