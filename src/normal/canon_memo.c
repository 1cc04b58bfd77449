#include "normal/canon_memo.h"

#include <stdint.h>

#include "base/hash.h"

/* More than the addresses of most pages; a power of two. */
#define PLACES 512u

struct canon_memo {
    const struct canon_rules *rules;
    struct arena *arena;
    struct {
        struct slice of; /* absent = empty */
        struct canonical is;
    } at[PLACES];
};

struct canon_memo *canon_memo_new(const struct canon_rules *rules, struct arena *arena) {
    struct canon_memo *memo = arena_alloc(arena, 1, sizeof *memo);
    if (memo == NULL) return NULL;
    memo->rules = rules;
    memo->arena = arena;
    return memo;
}

static size_t place_of(struct slice url) {
    return (size_t)(hash_fnv64(url, 0) % PLACES);
}

static void keep(struct canon_memo *memo, struct slice url, const struct canonical *made) {
    size_t place = place_of(url);
    memo->at[place].of = url;
    memo->at[place].is = *made;
}

bool canon_memo_url(struct canon_memo *memo, struct slice url, struct canonical *out, struct fault *fault) {
    struct canonical made;
    size_t place = place_of(url);
    if (!slice_is_absent(memo->at[place].of) && slice_equal(memo->at[place].of, url)) {
        *out = memo->at[place].is;
        return true;
    }
    if (!canonical_url(memo->rules, url, memo->arena, &made, fault)) return false;
    keep(memo, url, &made);
    *out = made;
    /* The canonical form of a canonical form is itself, but for the tag that was on it. */
    made.chatbot = (struct slice){NULL, 0};
    if (!slice_equal(url, made.url)) keep(memo, made.url, &made);
    return true;
}
