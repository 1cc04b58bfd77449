#include "render/logbook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"

static const char *cell(const char *text, struct buf *out) {
    buf_clear(out);
    csv_cell(out, slice_from(text));
    return buf_text(out);
}

static void no_cell_can_begin_a_formula(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(10000);
    static const char *const formulas[] = {"=1+1",  "+1",   "-1",   "@SUM(A1)",           "  =1",
                                           "\t=1",  "\r=1", "\n=1", "=cmd|' /C calc'!A0", "%0A=1",
                                           "|calc", "\n+1"};
    for (size_t i = 0; i < COUNT_OF(formulas); i++) {
        const char *made = cell(formulas[i], &out);
        assert_true(strncmp(made, "\"'", 2) == 0);
    }
    assert_string_equal(cell("plain words", &out), "plain words");
    assert_string_equal(cell("a, b", &out), "\"a, b\"");
    assert_string_equal(cell("say \"yes\"", &out), "\"say \"\"yes\"\"\"");
    assert_string_equal(cell("", &out), "");
}

static struct practice_note hostile = {.focus = {"F1", 2},
                                       .date_s = 0,
                                       .group = {"8B", 2},
                                       .did = {"<script>alert(1)</script>", 25},
                                       .saw = {"# no heading\n- no list", 22},
                                       .with = {"[x](javascript:1)", 17}};

static struct logbook book_of(struct logbook_part *part) {
    *part = (struct logbook_part){
        .focus = {.id = SLICE("F1"), .title = SLICE("<b>Quizzes</b>"), .weeks = 6, .closed_s = WHEN_ABSENT},
        .week = 1,
        .prompt = SLICE("What & who?"),
        .notes = {&hostile, 1, 1}};
    return (struct logbook){.school = SLICE("A & B"), .at = part, .count = 1};
}

static void texts_of_a_log_stay_texts_in_every_form(void **state) {
    (void)state;
    struct logbook_part part;
    struct logbook book = book_of(&part);
    struct look look = {0};
    struct fault fault = {0};
    for (int form = LOGBOOK_MARKDOWN; form <= LOGBOOK_CARD; form++) {
        AUTO(buf_free)
        struct buf first = buf_new(LIMIT_RENDER_BYTES);
        AUTO(buf_free)
        struct buf again = buf_new(LIMIT_RENDER_BYTES);
        assert_true(logbook_write(&book, (enum logbook_form)form, &look, &first, &fault));
        assert_true(logbook_write(&book, (enum logbook_form)form, &look, &again, &fault));
        assert_string_equal(buf_text(&first), buf_text(&again));
        if (form == LOGBOOK_CSV) continue;
        assert_null(strstr(buf_text(&first), "<script>alert"));
        assert_null(strstr(buf_text(&first), "<b>Quizzes"));
        assert_null(strstr(buf_text(&first), "\n# no heading"));
        if (form == LOGBOOK_MARKDOWN) assert_null(strstr(buf_text(&first), "[x](java"));
    }
}

static void an_empty_log_has_every_form(void **state) {
    (void)state;
    struct logbook book = {.school = SLICE("School")};
    struct look look = {0};
    struct fault fault = {0};
    for (int form = LOGBOOK_MARKDOWN; form <= LOGBOOK_CARD; form++) {
        AUTO(buf_free)
        struct buf out = buf_new(LIMIT_RENDER_BYTES);
        assert_true(logbook_write(&book, (enum logbook_form)form, &look, &out, &fault));
        assert_true(out.len > 10);
    }
}

static void a_log_says_which_parts_of_professional_development_it_shows_signs_of(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct look look = {0};
    struct pen pen = pen_new(&look, arena);
    struct logbook_part part;
    (void)book_of(&part);
    part.notes.count = 0;
    assert_true(
        slice_equal(logbook_parts_words(&pen, &part),
                    SLICE("knowledge: 0 posts stood beside it; a goal: none written down; technique: 0 notes of "
                          "lessons, 0 with a colleague; making it stay: nothing yet")));
    struct practice_note notes[] = {{.step = FOCUS_PLAN, .did = SLICE("x"), .with = SLICE("Ms Okafor")},
                                    {.step = FOCUS_TRY, .did = SLICE("x"), .with = SLICE("Ms Okafor")},
                                    {.step = FOCUS_EVALUATE, .saw = SLICE("x")},
                                    {.step = FOCUS_AGAIN, .did = SLICE("x")}};
    part.notes = (struct practice_note_list){notes, COUNT_OF(notes), COUNT_OF(notes)};
    part.deepening = 1;
    part.focus.aim = SLICE("More recalled");
    assert_true(slice_equal(logbook_parts_words(&pen, &part),
                            SLICE("knowledge: 1 post stood beside it; a goal: written down; technique: 2 notes of "
                                  "lessons, 2 with a colleague; making it stay: 1 note of doing it again")));
    part.focus.step = FOCUS_ADAPTED;
    assert_true(slice_ends(logbook_parts_words(&pen, &part), SLICE("making it stay: decided")));
    assert_false(pen.failed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_log_says_which_parts_of_professional_development_it_shows_signs_of),
        cmocka_unit_test(no_cell_can_begin_a_formula),
        cmocka_unit_test(texts_of_a_log_stay_texts_in_every_form),
        cmocka_unit_test(an_empty_log_has_every_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
