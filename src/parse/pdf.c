#include "parse/pdf.h"

#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/late.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"
#include "parse/html_text.h"
#include "parse/meta_name.h"
#include "parse/pdf_day.h"
#include "parse/surety.h"

/* The few functions of poppler-glib and GLib that are used, found at run time: their headers and 20 libraries would
 * else be loaded into every process of discern. The shapes are those of their stable interfaces (libpoppler-glib.so.8).
 */
struct list {
    void *data;
    struct list *next, *before;
};

struct text_style { /* PopplerTextAttributes */
    char *font_name;
    double font_size;
    int is_underlined;
    struct {
        uint16_t red, green, blue;
    } color;
    int start_index, end_index; /* characters, end included */
};

struct poppler {
    void *(*bytes_new)(const void *at, size_t len);
    void (*bytes_free)(void *bytes);
    void (*unref)(void *object);
    void (*free)(void *memory);
    void *(*open)(void *bytes, const char *password, void **error);
    int (*page_count)(void *document);
    void *(*page)(void *document, int index);
    char *(*text)(void *page);
    struct list *(*styles)(void *page);
    void (*free_styles)(struct list *styles);
    char *(*title)(void *document);
    char *(*author)(void *document);
    long (*created)(void *document);
};

#define POPPLER_LIBRARY "libpoppler-glib.so.8"

static bool load(struct poppler *poppler) {
    const struct {
        const char *name;
        void *function;
    } all[] = {
        {"g_bytes_new_static", &poppler->bytes_new},
        {"g_bytes_unref", &poppler->bytes_free},
        {"g_object_unref", &poppler->unref},
        {"g_free", &poppler->free},
        {"poppler_document_new_from_bytes", &poppler->open},
        {"poppler_document_get_n_pages", &poppler->page_count},
        {"poppler_document_get_page", &poppler->page},
        {"poppler_page_get_text", &poppler->text},
        {"poppler_page_get_text_attributes", &poppler->styles},
        {"poppler_page_free_text_attributes", &poppler->free_styles},
        {"poppler_document_get_title", &poppler->title},
        {"poppler_document_get_author", &poppler->author},
        {"poppler_document_get_creation_date", &poppler->created},
    };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (!late_find(POPPLER_LIBRARY, all[i].name, all[i].function)) return false;
    return true;
}

bool pdf_ready(void) {
    struct poppler poppler;
    return load(&poppler);
}

bool pdf_sniff(struct slice bytes) {
    return slice_find(slice_part(bytes, 0, 1024), SLICE("%PDF-"), 0) != SLICE_NOT_FOUND;
}

/* ---- text ---- */

static size_t line_end(struct slice text, size_t at) {
    size_t end = slice_find_byte(text, '\n', at);
    return end == SLICE_NOT_FOUND ? text.len : end;
}

/* A line that is shorter than most ends a paragraph when it ends like a sentence. */
static bool ends_paragraph(struct slice line, struct slice next, size_t usual) {
    if (line.len == 0 || next.len == 0) return true;
    char last = line.at[line.len - 1];
    bool stop = last == '.' || last == '!' || last == '?' || last == ':';
    return (stop && line.len * 10 < usual * 9) || line.len * 2 < usual;
}

static size_t usual_length(struct slice text) {
    size_t longest = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = line_end(text, at);
        if (end - at > longest && end - at < 200) longest = end - at;
        at = end + 1;
    }
    return longest;
}

static bool breaks_word(struct slice line, struct slice next) {
    return line.len > 2 && next.len > 0 && line.at[line.len - 1] == '-' && line.at[line.len - 2] >= 'a' &&
           line.at[line.len - 2] <= 'z' && next.at[0] >= 'a' && next.at[0] <= 'z';
}

/* Lines of a page become paragraphs; words broken at a line's end are joined. */
static void add_page(struct slice text, struct buf *out) {
    size_t usual = usual_length(text);
    for (size_t at = 0; at < text.len;) {
        size_t end = line_end(text, at), next_end = end < text.len ? line_end(text, end + 1) : text.len;
        struct slice line = slice_trim(slice_part(text, at, end));
        struct slice next = slice_trim(slice_part(text, end + 1, next_end));
        if (breaks_word(line, next)) {
            utf8_repair(slice_part(line, 0, line.len - 1), out);
        } else {
            utf8_repair(line, out);
            buf_add_text(out, ends_paragraph(line, next, usual) ? "\n\n" : " ");
        }
        at = end + 1;
    }
    buf_add_text(out, "\n\n");
}

