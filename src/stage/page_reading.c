#include "stage/page_reading.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "jail/jail.h"
#include "model/wire.h"
#include "parse/article.h"
#include "parse/charset.h"
#include "parse/charset_shelf.h"
#include "parse/pdf.h"

struct page_reading {
    struct jail *jail;
    struct buf input, answer; /* kept from call to call */
    /* In the child only: */
    struct arena *arena;
    struct charset_shelf shelf;
    bool has_pdf; /* the library for PDFs is loaded, or not to be had */
};

static bool take_job(struct slice in, struct page_reading_job *job, struct fault *fault) {
    return wire_take_slice(&in, &job->content_type, fault) && wire_take_slice(&in, &job->url, fault) &&
           wire_take_slice(&in, &job->bytes, fault);
}

/* ---- in the child ---- */

static void keep_charset(struct page_reading *reading, const struct page_reading_job *job) {
    char name[32];
    charset_needed(job->bytes, job->content_type, CHARSET_HTML, name);
    charset_shelf_add(&reading->shelf, name);
}

/* What lies in files, tables of encodings and the library for PDFs, is fetched before the walls stand. */
static void prepare(void *user, struct slice input) {
    struct page_reading *reading = user;
    struct page_reading_job job;
    struct fault fault = {0};
    reading->arena = arena_new(LIMIT_ARENA_BYTES);
    if (reading->arena == NULL || !take_job(input, &job, &fault)) return;
    if (!pdf_sniff(job.bytes)) {
        keep_charset(reading, &job);
        return;
    }
    (void)pdf_ready();
    reading->has_pdf = true;
}

static bool has_all(const struct page_reading *reading, const struct page_reading_job *job, struct fault *fault) {
    char name[32];
    if (pdf_sniff(job->bytes)) return reading->has_pdf || fault_set(fault, FAULT_BUSY, "no PDF library at hand");
    charset_needed(job->bytes, job->content_type, CHARSET_HTML, name);
    return charset_shelf_has(&reading->shelf, name) ||
           fault_set(fault, FAULT_BUSY, "no table of encoding %s at hand", name);
}

static bool work(void *user, struct slice input, struct buf *out, struct fault *fault) {
    struct page_reading *reading = user;
    struct page_reading_job job;
    struct article article;
    if (reading->arena == NULL) return fault_memory(fault);
    arena_reset(reading->arena);
    if (!take_job(input, &job, fault) || !has_all(reading, &job, fault)) return false;
    if (!article_parse(job.bytes, job.content_type, job.url, reading->arena, &article, fault)) return false;
    wire_add_article(out, &article);
    return true;
}

/* ---- in the parent ---- */

struct page_reading *page_reading_new(struct fault *fault) {
    struct page_reading *reading = mem_new(1, sizeof *reading);
    if (reading == NULL) {
        fault_memory(fault);
        return NULL;
    }
    reading->jail = jail_new(work, reading, (struct jail_limits){.cpu_ms = LIMIT_PAGE_CPU_MS}, fault);
    if (reading->jail == NULL) {
        mem_free(reading);
        return NULL;
    }
    jail_set_prepare(reading->jail, prepare);
    reading->input = buf_new((size_t)LIMIT_DOCUMENT_BYTES + (size_t)256 * 1024);
    reading->answer = buf_new(LIMIT_JAIL_ANSWER_BYTES);
    return reading;
}

bool page_reading_stand_by(struct page_reading *reading, struct fault *fault) {
    return jail_stand_by(reading->jail, fault);
}

void page_reading_free(struct page_reading **reading) {
    if (*reading == NULL) return;
    jail_free(&(*reading)->jail);
    buf_free(&(*reading)->input);
    buf_free(&(*reading)->answer);
    mem_free(*reading);
    *reading = NULL;
}

bool page_reading_take(struct page_reading *reading, const struct page_reading_job *job, struct arena *arena,
                       struct article *out, struct fault *fault) {
    buf_clear(&reading->input);
    buf_clear(&reading->answer);
    if (job->bytes.len > LIMIT_DOCUMENT_BYTES)
        return fault_set(fault, FAULT_LIMIT, "the page is larger than %zu bytes", (size_t)LIMIT_DOCUMENT_BYTES);
    wire_add_slice(&reading->input, job->content_type);
    wire_add_slice(&reading->input, job->url);
    wire_add_slice(&reading->input, job->bytes);
    if (!buf_check(&reading->input, "the page", fault)) return false;
    if (!jail_call(reading->jail, buf_slice(&reading->input), &reading->answer, fault)) return false;
    struct slice bytes = buf_slice(&reading->answer);
    return wire_take_article(&bytes, arena, out, fault);
}
