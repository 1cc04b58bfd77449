/* notice: whether the words by a reference say that it was retracted, withdrawn or corrected. Within cite/ only. */
#ifndef DISCERN_CITE_NOTICE_H
#define DISCERN_CITE_NOTICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* For what stands in text[start, end): its own sentence tells, or the next one when it goes on about the same ("The
 * paper was retracted."). What the sentences before it and after tell is said of something else. */
bool notice_by(struct slice text, size_t start, size_t end);
/* For words that stand alone. */
bool notice_in(struct slice words);

#endif
