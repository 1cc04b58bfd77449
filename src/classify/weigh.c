#include "classify/weigh.h"

#include <math.h>

const struct tally *weigh_tally(const struct judge *judge, size_t block) {
    const struct tally *tally = &judge->tallies[block];
    return tally->stamp == judge->stamp && tally->count > 0 ? tally : NULL;
}

uint32_t weigh_marked(const struct judge *judge, enum mark mark) {
    uint32_t sum = 0;
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        const struct tally *tally = judge->roles[i].mark == mark ? weigh_tally(judge, i) : NULL;
        if (tally != NULL) sum += tally->count;
    }
    return sum;
}

bool weigh_is_title(enum field field) {
    return field == FIELD_TITLE || field == FIELD_ARTICLE_TITLE;
}

struct slice weigh_words(const struct judge *judge, const struct raw_hit *hit) {
    for (size_t i = 0; i < judge->field_count; i++)
        if (judge->fields[i].field == (enum field)hit->field)
            return slice_part(judge->fields[i].text, hit->start, hit->end);
    return (struct slice){NULL, 0};
}

double weigh_needs(double needs, double grows, double from, double words) {
    return words > from && from > 0 ? needs + grows * log2(words / from) : needs;
}

/* A short post has no title: its first words, or all of them, stand for one. */
#define TITLELESS_WORDS 60
#define TITLELESS_BYTES 120

static bool stands_for_title(const struct judge *judge, const struct raw_hit *hit) {
    if (weigh_is_title((enum field)hit->field)) return true;
    if (!slice_is_empty(judge->document->title) || hit->field != FIELD_POST) return false;
    return judge->match.words[FIELD_POST] < TITLELESS_WORDS || hit->start < TITLELESS_BYTES;
}

bool weigh_listens(const struct judge *judge, const struct raw_hit *hit) {
    const struct role *role = &judge->roles[hit->block];
    if (hit->state != HIT_COUNTED) return false;
    if (hit->field == FIELD_AUTHOR || hit->field == FIELD_REFERENCE) return false;
    if ((hit->field == FIELD_HOST) != role->link_only) return false;
    return !role->title_only || stands_for_title(judge, hit);
}

bool weigh_say(const struct judge *judge, enum reason reason, const struct slice *gaps, struct arena *arena,
               struct slice_list *list) {
    struct slice words = judge->reasons.at[reason];
    if (gaps != NULL && !reason_fill(words, gaps, arena, &words)) return false;
    return slice_list_add_once(arena, list, words);
}
