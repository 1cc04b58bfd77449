#include "stage/source_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/when.h"
#include "cite/scan.h"
#include "classify/source_flags.h"
#include "practice/tally.h"
#include "stage/cite_hosts.h"
#include "store/articles.h"
#include "store/digests.h"
#include "store/marks.h"
#include "store/sources.h"
#include "store/verdicts.h"

#define TITLE_BYTES 160

struct counting {
    struct house *house;
    const struct ruleset *rules;
    struct arena *arena; /* of the report */
    struct cite_hosts hosts;
    struct slice_list chosen; /* "source/id", sorted, each once or more */
    struct mark_list wrong;   /* sorted by item */
    int64_t from_s, to_s;     /* from_s WHEN_ABSENT = all */
    struct report_post_list posts;
    struct slice_list with_older; /* sources that have posts from before from_s */
    int64_t reposts, waiting;     /* waiting: posts without a verdict */
};

/* ---- what was chosen, and what was marked wrong ---- */

static int by_bytes(const void *a, const void *b) {
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static int by_item(const void *a, const void *b) {
    return slice_compare(((const struct mark *)a)->item, ((const struct mark *)b)->item);
}

static bool learn_chosen(struct counting *c, struct fault *fault) {
    struct shown_list shown = {0};
    struct shown_query query = {.from_s = 0, .until_s = INT64_MAX};
    if (!shown_list(c->house->store, &query, c->arena, &shown, fault)) return false;
    for (size_t i = 0; i < shown.count; i++) {
        if (!slice_list_add(c->arena, &c->chosen, shown.at[i].item)) return fault_memory(fault);
        for (size_t k = 0; k < shown.at[i].members.count; k++)
            if (!slice_list_add(c->arena, &c->chosen, shown.at[i].members.at[k])) return fault_memory(fault);
    }
    if (c->chosen.count > 0) qsort(c->chosen.at, c->chosen.count, sizeof *c->chosen.at, by_bytes);
    return true;
}

static bool learn_wrong(struct counting *c, struct fault *fault) {
    struct mark_query query = {.kind = MARK_FLAG_WRONG, .one_kind = true};
    if (!marks_list(c->house->store, &query, c->arena, &c->wrong, fault)) return false;
    if (c->wrong.count > 0) qsort(c->wrong.at, c->wrong.count, sizeof *c->wrong.at, by_item);
    return true;
}

static bool is_chosen(const struct counting *c, struct slice item) {
    return c->chosen.count > 0 && bsearch(&item, c->chosen.at, c->chosen.count, sizeof item, by_bytes) != NULL;
}

static report_flags wrong_flags(const struct counting *c, struct slice item) {
    struct mark key = {.item = item};
    report_flags flags = 0;
    enum report_measure measure;
    const struct mark *at =
        c->wrong.count == 0 ? NULL : bsearch(&key, c->wrong.at, c->wrong.count, sizeof key, by_item);
    if (at == NULL) return 0;
    while (at > c->wrong.at && slice_equal(at[-1].item, item)) at--;
    for (; at < c->wrong.at + c->wrong.count && slice_equal(at->item, item); at++)
        if (report_flag_from(at->flag, &measure)) flags |= REPORT_FLAG(measure);
    return flags;
}

/* ---- links ---- */

enum opening { OPENING_UNKNOWN, OPENING_OPENS, OPENING_DEAD };

/* A site that does not let programs read its pages tells nothing of whether people can. */
static enum opening opening_of(const struct article_row *page) {
    if (slice_equal(page->problem, ARTICLE_SAYS_GONE)) return OPENING_DEAD;
    if (page->state == ARTICLE_READ) return page->article.kind == ARTICLE_ERROR ? OPENING_DEAD : OPENING_OPENS;
    if (page->tries == 0) return OPENING_UNKNOWN;
    if (page->status == 404 || page->status == 410 || page->status >= 500) return OPENING_DEAD;
    return page->status == 0 && page->state == ARTICLE_RETRY ? OPENING_DEAD : OPENING_UNKNOWN;
}

static bool count_links(const struct counting *c, const struct item_row *item, struct arena *scratch,
                        struct report_post *post, struct fault *fault) {
    for (size_t i = 0; i < item->keys.count; i++) {
        struct article_row page;
        bool found;
        if (slice_is_absent(cite_host_class(scratch, &c->hosts, item->keys.at[i]))) continue;
        if (!articles_get(c->house->store, item->keys.at[i], scratch, &page, &found, fault)) return false;
        enum opening opening = found ? opening_of(&page) : OPENING_UNKNOWN;
        post->links_tried += opening != OPENING_UNKNOWN;
        post->links_open += opening == OPENING_OPENS;
    }
    return true;
}

/* ---- posts ---- */

static int64_t when_of(const struct item_row *row) {
    int64_t published_s = row->item.published_s;
    return published_s == WHEN_ABSENT || published_s > row->first_seen_s ? row->first_seen_s : published_s;
}

/* The title, or the beginning of the text: as one line. */
static bool copy_title(const struct item *item, struct arena *arena, struct slice *out) {
    struct slice text = slice_trim(slice_is_empty(item->title) ? item->text : item->title);
    size_t end = slice_find_byte(text, '\n', 0);
    text = slice_part(text, 0, end);
    if (text.len > TITLE_BYTES) {
        size_t cut = TITLE_BYTES;
        while (cut > 0 && ((unsigned char)text.at[cut] & 0xC0) == 0x80) cut--;
        char *short_text = arena_printf(arena, "%.*s\xE2\x80\xA6", (int)cut, text.at);
        *out = slice_from(short_text);
        return short_text != NULL;
    }
    return arena_copy(arena, text, out);
}

static bool copy_list(struct arena *arena, const struct slice_list *from, struct slice_list *to) {
    for (size_t i = 0; i < from->count; i++) {
        struct slice copy;
        if (!arena_copy(arena, from->at[i], &copy) || !slice_list_add(arena, to, copy)) return false;
    }
    return true;
}

static bool copy_topics(struct arena *arena, const struct topic_list *from, struct slice_list *to) {
    for (size_t i = 0; i < from->count; i++) {
        struct slice copy;
        if (!arena_copy(arena, from->at[i].id, &copy) || !slice_list_add(arena, to, copy)) return false;
    }
    return true;
}

static bool add_post(struct counting *c, const struct judged *judged, struct arena *scratch, struct fault *fault) {
    const struct item *item = &judged->item.item;
    struct report_post post = {.row = judged->item.row,
                               .when_s = when_of(&judged->item),
                               .flags = source_flags(c->rules, &judged->verdict),
                               .unlisted = item->unlisted};
    struct slice reference = {0};
    if (!item_reference(c->arena, judged->item.source, item->id, &reference) ||
        !arena_copy(c->arena, judged->item.source, &post.source) || !copy_title(item, c->arena, &post.title) ||
        !arena_copy(c->arena, item->url, &post.url) || !copy_topics(c->arena, &judged->verdict.topics, &post.topics) ||
        !copy_list(c->arena, &judged->verdict.phases, &post.phases) ||
        !copy_list(c->arena, &judged->verdict.myth_ids, &post.myths))
        return fault_memory(fault);
    post.item = reference;
    if (is_chosen(c, reference)) post.flags |= REPORT_FLAG(MEASURE_CHOSEN);
    post.wrong = wrong_flags(c, reference) & post.flags;
    if (!count_links(c, &judged->item, scratch, &post, fault)) return false;
    struct report_post *more = arena_grow(c->arena, c->posts.at, c->posts.count, &c->posts.capacity, sizeof *more);
    if (more == NULL) return fault_memory(fault);
    c->posts.at = more;
    more[c->posts.count++] = post;
    return true;
}

static bool note_older(struct counting *c, struct slice source, struct fault *fault) {
    struct slice copy;
    for (size_t i = 0; i < c->with_older.count; i++)
        if (slice_equal(c->with_older.at[i], source)) return true;
    return (arena_copy(c->arena, source, &copy) && slice_list_add(c->arena, &c->with_older, copy)) ||
           fault_memory(fault);
}

static bool take_post(struct counting *c, const struct judged *judged, struct arena *scratch, struct fault *fault) {
    int64_t when_s = when_of(&judged->item);
    if (when_s >= c->to_s) return true;
    if (c->from_s != WHEN_ABSENT && when_s < c->from_s) return note_older(c, judged->item.source, fault);
    if (judged->item.item.kind == ITEM_REPOST) {
        c->reposts++;
        return true;
    }
    return add_post(c, judged, scratch, fault);
}

static bool take_posts(struct counting *c, struct fault *fault) {
    struct judged_query query = {.items = {.order = ITEMS_OLDEST_FIRST}};
    /* What was first seen before that time was published before it, too. */
    if (c->from_s != WHEN_ABSENT) {
        query.items.seen_from_s = c->from_s;
        query.items.seen_until_s = INT64_MAX;
    }
    AUTO(arena_free)
    struct arena *scratch = arena_new(LIMIT_ARENA_BYTES);
    AUTO(judged_walk_free)
    struct judged_walk *walk = NULL;
    if (scratch == NULL) return fault_memory(fault);
    if (!items_count(c->house->store, &query.items, &c->waiting, fault) ||
        !verdicts_walk(c->house->store, &query, &walk, fault))
        return false;
    for (;;) {
        struct judged judged;
        bool more;
        arena_reset(scratch);
        if (!judged_walk_next(walk, scratch, &judged, &more, fault)) return false;
        if (!more) return true;
        c->waiting--;
        if (!take_post(c, &judged, scratch, fault)) return false;
    }
}

/* ---- sources ---- */

static int by_source(const void *a, const void *b) {
    const struct report_post *x = a, *y = b;
    int order = slice_compare(x->source, y->source);
    return order != 0 ? order : x->row < y->row ? -1 : x->row > y->row;
}

static struct report_post_list posts_of(const struct counting *c, struct slice name) {
    struct report_post_list list = {0};
    for (size_t i = 0; i < c->posts.count; i++) {
        if (!slice_equal(c->posts.at[i].source, name)) continue;
        if (list.count++ == 0) list.at = &c->posts.at[i];
    }
    return list;
}

/* Names of all sources that are configured or have posts, sorted. */
static bool list_names(const struct counting *c, struct slice_list *names, struct fault *fault) {
    const struct source_list *sources = &c->house->config.sources;
    for (size_t i = 0; i < sources->count; i++)
        if (!slice_list_add(c->arena, names, sources->at[i].name)) return fault_memory(fault);
    for (size_t i = 0; i < c->posts.count; i++) {
        bool first = i == 0 || !slice_equal(c->posts.at[i - 1].source, c->posts.at[i].source);
        if (!first || source_list_find(&c->house->config.sources, c->posts.at[i].source) != NULL) continue;
        if (!slice_list_add(c->arena, names, c->posts.at[i].source)) return fault_memory(fault);
    }
    if (names->count > 0) qsort(names->at, names->count, sizeof *names->at, by_bytes);
    return true;
}

/* Whether posts from before the report's days are kept: the source was followed all the time. */
static bool is_followed_longer(const struct counting *c, struct slice name, bool *out, struct fault *fault) {
    struct item_query before = {.source = name, .seen_until_s = c->from_s};
    int64_t count = 0;
    *out = false;
    if (c->from_s == WHEN_ABSENT) return true;
    for (size_t i = 0; i < c->with_older.count; i++) *out |= slice_equal(c->with_older.at[i], name);
    if (*out) return true;
    if (!items_count(c->house->store, &before, &count, fault)) return false;
    *out = count > 0;
    return true;
}

static void label(const struct counting *c, enum block_kind kind, struct topic_count_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        size_t at = ruleset_find(c->rules, kind, list->at[i].id);
        if (at != RULES_NOWHERE) list->at[i].label = c->rules->blocks[at].label;
    }
}

