#include "discern.h"

#include <stdio.h>
#include <string.h>

#include "base/jwrite.h"
#include "base/limits.h"
#include "base/when.h"
#include "door/input.h"
#include "model/item_json.h"
#include "stage/reading.h"

/* One line of answer: the largest page that the reading process may send, with quoting. */
#define LINE_BYTES (LIMIT_JAIL_ANSWER_BYTES * 2)

static void write_feed(struct jwrite *json, const struct feed *feed) {
    jwrite_key(json, "feed");
    jwrite_object(json);
    jwrite_member(json, "title", feed->title);
    jwrite_member(json, "url", feed->url);
    jwrite_member(json, "id", feed->id);
    jwrite_member(json, "description", feed->description);
    jwrite_member(json, "lang", feed->lang);
    jwrite_key(json, "updated");
    jwrite_instant(json, feed->updated_s);
    jwrite_key(json, "published");
    jwrite_instant(json, feed->published_s);
    jwrite_key(json, "authors");
    item_json_write_persons(json, &feed->authors);
    jwrite_key(json, "tags");
    item_json_write_tags(json, &feed->tags);
    jwrite_key(json, "links");
    item_json_write_links(json, &feed->links);
    jwrite_member(json, "generator", feed->generator);
    jwrite_member(json, "rights", feed->rights);
    jwrite_member(json, "image", feed->image);
    jwrite_key(json, "ttl_s");
    if (feed->ttl_s < 0) jwrite_null(json);
    else jwrite_int(json, feed->ttl_s);
    jwrite_end_object(json);
}

static void write_page(struct jwrite *json, const struct page *page) {
    const struct feed *feed = &page->feed;
    jwrite_key(json, "error");
    jwrite_null(json);
    jwrite_member(json, "kind", feed->kind);
    jwrite_member(json, "format", feed->format);
    jwrite_member(json, "encoding", feed->encoding);
    jwrite_member_bool(json, "repaired", feed->repaired);
    jwrite_key(json, "problems");
    item_json_write_texts(json, &feed->problems);
    write_feed(json, feed);
    jwrite_key(json, "items");
    jwrite_array(json);
    for (size_t i = 0; i < page->items.count; i++) item_json_write(json, &page->items.at[i]);
    jwrite_end_array(json);
    jwrite_member(json, "cursor", page->cursor);
}

/* ---- one file ---- */

struct parser {
    const struct discern_parse *options;
    const struct source_kind *kind;
    struct reading *reading;
    struct arena *arena;
    struct buf body, line;
};

static void free_parser(struct parser *parser) {
    reading_free(&parser->reading);
    arena_free(&parser->arena);
    buf_free(&parser->body);
    buf_free(&parser->line);
}

/* A file that is being read by the reading process; or that cannot be, and why. */
struct pending {
    const char *path;
    bool begun;
    struct fault fault;
};

static struct pending begin_file(struct parser *parser, const char *path) {
    struct pending file = {.path = path};
    struct response response = {.state = RESPONSE_ANSWERED,
                                .status = 200,
                                .final_url = slice_from(parser->options->base_url),
                                .content_type = slice_from(parser->options->content_type),
                                .date_s = WHEN_ABSENT,
                                .expires_s = WHEN_ABSENT,
                                .retry_at_s = WHEN_ABSENT};
    if (!input_read(path, &parser->body, &file.fault)) return file;
    response.body = buf_slice(&parser->body);
    const struct reading_job job = {.kind = parser->kind, .response = &response, .now_s = parser->options->now_s};
    file.begun = reading_begin(parser->reading, &job, &file.fault);
    return file;
}

/* Writes the file's line into parser->line. */
static void write_line(struct parser *parser, const struct pending *file, const struct page *page) {
    struct jwrite json = jwrite_to(&parser->line);
    buf_clear(&parser->line);
    jwrite_object(&json);
    jwrite_member(&json, "file", slice_from(file->path));
    jwrite_member_bool(&json, "ok", page != NULL);
    if (page != NULL) write_page(&json, page);
    else jwrite_member(&json, "error", slice_from(file->fault.text));
    jwrite_end_object(&json);
    buf_add_char(&parser->line, '\n');
}

static int begin(struct parser *parser, struct discern_error *error) {
    struct fault fault = {0};
    const char *kind = parser->options->kind;
    if (kind != NULL && strcmp(kind, "auto") != 0 && (parser->kind = source_kind_find(slice_from(kind))) == NULL) {
        (void)snprintf(error->text, sizeof error->text, "there is no kind of source called '%.80s'", kind);
        return DISCERN_WRONG;
    }
    parser->body = buf_new(LIMIT_DOCUMENT_BYTES + 1);
    parser->line = buf_new(LINE_BYTES);
    parser->arena = arena_new(LIMIT_ARENA_BYTES);
    parser->reading = reading_new(&fault);
    if (parser->arena != NULL && parser->reading != NULL) return DISCERN_DONE;
    (void)snprintf(error->text, sizeof error->text, "out of memory");
    return DISCERN_ACT;
}

static int parse_files(struct parser *parser, const char *const *files, size_t count, discern_write *write, void *to,
                       struct discern_error *error) {
    int status = DISCERN_DONE;
    struct pending next = {0};
    if (count > 0) next = begin_file(parser, files[0]);
    for (size_t i = 0; i < count; i++) {
        struct pending file = next;
        struct page page;
        arena_reset(parser->arena);
        bool done = file.begun && reading_end(parser->reading, parser->arena, &page, &file.fault);
        /* The next file is read while this one's line is written. */
        if (i + 1 < count) next = begin_file(parser, files[i + 1]);
        if (!done) status = DISCERN_ACT;
        write_line(parser, &file, done ? &page : NULL);
        if (buf_failed(&parser->line)) {
            (void)snprintf(error->text, sizeof error->text, "%.300s: its line is larger than memory allows", files[i]);
            return DISCERN_ACT;
        }
        if (!write(to, parser->line.at, parser->line.len)) return DISCERN_ACT;
    }
    return status;
}

int discern_parse(const struct discern_parse *options, const char *const *files, size_t count, discern_write *write,
                  void *to, struct discern_error *error) {
    AUTO(free_parser)
    struct parser parser = {.options = options};
    error->text[0] = '\0';
    int status = begin(&parser, error);
    return status == DISCERN_DONE ? parse_files(&parser, files, count, write, to, error) : status;
}
