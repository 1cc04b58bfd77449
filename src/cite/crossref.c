#include "cite/crossref.h"

#include "base/jtree.h"
#include "cite/registry.h"

/* A record lists all that a work cites; the longest real ones stay under this. */
enum { ANSWER_BYTES = 4 * 1024 * 1024, ROWS = 5 };

static struct slice after(struct slice id, struct slice prefix) {
    return slice_starts(id, prefix) ? slice_part(id, prefix.len, id.len) : (struct slice){0};
}

static bool is_digits(struct slice text) {
    for (size_t i = 0; i < text.len; i++) {
        bool check = i == 9 && text.len == 10 && (text.at[i] == 'X' || text.at[i] == 'x');
        if (!check && (text.at[i] < '0' || text.at[i] > '9')) return false;
    }
    return text.len == 10 || text.len == 13;
}

static bool is_unreserved(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

static bool is_arxiv(struct slice text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!is_unreserved(text.at[i]) && text.at[i] != '/') return false;
    }
    return text.len >= 7 && text.len <= 40;
}

bool cite_can_ask(struct slice work_id) {
    return registry_is_doi(work_id) || is_digits(after(work_id, SLICE("isbn:"))) ||
           is_arxiv(after(work_id, SLICE("arxiv:")));
}

enum cite_registry cite_first_registry(struct slice work_id) {
    /* Registrants known to give out their DOIs through DataCite: arXiv and the large repositories. */
    static const char *const datacite[] = {"arxiv:",    "10.48550/", "10.5281/",  "10.6084/",  "10.17605/", "10.7910/",
                                           "10.5061/",  "10.3886/",  "10.5255/",  "10.17632/", "10.3929/",  "10.25384/",
                                           "10.18452/", "10.26180/", "10.15129/", "10.17863/"};
    for (size_t i = 0; i < sizeof datacite / sizeof datacite[0]; i++) {
        if (slice_starts(work_id, slice_from(datacite[i]))) return CITE_DATACITE;
    }
    return CITE_CROSSREF;
}

static struct slice base_of(struct slice set, struct slice usual) {
    struct slice base = slice_is_empty(set) ? usual : set;
    while (base.len > 0 && base.at[base.len - 1] == '/') base.len--;
    return base;
}

static char *crossref_url(struct arena *arena, const struct cite_api *api, struct slice isbn, const char *doi) {
    struct slice base = base_of(api->crossref_url, SLICE("https://api.crossref.org"));
    const char *mailto = registry_encoded(arena, api->mailto);
    if (mailto == NULL) return NULL;
    bool polite = mailto[0] != '\0';
    if (isbn.len > 0) {
        return arena_printf(arena, "%.*s/works?filter=isbn:%.*s&rows=%d%s%s", SLICE_ARGS(base), SLICE_ARGS(isbn), ROWS,
                            polite ? "&mailto=" : "", mailto);
    }
    return arena_printf(arena, "%.*s/works/%s%s%s", SLICE_ARGS(base), doi, polite ? "?mailto=" : "", mailto);
}

bool cite_ask(struct arena *arena, const struct cite_api *api, enum cite_registry registry, struct slice work_id,
              struct request *out, struct fault *fault) {
    struct slice isbn = after(work_id, SLICE("isbn:"));
    struct slice arxiv = after(work_id, SLICE("arxiv:"));
    if (!cite_can_ask(work_id) || (isbn.len > 0 && registry == CITE_DATACITE)) {
        return fault_set(fault, FAULT_INPUT, "no registry can be asked about \"%.*s\"", SLICE_ARGS(work_id));
    }
    struct slice doi = work_id;
    if (arxiv.len > 0) {
        doi = slice_from(arena_printf(arena, "10.48550/arxiv.%.*s", SLICE_ARGS(arxiv)));
        if (slice_is_absent(doi)) return fault_memory(fault);
    }
    const char *path = registry_encoded(arena, doi);
    if (path == NULL) return fault_memory(fault);
    char *url = NULL;
    if (registry == CITE_CROSSREF) {
        url = crossref_url(arena, api, isbn, path);
    } else {
        struct slice base = base_of(api->datacite_url, SLICE("https://api.datacite.org"));
        url = arena_printf(arena, "%.*s/dois/%s", SLICE_ARGS(base), path);
    }
    if (url == NULL) return fault_memory(fault);
    *out = (struct request){.purpose = REQUEST_API,
                            .url = slice_from(url),
                            .accept = registry == CITE_CROSSREF ? SLICE("application/json")
                                                                : SLICE("application/vnd.api+json"),
                            .max_bytes = ANSWER_BYTES};
    return true;
}

