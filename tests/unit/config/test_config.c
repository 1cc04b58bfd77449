#include "config/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"

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
                                "", &problems);
    assert_int_equal(problems.count, 0);
    assert_true(slice_equal(config.readers.at[0].title, SLICE("Year 7: reading")));
    assert_true(slice_equal(config.readers.at[1].title, SLICE("lesson #1 ideas")));
    assert_true(slice_equal(config.readers.at[2].title, SLICE("[Ee]vidence \xE2\x80\x9Cquoted\xE2\x80\x9D \\bmeta")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_configuration_is_read),
        cmocka_unit_test(every_mistake_of_every_file_is_told_at_once_with_its_place),
        cmocka_unit_test(what_yaml_and_json_get_wrong_is_read_as_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
