#include "render/site.h"

#include <stdlib.h>

#include "render/card.h"
#include "render/card_html.h"
#include "render/day.h"
#include "render/facet.h"
#include "render/page.h"

#define SITE_ARENA_BYTES ((size_t)1024 * 1024 * 1024)

struct building {
    const struct site *site;
    struct arena *kept;    /* lists: for the whole site */
    struct arena *scratch; /* one page */
    struct buf page;
    struct row_list rows; /* newest first */
    const struct digest *newest;
};

static struct safe_url own(struct pen *pen, const char *format, const char *folder, struct slice name) {
    char *path = arena_printf(pen->arena, format, folder, SLICE_ARGS(name));
    if (path == NULL) {
        pen->failed = true;
        return (struct safe_url){{NULL, 0}};
    }
    return pen_own(pen, (struct slice){NULL, 0}, slice_from(path));
}

/* ---- a page ---- */

static struct pen begin(struct building *building, struct html *html, struct slice heading, struct slice summary) {
    arena_reset(building->scratch);
    buf_clear(&building->page);
    struct pen pen = pen_new(building->site->look, building->scratch);
    *html = html_to(&building->page);
    struct slice who = pen_join(&pen, building->newest->school, ", ", building->newest->reader.title);
    struct page_facts facts = {.title = pen_join(&pen, heading, " \xC2\xB7 ", who), .who = who, .heading = heading};
    pen_list_add(&pen, &facts.summary, summary);
    page_begin(html, &pen, &facts);
    return pen;
}

static bool finish(struct building *building, struct html *html, struct pen *pen, const char *up, struct slice name,
                   struct fault *fault) {
    struct page_link links[] = {{pen_word(pen, WORD_FIND), own(pen, "%s%.*s", up, SLICE("find.html"))},
                                {pen_word(pen, WORD_ARCHIVE), own(pen, "%s%.*s", up, SLICE("index.html"))}};
    page_end(html, pen, building->newest->disclaimer, links, COUNT_OF(links));
    if (!pen_check(pen, "a page of the archive", fault) || !html_end(html, "a page of the archive", fault))
        return false;
    return building->site->put(building->site->to, name, buf_slice(&building->page), fault);
}

/* ---- lists ---- */

static void write_row(struct html *html, struct pen *pen, const struct row *row) {
    const struct entry *entry = row->entry;
    enum badge badge = badge_of(&entry->verdict);
    html_tag(html, "li");
    html_tag(html, "span");
    page_anchor(html,
                day_code_holds(entry->code) ? own(pen, "../%s%.*s.html", "i/", entry->code)
                                            : (struct safe_url){{NULL, 0}},
                entry->withdrawn                  ? pen_word(pen, WORD_WITHDRAWN)
                : slice_is_empty(entry->headline) ? pen_word(pen, WORD_UNTITLED)
                                                  : pen_cut(pen, entry->headline, 300));
    html_raw(html, " ");
    html_element(html, "span", "by", pen_date(pen, row->digest->date_s));
    html_close(html, "span");
    page_badge(html, badge, badge_words(pen, badge));
    html_close(html, "li");
    html_raw(html, "\n");
}

/* "feedback.html", "feedback-page-2.html". */
static char *list_name(struct pen *pen, const char *folder, struct slice id, size_t page) {
    char *name = page == 0 ? arena_printf(pen->arena, "%s/%.*s.html", folder, SLICE_ARGS(id))
                           : arena_printf(pen->arena, "%s/%.*s-page-%zu.html", folder, SLICE_ARGS(id), page + 1);
    if (name == NULL) pen->failed = true;
    return name;
}

