#include "render/mime.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "base/when.h"
#include "render/base64.h"
#include "render/plain.h"

#define LINE_MOST 76
/* 45 bytes are 60 characters of base64; with "=?UTF-8?B?" and "?=" that is 72 of the 75 that RFC 2047 allows. */
#define ENCODED_BYTES 45

/* ---- headers ---- */

static bool is_plain_ascii(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] < ' ' || (unsigned char)text.at[i] > '~') return false;
    return slice_find(text, SLICE("=?"), 0) == SLICE_NOT_FOUND;
}

static void add_encoded(struct buf *out, struct slice text) {
    while (text.len > 0) {
        struct slice part = utf8_cut(text, ENCODED_BYTES);
        buf_add_text(out, "=?UTF-8?B?");
        base64_add(out, part);
        buf_add_text(out, "?=");
        text = slice_part(text, part.len, text.len);
        if (text.len > 0) buf_add_text(out, "\r\n ");
    }
}

/* Plain words, broken before a word that would not fit on the line. */
static void add_folded(struct buf *out, struct slice text, size_t column) {
    while (!slice_is_absent(text)) {
        struct slice word = slice_next(&text, ' ');
        if (column + 1 + word.len > LINE_MOST && column > 1) {
            buf_add_text(out, "\r\n");
            column = 0;
        }
        buf_add_char(out, ' ');
        buf_add(out, word);
        column += 1 + word.len;
    }
}

static bool has_long_word(struct slice text) {
    while (!slice_is_absent(text))
        if (slice_next(&text, ' ').len > LINE_MOST - 2) return true;
    return false;
}

void mime_header(struct buf *out, const char *name, struct slice words) {
    AUTO(buf_free)
    struct buf line = buf_new(words.len * 3 + 1);
    plain_add(&line, words, PLAIN_LINE);
    if (buf_failed(&line)) out->failed = true;
    struct slice text = buf_slice(&line);
    buf_printf(out, "%s:", name);
    if (is_plain_ascii(text) && !has_long_word(text)) {
        add_folded(out, text, strlen(name) + 1);
    } else {
        buf_add_char(out, ' ');
        add_encoded(out, text);
    }
    buf_add_text(out, "\r\n");
}

static bool is_address(struct slice address) {
    size_t ats = 0;
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.at[i];
        if (c <= ' ' || c > '~' || strchr("<>()[]\\,;:\"", c) != NULL) return false;
        ats += c == '@';
    }
    return ats == 1 && address.len <= 254 && address.at[0] != '@' && address.at[address.len - 1] != '@';
}

static bool add_address(struct buf *out, const char *name, struct slice words, struct slice address,
                        struct fault *fault) {
    if (!is_address(address)) return fault_set(fault, FAULT_CONFIG, "'%.*s' is no mail address", SLICE_ARGS(address));
    AUTO(buf_free)
    struct buf line = buf_new(words.len * 3 + 1);
    plain_add(&line, words, PLAIN_LINE);
    buf_printf(out, "%s: ", name);
    if (line.len > 0) {
        add_encoded(out, buf_slice(&line));
        buf_add_text(out, "\r\n ");
    }
    buf_printf(out, "<%.*s>\r\n", SLICE_ARGS(address));
    return true;
}

/* A value of our own making; anything else in it is left out of the header altogether. */
static void add_exact(struct buf *out, const char *name, const char *before, struct slice value, const char *after) {
    if (slice_is_empty(value) || value.len > 900) return;
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];
        if (c <= ' ' || c > '~' || c == '<' || c == '>') return;
    }
    buf_printf(out, "%s: %s%.*s%s\r\n", name, before, SLICE_ARGS(value), after);
}

static void add_date(struct buf *out, int64_t instant_s) {
    struct civil civil = when_to_civil(instant_s);
    buf_printf(out, "Date: %.3s, %02d %.3s %04d %02d:%02d:%02d +0000\r\n", when_weekday_name(when_weekday(instant_s)),
               civil.day, when_month_name(civil.month), civil.year, civil.hour, civil.minute, civil.second);
}

/* ---- parts ---- */

void mime_quoted(struct buf *out, struct slice text) {
    size_t column = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '\n') {
            buf_add_text(out, "\r\n");
            column = 0;
            continue;
        }
        bool at_end = i + 1 == text.len || text.at[i + 1] == '\n';
        /* Blanks at an end get lost on the way, "From " and a lone dot at a start are changed there. */
        bool special =
            c < ' ' || c > '~' || c == '=' || (c == ' ' && at_end) || (column == 0 && (c == 'F' || c == '.'));
        size_t width = special ? 3 : 1;
        if (column + width > LINE_MOST - 1) {
            buf_add_text(out, "=\r\n");
            column = 0;
            special = special || c == 'F' || c == '.';
            width = special ? 3 : 1;
        }
        if (special) buf_printf(out, "=%02X", c);
        else buf_add_char(out, (char)c);
        column += width;
    }
    buf_add_text(out, "\r\n");
}

static void add_part(struct buf *out, const char *boundary, const char *type, struct slice text) {
    buf_printf(out, "--%s\r\nContent-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
               boundary, type);
    mime_quoted(out, text);
    buf_add_text(out, "\r\n");
}

bool mime_write(const struct mime_message *message, struct buf *out, struct fault *fault) {
    char hex[HASH_HEX_BYTES], boundary[40];
    if (!hash_sha256_hex(message->message_id, hex, fault)) return false;
    /* "=_" cannot stand in a quoted-printable part, so neither can the boundary. */
    snprintf(boundary, sizeof boundary, "=_%.24s", hex);
    if (!add_address(out, "From", message->from_name, message->from, fault)) return false;
    if (slice_is_empty(message->to)) buf_add_text(out, "To: undisclosed-recipients:;\r\n");
    else if (!add_address(out, "To", (struct slice){NULL, 0}, message->to, fault)) return false;
    mime_header(out, "Subject", message->subject);
    add_date(out, message->date_s);
    add_exact(out, "Message-ID", "<", message->message_id, ">");
    add_exact(out, "List-Id", "<", message->list_id, ">");
    add_exact(out, "List-Unsubscribe", "<", message->unsubscribe, ">");
    buf_add_text(out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
    buf_printf(out, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n", boundary);
    add_part(out, boundary, "text/plain", message->text);
    add_part(out, boundary, "text/html", message->html);
    buf_printf(out, "--%s--\r\n", boundary);
    return buf_check(out, "the mail", fault);
}
