/* The source check as one side of A4. */
#include "base/limits.h"
#include "base/when.h"
#include "render/check.h"
#include "render/check_card.h"
#include "render/page.h"

/* So many stand on paper beside all else, on one side. */
#define PAPER_WORKS 16u
#define PAPER_SHARERS 8u

struct slice check_style(void) {
    return SLICE(
        "\n"
        "body { max-width: 50rem; }\n"
        ".check section { margin-top: 1.25rem; } .check ul { margin: .25rem 0; padding-left: 1.125rem; }\n"
        ".check table { font-size: .9375rem; } .check th { width: 40%; font-weight: 600; }\n"
        ".check .soft { color: var(--soft); font-size: .875rem; } .check .alarm { color: var(--bf); "
        "font-weight: 600; }\n"
        ".check .paper { display: none; }\n"
        "@media print {\n"
        "  .check .screen { display: none; } .check .paper { display: list-item; }\n"
        "  .check { column-span: all; line-height: 1.22; } .check section { margin-top: 1.5mm; break-inside: avoid; }\n"
        "  .check .many { break-inside: auto; } .many ul { columns: 2; column-gap: 6mm; }\n"
        "  .many li { break-inside: avoid; } .many br { display: none; } .many .soft::before, "
        ".many .alarm::before { content: \" \\00b7\\00a0\"; }\n"
        "  .check table, .check li, .check p { font-size: 7.25pt; } .check th { width: 32%; } .check .soft { "
        "font-size: 7pt; }\n"
        "  .check th, .check td { padding: .3mm 2mm .3mm 0; } .check ul { margin: 0; }\n"
        "}\n");
}

static void list(struct html *html, struct slice heading, const struct slice_list *texts) {
    if (texts->count == 0) return;
    html_tag(html, "section");
    html_element(html, "h2", "", heading);
    html_tag(html, "ul");
    page_list(html, texts);
    html_close(html, "ul");
    html_close(html, "section");
    html_raw(html, "\n");
}

static void anchor(struct html *html, struct pen *pen, struct slice raw, struct slice words) {
    struct safe_url url = {{NULL, 0}};
    (void)safe_url_make(pen->arena, raw, &url);
    html_raw(html, "<span dir=\"auto\">");
    page_anchor(html, url, words);
    html_raw(html, "</span>");
}

static void write_verdict(struct html *html, const struct check_card *card, const struct verdict *verdict) {
    page_badge(html, card->badge, card->badge_words);
    list(html, SLICE("Check first"), &verdict->check_reasons);
    list(html, SLICE("Found"), &verdict->because);
    list(html, SLICE("Missing"), &verdict->missing);
    list(html, SLICE("Worth knowing"), &card->notes);
}

/* An item of a list; on paper, which has one side, only those that fit. */
static void open_item(struct html *html, bool on_paper) {
    html_tag(html, "li");
    if (!on_paper) html_attr_is(html, "class", "screen");
}

static void write_more(struct html *html, struct pen *pen, size_t count, const char *where) {
    if (count == 0) return;
    html_tag(html, "li");
    if (where[0] != '\0') html_attr(html, "class", slice_from(where));
    html_text(html, pen_number(pen, (int64_t)count));
    html_raw(html, " more");
    html_close(html, "li");
}

static void write_works(struct html *html, struct pen *pen, const struct check_card *card,
                        const struct link_check *check) {
    html_tag(html, "section");
    html_attr_is(html, "class", "many");
    html_element(html, "h2", "", SLICE("What it rests on"));
    if (card->work_count == 0) html_element(html, "p", "", SLICE("Nothing that can be traced was found."));
    html_tag(html, "ul");
    size_t on_screen = 0;
    for (size_t i = 0; i < card->work_count; i++) {
        const struct check_work *work = &card->works[i];
        bool fits = i < PAPER_WORKS || !slice_is_empty(work->notice);
        on_screen += !fits;
        open_item(html, fits);
        anchor(html, pen, work->url, work->what);
        html_raw(html, "<br>");
        html_element(html, "span", "soft", work->facts);
        if (!slice_is_empty(work->notice)) {
            html_raw(html, "<br>");
            html_element(html, "span", "alarm", work->notice);
        }
        html_close(html, "li");
    }
    write_more(html, pen, check->references_left, on_screen > 0 ? "screen" : "");
    write_more(html, pen, on_screen == 0 ? 0 : on_screen + check->references_left, "paper");
    html_close(html, "ul");
    html_raw(html, "<p><b>Retractions and corrections:</b> ");
    html_text(html, card->retractions);
    html_raw(html, "</p>");
    html_close(html, "section");
    html_raw(html, "\n");
}

