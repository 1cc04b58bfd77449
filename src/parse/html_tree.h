/* html_tree: a page as a flat array of elements and texts in the order of the document, each knowing its parent and
 * where what is in it ends; so every rule about a page is a walk over an array. Built in one pass by HTML's own rules
 * for what closes what (WHATWG 13.2.6, without the adoption agency and foster parents, which move no words); iterative,
 * bounded by LIMIT_HTML_NODES and LIMIT_HTML_DEPTH, linear in the input whatever it is. Scripts, styles and the like
 * are not in it. */
#ifndef DISCERN_PARSE_HTML_TREE_H
#define DISCERN_PARSE_HTML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/item.h"
#include "parse/html_name.h"

struct html_node {
    struct slice inside; /* text: as written, entities unresolved; element: its attributes as written */
    struct slice classes, id;
    uint32_t parent, end; /* what is in it: the nodes from the next one up to before `end` */
    uint32_t anchor;      /* the open <a href> that this text stands in, 0 = none */
    uint8_t name;         /* enum html_name */
    bool gap;             /* white space stands before it */
    bool hidden;          /* hidden, aria-hidden, display:none */
};

struct html_tree {
    struct html_node *at; /* at[0] is the document itself */
    size_t count;
    struct slice source;       /* what it was built of */
    struct slice title;        /* content of the first <title> outside pictures, as written; absent = none */
    struct slice_list json_ld; /* contents of <script type="application/ld+json">, as written */
    bool cut;                  /* there was more than the limits allow */
};

/* `source` is valid UTF-8 and must outlive the tree. In arena. False only when out of memory. */
MUST_USE bool html_tree_build(struct arena *arena, struct slice source, struct html_tree *out, struct fault *fault);
/* The value of an element's attribute (lower-case name), entities unresolved; absent when it is not there. Borrowed. */
struct slice html_node_attribute(const struct html_node *node, const char *name);

#endif
