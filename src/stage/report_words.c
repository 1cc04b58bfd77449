/* The words that set a flag: the post judged again, with the places where words of the rules stand. */
#include "base/buf.h"
#include "classify/judge.h"
#include "classify/source_flags.h"
#include "stage/source_report.h"
#include "store/verdicts.h"

#define QUOTES_MOST 4
#define QUOTE_BYTES 100u
#define WORDS_BYTES 4096

/* What is quoted for one flag of one post. */
struct quoting {
    struct buf text;
    struct slice said[QUOTES_MOST], label; /* label: of the last */
    size_t count;
};

static bool was_said(const struct quoting *quoting, struct slice words) {
    for (size_t i = 0; i < quoting->count; i++)
        if (slice_find_nocase(quoting->said[i], words, 0) != SLICE_NOT_FOUND) return true;
    return false;
}

/* Label: “words”, “words”; words within others once. */
static void quote(struct quoting *quoting, struct slice label, struct slice words) {
    words = slice_trim(words);
    if (words.len > QUOTE_BYTES) {
        size_t cut = QUOTE_BYTES;
        while (cut > 0 && ((unsigned char)words.at[cut] & 0xC0) == 0x80) cut--;
        words.len = cut;
    }
    if (words.len == 0 || quoting->count == QUOTES_MOST || was_said(quoting, words)) return;
    quoting->said[quoting->count++] = words;
    if (slice_equal(quoting->label, label)) buf_add_text(&quoting->text, ", ");
    else buf_printf(&quoting->text, "%s%.*s: ", quoting->text.len > 0 ? "; " : "", SLICE_ARGS(label));
    quoting->label = label;
    buf_printf(&quoting->text, "\xE2\x80\x9C%.*s\xE2\x80\x9D", SLICE_ARGS(words));
}

/* Whether the block's words are worth quoting for this flag, given the whole verdict. */
static bool speaks_for(const struct rule_block *block, enum report_measure measure, const struct verdict *verdict) {
    if (source_flag_of(block) != measure) return false;
    if (measure != MEASURE_MYTH) return true;
    for (size_t i = 0; i < verdict->myth_ids.count; i++)
        if (slice_equal(verdict->myth_ids.at[i], block->id)) return true;
    return false;
}

static const struct rule_block *block_of(const struct ruleset *rules, struct slice id) {
    static const enum block_kind kinds[] = {BLOCK_SIGNAL, BLOCK_MYTH, BLOCK_HOSTS};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        size_t at = ruleset_find(rules, kinds[i], id);
        if (at != RULES_NOWHERE) return &rules->blocks[at];
    }
    return NULL;
}

static void quote_hits(const struct ruleset *rules, const struct verdict *verdict, enum report_measure measure,
                       struct quoting *quoting) {
    for (size_t i = 0; i < verdict->hits.count; i++) {
        const struct hit *hit = &verdict->hits.at[i];
        const struct rule_block *block = hit->state == HIT_COUNTED ? block_of(rules, hit->rule) : NULL;
        if (block != NULL && speaks_for(block, measure, verdict)) quote(quoting, block->label, hit->text);
    }
}

/* What can be traced may stand in a link or in the linked page: the verdict's own reasons say which. */
static void add_reasons(const struct verdict *verdict, struct quoting *quoting) {
    for (size_t i = 0; i < verdict->because.count && i < QUOTES_MOST; i++)
        buf_printf(&quoting->text, "%s%.*s", quoting->text.len > 0 ? "; " : "", SLICE_ARGS(verdict->because.at[i]));
}

static bool set_words(const struct ruleset *rules, const struct verdict *verdict, struct report_post *post,
                      enum report_measure measure, struct arena *arena, struct fault *fault) {
    struct quoting quoting = {.text = buf_new(WORDS_BYTES)};
    if (measure == MEASURE_TRACEABLE) add_reasons(verdict, &quoting);
    else quote_hits(rules, verdict, measure, &quoting);
    /* What is cut at the ceiling is words enough. */
    bool copied = quoting.text.len == 0 || arena_copy(arena, buf_slice(&quoting.text), &post->words[measure]);
    buf_free(&quoting.text);
    return copied || fault_memory(fault);
}

bool source_report_words(struct house *house, const struct ruleset *rules, struct report_post *const *posts,
                         size_t count, struct arena *arena, struct fault *fault) {
    AUTO(judge_free)
    struct judge *judge = judge_new(rules, fault);
    if (judge == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        struct to_judge input;
        struct verdict verdict;
        if (!verdicts_document(house->store, posts[i]->row, arena, &input, fault)) return false;
        if (!judge_document(judge, &input.document, JUDGE_WITH_HITS, arena, &verdict, fault)) return false;
        for (int m = 0; m < MEASURE_COUNT; m++) {
            enum report_measure measure = (enum report_measure)m;
            bool wanted = (posts[i]->flags & REPORT_FLAG(m)) != 0 && report_is_flag(measure);
            if (wanted && slice_is_absent(posts[i]->words[m]) &&
                !set_words(rules, &verdict, posts[i], measure, arena, fault))
                return false;
        }
    }
    return true;
}
