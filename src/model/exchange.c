#include "model/exchange.h"

struct slice response_header(const struct response *response, const char *name) {
    struct slice wanted = slice_from(name);
    for (size_t i = 0; i < response->headers.count; i++)
        if (slice_equal_nocase(response->headers.at[i].name, wanted)) return response->headers.at[i].value;
    return (struct slice){NULL, 0};
}

bool request_add_header(struct arena *arena, struct request *request, const char *name, struct slice value) {
    struct header_list *list = &request->headers;
    struct header *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    list->at[list->count++] = (struct header){slice_from(name), value};
    return true;
}
