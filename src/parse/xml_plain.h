/* xml_plain: reads XML that is sound and plain, as nearly every feed is, in one pass over what was sent; libxml2, and
 * what it must be guarded with, take five times as long. It judges nothing: at the first doubt (what is not
 * well-formed, what needs mending or a notice, what is rare) it gives up, and the reading begins anew the patient way.
 * What it does read gives the events that libxml2 would give. */
#ifndef DISCERN_PARSE_XML_PLAIN_H
#define DISCERN_PARSE_XML_PLAIN_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/xml.h"

enum xml_plain {
    XML_PLAIN_READ,    /* to its end */
    XML_PLAIN_STOPPED, /* a handler or `root_first` returned false */
    XML_PLAIN_DOUBT    /* nothing of it counts; the handler may have been called */
};

/* `text` is valid UTF-8; the rest as in xml_read. *root is set unless there is doubt, borrowed from `text`. */
enum xml_plain xml_plain_read(struct slice text, const struct xml_handler *handler,
                              bool (*root_first)(void *, struct slice), struct slice *root);

#endif
