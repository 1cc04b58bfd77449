/* x_post: one post of X as an item, from an API v2 answer, a twarc line (v2 or v1.1) or an exported archive. Both
 * vocabularies of 2026 are read (tweets and posts, note_tweet and note_post, referenced_tweets and referenced_posts).
 * Formats: X API v2 data dictionary (docs.x.com), Twitter API v1.1 Tweet object. Pure. */
#ifndef DISCERN_SOURCE_X_POST_H
#define DISCERN_SOURCE_X_POST_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/jtree.h"
#include "model/item.h"

/* What an answer brought beside its posts. */
struct x_includes {
    const struct jnode *users; /* arrays, or NULL */
    const struct jnode *posts;
    struct slice people; /* x_people.h: handles known before */
};

/* True for an object that can only be a v1.1 post (it has full_text, id_str or retweeted_status). */
bool x_post_is_v1(const struct jnode *post);
/* Reads a v2 post. `handle` is the author's where the source knows it (a user's timeline), else absent. All in arena.
 * False when out of memory; *skip is set when the post cannot be read (no id, no text). */
MUST_USE bool x_post_take_v2(struct arena *arena, const struct jnode *post, const struct x_includes *includes,
                             struct slice handle, struct item *item, bool *skip);
/* The post that a v2 repost shares, where the answer brought it along; NULL else. */
const struct jnode *x_post_reposted(const struct jnode *post, const struct x_includes *includes);
/* Adds what a v2 repost shares to page->originals, where the answer brought it along. False when out of memory. */
MUST_USE bool x_post_original_v2(struct arena *arena, const struct jnode *post, const struct x_includes *includes,
                                 struct page *page);
/* The same for a v1.1 post. */
MUST_USE bool x_post_original_v1(struct arena *arena, const struct jnode *post, struct page *page);
/* Reads a v1.1 post, or one of an exported archive. */
MUST_USE bool x_post_take_v1(struct arena *arena, const struct jnode *post, struct slice handle, struct item *item,
                             bool *skip);
/* The instant in a post's id (snowflake: (id >> 22) + 1288834974657 ms), WHEN_ABSENT for ids before November 2010. */
int64_t x_post_instant(struct slice id);
/* "Mon Jan 05 08:36:41 +0000 2026" -> seconds, WHEN_ABSENT when it is none. */
int64_t x_post_v1_date(struct slice text);

#endif
