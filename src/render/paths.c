#include "render/paths.h"

#include "base/url.h"
#include "render/day.h"

static struct safe_url on_web(struct pen *pen, const struct digest *digest, char *path) {
    if (path == NULL) pen->failed = true;
    if (path == NULL || slice_is_empty(digest->base_url)) return (struct safe_url){{NULL, 0}};
    return pen_own(pen, digest->base_url, slice_from(path));
}

struct safe_url path_day(struct pen *pen, const struct digest *digest, struct slice anchor) {
    bool holds = day_code_holds(anchor);
    return on_web(pen, digest,
                  arena_printf(pen->arena, "%.*s/%.*s/index.html%s%.*s", SLICE_ARGS(digest->reader.name),
                               SLICE_ARGS(digest->date), holds ? "#" : "", holds ? (int)anchor.len : 0,
                               holds ? anchor.at : ""));
}

struct safe_url path_reader(struct pen *pen, const struct digest *digest, struct slice file) {
    return on_web(pen, digest,
                  arena_printf(pen->arena, "%.*s/%.*s", SLICE_ARGS(digest->reader.name), SLICE_ARGS(file)));
}

struct slice path_host(struct pen *pen, const struct digest *digest) {
    struct slice host = {NULL, 0};
    if (!slice_is_empty(digest->base_url)) host = url_host(pen->arena, digest->base_url);
    return slice_is_empty(host) ? SLICE("discern.invalid") : host;
}
