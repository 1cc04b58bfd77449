#include "stage/cite_hosts.h"

/* A link to a place where things are sold is nothing that a text rests on. */
static bool is_source(const struct rule_block *block) {
    return block->kind == BLOCK_HOSTS && !slice_equal(block_fact(block, "mark"), SLICE("promotion"));
}

static bool add_line(const struct rule_block *block, const struct rule_line *line, struct arena *arena,
                     struct cite_host **hosts, size_t *count, size_t *capacity) {
    for (size_t i = 0; i < line->words.count; i++) {
        struct cite_host *more = arena_grow(arena, *hosts, *count, capacity, sizeof *more);
        if (more == NULL) return false;
        *hosts = more;
        more[(*count)++] = (struct cite_host){.host = slice_trim(line->words.at[i]), .host_class = block->id};
    }
    return true;
}

bool cite_hosts_of(const struct ruleset *set, struct arena *arena, struct cite_hosts *out, struct fault *fault) {
    struct cite_host *hosts = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < set->block_count; i++) {
        const struct rule_block *block = &set->blocks[i];
        for (size_t k = 0; is_source(block) && k < block->count; k++)
            if (block->lines[k].kind == LINE_HOST &&
                !add_line(block, &block->lines[k], arena, &hosts, &count, &capacity))
                return fault_memory(fault);
    }
    *out = (struct cite_hosts){.at = hosts, .count = count};
    return true;
}
