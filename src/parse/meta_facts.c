#include "parse/date.h"
#include "parse/meta.h"
#include "parse/meta_name.h"

void meta_put(struct meta_fact *fact, struct slice value, int rank, const char *from) {
    if (slice_is_empty(slice_trim(value)) || (fact->rank != 0 && fact->rank <= rank)) return;
    *fact = (struct meta_fact){.value = slice_trim(value), .rank = rank, .from = from};
}

void meta_put_date(struct meta_fact *fact, struct slice value, int rank, const char *from) {
    int64_t when;
    if (date_parse(slice_trim(value), &when)) meta_put(fact, value, rank, from);
}

bool meta_put_author(struct arena *arena, struct meta_facts *facts, struct slice name, int rank, const char *from) {
    name = slice_trim(name);
    if (slice_is_empty(meta_name(name)) || (facts->authors_rank != 0 && facts->authors_rank < rank)) return true;
    if (facts->authors_rank != rank) facts->authors = (struct slice_list){0};
    facts->authors_rank = rank;
    facts->authors_from = from;
    return slice_list_add_once(arena, &facts->authors, name);
}
