#include "base/limits.h"
#include "base/when.h"
#include "render/check.h"
#include "render/check_card.h"
#include "render/plain.h"

static void line(struct buf *out, const char *before, struct slice text) {
    buf_add_text(out, before);
    plain_add(out, text, PLAIN_LINE);
    buf_add_char(out, '\n');
}

static void list(struct buf *out, const char *heading, const struct slice_list *texts) {
    if (texts->count == 0) return;
    buf_printf(out, "\n%s\n", heading);
    for (size_t i = 0; i < texts->count; i++) line(out, "  - ", texts->at[i]);
}

static void write_verdict(const struct check_card *card, const struct verdict *verdict, struct buf *out) {
    buf_printf(out, "\n%s ", badge_sign(card->badge));
    line(out, "", card->badge_words);
    list(out, "Check first", &verdict->check_reasons);
    list(out, "Found", &verdict->because);
    list(out, "Missing", &verdict->missing);
    list(out, "Worth knowing", &card->notes);
}

static void write_works(const struct check_card *card, const struct link_check *check, struct buf *out) {
    buf_add_text(out, "\nWhat it rests on\n");
    if (card->work_count == 0) buf_add_text(out, "  nothing that can be traced was found\n");
    for (size_t i = 0; i < card->work_count; i++) {
        const struct check_work *work = &card->works[i];
        line(out, "  - ", work->what);
        line(out, "    ", work->facts);
        if (!slice_is_empty(work->notice)) line(out, "    ! ", work->notice);
        if (!slice_is_empty(work->url)) line(out, "    ", work->url);
    }
    if (check->references_left > 0) buf_printf(out, "  and %zu more\n", check->references_left);
    line(out, "\nRetractions and corrections: ", card->retractions);
}

static void write_rows(const struct check_card *card, struct buf *out) {
    buf_add_text(out, "\nQuestions to ask of it\n");
    for (size_t i = 0; i < CHECK_ROWS; i++) {
        buf_printf(out, "  %s\n", card->rows[i].question);
        for (size_t k = 0; k < card->rows[i].found.count; k++) line(out, "      ", card->rows[i].found.at[k]);
        if (card->rows[i].found.count == 0) buf_add_text(out, "      not found\n");
    }
}

static void write_sharers(const struct link_check *check, struct buf *out) {
    if (check->sharer_count == 0) return;
    buf_add_text(out, "\nIn our own sources\n");
    for (size_t i = 0; i < check->sharer_count; i++) {
        const struct check_sharer *sharer = &check->sharers[i];
        char date[WHEN_TEXT_BYTES];
        when_date(sharer->when_s, date);
        buf_printf(out, "  - %s ", date);
        plain_add(out, sharer->source_title, PLAIN_LINE);
        line(out, ": ", slice_part(sharer->title, 0, 120));
    }
}

static bool write_text(const struct check_view *view, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(view->look, arena);
    const struct link_check *check = view->check;
    struct check_card card = check_card_make(&pen, check);
    line(out, "", card.heading);
    line(out, "", card.url);
    line(out, "", card.byline);
    if (!slice_is_empty(check->problem)) line(out, "\nIt could not be read: ", check->problem);
    if (!slice_is_empty(card.copy)) line(out, "An archive's copy: ", card.copy);
    list(out, "Pages behind it", &card.pages);
    if (!check->was_read) line(out, "\n", CHECK_UNREAD);
    if (check->was_read) write_verdict(&card, &check->verdict, out);
    if (check->was_read || card.work_count > 0) write_works(&card, check, out);
    if (check->was_read) write_rows(&card, out);
    write_sharers(check, out);
    line(out, "\n", DIGEST_DISCLAIMER);
    return pen_check(&pen, "the check", fault) && buf_check(out, "the check", fault);
}

const struct check_format check_text = {"text", write_text};
