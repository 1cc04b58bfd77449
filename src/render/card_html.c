#include "render/card_html.h"

#include <math.h>

#include "render/card.h"
#include "render/day.h"
#include "render/page.h"

static bool says_how(const struct card *card) {
    return card->entry->mark == MARK_DEEPENS && !slice_is_empty(card->entry->mark_words);
}

static void write_over(struct html *html, const struct card *card) {
    html_tag(html, "p");
    html_attr_is(html, "class", "over");
    /* The section says already that it deepens the focus; here stands how. */
    html_element(html, "span", "mark", says_how(card) ? card->entry->mark_words : card->mark);
    html_element(html, "span", "code", card->entry->code);
    html_close(html, "p");
}

/* The headline leads to what is worth opening: the page behind the post, else the post. */
static void write_headline(struct html *html, struct pen *pen, const struct card *card) {
    struct safe_url url = {{NULL, 0}};
    for (size_t i = 0; i < card->link_count && slice_is_absent(url.text); i++)
        (void)safe_url_make(pen->arena, card->links[i].url, &url);
    html_tag(html, "h3");
    html_attr_is(html, "dir", "auto");
    if (slice_is_absent(url.text)) {
        html_text(html, card->headline);
    } else {
        html_tag(html, "a");
        html_link(html, "href", url);
        html_text(html, card->headline);
        html_close(html, "a");
    }
    html_close(html, "h3");
}

static void write_chips(struct html *html, const struct card *card) {
    if (card->chips.count > 0) {
        html_tag(html, "ul");
        html_attr_is(html, "class", "chips");
        page_list(html, &card->chips);
        html_close(html, "ul");
    }
    if (!slice_is_empty(card->byline)) html_element(html, "p", "by", card->byline);
}

static void write_link(struct html *html, struct pen *pen, const struct card_link *link) {
    struct safe_url url;
    bool safe = safe_url_make(pen->arena, link->url, &url);
    html_tag(html, "li");
    if (safe) {
        html_tag(html, "a");
        html_link(html, "href", url);
        html_text(html, link->kind);
    } else {
        html_element(html, "span", "kind", link->kind);
    }
    if (!slice_is_empty(link->title)) {
        html_raw(html, ": ");
        html_text(html, link->title);
    }
    if (safe) html_close(html, "a");
    if (!slice_is_empty(link->remark)) {
        html_raw(html, " ");
        html_tag(html, "span");
        html_attr_is(html, "class", "remark");
        html_raw(html, "(");
        html_text(html, link->remark);
        html_raw(html, ")");
        html_close(html, "span");
    }
    html_close(html, "li");
}

/* Whether the headline, which leads there, says all that a line of its own would say. */
static bool is_headline(const struct pen *pen, const struct card_link *link) {
    return slice_is_empty(link->title) && slice_is_empty(link->remark) &&
           slice_equal(link->kind, pen_word(pen, WORD_LINK_ARTICLE));
}

static void write_links(struct html *html, struct pen *pen, const struct card *card) {
    size_t first = card->link_count > 0 && is_headline(pen, &card->links[0]) ? 1 : 0;
    if (card->link_count == first) return;
    html_tag(html, "ul");
    html_attr_is(html, "class", "links");
    for (size_t i = first; i < card->link_count; i++) write_link(html, pen, &card->links[i]);
    html_close(html, "ul");
}

static void write_fact(struct html *html, struct slice name, const struct slice_list *list) {
    if (list->count == 0) return;
    html_element(html, "dt", "", name);
    html_tag(html, "dd");
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) html_raw(html, "; ");
        html_text(html, list->at[i]);
    }
    html_close(html, "dd");
}

