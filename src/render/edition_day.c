#include "render/edition_day.h"

#include <math.h>

#include "render/card.h"
#include "render/day.h"
#include "render/page.h"

void edition_page_begin(struct html *xml, struct slice title) {
    html_raw(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n");
    html_tag(xml, "html");
    html_attr_is(xml, "xmlns", "http://www.w3.org/1999/xhtml");
    html_attr_is(xml, "xmlns:epub", "http://www.idpf.org/2007/ops");
    html_attr_is(xml, "lang", "en-GB");
    html_attr_is(xml, "xml:lang", "en-GB");
    html_tag(xml, "head");
    html_element(xml, "title", "", title);
    html_raw(xml, "<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>");
    html_close(xml, "head");
    html_tag(xml, "body");
    html_raw(xml, "\n");
}

void edition_page_end(struct html *xml) {
    html_close(xml, "body");
    html_close(xml, "html");
    html_raw(xml, "\n");
}

static void write_fact(struct html *xml, struct slice name, const struct slice_list *list) {
    if (list->count == 0) return;
    html_tag(xml, "p");
    html_element(xml, "b", "", name);
    html_raw(xml, ": ");
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) html_raw(xml, "; ");
        html_text(xml, list->at[i]);
    }
    html_close(xml, "p");
}

static void write_links(struct html *xml, struct pen *pen, const struct card *card) {
    if (card->link_count == 0) return;
    html_tag(xml, "ul");
    for (size_t i = 0; i < card->link_count; i++) {
        const struct card_link *link = &card->links[i];
        struct safe_url url = {{NULL, 0}};
        struct slice words = pen_join(pen, link->kind, ": ", link->title);
        (void)safe_url_make(pen->arena, link->url, &url);
        html_tag(xml, "li");
        page_anchor(xml, url, words);
        if (!slice_is_empty(link->remark)) {
            html_raw(xml, " (");
            html_text(xml, link->remark);
            html_raw(xml, ")");
        }
        html_close(xml, "li");
    }
    html_close(xml, "ul");
}

static void write_why(struct html *xml, struct pen *pen, const struct card *card) {
    const struct term_list *terms = &card->entry->terms;
    html_element(xml, "h4", "", pen_word(pen, WORD_WHY));
    html_tag(xml, "ul");
    for (size_t i = 0; i < terms->count; i++) {
        if (llround(terms->at[i].points) == 0) continue;
        html_tag(xml, "li");
        html_text(xml, card_points(pen, &terms->at[i]));
        html_raw(xml, ": ");
        html_text(xml, terms->at[i].words);
        html_close(xml, "li");
    }
    html_tag(xml, "li");
    html_text(xml, pen_join(pen, card->sum, ": ", card->sum_words));
    html_close(xml, "li");
    page_list(xml, &card->shared);
    html_close(xml, "ul");
}

static void write_body(struct html *xml, struct pen *pen, const struct card *card) {
    const struct entry *entry = card->entry;
    const struct verdict *verdict = &entry->verdict;
    html_tag(xml, "p");
    html_attr_is(xml, "class", "badge");
    html_text(xml, slice_from(card->badge_sign));
    html_raw(xml, " ");
    html_text(xml, card->badge_words);
    html_close(xml, "p");
    html_element(xml, "p", "by", card->byline);
    if (!slice_is_empty(card->mark)) html_element(xml, "p", "by", pen_join(pen, card->mark, ": ", entry->mark_words));
    if (!slice_is_empty(entry->excerpt)) html_element(xml, "p", "", entry->excerpt);
    write_links(xml, pen, card);
    write_fact(xml, pen_word(pen, WORD_REASONS), &verdict->check_reasons);
    write_fact(xml, pen_word(pen, WORD_FOUND), &verdict->because);
    write_fact(xml, pen_word(pen, WORD_MISSING), &verdict->missing);
    if (!slice_is_empty(entry->prompt)) {
        struct slice one = entry->prompt;
        write_fact(xml, pen_word(pen, WORD_PROMPT), &(struct slice_list){&one, 1, 1});
    }
    write_why(xml, pen, card);
}

static void write_card(struct html *xml, struct pen *pen, const struct entry *entry) {
    struct card card = card_make(pen, entry);
    html_tag(xml, "article");
    /* A code may begin with a digit, which the name of an XML element may not. */
    if (day_code_holds(entry->code)) html_attr(xml, "id", pen_join(pen, SLICE("idea"), "-", entry->code));
    html_element(xml, "h3", "", card.headline);
    if (!entry->withdrawn) write_body(xml, pen, &card);
    html_close(xml, "article");
    html_raw(xml, "\n");
}

static void write_focus(struct html *xml, struct pen *pen, const struct focus_block *focus) {
    html_tag(xml, "section");
    html_element(xml, "h2", "", day_focus_line(pen, focus));
    html_element(xml, "h3", "", focus->title);
    struct slice_list notes = day_focus_notes(pen, focus);
    for (size_t i = 0; i < notes.count; i++) html_element(xml, "p", "", notes.at[i]);
    if (!slice_is_empty(focus->prompt)) html_element(xml, "p", "", focus->prompt);
    if (!slice_is_empty(focus->colleague)) html_element(xml, "p", "", focus->colleague);
    html_close(xml, "section");
}

void edition_day_write(struct html *xml, struct pen *pen, const struct digest *digest) {
    struct day day = day_make(pen, digest);
    edition_page_begin(xml, day.date_words);
    html_element(xml, "h1", "", day.date_words);
    for (size_t i = 0; i < day.summary.count; i++) html_element(xml, "p", "by", day.summary.at[i]);
    for (size_t i = 0; i < digest->focus.count; i++) write_focus(xml, pen, &digest->focus.at[i]);
    for (size_t i = 0; i < digest->sections.count; i++) {
        const struct section *section = &digest->sections.at[i];
        if (section->entries.count == 0) continue;
        html_tag(xml, "section");
        html_element(xml, "h2", "", day_section_heading(pen, section));
        struct slice intro = day_section_intro(pen, section);
        if (!slice_is_empty(intro)) html_element(xml, "p", "by", intro);
        for (size_t j = 0; j < section->entries.count; j++) write_card(xml, pen, &section->entries.at[j]);
        html_close(xml, "section");
    }
    if (!slice_is_empty(day.empty)) html_element(xml, "p", "", day.empty);
    html_element(xml, "p", "by", slice_is_empty(digest->disclaimer) ? DIGEST_DISCLAIMER : digest->disclaimer);
    html_element(xml, "p", "by", pen_word(pen, WORD_AWARENESS));
    edition_page_end(xml);
}
