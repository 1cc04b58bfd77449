#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "cite/scan.h"

/* What is found, one "kind id" a line. */
static char *found_in(struct arena *arena, const struct cite_input *input) {
    struct reference_list list = {0};
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf out = buf_new((size_t)64 * 1024);
    assert_true(cite_scan(arena, input, &list, &fault));
    for (size_t i = 0; i < list.count; i++)
        buf_printf(&out, "%s%s %.*s", i == 0 ? "" : "; ", reference_kind_name(list.at[i].kind),
                   SLICE_ARGS(list.at[i].id));
    char *text = arena_printf(arena, "%.*s", SLICE_ARGS(buf_slice(&out)));
    assert_non_null(text);
    return text;
}

struct example {
    const char *text, *found;
};

static void check_all(const struct example *examples, size_t count) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    for (size_t i = 0; i < count; i++) {
        struct cite_input input = {.text = slice_from(examples[i].text)};
        char *found = found_in(arena, &input);
        if (strcmp(found, examples[i].found) != 0) print_message("in: %s\n", examples[i].text);
        assert_string_equal(found, examples[i].found);
    }
}

static void a_doi_in_words_has_one_form(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"see https://doi.org/10.1111/J.1467-9280.2006.01693.x.", "doi 10.1111/j.1467-9280.2006.01693.x"},
        {"(doi:10.3102/0034654307313795)", "doi 10.3102/0034654307313795"},
        {"DOI 10.1016/S0079-7421(08)60422-3, and more", "doi 10.1016/s0079-7421(08)60422-3"},
        {"[10.1037/0033-2909.132.3.354]", "doi 10.1037/0033-2909.132.3.354"},
        {"\xE2\x80\x9C"
         "10.1002/acp.1598\xE2\x80\x9D",
         "doi 10.1002/acp.1598"},
        {"http://dx.doi.org/10.1000/182?x=1#y", "doi 10.1000/182"},
        {"https://www.tandfonline.com/doi/full/10.1080/00131911.2021.1948390/full",
         "doi 10.1080/00131911.2021.1948390"},
        {"10.1000/182 again 10.1000/182 and 10.1000/ABC/abc", "doi 10.1000/182; doi 10.1000/abc/abc"},
        {"version 10.4/5, 110.1234/5, 10.12/34, 10.12345", ""},
        {"10.48550/arXiv.2101.00001", "arxiv 2101.00001"},
        {"at https://doi.org/10.1234%2FAbc.5, too", "doi 10.1234/abc.5"},
        {"10.1002/(SICI)1098-2736(199908)36:6<613::AID-TEA1>3.0.CO;2-#.",
         "doi 10.1002/(sici)1098-2736(199908)36:6<613::aid-tea1>3.0.co;2-#"},
    };
    check_all(examples, COUNT_OF(examples));
}

static void other_registries_numbers_are_checked(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"arXiv:2101.00001v3 [cs.CL]", "arxiv 2101.00001"},
        {"https://arxiv.org/abs/hep-th/9901001", "arxiv hep-th/9901001"},
        {"arXiv:2113.00001", ""},
        {"ERIC: ED581117 and EJ1078892.", "eric ED581117; eric EJ1078892"},
        {"EDITED123456 ED12", ""},
        {"PMID: 12345678;", "pmid 12345678"},
        {"ISBN 978-0-470-59196-3", "isbn 9780470591963"},
        {"ISBN-10: 0-306-40615-2.", "isbn 9780306406157"},
        {"ISBN 978-0-470-59196-5", ""},
        {"call 0306406152", ""},
    };
    check_all(examples, COUNT_OF(examples));
}

