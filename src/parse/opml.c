#include "parse/opml.h"

#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "base/when.h"
#include "parse/charset.h"
#include "parse/xml.h"

/* Folders in folders; deeper ones belong to the last that counts. */
#define FOLDERS_DEEP 8u
#define SEPARATOR " / "
#define TITLE_BYTES ((size_t)4096)

/* One document being read. */
struct opml_reader {
    struct arena *arena;
    struct opml *out;
    unsigned depth;                     /* of open outlines */
    bool is_folder[LIMIT_XML_DEPTH];    /* by depth: has a name of its own in `folders` */
    struct slice folders[FOLDERS_DEEP]; /* names, from outside in */
    size_t folder_count, folders_open;  /* kept in `folders`; open, kept or not */
    bool in_title, memory;
    struct buf title; /* owned */
};

static void free_reader(struct opml_reader *reader) {
    buf_free(&reader->title);
}

static void restart(void *user) {
    struct opml_reader *reader = user;
    *reader->out = (struct opml){0};
    reader->depth = 0;
    reader->folder_count = reader->folders_open = 0;
    reader->in_title = false;
    buf_clear(&reader->title);
}

static struct slice attribute(const struct xml_element *element, const char *name) {
    struct slice value = slice_trim(xml_attribute_of(element, name));
    return value.len == 0 ? (struct slice){NULL, 0} : value;
}

static struct slice outline_name(const struct xml_element *element) {
    struct slice title = attribute(element, "title");
    return slice_is_absent(title) ? attribute(element, "text") : title;
}

static bool complain(struct opml_reader *reader, const char *what, struct slice name) {
    const char *words = arena_printf(reader->arena, "%s: '%.*s'", what, SLICE_ARGS(utf8_cut(name, 200)));
    if (words == NULL) return false;
    if (reader->out->problems.count >= LIMIT_PROBLEMS) return true;
    return slice_list_add_once(reader->arena, &reader->out->problems, slice_from(words)) ||
           reader->out->problems.count >= LIMIT_ITEM_LIST;
}

static bool folder_path(const struct opml_reader *reader, struct slice *out) {
    AUTO(buf_free)
    struct buf path = buf_new((size_t)LIMIT_URL_BYTES * FOLDERS_DEEP);
    *out = (struct slice){NULL, 0};
    for (size_t i = 0; i < reader->folder_count; i++) {
        if (i > 0) buf_add_text(&path, SEPARATOR);
        buf_add(&path, reader->folders[i]);
    }
    return reader->folder_count == 0 || (!path.failed && arena_copy(reader->arena, buf_slice(&path), out));
}

static bool is_known(const struct outline_list *list, struct slice url) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i].url, url)) return true;
    return false;
}

static bool add_outline(struct opml_reader *reader, const struct xml_element *element, struct slice url) {
    struct outline_list *list = &reader->out->outlines;
    if (is_known(list, url)) return complain(reader, "stands in the list twice, is taken once", url);
    if (list->count >= LIMIT_OPML_OUTLINES) return complain(reader, "more than the list may hold, from", url);
    struct outline *more = arena_grow(reader->arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    struct outline *kept = &more[list->count];
    if (!arena_copy(reader->arena, url, &kept->url) ||
        !arena_copy(reader->arena, outline_name(element), &kept->title) ||
        !arena_copy(reader->arena, attribute(element, "htmlUrl"), &kept->site) ||
        !arena_copy(reader->arena, attribute(element, "description"), &kept->description) ||
        !folder_path(reader, &kept->folder))
        return false;
    list->count++;
    return true;
}

/* An outline without an address is a folder: its name counts for those inside. */
static bool open_folder(struct opml_reader *reader, const struct xml_element *element) {
    struct slice name = utf8_cut(outline_name(element), LIMIT_URL_BYTES / 4);
    struct slice type = attribute(element, "type");
    if (slice_equal_nocase(type, SLICE("include")) || slice_equal_nocase(type, SLICE("link")))
        return complain(reader, "an entry that only points elsewhere is left out", name);
    if (name.len == 0) return true;
    reader->is_folder[reader->depth - 1] = true;
    if (reader->folders_open++ >= FOLDERS_DEEP) return true;
    if (!arena_copy(reader->arena, name, &reader->folders[reader->folder_count])) return false;
    reader->folder_count++;
    return true;
}

static bool open_outline(struct opml_reader *reader, const struct xml_element *element) {
    struct slice url = attribute(element, "xmlUrl");
    if (reader->depth >= LIMIT_XML_DEPTH) return true;
    reader->is_folder[reader->depth++] = false;
    if (slice_is_absent(url)) return open_folder(reader, element);
    if (url.len > LIMIT_URL_BYTES || !url_is_web(url)) return complain(reader, "no web address, left out", url);
    return add_outline(reader, element, url);
}

static bool on_open(void *user, const struct xml_element *element) {
    struct opml_reader *reader = user;
    reader->in_title = strcmp(element->local, "title") == 0 && reader->depth == 0;
    if (strcmp(element->local, "outline") == 0) reader->memory = open_outline(reader, element);
    return reader->memory;
}

static bool on_close(void *user, const char *local) {
    struct opml_reader *reader = user;
    reader->in_title = false;
    if (strcmp(local, "outline") != 0 || reader->depth == 0) return true;
    if (!reader->is_folder[--reader->depth]) return true;
    if (reader->folders_open-- <= FOLDERS_DEEP) reader->folder_count--;
    return true;
}

static bool on_text(void *user, struct slice text) {
    struct opml_reader *reader = user;
    if (reader->in_title && reader->title.len + text.len < TITLE_BYTES) buf_add(&reader->title, text);
    return true;
}

static bool is_opml(void *user, struct slice root) {
    (void)user;
    return slice_equal_nocase(root, SLICE("opml"));
}

bool opml_parse(struct slice body, struct arena *arena, struct opml *out, struct fault *fault) {
    struct opml made = {0};
    AUTO(free_reader)
    struct opml_reader reader = {.arena = arena, .out = &made, .memory = true, .title = buf_new(TITLE_BYTES)};
    AUTO(buf_free)
    struct buf scratch = buf_new((size_t)LIMIT_DOCUMENT_BYTES * 2);
    const struct xml_handler handler = {&reader, on_open, on_close, on_text, restart};
    struct charset_result decoded = {0};
    struct xml_outcome outcome = {0};
    if (!charset_decode(body, (struct slice){NULL, 0}, CHARSET_XML, &scratch, &decoded, fault)) return false;
    if (!xml_read(decoded.text, &handler, is_opml, &outcome, fault)) return false;
    if (!reader.memory) return fault_memory(fault);
    if (!is_opml(NULL, outcome.root))
        return fault_set(fault, FAULT_INPUT, "not a list of subscriptions (OPML): its first element is '%.*s'",
                         SLICE_ARGS(slice_part(outcome.root, 0, 40)));
    struct slice title = slice_trim(buf_slice(&reader.title));
    if (title.len > 0 && !arena_copy(arena, title, &made.title)) return fault_memory(fault);
    if (made.outlines.count == 0)
        return fault_set(fault, FAULT_INPUT, "the list of subscriptions (OPML) holds no feed");
    *out = made;
    return true;
}

/* ---- writing ---- */

/* For an attribute in double quotes, or text. What XML cannot hold is left out. */
static void add_escaped(struct buf *out, struct slice text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '&') buf_add_text(out, "&amp;");
        else if (c == '<') buf_add_text(out, "&lt;");
        else if (c == '>') buf_add_text(out, "&gt;");
        else if (c == '"') buf_add_text(out, "&quot;");
        else if (c == '\n' || c == '\t') buf_printf(out, "&#%d;", c);
        else if (c >= ' ') buf_add_char(out, (char)c);
    }
}

