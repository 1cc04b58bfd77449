#include "parse/article.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"
#include "parse/charset.h"
#include "parse/meta.h"
#include "parse/meta_date.h"
#include "parse/page_kind.h"
#include "parse/page_sheet.h"
#include "parse/page_type.h"
#include "parse/pdf.h"

static size_t count_words(struct slice text) {
    size_t words = 0;
    bool in_word = false;
    for (size_t i = 0; i < text.len; i++) {
        bool space = text.at[i] == ' ' || text.at[i] == '\n';
        if (!space && !in_word) words++;
        in_word = !space;
    }
    return words;
}

static bool read_text(struct page_sheet *sheet, struct article *article, struct fault *fault) {
    AUTO(buf_free)
    struct buf text = buf_new(LIMIT_PAGE_TEXT_BYTES);
    page_boxes_drop(sheet);
    page_choose(sheet);
    if (!page_asides_drop(sheet, fault) || !page_trim(sheet, fault) || !page_repeat_drop(sheet, fault)) return false;
    if (!page_quotes_drop(sheet, fault)) return false;
    page_write(sheet, &text);
    if (text.len > 0 && !arena_copy(sheet->arena, buf_slice(&text), &article->text)) return fault_memory(fault);
    article->words = count_words(article->text);
    return true;
}

/* What the page's own metadata says it is: its DOI, its ISBN. */
static bool add_own_ids(struct arena *arena, const struct meta_facts *facts, struct article *article) {
    struct slice doi = facts->doi.value;
    size_t at = slice_find(doi, SLICE("10."), 0);
    if (at != SLICE_NOT_FOUND && slice_find_byte(doi, '/', at) != SLICE_NOT_FOUND) {
        char *id = arena_text(arena, slice_part(doi, at, doi.len));
        if (id == NULL) return false;
        for (char *c = id; *c != '\0'; c++)
            if (*c >= 'A' && *c <= 'Z') *c |= 0x20;
        char *url = arena_printf(arena, "https://doi.org/%s", id);
        const struct reference own = {.kind = REFERENCE_DOI,
                                      .id = slice_from(id),
                                      .url = slice_from(url),
                                      .text = article->title};
        if (url == NULL || !reference_list_add(arena, &article->references, own)) return false;
    }
    if (facts->isbn.rank == 0) return true;
    const struct reference book = {.kind = REFERENCE_ISBN, .id = facts->isbn.value, .text = article->title};
    return reference_list_add(arena, &article->references, book);
}

/* So many words make a text, so many a description. */
#define SPARE_TEXT_WORDS 80u
#define SPARE_DESCRIPTION_WORDS 12u

/* A page that a script would build can hold its text as data, or tells at least what it is about. */
static void use_spare_text(const struct meta_facts *facts, struct article *article) {
    size_t words = count_words(facts->body);
    if (words >= SPARE_TEXT_WORDS && words > article->words * 2) {
        article->text = facts->body;
        article->words = words;
        article->from.text = SLICE("json-ld");
    } else if (article->words == 0 && count_words(article->description) >= SPARE_DESCRIPTION_WORDS) {
        article->text = article->description;
        article->words = count_words(article->description);
        article->from.text = article->from.description;
        article->problem = SLICE("the page shows its text only to browsers with scripts: this is its description");
    }
}

static bool read_facts(struct page_sheet *sheet, struct article *article, struct fault *fault) {
    struct meta_facts facts = {.date_order = meta_date_order(sheet, article->url)};
    if (!meta_read_json_ld(sheet, &facts) || !meta_read_tags(sheet, &facts) || !meta_read_page(sheet, &facts) ||
        !meta_read_lines(sheet, &facts) || !meta_weigh(sheet, &facts, article))
        return fault_memory(fault);
    use_spare_text(&facts, article);
    page_kind_judge(sheet, &facts, article);
    return (page_links_read(sheet, article) && add_own_ids(sheet->arena, &facts, article)) || fault_memory(fault);
}

/* An image or an archive has control bytes that no text has; what begins with a tag is a page, whatever is in it. */
static bool is_text(struct slice text) {
    struct slice start = slice_trim(slice_part(text, 0, 200));
    if (start.len > 1 && start.at[0] == '<' && ((start.at[1] | 0x20) >= 'a' || start.at[1] == '!')) return true;
    size_t odd = 0, len = text.len < 4096 ? text.len : 4096;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        odd += c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b;
    }
    return odd * 20 <= len;
}

/* Bytes that no other encoding would happen to form: one bad byte in a UTF-8 page must not turn all of it into another.
 * The bad ones are counted against the characters that hold. */
#define GOOD_TO_BAD 4u

static bool is_damaged_utf8(struct slice bytes) {
    size_t good = 0, bad = 0;
    uint32_t code_point;
    for (size_t at = 0; at < bytes.len;) {
        if ((unsigned char)bytes.at[at] < 0x80) {
            at++;
            continue;
        }
        size_t len = utf8_decode(bytes, at, &code_point);
        if (code_point == UTF8_REPLACEMENT && !(len == 3 && (unsigned char)bytes.at[at] == 0xEF)) bad++;
        else good++;
        at += len;
    }
    return bad > 0 && good >= bad * GOOD_TO_BAD;
}

static bool decode(struct slice bytes, struct slice content_type, struct buf *scratch, struct charset_result *out,
                   struct fault *fault) {
    if (!is_damaged_utf8(bytes)) return charset_decode(bytes, content_type, CHARSET_HTML, scratch, out, fault);
    utf8_repair(bytes, scratch);
    *out = (struct charset_result){.text = buf_slice(scratch), .name = "utf-8", .contradicted = true};
    return buf_check(scratch, "the page", fault);
}

bool article_parse(struct slice bytes, struct slice content_type, struct slice url, struct arena *arena,
                   struct article *out, struct fault *fault) {
    AUTO(buf_free)
    struct buf scratch = buf_new((size_t)LIMIT_DOCUMENT_BYTES * 3);
    struct charset_result decoded;
    struct article article;
    struct page_sheet sheet = {.arena = arena};
    if (pdf_sniff(bytes)) return pdf_parse(bytes, url, arena, out, fault);
    article_init(&article);
    if (!arena_copy(arena, url, &article.url)) return fault_memory(fault);
    if (!decode(bytes, content_type, &scratch, &decoded, fault)) return false;
    if (!is_text(decoded.text)) return fault_set(fault, FAULT_INPUT, "this is neither a web page nor a PDF");
    if (!html_tree_build(arena, decoded.text, &sheet.tree, fault)) return false;
    sheet.type = page_type_of(&sheet, url);
    if (!page_blocks_read(&sheet, fault) || !page_marks_read(&sheet, fault)) return false;
    if (!read_text(&sheet, &article, fault) || !read_facts(&sheet, &article, fault)) return false;
    *out = article;
    return true;
}
