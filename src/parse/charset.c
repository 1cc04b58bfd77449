#include "parse/charset.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "parse/charset_convert.h"
#include "parse/charset_ebcdic.h"
#include "parse/charset_guess.h"
#include "parse/charset_name.h"
#include "parse/charset_table.h"

#define DECLARATION_BYTES 1024u
#define META_BYTES 4096u

static const char not_said[] = "the encoding is not declared and the text is not UTF-8";
static const char not_known[] = "the declared encoding is unknown";
static const char not_true[] = "the declared encoding does not fit the text";

static void set_name(struct charset_choice *choice, const char *name) {
    (void)snprintf(choice->name, sizeof choice->name, "%s", name);
}

/* ---- what is said ---- */

static struct slice unquoted(struct slice value) {
    value = slice_trim(value);
    if (value.len > 0 && (value.at[0] == '"' || value.at[0] == '\'')) {
        size_t close = slice_find_byte(value, value.at[0], 1);
        return slice_trim(slice_part(value, 1, close == SLICE_NOT_FOUND ? value.len : close));
    }
    for (size_t i = 0; i < value.len; i++)
        if (strchr(" \t\r\n;,\"'>/", value.at[i]) != NULL) return slice_part(value, 0, i);
    return value;
}

/* Behind "charset" or "encoding" and its '='. */
static struct slice assigned(struct slice text, struct slice key) {
    size_t at = 0;
    while ((at = slice_find_nocase(text, key, at)) != SLICE_NOT_FOUND) {
        at += key.len;
        struct slice rest = slice_trim(slice_part(text, at, text.len));
        if (rest.len > 0 && rest.at[0] == '=') return unquoted(slice_part(rest, 1, rest.len));
    }
    return (struct slice){NULL, 0};
}

struct slice charset_of_content_type(struct slice content_type) {
    size_t semicolon = slice_find_byte(content_type, ';', 0);
    if (semicolon == SLICE_NOT_FOUND) return (struct slice){NULL, 0};
    return assigned(slice_part(content_type, semicolon + 1, content_type.len), SLICE("charset"));
}

struct slice charset_media_type(struct slice content_type) {
    return slice_trim(slice_next(&content_type, ';'));
}

static struct slice xml_declaration(struct slice bytes) {
    struct slice head = slice_part(bytes, 0, DECLARATION_BYTES);
    size_t start = slice_find(head, SLICE("<?xml"), 0);
    if (start == SLICE_NOT_FOUND) return (struct slice){NULL, 0};
    size_t end = slice_find(head, SLICE("?>"), start);
    if (end == SLICE_NOT_FOUND) return (struct slice){NULL, 0};
    return assigned(slice_part(head, start, end), SLICE("encoding"));
}

static struct slice meta_declaration(struct slice bytes) {
    struct slice head = slice_part(bytes, 0, META_BYTES);
    size_t at = 0;
    while ((at = slice_find_nocase(head, SLICE("<meta"), at)) != SLICE_NOT_FOUND) {
        size_t end = slice_find_byte(head, '>', at);
        struct slice found = assigned(slice_part(head, at, end == SLICE_NOT_FOUND ? head.len : end), SLICE("charset"));
        if (!slice_is_empty(found)) return found;
        at += 5;
    }
    return (struct slice){NULL, 0};
}

static struct slice declared_inside(struct slice bytes, enum charset_syntax syntax) {
    struct slice found = syntax == CHARSET_TEXT ? (struct slice){NULL, 0} : xml_declaration(bytes);
    if (slice_is_absent(found) && syntax == CHARSET_HTML) found = meta_declaration(bytes);
    return found;
}

static bool is_known(const char *name) {
    AUTO(charset_close)
    iconv_t converter = charset_open(name);
    return converter != NULL;
}

/* ---- which it is ---- */

static struct charset_choice choose(enum charset_way way, const char *name, const char *problem) {
    struct charset_choice choice = {.way = way, .problem = problem};
    set_name(&choice, name);
    return choice;
}

static bool bytes_at(struct slice s, const char *wanted, size_t len) {
    return s.len >= len && memcmp(s.at, wanted, len) == 0;
}

static struct charset_choice wide(unsigned width, bool big_endian, size_t skip) {
    struct charset_choice choice = {.way = WAY_WIDE, .width = width, .big_endian = big_endian, .skip = skip};
    (void)snprintf(choice.name, sizeof choice.name, "utf-%u%s", width * 8, big_endian ? "be" : "le");
    return choice;
}

