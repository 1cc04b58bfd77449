#include "cite/crossref.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"

static struct work take(struct arena *arena, enum cite_registry registry, const char *id, int status, const char *body,
                        struct fault *fault) {
    struct response response = {.state = RESPONSE_ANSWERED, .status = status, .body = slice_from(body)};
    struct work work = {0};
    assert_true(cite_take(arena, registry, slice_from(id), &response, &work, fault));
    assert_string_equal(work.id.at, id);
    return work;
}

static void same(struct slice got, const char *wanted) {
    if (!slice_equal(got, slice_from(wanted))) fail_msg("\"%.*s\" is not \"%s\"", SLICE_ARGS(got), wanted);
}

static void a_question_is_encoded_and_tells_who_asks(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct fault fault = {0};
    struct cite_api api = {.mailto = SLICE("cpd+x@school.example")};
    struct request request;
    assert_true(cite_ask(arena, &api, CITE_CROSSREF, SLICE("10.1000/a?b#c/../<d>"), &request, &fault));
    same(request.url,
         "https://api.crossref.org/works/10.1000%2Fa%3Fb%23c%2F..%2F%3Cd%3E?mailto=cpd%2Bx%40school.example");
    assert_int_equal(request.purpose, REQUEST_API);
    api = (struct cite_api){.datacite_url = SLICE("http://127.0.0.1:81/")};
    assert_true(cite_ask(arena, &api, CITE_DATACITE, SLICE("arxiv:2301.00001"), &request, &fault));
    same(request.url, "http://127.0.0.1:81/dois/10.48550%2Farxiv.2301.00001");
    assert_true(cite_ask(arena, &api, CITE_CROSSREF, SLICE("isbn:9780306406157"), &request, &fault));
    same(request.url, "https://api.crossref.org/works?filter=isbn:9780306406157&rows=5");
}

static void what_no_registry_knows_is_not_asked(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    static const char *const ids[] = {"",       "eric:EJ1234567",  "pmid:1",       "10.1/x", "10.12345/", "10.1234/a b",
                                      "isbn:1", "arxiv:../../..?", "10.1234/a\xFF"};
    struct fault fault = {0};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        struct request request;
        assert_false(cite_can_ask(slice_from(ids[i])));
        assert_false(cite_ask(arena, &(struct cite_api){0}, CITE_CROSSREF, slice_from(ids[i]), &request, &fault));
        assert_int_equal(fault.kind, FAULT_INPUT);
    }
    assert_false(cite_can_ask((struct slice){0}));
    assert_int_equal(cite_first_registry(SLICE("10.1000/1")), CITE_CROSSREF);
    assert_int_equal(cite_first_registry(SLICE("10.5281/zenodo.1")), CITE_DATACITE);
}

static void a_record_is_read_as_plain_words(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct fault fault = {0};
    struct work work =
        take(arena, CITE_CROSSREF, "10.1000/one", 200,
             "{\"status\":\"ok\",\"message\":{\"DOI\":\"10.1000/ONE\",\"type\":\"journal-article\","
             "\"title\":[\"Spacing &amp;amp; <i>testing</i>:\\n a meta\xE2\x80\x90"
             "analysis, <jats:sup>p</jats:sup> &lt; .05\"],"
             "\"container-title\":[\"Learning &amp; Memory\"],\"issued\":{\"date-parts\":[[null]]},"
             "\"published-online\":{\"date-parts\":[[2014,3]]},\"URL\":\"https://doi.org/10.1000/one\","
             "\"author\":[{\"given\":\"Ana\",\"family\":\"M\xC3\xBCller\"},{\"name\":\"A Group\"},{},7],"
             "\"license\":[{\"URL\":\"https://creativecommons.org/licenses/by/4.0/\"}],"
             "\"link\":[{\"URL\":\"https://p.example/tdm\",\"intended-application\":\"text-mining\"},"
             "{\"URL\":\"javascript:alert(1)\"},{\"URL\":\"https://p.example/one.pdf\"}],"
             "\"relation\":{\"is-preprint-of\":[{\"id-type\":\"doi\",\"id\":\"https://doi.org/10.1000/Final\"}]}}}",
             &fault);
    assert_int_equal(work.state, WORK_FOUND);
    same(work.title, "Spacing & testing: a meta\xE2\x80\x90"
                     "analysis, p < .05");
    same(work.journal, "Learning & Memory");
    same(work.type, "journal-article");
    assert_int_equal(work.year, 2014);
    assert_int_equal(work.authors.count, 2);
    same(work.authors.at[0], "Ana M\xC3\xBCller");
    same(work.authors.at[1], "A Group");
    same(work.open_access_url, "https://p.example/one.pdf");
    same(work.preprint_of, "10.1000/final");
    assert_true(work.is_synthesis);
    assert_int_equal(work.notice, WORK_NO_NOTICE);
}

