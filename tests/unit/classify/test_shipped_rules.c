#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "classify/example.h"
#include "classify/judge.h"
#include "stage/rules_load.h"

struct shop {
    struct arena *rules_arena, *arena;
    struct ruleset set;
    struct problems problems;
    struct judge *judge;
};

static void print_problems(const struct problems *problems) {
    for (size_t i = 0; i < problems->count; i++) {
        AUTO(buf_free)
        struct buf text = buf_new(65536);
        problem_describe(&problems->at[i], &text);
        print_error("%s\n", buf_text(&text));
    }
}

static int set_up(void **state) {
    struct fault fault = {0};
    char folder[4096];
    const char *root = getenv("DISCERN_ROOT");
    struct shop *shop = calloc(1, sizeof *shop);
    assert_non_null(shop);
    (void)snprintf(folder, sizeof folder, "%s/config/rules", root == NULL ? "." : root);
    shop->rules_arena = arena_new(LIMIT_ARENA_BYTES);
    shop->arena = arena_new(LIMIT_ARENA_BYTES);
    shop->problems = (struct problems){.arena = shop->rules_arena};
    assert_true(rules_load(folder, shop->rules_arena, &shop->set, &shop->problems, &fault));
    if (shop->problems.errors > 0) print_problems(&shop->problems);
    assert_int_equal(shop->problems.errors, 0);
    shop->judge = judge_new(&shop->set, &fault);
    assert_non_null(shop->judge);
    *state = shop;
    return 0;
}

static int tear_down(void **state) {
    struct shop *shop = *state;
    judge_free(&shop->judge);
    ruleset_free(&shop->set);
    arena_free(&shop->arena);
    arena_free(&shop->rules_arena);
    free(shop);
    return 0;
}

static struct verdict judged(struct shop *shop, const struct document *document) {
    struct verdict verdict;
    struct fault fault = {0};
    assert_true(judge_document(shop->judge, document, JUDGE_WITH_HITS, shop->arena, &verdict, &fault));
    return verdict;
}

static struct verdict judged_text(struct shop *shop, const char *text) {
    struct document document = {.id = SLICE("1"), .text = slice_from(text)};
    return judged(shop, &document);
}

static bool has_topic(const struct verdict *verdict, const char *id) {
    for (size_t i = 0; i < verdict->topics.count; i++)
        if (slice_equal(verdict->topics.at[i].id, slice_from(id))) return true;
    return false;
}

static void every_rule_meets_its_own_examples(void **state) {
    struct shop *shop = *state;
    struct fault fault = {0};
    struct example_counts counts = {0};
    struct problems problems = {.arena = shop->rules_arena};
    assert_true(examples_run(&shop->set, shop->arena, &problems, &counts, &fault));
    if (counts.failed > 0) print_problems(&problems);
    assert_int_equal(counts.failed, 0);
    assert_true(counts.passed > 300);
}

static void an_exit_ticket_is_an_idea_about_formative_assessment(void **state) {
    struct verdict verdict = judged_text(
        *state, "3 ways to use exit tickets: ask pupils to write one thing they learned, sort the slips, then plan the "
                "next lesson from the piles. Give your class two minutes.");
    assert_true(verdict.is_idea);
    assert_true(has_topic(&verdict, "formative-assessment"));
    assert_int_equal(verdict.level, 0);
    assert_false(verdict.promotion);
}

static void a_text_outside_education_gets_no_topic_and_is_no_idea(void **state) {
    struct verdict verdict =
        judged_text(*state, "The striker scored twice and the manager praised the feedback from the fans.");
    assert_int_equal(verdict.topics.count, 0);
    assert_false(verdict.is_idea);
    assert_int_equal(verdict.level, 0);
}

