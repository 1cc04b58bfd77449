#include "curate/circle.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/limits.h"
#include "curate/group.h"
#include "curate/share.h"

struct voice {
    uint64_t id;
    const struct past_link *links; /* sorted, each once */
    size_t count;
    size_t root; /* index of the first voice of its circle */
    bool in_circle;
};

uint64_t circle_voice(struct slice name) {
    return hash_fnv64(name, 1);
}

uint64_t circle_link(struct slice key) {
    return hash_fnv64(key, 0);
}

static int by_voice(const void *a, const void *b) {
    const struct past_link *x = a, *y = b;
    if (x->voice != y->voice) return x->voice < y->voice ? -1 : 1;
    return x->link < y->link ? -1 : x->link > y->link;
}

static size_t collect_links(const struct candidate_list *candidates, const struct past_link_list *past,
                            struct past_link *links) {
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        struct slice key = group_key(&candidates->at[i]);
        if (slice_is_empty(key)) continue;
        links[count++] = (struct past_link){circle_voice(share_name(&candidates->at[i])), circle_link(key)};
    }
    for (size_t i = 0; i < past->count; i++) links[count++] = past->at[i];
    qsort(links, count, sizeof *links, by_voice);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || by_voice(&links[kept - 1], &links[i]) != 0) links[kept++] = links[i];
    return kept;
}

/* The voices that shared enough to be judged, by number. */
static size_t collect_voices(const struct past_link *links, size_t count, struct voice *voices) {
    size_t voice_count = 0;
    for (size_t start = 0, end; start < count && voice_count < LIMIT_CIRCLE_VOICES; start = end) {
        for (end = start; end < count && links[end].voice == links[start].voice; end++) {}
        if (end - start < CIRCLE_LINKS) continue;
        voices[voice_count] =
            (struct voice){.id = links[start].voice, .links = &links[start], .count = end - start, .root = voice_count};
        voice_count++;
    }
    return voice_count;
}

static bool overlap(const struct voice *a, const struct voice *b) {
    size_t both = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        uint64_t x = a->links[i].link, y = b->links[j].link;
        both += x == y;
        i += x <= y;
        j += y <= x;
    }
    return (double)both >= CIRCLE_OVERLAP * (double)(a->count + b->count - both);
}

static size_t root_of(const struct voice *voices, size_t i) {
    while (voices[i].root != i) i = voices[i].root;
    return i;
}

static void join(struct voice *voices, size_t a, size_t b) {
    voices[a].in_circle = voices[b].in_circle = true;
    size_t x = root_of(voices, a), y = root_of(voices, b);
    if (x < y) voices[y].root = x;
    else voices[x].root = y;
}

static int by_id(const void *id, const void *voice) {
    uint64_t x = *(const uint64_t *)id, y = ((const struct voice *)voice)->id;
    return x < y ? -1 : x > y;
}

static bool name_circle(const struct voice *root, struct arena *arena, struct slice *out) {
    char *text = arena_printf(arena, "%016" PRIx64, root->id);
    if (text == NULL) return false;
    *out = slice_from(text);
    return true;
}

bool circle_mark(struct candidate_list *candidates, const struct past_link_list *past, struct arena *arena) {
    size_t most = candidates->count + past->count;
    struct past_link *links = arena_alloc(arena, most + 1, sizeof *links);
    struct voice *voices = arena_alloc(arena, most / CIRCLE_LINKS + 1, sizeof *voices);
    if (links == NULL || voices == NULL) return false;
    size_t count = collect_voices(links, collect_links(candidates, past, links), voices);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (overlap(&voices[i], &voices[j])) join(voices, i, j);
    for (size_t i = 0; i < candidates->count; i++) {
        struct candidate *candidate = &candidates->at[i];
        uint64_t id = circle_voice(share_name(candidate));
        const struct voice *voice = bsearch(&id, voices, count, sizeof *voices, by_id);
        if (voice == NULL || !voice->in_circle || !slice_is_empty(candidate->stats.circle)) continue;
        if (!name_circle(&voices[root_of(voices, (size_t)(voice - voices))], arena, &candidate->stats.circle))
            return false;
    }
    return true;
}
