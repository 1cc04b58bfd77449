/* x_ask: what is asked of X: addresses of API v2 and what their answers may cost, and the cursor that says where a walk
 * stands. Shared by the files of this kind. */
#ifndef DISCERN_SOURCE_X_ASK_H
#define DISCERN_SOURCE_X_ASK_H

#include "source/kind.h"

struct x_values {
    struct slice user, search, list, server;
    int vocabulary; /* enum x_vocabulary */
    bool replies, originals;
    int64_t page_posts;
};
enum x_vocabulary { X_TWEETS, X_POSTS };

/* Cursor: id, id_until = the user's number and until when it is kept; since = newest post of the walk before; top =
 * newest of this walk; page = the server's token; words = the vocabulary that the server turned out to want, with "?"
 * until it took it; people, people_until = the authors known by now (x_people.h); wanted = those that must be asked for
 * before the page can be read; begun = posts of the first walk so far; paid = how many posts of that page were charged
 * already: the same day they cost nothing again. */
struct x_place {
    struct slice id, id_until, since, top, page, words, people, people_until, wanted, paid, begun;
};
MUST_USE bool x_cursor_read(struct slice cursor, struct arena *arena, struct x_place *out);
MUST_USE bool x_cursor_write(const struct x_place *at, struct arena *arena, struct slice *out);

/* The names that the server expects, as far as is known by now. */
enum x_vocabulary x_words(const struct x_values *values, const struct x_place *at);
/* The account's handle without its '@'. */
struct slice x_handle(const struct x_values *values);

/* The functions of struct source_kind by these names. */
MUST_USE bool x_ask(const struct source *source, struct slice cursor, int64_t now_s, struct arena *arena,
                    struct request *out, struct fault *fault);
MUST_USE bool x_one(const struct source *source, const struct post_address *post, struct arena *arena,
                    struct request *out, bool *mine, struct fault *fault);
MUST_USE bool x_shrink(struct request *request, unsigned results, struct arena *arena);
MUST_USE bool x_still(const struct source *source, const struct post_names *posts, size_t count, struct arena *arena,
                      struct request *out, size_t *covered, struct fault *fault);

#endif
