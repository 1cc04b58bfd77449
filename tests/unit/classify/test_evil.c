/* Patterns written to run for ever, on texts written for them: each document ends in time, the answer is the same with
 * machine code and without it wherever it was decided, and a pattern that takes too long rests after three. */
#include "classify/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/limits.h"
#include "classify/judge.h"
#include "classify/matcher.h"

#define TEXT_BYTES 70000u
/* Of the checked build under load; the release is held to LIMIT_JUDGE_CPU_MS by scripts/bench. */
#define DOCUMENT_MS 100

static const char *const patterns[] = {"(a+)+$",
                                       "^(\\w+\\s?)+$",
                                       "(a|aa)+$",
                                       "(a|a?)+b",
                                       "(?:a+)+b",
                                       "([a-z]+)*\\d",
                                       "(.*)(.*)(.*)(.*)(.*)x",
                                       "a*a*a*a*b",
                                       "a*a*a*a*a*a*a*a*b",
                                       ".*.*.*=.*",
                                       "\\b(?:\\w+\\W+){0,30}word\\b",
                                       "\\b(?:\\w+ ){1,50}\\w+ zebra",
                                       "\\w*\\d*\\w*\\d*\\w*z",
                                       "(?:a|b|ab)*c",
                                       "(?:a|ab|aba|abab)+c",
                                       "\\s*\\s*\\s*;",
                                       " +$",
                                       "[^x]*[^y]*[^z]*q",
                                       "(?=.*a)(?=.*b)(?=.*c).*d",
                                       "(?:(?:a{1,20}){1,20}){1,20}b",
                                       "(\\w+)\\s+\\1\\s+\\1x",
                                       "(a*)*b",
                                       "(?:.{0,40}a){6}b",
                                       "a.*b.*c.*d.*e.*f",
                                       "(?:\\w+,? )+and",
                                       "the.{0,200}the.{0,200}the.{0,200}zebra",
                                       "(?:[a-z ]+[.!?])+ *end",
                                       "(?<!a)a{0,500}b",
                                       "\\bno(?: \\w+){0,20} (?:\\w+ ){0,20}(?:\\w+ ){0,20}zebra",
                                       "(?:x+x+)+y"};

static struct arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_new(LIMIT_ARENA_BYTES);
    return arena == NULL;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static double cpu_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The rules with this one pattern; false when reading refuses it, which is an answer as well. */
static bool read_pattern(const char *pattern, struct ruleset *out) {
    struct fault fault = {0};
    struct problems problems = {.arena = arena};
    char *text = arena_printf(arena,
                              "group g G\ntopic a A\n  parent g\n  strong fine print\n  regex /%s/\n  yes fine print\n"
                              "  no q\n",
                              pattern);
    assert_non_null(text);
    struct rules_file *file = arena_alloc(arena, 1, sizeof *file);
    assert_non_null(file);
    *file = (struct rules_file){SLICE("evil.rules"), slice_from(text)};
    assert_true(ruleset_read(file, 1, arena, out, &problems, &fault));
    return problems.errors == 0;
}

static void fill(char *out, size_t len, size_t which) {
    static const char *const units[] = {"a",    "ab",     "aab ", "the cat ", "a b c d e f ", " ",     ". ",
                                        "x",    "xxxxx ", "no ",  "1a",       "word",         "zebr ", "=",
                                        "\n\n", "the ",   "abab", "a, ",      "q.",           "(a)"};
    const char *unit = units[which % (sizeof units / sizeof units[0])];
    size_t unit_len = strlen(unit);
    for (size_t i = 0; i < len; i++) out[i] = unit[i % unit_len];
    static const char tail[] = " fine print q";
    for (size_t i = 0; i + 1 < sizeof tail; i++) out[len - (sizeof tail - 1) + i] = tail[i];
}

