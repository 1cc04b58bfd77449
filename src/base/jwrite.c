#include "base/jwrite.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/run.h"
#include "base/utf8.h"
#include "base/when.h"

struct jwrite jwrite_to(struct buf *out) {
    return (struct jwrite){.out = out};
}

static void separate(struct jwrite *json) {
    if (json->comma) buf_put(json->out, ",", 1);
    json->comma = true;
}

static void open_level(struct jwrite *json, char bracket) {
    separate(json);
    buf_add_char(json->out, bracket);
    json->comma = false;
}

static void close_level(struct jwrite *json, char bracket) {
    buf_add_char(json->out, bracket);
    json->comma = true;
}

void jwrite_object(struct jwrite *json) {
    open_level(json, '{');
}

void jwrite_end_object(struct jwrite *json) {
    close_level(json, '}');
}

void jwrite_array(struct jwrite *json) {
    open_level(json, '[');
}

void jwrite_end_array(struct jwrite *json) {
    close_level(json, ']');
}

static void escape_ascii(struct buf *out, unsigned char c) {
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *known = c == '\0' ? NULL : strchr(from, c);
    if (known == NULL) {
        buf_printf(out, "\\u%04x", c);
        return;
    }
    buf_add_char(out, '\\');
    buf_add_char(out, to[known - from]);
}

/* Bytes that stand in a JSON string as they are, up to the first that does not. */
static size_t plain_run(struct slice text, size_t at) {
    static const bool special[256] = {
        [0] = true,  [1] = true,  [2] = true,  [3] = true,  [4] = true,    [5] = true,   [6] = true,
        [7] = true,  [8] = true,  [9] = true,  [10] = true, [11] = true,   [12] = true,  [13] = true,
        [14] = true, [15] = true, [16] = true, [17] = true, [18] = true,   [19] = true,  [20] = true,
        [21] = true, [22] = true, [23] = true, [24] = true, [25] = true,   [26] = true,  [27] = true,
        [28] = true, [29] = true, [30] = true, [31] = true, [0x7f] = true, ['"'] = true, ['\\'] = true};
    while (text.len - at >= RUN_BLOCK_BYTES) {
        run_block block = run_load(text.at + at);
        unsigned run = run_first(run_is_beyond_ascii(block) | run_is_below(block, ' ') | run_is(block, '"') |
                                 run_is(block, '\\') | run_is(block, 0x7F));
        at += run;
        if (run < RUN_BLOCK_BYTES) return at;
    }
    while (at < text.len && (unsigned char)text.at[at] < 0x80 && !special[(unsigned char)text.at[at]]) at++;
    return at;
}

static void quote(struct buf *out, struct slice text) {
    buf_put(out, "\"", 1);
    size_t run = 0, at = 0;
    while (at < text.len) {
        at = plain_run(text, at);
        if (at == text.len) break;
        unsigned char c = (unsigned char)text.at[at];
        uint32_t code_point = c;
        size_t len = c < 0x80 ? 1 : utf8_decode(text, at, &code_point);
        bool as_is = code_point >= 0x80 && code_point != 0x2028 && code_point != 0x2029 &&
                     (code_point != UTF8_REPLACEMENT || len == 3);
        if (as_is) {
            at += len;
            continue;
        }
        buf_add(out, slice_part(text, run, at));
        if (code_point < 0x80) escape_ascii(out, (unsigned char)code_point);
        else if (code_point == UTF8_REPLACEMENT) buf_add_text(out, "\xEF\xBF\xBD");
        else buf_printf(out, "\\u%04x", (unsigned)code_point);
        at += len;
        run = at;
    }
    buf_add(out, slice_part(text, run, at));
    buf_put(out, "\"", 1);
}

void jwrite_key_slice(struct jwrite *json, struct slice key) {
    separate(json);
    quote(json->out, key);
    buf_add_char(json->out, ':');
    json->comma = false;
}

/* Keys of our own need no escaping. */
void jwrite_key(struct jwrite *json, const char *key) {
    separate(json);
    buf_put(json->out, "\"", 1);
    buf_put(json->out, key, strlen(key));
    buf_put(json->out, "\":", 2);
    json->comma = false;
}

void jwrite_null(struct jwrite *json) {
    separate(json);
    buf_put(json->out, "null", 4);
}

void jwrite_text(struct jwrite *json, struct slice text) {
    if (slice_is_absent(text)) {
        jwrite_null(json);
        return;
    }
    separate(json);
    quote(json->out, text);
}

void jwrite_text_or_null(struct jwrite *json, struct slice text) {
    if (slice_is_empty(text)) jwrite_null(json);
    else jwrite_text(json, text);
}

void jwrite_cstr(struct jwrite *json, const char *text) {
    jwrite_text(json, slice_from(text));
}

void jwrite_int(struct jwrite *json, int64_t value) {
    separate(json);
    buf_printf(json->out, "%lld", (long long)value);
}

void jwrite_real(struct jwrite *json, double value) {
    if (!isfinite(value)) {
        jwrite_null(json);
        return;
    }
    char text[64];
    int written = snprintf(text, sizeof text, "%.6f", value);
    size_t len = written < 0 ? 0 : (size_t)written;
    while (len > 0 && text[len - 1] == '0') len--;
    if (len > 0 && text[len - 1] == '.') len--;
    if (len == 2 && memcmp(text, "-0", 2) == 0) {
        text[0] = '0';
        len = 1;
    }
    separate(json);
    buf_add(json->out, slice_of(text, len));
}

void jwrite_bool(struct jwrite *json, bool value) {
    separate(json);
    buf_add_text(json->out, value ? "true" : "false");
}

void jwrite_instant(struct jwrite *json, int64_t instant_s) {
    char text[WHEN_TEXT_BYTES];
    when_rfc3339(instant_s, text);
    jwrite_text_or_null(json, slice_from(text));
}

void jwrite_raw(struct jwrite *json, struct slice value) {
    separate(json);
    buf_add(json->out, value);
}

void jwrite_member(struct jwrite *json, const char *key, struct slice text_or_null) {
    jwrite_key(json, key);
    jwrite_text_or_null(json, text_or_null);
}

void jwrite_member_int(struct jwrite *json, const char *key, int64_t value) {
    jwrite_key(json, key);
    jwrite_int(json, value);
}

void jwrite_member_bool(struct jwrite *json, const char *key, bool value) {
    jwrite_key(json, key);
    jwrite_bool(json, value);
}
