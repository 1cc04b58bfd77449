#include "parse/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "parse/charset_ebcdic.h"
#include "parse/charset_guess.h"
#include "parse/charset_name.h"
#include "parse/charset_seven.h"
#include "parse/charset_table.h"
#include "parse/entity.h"

enum way { WAY_UTF8, WAY_WINDOWS, WAY_WIDE, WAY_ICONV, WAY_TABLE, WAY_UTF7, WAY_HZ };

struct choice {
    enum way way;
    char name[CHARSET_NAME_BYTES];
    bool valid;      /* of WAY_UTF8: it is known that all of it holds */
    size_t skip;     /* bytes of a byte order mark */
    unsigned width;  /* of WAY_WIDE: 2 or 4 */
    bool big_endian; /* of WAY_WIDE */
    const char *problem;
};

#define DECLARATION_BYTES 1024u
#define META_BYTES 4096u

static const char not_said[] = "the encoding is not declared and the text is not UTF-8";
static const char not_known[] = "the declared encoding is unknown";
static const char not_true[] = "the declared encoding does not fit the text";

static void set_name(struct choice *choice, const char *name) {
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

/* ---- what can be read ---- */

/* What iconv shall read for a name: the superset that everybody sends. */
static const char *superset(const char *name) {
    if (strcmp(name, "shift_jis") == 0) return "CP932";
    if (strcmp(name, "euc-kr") == 0) return "UHC";
    if (strcmp(name, "gb2312") == 0) return "GB18030";
    if (strcmp(name, "big5") == 0) return "BIG5-HKSCS";
    return name;
}

static iconv_t open_as(const char *name) {
    iconv_t converter = iconv_open("UTF-8", name);
    return (intptr_t)converter == -1 ? NULL : converter;
}

/* NULL when the system knows no such encoding. */
static iconv_t open_named(const char *name) {
    char other[40];
    const char *known = superset(name);
    iconv_t converter = open_as(known);
    if (converter != NULL) return converter;
    size_t len = 0;
    for (const char *c = name; *c != '\0' && len < 31; c++)
        if (*c != '-') other[len++] = *c;
    other[len] = '\0';
    converter = open_as(other);
    if (converter != NULL) return converter;
    if (name[0] >= '0' && name[0] <= '9') {
        (void)snprintf(other, sizeof other, "CP%.30s", name);
        converter = open_as(other);
    } else if (strncmp(name, "windows-", 8) == 0) {
        (void)snprintf(other, sizeof other, "CP%.30s", name + 8);
        converter = open_as(other);
    }
    return converter;
}

static void close_converter(iconv_t *converter) {
    if (*converter != NULL) (void)iconv_close(*converter);
}

static bool is_known(const char *name) {
    AUTO(close_converter)
    iconv_t converter = open_named(name);
    return converter != NULL;
}

/* ---- which it is ---- */

static struct choice choose(enum way way, const char *name, const char *problem) {
    struct choice choice = {.way = way, .problem = problem};
    set_name(&choice, name);
    return choice;
}

static bool bytes_at(struct slice s, const char *wanted, size_t len) {
    return s.len >= len && memcmp(s.at, wanted, len) == 0;
}

static struct choice wide(unsigned width, bool big_endian, size_t skip) {
    struct choice choice = {.way = WAY_WIDE, .width = width, .big_endian = big_endian, .skip = skip};
    (void)snprintf(choice.name, sizeof choice.name, "utf-%u%s", width * 8, big_endian ? "be" : "le");
    return choice;
}

/* By a byte order mark, or by where the zeros stand around the '<' or '{' that a document begins with. */
static bool by_shape(struct slice s, struct choice *out) {
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

static struct choice valid_utf8(const char *name, const char *problem) {
    struct choice choice = choose(WAY_UTF8, name, problem);
    choice.valid = true;
    return choice;
}

/* By nothing but the bytes. */
static struct choice by_bytes(struct slice s, const char *problem) {
    if (utf8_is_valid(s)) return valid_utf8("utf-8", problem);
    if (problem == NULL) problem = not_said;
    if (mostly_utf8(s)) return choose(WAY_UTF8, "utf-8", problem);
    const char *guess = charset_guess(s);
    return choose(strcmp(guess, "windows-1252") == 0 ? WAY_WINDOWS : WAY_ICONV, guess, problem);
}

/* Latin labels are the ones that servers put on everything: text that is UTF-8 but for a few bytes, and not
 * ASCII, is no Latin. */
static struct choice latin(struct slice s, enum charset_family family, const char *name) {
    if (all_ascii(s)) return valid_utf8(name, NULL);
    if (mostly_utf8(s)) return choose(WAY_UTF8, "utf-8", not_true);
    if (family == CHARSET_ASCII) return by_bytes(s, not_true);
    return choose(WAY_WINDOWS, family == CHARSET_WINDOWS_1252 || has_c1(s) ? "windows-1252" : name, NULL);
}

static bool by_label(struct slice s, struct slice label, enum charset_syntax syntax, struct choice *out) {
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
    AUTO(close_converter)
    iconv_t converter = open_named(name);
    char head[5], text[16], *in = head, *out = text;
    size_t left = sizeof head, room = sizeof text;
    if (converter == NULL) return false;
    memcpy(head, s.at, sizeof head);
    return iconv(converter, &in, &left, &out, &room) != (size_t)-1 && out - text == 5 && memcmp(text, "<?xml", 5) == 0;
}

static bool by_ebcdic(struct slice s, struct choice *out) {
    char name[CHARSET_NAME_BYTES];
    if (!charset_is_ebcdic(s)) return false;
    ebcdic_name(s, name);
    *out = choose(WAY_ICONV, name, NULL);
    return reads_as_xml(s, name);
}

static struct choice decide(struct slice s, struct slice content_type, enum charset_syntax syntax) {
    struct choice choice;
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
    struct choice choice;
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
    return name[0] == '\0' ? NULL : open_named(name);
}

void charset_drop(void *kept) {
    if (kept != NULL) (void)iconv_close(kept);
}

/* ---- the work ---- */

static void add_code_point(struct buf *out, uint32_t code_point) {
    char bytes[4];
    buf_add(out, slice_of(bytes, utf8_encode(code_point, bytes)));
}

static uint32_t unit(const unsigned char *at, unsigned width, bool big_endian) {
    uint32_t value = 0;
    for (unsigned i = 0; i < width; i++) value = value << 8 | at[big_endian ? i : width - 1 - i];
    return value;
}

static void from_wide(struct slice s, const struct choice *choice, struct buf *out, size_t *replaced) {
    const unsigned char *at = (const unsigned char *)s.at, *end = at + s.len;
    unsigned width = choice->width;
    while (end - at >= (ptrdiff_t)width && !buf_failed(out)) {
        uint32_t value = unit(at, width, choice->big_endian);
        at += width;
        if (width == 2 && value >= 0xD800 && value < 0xDC00 && end - at >= 2) {
            uint32_t low = unit(at, 2, choice->big_endian);
            if (low >= 0xDC00 && low < 0xE000) {
                value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) ++*replaced;
        add_code_point(out, value);
    }
    if (at != end) ++*replaced;
}

static void from_windows(struct slice s, struct buf *out) {
    size_t run = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c < 0x80) continue;
        buf_add(out, slice_part(s, run, i));
        add_code_point(out, entity_windows(c));
        run = i + 1;
    }
    buf_add(out, slice_part(s, run, s.len));
}

static void from_table(struct slice s, const uint16_t *points, struct buf *out, size_t *replaced) {
    for (size_t i = 0; i < s.len && !buf_failed(out); i++) {
        unsigned char c = (unsigned char)s.at[i];
        uint32_t point = c < 0x80 ? c : points[c - 0x80];
        bool none = c >= 0x80 && point == 0;
        *replaced += none;
        add_code_point(out, none ? UTF8_REPLACEMENT : point);
    }
}

static void from_utf8(struct slice s, struct buf *out, size_t *replaced) {
    size_t run = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t code_point = 0;
        size_t len = (unsigned char)s.at[at] < 0x80 ? 1 : utf8_decode(s, at, &code_point);
        if (code_point == UTF8_REPLACEMENT && !slice_starts(slice_part(s, at, at + 3), SLICE("\xEF\xBF\xBD"))) {
            buf_add(out, slice_part(s, run, at));
            add_code_point(out, UTF8_REPLACEMENT);
            ++*replaced;
            run = at + len;
        }
        at += len;
    }
    buf_add(out, slice_part(s, run, s.len));
}