static void match_text(struct scratch *scratch, const struct ruleset *set, struct slice text, struct match *match) {
    struct fault fault = {0};
    const struct field_text field = {FIELD_ARTICLE, text};
    double before = cpu_ms();
    assert_true(match_document(scratch, set, &field, 1, match, &fault));
    double took = cpu_ms() - before;
#ifdef __SANITIZE_ADDRESS__
    took /= 4;
#endif
    if (took > DOCUMENT_MS) print_message("%.1f ms: %s\n", took, set->blocks[1].lines[2].text.at);
    assert_true(took <= DOCUMENT_MS);
}

static void evil_patterns_end_in_time_and_answer_alike_with_and_without_machine_code(void **state) {
    (void)state;
    static char text[TEXT_BYTES];
    size_t tried = 0, refused = 0, undecided = 0;
    for (size_t p = 0; p < COUNT_OF(patterns); p++) {
        struct fault fault = {0};
        AUTO(ruleset_free)
        struct ruleset set = {0};
        AUTO(ruleset_free)
        struct ruleset slow = {0};
        if (!read_pattern(patterns[p], &set)) {
            refused++;
            continue;
        }
        assert_true(read_pattern(patterns[p], &slow));
        matcher_interpret(slow.matcher);
        for (size_t t = 0; t < 20; t++) {
            AUTO(scratch_free)
            struct scratch *scratch = scratch_new(&set, &fault);
            AUTO(scratch_free)
            struct scratch *other = scratch_new(&slow, &fault);
            struct match match, same;
            /* Short enough that the clock plays no part, then as long as may be. */
            fill(text, t % 2 == 0 ? 400 : sizeof text - 1, t);
            const struct slice whole = slice_of(text, t % 2 == 0 ? 400 : sizeof text - 1);
            match_text(scratch, &set, whole, &match);
            match_text(other, &slow, whole, &same);
            tried++;
            undecided += match.undecided_count > 0;
            if (match.undecided_count > 0 || same.undecided_count > 0) continue;
            if (match.hit_count != same.hit_count) print_message("%s: text %zu\n", patterns[p], t);
            assert_int_equal(match.hit_count, same.hit_count);
            assert_memory_equal(match.hits, same.hits, match.hit_count * sizeof *match.hits);
        }
    }
    print_message("%zu refused at reading, %zu tried, %zu left undecided\n", refused, tried, undecided);
    assert_true(refused >= 3 && tried >= 300);
}

/* `text` four times: undecided and named each time, resting from the fourth on. */
static void rests_after_three(const char *pattern, struct slice text) {
    struct fault fault = {0};
    AUTO(ruleset_free)
    struct ruleset set = {0};
    struct resting resting[4];
    assert_true(read_pattern(pattern, &set));
    AUTO(judge_free)
    struct judge *judge = judge_new(&set, &fault);
    assert_non_null(judge);
    struct article article;
    article_init(&article);
    article.text = text;
    const struct document document = {.id = SLICE("d"), .text = SLICE("Read this."), .article = &article};
    for (int i = 0; i < 4; i++) {
        struct verdict verdict;
        assert_int_equal(judge_resting(judge, resting, 4), i >= 3 ? 1 : 0);
        assert_true(judge_document(judge, &document, JUDGE_WITH_HITS, arena, &verdict, &fault));
        assert_true(verdict.skipped.count > 0);
    }
    assert_int_equal(judge_resting(judge, resting, 4), 1);
    assert_true(slice_equal(resting[0].block->id, SLICE("a")));
    assert_int_equal(resting[0].line->place.line, 5);
}

static void a_pattern_that_reaches_its_ceiling_or_the_clock_is_named_and_rests_after_three(void **state) {
    (void)state;
    static char text[TEXT_BYTES];
    fill(text, 400, 0);
    rests_after_three("(a|aa)+$", slice_of(text, 400));
    for (size_t i = 0; i < sizeof text; i++) text[i] = "word "[i % 5];
    rests_after_three("(?=.*a)(?=.*b)(?=.*c).*d", slice_of(text, sizeof text));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(evil_patterns_end_in_time_and_answer_alike_with_and_without_machine_code,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pattern_that_reaches_its_ceiling_or_the_clock_is_named_and_rests_after_three,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
