/* The day as a mail: text and HTML, both whole; no picture, no style sheet, nothing loaded from anywhere. Colours stand
 * on every cell in both parts of a pair, since mail programs keep little else. */
#include "render/mail.h"

#include <math.h>
#include <stdio.h>

#include "base/hash.h"
#include "base/when.h"
#include "render/card.h"
#include "render/day.h"
#include "render/day_txt.h"
#include "render/html.h"
#include "render/mime.h"
#include "render/paths.h"

#define HOUR_SENT 6

static void write_anchor(struct html *html, struct safe_url url, struct slice words) {
    html_tag(html, "a");
    html_link(html, "href", url);
    html_inline(html, "color:#0b4f8a");
    html_text(html, words);
    html_close(html, "a");
}

static void write_small(struct html *html, struct slice text) {
    if (slice_is_empty(text)) return;
    html_tag(html, "p");
    html_inline(html, "margin:4px 0;font-size:14px;line-height:20px;color:#55595f");
    html_text(html, text);
    html_close(html, "p");
}

static void write_text(struct html *html, struct slice text) {
    if (slice_is_empty(text)) return;
    html_tag(html, "p");
    html_inline(html, "margin:6px 0;font-size:16px;line-height:24px;color:#1f2328");
    html_text(html, text);
    html_close(html, "p");
}

static void write_named(struct html *html, struct slice name, struct slice text) {
    html_tag(html, "p");
    html_inline(html, "margin:6px 0;font-size:15px;line-height:22px;color:#1f2328");
    html_element(html, "b", "", name);
    html_raw(html, ": ");
    html_text(html, text);
    html_close(html, "p");
}

static void write_links(struct html *html, struct pen *pen, const struct card *card) {
    html_tag(html, "p");
    html_inline(html, "margin:6px 0;font-size:15px;line-height:24px;color:#1f2328");
    bool first = true;
    for (size_t i = 0; i < card->link_count; i++) {
        struct safe_url url;
        if (!safe_url_make(pen->arena, card->links[i].url, &url)) continue;
        if (!first) html_raw(html, " \xC2\xB7 ");
        first = false;
        write_anchor(html, url, card->links[i].kind);
        if (slice_is_empty(card->links[i].remark)) continue;
        html_raw(html, " (");
        html_text(html, card->links[i].remark);
        html_raw(html, ")");
    }
    html_close(html, "p");
}

static struct slice join_list(struct pen *pen, const struct slice_list *list, const char *between) {
    struct slice line = {NULL, 0};
    for (size_t i = 0; i < list->count; i++) line = pen_join(pen, line, between, list->at[i]);
    return line;
}

static void write_facts(struct html *html, struct pen *pen, const struct verdict *verdict) {
    if (verdict->check_reasons.count > 0)
        write_named(html, pen_word(pen, WORD_REASONS), join_list(pen, &verdict->check_reasons, "; "));
    if (verdict->because.count > 0)
        write_named(html, pen_word(pen, WORD_FOUND), join_list(pen, &verdict->because, "; "));
    if (verdict->missing.count > 0)
        write_named(html, pen_word(pen, WORD_MISSING), join_list(pen, &verdict->missing, "; "));
}

#define REASONS_SHOWN 3

/* The term that weighs most of those that weigh less than the last one, in the order of the table where they tie. */
static const struct term *next_term(const struct term_list *terms, const struct term *last) {
    const struct term *best = NULL;
    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->at[i];
        double weight = fabs(term->points), last_weight = last == NULL ? INFINITY : fabs(last->points);
        bool after = weight < last_weight || (weight == last_weight && term > last);
        if (weight >= 0.5 && after && (best == NULL || weight > fabs(best->points))) best = term;
    }
    return best;
}

/* The reasons that weigh most, in words; the whole sum stands in the text part and on the page. */
static void write_why(struct html *html, struct pen *pen, const struct card *card) {
    struct slice line = {NULL, 0};
    const struct term *term = NULL;
    for (int i = 0; i < REASONS_SHOWN; i++) {
        term = next_term(&card->entry->terms, term);
        if (term == NULL) break;
        line = pen_join(pen, line, "; ", term->words);
    }
    write_small(html, pen_join(pen, pen_join(pen, pen_word(pen, WORD_WHY), ": ", line), " \xC2\xB7 ", card->sum));
}

static void write_body(struct html *html, struct pen *pen, const struct card *card) {
    const struct entry *entry = card->entry;
    html_tag(html, "p");
    html_inline(html, "margin:4px 0;font-size:15px;line-height:22px;font-weight:bold;color:#1f2328");
    html_text(html, slice_from(card->badge_sign));
    html_raw(html, " ");
    html_text(html, card->badge_words);
    html_close(html, "p");
    write_small(html, join_list(pen, &card->chips, " \xC2\xB7 "));
    write_small(html, pen_join(pen, card->byline, " \xC2\xB7 ", pen_say(pen, WORD_CODE, entry->code, entry->code)));
    write_small(html, pen_join(pen, card->mark, ": ", entry->mark_words));
    write_text(html, entry->excerpt);
    if (card->link_count > 0) write_links(html, pen, card);
    write_facts(html, pen, &entry->verdict);
    if (!slice_is_empty(entry->prompt)) write_named(html, pen_word(pen, WORD_PROMPT), entry->prompt);
    write_why(html, pen, card);
}

