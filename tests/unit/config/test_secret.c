#include "config/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char path[64];

static void write_file(const char *text, unsigned mode) {
    (void)snprintf(path, sizeof path, "/tmp/discern-secret-%d", (int)getpid());
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static bool get(const char *name, struct buf *out, struct fault *fault) {
    AUTO(secrets_free)
    struct secrets *secrets = secrets_new(slice_from(path), fault);
    assert_non_null(secrets);
    return secrets_get(secrets, slice_from(name), out, fault);
}

static void a_secret_is_found_by_name_in_a_file_of_the_user_s_own(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    struct fault fault = {0};
    write_file("x-key  canary-1 with blanks \nother y\n", 0600);
    assert_true(get("x-key", &out, &fault));
    assert_string_equal(buf_text(&out), "canary-1 with blanks");
    unlink(path);
}

static void a_file_that_others_can_read_is_refused_and_no_value_is_said(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    struct fault fault = {0};
    write_file("x-key canary-2\n", 0640);
    assert_false(get("x-key", &out, &fault));
    assert_int_equal(fault.kind, FAULT_CONFIG);
    assert_non_null(strstr(fault.text, "chmod 600"));
    assert_null(strstr(fault.text, "canary"));
    assert_int_equal(out.len, 0);
    unlink(path);
}

static void what_is_nowhere_is_told_with_where_to_put_it(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    struct fault fault = {0};
    write_file("x-key canary-3\n", 0600);
    assert_false(get("y-key", &out, &fault));
    assert_non_null(strstr(fault.text, "y-key VALUE"));
    assert_false(get("../etc/passwd", &out, &fault));
    unlink(path);
}

/* systemd.exec(5), LoadCredential: a folder that is named in the environment, with a file for each name. */
static void a_credential_of_the_service_goes_before_the_file(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    struct fault fault = {0};
    char folder[] = "/tmp/discern-credentials-XXXXXX", credential[64];
    write_file("x-key canary-5\n", 0600);
    assert_non_null(mkdtemp(folder));
    (void)snprintf(credential, sizeof credential, "%s/x-key", folder);
    FILE *file = fopen(credential, "w");
    assert_non_null(file);
    assert_true(fputs("canary-6\n", file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(setenv("CREDENTIALS_DIRECTORY", folder, 1), 0);
    assert_true(get("x-key", &out, &fault));
    assert_string_equal(buf_text(&out), "canary-6");
    buf_clear(&out);
    assert_int_equal(unlink(credential), 0);
    assert_true(get("x-key", &out, &fault));
    assert_string_equal(buf_text(&out), "canary-5");
    assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
    assert_int_equal(rmdir(folder), 0);
    unlink(path);
}

static void the_environment_serves_too(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    struct fault fault = {0};
    path[0] = '\0';
    assert_int_equal(setenv("DISCERN_SECRET_Z_KEY", "canary-4", 1), 0);
    assert_true(get("z-key", &out, &fault));
    assert_string_equal(buf_text(&out), "canary-4");
    assert_int_equal(unsetenv("DISCERN_SECRET_Z_KEY"), 0);
    assert_false(get("z-key", &out, &fault));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_is_found_by_name_in_a_file_of_the_user_s_own),
        cmocka_unit_test(a_file_that_others_can_read_is_refused_and_no_value_is_said),
        cmocka_unit_test(what_is_nowhere_is_told_with_where_to_put_it),
        cmocka_unit_test(a_credential_of_the_service_goes_before_the_file),
        cmocka_unit_test(the_environment_serves_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
