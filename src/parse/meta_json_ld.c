#include "base/jtree.h"
#include "base/limits.h"
#include "parse/html_text.h"
#include "parse/meta.h"
#include "parse/meta_date.h"

#define DEPTH 8u
/* Nodes of one document looked at: a list of products can hold thousands. */
#define NODES 2000u

struct reader {
    const struct page_sheet *sheet;
    struct meta_facts *facts;
    const struct jnode *root; /* for {"@id": …} */
    unsigned nodes;
    bool failed;
};

static struct slice words_of(struct reader *reader, struct slice text) {
    struct slice line = {NULL, 0};
    if (!html_text_line(reader->sheet->arena, text, &line)) reader->failed = true;
    return line;
}

static void put(struct reader *reader, struct meta_fact *fact, const struct jnode *value) {
    if (jtree_is_array(value)) value = jtree_at(value, 0);
    if (jtree_is_object(value)) value = jtree_get(value, "url");
    meta_put(fact, words_of(reader, jtree_text(value)), META_JSON_LD, "json-ld");
}

static void put_date(struct reader *reader, struct meta_fact *fact, const struct jnode *value) {
    char digits[32];
    struct slice day;
    if (jtree_is_array(value)) value = jtree_at(value, 0);
    struct slice said = words_of(reader, jtree_text_or_number(value, digits));
    if (!meta_date_say(reader->sheet->arena, reader->facts->date_order, said, &day)) reader->failed = true;
    meta_put(fact, day, META_JSON_LD, "json-ld");
}

/* The node of the document that has this "@id". */
static const struct jnode *by_id(const struct reader *reader, struct slice id) {
    const struct jnode *graph = jtree_get(reader->root, "@graph");
    for (size_t i = 0; i < jtree_count(graph) && i < NODES; i++)
        if (slice_equal(jtree_get_text(jtree_at(graph, i), "@id"), id)) return jtree_at(graph, i);
    return NULL;
}

static void put_author(struct reader *reader, const struct jnode *author) {
    struct slice name = jtree_text(author);
    int rank = META_JSON_LD;
    if (jtree_is_object(author)) {
        /* A house is named where nobody in it is; a byline knows better. */
        if (slice_equal(jtree_get_text(author, "@type"), SLICE("Organization"))) rank = META_PAGE + 6;
        if (jtree_get(author, "name") == NULL) author = by_id(reader, jtree_get_text(author, "@id"));
        const struct jnode *said = jtree_get(author, "name");
        name = jtree_text(jtree_is_array(said) ? jtree_at(said, 0) : said);
    }
    if (!meta_put_author(reader->sheet->arena, reader->facts, words_of(reader, name), rank, "json-ld"))
        reader->failed = true;
}

static void put_authors(struct reader *reader, const struct jnode *author) {
    if (!jtree_is_array(author)) put_author(reader, author);
    for (size_t i = 0; jtree_is_array(author) && i < jtree_count(author) && i < LIMIT_AUTHORS; i++)
        put_author(reader, jtree_at(author, i));
}

static bool type_holds(const struct jnode *node, const char *const *types, size_t count) {
    const struct jnode *type = jtree_get(node, "@type");
    if (jtree_is_array(type)) type = jtree_at(type, 0);
    for (size_t i = 0; i < count; i++)
        if (slice_find(jtree_text(type), slice_from(types[i]), 0) != SLICE_NOT_FOUND) return true;
    return false;
}

static bool is_text(const struct jnode *node) {
    static const char *const types[] = {"Article", "Posting", "Report",  "Question", "HowTo",   "Recipe",
                                        "Review",  "Course",  "Chapter", "Thesis",   "NewsItem"};
    return type_holds(node, types, COUNT_OF(types));
}

static bool is_page(const struct jnode *node) {
    static const char *const types[] = {"WebPage", "ItemPage", "CreativeWork", "BlogPosting"};
    return type_holds(node, types, COUNT_OF(types));
}

static void keep_body(struct reader *reader, struct slice body) {
    if (body.len <= reader->facts->body.len || body.len > LIMIT_PAGE_TEXT_BYTES / 2) return;
    struct html_text text = {0};
    bool markup = html_text_has_elements(body);
    if (markup ? !html_text_read(reader->sheet->arena, body, (struct slice){NULL, 0}, &text)
               : !html_text_plain(reader->sheet->arena, body, &text.text))
        reader->failed = true;
    reader->facts->body = text.text;
}

static void read_text(struct reader *reader, const struct jnode *node) {
    struct meta_facts *facts = reader->facts;
    keep_body(reader, jtree_get_text(node, "articleBody"));
    put(reader, &facts->title, jtree_get(node, "headline"));
    if (jtree_get(node, "headline") == NULL) put(reader, &facts->title, jtree_get(node, "name"));
    put_date(reader, &facts->published, jtree_get(node, "datePublished"));
    if (jtree_get(node, "datePublished") == NULL) put_date(reader, &facts->published, jtree_get(node, "dateCreated"));
    put_date(reader, &facts->modified, jtree_get(node, "dateModified"));
    put(reader, &facts->description, jtree_get(node, "description"));
    put(reader, &facts->image, jtree_get(node, "image"));
    put(reader, &facts->lang, jtree_get(node, "inLanguage"));
    const struct jnode *publisher = jtree_get(node, "publisher");
    meta_put(&facts->site, words_of(reader, jtree_get_text(publisher, "name")), META_PLAIN, "json-ld");
    if (facts->authors_rank == 0) put_authors(reader, jtree_get(node, "author"));
    if (facts->authors_rank == 0) put_authors(reader, jtree_get(node, "creator"));
    const struct jnode *free_of_charge = jtree_get(node, "isAccessibleForFree");
    if (free_of_charge != NULL && !jtree_is_true(free_of_charge) &&
        (jtree_is_string(free_of_charge) ? slice_starts_nocase(jtree_text(free_of_charge), SLICE("false")) : true))
        facts->not_free = true;
}

