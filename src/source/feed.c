/* feed: RSS, Atom, CDF and JSON Feed, from an address or from a file. */
#include "source/kind.h"

#include "base/hash.h"
#include "base/url.h"
#include "parse/address.h"
#include "parse/feed.h"

struct feed_values {
    struct slice url, file;
};

static const struct option options[] = {
    {"url", OPTION_URL, offsetof(struct feed_values, url), 0, 0, NULL, NULL, "address of the feed"},
    {"file", OPTION_TEXT, offsetof(struct feed_values, file), 0, 0, NULL, NULL, "path of a feed kept as a file"},
};

static bool ask(const struct source *source, struct slice cursor, int64_t now_s, struct arena *arena,
                struct request *out, struct fault *fault) {
    (void)cursor, (void)now_s, (void)arena;
    const struct feed_values *values = source->values;
    bool file = !slice_is_empty(values->file), url = !slice_is_empty(values->url);
    if (file == url) return fault_set(fault, FAULT_CONFIG, "a feed needs either `url ADDRESS` or `file PATH`");
    *out = (struct request){.purpose = REQUEST_FEED,
                            .url = values->url,
                            .file = values->file,
                            .accept = SLICE("application/atom+xml, application/rss+xml, application/feed+json, "
                                            "application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, "
                                            "*/*;q=0.1")};
    return true;
}

/* A status that is no success, in words. */
static bool refused(int status, struct fault *fault) {
    if (status == 401 || status == 403)
        return fault_set(fault, FAULT_REFUSED,
                         "the server refuses to give the feed (%d); it may want a log-in, or shut "
                         "out programs",
                         status);
    if (status == 404) return fault_set(fault, FAULT_REMOTE, "there is no feed at this address any more (404)");
    if (status == 410) return fault_set(fault, FAULT_REMOTE, "the feed was taken away for good (410)");
    return fault_set(fault, FAULT_REMOTE, "the server answers with %d instead of the feed", status);
}

/* An entry without an id is known by its address, or else by its words. */
static bool identify(struct item *item, struct arena *arena, struct fault *fault) {
    char hex[HASH_HEX_BYTES];
    if (!slice_is_empty(item->id)) return true;
    if (!slice_is_empty(item->url)) {
        item->id = item->url;
        return true;
    }
    char *words = arena_printf(arena, "%.*s\n%.*s", SLICE_ARGS(item->title), SLICE_ARGS(item->text));
    if (words == NULL) return fault_memory(fault);
    if (!hash_sha256_hex(slice_from(words), hex, fault)) return false;
    char *id = arena_printf(arena, "sha256:%.32s", hex);
    if (id == NULL) return fault_memory(fault);
    item->id = slice_from(id);
    return true;
}

/* RFC 9110 8.7: Content-Location is the address that the body has, where it is given. */
static struct slice base_of(const struct response *response, struct arena *arena) {
    struct slice location = response_header(response, "content-location");
    return address_base(arena, response->final_url, location);
}

static bool take(const struct source *source, struct slice cursor, const struct response *response, int64_t now_s,
                 struct arena *arena, struct page *out, struct fault *fault) {
    (void)source, (void)cursor, (void)now_s;
    struct feed_hints hints = {.base_url = base_of(response, arena),
                               .content_type = response->content_type,
                               .content_language = response_header(response, "content-language")};
    struct page page;
    if (response->status != 0 && (response->status < 200 || response->status > 299))
        return refused(response->status, fault);
    if (!feed_parse(response->body, &hints, arena, &page, fault)) return false;
    for (size_t i = 0; i < page.items.count; i++)
        if (!identify(&page.items.at[i], arena, fault)) return false;
    *out = page;
    return true;
}

const struct source_kind source_feed = {
    .schema = {.name = "feed",
               .help = "a feed of a blog, journal or news page (RSS, Atom, JSON Feed)",
               .options = options,
               .option_count = COUNT_OF(options),
               .values_bytes = sizeof(struct feed_values)},
    .ask = ask,
    .take = take,
};