static bool report_one(struct counting *c, struct slice name, struct report_set *set, struct fault *fault) {
    const struct source *source = source_list_find(&c->house->config.sources, name);
    struct source_state state;
    struct report_post_list posts = posts_of(c, name);
    bool has_older;
    if (!sources_get(c->house->store, name, c->arena, &state, fault) || !is_followed_longer(c, name, &has_older, fault))
        return false;
    struct tally_facts facts = {.source = name,
                                .title = source == NULL ? name : source->title,
                                .from_s = c->from_s,
                                .to_s = c->to_s,
                                .has_older = has_older,
                                .failures = state.failures,
                                .all = set->all};
    struct source_report *report = &set->at[set->count];
    if (!tally_source(&facts, &posts, c->arena, report, fault)) return false;
    label(c, BLOCK_TOPIC, &report->topics);
    label(c, BLOCK_PHASE, &report->phases);
    set->count++;
    return true;
}

static void report_all(struct counting *c, struct report_set *set) {
    set->from_s = c->from_s;
    set->to_s = c->to_s;
    set->posts = (int64_t)c->posts.count;
    set->reposts = c->reposts;
    if (c->posts.count > 0) qsort(c->posts.at, c->posts.count, sizeof *c->posts.at, by_source);
    for (size_t i = 0; i < c->posts.count; i++)
        set->sources += i == 0 || !slice_equal(c->posts.at[i - 1].source, c->posts.at[i].source);
    tally_rates(&c->posts, set->all);
    tally_wrong(&c->posts, set->all_wrong);
}