/* ---- title and authors ---- */

static size_t byte_of_character(struct slice text, int index) {
    size_t at = 0;
    uint32_t code_point;
    for (; index > 0 && at < text.len; index--) at += utf8_decode(text, at, &code_point);
    return at;
}

/* The run in the largest letters of the first page, if it is as long as a title is. */
static struct slice largest_run(const struct poppler *poppler, void *page, struct slice text) {
    struct list *styles = poppler->styles(page);
    double largest = 0;
    int start = 0, end = -1;
    for (const struct list *at = styles; at != NULL; at = at->next) {
        const struct text_style *style = at->data;
        bool more = style->font_size > largest * 1.01;
        bool joins = end >= 0 && style->font_size >= largest * 0.99 && style->start_index <= end + 2;
        if (style->end_index - style->start_index < 3 && !joins) continue;
        if (more) start = style->start_index;
        if (more) largest = style->font_size;
        if (more || joins) end = style->end_index;
    }
    poppler->free_styles(styles);
    if (end < 0) return (struct slice){NULL, 0};
    return slice_trim(slice_part(text, byte_of_character(text, start), byte_of_character(text, end + 1)));
}

static bool is_title(struct slice title) {
    if (title.len < 8 || title.len > 300) return false;
    static const char *const not_one[] = {"Microsoft Word", "untitled", ".doc", ".pdf", ".indd", ".qxd", ".tex"};
    for (size_t i = 0; i < COUNT_OF(not_one); i++)
        if (slice_find_nocase(title, slice_from(not_one[i]), 0) != SLICE_NOT_FOUND) return false;
    return slice_find_byte(title, ' ', 0) != SLICE_NOT_FOUND;
}

/* Takes what the library allocated as one line of sound text in the arena; absent when there is none. */
static bool take_line(const struct poppler *poppler, char *text, struct arena *arena, struct slice *out) {
    AUTO(buf_free)
    struct buf sound = buf_new(LIMIT_FIELD_BYTES);
    utf8_repair(slice_part(slice_from(text), 0, 2000), &sound);
    if (text != NULL) poppler->free(text);
    return html_text_plain_line(arena, buf_slice(&sound), out);
}

static bool add_authors(struct arena *arena, struct slice names, struct slice_list *out) {
    struct slice rest = names;
    char separator = slice_find_byte(names, ';', 0) != SLICE_NOT_FOUND ? ';' : ',';
    while (!slice_is_empty(rest) && out->count < LIMIT_AUTHORS) {
        struct slice name = slice_trim(slice_next(&rest, separator));
        if (slice_starts_nocase(name, SLICE("and "))) name = slice_trim(slice_part(name, 4, name.len));
        if (name.len < 4 || name.len > 80 || slice_find_byte(name, ' ', 0) == SLICE_NOT_FOUND) continue;
        if (!slice_list_add_once(arena, out, name)) return false;
    }
    return true;
}

/* Under the title stand its authors, in one line or a few, before anything longer. */
#define AUTHOR_LINES 6u
#define AUTHOR_LINE_BYTES 200u

/* "Ann Lee1, Bo Ray2* and Cy Fox" without the marks. */
static struct slice without_marks(struct slice name) {
    name = slice_trim(name);
    while (name.len > 0 && strchr("0123456789*,.\xE2\x80\xA0", name.at[name.len - 1]) != NULL) name.len--;
    return slice_trim(name);
}

static struct slice next_name(struct slice *rest) {
    static const char *const marks[] = {" and ", " & ", ";", ","};
    size_t best = rest->len, skip = 0;
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        size_t at = slice_find(*rest, slice_from(marks[i]), 0);
        if (at == SLICE_NOT_FOUND || at >= best) continue;
        best = at;
        skip = strlen(marks[i]);
    }
    struct slice name = without_marks(slice_part(*rest, 0, best));
    *rest = best + skip >= rest->len ? (struct slice){NULL, 0} : slice_part(*rest, best + skip, rest->len);
    return name;
}

