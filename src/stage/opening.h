/* opening: what people bring in from outside to find sources in, a list of subscriptions or a web page, is read in a
 * child process that can do nothing else (jail/). */
#ifndef DISCERN_STAGE_OPENING_H
#define DISCERN_STAGE_OPENING_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "normal/discover.h"
#include "parse/opml.h"

/* opml_parse, elsewhere: the same contract, and LIMIT for what takes too long or too much memory, INPUT for what the
 * process died of. */
MUST_USE bool opening_list(struct slice body, struct arena *arena, struct opml *out, struct fault *fault);
/* discover_page, elsewhere. */
MUST_USE bool opening_page(struct slice html, struct slice base, struct arena *arena, struct proposal_list *out,
                           struct fault *fault);

#endif
