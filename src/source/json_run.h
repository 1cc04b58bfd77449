/* json_run: one JSON object after the other out of a longer text: lines of JSON, an array, or the JavaScript that X
 * wraps its archives in ("window.YTD.tweets.part0 = [ … ]"). Borrows, allocates nothing. */
#ifndef DISCERN_SOURCE_JSON_RUN_H
#define DISCERN_SOURCE_JSON_RUN_H

#include <stdbool.h>

#include "base/slice.h"

/* Cuts the next line that is not blank off *rest (absent at the end). False at the end. */
bool json_run_line(struct slice *rest, struct slice *out);
/* Cuts the next whole object {…} off *rest, wherever it stands; strings are minded. False when there is none left;
 * *rest is then what is unfinished: it begins with '{' when an object was cut off, else it is empty. */
bool json_run_object(struct slice *rest, struct slice *out);

#endif
