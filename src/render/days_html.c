/* All days of a reader as one page: what was shown when. */
#include "render/page.h"

#include "render/card.h"
#include "render/day.h"
#include "render/edition.h"

/* A school year, and half of one. */
#define DAYS_MOST 300

static struct safe_url day_link(struct pen *pen, const struct digest *digest, struct slice code) {
    bool holds = day_code_holds(code);
    char *path = arena_printf(pen->arena, "%.*s/index.html%s%.*s", SLICE_ARGS(digest->date), holds ? "#" : "",
                              holds ? (int)code.len : 0, holds ? code.at : "");
    if (path == NULL) {
        pen->failed = true;
        return (struct safe_url){{NULL, 0}};
    }
    return pen_own(pen, (struct slice){NULL, 0}, slice_from(path));
}

static void write_row(struct html *html, struct pen *pen, const struct digest *digest, const struct entry *entry) {
    struct card card = card_make(pen, entry);
    html_tag(html, "li");
    page_anchor(html, day_link(pen, digest, entry->code), card.headline);
    page_badge(html, card.badge, card.badge_words);
    html_close(html, "li");
}

static void write_day(struct html *html, struct pen *pen, const struct digest *digest) {
    struct day day = day_make(pen, digest);
    html_tag(html, "li");
    html_tag(html, "h2");
    page_anchor(html, day_link(pen, digest, (struct slice){NULL, 0}), day.date_words);
    html_close(html, "h2");
    if (day.entries == 0) html_element(html, "p", "by", pen_word(pen, WORD_IDEAS_NONE));
    html_tag(html, "ul");
    html_attr_is(html, "class", "rows");
    for (size_t i = 0; i < digest->sections.count; i++)
        for (size_t j = 0; j < digest->sections.at[i].entries.count; j++)
            write_row(html, pen, digest, &digest->sections.at[i].entries.at[j]);
    html_close(html, "ul");
    html_close(html, "li");
    html_raw(html, "\n");
}

static bool write_run(const struct digest_list *digests, const struct look *look, struct buf *out,
                      struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES * 4);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(look, arena);
    struct html html = html_to(out);
    struct digest nothing = {.date_s = 0};
    const struct digest *newest = digests->count > 0 ? &digests->at[0] : &nothing;
    struct slice nowhere = {NULL, 0};
    struct slice who = pen_join(&pen, newest->school, ", ", newest->reader.title);
    struct page_facts facts = {.title = pen_join(&pen, pen_word(&pen, WORD_ARCHIVE_HEADING), " \xC2\xB7 ", who),
                               .who = who,
                               .heading = pen_word(&pen, WORD_ARCHIVE_HEADING),
                               .atom = pen_own(&pen, nowhere, SLICE("feed.xml")),
                               .json = pen_own(&pen, nowhere, SLICE("feed.json"))};
    char week[EDITION_NAME_BYTES];
    edition_name(newest->date_s, week);
    char *edition = arena_printf(arena, "weeks/%s.epub", week);
    if (edition == NULL) return fault_memory(fault);
    bool with_site = look->site == LOOK_WITH_SITE;
    struct page_link links[] = {{pen_word(&pen, WORD_FEED_ATOM), facts.atom},
                                {pen_word(&pen, WORD_FEED_JSON), facts.json},
                                {pen_word(&pen, WORD_EDITION_LINK), with_site && digests->count > 0
                                                                        ? pen_own(&pen, nowhere, slice_from(edition))
                                                                        : (struct safe_url){{NULL, 0}}},
                                {pen_word(&pen, WORD_FIND), with_site ? pen_own(&pen, nowhere, SLICE("find.html"))
                                                                      : (struct safe_url){{NULL, 0}}}};
    page_begin(&html, &pen, &facts);
    if (digests->count == 0) html_element(&html, "p", "", pen_word(&pen, WORD_ARCHIVE_EMPTY));
    html_tag(&html, "ul");
    html_attr_is(&html, "class", "days");
    for (size_t i = 0; i < digests->count && i < DAYS_MOST; i++) write_day(&html, &pen, &digests->at[i]);
    html_close(&html, "ul");
    page_end(&html, &pen, newest->disclaimer, links, COUNT_OF(links));
    return pen_check(&pen, "the page of all days", fault) && html_end(&html, "the page of all days", fault);
}

const struct run_format run_days = {
    .name = "days",
    .file = "index.html",
    .media_type = "text/html; charset=utf-8",
    .help = "all days as one page",
    .most = DAYS_MOST,
    .write = write_run,
};