#define ICONV_ROOM 16384u

/* One round of iconv: as much as fits into the room. False when no more can come of the input. */
static bool convert_some(iconv_t converter, char **in, size_t *left, struct buf *out, size_t *replaced) {
    char *room = buf_room(out, ICONV_ROOM);
    if (room == NULL) return false;
    char *to = room;
    size_t space = ICONV_ROOM;
    errno = 0;
    size_t result = iconv(converter, in, left, &to, &space);
    buf_grown(out, (size_t)(to - room));
    if (result != (size_t)-1) return false;
    if (errno == E2BIG) return to != room;
    add_code_point(out, UTF8_REPLACEMENT);
    ++*replaced;
    if (*left == 0) return false;
    ++*in;
    --*left;
    return *left > 0;
}

/* iconv knows encodings with more than Unicode has, and writes that out in UTF-8 of old. */
static void keep_valid(struct buf *text, size_t *replaced) {
    struct buf sound = buf_new(text->ceiling_bytes);
    if (buf_failed(text) || utf8_is_valid(buf_slice(text))) return;
    from_utf8(buf_slice(text), &sound, replaced);
    buf_free(text);
    *text = sound;
}

static bool from_iconv(struct slice s, const char *name, struct buf *out, size_t *replaced) {
    AUTO(close_converter)
    iconv_t converter = open_named(name);
    if (converter == NULL) return false;
    char *in; /* iconv's signature has no const, though it does not write there */
    memcpy(&in, &s.at, sizeof in);
    size_t left = s.len;
    while (left > 0 && convert_some(converter, &in, &left, out, replaced)) {}
    keep_valid(out, replaced);
    return true;
}

