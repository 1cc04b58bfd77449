#include "render/feed.h"

#include "render/card.h"
#include "render/day.h"
#include "render/html.h"
#include "render/paths.h"

struct slice feed_id(struct pen *pen, const struct digest *digest) {
    char *id = arena_printf(pen->arena, "tag:%.*s,%.*s:%.*s", SLICE_ARGS(path_host(pen, digest)),
                            SLICE_ARGS(digest->date), SLICE_ARGS(digest->reader.name));
    if (id == NULL) pen->failed = true;
    return slice_from(id);
}

struct slice feed_title(struct pen *pen, const struct digest *digest) {
    struct slice who = pen_join(pen, digest->school, ", ", digest->reader.title);
    return pen_join(pen, who, ": ", pen_word(pen, WORD_DAILY));
}

struct slice feed_entry_title(struct pen *pen, const struct digest *digest) {
    struct day day = day_make(pen, digest);
    return pen_join(pen, day.date_words, ": ", day.summary.count > 0 ? day.summary.at[0] : (struct slice){NULL, 0});
}

static void write_entry(struct html *html, struct pen *pen, const struct entry *entry) {
    struct card card = card_make(pen, entry);
    struct safe_url url = {{NULL, 0}};
    for (size_t i = 0; i < card.link_count && slice_is_absent(url.text); i++)
        (void)safe_url_make(pen->arena, card.links[i].url, &url);
    html_tag(html, "li");
    html_tag(html, "p");
    if (slice_is_absent(url.text)) {
        html_text(html, card.headline);
    } else {
        html_tag(html, "a");
        html_link(html, "href", url);
        html_text(html, card.headline);
        html_close(html, "a");
    }
    html_raw(html, "<br>");
    html_element(html, "b", "", card.badge_words);
    html_raw(html, "<br>");
    html_text(html, card.byline);
    html_close(html, "p");
    if (!slice_is_empty(entry->excerpt)) html_element(html, "p", "", entry->excerpt);
    html_close(html, "li");
}

struct slice feed_content(struct pen *pen, const struct digest *digest) {
    AUTO(buf_free)
    struct buf out = buf_new(LIMIT_RENDER_BYTES);
    struct html html = html_to(&out);
    struct day day = day_make(pen, digest);
    for (size_t i = 0; i < digest->sections.count; i++) {
        const struct section *section = &digest->sections.at[i];
        if (section->entries.count == 0) continue;
        html_element(&html, "h2", "", day_section_heading(pen, section));
        html_tag(&html, "ul");
        for (size_t j = 0; j < section->entries.count; j++) write_entry(&html, pen, &section->entries.at[j]);
        html_close(&html, "ul");
    }
    if (!slice_is_empty(day.empty)) html_element(&html, "p", "", day.empty);
    html_element(&html, "p", "", slice_is_empty(digest->disclaimer) ? DIGEST_DISCLAIMER : digest->disclaimer);
    struct fault fault = {0};
    struct slice content = {NULL, 0};
    if (!html_end(&html, "the feed", &fault) || !arena_copy(pen->arena, buf_slice(&out), &content)) pen->failed = true;
    return content;
}
