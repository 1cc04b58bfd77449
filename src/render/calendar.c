#include "render/calendar.h"

#include <string.h>

#include "base/utf8.h"
#include "base/when.h"
#include "render/plain.h"

/* Octets of one line, without its end (RFC 5545, 3.1). */
#define LINE_MOST 75

/* Text escaped as the format wants it: a line break is "\n", and no line can begin in it. */
static void escape(struct buf *out, struct slice text) {
    struct plain plain = plain_of(text, PLAIN_PARAGRAPHS);
    struct slice piece;
    while (plain_next(&plain, &piece))
        for (size_t i = 0; i < piece.len; i++) {
            char c = piece.at[i];
            if (c == '\n') buf_add_text(out, "\\n");
            else if (strchr("\\;,", c) != NULL) buf_printf(out, "\\%c", c);
            else buf_add_char(out, c);
        }
}

static void write_line(struct buf *out, const char *name, struct slice text, struct buf *line) {
    buf_clear(line);
    buf_add_text(line, name);
    escape(line, text);
    struct slice left = buf_slice(line);
    size_t room = LINE_MOST;
    while (left.len > 0) {
        struct slice part = utf8_cut(left, room);
        if (part.len == 0) part = left;
        buf_add(out, part);
        left = slice_part(left, part.len, left.len);
        buf_add_text(out, left.len > 0 ? "\r\n " : "\r\n");
        room = LINE_MOST - 1;
    }
}

static void write_day(struct buf *out, const char *name, int64_t day_s, const char *after) {
    struct civil civil = when_to_civil(day_s);
    buf_printf(out, "%s%04d%02d%02d%s\r\n", name, civil.year, civil.month, civil.day, after);
}

bool calendar_write(struct slice name, const struct calendar_event *events, size_t count, struct buf *out,
                    struct fault *fault) {
    AUTO(buf_free)
    struct buf line = buf_new(out->ceiling_bytes);
    buf_add_text(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//discern//reminders//EN\r\nCALSCALE:GREGORIAN\r\n");
    write_line(out, "X-WR-CALNAME:", name, &line);
    for (size_t i = 0; i < count; i++) {
        buf_add_text(out, "BEGIN:VEVENT\r\n");
        write_line(out, "UID:", events[i].uid, &line);
        write_day(out, "DTSTAMP:", events[i].day_s, "T000000Z");
        write_day(out, "DTSTART;VALUE=DATE:", events[i].day_s, "");
        write_line(out, "SUMMARY:", events[i].title, &line);
        if (!slice_is_empty(events[i].words)) write_line(out, "DESCRIPTION:", events[i].words, &line);
        buf_add_text(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
    }
    buf_add_text(out, "END:VCALENDAR\r\n");
    return buf_check(&line, "the calendar", fault) && buf_check(out, "the calendar", fault);
}