#define RECORD(more)                                                                                                   \
    "{\"message\":{\"DOI\":\"10.1000/one\",\"type\":\"journal-article\",\"title\":[\"A study\"]," more "}}"

static void the_gravest_notice_about_a_work_counts(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct fault fault = {0};
    struct work work = take(arena, CITE_CROSSREF, "10.1000/one", 200,
                            RECORD("\"updated-by\":[{\"type\":\"correction\",\"DOI\":\"10.1000/C\"},"
                                   "{\"type\":\"retraction\",\"DOI\":\"10.1000/R\"},"
                                   "{\"type\":\"expression_of_concern\",\"DOI\":\"10.1000/E\"}]"),
                            &fault);
    assert_int_equal(work.notice, WORK_RETRACTED);
    same(work.notice_id, "10.1000/r");
    work = take(arena, CITE_CROSSREF, "10.1000/one", 200,
                RECORD("\"updated-by\":[{\"type\":\"erratum\",\"DOI\":\"10.1000/C\"},{\"type\":\"new_version\"}]"),
                &fault);
    assert_int_equal(work.notice, WORK_CORRECTED);
    work = take(arena, CITE_CROSSREF, "10.1000/one", 200,
                RECORD("\"update-to\":[{\"type\":\"retraction\",\"DOI\":\"10.1000/other\"}]"), &fault);
    assert_int_equal(work.notice, WORK_NO_NOTICE); /* it is the notice, not the work retracted */
    work = take(arena, CITE_CROSSREF, "10.1000/one", 200, RECORD("\"title\":[\"RETRACTED: A study\"]"), &fault);
    assert_int_equal(work.notice, WORK_RETRACTED);
}

static void a_book_is_told_from_its_chapters(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct fault fault = {0};
    struct work work =
        take(arena, CITE_CROSSREF, "isbn:9780306406157", 200,
             "{\"message\":{\"items\":[{\"DOI\":\"10.1000/c\",\"type\":\"book-chapter\",\"title\":[\"One\"]},"
             "{\"DOI\":\"10.1000/b\",\"type\":\"edited-book\",\"title\":[\"All\"],"
             "\"subtitle\":[\"of it\"],\"editor\":[{\"family\":\"Ek\"}]}]}}",
             &fault);
    assert_int_equal(work.state, WORK_FOUND);
    same(work.title, "All: of it");
    same(work.authors.at[0], "Ek");
    work = take(arena, CITE_CROSSREF, "isbn:9780306406157", 200, "{\"message\":{\"items\":[]}}", &fault);
    assert_int_equal(work.state, WORK_NOT_FOUND);
}

static void datacite_s_record_is_told_in_the_same_words(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct fault fault = {0};
    struct work work = take(
        arena, CITE_DATACITE, "arxiv:2301.00001", 200,
        "{\"data\":{\"attributes\":{\"doi\":\"10.48550/arXiv.2301.00001\",\"titles\":[{\"title\":\"Other\","
        "\"titleType\":\"AlternativeTitle\"},{\"title\":\"A systematic review\"}],\"publicationYear\":2023,"
        "\"creators\":[{\"name\":\"Roe, Ann\",\"givenName\":\"Ann\",\"familyName\":\"Roe\"},{\"name\":\"Lab\"}],"
        "\"publisher\":\"arXiv\",\"url\":\"https://arxiv.org/abs/2301.00001\",\"relatedIdentifiers\":["
        "{\"relationType\":\"IsVersionOf\",\"relatedIdentifierType\":\"DOI\",\"relatedIdentifier\":\"10.1000/V\"}]}}}",
        &fault);
    assert_int_equal(work.state, WORK_FOUND);
    same(work.title, "A systematic review");
    same(work.type, "posted-content");
    same(work.journal, "arXiv");
    same(work.preprint_of, "10.1000/v");
    same(work.authors.at[0], "Ann Roe");
    same(work.authors.at[1], "Lab");
    assert_int_equal(work.year, 2023);
    assert_true(work.is_synthesis);
}

