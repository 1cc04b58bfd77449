/* xml_doctype: steps over a document type declaration without believing it: nothing is loaded, nothing defined, but for
 * plain texts that a document names for itself (<!ENTITY id "tag:example.com,">), within tight limits. */
#ifndef DISCERN_PARSE_XML_DOCTYPE_H
#define DISCERN_PARSE_XML_DOCTYPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

#define XML_OWN_ENTITIES 32u

struct xml_entities {
    struct {
        struct slice name, text; /* borrowed from the document; the text holds neither '<' nor '&' */
    } at[XML_OWN_ENTITIES];
    size_t count;
};

/* `at` is where "<!DOCTYPE" begins. Returns the offset behind it, text.len when it never ends. */
size_t xml_doctype_skip(struct slice text, size_t at, struct xml_entities *entities);
/* The text of the entity called `name`; absent when there is none. */
struct slice xml_doctype_entity(const struct xml_entities *entities, struct slice name);

#endif
