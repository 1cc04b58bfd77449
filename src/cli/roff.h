/* roff: writing manual pages (man(7)) on standard output, with what is not markup escaped. */
#ifndef DISCERN_CLI_ROFF_H
#define DISCERN_CLI_ROFF_H

#include <stddef.h>

/* The heading of a page: "discern", 1. */
void roff_title(const char *name, int section);
void roff_section(const char *heading);    /* .SH */
void roff_subsection(const char *heading); /* .SS */
/* Text as it is, on lines of its own: a line break in it stays one in the source. */
void roff_text(const char *text);
void roff_bytes(const char *at, size_t len);
void roff_paragraph(void);
/* A term in bold with its value in italics ("" = none), and what it means. */
void roff_term(const char *term, const char *value, const char *meaning);
/* Lines that keep their breaks, as typed. */
void roff_example(const char *lines);

#endif