static void what_cannot_be_looked_up_says_why(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(10000000);
    static const char *const bodies[] = {"",
                                         "<html>",
                                         "null",
                                         "[]",
                                         "{\"message\":7}",
                                         "{\"message\":{}}",
                                         "{\"message\":{\"DOI\":\"no\",\"type\":[],\"title\":\"x\"}}",
                                         "{\"message\":{\"DOI\":\"10.1000/one\"}}",
                                         "{\"message\":{\"items\":{}}}",
                                         "{\"message\":{\"DOI\":\"10.1000/o\",\"title\":[\"\xFF\"]}}"};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        for (int registry = CITE_CROSSREF; registry <= CITE_DATACITE; registry++) {
            struct fault fault = {0};
            struct work work = take(arena, (enum cite_registry)registry, "10.1000/one", 200, bodies[i], &fault);
            assert_int_equal(work.state, WORK_LOOKUP_FAILED);
            assert_int_equal(fault.kind, FAULT_INPUT);
        }
    }
    static const struct {
        int status;
        enum work_state state;
        enum fault_kind kind;
    } cases[] = {{404, WORK_NOT_FOUND, FAULT_NONE},
                 {429, WORK_LOOKUP_FAILED, FAULT_REMOTE},
                 {503, WORK_LOOKUP_FAILED, FAULT_REMOTE},
                 {403, WORK_LOOKUP_FAILED, FAULT_REFUSED},
                 {302, WORK_LOOKUP_FAILED, FAULT_REMOTE}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fault fault = {0};
        struct work work = take(arena, CITE_CROSSREF, "10.1000/one", cases[i].status, "Resource not found.", &fault);
        assert_int_equal(work.state, cases[i].state);
        assert_int_equal(fault.kind, cases[i].kind);
    }
    struct response wait = {.state = RESPONSE_FAILED, .reason = SLICE("the server was too slow")};
    struct fault fault = {0};
    struct work work;
    assert_true(cite_take(arena, CITE_CROSSREF, SLICE("10.1000/one"), &wait, &work, &fault));
    assert_int_equal(work.state, WORK_LOOKUP_FAILED);
    assert_non_null(strstr(fault.text, "the server was too slow"));
}

static void a_hostile_record_is_bounded(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(16000000);
    AUTO(buf_free)
    struct buf body = buf_new(3000000);
    buf_add_text(&body, "{\"message\":{\"DOI\":\"10.1000/one\",\"type\":\"book\",\"title\":[\"");
    for (size_t i = 0; i < 200000; i++) buf_add_text(&body, "<a&#x");
    buf_add_text(&body, "\"],\"author\":[{\"family\":\"A\"}");
    for (size_t i = 0; i < 50000; i++) buf_add_text(&body, ",{\"family\":\"A\"}");
    buf_add_text(&body, "]}}");
    struct fault fault = {0};
    struct work work = take(arena, CITE_CROSSREF, "10.1000/one", 200, buf_text(&body), &fault);
    assert_int_equal(work.state, WORK_FOUND);
    assert_true(work.title.len <= 2000);
    assert_int_equal(work.authors.count, LIMIT_AUTHORS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_is_encoded_and_tells_who_asks),
        cmocka_unit_test(what_no_registry_knows_is_not_asked),
        cmocka_unit_test(a_record_is_read_as_plain_words),
        cmocka_unit_test(the_gravest_notice_about_a_work_counts),
        cmocka_unit_test(a_book_is_told_from_its_chapters),
        cmocka_unit_test(datacite_s_record_is_told_in_the_same_words),
        cmocka_unit_test(what_cannot_be_looked_up_says_why),
        cmocka_unit_test(a_hostile_record_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
