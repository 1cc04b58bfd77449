#include "base/limits.h"
#include "parse/meta.h"
#include "parse/meta_name.h"

void meta_hear(struct meta_voices *voices, struct slice value, const char *from) {
    if (voices->count == META_VOICES) return;
    for (size_t i = 0; i < voices->count; i++)
        if (voices->at[i].from == from && slice_equal(voices->at[i].value, value)) return;
    voices->at[voices->count++] = (struct meta_voice){value, from};
}

void meta_put(struct meta_fact *fact, struct slice value, int rank, const char *from) {
    value = slice_trim(value);
    if (slice_is_empty(value)) return;
    meta_hear(&fact->voices, value, from);
    if (fact->rank != 0 && fact->rank <= rank) return;
    fact->value = value;
    fact->rank = rank;
    fact->from = from;
}

bool meta_put_author(struct arena *arena, struct meta_facts *facts, struct slice name, int rank, const char *from) {
    name = slice_trim(name);
    if (slice_is_empty(meta_name(name))) return true;
    meta_hear(&facts->author_voices, name, from);
    if (facts->authors_rank != 0 && facts->authors_rank < rank) return true;
    if (facts->authors_rank != rank) facts->authors = (struct slice_list){0};
    facts->authors_rank = rank;
    facts->authors_from = from;
    return facts->authors.count >= LIMIT_AUTHORS || slice_list_add_once(arena, &facts->authors, name);
}
