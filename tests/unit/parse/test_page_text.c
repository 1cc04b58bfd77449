#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "parse/article.h"

/* Which of the words of an article page are its text: boxes, lines and headings among its paragraphs. */

static int begin(void **state) {
    *state = arena_new(LIMIT_ARENA_BYTES);
    return *state == NULL;
}

static int end(void **state) {
    arena_free((struct arena **)state);
    return 0;
}

#define FIRST                                                                                                          \
    "<p>The council said on Tuesday that the bridge would close for two years, after a meeting of nine hours.</p>"     \
    "<p>Engineers had warned since the summer that the deck was worse than anybody in the town had feared.</p>"        \
    "<p>Nobody could say what the work would cost, and the minister would not be drawn on who should pay.</p>"
#define SECOND                                                                                                         \
    "<p>Residents of the north bank must drive eleven miles to the next crossing until the work is done.</p>"          \
    "<p>The old ferry could sail again in spring, if the county finds somebody who is able to repair it.</p>"
#define LAST                                                                                                           \
    "<p>The first bridge at this place was built of oak, and stood for two hundred years before the flood.</p>"        \
    "<p>The second one was opened by a queen whose name is on the plate that nobody has polished since.</p>"

/* What is read of an article with `middle` in it. */
static struct slice text_of(struct arena *arena, const char *before, const char *middle, const char *after) {
    AUTO(buf_free)
    struct buf page = buf_new(1000000);
    struct article article;
    struct fault fault = {0};
    buf_printf(&page,
               "<!doctype html><html lang=en><head><title>Bridge to close | Paper</title><meta property=og:type "
               "content=article></head><body><nav><a href=/>Home</a></nav><article>%s" FIRST "%s" SECOND LAST
               "%s</article></body></html>",
               before, middle, after);
    assert_true(article_parse(buf_slice(&page), slice_from(NULL), SLICE("https://paper.example/x/bridge-to-close"),
                              arena, &article, &fault));
    return article.text;
}

static bool holds(struct slice text, const char *words) {
    return slice_find(text, slice_from(words), 0) != SLICE_NOT_FOUND;
}

static void headings_of_the_first_order_within_a_text_are_part_of_it(void **state) {
    struct slice text = text_of(*state, "<h1>Bridge to close</h1>", "<h1>The long way round</h1>", "");
    assert_true(holds(text, "The long way round"));
    assert_false(holds(text, "Bridge to close"));
    text = text_of(*state, "<h1>Paper</h1>", "<h1>Bridge to close</h1>", "");
    assert_false(holds(text, "Bridge to close"));
}

static void a_form_among_the_paragraphs_is_left_out_with_what_it_promises(void **state) {
    struct slice text = text_of(*state, "<h1>Bridge to close</h1>",
                                "<div class=x1><h4>The Morning</h4><p>Get the best of the day in your inbox every "
                                "morning before you have had breakfast.</p><div><input type=email><button>Go</button>"
                                "</div><p>You agree to our terms and that we may write to you.</p></div>",
                                "");
    assert_false(holds(text, "The Morning"));
    assert_false(holds(text, "best of the day"));
    assert_true(holds(text, "who should pay"));
    assert_true(holds(text, "eleven miles"));
    text = text_of(*state, "", "<ul><li><input type=checkbox> Close the north lane in May</li></ul>", "");
    assert_true(holds(text, "Close the north lane"));
}

static void a_pointer_to_another_article_is_left_out_and_a_list_of_things_is_not(void **state) {
    struct slice text = text_of(*state, "<h1>Bridge to close</h1>",
                                "<div class=x2><h3><a href=/toll>Toll plan shelved</a></h3><p>The manager said that "
                                "the results were unlikely to hold.</p></div>",
                                "");
    assert_false(holds(text, "Toll plan shelved"));
    assert_false(holds(text, "unlikely to hold"));
    assert_true(holds(text, "eleven miles"));
    text = text_of(*state, "<h1>Bridge to close</h1>",
                   "<div><h3><a href=/a>Oak</a></h3><p>It is what the first bridge of all at this place was built "
                   "of, and it lasts if the water is salt and cold.</p></div>"
                   "<div><h3><a href=/b>Iron</a></h3><p>It rusts, but there was much of it and the men who knew how "
                   "to work it lived in the town.</p></div>"
                   "<div><h3><a href=/c>Stone</a></h3><p>It would have been best, and nobody wanted to pay for it "
                   "when the second bridge was built.</p></div>",
                   "");
    assert_true(holds(text, "Oak"));
    assert_true(holds(text, "nobody wanted to pay"));
}