static void citations_in_words_are_found(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"As Rosenshine (2012) says, review.", "citation rosenshine 2012"},
        {"Novices need guidance (Kirschner, Sweller & Clark, 2006).", "citation kirschner 2006"},
        {"(Hattie and Timperley, 2007; Wiliam, 2011a)", "citation hattie 2007; citation wiliam 2011"},
        {"Roediger & Karpicke (2006, p. 250) tested it.", "citation roediger 2006"},
        {"Van der Kleij et al. (2015) reviewed feedback.", "citation kleij 2015"},
        {"John Sweller's (1988) theory", "citation sweller 1988"},
        {"(see e.g. Dunlosky et al., 2013)", "citation dunlosky 2013"},
        {"Most of it stands in Dunlosky et al., 2013, too.", "citation dunlosky 2013"},
        {"It was in London, 2013, too.", ""},
        {"(EEF, 2018)", "citation eef 2018"},
        {"Fisher et al.'s (2014) walls were bare.", "citation fisher 2014"},
        {"Fisher et al.\xE2\x80\x99s (2014) walls", "citation fisher 2014"},
        {"Ofsted (2019) asks what is learned.", "citation ofsted 2019"},
        {"Guidance fades: see Kalyuga, 2007.", "citation kalyuga 2007"},
        {"Kirschner, Sweller and Clark, 2006, argue for it.", "citation kirschner 2006"},
        {"Educational words. Bj\xC3\xB6rk (1994) called them desirable.", "citation bj\xC3\xB6rk 1994"},
        {"In May (2024) we met. In Year (2012). (Spring 2019) (London, 2012)", ""},
        {"It rose (2012) and fell, and we had 2006 pupils, 1999.", ""},
        {"the Education Act (2011) and the Budget (2010)", ""},
        {"2019 (Ofsted) 2020", ""},
        {"Bjork, R. A. (1994). Memory.", "citation bjork 1994"},
    };
    check_all(examples, COUNT_OF(examples));
}

static void links_are_classed_by_the_table_and_own_ones_left_out(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    const struct cite_host lines[] = {{SLICE("ed.gov"), SLICE("government")},
                                      {SLICE("ies.ed.gov/ncee/wwc"), SLICE("synthesis")},
                                      {SLICE("journal.example"), SLICE("journal")}};
    const struct cite_hosts hosts = {lines, COUNT_OF(lines)};
    struct link links[] = {{.url = SLICE("https://t.example/x"),
                            .expanded = SLICE("https://ies.ed.gov/ncee/WWC/Intervention/1"),
                            .length = -1},
                           {.url = SLICE("https://www.ed.gov/news"), .title = SLICE("the news"), .length = -1},
                           {.url = SLICE("https://notjournal.example/a"), .length = -1},
                           {.url = SLICE("https://me.journal.example/a"), .length = -1},
                           {.url = SLICE("https://pubmed.ncbi.nlm.nih.gov/16507066/"), .length = -1},
                           {.url = SLICE("https://onlinelibrary.wiley.example/doi/abs/10.1002%2Facp.1598?a=b"),
                            .length = -1},
                           {.url = SLICE("https://eric.ed.gov/?q=a&id=EJ882508"), .length = -1},
                           {.url = SLICE("javascript:alert(1)"), .length = -1}};
    struct link_list list = {.at = links, .count = COUNT_OF(links)};
    struct cite_input input = {.text = SLICE("No words."),
                               .links = &list,
                               .own_url = SLICE("https://journal.example/b"),
                               .hosts = &hosts};
    assert_string_equal(found_in(arena, &input),
                        "host synthesis; host government; pmid 16507066; doi 10.1002/acp.1598; eric EJ882508");
}

static void words_around_tell_of_a_retraction(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct reference_list list = {0};
    struct fault fault = {0};
    struct cite_input input = {.text =
                                   SLICE("First line.\nThe paper 10.1000/1 was retracted in May.\n10.1000/2 stands.")};
    assert_true(cite_scan(arena, &input, &list, &fault));
    assert_int_equal(list.count, 2);
    assert_true(list.at[0].retraction);
    assert_true(slice_equal(list.at[0].text, SLICE("The paper 10.1000/1 was retracted in May.")));
    assert_true(slice_equal(list.at[0].url, SLICE("https://doi.org/10.1000/1")));
    assert_false(list.at[1].retraction);
}

