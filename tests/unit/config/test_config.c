#include "config/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "config/describe.h"

struct feed_values {
    struct slice url;
};
static const struct option feed_options[] = {
    {"url", OPTION_URL, offsetof(struct feed_values, url), 0, 0, NULL, NULL, "its address"},
};
static const struct source_schema feed = {"feed", "a feed", feed_options, 1, sizeof(struct feed_values)};
static const struct source_schema *const kinds[] = {&feed};

struct choose_values {
    int64_t gate;
};
static const struct option choose_options[] = {
    {"gate", OPTION_INT, offsetof(struct choose_values, gate), 0, 100, NULL, "45", "least points"},
};
static const struct config_tables tables = {kinds, 1, choose_options, 1, sizeof(struct choose_values)};

#define SCHOOL "school Northfield\ncontact cpd@northfield.example\n"

static struct config read(struct arena *arena, const char *discern, const char *sources, struct problems *problems) {
    struct config config;
    struct fault fault = {0};
    const struct config_files files = {.discern = {SLICE("discern.conf"), slice_from(discern)},
                                       .sources = {SLICE("sources.conf"), slice_from(sources)},
                                       .prompts = {SLICE("prompts.conf"),
                                                   SLICE("step try\nask Which class?\nask Who watches?\n")}};
    *problems = (struct problems){.arena = arena};
    assert_true(config_read(&tables, &files, arena, &config, problems, &fault));
    return config;
}

static void a_whole_configuration_is_read(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct problems problems;
    struct config config =
        read(arena,
             SCHOOL "holiday 2026-10-26 2026-10-30 Half term\n"
                    "reader all-staff\n  title All staff\n  days mon, Thursday\n  deliver web\n"
                    "delivery web\n  by files\n  folder /tmp/x\nnetwork\n  timeout 20 s\nchoose\n  gate 50\n",
             "source blog-one\n  url https://a.example/feed # not this\n  kind feed\n"
             "source blog-two\n  kind feed\n  url https://b.example/feed\n  need feedback, #MarkingChat\n",
             &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(config.sources.count, 2);
    const struct feed_values *values = config.sources.at[0].values;
    assert_true(slice_equal(values->url, SLICE("https://a.example/feed")));
    assert_true(slice_equal(config.sources.at[1].need_words.at[1], SLICE("#MarkingChat")));
    assert_int_equal(config.readers.at[0].days, 1 << 1 | 1 << 4);
    assert_int_equal(config.network.total_timeout_s, 20);
    assert_int_equal(((const struct choose_values *)config.curate)->gate, 50);
    assert_int_equal(config.holidays.count, 1);
    assert_int_equal(config.prompts.at[0].ask.count, 2);
}

static void every_mistake_of_every_file_is_told_at_once_with_its_place(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct problems problems;
    (void)read(
        arena, "school A\nscool B\nreader All\n  length many\n  days someday\n", /* no contact either */
        "url https://x.example/\nsource a\n  kind fed\nsource b\n  kind feed\n  url javascript:alert(1)\nsource b\n"
        "  kind feed\n  adress x\nsource c\n  title no kind\n",
        &problems);
    static const struct {
        const char *file, *words, *hint;
        unsigned line;
    } expected[] = {
        {"discern.conf", "has no 'scool'", "did you mean 'school'?", 2},
        {"discern.conf", "must be a whole number", NULL, 4},
        {"discern.conf", "a reader's name is small letters", NULL, 3},
        {"discern.conf", "no contact address", NULL, 0},
        {"sources.conf", "belongs to no source", NULL, 1},
        {"sources.conf", "no kind of source 'fed'", "did you mean 'feed'?", 3},
        {"sources.conf", "must be a web address", NULL, 6},
        {"sources.conf", "stands already in line 4", NULL, 7},
        {"sources.conf", "has no 'adress'", NULL, 9},
        {"sources.conf", "does not say of which kind", NULL, 10},
    };
    for (size_t e = 0; e < COUNT_OF(expected); e++) {
        bool found = false;
        for (size_t i = 0; i < problems.count; i++) {
            struct problem *problem = &problems.at[i];
            if (strstr(problem->what.at, expected[e].words) == NULL || problem->place.line != expected[e].line ||
                !slice_equal(problem->place.file, slice_from(expected[e].file)))
                continue;
            found = expected[e].hint == NULL || slice_equal(problem->hint, slice_from(expected[e].hint));
        }
        if (!found) print_error("not told: %s\n", expected[e].words);
        assert_true(found);
    }
}

static void what_yaml_and_json_get_wrong_is_read_as_written(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct problems problems;
    struct config config = read(arena,
                                SCHOOL "reader a\n  title Year 7: reading\nreader b\n  title lesson #1 ideas\n"
                                       "reader c\n  title [Ee]vidence \xE2\x80\x9Cquoted\xE2\x80\x9D \\bmeta\n",
                                "source a\n\tkind feed\n\tneed #RetrievalPractice, !important, *all, @EEF, %progress\n"
                                "\tneed it's, a \\d+\n",
                                &problems);
    assert_int_equal(problems.count, 0);
    const struct slice_list *words = &config.sources.at[0].need_words;
    static const char *const expected[] = {"#RetrievalPractice", "!important", "*all",  "@EEF",
                                           "%progress",          "it's",       "a \\d+"};
    assert_int_equal(words->count, COUNT_OF(expected));
    for (size_t i = 0; i < words->count; i++) assert_true(slice_equal(words->at[i], slice_from(expected[i])));
    assert_true(slice_equal(config.readers.at[0].title, SLICE("Year 7: reading")));
    assert_true(slice_equal(config.readers.at[1].title, SLICE("lesson #1 ideas")));
    assert_true(slice_equal(config.readers.at[2].title, SLICE("[Ee]vidence \xE2\x80\x9Cquoted\xE2\x80\x9D \\bmeta")));
}

/* The reference cannot lag behind: it is made from the tables that read the files. */
static void every_setting_stands_in_the_reference_with_its_range_and_default(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf text = buf_new(100000);
    config_describe(&tables, &text);
    static const char *const expected[] = {
        "| `school` | text | – | the school's name",
        "| `alarm-after` | whole number, 1 to 30 | 3 |",
        "| `timeout` | time, 1 s to 10 min | 30 s |",
        "### A block that begins with `reader NAME`",
        "| `gate` | whole number, 0 to 100 | 45 | least points |",
        "| `every` | time, 5 min to 7 days | 1 h |",
        "### kind feed\n\nFor a feed.\n\n| keyword",
        "| `url` | web address | – | its address |",
    };
    assert_false(buf_failed(&text));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        if (strstr(buf_text(&text), expected[i]) == NULL) print_error("not in the reference: %s\n", expected[i]);
        assert_non_null(strstr(buf_text(&text), expected[i]));
    }
}

