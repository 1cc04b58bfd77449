#include "stage/syntheses.h"

#include "base/limits.h"
#include "stage/rules_kept.h"

static bool add_one(struct arena *arena, const struct synthesis_note *note, struct synthesis_note_list *out) {
    struct synthesis_note *more = arena_grow(arena, out->at, out->count, &out->capacity, sizeof *more);
    if (more == NULL) return false;
    out->at = more;
    more[out->count++] = *note;
    return true;
}

/* "TITLE (PUBLISHER, DATE)", as a verdict's note names it, and what it says where the rules quote it. */
static bool add_block(struct arena *arena, const struct rule_block *block, struct synthesis_note_list *out) {
    struct slice topics = block_fact(block, "topic"), says = block_fact(block, "says");
    struct slice publisher = block_fact(block, "publisher"), date = block_fact(block, "date");
    char *name =
        arena_printf(arena, "%.*s (%.*s, %.*s)", SLICE_ARGS(block->label), SLICE_ARGS(publisher), SLICE_ARGS(date));
    char *words = name == NULL || slice_is_empty(says) ? name : arena_printf(arena, "%s: %.*s", name, SLICE_ARGS(says));
    struct synthesis_note note = {.name = slice_from(name), .words = slice_from(words)};
    if (words == NULL || !arena_copy(arena, block_fact(block, "url"), &note.url)) return false;
    while (!slice_is_absent(topics)) {
        if (!arena_copy(arena, slice_trim(slice_next(&topics, '|')), &note.topic)) return false;
        if (!slice_is_empty(note.topic) && !add_one(arena, &note, out)) return false;
    }
    return true;
}

bool syntheses_of(const struct house *house, struct arena *arena, struct synthesis_note_list *out,
                  struct fault *fault) {
    AUTO(arena_free)
    struct arena *scratch = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct rules_force force;
    struct fault none = {0};
    if (scratch == NULL) return fault_memory(fault);
    struct problems ignored = {.arena = scratch};
    *out = (struct synthesis_note_list){0};
    if (!rules_in_force(house, scratch, &rules, &force, &ignored, &none))
        return none.kind != FAULT_MEMORY || fault_memory(fault);
    for (size_t i = 0; i < rules.block_count; i++)
        if (rules.blocks[i].kind == BLOCK_SYNTHESIS && !add_block(arena, &rules.blocks[i], out))
            return fault_memory(fault);
    return true;
}