static void the_words_under_a_picture_are_known_by_the_picture(void **state) {
    struct slice text = text_of(*state, "<h1>Bridge to close</h1>",
                                "<div class=x3><div><img src=a.jpg></div><span>A crane at work on the north pier last "
                                "week, seen from the old ferry.</span></div>",
                                "");
    assert_false(holds(text, "A crane at work"));
    assert_true(holds(text, "eleven miles"));
}

static void lines_that_lead_elsewhere_are_left_out_in_any_language(void **state) {
    static const char *const lines[] = {
        "<p><a href=/x><b>COURT HEARS OF BRIDGE COLLAPSE IN OHIO</b></a></p>",
        "<p><b>Lesen Sie auch: <a href=/x>COLLAPSE in Ohio</a></b></p>",
        "<p>Lee tambi\xC3\xA9n: <a href=/x>COLLAPSE en Ohio</a></p>",
        "<p>Read: <a href=/x>How the COLLAPSE in Ohio came</a></p>",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct slice text = text_of(*state, "<h1>Bridge to close</h1>", lines[i], "");
        assert_false(holds(text, "COLLAPSE"));
        assert_true(holds(text, "eleven miles"));
    }
    assert_true(holds(text_of(*state, "", "<p>READ THIS LINE ALOUD, SAID HE</p>", ""), "ALOUD"));
}

static void the_hour_of_an_entry_is_no_text_and_that_of_a_table_is(void **state) {
    assert_false(holds(text_of(*state, "", "<p><time>14:35</time></p>", ""), "14:35"));
    assert_true(holds(text_of(*state, "", "<table><tr><td>Ferry</td><td>14:35</td></tr></table>", ""), "14:35"));
}

static void questions_that_fold_their_answers_away_are_text(void **state) {
    struct slice text =
        text_of(*state, "<h1>Bridge to close</h1>", "",
                "<div class=faq><div class=faq-item><button class=faq-button aria-expanded=false><p>How long will it "
                "take to drive round?</p></button><div aria-hidden=true><p>It takes about half an hour, and more than "
                "that in the morning when the schools begin.</p></div></div></div>");
    assert_true(holds(text, "How long will it take"));
    assert_true(holds(text, "about half an hour"));
}

static void a_short_last_line_of_a_text_cut_by_breaks_is_kept(void **state) {
    AUTO(buf_free)
    struct buf page = buf_new(100000);
    struct article article;
    struct fault fault = {0};
    buf_add_text(&page,
                 "<title>Why I test</title><meta property=og:type content=article><h3>Why I test</h3><div class='post-"
                 "body entry-content'>Every lesson began with three short questions about last week, without any "
                 "mark.<br><br>By the fourth week, most pupils told me which of the answers they had to look up."
                 "<br><br>I wrote the questions on Sunday evening, and the class went through them together.<br><br>"
                 "That is all.</div><div>Labels <a href=/t>tests</a></div>");
    assert_true(article_parse(buf_slice(&page), slice_from(NULL), SLICE("https://b.example/2026/why-i-test.html"),
                              *state, &article, &fault));
    assert_true(holds(article.text, "That is all."));
    assert_false(holds(article.text, "Labels"));
}

static void short_paragraphs_of_a_beginning_outside_the_body_belong_to_it(void **state) {
    AUTO(buf_free)
    struct buf page = buf_new(100000);
    struct article article;
    struct fault fault = {0};
    buf_add_text(&page, "<title>Bridge to close</title><meta property=og:type content=article><h1>Bridge to close</h1>"
                        "<p>By Ann Lee</p><div class=x>" SECOND
                        "<p>Trust us!</p></div><div class=article-body>" FIRST LAST FIRST LAST "</div>");
    assert_true(
        article_parse(buf_slice(&page), slice_from(NULL), SLICE("https://b.example/x"), *state, &article, &fault));
    assert_true(holds(article.text, "eleven miles"));
    assert_true(holds(article.text, "Trust us!"));
    assert_false(holds(article.text, "Ann Lee"));
}

/* Paragraphs too short to be known for the text's own by their length. */
#define SHORT(n)                                                                                                       \
    "<div class=css-5><p>Report " #n                                                                                   \
    " warned that the bridge could open again before the summer, two people said.</p>"                                 \
    "<p>The county denied that figure " #n " had been misread for years, as a letter to the council had it.</p></div>"