static bool is_marked(struct arena *arena, const char *text, struct link_list *links, const char *id) {
    struct reference_list list = {0};
    struct fault fault = {0};
    struct cite_input input = {.text = slice_from(text), .links = links};
    assert_true(cite_scan(arena, &input, &list, &fault));
    for (size_t i = 0; i < list.count; i++)
        if (slice_equal(list.at[i].id, slice_from(id))) return list.at[i].retraction;
    fail_msg("%s is not among the references", id);
    return false;
}

static void a_retraction_is_said_of_the_sentence_it_stands_in(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    static const char beside[] = "See 10.1000/1 for more. Smith et al. (2019) found otherwise, and 10.1000/2 was "
                                 "retracted in 2021. The trial 10.1000/3 stands.";
    assert_false(is_marked(arena, beside, NULL, "10.1000/1"));
    assert_true(is_marked(arena, beside, NULL, "10.1000/2"));
    assert_true(is_marked(arena, beside, NULL, "smith 2019"));
    assert_false(is_marked(arena, beside, NULL, "10.1000/3"));
    assert_true(is_marked(arena, "We rest on 10.1000/1. The paper was retracted in May.", NULL, "10.1000/1"));
    assert_false(is_marked(arena, "We rest on 10.1000/1. Others were retracted in May.", NULL, "10.1000/1"));
    assert_false(is_marked(arena, "10.1000/1 has not been retracted.", NULL, "10.1000/1"));
    assert_false(is_marked(arena, "Retraction Watch wrote of fraud, unlike 10.1000/1.", NULL, "10.1000/1"));
    assert_false(is_marked(arena, "A retractable banner hung by 10.1000/1.", NULL, "10.1000/1"));
    assert_true(is_marked(arena, "J. B. Lee, 10.1000/1, retracted.", NULL, "10.1000/1"));
}

static void addresses_that_are_only_printed_are_references(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    const struct cite_host table[] = {{SLICE("ies.example/wwc"), SLICE("synthesis")}};
    const struct cite_hosts hosts = {table, COUNT_OF(table)};
    static const char text[] =
        "The guide (https://ies.example/wwc/guide/2) says so. See http://pubmed.ncbi.nlm.nih.gov/"
        "23277826/.\nHere https://ies.example/wwc/guide/2, was retracted.\n"
        "Ours: https://own.example/wwc. Not one: httpish https:/ https://";
    struct cite_input input = {.text = slice_from(text), .hosts = &hosts, .own_url = SLICE("https://own.example/")};
    struct reference_list list = {0};
    struct fault fault = {0};
    assert_true(cite_scan(arena, &input, &list, &fault));
    assert_int_equal(list.count, 2);
    assert_true(slice_equal(list.at[0].url, SLICE("https://ies.example/wwc/guide/2")) && list.at[0].retraction);
    assert_true(slice_starts(list.at[0].text, SLICE("The guide (https")));
    assert_true(list.at[1].kind == REFERENCE_PMID && slice_equal(list.at[1].id, SLICE("23277826")));
}

static void the_words_around_a_link_are_its_sentence(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct link at[] = {{.url = SLICE("https://doi.org/10.1000/1"), .title = SLICE("here")},
                        {.url = SLICE("https://doi.org/10.1000/2"), .title = SLICE("here")},
                        {.url = SLICE("https://doi.org/10.1000/3"), .title = SLICE("a trial of ten weeks")}};
    struct link_list links = {at, COUNT_OF(at), COUNT_OF(at)};
    static const char text[] = "Over there, read the first one here.\nThe second, here, was retracted. So a trial of "
                               "ten weeks is left.";
    struct cite_input input = {.text = slice_from(text), .links = &links};
    struct reference_list list = {0};
    struct fault fault = {0};
    assert_true(cite_scan(arena, &input, &list, &fault));
    assert_int_equal(list.count, 3);
    assert_true(slice_equal(list.at[0].text, SLICE("Over there, read the first one here.")));
    assert_true(slice_starts(list.at[1].text, SLICE("The second, here, was retracted.")));
    assert_true(slice_equal(list.at[2].text, SLICE("a trial of ten weeks")));
    assert_false(list.at[0].retraction);
    assert_true(list.at[1].retraction);
    assert_false(list.at[2].retraction);
}