static void write_card(struct html *html, struct pen *pen, const struct entry *entry, size_t number) {
    struct card card = card_make(pen, entry);
    html_tag(html, "tr");
    html_tag(html, "td");
    html_inline(html, "padding:16px 20px;border-top:1px solid #d9d6ce;background-color:#ffffff;color:#1f2328");
    html_tag(html, "h3");
    html_inline(html, "margin:0 0 4px;font-size:19px;line-height:26px;color:#1f2328");
    html_int(html, (int64_t)number);
    html_raw(html, ". ");
    html_text(html, card.headline);
    html_close(html, "h3");
    if (!entry->withdrawn) write_body(html, pen, &card);
    html_close(html, "td");
    html_close(html, "tr");
}

static void begin_cell(struct html *html) {
    html_tag(html, "tr");
    html_tag(html, "td");
    html_inline(html, "padding:16px 20px;background-color:#ffffff;color:#1f2328");
}

static void end_cell(struct html *html) {
    html_close(html, "td");
    html_close(html, "tr");
}

static void write_heading(struct html *html, struct slice words) {
    html_tag(html, "h2");
    html_inline(html, "margin:0;font-size:14px;line-height:20px;color:#0f5c4d");
    html_text(html, words);
    html_close(html, "h2");
}

static void write_top(struct html *html, struct pen *pen, const struct digest *digest, const struct day *day) {
    begin_cell(html);
    write_small(html, join_list(pen, &day->summary, " \xC2\xB7 "));
    html_tag(html, "h1");
    html_inline(html, "margin:0;font-size:26px;line-height:32px;color:#1f2328");
    html_text(html, day->date_words);
    html_close(html, "h1");
    write_small(html, day->who);
    struct safe_url page = path_day(pen, digest, (struct slice){NULL, 0});
    if (!slice_is_empty(pen->look->mail.page)) (void)safe_url_make(pen->arena, pen->look->mail.page, &page);
    if (!slice_is_absent(page.text)) write_anchor(html, page, pen_word(pen, WORD_MAIL_READ_ON_WEB));
    write_small(html, day->since);
    end_cell(html);
    for (size_t i = 0; i < digest->focus.count; i++) {
        const struct focus_block *focus = &digest->focus.at[i];
        begin_cell(html);
        write_heading(html, day_focus_line(pen, focus));
        struct slice_list notes = day_focus_notes(pen, focus);
        write_named(html, focus->title, focus->prompt);
        for (size_t n = 0; n < notes.count; n++) write_text(html, notes.at[n]);
        write_text(html, focus->colleague);
        write_small(html, focus->last_log);
        end_cell(html);
    }
}

static void write_foot(struct html *html, struct pen *pen, const struct digest *digest, const struct day *day) {
    begin_cell(html);
    write_text(html, day->empty);
    write_text(html, pen_word(pen, WORD_CLOSING));
    write_small(html, pen_join(pen, day->left_heading, " ", join_list(pen, &day->left, "; ")));
    if (digest->reader.is_lead && digest->trouble.count > 0)
        write_named(html, pen_word(pen, WORD_TROUBLE), join_list(pen, &digest->trouble, "; "));
    write_small(html, slice_is_empty(digest->disclaimer) ? DIGEST_DISCLAIMER : digest->disclaimer);
    write_small(html, pen_word(pen, WORD_AWARENESS));
    write_small(html, pen_say(pen, WORD_MAIL_BECAUSE, digest->reader.title, digest->reader.title));
    struct safe_url stop;
    struct slice raw = pen->look->mail.unsubscribe;
    if (safe_url_make(pen->arena, raw, &stop) || safe_url_mail(pen->arena, raw, &stop))
        write_anchor(html, stop, pen_word(pen, WORD_MAIL_STOP));
    end_cell(html);
}

static void write_entries(struct html *html, struct pen *pen, const struct digest *digest, size_t most) {
    size_t number = 0;
    for (size_t i = 0; i < digest->sections.count; i++) {
        const struct section *section = &digest->sections.at[i];
        if (section->entries.count == 0 || number == most) continue;
        begin_cell(html);
        write_heading(html, day_section_heading(pen, section));
        write_small(html, day_section_intro(pen, section));
        end_cell(html);
        for (size_t j = 0; j < section->entries.count && number < most; j++)
            write_card(html, pen, &section->entries.at[j], ++number);
    }
}

