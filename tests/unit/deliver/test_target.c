/* Ways of delivery. With arguments the program delivers one message instead, for tests from outside:
 * test_target KIND FOLDER-PROGRAM-OR-SERVER FROM TO MESSAGE.eml [without-tls|CA-FILE [USER PASSWORD]] */
#include "deliver/target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct parcel parcel_of(const char *message) {
    return (struct parcel){.message = slice_from(message),
                           .message_id = SLICE("2026-11-24.abc@school.example"),
                           .from = SLICE("digest@school.example"),
                           .to = SLICE("staff@school.example"),
                           .date_s = 1795478400};
}

static void addresses_that_could_be_an_option_or_a_header_are_refused(void **state) {
    (void)state;
    assert_true(address_holds(SLICE("staff@school.example")));
    static const char *const bad[] = {"",      "a",       "-oQ/tmp@x",    "@x",     "a@",
                                      "a@b@c", "a b@c",   "a@b\r\nBcc:c", "a@b\n",  "<a@b>",
                                      "a,b@c", "\"a\"@b", "a@b;c",        "a(b)@c", "\xC3\xA9@b.example"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(address_holds(slice_from(bad[i])));
}

static bool hand_over(const char *kind, const struct target_settings *settings, const struct parcel *parcel,
                      bool *may_have_gone, struct fault *fault) {
    const struct target *target = target_find(slice_from(kind));
    assert_non_null(target);
    return target->hand_over(settings, parcel, may_have_gone, fault);
}

static size_t count_files(const char *folder) {
    char command[300], line[300] = "";
    snprintf(command, sizeof command, "ls '%s' | wc -l", folder);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_non_null(fgets(line, sizeof line, pipe));
    (void)pclose(pipe);
    return (size_t)strtoul(line, NULL, 10);
}

static void a_maildir_holds_the_same_message_once_also_after_it_was_read(void **state) {
    (void)state;
    char root[] = "/tmp/discern-maildir-XXXXXX", path[300], command[600];
    assert_non_null(mkdtemp(root));
    struct target_settings settings = {.folder = slice_from(root)};
    struct parcel parcel = parcel_of("Subject: x\r\n\r\nwords\r\n");
    struct fault fault = {0};
    bool maybe = true;
    for (int i = 0; i < 2; i++) assert_true(hand_over("maildir", &settings, &parcel, &maybe, &fault));
    assert_false(maybe);
    snprintf(path, sizeof path, "%s/new", root);
    assert_int_equal(count_files(path), 1);
    /* Read by a mail program: moved to cur, with flags behind its name. No CR is left in it. */
    snprintf(command, sizeof command,
             "cd '%s' && ! grep -q \"$(printf '\\r')\" new/* && f=$(ls new) && mv new/$f cur/$f:2,S", root);
    assert_int_equal(system(command), 0);
    assert_true(hand_over("maildir", &settings, &parcel, &maybe, &fault));
    assert_int_equal(count_files(path), 0);
    snprintf(command, sizeof command, "rm -r '%s'", root);
    assert_int_equal(system(command), 0);
}

/* A mail program of three lines. */
static void write_program(const char *path, const char *body) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\n%s\n", body);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0700), 0);
}

static void a_mail_program_gets_the_receiver_as_an_argument_and_the_mail_as_input(void **state) {
    (void)state;
    char root[] = "/tmp/discern-sendmail-XXXXXX", program[300], body[400], line[300] = "";
    assert_non_null(mkdtemp(root));
    snprintf(program, sizeof program, "%s/program", root);
    snprintf(body, sizeof body, "echo \"$@\" > %s/got; cat >> %s/got", root, root);
    write_program(program, body);
    struct target_settings settings = {.program = slice_from(program)};
    struct parcel parcel = parcel_of("Subject: x\r\n\r\nwords\r\n");
    struct fault fault = {0};
    bool maybe = false;
    assert_true(hand_over("sendmail", &settings, &parcel, &maybe, &fault));
    snprintf(program, sizeof program, "%s/got", root);
    FILE *got = fopen(program, "r");
    assert_non_null(got);
    assert_non_null(fgets(line, sizeof line, got));
    assert_string_equal(line, "-i -f digest@school.example -- staff@school.example\n");
    assert_non_null(fgets(line, sizeof line, got));
    assert_string_equal(line, "Subject: x\n");
    (void)fclose(got);
    snprintf(body, sizeof body, "rm -r '%s'", root);
    assert_int_equal(system(body), 0);
}