static void write_facts(struct html *html, struct pen *pen, const struct card *card) {
    const struct verdict *verdict = &card->entry->verdict;
    if (verdict->because.count + verdict->missing.count + verdict->check_reasons.count == 0) return;
    html_tag(html, "dl");
    html_attr_is(html, "class", "facts");
    write_fact(html, pen_word(pen, WORD_REASONS), &verdict->check_reasons);
    write_fact(html, pen_word(pen, WORD_FOUND), &verdict->because);
    write_fact(html, pen_word(pen, WORD_MISSING), &verdict->missing);
    html_close(html, "dl");
}

/* What else was noticed is for those who ask: the card has five minutes for six. */
static void write_notes(struct html *html, struct pen *pen, const struct card *card) {
    if (card->entry->verdict.notes.count == 0) return;
    html_tag(html, "dl");
    html_attr_is(html, "class", "facts");
    write_fact(html, pen_word(pen, WORD_NOTES), &card->entry->verdict.notes);
    html_close(html, "dl");
}

static void write_term(struct html *html, struct slice points, struct slice words) {
    html_raw(html, "<tr><td class=\"points\">");
    html_text(html, points);
    html_raw(html, "</td><td>");
    html_text(html, words);
    html_raw(html, "</td></tr>");
}

static void write_terms(struct html *html, struct pen *pen, const struct card *card) {
    html_tag(html, "table");
    html_raw(html, "<thead><tr><th scope=\"col\">");
    html_text(html, pen_word(pen, WORD_WHY_POINTS));
    html_raw(html, "</th><th scope=\"col\">");
    html_text(html, pen_word(pen, WORD_WHY_REASON));
    html_raw(html, "</th></tr></thead>");
    html_tag(html, "tbody");
    const struct term_list *terms = &card->entry->terms;
    for (size_t i = 0; i < terms->count; i++)
        if (llround(terms->at[i].points) != 0) write_term(html, card_points(pen, &terms->at[i]), terms->at[i].words);
    html_close(html, "tbody");
    html_tag(html, "tfoot");
    write_term(html, card->sum, card->sum_words);
    html_close(html, "tfoot");
    html_close(html, "table");
}

static void write_why(struct html *html, struct pen *pen, const struct card *card) {
    html_tag(html, "details");
    html_element(html, "summary", "", pen_word(pen, WORD_WHY));
    if (!slice_is_empty(card->entry->mark_words) && !says_how(card))
        html_element(html, "p", "", card->entry->mark_words);
    write_terms(html, pen, card);
    write_notes(html, pen, card);
    if (card->shared.count > 0) {
        html_tag(html, "ul");
        html_attr_is(html, "class", "shared");
        page_list(html, &card->shared);
        html_close(html, "ul");
    }
    if (!slice_is_empty(card->same_study)) html_element(html, "p", "", card->same_study);
    html_close(html, "details");
}

void card_html_write(struct html *html, struct pen *pen, const struct entry *entry) {
    struct card card = card_make(pen, entry);
    html_tag(html, "article");
    if (day_code_holds(entry->code)) html_attr(html, "id", entry->code);
    write_over(html, &card);
    write_headline(html, pen, &card);
    if (entry->withdrawn) {
        html_close(html, "article");
        html_raw(html, "\n");
        return;
    }
    page_badge(html, card.badge, card.badge_words);
    write_chips(html, &card);
    if (!slice_is_empty(entry->excerpt)) {
        html_tag(html, "p");
        html_attr_is(html, "class", "excerpt");
        html_attr_is(html, "dir", "auto");
        html_text(html, entry->excerpt);
        html_close(html, "p");
    }
    write_links(html, pen, &card);
    write_facts(html, pen, &card);
    if (!slice_is_empty(entry->prompt)) {
        html_raw(html, "<p class=\"prompt\"><b>");
        html_text(html, pen_word(pen, WORD_PROMPT));
        html_raw(html, ":</b> ");
        html_text(html, entry->prompt);
        html_raw(html, "</p>");
    }
    write_why(html, pen, &card);
    html_close(html, "article");
    html_raw(html, "\n");
}
