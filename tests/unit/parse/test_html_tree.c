#include "parse/html_tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"

static int begin(void **state) {
    *state = arena_new(LIMIT_ARENA_BYTES);
    return *state == NULL;
}

static int end(void **state) {
    arena_free((struct arena **)state);
    return 0;
}

/* Writes the tree as "(ul(li'one')(li'two'))". */
static const char *name_of(const struct html_node *node) {
    switch ((enum html_name)node->name) {
        case HTML_E_P: return "p";
        case HTML_E_UL: return "ul";
        case HTML_E_LI: return "li";
        case HTML_E_DIV: return "div";
        case HTML_E_HEADER: return "header";
        case HTML_E_MAIN: return "main";
        case HTML_E_TABLE: return "table";
        case HTML_E_TR: return "tr";
        case HTML_E_TD: return "td";
        case HTML_E_B: return "b";
        case HTML_E_A: return "a";
        case HTML_E_DL: return "dl";
        case HTML_E_DT: return "dt";
        case HTML_E_DD: return "dd";
        default: return "?";
    }
}

static void write_node(const struct html_tree *tree, uint32_t i, struct buf *out) {
    const struct html_node *node = &tree->at[i];
    if (node->name == HTML_E_TEXT) {
        buf_printf(out, "'%.*s'", SLICE_ARGS(node->inside));
        return;
    }
    if (i > 0) buf_printf(out, "(%s", name_of(node));
    for (uint32_t child = i + 1; child < node->end; child = tree->at[child].end) write_node(tree, child, out);
    if (i > 0) buf_add_char(out, ')');
}

static void expect_tree(struct arena *arena, const char *markup, const char *wanted) {
    AUTO(buf_free)
    struct buf out = buf_new(100000);
    struct html_tree tree;
    struct fault fault = {0};
    assert_true(html_tree_build(arena, slice_from(markup), &tree, &fault));
    write_node(&tree, 0, &out);
    assert_string_equal(buf_text(&out), wanted);
}

static void tags_that_html_lets_out_are_closed_where_html_closes_them(void **state) {
    expect_tree(*state, "<p>a<p>b<div>c</div>", "(p'a')(p'b')(div'c')");
    expect_tree(*state, "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "(ul(li'a')(li'b'(ul(li'c')))(li'd'))'e'");
    expect_tree(*state, "<table><tr><td>a<td>b<tr><td>c</table>d", "(table(tr(td'a')(td'b'))(tr(td'c')))'d'");
    expect_tree(*state, "<dl><dt>a<dd>b<dt>c</dl>", "(dl(dt'a')(dd'b')(dt'c'))");
}

static void a_header_with_an_open_div_ends_at_its_own_end_tag(void **state) {
    expect_tree(*state, "<header><div><div>x</div></header><main>y</main>", "(header(div(div'x')))(main'y')");
}

static void stray_end_tags_close_nothing_of_others(void **state) {
    expect_tree(*state, "<div>a</p></b></td>b</div>c", "(div'a''b')'c'");
    expect_tree(*state, "<table><tr><td><div>a</table>", "(table(tr(td(div'a'))))");
    expect_tree(*state, "<td><b>x</div></b>y", "(td(b'x')'y')");
    expect_tree(*state, "<b><div>x</b>y</div>", "(b(div'x''y'))");
}

static void scripts_and_styles_are_not_in_it_but_what_they_say_for_machines_is(void **state) {
    struct html_tree tree;
    struct fault fault = {0};
    const char *page = "<title>A &amp; B</title><script>if (a<b) '<p>'</script><style>p{}</style>"
                       "<script type='application/ld+json'>{\"a\":1}</script><svg><title>no</title></svg><p>x";
    assert_true(html_tree_build(*state, slice_from(page), &tree, &fault));
    assert_int_equal(tree.count, 3);
    assert_true(slice_equal(tree.title, SLICE("A &amp; B")));
    assert_int_equal(tree.json_ld.count, 1);
    assert_true(slice_equal(tree.json_ld.at[0], SLICE("{\"a\":1}")));
}

static void nesting_and_size_are_bounded_and_the_words_stay(void **state) {
    AUTO(buf_free)
    struct buf page = buf_new(20000000);
    struct html_tree tree;
    struct fault fault = {0};
    for (int i = 0; i < 100000; i++) buf_add_text(&page, "<div>");
    buf_add_text(&page, "word");
    assert_true(html_tree_build(*state, buf_slice(&page), &tree, &fault));
    assert_true(slice_equal(tree.at[tree.count - 1].inside, SLICE("word")));
    for (int i = 0; i < 400000; i++) buf_add_text(&page, "<i>");
    assert_true(html_tree_build(*state, buf_slice(&page), &tree, &fault));
    assert_true(tree.cut && tree.count <= LIMIT_HTML_NODES);
}

static void hidden_elements_are_marked(void **state) {
    struct html_tree tree;
    struct fault fault = {0};
    const char *page = "<p hidden>a</p><p style='color:red; display : none'>b</p><p aria-hidden=true>c</p><p "
                       "aria-hidden=false style='display:block'>d</p>";
    assert_true(html_tree_build(*state, slice_from(page), &tree, &fault));
    assert_true(tree.at[1].hidden && tree.at[3].hidden && tree.at[5].hidden && !tree.at[7].hidden);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tags_that_html_lets_out_are_closed_where_html_closes_them, begin, end),
        cmocka_unit_test_setup_teardown(a_header_with_an_open_div_ends_at_its_own_end_tag, begin, end),
        cmocka_unit_test_setup_teardown(stray_end_tags_close_nothing_of_others, begin, end),
        cmocka_unit_test_setup_teardown(scripts_and_styles_are_not_in_it_but_what_they_say_for_machines_is, begin, end),
        cmocka_unit_test_setup_teardown(nesting_and_size_are_bounded_and_the_words_stay, begin, end),
        cmocka_unit_test_setup_teardown(hidden_elements_are_marked, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