/* Adds the names of a line that holds nothing but names. */
static bool add_line_of_names(struct arena *arena, struct slice line, struct slice_list *out) {
    struct slice rest = line;
    if (slice_starts_nocase(rest, SLICE("by "))) rest = slice_part(rest, 3, rest.len);
    for (struct slice all = rest; !slice_is_absent(all);) {
        struct slice name = next_name(&all);
        if (!slice_is_empty(name) && !meta_name_is_likely(name)) return true;
    }
    while (!slice_is_absent(rest) && out->count < LIMIT_AUTHORS) {
        struct slice name = next_name(&rest);
        if (!slice_is_empty(name) && !slice_list_add_once(arena, out, name)) return false;
    }
    return true;
}

static bool read_printed_authors(struct arena *arena, struct slice text, struct slice title, struct slice_list *out) {
    size_t at = slice_is_empty(title) ? SLICE_NOT_FOUND : slice_find(text, title, 0);
    if (at == SLICE_NOT_FOUND || at > 2000) return true;
    struct slice rest = slice_part(text, at + title.len, text.len);
    for (unsigned lines = 0; lines < AUTHOR_LINES && !slice_is_absent(rest);) {
        struct slice line = slice_trim(slice_next(&rest, '\n'));
        if (line.len == 0) continue;
        if (line.len > AUTHOR_LINE_BYTES) break;
        lines++;
        if (!add_line_of_names(arena, line, out)) return false;
    }
    return true;
}

/* ---- the document ---- */

struct reader {
    struct poppler poppler;
    void *bytes, *document;
    struct arena *arena;
    struct buf text;
};

static void free_reader(struct reader *reader) {
    if (reader->document != NULL) reader->poppler.unref(reader->document);
    if (reader->bytes != NULL) reader->poppler.bytes_free(reader->bytes);
    buf_free(&reader->text);
}

/* What the first page shows, laid out as it is printed. */
struct front {
    struct slice largest; /* the words in the largest letters */
    struct pdf_day day;
};

static bool read_page(struct reader *reader, int index, struct front *front) {
    const struct poppler *poppler = &reader->poppler;
    void *page = poppler->page(reader->document, index);
    if (page == NULL) return true;
    char *text = poppler->text(page);
    struct slice words = slice_from(text);
    bool done = true;
    if (index == 0 && words.len > 0) {
        AUTO(buf_free)
        struct buf sound = buf_new(LIMIT_FIELD_BYTES);
        utf8_repair(largest_run(poppler, page, words), &sound);
        done = html_text_plain_line(reader->arena, buf_slice(&sound), &front->largest);
        front->day = pdf_day_read(words);
    }
    add_page(words, &reader->text);
    if (text != NULL) poppler->free(text);
    poppler->unref(page);
    return done;
}

/* The day a file was made is only near the day that its text appeared; a month or a year that is printed is no day. */
#define FILE_DAY 0.5
#define PART_OF_DAY 0.6

/* What is printed counts, unless it only says less of the same. */
static void weigh_day(const struct front *front, int64_t file_s, struct article *article) {
    const struct pdf_day *day = &front->day;
    bool same = file_s != WHEN_ABSENT && pdf_day_holds(day, file_s);
    bool printed = day->part == PDF_DAY || (day->part != PDF_NO_DAY && !same);
    struct surety_tally tally = {.agree = same, .differ = day->part != PDF_NO_DAY && file_s != WHEN_ABSENT && !same};
    if (!printed && file_s == WHEN_ABSENT) return;
    article->published_s = printed ? day->first_s : file_s;
    article->from.published = printed ? SLICE("text") : SLICE("meta");
    double alone = printed ? surety_of_place(SURETY_DATE, SLICE("text")) : FILE_DAY;
    if (printed && day->part != PDF_DAY) alone *= PART_OF_DAY;
    article->surety.published = surety_weigh(alone, tally);
}

/* A form that the program filled in holds more when the first pages show the same. */
#define FIRST_PAGES_BYTES ((size_t)6000)

static struct surety_tally shown_in(struct slice text, struct slice words) {
    bool shown = slice_find_nocase(text, words, 0) != SLICE_NOT_FOUND;
    return (struct surety_tally){.agree = shown};
}