static void add_attribute(struct buf *out, const char *name, struct slice value) {
    if (slice_is_absent(value)) return;
    buf_printf(out, " %s=\"", name);
    add_escaped(out, value);
    buf_add_char(out, '"');
}

static void indent(struct buf *out, unsigned depth) {
    for (unsigned i = 0; i < depth + 2; i++) buf_add_text(out, "  ");
}

static void write_outline(const struct outline *outline, unsigned depth, struct buf *out) {
    struct slice title = slice_is_empty(outline->title) ? outline->url : outline->title;
    indent(out, depth);
    buf_add_text(out, "<outline type=\"rss\"");
    add_attribute(out, "text", title);
    add_attribute(out, "title", title);
    add_attribute(out, "xmlUrl", outline->url);
    add_attribute(out, "htmlUrl", outline->site);
    add_attribute(out, "description", outline->description);
    buf_add_text(out, "/>\n");
}

/* The folder's next part within `within`, absent when the outline stands in `within` itself; false when elsewhere. */
static bool next_part(struct slice folder, struct slice within, struct slice *part) {
    struct slice rest = folder;
    *part = (struct slice){NULL, 0};
    if (within.len > 0) {
        if (!slice_starts(folder, within)) return false;
        rest = slice_part(folder, within.len, folder.len);
        if (rest.len > 0 && !slice_starts(rest, SLICE(SEPARATOR))) return false;
        rest = slice_part(rest, sizeof SEPARATOR - 1, rest.len);
    }
    if (rest.len > 0) *part = slice_part(rest, 0, slice_find(rest, SLICE(SEPARATOR), 0));
    return true;
}

static bool was_before(const struct outline_list *list, size_t at, struct slice within, struct slice part) {
    struct slice other;
    for (size_t i = 0; i < at; i++)
        if (next_part(list->at[i].folder, within, &other) && slice_equal(other, part)) return true;
    return false;
}

/* Everything in the folder `within` (a part of the folder of outline `at`, or nothing): a folder where its first
 * outline stands. */
static void write_folder(const struct outline_list *list, struct slice within, unsigned depth, struct buf *out) {
    for (size_t i = 0; i < list->count && !out->failed; i++) {
        struct slice part, folder = list->at[i].folder;
        if (!next_part(folder, within, &part)) continue;
        if (slice_is_absent(part) || depth >= FOLDERS_DEEP) {
            write_outline(&list->at[i], depth, out);
            continue;
        }
        if (was_before(list, i, within, part)) continue;
        indent(out, depth);
        buf_add_text(out, "<outline");
        add_attribute(out, "text", part);
        add_attribute(out, "title", part);
        buf_add_text(out, ">\n");
        write_folder(list, slice_part(folder, 0, (size_t)(part.at - folder.at) + part.len), depth + 1, out);
        indent(out, depth);
        buf_add_text(out, "</outline>\n");
    }
}

void opml_write(const struct opml *opml, int64_t date_s, struct buf *out) {
    char date[WHEN_TEXT_BYTES];
    when_http(date_s, date);
    buf_add_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>");
    add_escaped(out, slice_is_absent(opml->title) ? SLICE("Subscriptions") : opml->title);
    buf_add_text(out, "</title>\n");
    if (date[0] != '\0') buf_printf(out, "    <dateCreated>%s</dateCreated>\n", date);
    buf_add_text(out, "  </head>\n  <body>\n");
    write_folder(&opml->outlines, (struct slice){NULL, 0}, 0, out);
    buf_add_text(out, "  </body>\n</opml>\n");
}