static bool write_list_page(struct building *building, enum facet_kind kind, const struct facet_spot *spots,
                            size_t count, size_t page, struct fault *fault) {
    struct html html;
    struct pen counting = pen_new(building->site->look, building->kept);
    struct slice summary = pen_count(&counting, WORD_FIND_COUNT_ONE, WORD_FIND_COUNT_MANY, (int64_t)count);
    struct pen pen = begin(building, &html, spots->label, summary);
    size_t from = page * SITE_PAGE_IDEAS, to = from + SITE_PAGE_IDEAS < count ? from + SITE_PAGE_IDEAS : count;
    html_tag(&html, "ul");
    html_attr_is(&html, "class", "rows");
    for (size_t i = from; i < to; i++) write_row(&html, &pen, &spots[i].row);
    html_close(&html, "ul");
    if (to < count) {
        char *next = list_name(&pen, "..", spots->id, page + 1);
        char *beside = next == NULL ? NULL : arena_printf(pen.arena, "%s%s", facet_folder(kind), next + 2);
        html_tag(&html, "p");
        page_anchor(&html, own(&pen, "../%s%.*s", "", slice_from(beside)), pen_word(&pen, WORD_FIND_OLDER));
        html_close(&html, "p");
    }
    char *name = list_name(&pen, facet_folder(kind), spots->id, page);
    return finish(building, &html, &pen, "../", slice_from(name), fault);
}

/* Writes the pages of every id, and a line for each id on the page where people begin to look. */
static bool write_facet(struct building *building, enum facet_kind kind, struct html *find, struct pen *find_pen,
                        struct fault *fault) {
    struct facet_spot_list spots = {0};
    struct pen pen = pen_new(building->site->look, building->kept);
    facet_sort(&pen, &building->rows, kind, &spots);
    if (!pen_check(&pen, "the archive", fault)) return false;
    if (spots.count == 0) return true;
    html_element(find, "h2", "", facet_heading(find_pen, kind));
    html_raw(find, "<ul class=\"nav\">");
    for (size_t from = 0, to; from < spots.count; from = to) {
        for (to = from; to < spots.count && slice_equal(spots.at[to].id, spots.at[from].id); to++) continue;
        for (size_t page = 0; page * SITE_PAGE_IDEAS < to - from; page++)
            if (!write_list_page(building, kind, &spots.at[from], to - from, page, fault)) return false;
        html_tag(find, "li");
        page_anchor(find, own(find_pen, "%s/%.*s.html", facet_folder(kind), spots.at[from].id), spots.at[from].label);
        html_raw(find, " (");
        html_int(find, (int64_t)(to - from));
        html_raw(find, ")");
        html_close(find, "li");
        html_raw(find, "\n");
    }
    html_raw(find, "</ul>\n");
    return true;
}

/* ---- ideas ---- */

static void write_dates(struct html *html, struct pen *pen, const struct row *rows, size_t count) {
    html_tag(html, "p");
    html_attr_is(html, "class", "by");
    html_text(html, pen_word(pen, WORD_SHOWN_ON));
    for (size_t i = 0; i < count; i++) {
        if (!slice_equal(rows[i].entry->story, rows->entry->story)) break;
        html_raw(html, " ");
        page_anchor(html, own(pen, "../%s%.*s/index.html", "", rows[i].digest->date),
                    pen_date(pen, rows[i].digest->date_s));
    }
    html_close(html, "p");
}

/* All that was shown under one code: one story, on one or more days; now and then two stories. */
static bool write_item(struct building *building, const struct row *rows, size_t count, struct fault *fault) {
    struct html html;
    struct slice code = rows->entry->code;
    struct pen naming = pen_new(building->site->look, building->kept);
    struct pen pen = begin(building, &html, pen_say(&naming, WORD_ITEM_HEADING, code, code), (struct slice){NULL, 0});
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && slice_equal(rows[i].entry->story, rows[i - 1].entry->story)) continue;
        html_tag(&html, "section");
        html_raw(&html, "<h2>");
        html_text(&html, badge_words(&pen, badge_of(&rows[i].entry->verdict)));
        html_raw(&html, "</h2>");
        card_html_write(&html, &pen, rows[i].entry);
        write_dates(&html, &pen, &rows[i], count - i);
        html_close(&html, "section");
    }
    char *name = arena_printf(pen.arena, "i/%.*s.html", SLICE_ARGS(code));
    if (name == NULL) return fault_memory(fault);
    return finish(building, &html, &pen, "../", slice_from(name), fault);
}

