#include "roff.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Backslashes, hyphens that are typed, and what would be a request at the start of a line. */
static void put(const char *at, size_t len, bool line_start) {
    for (size_t i = 0; i < len; i++) {
        if (line_start && (at[i] == '.' || at[i] == '\'')) (void)fputs("\\&", stdout);
        if (at[i] == '\\') (void)fputs("\\e", stdout);
        else if (at[i] == '-') (void)fputs("\\-", stdout);
        else (void)putchar(at[i]);
        line_start = at[i] == '\n';
    }
}

void roff_title(const char *name, int section) {
    (void)printf(".TH \"%s\" \"%d\" \"\" \"discern\" \"discern\"\n.nh\n.ad l\n", name, section);
}

static void heading(const char *request, const char *words) {
    (void)printf("%s \"", request);
    put(words, strlen(words), false);
    (void)puts("\"");
}

void roff_section(const char *words) {
    heading(".SH", words);
}

void roff_subsection(const char *words) {
    heading(".SS", words);
}

void roff_bytes(const char *at, size_t len) {
    put(at, len, true);
    (void)putchar('\n');
}

void roff_text(const char *text) {
    roff_bytes(text, strlen(text));
}

void roff_paragraph(void) {
    (void)puts(".PP");
}

void roff_term(const char *term, const char *value, const char *meaning) {
    (void)fputs(".TP\n\\fB", stdout);
    put(term, strlen(term), false);
    (void)fputs("\\fR", stdout);
    if (value[0] != '\0') {
        (void)fputs(" \\fI", stdout);
        put(value, strlen(value), false);
        (void)fputs("\\fR", stdout);
    }
    (void)putchar('\n');
    roff_text(meaning);
}

void roff_example(const char *lines) {
    (void)puts(".PP\n.EX");
    roff_text(lines);
    (void)puts(".EE");
}
