/* xml: the one door to libxml2's XML parser, as a stream of events. Never a DTD, never an entity of the document's own,
 * never a file or an address: the loader refuses all, and xml_ready has taken such things out before. Text that is not
 * well-formed is mended (xml_mend) and read again from the start. */
#ifndef DISCERN_PARSE_XML_H
#define DISCERN_PARSE_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"

struct xml_element {
    const char *local;  /* name without prefix */
    const char *prefix; /* NULL = none */
    const char *space;  /* namespace name, NULL = none or not declared; the same pointer for the same name in one run */
    size_t attribute_count;
    const void *attributes; /* for xml_attribute_at */
};

struct xml_attribute {
    const char *local, *prefix, *space;
    struct slice value; /* never absent */
};

/* All is borrowed for the call. False stops the reading; the handler remembers why. */
struct xml_handler {
    void *user;
    bool (*open)(void *user, const struct xml_element *element);
    bool (*close)(void *user, const char *local);
    bool (*text)(void *user, struct slice text); /* in pieces */
    void (*restart)(void *user);                 /* forget everything: the reading begins anew */
};

struct xml_outcome {
    unsigned mending;  /* bits of enum xml_mending */
    bool stopped;      /* a handler returned false */
    struct slice root; /* name of the first element as written; absent = no element at all; borrowed from `text` */
};

/* Opens the library, which whoever forks a reader behind walls does before. Fault: CONFIG, it is missing. */
MUST_USE bool xml_open(struct fault *fault);
/* Reads `text` (valid UTF-8). `root_first` (may be NULL) is asked with the root's name before anything is parsed; when
 * it returns false nothing is read and outcome->stopped is set. Faults: INPUT (no XML at all), LIMIT,
 * MEMORY, CONFIG. */
MUST_USE bool xml_read(struct slice text, const struct xml_handler *handler, bool (*root_first)(void *, struct slice),
                       struct xml_outcome *outcome, struct fault *fault);

struct xml_attribute xml_attribute_at(const struct xml_element *element, size_t index);
/* Value of the attribute `local` (any ASCII case) that has no prefix; absent when there is none. */
struct slice xml_attribute_of(const struct xml_element *element, const char *local);
/* Value of prefix:local, whatever the prefix is bound to; absent when there is none. */
struct slice xml_attribute_prefixed(const struct xml_element *element, const char *prefix, const char *local);

#endif