/* Every source is counted, for the rhythm of all; only those asked for are handed out. */
static bool report_sources(struct counting *c, struct slice only, struct report_set *set, struct fault *fault) {
    struct slice_list names = {0};
    double sum = 0;
    size_t kept = 0;
    if (!list_names(c, &names, fault)) return false;
    set->at = arena_alloc(c->arena, names.count + 1, sizeof *set->at);
    if (set->at == NULL) return fault_memory(fault);
    for (size_t i = 0; i < names.count; i++)
        if (!report_one(c, names.at[i], set, fault)) return false;
    for (size_t i = 0; i < set->count; i++) {
        sum += set->at[i].posts_a_week;
        if (slice_is_absent(only) || slice_equal(set->at[i].source, only)) set->at[kept++] = set->at[i];
    }
    set->posts_a_week = set->sources > 0 ? sum / (double)set->sources : 0;
    set->count = kept;
    if (kept > 0 || slice_is_absent(only)) return true;
    return fault_set(fault, FAULT_USAGE, "there is no source '%.*s'; 'discern sources list' names them",
                     SLICE_ARGS(only));
}

static bool add_words(struct counting *c, const struct report_set *set, struct fault *fault) {
    struct report_post *posts[MEASURE_COUNT * REPORT_NEWEST];
    for (size_t s = 0; s < set->count; s++) {
        size_t count = 0;
        for (int m = 0; m < MEASURE_COUNT; m++)
            for (size_t i = 0; i < REPORT_NEWEST && set->at[s].newest[m][i] != NULL; i++)
                posts[count++] = set->at[s].newest[m][i];
        if (!source_report_words(c->house, c->rules, posts, count, c->arena, fault)) return false;
    }
    return true;
}

bool source_report_make(struct house *house, const struct ruleset *rules, const struct source_report_options *options,
                        struct arena *arena, struct report_set *out, struct fault *fault) {
    struct counting c = {.house = house, .rules = rules, .arena = arena, .to_s = house->options.now_s + 1};
    struct report_set set = {0};
    c.from_s = options->days > 0 ? house_today(house) - (options->days - 1) * DAY_S : WHEN_ABSENT;
    if (!cite_hosts_of(rules, arena, &c.hosts, fault) || !learn_chosen(&c, fault) || !learn_wrong(&c, fault) ||
        !take_posts(&c, fault))
        return false;
    report_all(&c, &set);
    set.waiting = c.waiting;
    if (!report_sources(&c, options->source, &set, fault)) return false;
    if (!slice_is_absent(options->source) && !add_words(&c, &set, fault)) return false;
    *out = set;
    return true;
}
