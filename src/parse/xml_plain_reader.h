/* xml_plain_reader: where the reading of plain XML stands, and its smaller steps. Within xml_plain only. Every step
 * returns false when the reading is over: by doubt, or because a handler had enough. */
#ifndef DISCERN_PARSE_XML_PLAIN_READER_H
#define DISCERN_PARSE_XML_PLAIN_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/slice.h"
#include "parse/xml.h"

/* Beyond any of these a document is no plain one. */
#define PLAIN_ATTRIBUTES 32u
#define PLAIN_BINDINGS 64u
#define PLAIN_SPACES 48u
#define PLAIN_SHELF_BYTES 8192u

/* Strings with a NUL behind each. What is on it stays where it is. */
struct plain_shelf {
    size_t len;
    char at[PLAIN_SHELF_BYTES];
};

struct plain_name {
    struct slice prefix; /* empty = none */
    struct slice local;
    struct slice whole;
};

struct plain_written {
    struct plain_name name;
    struct slice value;
};

struct plain_binding {
    struct slice prefix; /* empty = the default */
    const char *space;   /* NULL = none */
};

/* An open element, and what held outside of it. */
struct plain_open_tag {
    struct slice whole;
    const char *local;
    size_t names_len, binding_count;
};

struct plain {
    struct slice in;
    size_t at;
    const struct xml_handler *handler;
    bool doubt, stopped;
    size_t depth, binding_count, space_count, attribute_count;
    struct plain_open_tag open[LIMIT_XML_DEPTH];
    struct plain_binding bindings[PLAIN_BINDINGS];
    const char *spaces[PLAIN_SPACES]; /* each name once, so that the same name is the same pointer */
    struct plain_written written[PLAIN_ATTRIBUTES];
    struct xml_attribute attributes[PLAIN_ATTRIBUTES];
    struct plain_shelf space_names; /* of the document */
    struct plain_shelf names;       /* of the open elements */
    struct plain_shelf words;       /* of the tag at hand */
};

/* Raises doubt; always false. */
bool plain_give_up(struct plain *p);
/* What a handler answered. */
static inline bool plain_heed(struct plain *p, bool more) {
    p->stopped = !more;
    return more;
}

/* NUL behind the end. */
static inline char plain_byte_at(const struct plain *p, size_t at) {
    return at < p->in.len ? p->in.at[at] : '\0';
}

static inline bool plain_is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* True when there were blanks. */
static inline bool plain_skip_blanks(struct plain *p) {
    size_t start = p->at;
    while (plain_is_blank(plain_byte_at(p, p->at))) p->at++;
    return p->at > start;
}

/* 2: may begin a name, 1: may stand in one, 0: neither. Names beyond ASCII are rare. */
static inline unsigned plain_name_class(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return 2;
    return (c >= '0' && c <= '9') || c == '-' || c == '.' ? 1 : 0;
}

/* U+FFFE and U+FFFF are no characters: whether the 0xEF at `at` begins another one. */
static inline bool plain_is_sound_ef(const struct plain *p, size_t at) {
    return plain_byte_at(p, at + 1) != '\xBF' ||
           (plain_byte_at(p, at + 2) != '\xBE' && plain_byte_at(p, at + 2) != '\xBF');
}

/* A name without colon; empty where none stands. */
struct slice plain_read_part(struct plain *p);
bool plain_read_name(struct plain *p, struct plain_name *out);
/* The character that the '&' at hand stands for; steps over it. Names of HTML are no plain XML. */
bool plain_read_reference(struct plain *p, uint32_t *code_point);

/* Stands behind the '<' of a start tag. */
bool plain_start_tag(struct plain *p);
/* Stands behind "</" within an element. */
bool plain_end_tag(struct plain *p);

#endif
