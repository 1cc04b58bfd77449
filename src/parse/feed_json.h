/* feed_json: JSON Feed 1.0 and 1.1 (jsonfeed.org). Within parse/ only. */
#ifndef DISCERN_PARSE_FEED_JSON_H
#define DISCERN_PARSE_FEED_JSON_H

#include "parse/feed.h"

/* As feed_parse, of text that begins with '{'. out->feed has format, not encoding and problems. */
MUST_USE bool feed_json_parse(struct slice text, const struct feed_hints *hints, struct arena *arena, struct page *out,
                              struct fault *fault);

#endif
