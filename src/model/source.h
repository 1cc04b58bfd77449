/* source: one place that posts come from, as the configuration names it. Trusted: a person at the school wrote it. */
#ifndef DISCERN_MODEL_SOURCE_H
#define DISCERN_MODEL_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/option.h"
#include "base/problem.h"
#include "model/item.h"

/* What a source kind tells the configuration reader: the options of its own that a block of this kind may hold. */
struct source_schema {
    const char *name; /* feed, x, bluesky … as written after `kind` */
    const char *help; /* one sentence */
    const struct option *options;
    size_t option_count;
    size_t values_bytes; /* size of the struct that the options fill */
};

struct source {
    struct slice name; /* a-z 0-9 -, unique, stable: the key in the store */
    const struct source_schema *schema;
    struct slice title; /* what readers see */
    struct slice folder;
    struct slice site;            /* home page */
    struct slice publisher;       /* word for its kind: research body, journal, teacher, news, vendor, government … */
    struct slice_list need_words; /* items without any of these are not kept; empty = all are */
    struct slice secret;          /* NAME of a secret, absent = none */
    bool paused;
    bool to_be_checked;  /* starter set: the address was not seen to work yet */
    bool allow_loopback; /* its host may be a loopback address */
    int64_t every_s;     /* not asked more often than this */
    const void *values;  /* struct of the kind's own options, filled by schema->options */
    struct place place;  /* where it stands in sources.conf */
};
struct source_list {
    struct source *at;
    size_t count, capacity;
};

/* The source of that name, borrowed from the list; NULL when there is none. */
const struct source *source_list_find(const struct source_list *list, struct slice name);

#endif
