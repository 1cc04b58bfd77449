/* tidy: a file of rules laid out as all are: blocks flush left, their lines indented by two, what follows the keyword
 * in one column, comments and their places kept. Changes no rule. */
#ifndef DISCERN_CLASSIFY_TIDY_H
#define DISCERN_CLASSIFY_TIDY_H

#include "base/buf.h"
#include "base/slice.h"

/* Appends the file `text` to `out`, tidied. What is tidy already comes out as it went in. */
void tidy_rules(struct slice text, struct buf *out);

#endif