static bool from_hz(struct slice s, struct buf *out, size_t *replaced) {
    AUTO(buf_free)
    struct buf chinese = buf_new(s.len + 1);
    charset_hz_to_gb(s, &chinese);
    return !buf_failed(&chinese) && from_iconv(buf_slice(&chinese), "gb18030", out, replaced);
}

/* Everything but what is UTF-8 already. */
static void convert(struct slice s, const struct choice *choice, struct buf *out, size_t *replaced) {
    bool done = true;
    switch (choice->way) {
        case WAY_WIDE: from_wide(s, choice, out, replaced); break;
        case WAY_WINDOWS: from_windows(s, out); break;
        case WAY_ICONV: done = from_iconv(s, choice->name, out, replaced); break;
        case WAY_TABLE: from_table(s, charset_table(choice->name), out, replaced); break;
        case WAY_UTF7: charset_from_utf7(s, out, replaced); break;
        case WAY_HZ: done = from_hz(s, out, replaced); break;
        case WAY_UTF8:
            if (!choice->valid && !utf8_is_valid(s)) from_utf8(s, out, replaced);
            break;
    }
    if (!done) from_windows(s, out);
}

bool charset_decode(struct slice bytes, struct slice content_type, enum charset_syntax syntax, struct buf *scratch,
                    struct charset_result *result, struct fault *fault) {
    struct choice choice = decide(bytes, content_type, syntax);
    struct slice body = slice_part(bytes, choice.skip, bytes.len);
    struct charset_result found = {.text = body, .problem = choice.problem};
    memcpy(found.name, choice.name, sizeof found.name);
    buf_clear(scratch);
    convert(body, &choice, scratch, &found.replaced);
    if (choice.way != WAY_UTF8 || scratch->len > 0 || buf_failed(scratch)) {
        if (!buf_check(scratch, "the decoded document", fault)) return false;
        found.text = buf_slice(scratch);
    }
    if (found.replaced > 0 && found.problem == NULL) found.problem = not_true;
    found.contradicted = found.problem != NULL;
    *result = found;
    return true;
}
