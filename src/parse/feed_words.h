/* feed_words: the words of an element, whichever way they were written: plain, as escaped markup, as elements, in
 * base64. Within parse/ only. */
#ifndef DISCERN_PARSE_FEED_WORDS_H
#define DISCERN_PARSE_FEED_WORDS_H

#include "parse/feed_reader.h"

/* How an element of this name and vocabulary says that its words are written: Atom's type and mode, else a guess. */
enum feed_words feed_words_mode(const struct feed_reader *r, enum feed_tag tag, enum feed_space space,
                                const struct xml_element *element);
/* The collected words on one line; absent when there are none. In arena; sets r->failed. */
struct slice feed_words_line(struct feed_reader *r, struct feed_capture *capture);
/* The same in paragraphs; links and a picture found in them are kept for the item. */
struct slice feed_words_blocks(struct feed_reader *r, struct feed_capture *capture);

#endif
