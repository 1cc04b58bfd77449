#include "say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Length of the sequence at `at` that a terminal must not see: C0 but tab and line feed, DEL, C1, and the characters
 * that turn the direction of writing (U+200E/F, U+202A-E, U+2066-9). 0 = harmless. */
static size_t harmful(const char *at, size_t left) {
    unsigned char c = (unsigned char)at[0];
    if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7f) return 1;
    if (c == 0xC2 && left > 1 && (unsigned char)at[1] < 0xA0) return 2;
    if (c != 0xE2 || left < 3) return 0;
    unsigned char second = (unsigned char)at[1], third = (unsigned char)at[2];
    bool marks = second == 0x80 && (third == 0x8E || third == 0x8F || (third >= 0xAA && third <= 0xAE));
    bool isolates = second == 0x81 && third >= 0xA6 && third <= 0xA9;
    return marks || isolates ? 3 : 0;
}

static bool write_safe(FILE *to, const char *at, size_t len) {
    size_t run = 0;
    for (size_t i = 0; i < len;) {
        size_t bad = harmful(at + i, len - i);
        if (bad == 0) {
            i++;
            continue;
        }
        if (i > run && fwrite(at + run, 1, i - run, to) != i - run) return false;
        if (fputs("\xEF\xBF\xBD", to) < 0) return false;
        i += bad;
        run = i;
    }
    return run == len || fwrite(at + run, 1, len - run, to) == len - run;
}

void say(const char *format, ...) {
    char text[2048];
    va_list args;
    va_start(args, format);
    int written = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (written < 0) return;
    (void)fflush(stdout);
    (void)fputs("discern: ", stderr);
    (void)write_safe(stderr, text, strlen(text));
    (void)fputc('\n', stderr);
}

void say_lines(const char *text) {
    (void)fflush(stdout);
    (void)write_safe(stderr, text, strlen(text));
}

void say_report(void *to, enum discern_note note, const char *text) {
    (void)to;
    (void)note;
    say_lines(text);
}

int say_status(int status, const struct discern_error *error) {
    if (error->text[0] != '\0') say("%s", error->text);
    return status;
}

bool say_bytes(void *to, const char *at, size_t len) {
    (void)to;
    return len == 0 || fwrite(at, 1, len, stdout) == len;
}

bool say_text(void *to, const char *at, size_t len) {
    if (!isatty(STDOUT_FILENO)) return say_bytes(to, at, len);
    return write_safe(stdout, at, len);
}

bool say_found(void *to, const char *at, size_t len) {
    if (len > 0) *(bool *)to = true;
    return say_text(NULL, at, len);
}

int say_end(int status) {
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    if (errno != EPIPE) say("standard output could not be written: %s", strerror(errno));
    return DISCERN_ACT;
}
