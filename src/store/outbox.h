/* outbox: every delivery that is owed, written in the same transaction as what it delivers. The key is made of what is
 * delivered to whom, so a second run owes nothing twice; the Message-ID comes from the key, so a mail that is repeated
 * after a kill is known as the same. */
#ifndef DISCERN_STORE_OUTBOX_H
#define DISCERN_STORE_OUTBOX_H

#include "store/store.h"

enum letter_state {
    LETTER_QUEUED,
    LETTER_SENDING, /* handed over, answer not seen: after a kill it is unsure whether it went */
    LETTER_SENT,
    LETTER_UNSURE, /* was found SENDING by a later run */
    LETTER_FAILED  /* given up, reason says why */
};

struct letter {
    struct slice key;        /* deterministic: reader, period, target, recipient */
    struct slice message_id; /* without brackets */
    struct slice reader, target;
    int64_t date_s; /* of the digest */
    enum letter_state state;
    int64_t tries, queued_s, changed_s, next_try_s;
    struct slice reason; /* of the last failure, absent = none */
};
struct letter_list {
    struct letter *at;
    size_t count, capacity;
};

/* Queues it unless the key is there already (in any state): *added says which. */
MUST_USE bool outbox_add(struct store *store, const struct letter *letter, bool *added, struct fault *fault);
MUST_USE bool outbox_get(struct store *store, struct slice key, struct arena *arena, struct letter *out, bool *found,
                         struct fault *fault);
/* QUEUED letters due at `now_s`, and UNSURE ones; by date, then key. */
MUST_USE bool outbox_due(struct store *store, int64_t now_s, struct arena *arena, struct letter_list *out,
                         struct fault *fault);
/* Every SENDING letter becomes UNSURE: once at the start of a run, under the run lock. */
MUST_USE bool outbox_recover(struct store *store, int64_t now_s, int64_t *unsure, struct fault *fault);
/* Keeps state, tries, next_try_s, changed_s and reason of the letter with that key. */
MUST_USE bool outbox_put(struct store *store, const struct letter *letter, struct fault *fault);
/* In that state, newest first. */
MUST_USE bool outbox_list(struct store *store, enum letter_state state, struct arena *arena, struct letter_list *out,
                          struct fault *fault);

const char *letter_state_name(enum letter_state state); /* queued sending sent unsure failed */

#endif
