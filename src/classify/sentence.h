/* sentence: the words around a place in a text, for people: its sentence, on one line, not too long. */
#ifndef DISCERN_CLASSIFY_SENTENCE_H
#define DISCERN_CLASSIFY_SENTENCE_H

#include <stddef.h>

#include "base/slice.h"

/* The part of `text` that holds start..end (both within it): back to the beginning of the sentence or line and on to
 * its end, at most `most` bytes, cut at blanks. Borrowed from the text. */
struct slice sentence_around(struct slice text, size_t start, size_t end, size_t most);

#endif
