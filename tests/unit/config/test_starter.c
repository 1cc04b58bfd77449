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

static struct config load(struct arena *arena, const char *folder, struct problems *problems) {
    size_t count;
    const struct source_kind *const *kinds = source_kinds(&count);
    const struct source_schema **schemas = arena_alloc(arena, count, sizeof(*schemas));
    const char *root = getenv("DISCERN_ROOT");
    assert_non_null(schemas);
    for (size_t i = 0; i < count; i++) schemas[i] = &kinds[i]->schema;
    const struct config_tables tables = {schemas, count, curate_option_table, curate_option_count,
                                         sizeof(struct curate_options)};
    const char *path = arena_printf(arena, "%s/%s", root == NULL ? "." : root, folder);
    struct config config;
    struct fault fault = {0};
    assert_non_null(path);
    *problems = (struct problems){.arena = arena};
    assert_true(config_load(&tables, path, arena, &config, problems, &fault));
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
    assert_int_equal(config.prompts.count, 8);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_starter_set_holds_and_says_what_is_still_to_be_filled_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
