#include "stage/reading.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/when.h"
#include "jail/jail.h"
#include "model/wire.h"
#include "parse/charset.h"
#include "parse/charset_shelf.h"
#include "parse/feed.h"
#include "parse/xml.h"

struct reading {
    struct jail *jail;
    struct buf input, answer; /* kept from call to call: fresh memory for each would cost as much as the reading */
    /* In the child only: */
    struct arena *arena;
    struct charset_shelf shelf;
};

/* What is sent as it stands in memory: both ends are the same program at the same place. */
struct sent {
    const struct source_kind *kind;
    const struct source *source;
    int64_t now_s;
    struct response response; /* its slices are sent behind it */
    size_t headers;
};

/* ---- both ends ---- */

static void add_job(struct buf *out, const struct reading_job *job) {
    const struct response *response = job->response;
    struct sent sent = {job->kind, job->source, job->now_s, *response, response->headers.count};
    wire_add_slice(out, slice_of((const char *)&sent, sizeof sent));
    wire_add_slice(out, job->cursor);
    wire_add_slice(out, response->final_url);
    wire_add_slice(out, response->content_type);
    wire_add_slice(out, response->etag);
    wire_add_slice(out, response->last_modified);
    wire_add_slice(out, response->reason);
    for (size_t i = 0; i < response->headers.count; i++) {
        wire_add_slice(out, response->headers.at[i].name);
        wire_add_slice(out, response->headers.at[i].value);
    }
    /* The body itself goes behind all this without another copy. */
    wire_add_length(out, response->body);
}

struct job {
    struct sent sent;
    struct slice cursor;
    struct response response;
};

static bool take_headers(struct slice *in, struct arena *arena, size_t count, struct response *out,
                         struct fault *fault) {
    out->headers = (struct header_list){.at = arena_alloc(arena, count, sizeof *out->headers.at), .capacity = count};
    if (out->headers.at == NULL) return fault_memory(fault);
    for (; out->headers.count < count; out->headers.count++) {
        struct header *header = &out->headers.at[out->headers.count];
        if (!wire_take_slice(in, &header->name, fault) || !wire_take_slice(in, &header->value, fault)) return false;
    }
    return true;
}

static bool take_job(struct slice in, struct arena *arena, struct job *job, struct fault *fault) {
    struct slice raw;
    if (!wire_take_slice(&in, &raw, fault)) return false;
    memcpy(&job->sent, raw.at, sizeof job->sent);
    struct response *response = &job->response;
    *response = job->sent.response;
    return wire_take_slice(&in, &job->cursor, fault) && wire_take_slice(&in, &response->final_url, fault) &&
           wire_take_slice(&in, &response->content_type, fault) && wire_take_slice(&in, &response->etag, fault) &&
           wire_take_slice(&in, &response->last_modified, fault) && wire_take_slice(&in, &response->reason, fault) &&
           take_headers(&in, arena, job->sent.headers, response, fault) && wire_take_slice(&in, &response->body, fault);
}

/* ---- in the child ---- */

/* How much of what a post says was found: the right reader finds the most. */
static size_t worth(const struct page *page) {
    size_t found = 0;
    for (size_t i = 0; i < page->items.count; i++) {
        const struct item *item = &page->items.at[i];
        found += slice_is_empty(item->id) ? 0 : 1;
        found += slice_is_empty(item->url) ? 0 : 1;
        found += slice_is_empty(item->text) ? 0 : 1;
        found += item->published_s == WHEN_ABSENT ? 0 : 1;
        found += item->authors.count == 0 ? 0 : 1;
    }
    return found;
}

static bool by_content(const struct job *job, struct arena *arena, struct page *out, struct fault *fault) {
    size_t count, best = 0;
    const struct source_kind *const *kinds = source_kinds(&count);
    const struct response *response = &job->response;
    bool found = false, list = slice_starts(slice_trim(response->body), SLICE("["));
    if (feed_sniff(response->body))
        return source_feed.take(job->sent.source, job->cursor, response, job->sent.now_s, arena, out, fault);
    for (size_t i = 0; i < count; i++) {
        struct page page;
        if (kinds[i] == &source_feed) continue;
        if (!kinds[i]->take(NULL, job->cursor, response, job->sent.now_s, arena, &page, fault)) {
            if (fault->kind == FAULT_MEMORY) return false;
            continue;
        }
        /* An empty list says nothing of who sent it. */
        if ((page.items.count == 0 && list) || (found && worth(&page) <= best)) continue;
        best = worth(&page);
        *out = page;
        found = true;
    }
    fault_clear(fault);
    return found ||
           fault_set(fault, FAULT_INPUT, "this is neither a feed nor an answer or archive of X, Bluesky or Mastodon");
}

