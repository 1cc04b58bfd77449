/* The files that are shipped: the starter set and the sample must hold, with the tables of the real rooms. */
#include "config/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "curate/options.h"
#include "source/kind.h"

static struct slice with_address(struct arena *arena, struct slice text) {
    AUTO(buf_free)
    struct buf out = buf_new((size_t)LIMIT_CONFIG_BYTES);
    struct slice copy, mark = SLICE("{{BASE}}");
    for (size_t at; (at = slice_find(text, mark, 0)) != SLICE_NOT_FOUND;
         text = slice_part(text, at + mark.len, text.len)) {
        buf_add(&out, slice_part(text, 0, at));
        buf_add_text(&out, "http://127.0.0.1:47630");
    }
    buf_add(&out, text);
    assert_true(arena_copy(arena, buf_slice(&out), &copy));
    return copy;
}

static struct config_file file_of(struct arena *arena, const char *folder, const char *name) {
    const char *root = getenv("DISCERN_ROOT");
    const char *path = arena_printf(arena, "%s/%s/%s", root == NULL ? "." : root, folder, name);
    struct config_file file = {.name = slice_from(name)};
    struct fault fault = {0};
    bool found;
    assert_non_null(path);
    assert_true(config_read_file(path, arena, &file.text, &found, &fault));
    if (found) file.text = with_address(arena, file.text);
    return file;
}

static struct config load(struct arena *arena, const char *folder, struct problems *problems) {
    size_t count;
    const struct source_kind *const *kinds = source_kinds(&count);
    const struct source_schema **schemas = arena_alloc(arena, count, sizeof(void *));
    assert_non_null(schemas);
    for (size_t i = 0; i < count; i++) schemas[i] = &kinds[i]->schema;
    const struct config_tables tables = {schemas, count, curate_option_table, curate_option_count,
                                         sizeof(struct curate_options)};
    const struct config_files files = {.discern = file_of(arena, folder, "discern.conf"),
                                       .sources = file_of(arena, folder, "sources.conf"),
                                       .prompts = file_of(arena, folder, "prompts.conf"),
                                       .placeholders = file_of(arena, folder, "placeholders.conf")};
    struct config config;
    struct fault fault = {0};
    *problems = (struct problems){.arena = arena};
    assert_true(config_read(&tables, &files, arena, &config, problems, &fault));
    AUTO(buf_free)
    struct buf text = buf_new(100000);
    for (size_t i = 0; i < problems->count; i++) problem_describe(&problems->at[i], &text);
    if (problems->errors > 0) print_error("%s", buf_text(&text));
    assert_int_equal(problems->errors, 0);
    return config;
}

static void the_starter_set_holds_and_says_what_is_still_to_be_filled_in(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct problems problems;
    struct config config = load(arena, "config", &problems);
    assert_int_equal(problems.count, 1); /* the contact address is still the starter's */
    assert_int_equal(config.prompts.count, 9);
    size_t active = 0;
    for (size_t i = 0; i < config.sources.count; i++) {
        const struct source *source = &config.sources.at[i];
        struct request request;
        struct fault fault = {0};
        const struct source_kind *kind = source_kind_find(slice_from(source->schema->name));
        assert_true(kind->ask(source, (struct slice){NULL, 0}, 0, arena, &request, &fault));
        assert_true(!source->to_be_checked || source->paused);
        active += !source->paused;
    }
    assert_true(active >= 50);
}

static void the_sample_holds_and_stays_on_this_machine(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct problems problems;
    struct config config = load(arena, "config/sample", &problems);
    assert_int_equal(problems.count, 0);
    assert_true(config.sources.count >= 10);
    assert_false(config.network.look_up_works);
    for (size_t i = 0; i < config.sources.count; i++) {
        const struct source *source = &config.sources.at[i];
        struct request request;
        struct fault fault = {0};
        const struct source_kind *kind = source_kind_find(slice_from(source->schema->name));
        assert_true(kind->ask(source, (struct slice){NULL, 0}, 0, arena, &request, &fault));
        assert_true(slice_starts(request.url, SLICE("http://127.0.0.1:47630/")));
        assert_true(source->allow_loopback);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_starter_set_holds_and_says_what_is_still_to_be_filled_in),
        cmocka_unit_test(the_sample_holds_and_stays_on_this_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