/* A megabyte of what looks like the beginning of something costs no more than a few times a megabyte of words. */
static void hostile_text_ends_and_stays_bounded(void **state) {
    (void)state;
    static const char *const parts[] = {"(",   "10.1234/", "10.1234/(", "arXiv:",         "ISBN ",
                                        "A, ", "(A, 2001", "2001 ",     "10.1234/a)))) ", "\xC3\xA9"};
    for (size_t p = 0; p < COUNT_OF(parts); p++) {
        AUTO(arena_free)
        struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
        AUTO(buf_free)
        struct buf text = buf_new((size_t)2 * 1024 * 1024);
        struct reference_list list = {0};
        struct fault fault = {0};
        while (text.len < (size_t)1024 * 1024) buf_add_text(&text, parts[p]);
        struct cite_input input = {.text = buf_slice(&text)};
        assert_true(cite_scan(arena, &input, &list, &fault));
        assert_true(list.count <= LIMIT_REFERENCES);
    }
}

static void a_text_with_very_many_references_is_cut_not_refused(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf text = buf_new(100000);
    for (unsigned i = 0; i < 2 * LIMIT_REFERENCES; i++) buf_printf(&text, "See 10.1234/number%u here. ", i);
    struct reference_list list = {0};
    struct fault fault = {0};
    const struct cite_input input = {.text = buf_slice(&text)};
    assert_true(cite_scan(arena, &input, &list, &fault));
    assert_in_range(list.count, 100, LIMIT_REFERENCES);
    assert_true(slice_equal(list.at[0].id, SLICE("10.1234/number0")));
}

/* However far a beginning stands from the edges of the text, and whatever stands before it. */
static void a_reference_is_found_at_every_place(void **state) {
    static const char *const written[] = {"10.1111/abc", "arXiv:2101.00001", "PMID: 123456",
                                          "EJ123456",    "Smith (2020)",     "pMid 123456"};
    static const char *const before[] = {"", " ", "(", "x", "7", "=", "\xC3\xA9"};
    static const char words[] = "and so this is a paper in art, isn't it? 3 of 11 are pmore";
    char text[256];
    size_t found_most = 0;
    (void)state;
    for (size_t what = 0; what < COUNT_OF(written); what++)
        for (size_t edge = 0; edge < COUNT_OF(before); edge++) {
            AUTO(arena_free)
            struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
            char *first = NULL;
            for (int front = 0; front < 40; front++)
                for (int back = 0; back < 20; back++) {
                    /* The words end in a blank before the edge, so that only the edge decides. */
                    (void)snprintf(text, sizeof text, "%.*s%s%s%s%.*s", front, words, front > 0 ? " " : "",
                                   before[edge], written[what], back, " and more of it then");
                    struct cite_input input = {.text = slice_from(text)};
                    char *found = found_in(arena, &input);
                    if (first == NULL) first = found;
                    if (strcmp(found, first) != 0) print_message("in: %s\n", text);
                    assert_string_equal(found, first);
                }
            found_most += first[0] != '\0';
        }
    assert_true(found_most >= COUNT_OF(written) * 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_doi_in_words_has_one_form),
        cmocka_unit_test(other_registries_numbers_are_checked),
        cmocka_unit_test(citations_in_words_are_found),
        cmocka_unit_test(links_are_classed_by_the_table_and_own_ones_left_out),
        cmocka_unit_test(words_around_tell_of_a_retraction),
        cmocka_unit_test(a_retraction_is_said_of_the_sentence_it_stands_in),
        cmocka_unit_test(addresses_that_are_only_printed_are_references),
        cmocka_unit_test(the_words_around_a_link_are_its_sentence),
        cmocka_unit_test(hostile_text_ends_and_stays_bounded),
        cmocka_unit_test(a_text_with_very_many_references_is_cut_not_refused),
        cmocka_unit_test(a_reference_is_found_at_every_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
