#include "classify/need_cost.h"

#include <string.h>

#include "base/attr.h"
#include "classify/need_set.h"

/* Marks that are rare in prose, the rarer the later; used when a string holds no word whose beginning is known. */
double need_mark_cost(char c) {
    if (c == ' ' || c == NEED_BORDER) return NEED_COST_EVERYWHERE;
    if (c == NEED_START) return 30; /* every short text has one */
    if (c == '\n') return 5;
    if (c == '.' || c == ',') return 60;
    if (c == '-' || c == '\'' || c == '"') return 20;
    return strchr("():;?!/", c) != NULL ? 8 : 1;
}

struct common {
    char word[8];
    unsigned char times; /* among a thousand words of English, and of schools */
};

/* By their first letter, so that a word is compared with few of them. */
static const struct common in_a[] = {{"and", 27}, {"a", 22},  {"as", 6},    {"at", 5},  {"are", 5},
                                     {"an", 3},   {"all", 3}, {"about", 2}, {"also", 2}},
                           in_b[] = {{"be", 6}, {"by", 5}, {"but", 4}},
                           in_c[] = {{"class", 4}, {"can", 3}, {"child", 3}, {"could", 2}}, in_d[] = {{"do", 3}},
                           in_f[] = {{"for", 9}, {"from", 4}}, in_g[] = {{"get", 2}},
                           in_h[] = {{"he", 6}, {"have", 5}, {"has", 3}, {"how", 3}, {"had", 2}, {"help", 2}},
                           in_i[] = {{"in", 18}, {"is", 10}, {"it", 10}, {"i", 8}, {"if", 3}, {"into", 2}},
                           in_j[] = {{"just", 2}}, in_l[] = {{"learn", 4}, {"like", 2}, {"lesson", 2}},
                           in_m[] = {{"my", 2}, {"more", 2}, {"make", 2}, {"made", 2}},
                           in_n[] = {{"not", 5}, {"new", 2}}, in_o[] = {{"of", 29}, {"on", 7},  {"or", 4},   {"one", 3},
                                                                        {"our", 2}, {"out", 2}, {"other", 2}},
                           in_p[] = {{"pupil", 3}}, in_r[] = {{"read", 3}},
                           in_s[] = {{"student", 4}, {"school", 3}, {"so", 2}, {"should", 2}, {"some", 2}},
                           in_t[] = {{"the", 60},  {"to", 26},   {"that", 11}, {"this", 5}, {"they", 4}, {"teach", 4},
                                     {"there", 3}, {"their", 3}, {"them", 2},  {"time", 2}, {"these", 2}},
                           in_u[] = {{"up", 2}, {"use", 2}},
                           in_w[] = {{"was", 8}, {"with", 7},  {"we", 4},   {"were", 3},  {"will", 3}, {"what", 3},
                                     {"who", 2}, {"which", 2}, {"when", 2}, {"would", 2}, {"work", 2}},
                           in_y[] = {{"you", 7}, {"your", 2}, {"year", 2}};

static const struct common *common_in(char letter, size_t *count) {
    switch (letter) {
        case 'a': *count = COUNT_OF(in_a); return in_a;
        case 'b': *count = COUNT_OF(in_b); return in_b;
        case 'c': *count = COUNT_OF(in_c); return in_c;
        case 'd': *count = COUNT_OF(in_d); return in_d;
        case 'f': *count = COUNT_OF(in_f); return in_f;
        case 'g': *count = COUNT_OF(in_g); return in_g;
        case 'h': *count = COUNT_OF(in_h); return in_h;
        case 'i': *count = COUNT_OF(in_i); return in_i;
        case 'j': *count = COUNT_OF(in_j); return in_j;
        case 'l': *count = COUNT_OF(in_l); return in_l;
        case 'm': *count = COUNT_OF(in_m); return in_m;
        case 'n': *count = COUNT_OF(in_n); return in_n;
        case 'o': *count = COUNT_OF(in_o); return in_o;
        case 'p': *count = COUNT_OF(in_p); return in_p;
        case 'r': *count = COUNT_OF(in_r); return in_r;
        case 's': *count = COUNT_OF(in_s); return in_s;
        case 't': *count = COUNT_OF(in_t); return in_t;
        case 'u': *count = COUNT_OF(in_u); return in_u;
        case 'w': *count = COUNT_OF(in_w); return in_w;
        case 'y': *count = COUNT_OF(in_y); return in_y;
        default: *count = 0; return NULL;
    }
}

/* A word that begins like this. */
static double word_cost(struct slice atom) {
    double cost = 60;
    size_t count;
    const struct common *common = common_in(atom.at[0], &count);
    for (size_t i = 0; i < atom.len; i++) cost *= 0.4;
    for (size_t i = 0; i < count; i++) {
        size_t len = strnlen(common[i].word, sizeof common[i].word), shared = len < atom.len ? len : atom.len;
        if (memcmp(common[i].word, atom.at, shared) != 0) continue;
        if (atom.len <= len || (atom.len == len + 1 && !need_is_letter(atom.at[len]))) cost += common[i].times;
        else if (!need_is_letter(atom.at[len])) cost += common[i].times / 25.0;
    }
    return cost;
}

double need_cost(struct slice atom) {
    if (atom.at == NULL || atom.len == 0) return NEED_COST_EVERYWHERE;
    if (atom.len == 1 && !need_is_letter(atom.at[0])) return need_mark_cost(atom.at[0]);
    if (atom.len == 1 && atom.at[0] <= '9') return 6;
    return word_cost(atom);
}
