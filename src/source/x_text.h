/* x_text: the words and links of a post of X: entities resolved, t.co addresses replaced by where they lead. */
#ifndef DISCERN_SOURCE_X_TEXT_H
#define DISCERN_SOURCE_X_TEXT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/jtree.h"
#include "model/item.h"

/* Sets item->text and item->links from `text` (HTML entities as X sends them) and `urls` (an array of url entities:
 * url, expanded_url, unwound_url, title, media_key). The t.co of own media and of a quoted post leave the text; others
 * become their expanded address. A half address that a cut left behind ("https://t.co/ab…") is dropped, never followed.
 * Indices are not used: they count code points, and differ between versions. False when out of memory. */
MUST_USE bool x_text_take(struct arena *arena, struct slice text, const struct jnode *urls, struct item *item);
/* Adds the hashtags (an array of {tag} or {text}). False when out of memory. */
MUST_USE bool x_text_take_tags(struct arena *arena, const struct jnode *hashtags, struct item *item);

#endif
