#include "stage/local_hosts.h"

#include "base/url.h"
#include "source/kind.h"

bool local_hosts_of(const struct house *house, struct arena *arena, struct slice_list *out, struct fault *fault) {
    for (size_t i = 0; i < house->config.sources.count; i++) {
        const struct source *source = &house->config.sources.at[i];
        const struct source_kind *kind = source_kind_find(slice_from(source->schema->name));
        struct request request = {0};
        struct fault ignored = {0};
        struct slice none = {NULL, 0};
        if (!source->allow_loopback || kind == NULL) continue;
        if (!kind->ask(source, none, house->options.now_s, arena, &request, &ignored)) continue;
        struct slice host = url_host(arena, request.url);
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