static enum charset_syntax syntax_of(struct slice body) {
    return slice_starts(slice_trim(slice_part(body, 0, 256)), SLICE("{")) ? CHARSET_TEXT : CHARSET_XML;
}

/* Tables of encodings lie in files, and so does what makes fingerprints: the child can open none once its walls stand.
 */
static void prepare(void *user, struct slice input) {
    struct reading *reading = user;
    struct fault fault = {0};
    struct job job;
    char name[32];
    (void)hash_ready();
    reading->arena = arena_new(LIMIT_ARENA_BYTES);
    if (reading->arena == NULL || !take_job(input, reading->arena, &job, &fault)) return;
    charset_needed(job.response.body, job.response.content_type, syntax_of(job.response.body), name);
    charset_shelf_add(&reading->shelf, name);
}

static bool work(void *user, struct slice input, struct buf *out, struct fault *fault) {
    struct reading *reading = user;
    struct job job;
    struct page page;
    char name[32];
    if (reading->arena == NULL) return fault_memory(fault);
    arena_reset(reading->arena);
    if (!take_job(input, reading->arena, &job, fault)) return false;
    charset_needed(job.response.body, job.response.content_type, syntax_of(job.response.body), name);
    if (!charset_shelf_has(&reading->shelf, name))
        return fault_set(fault, FAULT_BUSY, "the table of encoding %s is not at hand", name);
    bool done = job.sent.kind == NULL ? by_content(&job, reading->arena, &page, fault)
                                      : job.sent.kind->take(job.sent.source, job.cursor, &job.response, job.sent.now_s,
                                                            reading->arena, &page, fault);
    if (done) wire_add_page(out, &page);
    return done;
}

/* ---- in the parent ---- */

struct reading *reading_new(struct fault *fault) {
    if (!xml_open(fault)) return NULL;
    struct reading *reading = mem_new(1, sizeof *reading);
    if (reading == NULL) {
        fault_memory(fault);
        return NULL;
    }
    reading->jail = jail_new(work, reading, (struct jail_limits){0}, fault);
    if (reading->jail == NULL) {
        mem_free(reading);
        return NULL;
    }
    jail_set_prepare(reading->jail, prepare);
    reading->input = buf_new(LIMIT_DOCUMENT_BYTES * 2);
    reading->answer = buf_new(LIMIT_JAIL_ANSWER_BYTES);
    return reading;
}

bool reading_stand_by(struct reading *reading, struct fault *fault) {
    return jail_stand_by(reading->jail, fault);
}

void reading_free(struct reading **reading) {
    if (*reading == NULL) return;
    jail_free(&(*reading)->jail);
    buf_free(&(*reading)->input);
    buf_free(&(*reading)->answer);
    mem_free(*reading);
    *reading = NULL;
}

bool reading_begin(struct reading *reading, const struct reading_job *job, struct fault *fault) {
    buf_clear(&reading->input);
    if (job->response->body.len > LIMIT_DOCUMENT_BYTES)
        return fault_set(fault, FAULT_LIMIT, "the document is larger than %zu bytes", LIMIT_DOCUMENT_BYTES);
    add_job(&reading->input, job);
    return buf_check(&reading->input, "the document", fault) &&
           jail_begin(reading->jail, buf_slice(&reading->input), job->response->body, fault);
}

bool reading_end(struct reading *reading, struct arena *arena, struct page *out, struct fault *fault) {
    buf_clear(&reading->answer);
    if (!jail_end(reading->jail, &reading->answer, fault)) return false;
    struct slice bytes = buf_slice(&reading->answer);
    return wire_take_page(&bytes, arena, out, fault);
}

bool reading_take(struct reading *reading, const struct reading_job *job, struct arena *arena, struct page *out,
                  struct fault *fault) {
    return reading_begin(reading, job, fault) && reading_end(reading, arena, out, fault);
}