static void levels_follow_what_can_be_traced(void **state) {
    static const struct {
        int level;
        const char *text;
    } cases[] = {
        {0, "Pupils should quiz each other before the lesson ends."},
        {1, "I tried low-stakes quizzes with my class for a term. My pupils remembered more and it worked well."},
        {2, "Research shows that retrieval practice helps pupils remember."},
        {3, "Retrieval practice beats re-reading for pupils (Roediger and Karpicke, 2006)."},
        {4, "A meta-analysis of retrieval practice in classrooms found gains for pupils."},
        {4, "Pupils gain from testing (Roediger and Karpicke, 2006) and from spacing (Cepeda et al., 2008)."},
        {0, "The match report (Smith, 2006) praised the keeper."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct verdict verdict = judged_text(*state, cases[i].text);
        if (verdict.level != cases[i].level) print_error("%s\n", cases[i].text);
        assert_int_equal(verdict.level, cases[i].level);
        assert_true(verdict.because.count > 0);
    }
}

static void the_same_source_twice_is_one_source(void **state) {
    struct document document = {
        .id = SLICE("1"),
        .text =
            SLICE("Retrieval practice helps pupils: doi 10.1111/j.1467-9280.2006.01693.x and the same at the link.")};
    struct slice link = SLICE("https://doi.org/10.1111/J.1467-9280.2006.01693.X");
    document.links = (struct slice_list){.at = &link, .count = 1, .capacity = 1};
    assert_int_equal(judged(*state, &document).level, 3);
}

static struct verdict judged_link(struct shop *shop, const char *text, const char *link) {
    struct slice url = slice_from(link);
    struct document document = {.id = SLICE("1"),
                                .text = slice_from(text),
                                .links = {.at = &url, .count = 1, .capacity = 1}};
    return judged(shop, &document);
}

static void a_doi_in_a_link_is_a_source_whoever_the_host_is(void **state) {
    static const struct {
        int level;
        const char *link;
    } cases[] = {
        {3, "https://some-publisher.example/doi/10.1234/abcd"},
        {3, "https://some-publisher.example/doi/full/10.1234/abcd?src=mail#top"},
        {3, "https://journal.example/article/10.1234%2Fabcd.pdf"},
        {3, "https://library.example/resolve?doi=10.1234/abcd"},
        {0, "https://some-shop.example/news/10.1234"},
        {0, "https://some-shop.example/posters-10.1234/large"},
        {0, "https://some-shop.example/v10.1234/abcd"},
        {0, "https://some-shop.example/10.12/abcd"},
        {0, "https://some-shop.example/prices/110.1234/abcd"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct verdict verdict = judged_link(*state, "Retrieval practice helps pupils remember.", cases[i].link);
        if (verdict.level != cases[i].level) print_error("%s\n", cases[i].link);
        assert_int_equal(verdict.level, cases[i].level);
        bool said = false;
        for (size_t j = 0; j < verdict.because.count; j++)
            said |= slice_find(verdict.because.at[j],
                               SLICE("\xE2\x80\x9C"
                                     "10.1234/abcd\xE2\x80\x9D"),
                               0) != SLICE_NOT_FOUND;
        assert_int_equal(said, cases[i].level == 3);
    }
    const char *text = "Retrieval practice helps pupils: https://some-publisher.example/doi/full/10.1234/ABCD?src=mail";
    assert_int_equal(judged_link(*state, text, "https://doi.org/10.1234/abcd").level, 3);
    assert_int_equal(judged_link(*state, text, "https://doi.org/10.1234/other").level, 4);
}

static bool says(const struct verdict *verdict, const char *words) {
    for (size_t i = 0; i < verdict->because.count; i++)
        if (slice_find(verdict->because.at[i], slice_from(words), 0) != SLICE_NOT_FOUND) return true;
    return false;
}

static void a_link_whose_page_was_not_read_is_said_to_be_just_that(void **state) {
    const char *link = "https://blog.example/p/17", *unread = "only a link", *outside = "not about teaching";
    struct verdict verdict = judged_link(*state, "https://blog.example/p/17", link);
    assert_true(says(&verdict, unread) && !says(&verdict, outside));
    verdict = judged_link(*state, "Worth a read: https://blog.example/p/17 \xF0\x9F\x91\x87", link);
    assert_true(says(&verdict, unread) && !says(&verdict, outside));
    verdict = judged_link(*state, "", link);
    assert_true(says(&verdict, unread));
    /* Enough words of its own, or no link at all: they were judged. */
    verdict = judged_link(*state, "The striker scored twice and the manager was pleased with the result.", link);
    assert_true(says(&verdict, outside) && !says(&verdict, unread));
    verdict = judged_text(*state, "Good morning all");
    assert_true(says(&verdict, outside) && !says(&verdict, unread));
    /* The page was read, and it is about something else. */
    struct article article;
    article_init(&article);
    article.text = SLICE("The striker scored twice and the manager was pleased with the result.");
    struct document document = {.id = SLICE("1"), .text = slice_from(link), .article = &article};
    verdict = judged(*state, &document);
    assert_true(says(&verdict, outside) && !says(&verdict, unread));
}

static void post_and_linked_page_are_judged_together_and_said_apart(void **state) {
    struct article article;
    article_init(&article);
    article.text = SLICE("Pupils who recall what they learned forget less (Roediger and Karpicke, 2006).");
    struct document document = {.id = SLICE("1"),
                                .text = SLICE("A good read on retrieval practice for teachers"),
                                .article = &article};
    struct verdict verdict = judged(*state, &document);
    assert_int_equal(verdict.level, 3);
    bool said = false;
    for (size_t i = 0; i < verdict.because.count; i++)
        said |= slice_find(verdict.because.at[i], SLICE("in the linked page"), 0) != SLICE_NOT_FOUND;
    assert_true(said);
}

static void a_retracted_work_asks_to_check_first(void **state) {
    struct work work = {.id = SLICE("10.1/x"),
                        .state = WORK_FOUND,
                        .title = SLICE("A study of seats"),
                        .notice = WORK_RETRACTED};
    struct document document = {.id = SLICE("1"),
                                .text = SLICE("A study of seats says pupils learn more in rows."),
                                .works = {.at = &work, .count = 1, .capacity = 1}};
    struct verdict verdict = judged(*state, &document);
    assert_true(verdict.check_first);
    assert_int_equal(verdict.check_reasons.count, 1);
}

static void a_myth_is_promoted_questioned_or_only_mentioned(void **state) {
    struct verdict promoted = judged_text(*state, "Plan lessons that cater for all learning styles in your class.");
    assert_int_equal(promoted.myth_stance, STANCE_PROMOTES);
    assert_true(promoted.check_first);
    struct verdict questioned =
        judged_text(*state, "Learning styles are a myth: matching lessons to them does not help.");
    assert_int_equal(questioned.myth_stance, STANCE_DEBUNKS);
    assert_false(questioned.check_first);
}

/* Beside a topic that is given, a mention is no second one; the same words alone are a topic. */
static void a_mention_beside_a_topic_is_no_topic(void **state) {
    struct verdict both =
        judged_text(*state, "Exit tickets sorted in three piles are our formative assessment. Workload "
                            "comes into it, and pupils like it.");
    assert_true(has_topic(&both, "formative-assessment"));
    assert_false(has_topic(&both, "workload"));
    struct verdict alone = judged_text(*state, "Workload comes into it, and pupils like it.");
    assert_true(has_topic(&alone, "workload"));
}

/* In a long text "I spent" and "is up on" are no account of a class. */
static void a_long_text_asks_for_more_signs_of_an_account(void **state) {
    struct verdict brief = judged_text(*state, "I taught my class to plan first. It worked well.");
    assert_int_equal(brief.level, 1);
    AUTO(buf_free)
    struct buf text = buf_new(65536);
    for (int i = 0; i < 200; i++) buf_add_text(&text, "The school hall and the classroom have a door. ");
    buf_add_text(&text, "I taught there. It worked well.");
    struct verdict more = judged_text(*state, buf_text(&text));
    assert_int_equal(more.level, 0);
}

static void promotion_is_a_note_and_never_a_level(void **state) {
    struct verdict verdict =
        judged_text(*state, "Register now for our free webinar on retrieval practice for teachers! Use code TERM10.");
    assert_true(verdict.promotion);
    assert_int_equal(verdict.level, 0);
}

static void a_verdict_does_not_depend_on_the_document_before(void **state) {
    struct verdict first = judged_text(*state, "Think-pair-share: ask pupils to explain to a partner.");
    (void)judged_text(*state, "Use code TERM10, buy now! A meta-analysis of everything for teachers (Smith, 2001).");
    struct verdict again = judged_text(*state, "Think-pair-share: ask pupils to explain to a partner.");
    assert_int_equal(first.topics.count, again.topics.count);
    assert_true(first.idea_score == again.idea_score);
    assert_int_equal(first.level, again.level);
    assert_int_equal(first.hits.count, again.hits.count);
}

static void every_hit_names_the_words_as_written(void **state) {
    const char *text = "Year 9 caf\xC3\xA9 quiz \xE2\x80\x94 #RetrievalPractice for pupils";
    struct verdict verdict = judged_text(*state, text);
    assert_true(verdict.hits.count > 0);
    for (size_t i = 0; i < verdict.hits.count; i++) {
        const struct hit *hit = &verdict.hits.at[i];
        assert_true(slice_equal(hit->text, slice_part(slice_from(text), hit->start, hit->end)));
    }
    assert_true(has_topic(&verdict, "retrieval-practice"));
}

static void why_not_says_how_far_a_topic_was_from_its_points(void **state) {
    struct shop *shop = *state;
    struct topic_account account;
    (void)judged_text(shop, "Pupils may like a quiz.");
    assert_true(judge_account(shop->judge, SLICE("retrieval-practice"), &account));
    assert_true(account.points < account.needs);
    assert_false(judge_account(shop->judge, SLICE("no-such-topic"), &account));
}

static void another_language_is_said_and_not_guessed_at(void **state) {
    struct verdict verdict = judged_text(
        *state,
        "Heute haben die Kinder in der Klasse mit Karten gearbeitet und danach gemeinsam eine Aufgabe geschrieben.");
    assert_true(verdict.language_uncovered);
    assert_false(verdict.is_idea);
    assert_true(says(&verdict, "not in English") && !says(&verdict, "not about teaching"));
}

static void a_page_in_another_language_marks_the_post_that_points_to_it(void **state) {
    struct article article = {.words = 80, .lang = SLICE("de"), .title = SLICE("Mit Karten lernen")};
    article.text =
        SLICE("Heute haben die Kinder in der Klasse mit Karten gearbeitet und danach gemeinsam eine Aufgabe "
              "geschrieben. Am Ende der Stunde wurden die Ergebnisse verglichen, und jede Gruppe stellte vor, "
              "was sie gelernt hatte. In der folgenden Woche begann der Unterricht wieder mit drei Fragen.");
    const struct document document = {.id = SLICE("1"),
                                      .text = SLICE("A good read this morning:"),
                                      .article = &article};
    struct verdict verdict = judged(*state, &document);
    assert_true(verdict.language_uncovered);
    assert_false(verdict.is_idea);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_meets_its_own_examples),
        cmocka_unit_test(an_exit_ticket_is_an_idea_about_formative_assessment),
        cmocka_unit_test(a_text_outside_education_gets_no_topic_and_is_no_idea),
        cmocka_unit_test(levels_follow_what_can_be_traced),
        cmocka_unit_test(the_same_source_twice_is_one_source),
        cmocka_unit_test(a_doi_in_a_link_is_a_source_whoever_the_host_is),
        cmocka_unit_test(a_link_whose_page_was_not_read_is_said_to_be_just_that),
        cmocka_unit_test(post_and_linked_page_are_judged_together_and_said_apart),
        cmocka_unit_test(a_retracted_work_asks_to_check_first),
        cmocka_unit_test(a_myth_is_promoted_questioned_or_only_mentioned),
        cmocka_unit_test(a_mention_beside_a_topic_is_no_topic),
        cmocka_unit_test(a_long_text_asks_for_more_signs_of_an_account),
        cmocka_unit_test(promotion_is_a_note_and_never_a_level),
        cmocka_unit_test(a_verdict_does_not_depend_on_the_document_before),
        cmocka_unit_test(every_hit_names_the_words_as_written),
        cmocka_unit_test(why_not_says_how_far_a_topic_was_from_its_points),
        cmocka_unit_test(a_page_in_another_language_marks_the_post_that_points_to_it),
        cmocka_unit_test(another_language_is_said_and_not_guessed_at),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
