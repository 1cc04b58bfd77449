#include "cite/wayback.h"

#include "base/jtree.h"
#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "cite/registry.h"

enum { ANSWER_BYTES = 64 * 1024 };

#define SERVICE SLICE("https://archive.org")
#define COPIES_HOST SLICE("web.archive.org")
#define STAMP_BYTES 15

/* YYYYMMDDhhmmss: the digits of RFC 3339. */
static void stamp_of(int64_t instant_s, char out[STAMP_BYTES]) {
    char text[WHEN_TEXT_BYTES];
    size_t len = 0;
    when_rfc3339(instant_s, text);
    for (const char *at = text; *at != '\0' && len + 1 < STAMP_BYTES; at++)
        if (*at >= '0' && *at <= '9') out[len++] = *at;
    out[len] = '\0';
}

bool wayback_ask(struct arena *arena, const struct wayback_question *question, struct request *out,
                 struct fault *fault) {
    struct slice base = slice_is_empty(question->api) ? SERVICE : question->api;
    while (slice_ends(base, SLICE("/"))) base.len--;
    char stamp[STAMP_BYTES] = "";
    if (question->near_s != WHEN_ABSENT) stamp_of(question->near_s, stamp);
    const char *page = registry_encoded(arena, question->page);
    const char *url = page == NULL ? NULL
                                   : arena_printf(arena, "%.*s/wayback/available?url=%s%s%s", SLICE_ARGS(base), page,
                                                  stamp[0] == '\0' ? "" : "&timestamp=", stamp);
    if (url == NULL) return fault_memory(fault);
    *out = (struct request){.purpose = REQUEST_API,
                            .url = slice_from(url),
                            .accept = SLICE("application/json"),
                            .max_bytes = ANSWER_BYTES};
    return true;
}

/* Only the archive's own addresses are believed, and those are asked by https whatever it writes. */
static bool take_copy(struct arena *arena, struct slice copy, struct slice *out) {
    struct url parts;
    if (!url_is_web(copy) || copy.len > LIMIT_URL_BYTES - 1 || !url_parse(arena, copy, &parts) ||
        !slice_equal(parts.host, COPIES_HOST))
        return true;
    size_t rest = slice_find(copy, SLICE("://"), 0);
    const char *text = arena_printf(arena, "https%.*s", SLICE_ARGS(slice_part(copy, rest, copy.len)));
    if (text != NULL) *out = slice_from(text);
    return text != NULL;
}

bool wayback_take(struct arena *arena, const struct response *response, struct slice *out, struct fault *fault) {
    if (response->state != RESPONSE_ANSWERED)
        return fault_set(fault, FAULT_REMOTE, "%.*s", SLICE_ARGS(response->reason));
    if (response->status != 200)
        return fault_set(fault, FAULT_REMOTE, "it answered with status %d", (int)response->status);
    AUTO(jtree_free)
    struct jtree *doc = response->body.len > ANSWER_BYTES ? NULL : jtree_read(response->body, fault);
    const struct jnode *snapshots = jtree_get(jtree_root(doc), "archived_snapshots");
    if (!jtree_is_object(snapshots)) {
        fault_clear(fault);
        return fault_set(fault, FAULT_INPUT, "its answer is not one that can be read");
    }
    const struct jnode *closest = jtree_get(snapshots, "closest");
    struct slice copy = {NULL, 0};
    bool shows =
        jtree_is_true(jtree_get(closest, "available")) && slice_equal(jtree_get_text(closest, "status"), SLICE("200"));
    if (shows && !take_copy(arena, jtree_get_text(closest, "url"), &copy)) return fault_memory(fault);
    *out = copy;
    return true;
}
