#include "parse/opml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

static struct opml read_list(struct arena *arena, const char *text) {
    struct opml opml = {0};
    struct fault fault = {0};
    if (!opml_parse(slice_from(text), arena, &opml, &fault)) fail_msg("%s", fault.text);
    return opml;
}

static void subscriptions_are_read_with_their_folders(void **state) {
    struct opml opml =
        read_list(*state, "<?xml version='1.0'?><opml version='1.1'><head><title> My &amp; list </title></head><body>"
                          "<outline text='Alone' xmlUrl=' https://a.example/feed '/>"
                          "<outline text='Research'><outline title='Trials &amp; co' text='x' type='rss' "
                          "xmlurl='https://b.example/rss' htmlUrl='https://b.example/' description='d'/>"
                          "<outline text='Deep'><outline text='C' xmlUrl='https://c.example/'/></outline>"
                          "<outline text='D' xmlUrl='https://d.example/'/></outline>"
                          "<outline text='E' xmlUrl='https://e.example/'/></body></opml>");
    static const struct {
        const char *title, *url, *folder;
    } want[] = {{"Alone", "https://a.example/feed", NULL},
                {"Trials & co", "https://b.example/rss", "Research"},
                {"C", "https://c.example/", "Research / Deep"},
                {"D", "https://d.example/", "Research"},
                {"E", "https://e.example/", NULL}};
    assert_true(slice_equal(opml.title, SLICE("My & list")));
    assert_int_equal(opml.outlines.count, COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_true(slice_equal(opml.outlines.at[i].title, slice_from(want[i].title)));
        assert_true(slice_equal(opml.outlines.at[i].url, slice_from(want[i].url)));
        assert_true(slice_equal(opml.outlines.at[i].folder, slice_from(want[i].folder)));
    }
    assert_true(slice_equal(opml.outlines.at[1].site, SLICE("https://b.example/")));
}

static void doubles_and_entries_without_a_feed_are_told(void **state) {
    struct opml opml = read_list(*state, "<opml><body><outline text='A' xmlUrl='https://a.example/'/>"
                                         "<outline text='B' xmlUrl='https://a.example/'/>"
                                         "<outline text='C' xmlUrl='javascript:alert(1)'/>"
                                         "<outline text='L' type='link' url='https://x.example/'/></body></opml>");
    assert_int_equal(opml.outlines.count, 1);
    assert_int_equal(opml.problems.count, 3);
}

static void what_is_no_list_gets_one_line(void **state) {
    static const char *const texts[] = {"",
                                        "hello",
                                        "<rss version='2.0'><channel/></rss>",
                                        "<html><body>x</body></html>",
                                        "<opml><body/></opml>",
                                        "{\"a\":1}"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct opml opml = {0};
        struct fault fault = {0};
        if (opml_parse(slice_from(texts[i]), *state, &opml, &fault)) fail_msg("'%s' was taken", texts[i]);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_int_equal(opml.outlines.count, 0);
    }
}

static void what_is_written_is_read_back(void **state) {
    static struct outline outlines[] = {
        {.title = {"A <b> & \"c\"", 11}, .url = {"https://a.example/?x=1&y=2", 26}, .folder = {"One / Two", 9}},
        {.url = {"https://b.example/", 18}},
        {.title = {"C", 1},
         .url = {"https://c.example/", 18},
         .site = {"https://c.example/", 18},
         .folder = {"One", 3}},
        {.title = {"D", 1}, .url = {"https://d.example/", 18}, .folder = {"One / Two", 9}},
        {.title = {"E", 1}, .url = {"https://e.example/", 18}, .folder = {"Onerous", 7}}};
    const struct opml opml = {.outlines = {outlines, COUNT_OF(outlines), COUNT_OF(outlines)}};
    AUTO(buf_free)
    struct buf out = buf_new(100000), again = buf_new(100000);
    opml_write(&opml, 1790000000, &out);
    struct opml back = read_list(*state, buf_text(&out));
    assert_int_equal(back.outlines.count, COUNT_OF(outlines));
    static const size_t order[] = {0, 3, 2, 1, 4}; /* gathered under their folders */
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        assert_true(slice_equal(back.outlines.at[i].url, outlines[order[i]].url));
        assert_true(slice_equal(back.outlines.at[i].folder, outlines[order[i]].folder));
    }
    assert_true(slice_equal(back.outlines.at[0].title, outlines[0].title));
    opml_write(&back, 1790000000, &again);
    assert_string_equal(buf_text(&out), buf_text(&again));
}

static void folders_without_end_are_bounded(void **state) {
    AUTO(buf_free)
    struct buf text = buf_new((size_t)4 * 1024 * 1024);
    buf_add_text(&text, "<opml><body>");
    for (int i = 0; i < 100; i++) buf_printf(&text, "<outline text='f%d'>", i);
    buf_add_text(&text, "<outline text='A' xmlUrl='https://a.example/'/>");
    for (int i = 0; i < 100; i++) buf_add_text(&text, "</outline>");
    buf_add_text(&text, "<outline text='B' xmlUrl='https://b.example/'/></body></opml>");
    struct opml opml = read_list(*state, buf_text(&text));
    assert_int_equal(opml.outlines.count, 2);
    assert_true(slice_equal(opml.outlines.at[0].folder, SLICE("f0 / f1 / f2 / f3 / f4 / f5 / f6 / f7")));
    assert_true(slice_is_absent(opml.outlines.at[1].folder));
}

static void the_shared_lists_are_read(void **state) {
    const char *shared = getenv("DISCERN_SHARED");
    char line[512], path[512];
    int seen = 0;
    (void)snprintf(line, sizeof line, "ls %s/data/feeds/*.opml.xml 2>/dev/null", shared == NULL ? "." : shared);
    FILE *list = popen(line, "r");
    while (list != NULL && fgets(path, sizeof path, list) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        AUTO(buf_free)
        struct buf body = buf_new(LIMIT_DOCUMENT_BYTES);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        char *room = buf_room(&body, LIMIT_DOCUMENT_BYTES / 2);
        buf_grown(&body, fread(room, 1, LIMIT_DOCUMENT_BYTES / 2, file));
        (void)fclose(file);
        struct opml opml = {0};
        struct fault fault = {0};
        if (!opml_parse(buf_slice(&body), *state, &opml, &fault)) fail_msg("%s: %s", path, fault.text);
        assert_true(opml.outlines.count > 0);
        seen++;
    }
    if (list != NULL) (void)pclose(list);
    if (seen == 0) skip();
}

static int start(void **state) {
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    *state = arena;
    return arena == NULL ? -1 : 0;
}

static int stop(void **state) {
    struct arena *arena = *state;
    arena_free(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subscriptions_are_read_with_their_folders),
        cmocka_unit_test(doubles_and_entries_without_a_feed_are_told),
        cmocka_unit_test(what_is_no_list_gets_one_line),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(folders_without_end_are_bounded),
        cmocka_unit_test(the_shared_lists_are_read),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
