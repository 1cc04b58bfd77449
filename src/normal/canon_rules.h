/* canon_rules: the rules of urls.conf as they are kept, and the questions that canonical.c asks of them. Internal to
 * normal/. */
#ifndef DISCERN_NORMAL_CANON_RULES_H
#define DISCERN_NORMAL_CANON_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"
#include "model/item.h"

/* A parameter: where, and which. */
struct param_rule {
    struct slice host;  /* absent = everywhere */
    struct slice name;  /* lower case, may hold '*' */
    struct slice value; /* absent = any; "<site>" = a host's name */
};
struct param_rule_list {
    struct param_rule *at;
    size_t count, capacity;
};

/* HOST/SEGMENT/SEGMENT?NAME={capture}. A segment is plain text with '*', "**", or text around one {name} or
 * {name:digits}. */
#define PATTERN_SEGMENTS 8
struct url_pattern {
    struct slice host; /* may hold '*' */
    struct slice segments[PATTERN_SEGMENTS];
    size_t count;
    struct slice query_name, query_capture;
};
#define CAPTURES_MOST 4
struct captures {
    struct slice name[CAPTURES_MOST], value[CAPTURES_MOST];
    size_t count;
};

struct page_rule {
    struct url_pattern pattern;
    struct slice words;      /* page: the address that it becomes; unwrap: the parameter, absent = rest of the path */
    struct slice_list names; /* only-at */
};
struct page_rule_list {
    struct page_rule *at;
    size_t count, capacity;
};

struct same_rule {
    struct slice to, from;
};
struct same_rule_list {
    struct same_rule *at;
    size_t count, capacity;
};

struct canon_rules {
    struct param_rule_list drop, keep;
    struct page_rule_list only, pages, unwraps, statuses, shorteners;
    struct same_rule_list sames;
    struct slice_list chatbots, mobiles, lower_paths, indexes, amp_endings, media;
};

/* Whether `text` is `pattern`, in which '*' is any run; ASCII case does not matter. */
bool pattern_glob(struct slice pattern, struct slice text);
/* Whether `host` is the site or lies below it; `site` may hold '*'. */
bool pattern_host(struct slice site, struct slice host);
/* Whether host, path (and query) are the pattern's; what its braces hold goes to `captures` (may be NULL). */
bool pattern_url(const struct url_pattern *pattern, struct slice host, struct slice path, struct slice query,
                 struct captures *captures);
/* Value of the parameter `name` in a query, as written; absent when it is not there. */
struct slice pattern_param(struct slice query, struct slice name);
/* Reads "HOST/…"; NULL, or what is wrong with it. Borrows `text`. */
const char *pattern_read(struct slice text, struct url_pattern *out);

#endif
