/* The digests as an Atom feed (RFC 4287), one entry a day. */
#include "render/feed.h"

#include "base/when.h"
#include "render/html.h"
#include "render/paths.h"

static void write_link(struct html *xml, const char *rel, const char *type, struct safe_url url) {
    if (slice_is_absent(url.text)) return;
    html_tag(xml, "link");
    html_attribute(xml, "rel", slice_from(rel));
    html_attribute(xml, "type", slice_from(type));
    html_link(xml, "href", url);
    html_void(xml, "link");
}

static void write_updated(struct html *xml, int64_t instant_s) {
    char text[WHEN_TEXT_BYTES];
    when_rfc3339(instant_s, text);
    html_element(xml, "updated", "", slice_from(text));
}

static void write_entry(struct html *xml, struct pen *pen, const struct digest *digest) {
    html_tag(xml, "entry");
    html_element(xml, "id", "", feed_id(pen, digest));
    html_element(xml, "title", "", feed_entry_title(pen, digest));
    write_updated(xml, digest->date_s);
    write_link(xml, "alternate", "text/html", path_day(pen, digest, (struct slice){NULL, 0}));
    html_tag(xml, "content");
    html_attr_is(xml, "type", "html");
    html_text(xml, feed_content(pen, digest));
    html_close(xml, "content");
    html_close(xml, "entry");
    html_raw(xml, "\n");
}

static void write_head(struct html *xml, struct pen *pen, const struct digest *newest) {
    struct slice host = path_host(pen, newest);
    char *id = arena_printf(pen->arena, "tag:%.*s,2026:%.*s", SLICE_ARGS(host), SLICE_ARGS(newest->reader.name));
    if (id == NULL) pen->failed = true;
    html_element(xml, "id", "", slice_from(id));
    html_element(xml, "title", "", feed_title(pen, newest));
    html_element(xml, "subtitle", "", slice_is_empty(newest->disclaimer) ? DIGEST_DISCLAIMER : newest->disclaimer);
    write_updated(xml, newest->date_s);
    html_tag(xml, "author");
    html_element(xml, "name", "", slice_is_empty(newest->school) ? SLICE("discern") : newest->school);
    html_close(xml, "author");
    write_link(xml, "self", "application/atom+xml", path_reader(pen, newest, SLICE("feed.xml")));
    write_link(xml, "alternate", "text/html", path_reader(pen, newest, SLICE("index.html")));
    html_raw(xml, "\n");
}

static bool write_run(const struct digest_list *digests, const struct look *look, struct buf *out,
                      struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES * 4);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(look, arena);
    struct html xml = xml_to(out);
    html_raw(&xml, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    html_tag(&xml, "feed");
    html_attr_is(&xml, "xmlns", "http://www.w3.org/2005/Atom");
    html_attr_is(&xml, "xml:lang", "en-GB");
    html_raw(&xml, "\n");
    struct digest nothing = {.date_s = 0};
    write_head(&xml, &pen, digests->count > 0 ? &digests->at[0] : &nothing);
    for (size_t i = 0; i < digests->count && i < FEED_DAYS; i++) write_entry(&xml, &pen, &digests->at[i]);
    html_close(&xml, "feed");
    html_raw(&xml, "\n");
    return pen_check(&pen, "the Atom feed", fault) && html_end(&xml, "the Atom feed", fault);
}

const struct run_format run_atom = {
    .name = "atom",
    .file = "feed.xml",
    .media_type = "application/atom+xml",
    .help = "the last days as an Atom feed",
    .most = FEED_DAYS,
    .write = write_run,
};
