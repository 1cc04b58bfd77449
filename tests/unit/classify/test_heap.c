/* Once it has seen the first documents, a large one among them, judging takes no memory from the heap: not its own
 * code's, not PCRE2's, not the C library's. */
#include "classify/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "classify/match.h"
#include "stage/rules_load.h"

#if !defined(__SANITIZE_ADDRESS__) && defined(__GLIBC__)
#define COUNTS_HEAP 1
#endif

static size_t taken;

#ifdef COUNTS_HEAP
/* glibc's own names behind the ones that are stood in for here: every allocation of the process counts. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *at, size_t size);

void *malloc(size_t size) {
    taken++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    taken++;
    return __libc_calloc(count, size);
}

void *realloc(void *at, size_t size) {
    taken++;
    return __libc_realloc(at, size);
}
#endif

static struct arena *rules_arena;
static struct ruleset rules;

static int load(void **state) {
    (void)state;
    struct fault fault = {0};
    rules_arena = arena_new(LIMIT_ARENA_BYTES);
    struct problems problems = {.arena = rules_arena};
    const char *root = getenv("DISCERN_ROOT");
    char *folder = arena_printf(rules_arena, "%s/config/rules", root == NULL ? "." : root);
    assert_true(rules_load(folder, rules_arena, &rules, &problems, &fault));
    assert_int_equal(problems.errors, 0);
    return 0;
}

static int unload(void **state) {
    (void)state;
    ruleset_free(&rules);
    arena_free(&rules_arena);
    return 0;
}

/* All examples of the rules, one behind the other, over and over. */
static struct buf long_text(size_t bytes) {
    struct buf text = buf_new(bytes * 2);
    while (text.len < bytes)
        for (size_t b = 0; b < rules.block_count && text.len < bytes; b++)
            for (size_t i = 0; i < rules.blocks[b].count && text.len < bytes; i++)
                if (rules.blocks[b].lines[i].kind == LINE_YES || rules.blocks[b].lines[i].kind == LINE_NO)
                    buf_printf(&text, "%.*s\n", SLICE_ARGS(rules.blocks[b].lines[i].text));
    return text;
}

static void judge_once(struct judge *judge, struct slice text, struct arena *arena) {
    struct fault fault = {0};
    struct verdict verdict;
    const struct document document = {.id = SLICE("d"), .text = text};
    arena_reset(arena);
    assert_true(judge_document(judge, &document, JUDGE_WITH_HITS, arena, &verdict, &fault));
}

static void after_the_first_documents_judging_takes_nothing_from_the_heap(void **state) {
    (void)state;
#ifndef COUNTS_HEAP
    skip();
#endif
    struct fault fault = {0};
    AUTO(judge_free)
    struct judge *judge = judge_new(&rules, &fault);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf large = long_text((size_t)LIMIT_POST_TEXT_BYTES);
    for (int i = 0; i < MATCH_WARM_DOCUMENTS; i++) judge_once(judge, buf_slice(&large), arena);
    size_t before = taken, judged = 0;
    assert_true(before > 0);
    for (size_t b = 0; b < rules.block_count; b++)
        for (size_t i = 0; i < rules.blocks[b].count; i++) {
            const struct rule_line *line = &rules.blocks[b].lines[i];
            if (line->kind != LINE_YES && line->kind != LINE_NO) continue;
            judge_once(judge, line->text, arena);
            judged++;
        }
    for (int i = 0; i < 3; i++) judge_once(judge, buf_slice(&large), arena);
    assert_true(judged > 300);
    assert_int_equal(taken, before);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_the_first_documents_judging_takes_nothing_from_the_heap),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