/* The record of the book itself: a registry lists its chapters under the same number. */
static const struct jnode *book_of(const struct jnode *items) {
    for (size_t i = 0; i < jtree_count(items) && i < ROWS; i++) {
        struct slice type = jtree_get_text(jtree_at(items, i), "type");
        if (slice_ends(type, SLICE("book")) || slice_equal(type, SLICE("monograph"))) return jtree_at(items, i);
    }
    return jtree_at(items, 0);
}

static const char *registry_name(enum cite_registry registry) {
    return registry == CITE_CROSSREF ? "Crossref" : "DataCite";
}

static void not_looked_up(struct work *out, enum fault_kind kind, enum cite_registry registry, const char *why,
                          struct fault *fault) {
    out->state = WORK_LOOKUP_FAILED;
    (void)fault_set(fault, kind, "%s could not be asked about %.*s: %s", registry_name(registry), SLICE_ARGS(out->id),
                    why);
}

static bool read_body(struct arena *arena, enum cite_registry registry, struct slice body, struct work *out,
                      struct fault *fault) {
    AUTO(jtree_free)
    struct jtree *doc = body.len > ANSWER_BYTES ? NULL : jtree_read(body, fault);
    const struct jnode *record = jtree_get(jtree_root(doc), registry == CITE_CROSSREF ? "message" : "data");
    const struct jnode *items = jtree_get(record, "items");
    bool list = registry == CITE_CROSSREF && slice_starts(out->id, SLICE("isbn:"));
    if (list && jtree_is_array(items) && jtree_count(items) == 0) {
        out->state = WORK_NOT_FOUND;
        return true;
    }
    if (list) record = book_of(items);
    struct work read = {.id = out->id};
    enum registry_reading result = REGISTRY_MALFORMED;
    if (jtree_is_object(record)) {
        result = registry == CITE_CROSSREF ? crossref_read(arena, record, &read) : datacite_read(arena, record, &read);
    }
    if (result == REGISTRY_NO_MEMORY) return fault_memory(fault);
    if (result == REGISTRY_MALFORMED) {
        not_looked_up(out, FAULT_INPUT, registry, "its answer is not one that can be read; try again later", fault);
        return true;
    }
    read.state = WORK_FOUND;
    *out = read;
    return true;
}

/* Why there is no answer to read, in words; NULL when there is one. */
static const char *obstacle(struct arena *arena, const struct response *response, enum fault_kind *kind) {
    *kind = FAULT_REMOTE;
    bool reason = !slice_is_empty(response->reason);
    if (response->state == RESPONSE_REFUSED) *kind = FAULT_REFUSED;
    if (response->state != RESPONSE_ANSWERED && reason) return arena_text(arena, response->reason);
    if (response->state == RESPONSE_WAIT || response->status == 429) return "it asks for a pause; try again later";
    if (response->state == RESPONSE_REFUSED) return "the request was not allowed";
    if (response->state != RESPONSE_ANSWERED) return "no answer came; try again later";
    if (response->status >= 500) return "it is out of order; try again later";
    if (response->status >= 400) {
        *kind = FAULT_REFUSED;
        return "it refused the question";
    }
    return response->status >= 300 ? "it answered with something else; try again later" : NULL;
}

bool cite_take(struct arena *arena, enum cite_registry registry, struct slice work_id, const struct response *response,
               struct work *out, struct fault *fault) {
    struct work work = {0};
    if (!arena_copy(arena, work_id, &work.id)) return fault_memory(fault);
    bool answered = response->state == RESPONSE_ANSWERED;
    enum fault_kind kind = FAULT_NONE;
    if (answered && (response->status == 404 || response->status == 410)) {
        work.state = WORK_NOT_FOUND;
    } else {
        const char *why = obstacle(arena, response, &kind);
        if (why != NULL) {
            not_looked_up(&work, kind, registry, why, fault);
        } else if (!read_body(arena, registry, response->body, &work, fault)) {
            return false;
        }
    }
    *out = work;
    return true;
}