static void weigh_facts(const struct front *front, struct article *article) {
    struct article_surety *surety = &article->surety;
    const struct surety_tally nobody = {0};
    struct slice start = slice_part(article->text, 0, FIRST_PAGES_BYTES);
    if (!slice_is_absent(article->title)) {
        bool said = slice_equal(article->from.title, SLICE("meta"));
        struct surety_tally tally = said ? shown_in(start, article->title) : nobody;
        tally.agree += said && slice_equal_nocase(front->largest, article->title);
        surety->title = surety_weigh(surety_of_place(SURETY_TITLE, article->from.title), tally);
    }
    if (article->authors.count > 0) {
        bool said = slice_equal(article->from.authors, SLICE("meta"));
        surety->authors = surety_weigh(surety_of_place(SURETY_AUTHORS, article->from.authors),
                                       said ? shown_in(start, article->authors.at[0]) : nobody);
    }
    surety->text = article->words > 0 ? article->confidence : 0;
}

static bool read_facts(struct reader *reader, const struct front *front, struct article *article) {
    struct slice authors, title, largest = front->largest;
    if (!take_line(&reader->poppler, reader->poppler.title(reader->document), reader->arena, &title)) return false;
    if (!take_line(&reader->poppler, reader->poppler.author(reader->document), reader->arena, &authors)) return false;
    bool said = is_title(title);
    if (said || is_title(largest)) article->title = said ? title : largest;
    if (!slice_is_absent(article->title)) article->from.title = said ? SLICE("meta") : SLICE("text");
    if (!add_authors(reader->arena, authors, &article->authors)) return false;
    if (article->authors.count > 0) article->from.authors = SLICE("meta");
    else if (!read_printed_authors(reader->arena, article->text, article->title, &article->authors)) return false;
    else if (article->authors.count > 0) article->from.authors = SLICE("text");
    long created = reader->poppler.created(reader->document);
    weigh_day(front, created > 0 ? (int64_t)created : WHEN_ABSENT, article);
    return true;
}

static size_t count_words(struct slice text) {
    size_t words = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] > ' ' && (i == 0 || (unsigned char)text.at[i - 1] <= ' ')) words++;
    return words;
}

static bool read_document(struct reader *reader, struct article *article, struct fault *fault) {
    struct front front = {0};
    int pages = reader->poppler.page_count(reader->document);
    for (int i = 0; i < pages && i < (int)LIMIT_PDF_PAGES; i++)
        if (!read_page(reader, i, &front)) return fault_memory(fault);
    if (!html_text_plain(reader->arena, buf_slice(&reader->text), &article->text)) return fault_memory(fault);
    if (!read_facts(reader, &front, article)) return fault_memory(fault);
    article->words = count_words(article->text);
    article->confidence = article->words > 100 ? 0.8 : 0.2;
    weigh_facts(&front, article);
    if (article->words > 0) article->from.text = SLICE("text");
    else article->problem = SLICE("this PDF holds pictures of pages, not text that could be read");
    return true;
}

bool pdf_parse(struct slice bytes, struct slice url, struct arena *arena, struct article *out, struct fault *fault) {
    AUTO(free_reader)
    struct reader reader = {.arena = arena, .text = buf_new(LIMIT_PAGE_TEXT_BYTES)};
    struct article article;
    article_init(&article);
    article.kind = ARTICLE_DOCUMENT;
    if (!arena_copy(arena, url, &article.url)) return fault_memory(fault);
    if (!pdf_sniff(bytes)) return fault_set(fault, FAULT_INPUT, "this is no PDF");
    if (!load(&reader.poppler))
        return fault_set(fault, FAULT_INPUT, "PDFs cannot be read here: install the package libpoppler-glib8");
    if ((reader.bytes = reader.poppler.bytes_new(bytes.at, bytes.len)) == NULL) return fault_memory(fault);
    reader.document = reader.poppler.open(reader.bytes, NULL, NULL);
    if (reader.document == NULL) return fault_set(fault, FAULT_INPUT, "this PDF is damaged or locked with a password");
    if (!read_document(&reader, &article, fault)) return false;
    *out = article;
    return true;
}