static void a_line_to_read_on_does_not_end_a_text_of_short_paragraphs(void **state) {
    static const char *const lines[] = {"<div><a href='#x'>Continue reading the main story</a></div>",
                                        "<div><h3>Most read</h3><ul><li><a href=/y>Toll plan shelved</a></ul></div>"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        AUTO(buf_free)
        struct buf after = buf_new(10000);
        buf_printf(&after, SHORT(1) SHORT(2) SHORT(3) "%s" SHORT(4), lines[i]);
        struct slice text = text_of(*state, "<h1>Bridge to close</h1>", "", buf_text(&after));
        assert_true(holds(text, "Report 4 warned"));
        assert_true(holds(text, "figure 4 had been misread"));
        assert_false(holds(text, "Toll plan"));
        assert_false(holds(text, "Continue reading"));
    }
}

static void pointers_under_their_heading_are_left_out_early_in_a_text(void **state) {
    struct slice text = text_of(*state, "<h1>Bridge to close</h1>",
                                "<div><h3>Mehr zum Thema</h3><ul><li><a href=/y>Toll plan shelved</a></ul></div>", "");
    assert_false(holds(text, "Mehr zum Thema"));
    assert_false(holds(text, "Toll plan"));
    assert_true(holds(text, "eleven miles"));
}

static void name_and_day_under_a_title_are_no_text(void **state) {
    struct slice text = text_of(*state,
                                "<h2 class=x>Bridge to close</h2><p class=x>By Ann Lee<br>Gazette staff</p>"
                                "<p class=y>Posted Monday, November 4, 2019 10:33 am</p>",
                                "<p>By Ann Lee's own reckoning, no.</p>", "");
    assert_true(slice_starts(text, SLICE("The council said")));
    assert_true(holds(text, "own reckoning"));
    text = text_of(*state, "<h1>Bridge to close</h1><p>By Friday it was over.</p>", "", "");
    assert_true(holds(text, "By Friday"));
}

/* One of many, each other words. */
static void add_card(struct buf *out, int n) {
    buf_printf(
        out,
        "<div class=c><h3><a href=/%d>Pointer %d to another text</a></h3><p>What it tells in its line %d is that "
        "a road was closed and nobody in the valley had been asked.</p></div>",
        n, n, n);
}

static void a_shelf_of_pointers_behind_a_text_is_no_part_of_it(void **state) {
    AUTO(buf_free)
    struct buf shelf = buf_new(100000);
    buf_add_text(&shelf, "<div class=k>");
    for (int i = 0; i < 10; i++) add_card(&shelf, i);
    buf_add_text(&shelf, "</div>");
    struct slice text = text_of(*state, "<h1>Bridge to close</h1>", "", buf_text(&shelf));
    assert_false(holds(text, "Pointer"));
    assert_false(holds(text, "in the valley"));
    assert_true(holds(text, "polished since"));
    text = text_of(*state, "<h1>Bridge to close</h1>", buf_text(&shelf), "");
    assert_true(holds(text, "in the valley"));
}

static void a_text_is_kept_whatever_its_box_is_called_and_however_long_its_comments_are(void **state) {
    AUTO(buf_free)
    struct buf page = buf_new(100000);
    struct article article;
    struct fault fault = {0};
    buf_add_text(&page, "<title>Bridge to close</title><meta property=og:type content=article><h1>Bridge to close</h1>"
                        "<div class=share-container>" FIRST SECOND LAST "</div><div class=comments>");
    for (int i = 0; i < 60; i++)
        buf_printf(&page, "<p>I, reader %d, have driven over it for forty years and it never shook under me.</p>", i);
    buf_add_text(&page, "</div>");
    assert_true(
        article_parse(buf_slice(&page), slice_from(NULL), SLICE("https://b.example/x"), *state, &article, &fault));
    assert_true(holds(article.text, "eleven miles"));
    assert_false(holds(article.text, "forty years"));
}

static void words_of_the_text_in_large_letters_are_read_once(void **state) {
    struct slice text =
        text_of(*state, "<h1>Bridge to close</h1>",
                "<div class=pull><blockquote>\xE2\x80\x9Cthe deck was worse than anybody in the town had "
                "feared\xE2\x80\x9D</blockquote></div>",
                "<blockquote>Nobody ever asked the river what it wants.</blockquote><p>So it ends, and "
                "nobody in the town can say how it was allowed to come to this.</p>");
    size_t at = slice_find(text, SLICE("than anybody in the town had feared"), 0);
    assert_true(at != SLICE_NOT_FOUND);
    assert_true(slice_find(text, SLICE("than anybody in the town had feared"), at + 1) == SLICE_NOT_FOUND);
    assert_true(holds(text, "what it wants"));
}

