#include "render/edition.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/when.h"
#include "render/edition_day.h"
#include "render/zip.h"

#define EDITION_DAYS 7

static const char container[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>"
    "<rootfile full-path=\"book/book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

static const char style[] = "body { line-height: 1.4; }\n"
                            "h1, h2, h3 { line-height: 1.2; page-break-after: avoid; break-after: avoid; }\n"
                            "h2 { font-size: 1em; text-transform: uppercase; letter-spacing: .06em; }\n"
                            "h4 { margin-bottom: 0; font-size: 1em; }\n"
                            "article { margin-bottom: 2em; }\n"
                            ".badge { font-weight: bold; }\n"
                            ".by { font-size: .9em; }\n";

/* Thursday decides to which year a week belongs (ISO 8601). */
void edition_name(int64_t date_s, char out[EDITION_NAME_BYTES]) {
    int64_t thursday_s = date_s + (4 - (when_weekday(date_s) + 6) % 7 - 1) * (int64_t)DAY_S;
    struct civil civil = when_to_civil(thursday_s);
    struct civil first = {.year = civil.year, .month = 1, .day = 1};
    int week = (int)((thursday_s - when_from_civil(first)) / (7 * (int64_t)DAY_S)) + 1;
    (void)snprintf(out, EDITION_NAME_BYTES, "%04d-W%02d", civil.year, week);
}

struct book {
    struct pen pen;
    const struct digest *days[EDITION_DAYS]; /* oldest first */
    size_t count;
    char names[EDITION_DAYS][48];
    struct slice title;
    struct zip zip;
    struct buf page; /* owned: the file that is being written */
};

/* A name that no other book has, and that this one keeps: RFC 4122 version 8 in form. */
static void write_identifier(struct html *xml, const struct book *book) {
    char week[EDITION_NAME_BYTES], hex[40];
    const struct digest *first = book->days[0];
    edition_name(first->date_s, week);
    uint64_t one = hash_fnv64(slice_from(week), hash_fnv64(first->reader.name, hash_fnv64(first->school, 0)));
    uint64_t two = hash_fnv64(SLICE("edition"), one);
    (void)snprintf(hex, sizeof hex, "%08x-%04x-8%03x-%04x-%012llx", (unsigned)(one >> 32),
                   (unsigned)(one >> 16 & 0xFFFF), (unsigned)(one & 0xFFF), (unsigned)(0x8000u | (two >> 48 & 0x3FFF)),
                   (unsigned long long)(two & 0xFFFFFFFFFFFFull));
    html_raw(xml, "<dc:identifier id=\"id\">urn:uuid:");
    html_text(xml, slice_from(hex));
    html_raw(xml, "</dc:identifier>");
}

static void write_metadata(struct html *xml, const struct book *book) {
    char when[WHEN_TEXT_BYTES];
    when_rfc3339(book->days[book->count - 1]->date_s, when);
    html_tag(xml, "metadata");
    html_attr_is(xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    write_identifier(xml, book);
    html_element(xml, "dc:title", "", book->title);
    html_element(xml, "dc:language", "", SLICE("en-GB"));
    html_element(xml, "dc:creator", "",
                 slice_is_empty(book->days[0]->school) ? SLICE("discern") : book->days[0]->school);
    html_raw(xml, "<meta property=\"dcterms:modified\">");
    html_text(xml, slice_from(when));
    html_raw(
        xml,
        "</meta><meta property=\"schema:accessMode\">textual</meta>"
        "<meta property=\"schema:accessModeSufficient\">textual</meta>"
        "<meta property=\"schema:accessibilityFeature\">structuralNavigation</meta>"
        "<meta property=\"schema:accessibilityFeature\">readingOrder</meta>"
        "<meta property=\"schema:accessibilityHazard\">none</meta>"
        "<meta property=\"schema:accessibilitySummary\">Text alone, with headings and a table of contents.</meta>");
    html_close(xml, "metadata");
}

static void write_item(struct html *xml, struct pen *pen, const char *name) {
    html_tag(xml, "item");
    html_attr(xml, "id", pen_join(pen, SLICE("day"), "-", slice_part(slice_from(name), 0, 10)));
    html_link(xml, "href", pen_own(pen, (struct slice){NULL, 0}, slice_from(name)));
    html_attr_is(xml, "media-type", "application/xhtml+xml");
    html_void(xml, "item");
}

static void write_package(struct book *book) {
    struct html xml = xml_to(&book->page);
    html_raw(&xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    html_tag(&xml, "package");
    html_attr_is(&xml, "xmlns", "http://www.idpf.org/2007/opf");
    html_attr_is(&xml, "version", "3.0");
    html_attr_is(&xml, "unique-identifier", "id");
    html_attr_is(&xml, "xml:lang", "en-GB");
    write_metadata(&xml, book);
    html_raw(&xml,
             "<manifest><item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>"
             "<item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>");
    for (size_t i = 0; i < book->count; i++) write_item(&xml, &book->pen, book->names[i] + strlen("book/"));
    html_raw(&xml, "</manifest><spine><itemref idref=\"nav\"/>");
    for (size_t i = 0; i < book->count; i++) {
        html_tag(&xml, "itemref");
        html_attr(&xml, "idref", pen_join(&book->pen, SLICE("day"), "-", book->days[i]->date));
        html_void(&xml, "itemref");
    }
    html_raw(&xml, "</spine>");
    html_close(&xml, "package");
    if (xml.wrong != NULL) book->pen.failed = true;
}

static void write_contents(struct book *book) {
    struct html xml = xml_to(&book->page);
    edition_page_begin(&xml, book->title);
    html_element(&xml, "h1", "", book->title);
    html_raw(&xml, "<nav epub:type=\"toc\"><ol>");
    for (size_t i = 0; i < book->count; i++) {
        html_tag(&xml, "li");
        html_tag(&xml, "a");
        html_link(&xml, "href",
                  pen_own(&book->pen, (struct slice){NULL, 0}, slice_from(book->names[i] + strlen("book/"))));
        html_text(&xml, pen_long_date(&book->pen, book->days[i]->date_s));
        html_close(&xml, "a");
        html_close(&xml, "li");
    }
    html_raw(&xml, "</ol></nav>");
    edition_page_end(&xml);
    if (xml.wrong != NULL) book->pen.failed = true;
}

static bool write_days(struct book *book, struct fault *fault) {
    for (size_t i = 0; i < book->count; i++) {
        buf_clear(&book->page);
        struct html xml = xml_to(&book->page);
        edition_day_write(&xml, &book->pen, book->days[i]);
        if (!html_end(&xml, "a chapter of the week", fault)) return false;
        zip_add(&book->zip, book->names[i], buf_slice(&book->page));
    }
    return true;
}

static void open_book(struct book *book, const struct digest_list *digests) {
    for (size_t i = digests->count; i-- > 0 && book->count < EDITION_DAYS;) {
        const struct digest *digest = &digests->at[i];
        (void)snprintf(book->names[book->count], sizeof book->names[0], "book/%.*s.xhtml", SLICE_ARGS(digest->date));
        book->days[book->count++] = digest;
    }
    struct slice who = pen_join(&book->pen, book->days[0]->school, ", ", book->days[0]->reader.title);
    struct slice first = pen_date(&book->pen, book->days[0]->date_s);
    book->title = pen_join(&book->pen, who, ": ", pen_say(&book->pen, WORD_EDITION, first, first));
}

static bool write_book(struct book *book, struct fault *fault) {
    /* First and bare, so that the kind of file can be told from its first bytes (OCF 3.2, 4.3). */
    zip_add(&book->zip, "mimetype", SLICE("application/epub+zip"));
    zip_add(&book->zip, "META-INF/container.xml", slice_from(container));
    write_package(book);
    zip_add(&book->zip, "book/book.opf", buf_slice(&book->page));
    buf_clear(&book->page);
    write_contents(book);
    zip_add(&book->zip, "book/nav.xhtml", buf_slice(&book->page));
    zip_add(&book->zip, "book/style.css", slice_from(style));
    return write_days(book, fault) && pen_check(&book->pen, "the week's edition", fault) &&
           buf_check(&book->page, "the week's edition", fault) && zip_end(&book->zip, "the week's edition", fault);
}

bool edition_write(const struct digest_list *digests, const struct look *look, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    if (arena == NULL) return fault_memory(fault);
    if (digests->count == 0) return fault_set(fault, FAULT_USAGE, "a week without a digest has no edition");
    struct book book = {.pen = pen_new(look, arena), .zip = zip_to(out), .page = buf_new(LIMIT_RENDER_BYTES)};
    open_book(&book, digests);
    bool done = write_book(&book, fault);
    buf_free(&book.page);
    return done;
}