static void write_rows(struct html *html, const struct check_card *card) {
    html_tag(html, "section");
    html_element(html, "h2", "", SLICE("Questions to ask of it"));
    html_raw(html, "<table><tbody>");
    for (size_t i = 0; i < CHECK_ROWS; i++) {
        html_raw(html, "<tr><th scope=\"row\">");
        html_text(html, slice_from(card->rows[i].question));
        html_raw(html, "</th><td>");
        for (size_t k = 0; k < card->rows[i].found.count; k++) {
            if (k > 0) html_raw(html, "; ");
            html_text(html, card->rows[i].found.at[k]);
        }
        if (card->rows[i].found.count == 0) html_element(html, "span", "soft", SLICE("not found"));
        html_raw(html, "</td></tr>");
    }
    html_raw(html, "</tbody></table>");
    html_close(html, "section");
    html_raw(html, "\n");
}

static void write_sharers(struct html *html, struct pen *pen, const struct link_check *check) {
    if (check->sharer_count == 0) return;
    html_tag(html, "section");
    html_attr_is(html, "class", "many");
    html_element(html, "h2", "", SLICE("In our own sources"));
    html_tag(html, "ul");
    for (size_t i = 0; i < check->sharer_count; i++) {
        const struct check_sharer *sharer = &check->sharers[i];
        open_item(html, i < PAPER_SHARERS);
        html_text(html, pen_date(pen, sharer->when_s));
        html_raw(html, " ");
        html_text(html, sharer->source_title);
        html_raw(html, ": ");
        anchor(html, pen, sharer->url, pen_cut(pen, sharer->title, 120));
        html_close(html, "li");
    }
    write_more(html, pen, check->sharer_count > PAPER_SHARERS ? check->sharer_count - PAPER_SHARERS : 0, "paper");
    html_close(html, "ul");
    html_close(html, "section");
}

static void write_body(struct html *html, struct pen *pen, const struct link_check *check,
                       const struct check_card *card) {
    html_tag(html, "div");
    html_attr_is(html, "class", "check");
    html_tag(html, "p");
    anchor(html, pen, card->url, card->url);
    html_close(html, "p");
    if (!slice_is_empty(check->problem)) {
        html_raw(html, "<p class=\"alarm\">It could not be read: ");
        html_text(html, check->problem);
        html_raw(html, "</p>");
    }
    if (!slice_is_empty(card->copy)) {
        html_raw(html, "<p>An archive's copy: ");
        anchor(html, pen, card->copy, card->copy);
        html_raw(html, "</p>");
    }
    if (check->was_read) write_verdict(html, card, &check->verdict);
    else html_element(html, "p", "", CHECK_UNREAD);
    if (check->was_read) write_rows(html, card);
    list(html, SLICE("Pages behind it"), &card->pages);
    if (check->was_read || card->work_count > 0) write_works(html, pen, card, check);
    write_sharers(html, pen, check);
    html_close(html, "div");
    html_raw(html, "\n");
}

void check_html_body(struct html *html, struct pen *pen, const struct check_view *view) {
    struct check_card card = check_card_make(pen, view->check);
    html_element(html, "h2", "", card.heading);
    html_element(html, "p", "soft", card.byline);
    write_body(html, pen, view->check, &card);
}

static bool write_html(const struct check_view *view, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(view->look, arena);
    struct html html = html_to(out);
    struct check_card card = check_card_make(&pen, view->check);
    struct page_facts facts = {.title = pen_join(&pen, SLICE("Source check: "), "", card.heading),
                               .who = pen_join(&pen, SLICE("Source check"), " \xC2\xB7 ", view->school),
                               .heading = card.heading,
                               .style = check_style()};
    pen_list_add(&pen, &facts.summary, card.byline);
    page_begin(&html, &pen, &facts);
    write_body(&html, &pen, view->check, &card);
    page_end(&html, &pen, SLICE(""), NULL, 0);
    return pen_check(&pen, "the check", fault) && html_end(&html, "the check", fault);
}

const struct check_format check_html = {"html", write_html};
