#include "discern.h"

#include <stdio.h>

#include "base/jwrite.h"
#include "base/limits.h"
#include "cite/scan.h"
#include "door/input.h"
#include "door/shipped.h"
#include "model/article_json.h"
#include "model/item_json.h"
#include "normal/canonical.h"
#include "stage/cite_hosts.h"
#include "stage/page_address.h"
#include "stage/page_reading.h"

/* One line of answer: the largest article that the reading process may send, with quoting. */
#define LINE_BYTES ((size_t)LIMIT_JAIL_ANSWER_BYTES * 2)

static void write_from(struct jwrite *json, const struct article *article) {
    jwrite_key(json, "from");
    jwrite_object(json);
    jwrite_member(json, "title", article->from.title);
    jwrite_member(json, "authors", article->from.authors);
    jwrite_member(json, "published", article->from.published);
    jwrite_member(json, "modified", article->from.modified);
    jwrite_member(json, "site", article->from.site);
    jwrite_member(json, "description", article->from.description);
    jwrite_member(json, "lang", article->from.lang);
    jwrite_member(json, "image", article->from.image);
    jwrite_member(json, "canonical_url", article->from.canonical_url);
    jwrite_member(json, "text", article->from.text);
    jwrite_end_object(json);
}

static void write_references(struct jwrite *json, const struct reference_list *references) {
    jwrite_key(json, "references");
    jwrite_array(json);
    for (size_t i = 0; i < references->count; i++) {
        const struct reference *reference = &references->at[i];
        jwrite_object(json);
        jwrite_member(json, "kind", slice_from(reference_kind_name(reference->kind)));
        jwrite_member(json, "id", reference->id);
        jwrite_member(json, "url", reference->url);
        jwrite_member(json, "text", reference->text);
        if (reference->retraction) jwrite_member_bool(json, "retraction", true);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_links(struct jwrite *json, const struct link_list *links) {
    jwrite_key(json, "links");
    jwrite_array(json);
    for (size_t i = 0; i < links->count; i++) {
        jwrite_object(json);
        jwrite_member(json, "url", links->at[i].url);
        jwrite_member(json, "text", links->at[i].title);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_article(struct jwrite *json, const struct article *article) {
    jwrite_key(json, "error");
    jwrite_null(json);
    jwrite_member(json, "url", article->url);
    jwrite_member(json, "canonical_url", article->canonical_url);
    jwrite_member(json, "title", article->title);
    jwrite_key(json, "authors");
    item_json_write_texts(json, &article->authors);
    jwrite_key(json, "published");
    jwrite_instant(json, article->published_s);
    jwrite_key(json, "modified");
    jwrite_instant(json, article->modified_s);
    jwrite_member(json, "site", article->site);
    jwrite_member(json, "description", article->description);
    jwrite_member(json, "lang", article->lang);
    jwrite_member(json, "image", article->image);
    jwrite_member(json, "text", article->text);
    jwrite_member_int(json, "words", (int64_t)article->words);
    jwrite_member_bool(json, "paywalled", article->paywalled);
    jwrite_member(json, "kind", slice_from(article_kind_name(article->kind)));
    jwrite_member(json, "problem", article->problem);
    jwrite_key(json, "confidence");
    jwrite_real(json, article->confidence);
    write_from(json, article);
    article_json_write_surety(json, &article->surety);
    write_references(json, &article->references);
    write_links(json, &article->links);
}

/* ---- one file ---- */

struct extractor {
    const struct discern_extract *options;
    struct page_reading *reading;
    struct arena *arena, *rules_arena;
    struct ruleset rules; /* the file of hosts alone: what a link leads to */
    struct cite_hosts hosts;
    const struct canon_rules *url_rules; /* NULL until a page needs them */
    struct buf body, rules_text, line;
};

static void free_extractor(struct extractor *extractor) {
    page_reading_free(&extractor->reading);
    ruleset_free(&extractor->rules);
    arena_free(&extractor->arena);
    arena_free(&extractor->rules_arena);
    buf_free(&extractor->rules_text);
    buf_free(&extractor->body);
    buf_free(&extractor->line);
}

static bool clean_address(struct extractor *extractor, struct article *article, struct fault *fault) {
    struct problems problems = {.arena = extractor->rules_arena};
    if (!page_address_may_be_cleaned(article)) return true;
    if (extractor->url_rules == NULL)
        extractor->url_rules =
            canon_rules_read(SLICE("urls.conf"), canon_rules_shipped(), &problems, extractor->rules_arena);
    if (extractor->url_rules == NULL) return fault_memory(fault);
    return page_address_clean(extractor->url_rules, extractor->arena, article, fault);
}

static bool read_article(struct extractor *extractor, const char *path, struct article *article, struct fault *fault) {
    if (!input_read(path, &extractor->body, fault)) return false;
    const struct page_reading_job job = {.bytes = buf_slice(&extractor->body),
                                         .content_type = slice_from(extractor->options->content_type),
                                         .url = slice_from(extractor->options->url)};
    return page_reading_take(extractor->reading, &job, extractor->arena, article, fault) &&
           clean_address(extractor, article, fault) &&
           cite_article(extractor->arena, &extractor->hosts, article, fault);
}

/* Writes the file's line into extractor->line. True when it could be read. */
static bool extract_file(struct extractor *extractor, const char *path) {
    struct fault fault = {0};
    struct article article;
    struct jwrite json = jwrite_to(&extractor->line);
    arena_reset(extractor->arena);
    buf_clear(&extractor->line);
    bool done = read_article(extractor, path, &article, &fault);
    jwrite_object(&json);
    jwrite_member(&json, "file", slice_from(path));
    jwrite_member_bool(&json, "ok", done);
    if (done) write_article(&json, &article);
    else jwrite_member(&json, "error", slice_from(fault.text));
    jwrite_end_object(&json);
    buf_add_char(&extractor->line, '\n');
    return done;
}

static bool read_hosts(struct extractor *extractor, struct fault *fault) {
    char path[4096];
    struct problems problems = {0};
    (void)snprintf(path, sizeof path, "%s/hosts.rules", shipped_rules_dir());
    extractor->rules_text = buf_new(LIMIT_CONFIG_BYTES);
    extractor->rules_arena = arena_new(LIMIT_ARENA_BYTES);
    if (extractor->rules_arena == NULL) return fault_memory(fault);
    problems.arena = extractor->rules_arena;
    if (!input_read(path, &extractor->rules_text, fault)) return false;
    const struct rules_file file = {.name = SLICE("hosts.rules"), .text = buf_slice(&extractor->rules_text)};
    return ruleset_read(&file, 1, extractor->rules_arena, &extractor->rules, &problems, fault) &&
           cite_hosts_of(&extractor->rules, extractor->rules_arena, &extractor->hosts, fault);
}

static bool begin(struct extractor *extractor, struct discern_error *error) {
    struct fault fault = {0};
    extractor->body = buf_new((size_t)LIMIT_DOCUMENT_BYTES + 1);
    extractor->line = buf_new(LINE_BYTES);
    extractor->arena = arena_new(LIMIT_ARENA_BYTES);
    extractor->reading = page_reading_new(&fault);
    if (extractor->arena == NULL) (void)fault_memory(&fault);
    if (extractor->arena != NULL && extractor->reading != NULL && read_hosts(extractor, &fault)) return true;
    (void)snprintf(error->text, sizeof error->text, "%.480s", fault.text);
    return false;
}

int discern_extract(const struct discern_extract *options, const char *const *files, size_t count, discern_write *write,
                    void *to, struct discern_error *error) {
    AUTO(free_extractor)
    struct extractor extractor = {.options = options};
    int status = DISCERN_DONE;
    error->text[0] = '\0';
    if (!begin(&extractor, error)) return DISCERN_ACT;
    for (size_t i = 0; i < count; i++) {
        if (!extract_file(&extractor, files[i])) status = DISCERN_ACT;
        if (buf_failed(&extractor.line)) {
            (void)snprintf(error->text, sizeof error->text, "%.300s: its line is larger than memory allows", files[i]);
            return DISCERN_ACT;
        }
        if (!write(to, extractor.line.at, extractor.line.len)) return DISCERN_ACT;
    }
    return status;
}
