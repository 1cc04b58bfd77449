#include "parse/html_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

static int begin(void **state) {
    *state = arena_new(LIMIT_ARENA_BYTES);
    return *state == NULL;
}

static int end(void **state) {
    arena_free((struct arena **)state);
    return 0;
}

static void expect_text(struct arena *arena, const char *markup, const char *wanted) {
    struct html_text found;
    assert_true(html_text_read(arena, slice_from(markup), SLICE("https://example.org/a/"), &found));
    char *text = arena_text(arena, found.text);
    assert_non_null(text);
    assert_string_equal(text, wanted);
}

static void blocks_become_paragraphs_and_breaks_lines(void **state) {
    expect_text(*state, "<p>One <b>two</b>\n three.</p><p>Four<br/>five</p>", "One two three.\n\nFour\nfive");
    expect_text(*state, "<h1>A</h1>text<div><div>b</div></div>", "A\n\ntext\n\nb");
    expect_text(*state, "<ul><li>one</li><li>two</li></ul>after", "- one\n- two\n\nafter");
    expect_text(*state, "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc");
    expect_text(*state, "<pre>a\n  b\n\nc</pre>", "a\nb\n\nc");
    expect_text(*state, "one<br><br>two", "one\n\ntwo");
}

static void entities_are_resolved_as_browsers_do(void **state) {
    expect_text(*state, "caf&eacute; &amp; tea &#8212; &#x2014; &#146;tis", "café & tea — — ’tis");
    expect_text(*state, "&nbsp;a&nbsp;&nbsp;b&nbsp;", "a b");
    expect_text(*state, "R&D, &unknown; &copy 2026", "R&D, &unknown; © 2026");
    expect_text(*state, "&#55357;&#56832; &#0; &#1; &lt;b&gt;", "😀 <b>");
    expect_text(*state, "&#xD800; x", "\xEF\xBF\xBD x");
}

/* Text is read eight bytes at a time: what ends a run of words ends it at any distance from its beginning. */
static void a_run_of_words_ends_at_every_place(void **state) {
    static const struct {
        const char *is, *becomes;
    } signs[] = {{" ", " "},     {"  ", " "},       {"\n", " "},        {"\x7F", ""},
                 {"\x01", ""},   {"\xC2\xA0", " "}, {"\xC2\xA0 ", " "}, {"\xC3\xA9", "\xC3\xA9"},
                 {"&amp;", "&"}, {" <b>", " "},     {"<br>", "\n"},     {" \n ", " "}};
    for (size_t sign = 0; sign < COUNT_OF(signs); sign++)
        for (int before = 1; before < 40; before++)
            for (int after = 1; after < 40; after++) {
                char markup[120], wanted[120];
                snprintf(markup, sizeof markup, "%.*s%s%.*s", before, "abcd efg hijk lmno pqrs tuv wx y zabc de",
                         signs[sign].is, after, "x abcdefghi jklmno pqrst uvwxyzabcdefghi");
                snprintf(wanted, sizeof wanted, "%.*s%s%.*s", before, "abcd efg hijk lmno pqrs tuv wx y zabc de",
                         signs[sign].becomes, after, "x abcdefghi jklmno pqrst uvwxyzabcdefghi");
                /* A blank at the edge of the sign joins it, and one at the end goes. */
                if (markup[before - 1] == ' ' || wanted[strlen(wanted) - 1] == ' ') continue;
                expect_text(*state, markup, wanted);
            }
}

static void what_is_no_tag_is_text(void **state) {
    expect_text(*state, "3 < 4 and 5 > 2", "3 < 4 and 5 > 2");
    expect_text(*state, "a <b", "a <b");
    expect_text(*state, "<!DOCTYPE", "<!DOCTYPE");
    expect_text(*state, "x<!-- gone -->y<?php gone ?>z", "xyz");
    expect_text(*state, "<a title=\"a > b\">c</a>", "c");
    expect_text(*state, "<p class='it's'>odd</p>", "odd");
}

