#include "curate/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "curate/likeness.h"

#define ARTICLE_WORDS_LEAST 50
#define POST_WORDS_LEAST 8
#define SHORT_WORDS_LEAST 3
#define SIMHASH_BITS 3
#define POST_LIKENESS 0.70
/* What SimHash finds is looked at again: two pages of one template are not one page. */
#define ARTICLE_LIKENESS 0.60

/* A candidate and where it stands in a table of look-alikes. */
struct spot {
    uint64_t value;
    size_t index;
};

struct text {
    struct word_run words;
    struct pair_set pairs;
    uint64_t simhash;
    uint32_t minhash[MINHASH_COUNT];
};

struct group {
    const struct candidate *const *candidates;
    size_t count;
    struct text *texts;
    size_t *parent;
    struct spot *spots;
};

static size_t root_of(size_t *parent, size_t i) {
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static void join(struct group *group, size_t a, size_t b) {
    a = root_of(group->parent, a);
    b = root_of(group->parent, b);
    if (a < b) group->parent[b] = a;
    else group->parent[a] = b;
}

struct slice group_key(const struct candidate *candidate) {
    bool is_post = candidate->item->kind != ITEM_ARTICLE;
    if (is_post && slice_equal(candidate->key, candidate->item->url)) return (struct slice){NULL, 0};
    return candidate->key;
}

/* Two posts that lead to different pages are two stories however alike their words. */
static bool keys_agree(const struct candidate *a, const struct candidate *b) {
    struct slice one = group_key(a), two = group_key(b);
    return slice_is_empty(one) || slice_is_empty(two) || slice_equal(one, two);
}

static int by_spot(const void *a, const void *b) {
    const struct spot *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* Calls `look` for every two candidates with the same value; in a very full bucket each is compared with the next ones
 * only, so that a flood of copies cannot make it quadratic. */
static void each_pair(struct group *group, size_t used, void (*look)(struct group *, size_t, size_t)) {
    qsort(group->spots, used, sizeof *group->spots, by_spot);
    for (size_t i = 0; i < used; i++)
        for (size_t j = i + 1; j < used && j - i <= LIMIT_LIKENESS_BUCKET; j++) {
            if (group->spots[j].value != group->spots[i].value) break;
            if (root_of(group->parent, group->spots[i].index) != root_of(group->parent, group->spots[j].index))
                look(group, group->spots[i].index, group->spots[j].index);
        }
}

static bool is_article(const struct candidate *candidate) {
    return candidate->item->kind == ITEM_ARTICLE;
}

/* ---- a: the same page ---- */

static void look_at_keys(struct group *group, size_t a, size_t b) {
    if (slice_equal(group_key(group->candidates[a]), group_key(group->candidates[b]))) join(group, a, b);
}

static void join_same_page(struct group *group) {
    size_t used = 0;
    for (size_t i = 0; i < group->count; i++) {
        struct slice key = group_key(group->candidates[i]);
        if (!slice_is_empty(key)) group->spots[used++] = (struct spot){hash_fnv64(key, 0), i};
    }
    each_pair(group, used, look_at_keys);
}

/* ---- a repost and what it shares ---- */

static void join_reposts(struct group *group) {
    for (size_t i = 0; i < group->count; i++) {
        const struct item *repost = group->candidates[i]->item;
        if (repost->kind != ITEM_REPOST || slice_is_empty(repost->refs.reposts)) continue;
        for (size_t j = 0; j < group->count; j++) {
            const struct item *other = group->candidates[j]->item;
            if (other->kind != ITEM_REPOST && slice_equal(other->id, repost->refs.reposts)) join(group, i, j);
        }
    }
}

/* ---- b: nearly the same article ---- */

static struct slice article_text(const struct candidate *candidate) {
    if (candidate->article != NULL && candidate->article->text.len > 0) return candidate->article->text;
    return is_article(candidate) ? candidate->item->text : (struct slice){NULL, 0};
}

static void look_at_articles(struct group *group, size_t a, size_t b) {
    const struct text *one = &group->texts[a], *two = &group->texts[b];
    if (simhash_distance(one->simhash, two->simhash) <= SIMHASH_BITS &&
        pair_set_jaccard(one->pairs, two->pairs) >= ARTICLE_LIKENESS)
        join(group, a, b);
}

static bool join_same_article(struct group *group, struct arena *arena) {
    for (size_t i = 0; i < group->count; i++) {
        struct text *text = &group->texts[i];
        if (!word_run_of(article_text(group->candidates[i]), arena, &text->words)) return false;
        if (text->words.count < ARTICLE_WORDS_LEAST) continue;
        if (!pair_set_of(text->words, arena, &text->pairs)) return false;
        text->simhash = simhash_of(text->words);
    }
    /* At most three of four blocks of bits differ in three bits, so look-alikes agree in one block. */
    for (unsigned block = 0; block < SIMHASH_BITS + 1; block++) {
        size_t used = 0;
        for (size_t i = 0; i < group->count; i++)
            if (group->texts[i].words.count >= ARTICLE_WORDS_LEAST)
                group->spots[used++] = (struct spot){group->texts[i].simhash >> (16 * block) & 0xFFFF, i};
        each_pair(group, used, look_at_articles);
    }
    return true;
}

/* ---- c and d: nearly the same post ---- */

static void look_at_posts(struct group *group, size_t a, size_t b) {
    if (keys_agree(group->candidates[a], group->candidates[b]) &&
        pair_set_jaccard(group->texts[a].pairs, group->texts[b].pairs) >= POST_LIKENESS)
        join(group, a, b);
}

static void look_at_short_posts(struct group *group, size_t a, size_t b) {
    struct word_run one = group->texts[a].words, two = group->texts[b].words;
    if (one.count == two.count && memcmp(one.at, two.at, one.count * sizeof *one.at) == 0 &&
        keys_agree(group->candidates[a], group->candidates[b]))
        join(group, a, b);
}

static uint64_t hash_of_words(struct word_run words) {
    return hash_fnv64(slice_of((const char *)words.at, words.count * sizeof *words.at), 0);
}

static bool join_same_post(struct group *group, struct arena *arena) {
    for (size_t i = 0; i < group->count; i++) {
        struct text *text = &group->texts[i];
        const struct candidate *candidate = group->candidates[i];
        *text = (struct text){0};
        if (is_article(candidate)) continue;
        if (!word_run_of(candidate->item->text, arena, &text->words)) return false;
        if (text->words.count < POST_WORDS_LEAST) continue;
        if (!pair_set_of(text->words, arena, &text->pairs)) return false;
        minhash_of(text->pairs, text->minhash);
    }
    for (size_t band = 0; band < MINHASH_BANDS; band++) {
        size_t used = 0;
        for (size_t i = 0; i < group->count; i++) {
            const struct text *text = &group->texts[i];
            if (text->words.count < POST_WORDS_LEAST) continue;
            struct slice rows =
                slice_of((const char *)&text->minhash[band * MINHASH_ROWS], MINHASH_ROWS * sizeof text->minhash[0]);
            group->spots[used++] = (struct spot){hash_fnv64(rows, 0), i};
        }
        each_pair(group, used, look_at_posts);
    }
    size_t used = 0;
    for (size_t i = 0; i < group->count; i++) {
        size_t words = group->texts[i].words.count;
        if (words >= SHORT_WORDS_LEAST && words < POST_WORDS_LEAST)
            group->spots[used++] = (struct spot){hash_of_words(group->texts[i].words), i};
    }
    each_pair(group, used, look_at_short_posts);
    return true;
}

const size_t *group_candidates(const struct candidate *const *candidates, size_t count, struct arena *arena) {
    /* What texts are compared by is many times what comes of it. */
    AUTO(arena_free)
    struct arena *scratch = arena_new(LIMIT_ARENA_BYTES);
    if (scratch == NULL) return NULL;
    struct group group = {.candidates = candidates,
                          .count = count,
                          .texts = arena_alloc(scratch, count + 1, sizeof *group.texts),
                          .parent = arena_alloc(arena, count + 1, sizeof *group.parent),
                          .spots = arena_alloc(scratch, count + 1, sizeof *group.spots)};
    if (group.texts == NULL || group.parent == NULL || group.spots == NULL) return NULL;
    for (size_t i = 0; i < count; i++) group.parent[i] = i;
    join_same_page(&group);
    join_reposts(&group);
    if (!join_same_article(&group, scratch) || !join_same_post(&group, scratch)) return NULL;
    for (size_t i = 0; i < count; i++) group.parent[i] = root_of(group.parent, i);
    return group.parent;
}

/* ---- with what was shown before ---- */

bool group_print_of(const struct candidate *candidate, struct arena *arena, struct group_print *out) {
    struct word_run words;
    *out = (struct group_print){.key = group_key(candidate)};
    if (!word_run_of(utf8_cut(article_text(candidate), SHOWN_TEXT_BYTES), arena, &words)) return false;
    if (words.count >= ARTICLE_WORDS_LEAST) {
        if (!pair_set_of(words, arena, &out->article_pairs)) return false;
        out->simhash = simhash_of(words);
    }
    if (is_article(candidate)) return true;
    return word_run_of(utf8_cut(candidate->item->text, SHOWN_TEXT_BYTES), arena, &out->words) &&
           pair_set_of(out->words, arena, &out->pairs);
}

bool group_prints_agree(const struct group_print *a, const struct group_print *b) {
    if (a->article_pairs.count > 0 && b->article_pairs.count > 0 &&
        simhash_distance(a->simhash, b->simhash) <= SIMHASH_BITS &&
        pair_set_jaccard(a->article_pairs, b->article_pairs) >= ARTICLE_LIKENESS)
        return true;
    if (!slice_is_empty(a->key) && !slice_is_empty(b->key) && !slice_equal(a->key, b->key)) return false;
    if (a->words.count >= POST_WORDS_LEAST && b->words.count >= POST_WORDS_LEAST)
        return pair_set_jaccard(a->pairs, b->pairs) >= POST_LIKENESS;
    return a->words.count >= SHORT_WORDS_LEAST && a->words.count == b->words.count &&
           memcmp(a->words.at, b->words.at, a->words.count * sizeof *a->words.at) == 0;
}
