/* Reminders for calendars, mail headers, addresses that may be links, text that may be shown. */
#include "render/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "render/mime.h"
#include "render/plain.h"
#include "render/safe_url.h"

static void a_reminder_cannot_begin_a_line_of_its_own_and_lines_are_folded(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1u << 16);
    const struct calendar_event event = {
        .uid = SLICE("f1.2026-11-24"),
        .day_s = 1795478400,
        .title = SLICE("Plan; try, see\r\nATTACH:file:///etc/passwd"),
        .words = SLICE("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 a long line of "
                       "words that must be folded at a character and not within \xC3\xA9 one")};
    struct fault fault = {0};
    assert_true(calendar_write(SLICE("Focus"), &event, 1, &out, &fault));
    assert_non_null(strstr(buf_text(&out), "\r\nSUMMARY:Plan\\; try\\, see\\nATTACH:file:///etc/passwd\r\n"));
    assert_non_null(strstr(buf_text(&out), "DTSTART;VALUE=DATE:20261124\r\n"));
    struct slice rest = buf_slice(&out);
    while (!slice_is_absent(rest)) assert_true(slice_next(&rest, '\n').len <= 76);
}

static void only_web_and_mail_addresses_become_links(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1u << 20);
    static const char *const good[][2] = {{"https://a.example/b_c(d)", "https://a.example/b_c(d)"},
                                          {" HTTPS://a.example/x ", "https://a.example/x"},
                                          {"https://a.example/\"><script>", "https://a.example/%22%3E%3Cscript%3E"},
                                          {"https://a.example/\xC3\xA9", "https://a.example/%C3%A9"},
                                          {"mailto:me@a.example", "mailto:me@a.example"}};
    static const char *const bad[] = {"javascript:alert(1)",
                                      "JaVa\tScRiPt:alert(1)",
                                      "data:text/html,x",
                                      "//a.example/x",
                                      "/etc/passwd",
                                      "file:///etc/passwd",
                                      "https://user:pw@a.example/",
                                      "https://",
                                      "http:",
                                      "vbscript:x",
                                      "mailto:a@b?bcc=c@d.example",
                                      "ftp://a.example/",
                                      "\x01javascript:alert(1)",
                                      "https://a.example/\nx",
                                      ""};
    struct safe_url url;
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        assert_true(safe_url_make(arena, slice_from(good[i][0]), &url));
        if (!slice_equal(url.text, slice_from(good[i][1]))) fail_msg("%s: %.*s", good[i][0], SLICE_ARGS(url.text));
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (safe_url_make(arena, slice_from(bad[i]), &url)) fail_msg("%s became a link", bad[i]);
}

static void a_header_holds_no_line_break_whatever_its_words(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1u << 16);
    mime_header(&out, "Subject", SLICE("x\r\nBcc: a@b.example\n\n<script>"));
    assert_string_equal(buf_text(&out), "Subject: x Bcc: a@b.example <script>\r\n");
    buf_clear(&out);
    mime_header(&out, "Subject", SLICE("Caf\xC3\xA9"));
    assert_string_equal(buf_text(&out), "Subject: =?UTF-8?B?Q2Fmw6k=?=\r\n");
}

static void what_would_act_is_dropped_and_what_is_read_is_kept(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1u << 16);
    plain_add(&out,
              SLICE("  a\x1b[31m\xE2\x80\xAE"
                    "b\x00 c\t\t\n d\xE2\x80\xA8"
                    "e\xFF "),
              PLAIN_LINE);
    assert_string_equal(buf_text(&out), "a[31mb c d e\xEF\xBF\xBD");
    buf_clear(&out);
    plain_add(&out, SLICE("\n\nx\n\n\n\ny\nz\n"), PLAIN_PARAGRAPHS);
    assert_string_equal(buf_text(&out), "x\n\ny\nz");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reminder_cannot_begin_a_line_of_its_own_and_lines_are_folded),
        cmocka_unit_test(only_web_and_mail_addresses_become_links),
        cmocka_unit_test(a_header_holds_no_line_break_whatever_its_words),
        cmocka_unit_test(what_would_act_is_dropped_and_what_is_read_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