static int by_code(const void *a, const void *b) {
    const struct row *x = a, *y = b;
    int order = slice_compare(x->entry->code, y->entry->code);
    if (order == 0) order = slice_compare(x->entry->story, y->entry->story);
    if (order != 0) return order;
    return x->digest->date_s > y->digest->date_s ? -1 : x->digest->date_s < y->digest->date_s;
}

static bool write_items(struct building *building, struct fault *fault) {
    struct row *rows = building->rows.at;
    size_t count = building->rows.count;
    if (count > 0) qsort(rows, count, sizeof *rows, by_code);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && slice_equal(rows[to].entry->code, rows[from].entry->code); to++) continue;
        if (day_code_holds(rows[from].entry->code) && !write_item(building, &rows[from], to - from, fault))
            return false;
    }
    return true;
}

/* ---- the whole ---- */

static bool collect(struct building *building) {
    const struct digest_list *digests = building->site->digests;
    struct row_list *rows = &building->rows;
    for (size_t i = 0; i < digests->count; i++)
        for (size_t s = 0; s < digests->at[i].sections.count; s++) {
            const struct entry_list *entries = &digests->at[i].sections.at[s].entries;
            for (size_t e = 0; e < entries->count; e++) {
                struct row *more = arena_grow(building->kept, rows->at, rows->count, &rows->capacity, sizeof *more);
                if (more == NULL) return false;
                rows->at = more;
                rows->at[rows->count++] = (struct row){&digests->at[i], &entries->at[e]};
            }
        }
    return true;
}

static bool write_find(struct building *building, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    AUTO(buf_free)
    struct buf out = buf_new(LIMIT_RENDER_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(building->site->look, arena);
    struct html html = html_to(&out);
    struct slice who = pen_join(&pen, building->newest->school, ", ", building->newest->reader.title);
    struct page_facts facts = {.title = pen_join(&pen, pen_word(&pen, WORD_FIND), " \xC2\xB7 ", who),
                               .who = who,
                               .heading = pen_word(&pen, WORD_FIND)};
    page_begin(&html, &pen, &facts);
    for (int kind = 0; kind < FACET_COUNT; kind++)
        if (!write_facet(building, (enum facet_kind)kind, &html, &pen, fault)) return false;
    struct page_link links[] = {{pen_word(&pen, WORD_ARCHIVE), own(&pen, "%s%.*s", "", SLICE("index.html"))}};
    page_end(&html, &pen, building->newest->disclaimer, links, COUNT_OF(links));
    if (!pen_check(&pen, "the archive", fault) || !html_end(&html, "the archive", fault)) return false;
    return building->site->put(building->site->to, SLICE("find.html"), buf_slice(&out), fault);
}

static void building_end(struct building *building) {
    arena_free(&building->kept);
    arena_free(&building->scratch);
    buf_free(&building->page);
}

const char *const *site_folders(void) {
    static const char *const folders[] = {"i", "t", "e", "p", "s", "sources", "az", NULL};
    return folders;
}

bool site_write(const struct site *site, struct fault *fault) {
    static const struct digest nothing = {.date_s = 0};
    AUTO(building_end)
    struct building building = {.site = site,
                                .kept = arena_new(SITE_ARENA_BYTES),
                                .scratch = arena_new(LIMIT_RENDER_BYTES),
                                .page = buf_new(LIMIT_RENDER_BYTES),
                                .newest = site->digests->count > 0 ? &site->digests->at[0] : &nothing};
    if (building.kept == NULL || building.scratch == NULL || !collect(&building)) return fault_memory(fault);
    return write_find(&building, fault) && write_items(&building, fault);
}