static void a_mail_program_that_fails_hangs_or_is_missing_is_told_apart(void **state) {
    (void)state;
    char root[] = "/tmp/discern-sendmail-XXXXXX", program[300], command[400];
    assert_non_null(mkdtemp(root));
    snprintf(program, sizeof program, "%s/program", root);
    struct target_settings settings = {.program = slice_from(program), .timeout_s = 1};
    struct parcel parcel = parcel_of("Subject: x\r\n\r\nwords\r\n");
    static const struct {
        const char *body;
        enum fault_kind kind;
        bool maybe;
    } cases[] = {{"cat >/dev/null; exit 75", FAULT_REMOTE, false},
                 {"cat >/dev/null; exit 67", FAULT_REFUSED, false},
                 {"cat >/dev/null; exec sleep 30", FAULT_REMOTE, true},
                 {"cat >/dev/null; kill -9 $$", FAULT_REMOTE, true}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct fault fault = {0};
        bool maybe = !cases[i].maybe;
        write_program(program, cases[i].body);
        assert_false(hand_over("sendmail", &settings, &parcel, &maybe, &fault));
        assert_int_equal(fault.kind, cases[i].kind);
        assert_int_equal(maybe, cases[i].maybe);
    }
    struct fault fault = {0};
    bool maybe = true;
    settings.program = SLICE("/nowhere/at/all");
    assert_false(hand_over("sendmail", &settings, &parcel, &maybe, &fault));
    assert_int_equal(fault.kind, FAULT_CONFIG);
    settings.program = SLICE("sendmail");
    assert_false(hand_over("sendmail", &settings, &parcel, &maybe, &fault));
    snprintf(command, sizeof command, "rm -r '%s'", root);
    assert_int_equal(system(command), 0);
}

static void a_password_without_encryption_and_other_schemes_are_refused(void **state) {
    (void)state;
    struct parcel parcel = parcel_of("Subject: x\r\n\r\nwords\r\n");
    static const char *const servers[] = {"http://mail.example", "file:///etc/passwd", "smtp://u:p@mail.example",
                                          "mail", "smtp://mail.example:25"};
    for (size_t i = 0; i < COUNT_OF(servers); i++) {
        struct target_settings settings = {.server = slice_from(servers[i]),
                                           .user = SLICE("u"),
                                           .password = SLICE("p"),
                                           .without_tls = true};
        struct fault fault = {0};
        bool maybe = true;
        assert_false(hand_over("smtp", &settings, &parcel, &maybe, &fault));
        assert_int_equal(fault.kind, FAULT_CONFIG);
        assert_false(maybe);
    }
}

static int deliver(int argc, char **argv) {
    static char message[1u << 20];
    FILE *file = fopen(argv[5], "rb");
    if (file == NULL) return 66;
    size_t len = fread(message, 1, sizeof message, file);
    (void)fclose(file);
    struct parcel parcel = parcel_of("");
    parcel.message = slice_of(message, len);
    parcel.from = slice_from(argv[3]);
    parcel.to = slice_from(argv[4]);
    struct target_settings settings = {.folder = slice_from(argv[2]),
                                       .program = slice_from(argv[2]),
                                       .server = slice_from(argv[2]),
                                       .timeout_s = 3};
    if (argc > 6 && strcmp(argv[6], "without-tls") == 0) settings.without_tls = true;
    else if (argc > 6) settings.ca_file = slice_from(argv[6]);
    if (argc > 8) settings.user = slice_from(argv[7]);
    if (argc > 8) settings.password = slice_from(argv[8]);
    const struct target *target = target_find(slice_from(argv[1]));
    struct fault fault = {0};
    bool maybe = false;
    if (target == NULL) return 64;
    if (target->hand_over(&settings, &parcel, &maybe, &fault)) return 0;
    printf("%s%s\n", maybe ? "unsure: " : "", fault.text);
    return fault.kind == FAULT_REMOTE || fault.kind == FAULT_BUSY ? 75 : fault.kind == FAULT_REFUSED ? 69 : 78;
}

int main(int argc, char **argv) {
    if (argc >= 6) return deliver(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_that_could_be_an_option_or_a_header_are_refused),
        cmocka_unit_test(a_maildir_holds_the_same_message_once_also_after_it_was_read),
        cmocka_unit_test(a_mail_program_gets_the_receiver_as_an_argument_and_the_mail_as_input),
        cmocka_unit_test(a_mail_program_that_fails_hangs_or_is_missing_is_told_apart),
        cmocka_unit_test(a_password_without_encryption_and_other_schemes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
