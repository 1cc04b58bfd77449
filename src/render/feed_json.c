/* The digests as a JSON Feed 1.1, one item a day. */
#include "render/feed.h"

#include "base/jwrite.h"
#include "render/paths.h"

static void write_item(struct jwrite *json, struct pen *pen, const struct digest *digest) {
    struct safe_url url = path_day(pen, digest, (struct slice){NULL, 0});
    jwrite_object(json);
    jwrite_member(json, "id", feed_id(pen, digest));
    if (!slice_is_absent(url.text)) jwrite_member(json, "url", url.text);
    jwrite_member(json, "title", feed_entry_title(pen, digest));
    jwrite_member(json, "content_html", feed_content(pen, digest));
    jwrite_key(json, "date_published");
    jwrite_instant(json, digest->date_s);
    jwrite_end_object(json);
}

static bool write_run(const struct digest_list *digests, const struct look *look, struct buf *out,
                      struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES * 4);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(look, arena);
    struct jwrite json = jwrite_to(out);
    struct digest nothing = {.date_s = 0};
    const struct digest *newest = digests->count > 0 ? &digests->at[0] : &nothing;
    struct safe_url home = path_reader(&pen, newest, SLICE("index.html"));
    struct safe_url self = path_reader(&pen, newest, SLICE("feed.json"));
    jwrite_object(&json);
    jwrite_member(&json, "version", SLICE("https://jsonfeed.org/version/1.1"));
    jwrite_member(&json, "title", feed_title(&pen, newest));
    jwrite_member(&json, "description", slice_is_empty(newest->disclaimer) ? DIGEST_DISCLAIMER : newest->disclaimer);
    if (!slice_is_absent(home.text)) jwrite_member(&json, "home_page_url", home.text);
    if (!slice_is_absent(self.text)) jwrite_member(&json, "feed_url", self.text);
    jwrite_member(&json, "language", SLICE("en-GB"));
    jwrite_key(&json, "items");
    jwrite_array(&json);
    for (size_t i = 0; i < digests->count && i < FEED_DAYS; i++) write_item(&json, &pen, &digests->at[i]);
    jwrite_end_array(&json);
    jwrite_end_object(&json);
    buf_add_char(out, '\n');
    return pen_check(&pen, "the JSON feed", fault) && buf_check(out, "the JSON feed", fault);
}

const struct run_format run_jsonfeed = {
    .name = "jsonfeed",
    .file = "feed.json",
    .media_type = "application/feed+json",
    .help = "the last days as a JSON Feed",
    .most = FEED_DAYS,
    .write = write_run,
};