/* A plain page may say when it appeared; its name is often the site's. */
static void read_page(struct reader *reader, const struct jnode *node) {
    put_date(reader, &reader->facts->published, jtree_get(node, "datePublished"));
    put_date(reader, &reader->facts->modified, jtree_get(node, "dateModified"));
}

static void note_kind(struct reader *reader, const struct jnode *node) {
    const struct jnode *type = jtree_get(node, "@type");
    struct slice name = {NULL, 0};
    if (jtree_is_array(type)) type = jtree_at(type, 0);
    if (slice_is_empty(jtree_text(type)) || reader->facts->kinds.count >= 50) return;
    if (!arena_copy(reader->sheet->arena, jtree_text(type), &name) ||
        !slice_list_add_once(reader->sheet->arena, &reader->facts->kinds, name))
        reader->failed = true;
}

/* Texts first, pages in a second walk, so that a text's own dates win whatever the order. */
static void walk(struct reader *reader, const struct jnode *node, unsigned depth, bool texts) {
    if (depth == 0 || reader->nodes++ > NODES || reader->failed) return;
    if (jtree_is_array(node)) {
        for (size_t i = 0; i < jtree_count(node) && reader->nodes <= NODES; i++)
            walk(reader, jtree_at(node, i), depth - 1, texts);
        return;
    }
    if (!jtree_is_object(node)) return;
    if (texts) note_kind(reader, node);
    if (texts && is_text(node)) read_text(reader, node);
    if (!texts && is_page(node)) read_page(reader, node);
    walk(reader, jtree_get(node, "@graph"), depth - 1, texts);
    /* More than one are questions and answers on a page, not what it is about. */
    if (!jtree_is_array(jtree_get(node, "mainEntity"))) walk(reader, jtree_get(node, "mainEntity"), depth - 1, texts);
    walk(reader, jtree_get(node, "mainEntityOfPage"), depth - 1, texts);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* A comma before a bracket that closes, outside strings. */
static void drop_last_commas(char *text, size_t len) {
    bool quoted = false;
    size_t comma = len;
    for (size_t i = 0; i < len; i++) {
        if (quoted && text[i] == '\\') i++;
        else if (text[i] == '"') quoted = !quoted;
        if (i >= len || is_blank(text[i])) continue;
        if (!quoted && (text[i] == '}' || text[i] == ']') && comma < i) text[comma] = ' ';
        comma = !quoted && text[i] == ',' ? i : len;
    }
}

/* Where the document begins: "//<![CDATA[" has a bracket too. */
static size_t start_of(struct slice text) {
    const struct slice cdata = SLICE("CDATA[");
    size_t from = slice_find(slice_part(text, 0, 40), cdata, 0);
    from = from == SLICE_NOT_FOUND ? 0 : from + cdata.len;
    size_t open = slice_find_byte(text, '{', from), list = slice_find_byte(text, '[', from);
    size_t start = open < list ? open : list;
    return start == SLICE_NOT_FOUND ? 0 : start;
}

/* Line breaks inside strings, CDATA marks, a comma too many and a semicolon at the end are common and mean no harm. */
static bool clean(struct arena *arena, struct slice text, struct slice *out) {
    text = slice_trim(text);
    char *copy = arena_text(arena, text);
    if (copy == NULL) return false;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)copy[i] < ' ') copy[i] = ' ';
    drop_last_commas(copy, text.len);
    *out = slice_of(copy, text.len);
    size_t end = out->len, after = slice_find(*out, SLICE("]]>"), 0);
    if (after != SLICE_NOT_FOUND && end - after < 20) end = after;
    while (end > 0 && out->at[end - 1] != '}' && out->at[end - 1] != ']') end--;
    *out = slice_part(*out, start_of(*out), end);
    return true;
}

/* Counted where strings are not looked at: so many commas are in no text either. */
static bool is_too_large(struct slice text) {
    size_t parts = 0;
    for (size_t i = 0; i < text.len; i++) parts += text.at[i] == ',' || text.at[i] == '{' || text.at[i] == '[';
    return parts > LIMIT_JSON_LD_PARTS;
}

bool meta_read_json_ld(const struct page_sheet *sheet, struct meta_facts *facts) {
    for (size_t i = 0; i < sheet->tree.json_ld.count; i++) {
        struct fault ignored = {0};
        struct slice text;
        if (!clean(sheet->arena, sheet->tree.json_ld.at[i], &text)) return false;
        if (is_too_large(text)) continue;
        AUTO(jtree_free)
        struct jtree *doc = jtree_read(text, &ignored);
        if (doc == NULL) continue;
        struct reader reader = {.sheet = sheet, .facts = facts, .root = jtree_root(doc)};
        walk(&reader, reader.root, DEPTH, true);
        reader.nodes = 0;
        walk(&reader, reader.root, DEPTH, false);
        if (reader.failed) return false;
    }
    return true;
}
