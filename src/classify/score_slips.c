#include "classify/score_slips.h"

#include "base/mem.h"
#include "classify/sentence.h"

#define BEGINNING_BYTES 100u
#define TOLD 40u
#define ARENA_BYTES ((size_t)4 * 1024 * 1024)

static bool make_tables(struct slips *slips) {
    const struct ruleset *set = slips->set;
    slips->arena = arena_new(ARENA_BYTES);
    slips->numbers = mem_new(set->block_count + 1, sizeof *slips->numbers);
    if (slips->numbers == NULL || slips->arena == NULL) return false;
    for (size_t b = 0; b < set->block_count; b++)
        if (set->blocks[b].kind == BLOCK_TOPIC) slips->numbers[b] = (uint32_t)++slips->topics;
    slips->taken = mem_new((slips->topics + 1) * (slips->topics + 1), sizeof *slips->taken);
    return slips->taken != NULL;
}

bool slips_new(const struct ruleset *set, struct slips *out, struct fault *fault) {
    *out = (struct slips){.set = set};
    if (make_tables(out)) return true;
    slips_free(out);
    return fault_memory(fault);
}

void slips_free(struct slips *slips) {
    mem_free(slips->numbers);
    mem_free(slips->taken);
    arena_free(&slips->arena);
    *slips = (struct slips){0};
}

static uint32_t *cell(const struct slips *slips, uint32_t meant, uint32_t given) {
    return &slips->taken[(size_t)meant * (slips->topics + 1) + given];
}

/* The number of the first of the labelled alternatives that is a topic, 0 = none. */
static uint32_t number_of(const struct slips *slips, struct slice alternatives) {
    while (!slice_is_absent(alternatives)) {
        size_t block = ruleset_find(slips->set, BLOCK_TOPIC, slice_trim(slice_next(&alternatives, '|')));
        if (block != RULES_NOWHERE) return slips->numbers[block];
    }
    return 0;
}

static bool has_words(const struct verdict *verdict, struct slice alternatives) {
    for (size_t i = 0; i < verdict->hits.count; i++)
        if (verdict->hits.at[i].state == HIT_COUNTED && label_names(alternatives, verdict->hits.at[i].rule))
            return true;
    return false;
}

static bool note_unmatched(struct slips *slips, const struct document *document, struct slice topics) {
    if (slips->unmatched_count++ >= SLIPS_KEPT) return true;
    struct unmatched *kept = &slips->unmatched[slips->unmatched_count - 1];
    struct slice text = slice_is_empty(document->title) ? document->text : document->title;
    return arena_copy(slips->arena, document->id, &kept->document) && arena_copy(slips->arena, topics, &kept->topics) &&
           arena_copy(slips->arena, sentence_around(text, 0, 0, BEGINNING_BYTES), &kept->words);
}

bool slips_add(struct slips *slips, const struct document *document, const struct label *label,
               const struct verdict *verdict) {
    for (size_t i = 0; i < label->topics.count; i++) {
        struct slice meant = label->topics.at[i];
        bool found = false;
        for (size_t j = 0; j < verdict->topics.count; j++) found |= label_names(meant, verdict->topics.at[j].id);
        if (found) continue;
        if (!has_words(verdict, meant) && !note_unmatched(slips, document, meant)) return false;
        for (size_t j = 0; j < verdict->topics.count; j++)
            if (!label_means(label, verdict->topics.at[j].id))
                ++*cell(slips, number_of(slips, meant), number_of(slips, verdict->topics.at[j].id));
    }
    return true;
}

/* ---- writing ---- */

static struct slice topic_id(const struct slips *slips, uint32_t number) {
    for (size_t b = 0; b < slips->set->block_count && number > 0; b++)
        if (slips->numbers[b] == number) return slips->set->blocks[b].id;
    return SLICE("(no topic of the rules)");
}

struct pair {
    uint32_t meant, given, times;
};

/* The commonest pair that comes behind `last` in the order of how common they are. */
static struct pair next_pair(const struct slips *slips, const struct pair *last) {
    struct pair best = {0};
    for (uint32_t m = 0; m <= slips->topics; m++)
        for (uint32_t g = 0; g <= slips->topics; g++) {
            struct pair pair = {m, g, *cell(slips, m, g)};
            bool behind = pair.times < last->times ||
                          (pair.times == last->times && (m > last->meant || (m == last->meant && g > last->given)));
            if (behind && pair.times > best.times) best = pair;
        }
    return best;
}

void slips_write_text(const struct slips *slips, struct buf *out) {
    struct pair pair = next_pair(slips, &(struct pair){0, 0, UINT32_MAX});
    if (pair.times > 0) buf_add_text(out, "\ntopic as labelled           given instead              times\n");
    for (size_t n = 0; pair.times > 0 && n < TOLD; pair = next_pair(slips, &pair), n++)
        buf_printf(out, "%-26.*s  %-26.*s %5u\n", SLICE_ARGS(topic_id(slips, pair.meant)),
                   SLICE_ARGS(topic_id(slips, pair.given)), pair.times);
    if (slips->unmatched_count > 0)
        buf_printf(out, "\nno rule matched (a topic was labelled, and none of its words counts): %zu\n",
                   slips->unmatched_count);
    for (size_t i = 0; i < slips->unmatched_count && i < TOLD; i++)
        buf_printf(out, "%.*s  %.*s: %.*s\n", SLICE_ARGS(slips->unmatched[i].document),
                   SLICE_ARGS(slips->unmatched[i].topics), SLICE_ARGS(slips->unmatched[i].words));
    if (slips->unmatched_count > TOLD)
        buf_printf(out, "… and %zu more (--json lists them)\n", slips->unmatched_count - TOLD);
}

void slips_write_json(const struct slips *slips, struct jwrite *json) {
    jwrite_key(json, "confusions");
    jwrite_array(json);
    for (struct pair pair = next_pair(slips, &(struct pair){0, 0, UINT32_MAX}); pair.times > 0;
         pair = next_pair(slips, &pair)) {
        jwrite_object(json);
        jwrite_member(json, "labelled", topic_id(slips, pair.meant));
        jwrite_member(json, "given", topic_id(slips, pair.given));
        jwrite_member_int(json, "times", pair.times);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
    jwrite_key(json, "unmatched");
    jwrite_array(json);
    for (size_t i = 0; i < slips->unmatched_count && i < SLIPS_KEPT; i++) {
        jwrite_object(json);
        jwrite_member(json, "id", slips->unmatched[i].document);
        jwrite_member(json, "topics", slips->unmatched[i].topics);
        jwrite_member(json, "words", slips->unmatched[i].words);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}
