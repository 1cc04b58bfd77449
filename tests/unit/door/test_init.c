#include "discern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char home[] = "/tmp/discern-init-XXXXXX";
static char config[sizeof home + 16];

static const char *at(const char *name) {
    static char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", config, name);
    return path;
}

static bool collect(void *to, const char *bytes, size_t len) {
    char *text = to;
    size_t used = strlen(text);
    assert_true(used + len < 20000);
    memcpy(text + used, bytes, len);
    text[used + len] = '\0';
    return true;
}

/* Runs init; what it said. */
static const char *init(bool force, enum discern_form form) {
    static char text[20000];
    struct discern_error error;
    const struct discern_init options = {.config_dir = config, .force = force, .form = form};
    text[0] = '\0';
    assert_int_equal(discern_init(&options, collect, text, &error), DISCERN_DONE);
    assert_string_equal(error.text, "");
    return text;
}

static void write_file(const char *name, const char *text) {
    FILE *file = fopen(at(name), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static const char *read_file(const char *name) {
    static char text[100000];
    FILE *file = fopen(at(name), "r");
    if (file == NULL) return NULL;
    size_t len = fread(text, 1, sizeof text - 1, file);
    assert_int_equal(fclose(file), 0);
    text[len] = '\0';
    return text;
}

static void the_first_time_everything_is_written_and_the_next_step_is_told(void **state) {
    (void)state;
    const char *said = init(false, DISCERN_TEXT);
    assert_non_null(strstr(said, "discern doctor"));
    assert_non_null(strstr(read_file("discern.conf"), "\nschool "));
    assert_non_null(strstr(read_file("sources.conf"), "\nsource "));
    assert_non_null(strstr(read_file("prompts.conf"), "\nstep "));
    assert_non_null(read_file("rules/memory.rules"));
    struct stat about;
    assert_int_equal(stat(at("discern.conf"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void what_a_person_changed_is_left_alone(void **state) {
    (void)state;
    write_file("discern.conf", "school Ours\n");
    assert_non_null(strstr(init(false, DISCERN_TEXT), "discern.conf: kept"));
    assert_string_equal(read_file("discern.conf"), "school Ours\n");
    assert_non_null(strstr(init(false, DISCERN_JSON), "{\"file\":\"discern.conf\",\"outcome\":\"kept"));
}

static void force_replaces_and_keeps_every_old_copy(void **state) {
    (void)state;
    assert_non_null(strstr(init(true, DISCERN_TEXT), "discern.conf: replaced"));
    assert_string_equal(read_file("discern.conf.old"), "school Ours\n");
    write_file("discern.conf", "school Theirs\n");
    (void)init(true, DISCERN_TEXT);
    assert_string_equal(read_file("discern.conf.old"), "school Ours\n");
    assert_string_equal(read_file("discern.conf.old2"), "school Theirs\n");
    assert_non_null(strstr(read_file("discern.conf"), "\nreader "));
}

/* An older version of a file that nobody touched is known by its fingerprint. */
static void a_file_that_nobody_touched_is_brought_up_to_date(void **state) {
    (void)state;
    write_file("prompts.conf", "abc\n");
    write_file("shipped.list", "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb prompts.conf\n");
    assert_non_null(strstr(init(false, DISCERN_TEXT), "prompts.conf: brought up to date"));
    assert_non_null(strstr(read_file("prompts.conf"), "\nstep "));
    assert_null(strstr(init(false, DISCERN_TEXT), "prompts.conf"));
}

static void a_folder_that_cannot_be_made_is_told_in_one_line(void **state) {
    (void)state;
    struct discern_error error;
    const struct discern_init options = {.config_dir = "/proc/none/config"};
    assert_int_equal(discern_init(&options, NULL, NULL, &error), DISCERN_ACT);
    assert_non_null(strstr(error.text, "/proc/none"));
    assert_null(strchr(error.text, '\n'));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_time_everything_is_written_and_the_next_step_is_told),
        cmocka_unit_test(what_a_person_changed_is_left_alone),
        cmocka_unit_test(force_replaces_and_keeps_every_old_copy),
        cmocka_unit_test(a_file_that_nobody_touched_is_brought_up_to_date),
        cmocka_unit_test(a_folder_that_cannot_be_made_is_told_in_one_line),
    };
    if (mkdtemp(home) == NULL) return 1;
    (void)snprintf(config, sizeof config, "%s/config", home);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[100];
    (void)snprintf(command, sizeof command, "rm -rf %s", home);
    return system(command) != 0 || failed;
}
