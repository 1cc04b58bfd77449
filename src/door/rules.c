#include <stdio.h>

#include "base/jtree.h"
#include "base/limits.h"
#include "classify/example.h"
#include "classify/lint.h"
#include "classify/score_labels.h"
#include "discern.h"
#include "door/document_json.h"
#include "door/input.h"
#include "door/label_json.h"
#include "door/rulebook.h"
#include "door/shipped.h"

#define SCORE_BYTES ((size_t)1024 * 1024)

struct bench {
    struct rulebook book;
    struct arena *arena;
    struct buf body, answer;
    struct score *score;
};

static void free_bench(struct bench *bench) {
    score_free(&bench->score);
    rulebook_free(&bench->book);
    arena_free(&bench->arena);
    buf_free(&bench->body);
    buf_free(&bench->answer);
}

static struct rulebook_wish wish_of(const struct discern_rules *options) {
    return (
        struct rulebook_wish){.folder = options->rules_dir, .report = options->report, .report_to = options->report_to};
}

static int end(int status, const struct fault *fault, struct discern_error *error) {
    (void)snprintf(error->text, sizeof error->text, "%s", status == DISCERN_DONE ? "" : fault->text);
    return status;
}

static int open_bench(const struct discern_rules *options, struct bench *bench, struct fault *fault) {
    struct rulebook_wish wish = wish_of(options);
    int status = rulebook_open(&wish, &bench->book, fault);
    if (status != DISCERN_DONE) return status;
    bench->arena = arena_new(LIMIT_ARENA_BYTES);
    bench->body = buf_new((size_t)LIMIT_CLASSIFY_INPUT_BYTES + 1);
    bench->answer = buf_new(SCORE_BYTES);
    bench->score = score_new(&bench->book.set, fault);
    if (bench->arena != NULL && bench->score != NULL) return DISCERN_DONE;
    fault_memory(fault);
    return DISCERN_ACT;
}

/* ---- check ---- */

static size_t of_kind(const struct ruleset *set, enum block_kind kind) {
    size_t count = 0;
    for (size_t i = 0; i < set->block_count; i++) count += set->blocks[i].kind == kind;
    return count;
}

/* How often words stand in general English, beside the rules. */
static void read_common(const struct discern_rules *options, struct buf *out) {
    char path[4096];
    struct fault fault = {0};
    const char *folder = options->rules_dir != NULL ? options->rules_dir : shipped_rules_dir();
    int written = snprintf(path, sizeof path, "%s/common-words.txt", folder);
    if (written <= 0 || (size_t)written >= sizeof path || !input_read(path, out, &fault)) buf_clear(out);
}

static bool add_lint(const struct discern_rules *options, struct bench *bench, struct problems *problems,
                     struct fault *fault) {
    struct lint_counts counts;
    read_common(options, &bench->body);
    if (!lint_rules(&bench->book.set, buf_slice(&bench->body), bench->arena, problems, &counts))
        return fault_memory(fault);
    buf_printf(&bench->answer,
               "%zu said twice, %zu in the way of stronger words, %zu that add nothing to shorter ones,\n"
               "%zu patterns tried on every text, %zu words too general by themselves\n",
               counts.twice, counts.weakened, counts.nothing_more, counts.ungated, counts.general);
    if (options->hints && problems->count >= LIMIT_PROBLEMS)
        buf_printf(&bench->answer, "the first %u are shown: mend what they name, and look again\n", LIMIT_PROBLEMS);
    return true;
}

static bool run_examples(const struct discern_rules *options, struct bench *bench, struct fault *fault) {
    struct problems problems = {.arena = bench->arena};
    struct example_counts counts = {0};
    struct rulebook_wish wish = wish_of(options);
    const struct ruleset *set = &bench->book.set;
    if (!examples_run(set, bench->arena, &problems, &counts, fault)) return false;
    if (!add_lint(options, bench, &problems, fault)) return false;
    rulebook_tell(&wish, &problems, options->hints ? PROBLEM_NOTE : PROBLEM_ERROR);
    if (counts.failed > 0)
        return fault_set(fault, FAULT_CONFIG, "%zu example%s of the rules fail%s: mend the rule or the example",
                         counts.failed, counts.failed == 1 ? "" : "s", counts.failed == 1 ? "s" : "");
    buf_printf(&bench->answer,
               "%zu topics, %zu signals, %zu myths, %zu cues hold; %zu examples passed, %zu known to fail\nrules %s\n",
               of_kind(set, BLOCK_TOPIC), of_kind(set, BLOCK_SIGNAL), of_kind(set, BLOCK_MYTH), of_kind(set, BLOCK_CUE),
               counts.passed, counts.todo, set->id);
    return true;
}

int discern_rules_check(const struct discern_rules *options, discern_write *write, void *to,
                        struct discern_error *error) {
    AUTO(free_bench)
    struct bench bench = {0};
    struct fault fault = {0};
    int status = open_bench(options, &bench, &fault);
    if (status != DISCERN_DONE) return end(status, &fault, error);
    if (!run_examples(options, &bench, &fault))
        return end(fault.kind == FAULT_CONFIG ? DISCERN_WRONG : DISCERN_ACT, &fault, error);
    return end(write(to, bench.answer.at, bench.answer.len) ? DISCERN_DONE : DISCERN_ACT, &fault, error);
}

/* ---- test ---- */

static bool score_line(struct bench *bench, struct slice line, struct fault *fault) {
    struct document document;
    struct article article;
    struct label label;
    struct verdict verdict;
    arena_reset(bench->arena);
    AUTO(jtree_free)
    struct jtree *tree = jtree_read(line, fault);
    if (tree == NULL || !document_json_read(jtree_root(tree), bench->arena, &document, &article, fault)) return false;
    if (!label_json_read(jtree_root(tree), bench->arena, &label, fault)) return false;
    if (!judge_document(bench->book.judge, &document, JUDGE_WITH_HITS, bench->arena, &verdict, fault)) return false;
    return score_add(bench->score, &document, &label, &verdict) || fault_memory(fault);
}

static bool score_file(struct bench *bench, const char *path, struct fault *fault) {
    size_t number = 0;
    if (!input_read(path, &bench->body, fault)) return fault_context(fault, "%s", path);
    struct slice rest = buf_slice(&bench->body);
    while (!slice_is_absent(rest)) {
        struct slice line = slice_trim(slice_next(&rest, '\n'));
        number++;
        if (line.len > 0 && !score_line(bench, line, fault)) return fault_context(fault, "%s:%zu", path, number);
    }
    return true;
}

int discern_rules_test(const struct discern_rules *options, const char *file, discern_write *write, void *to,
                       struct discern_error *error) {
    AUTO(free_bench)
    struct bench bench = {0};
    struct fault fault = {0};
    int status = open_bench(options, &bench, &fault);
    if (status != DISCERN_DONE) return end(status, &fault, error);
    if (!score_file(&bench, file, &fault)) return end(DISCERN_ACT, &fault, error);
    score_write(bench.score, options->form == DISCERN_JSON ? SCORE_JSON : SCORE_TEXT, &bench.answer);
    return end(write(to, bench.answer.at, bench.answer.len) ? DISCERN_DONE : DISCERN_ACT, &fault, error);
}