static void hidden_elements_are_left_out(void **state) {
    expect_text(*state, "a<script>if (1 < 2) alert('</p>')</script>b", "ab");
    expect_text(*state, "a<style>p{}</style> b<iframe src=x>no</iframe>", "a b");
    expect_text(*state, "a<iframe src=x />b", "ab");
    expect_text(*state, "a<script>never closed", "a");
}

static void a_title_keeps_what_only_looks_like_a_tag(void **state) {
    struct slice out;
    assert_true(html_text_line(*state, SLICE("List<String>  in\n <b>Java</b> &amp; C"), &out));
    assert_true(slice_equal(out, SLICE("List<String> in Java & C")));
    assert_true(html_text_line(*state, SLICE(" <p> </p> "), &out));
    assert_true(slice_is_absent(out));
}

static void plain_text_keeps_its_lines(void **state) {
    struct slice out;
    assert_true(html_text_plain(*state, SLICE(" a  <b> &amp;\r\nb\n\n\n c \n"), &out));
    assert_true(slice_equal(out, SLICE("a <b> &amp;\nb\n\nc")));
}

static void links_are_absolute_and_safe(void **state) {
    struct html_text found;
    const char *markup =
        "<a href='b?x=1&amp;y=2'>words <i>in</i> it</a> <a href=\"JaVaScRiPt:alert(1)\">bad</a>"
        "<a href='&#106;avascript:alert(1)'>bad</a><a href='#top'>up</a><a href='mailto:a@b.example'>m</a>"
        "<a href=b?x=1&y=2>again</a><img src=/p.png width=1 height=1><img src=//cdn.example/i.png>";
    assert_true(html_text_read(*state, slice_from(markup), SLICE("https://example.org/a/"), &found));
    assert_int_equal(found.links.count, 2);
    assert_true(slice_equal(found.links.at[0].url, SLICE("https://example.org/a/b?x=1&y=2")));
    assert_true(slice_equal(found.links.at[0].title, SLICE("words in it")));
    assert_true(slice_equal(found.links.at[1].url, SLICE("mailto:a@b.example")));
    assert_true(slice_equal(found.image, SLICE("https://cdn.example/i.png")));
}

/* Each would take minutes if one search were made for each tag. */
static void bombs_cost_no_more_than_their_length(void **state) {
    static const char *const pieces[] = {"<a",       "<!--", "<script>", "<a b='", "</",
                                         "<iframe>", "&#",   "<p><li>",  "<br>",   "<pre>\n"};
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        AUTO(buf_free)
        struct buf bomb = buf_new((size_t)4 * 1024 * 1024);
        struct html_text found;
        while (bomb.len < (size_t)3 * 1024 * 1024) buf_add_text(&bomb, pieces[i]);
        assert_true(html_text_read(*state, buf_slice(&bomb), SLICE(""), &found));
        assert_true(found.text.len <= LIMIT_FIELD_BYTES);
        assert_true(utf8_is_valid(found.text));
        arena_reset(*state);
    }
}

static void a_long_text_is_cut_at_a_character(void **state) {
    AUTO(buf_free)
    struct buf text = buf_new((size_t)2 * 1024 * 1024);
    struct html_text found;
    while (text.len < (size_t)1024 * 1024) buf_add_text(&text, "é");
    assert_true(html_text_read(*state, buf_slice(&text), SLICE(""), &found));
    assert_true(found.cut);
    assert_true(found.text.len <= LIMIT_FIELD_BYTES && found.text.len > LIMIT_FIELD_BYTES - 4);
    assert_true(utf8_is_valid(found.text));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_become_paragraphs_and_breaks_lines),
        cmocka_unit_test(entities_are_resolved_as_browsers_do),
        cmocka_unit_test(a_run_of_words_ends_at_every_place),
        cmocka_unit_test(what_is_no_tag_is_text),
        cmocka_unit_test(hidden_elements_are_left_out),
        cmocka_unit_test(a_title_keeps_what_only_looks_like_a_tag),
        cmocka_unit_test(plain_text_keeps_its_lines),
        cmocka_unit_test(links_are_absolute_and_safe),
        cmocka_unit_test(bombs_cost_no_more_than_their_length),
        cmocka_unit_test(a_long_text_is_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