static void what_is_configured_is_told_in_a_few_lines(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    AUTO(buf_free)
    struct buf text = buf_new(10000);
    struct problems problems;
    struct config config = read(arena,
                                SCHOOL "holiday 2026-12-21 2027-01-01 Christmas\nholiday 2026-10-26 2026-10-30 Autumn\n"
                                       "reader staff\n  title All staff\n  days fri, mon\n  deliver web\n"
                                       "delivery web\n  by sendmail\n  from a@b.example\n  to c@d.example\n",
                                "source a\n  kind feed\nsource b\n  kind feed\n  paused yes\n"
                                "source c\n  kind feed\n  paused yes\n  to-be-checked yes\n",
                                &problems);
    int64_t today_s;
    assert_int_equal(problems.count, 0);
    assert_true(when_parse_rfc3339(SLICE("2026-11-25"), &today_s));
    config_summarise(&config, today_s, &text);
    assert_string_equal(buf_text(&text), "school    Northfield, contact cpd@northfield.example\n"
                                         "reader    All staff: Mon, Fri; at most 6 ideas; by web\n"
                                         "delivery  web: sendmail to 1 address\n"
                                         "sources   1 read, 1 paused, 1 to be checked\n"
                                         "holiday   Christmas, 2026-12-21 to 2027-01-01\n"
                                         "prompts   2 questions, of 1 of the 9 steps\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_configuration_is_read),
        cmocka_unit_test(every_mistake_of_every_file_is_told_at_once_with_its_place),
        cmocka_unit_test(what_yaml_and_json_get_wrong_is_read_as_written),
        cmocka_unit_test(every_setting_stands_in_the_reference_with_its_range_and_default),
        cmocka_unit_test(what_is_configured_is_told_in_a_few_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