/* By a byte order mark, or by where the zeros stand around the '<' or '{' that a document begins with. */
static bool by_shape(struct slice s, struct charset_choice *out) {
    if (bytes_at(s, "\xEF\xBB\xBF", 3)) {
        *out = choose(WAY_UTF8, "utf-8", NULL);
        out->skip = 3;
    } else if (bytes_at(s, "\xFF\xFE\0\0", 4)) *out = wide(4, false, 4);
    else if (bytes_at(s, "\0\0\xFE\xFF", 4)) *out = wide(4, true, 4);
    else if (bytes_at(s, "\xFE\xFF", 2)) *out = wide(2, true, 2);
    else if (bytes_at(s, "\xFF\xFE", 2)) *out = wide(2, false, 2);
    else if (bytes_at(s, "\0\0\0<", 4) || bytes_at(s, "\0\0\0{", 4)) *out = wide(4, true, 0);
    else if (bytes_at(s, "<\0\0\0", 4) || bytes_at(s, "{\0\0\0", 4)) *out = wide(4, false, 0);
    else if (bytes_at(s, "\0<\0", 3) || bytes_at(s, "\0{\0", 3)) *out = wide(2, true, 0);
    else if (s.len > 3 && (s.at[0] == '<' || s.at[0] == '{') && s.at[1] == '\0' && s.at[3] == '\0')
        *out = wide(2, false, 0);
    else return false;
    return true;
}

static bool all_ascii(struct slice s) {
    size_t i = 0;
    for (uint64_t eight; i + 8 <= s.len; i += 8) {
        memcpy(&eight, s.at + i, 8);
        if ((eight & UINT64_C(0x8080808080808080)) != 0) return false;
    }
    for (; i < s.len; i++)
        if ((unsigned char)s.at[i] >= 0x80) return false;
    return true;
}

static bool has_c1(struct slice s) {
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.at[i] & 0xE0) == 0x80) return true;
    return false;
}

/* Whether what is not ASCII was mostly meant as UTF-8, with a few broken places. */
static bool mostly_utf8(struct slice s) {
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t code_point = 0;
        size_t len = (unsigned char)s.at[at] < 0x80 ? 1 : utf8_decode(s, at, &code_point);
        if (code_point == UTF8_REPLACEMENT && !slice_starts(slice_part(s, at, at + 3), SLICE("\xEF\xBF\xBD"))) bad++;
        else if (code_point != 0) good++;
        at += len;
    }
    return good > bad * 4;
}

static struct charset_choice valid_utf8(const char *name, const char *problem) {
    struct charset_choice choice = choose(WAY_UTF8, name, problem);
    choice.valid = true;
    return choice;
}

/* By nothing but the bytes. */
static struct charset_choice by_bytes(struct slice s, const char *problem) {
    if (utf8_is_valid(s)) return valid_utf8("utf-8", problem);
    if (problem == NULL) problem = not_said;
    if (mostly_utf8(s)) return choose(WAY_UTF8, "utf-8", problem);
    const char *guess = charset_guess(s);
    return choose(strcmp(guess, "windows-1252") == 0 ? WAY_WINDOWS : WAY_ICONV, guess, problem);
}

/* Latin labels are the ones that servers put on everything: text that is UTF-8 but for a few bytes, and not
 * ASCII, is no Latin. */
static struct charset_choice latin(struct slice s, enum charset_family family, const char *name) {
    if (all_ascii(s)) return valid_utf8(name, NULL);
    if (mostly_utf8(s)) return choose(WAY_UTF8, "utf-8", not_true);
    if (family == CHARSET_ASCII) return by_bytes(s, not_true);
    return choose(WAY_WINDOWS, family == CHARSET_WINDOWS_1252 || has_c1(s) ? "windows-1252" : name, NULL);
}

static bool by_label(struct slice s, struct slice label, enum charset_syntax syntax, struct charset_choice *out) {
    char name[CHARSET_NAME_BYTES];
    enum charset_family family = charset_name_of(label, name);
    switch (family) {
        case CHARSET_REFUSED: return false;
        case CHARSET_WIDE: return false; /* its shape would have shown it */
        case CHARSET_UTF8: *out = utf8_is_valid(s) ? valid_utf8("utf-8", NULL) : by_bytes(s, not_true); return true;
        case CHARSET_ASCII:
        case CHARSET_LATIN1:
        case CHARSET_WINDOWS_1252: *out = latin(s, family, name); return true;
        case CHARSET_UTF7:
        case CHARSET_HZ:
            *out = choose(family == CHARSET_HZ ? WAY_HZ : WAY_UTF7, name, NULL);
            return syntax != CHARSET_HTML;
        case CHARSET_OTHER: break;
    }
    bool table = charset_table(name) != NULL;
    if (!table && !is_known(name)) return false;
    *out = choose(table ? WAY_TABLE : WAY_ICONV, name, NULL);
    return true;
}

/* RFC 3023: text/xml without a charset means US-ASCII. Said so only where it is true. */
static bool is_text_type(struct slice content_type) {
    return slice_starts_nocase(slice_trim(content_type), SLICE("text/"));
}

