/* canonical: what makes two addresses one page. Purely textual, by the rules in config/urls.conf: nothing is asked of
 * any server. Idempotent: the canonical form of a canonical form is itself. */
#ifndef DISCERN_NORMAL_CANONICAL_H
#define DISCERN_NORMAL_CANONICAL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/problem.h"
#include "base/slice.h"

struct canon_rules; /* immutable once read */

/* Reads the text of a urls.conf (`file` is its name for messages). Every mistake goes to `problems`. The rules are in
 * arena and borrow `text`. NULL only when out of memory. */
MUST_USE struct canon_rules *canon_rules_read(struct slice file, struct slice text, struct problems *problems,
                                              struct arena *arena);

/* The text of the urls.conf that the program comes with; lives for ever. */
struct slice canon_rules_shipped(void);

/* What kind of address a link is. */
enum link_role {
    LINK_PAGE,   /* a page that may be followed */
    LINK_STATUS, /* a post at a social network: a quote, not an article */
    LINK_MEDIA,  /* a picture, film or sound of the post's own */
    LINK_OTHER   /* mailto and the like */
};

struct canonical {
    struct slice url;     /* the address to show and to open: without trackers, wrappers and fragment, else as it was */
    struct slice key;     /* the same page has the same key: also without www., mobile hosts, AMP, trailing slash */
    struct slice chatbot; /* a chatbot's tracking tag was on it ("chatgpt.com"): the poster may never have opened it */
    enum link_role role;
    bool shortener; /* the host only forwards: the page behind it is not known yet */
};

/* In arena. Addresses other than http and https are trimmed and kept as they are. False with FAULT_INPUT when it is no
 * absolute address, MEMORY; *out untouched then. */
MUST_USE bool canonical_url(const struct canon_rules *rules, struct slice url, struct arena *arena,
                            struct canonical *out, struct fault *fault);

enum link_role link_role(const struct canon_rules *rules, struct slice url, struct arena *arena);

#endif