static bool write_html(struct pen *pen, const struct digest *digest, size_t most, struct buf *out,
                       struct fault *fault) {
    struct html html = html_to(out);
    struct day day = day_make(pen, digest);
    html_raw(&html, "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html_element(&html, "title", "", day.date_words);
    html_raw(&html, "</head><body style=\"margin:0;background-color:#fbfaf7;color:#1f2328\">"
                    "<div role=\"main\">"
                    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">"
                    "<tr><td align=\"center\" style=\"padding:12px;background-color:#fbfaf7;color:#1f2328;"
                    "font-family:Georgia,serif\">"
                    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
                    "style=\"max-width:600px;text-align:left;word-break:break-word\">\n");
    write_top(&html, pen, digest, &day);
    write_entries(&html, pen, digest, most);
    write_foot(&html, pen, digest, &day);
    html_raw(&html, "</table></td></tr></table></div></body></html>\n");
    return html_end(&html, "the mail's page", fault);
}

static size_t count_entries(const struct digest *digest) {
    size_t count = 0;
    for (size_t i = 0; i < digest->sections.count; i++) count += digest->sections.at[i].entries.count;
    return count;
}

/* As many entries as fit. */
static bool write_fitting(const struct look *look, const struct digest *digest, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    if (arena == NULL) return fault_memory(fault);
    for (size_t most = count_entries(digest);; most--) {
        arena_reset(arena);
        buf_clear(out);
        struct pen pen = pen_new(look, arena);
        if (!write_html(&pen, digest, most, out, fault) || !pen_check(&pen, "the mail", fault)) return false;
        if (out->len <= MAIL_HTML_BYTES) return true;
        if (most == 0)
            return fault_set(fault, FAULT_LIMIT, "the mail is larger than %zu bytes without any entry",
                             MAIL_HTML_BYTES);
    }
}

bool mail_message_id(const struct digest *digest, struct slice to, struct arena *arena, struct slice *out) {
    char hex[HASH_HEX_BYTES];
    struct fault fault = {0};
    char *key = arena_printf(arena, "%.*s|%.*s|%.*s", SLICE_ARGS(digest->date), SLICE_ARGS(digest->reader.name),
                             SLICE_ARGS(to));
    if (key == NULL || !hash_sha256_hex(slice_from(key), hex, &fault)) return false;
    struct look look = {0};
    struct pen pen = pen_new(&look, arena);
    struct slice host = path_host(&pen, digest);
    char *id =
        arena_printf(arena, "%.10s.%.24s@%.*s", digest->date.at == NULL ? "" : digest->date.at, hex, SLICE_ARGS(host));
    *out = slice_from(id);
    return id != NULL && !pen.failed;
}

static struct slice subject_of(struct pen *pen, const struct digest *digest, const struct day *day) {
    struct civil civil = when_to_civil(digest->date_s);
    char *date = arena_printf(pen->arena, "%.3s %d %.3s", when_weekday_name(when_weekday(digest->date_s)), civil.day,
                              when_month_name(civil.month));
    if (date == NULL) pen->failed = true;
    enum word word = day->ideas == 0   ? WORD_MAIL_SUBJECT_NONE
                     : day->ideas == 1 ? WORD_MAIL_SUBJECT_ONE
                                       : WORD_MAIL_SUBJECT_MANY;
    return pen_say(pen, word, slice_from(date), pen_number(pen, (int64_t)day->ideas));
}

static struct slice unsubscribe_of(struct pen *pen) {
    struct safe_url url;
    struct slice raw = pen->look->mail.unsubscribe;
    if (safe_url_make(pen->arena, raw, &url) || safe_url_mail(pen->arena, raw, &url)) return url.text;
    return (struct slice){NULL, 0};
}

static bool write_day(const struct digest *digest, const struct look *look, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    AUTO(buf_free)
    struct buf text = buf_new(LIMIT_RENDER_BYTES);
    AUTO(buf_free)
    struct buf html = buf_new(LIMIT_RENDER_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(look, arena);
    struct day day = day_make(&pen, digest);
    struct mime_message message = {
        .from_name = pen_join(&pen, digest->school, ", ", pen_word(&pen, WORD_DAILY)),
        .from = slice_is_empty(look->mail.from) ? SLICE("digest@discern.invalid") : look->mail.from,
        .to = look->mail.to,
        .subject = subject_of(&pen, digest, &day),
        .date_s = digest->date_s + (int64_t)HOUR_SENT * 3600,
        .list_id = pen_join(&pen, digest->reader.name, ".", path_host(&pen, digest)),
        .unsubscribe = unsubscribe_of(&pen),
    };
    if (!mail_message_id(digest, look->mail.to, arena, &message.message_id)) return fault_memory(fault);
    day_txt_write(&pen, digest, &text);
    if (!slice_is_empty(message.unsubscribe))
        buf_printf(&text, "\n%.*s: %.*s\n", SLICE_ARGS(pen_word(&pen, WORD_MAIL_STOP)),
                   SLICE_ARGS(message.unsubscribe));
    if (!write_fitting(look, digest, &html, fault)) return false;
    message.text = buf_slice(&text);
    message.html = buf_slice(&html);
    return pen_check(&pen, "the mail", fault) && buf_check(&text, "the mail", fault) &&
           mime_write(&message, out, fault);
}

const struct format format_eml = {
    .name = "eml",
    .file = "digest.eml",
    .media_type = "message/rfc822",
    .help = "the day as a mail, ready to send",
    .write = write_day,
};