/* Which kind of EBCDIC a document says that it is: its declaration can be read before that is known. */
static void ebcdic_name(struct slice s, char name[CHARSET_NAME_BYTES]) {
    char text[CHARSET_EBCDIC_BYTES];
    struct slice head = charset_ebcdic_head(s, text);
    struct slice label = assigned(head, SLICE("encoding"));
    enum charset_family family = charset_name_of(label, name);
    if (slice_is_empty(label) || family != CHARSET_OTHER) (void)snprintf(name, CHARSET_NAME_BYTES, "cp037");
}

/* Whether the table reads the beginning as what it is. */
static bool reads_as_xml(struct slice s, const char *name) {
    AUTO(charset_close)
    iconv_t converter = charset_open(name);
    char head[5], text[16], *in = head, *out = text;
    size_t left = sizeof head, room = sizeof text;
    if (converter == NULL) return false;
    memcpy(head, s.at, sizeof head);
    return iconv(converter, &in, &left, &out, &room) != (size_t)-1 && out - text == 5 && memcmp(text, "<?xml", 5) == 0;
}

static bool by_ebcdic(struct slice s, struct charset_choice *out) {
    char name[CHARSET_NAME_BYTES];
    if (!charset_is_ebcdic(s)) return false;
    ebcdic_name(s, name);
    *out = choose(WAY_ICONV, name, NULL);
    return reads_as_xml(s, name);
}

static struct charset_choice decide(struct slice s, struct slice content_type, enum charset_syntax syntax) {
    struct charset_choice choice;
    if (by_shape(s, &choice)) return choice;
    struct slice said = charset_of_content_type(content_type);
    if (!slice_is_empty(said) && by_label(s, said, syntax, &choice)) return choice;
    if (by_ebcdic(s, &choice)) return choice;
    if (slice_is_empty(said) && syntax == CHARSET_XML && is_text_type(content_type) && all_ascii(s))
        return valid_utf8("us-ascii", NULL);
    struct slice declared = declared_inside(s, syntax);
    if (!slice_is_empty(declared) && by_label(s, declared, syntax, &choice)) return choice;
    bool nothing = slice_is_empty(said) && slice_is_empty(declared);
    return by_bytes(s, nothing ? NULL : not_known);
}

void charset_needed(struct slice bytes, struct slice content_type, enum charset_syntax syntax,
                    char name[CHARSET_NAME_BYTES]) {
    struct charset_choice choice;
    const struct slice labels[] = {charset_of_content_type(content_type), declared_inside(bytes, syntax)};
    name[0] = '\0';
    if (by_shape(bytes, &choice)) return;
    for (size_t i = 0; i < COUNT_OF(labels); i++) {
        if (slice_is_empty(labels[i])) continue;
        enum charset_family family = charset_name_of(labels[i], name);
        bool seven = family == CHARSET_HZ || family == CHARSET_UTF7;
        if (family == CHARSET_HZ) (void)snprintf(name, CHARSET_NAME_BYTES, "gb18030");
        if (family == CHARSET_UTF7 || charset_table(name) != NULL) name[0] = '\0';
        if (family == CHARSET_OTHER || (seven && syntax != CHARSET_HTML)) return;
        name[0] = '\0';
        if (family != CHARSET_REFUSED && family != CHARSET_WIDE && !seven) break;
    }
    if (charset_is_ebcdic(bytes)) ebcdic_name(bytes, name);
    else if (!utf8_is_valid(bytes)) (void)snprintf(name, CHARSET_NAME_BYTES, "%s", charset_guess(bytes));
    if (strcmp(name, "windows-1252") == 0) name[0] = '\0';
}

void *charset_keep(const char *name) {
    return name[0] == '\0' ? NULL : charset_open(name);
}

void charset_drop(void *kept) {
    if (kept != NULL) (void)iconv_close(kept);
}

bool charset_decode(struct slice bytes, struct slice content_type, enum charset_syntax syntax, struct buf *scratch,
                    struct charset_result *result, struct fault *fault) {
    struct charset_choice choice = decide(bytes, content_type, syntax);
    struct slice body = slice_part(bytes, choice.skip, bytes.len);
    struct charset_result found = {.text = body, .problem = choice.problem};
    memcpy(found.name, choice.name, sizeof found.name);
    buf_clear(scratch);
    charset_convert(body, &choice, scratch, &found.replaced);
    if (choice.way != WAY_UTF8 || scratch->len > 0 || buf_failed(scratch)) {
        if (!buf_check(scratch, "the decoded document", fault)) return false;
        found.text = buf_slice(scratch);
    }
    if (found.replaced > 0 && found.problem == NULL) found.problem = not_true;
    found.contradicted = found.problem != NULL;
    *result = found;
    return true;
}