static void the_first_of_several_articles_is_the_one_asked_for(void **state) {
    struct slice text =
        text_of(*state, "<h1>Bridge to close</h1>", "", "</article><article><h1>Toll to rise</h1>" SHORT(1) SHORT(2));
    assert_true(holds(text, "polished since"));
    assert_false(holds(text, "Report 1"));
}

static void a_teaser_without_a_link_is_a_beginning(void **state) {
    AUTO(buf_free)
    struct buf page = buf_new(100000);
    struct article article;
    struct fault fault = {0};
    buf_add_text(&page, "<title>Bridge to close</title><meta property=og:type content=article><h1>Bridge to close</h1>"
                        "<article itemprop=articleBody><div class=teaser-content>" SECOND
                        "</div><div class=rest>" FIRST LAST "</div></article>");
    assert_true(
        article_parse(buf_slice(&page), slice_from(NULL), SLICE("https://b.example/x"), *state, &article, &fault));
    assert_true(holds(article.text, "eleven miles"));
}

static void the_words_beside_the_only_picture_of_a_short_post_are_its_text(void **state) {
    struct article article;
    struct fault fault = {0};
    const struct slice page =
        SLICE("<title>Sunset</title><meta property=og:type content=article><article><h1>Sunset at the pier</h1><div "
              "class=entry><img src=a.jpg>We walked to the end of the pier on Sunday evening, and the whole town was "
              "there with us.</div></article><footer>All pictures are mine unless they are said to be somebody "
              "else's.</footer>");
    assert_true(article_parse(page, slice_from(NULL), SLICE("https://b.example/x"), *state, &article, &fault));
    assert_true(holds(article.text, "the whole town"));
}

static void formulas_stay_one_word(void **state) {
    struct slice text = text_of(*state, "", "<p>Water is H<sub>2</sub>O, and salt is in it.</p>", "");
    assert_true(holds(text, "H2O"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(headings_of_the_first_order_within_a_text_are_part_of_it, begin, end),
        cmocka_unit_test_setup_teardown(a_form_among_the_paragraphs_is_left_out_with_what_it_promises, begin, end),
        cmocka_unit_test_setup_teardown(a_pointer_to_another_article_is_left_out_and_a_list_of_things_is_not, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_words_under_a_picture_are_known_by_the_picture, begin, end),
        cmocka_unit_test_setup_teardown(lines_that_lead_elsewhere_are_left_out_in_any_language, begin, end),
        cmocka_unit_test_setup_teardown(the_hour_of_an_entry_is_no_text_and_that_of_a_table_is, begin, end),
        cmocka_unit_test_setup_teardown(questions_that_fold_their_answers_away_are_text, begin, end),
        cmocka_unit_test_setup_teardown(a_short_last_line_of_a_text_cut_by_breaks_is_kept, begin, end),
        cmocka_unit_test_setup_teardown(short_paragraphs_of_a_beginning_outside_the_body_belong_to_it, begin, end),
        cmocka_unit_test_setup_teardown(a_line_to_read_on_does_not_end_a_text_of_short_paragraphs, begin, end),
        cmocka_unit_test_setup_teardown(pointers_under_their_heading_are_left_out_early_in_a_text, begin, end),
        cmocka_unit_test_setup_teardown(name_and_day_under_a_title_are_no_text, begin, end),
        cmocka_unit_test_setup_teardown(formulas_stay_one_word, begin, end),
        cmocka_unit_test_setup_teardown(a_shelf_of_pointers_behind_a_text_is_no_part_of_it, begin, end),
        cmocka_unit_test_setup_teardown(a_text_is_kept_whatever_its_box_is_called_and_however_long_its_comments_are,
                                        begin, end),
        cmocka_unit_test_setup_teardown(words_of_the_text_in_large_letters_are_read_once, begin, end),
        cmocka_unit_test_setup_teardown(the_first_of_several_articles_is_the_one_asked_for, begin, end),
        cmocka_unit_test_setup_teardown(a_teaser_without_a_link_is_a_beginning, begin, end),
        cmocka_unit_test_setup_teardown(the_words_beside_the_only_picture_of_a_short_post_are_its_text, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
