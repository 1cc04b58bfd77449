#include "stage/local_hosts.h"

#include "base/url.h"
#include "source/kind.h"
#include "store/items.h"

/* Where the source itself is asked, when it may be on this machine; else absent. */
static struct slice host_of(const struct house *house, const struct source *source, struct arena *arena) {
    const struct source_kind *kind = source_kind_find(slice_from(source->schema->name));
    struct request request = {0};
    struct fault ignored = {0};
    struct slice none = {NULL, 0};
    if (!source->allow_loopback || kind == NULL) return none;
    if (!kind->ask(source, none, house->options.now_s, arena, &request, &ignored)) return none;
    return url_host(arena, request.url);
}

bool local_hosts_of(const struct house *house, struct arena *arena, struct slice_list *out, struct fault *fault) {
    for (size_t i = 0; i < house->config.sources.count; i++) {
        struct slice host = host_of(house, &house->config.sources.at[i], arena);
        if (!slice_is_empty(host) && !slice_list_add_once(arena, out, host)) return fault_memory(fault);
    }
    return true;
}

struct slice local_host_allowed(const struct slice_list *hosts, struct slice url, struct arena *arena) {
    struct slice host = url_host(arena, url);
    for (size_t i = 0; i < hosts->count; i++)
        if (slice_equal(hosts->at[i], host)) return host;
    return (struct slice){NULL, 0};
}

static bool is_at(const struct house *house, struct slice name, struct slice host, struct arena *arena) {
    for (size_t i = 0; i < house->config.sources.count; i++) {
        const struct source *source = &house->config.sources.at[i];
        if (slice_equal(source->name, name) && slice_equal(host_of(house, source, arena), host)) return true;
    }
    return false;
}

bool local_host_linked(const struct house *house, const struct slice_list *hosts, const struct article_row *page,
                       struct arena *arena, struct slice *out, struct fault *fault) {
    struct row_list rows = {0};
    struct slice host = local_host_allowed(hosts, page->url, arena);
    *out = (struct slice){NULL, 0};
    if (slice_is_absent(host)) return true;
    if (!items_find(house->store, ITEM_KEY_LINK, page->key, arena, &rows, fault)) return false;
    for (size_t i = 0; i < rows.count; i++) {
        struct item_row item;
        bool found;
        if (!items_get_row(house->store, rows.at[i], arena, &item, &found, fault)) return false;
        if (!found || !is_at(house, item.source, host, arena)) continue;
        *out = host;
        return true;
    }
    return true;
}
