/* article: what stands behind a link, read: the main text of any page, and what the page says of itself. Pure: bytes
 * in, struct out. Whatever comes ends in time proportional to its size. */
#ifndef DISCERN_PARSE_ARTICLE_H
#define DISCERN_PARSE_ARTICLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/article.h"

/* Reads one document: HTML of any age, plain text, or (parse/pdf.h) PDF, told by `content_type` (the HTTP header's
 * value, absent = not known) and by its first bytes. `url` is where it came from (absent = not known); relative
 * addresses are made absolute with it. Everything in *out is in arena. A page without a main text (a paywall, a log-in
 * page, a video, an error) is no fault: out->kind and out->problem say what it is. out->references holds only what the
 * page's own metadata names (its DOI, its ISBN); cite/scan.h adds those of its text. Faults: INPUT (no page at all: an
 * image, an archive), LIMIT, MEMORY; *out is then untouched. */
MUST_USE bool article_parse(struct slice bytes, struct slice content_type, struct slice url, struct arena *arena,
                            struct article *out, struct fault *fault);

#endif
