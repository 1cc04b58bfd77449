/* Every format against a digest made by hand: tests/golden/digest/sample.json and the files beside it. With a digest
 * and a folder as arguments the program renders that digest instead: `test_formats DIGEST.json FOLDER`. With
 * DISCERN_GOLDEN=write the expected files are written anew (then look at the difference). */
#include "render/format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/digest_json.h"
#include "render/edition.h"

#define GOLDEN "tests/golden/digest/"

static void read_file(const char *path, struct buf *out) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return;
    char *room;
    size_t got = 1;
    while (got > 0 && (room = buf_room(out, 65536)) != NULL) {
        got = fread(room, 1, 65536, file);
        buf_grown(out, got);
    }
    (void)fclose(file);
}

static bool write_file(const char *path, struct slice bytes) {
    FILE *file = fopen(path, "wb");
    if (file == NULL) return false;
    bool whole = fwrite(bytes.at, 1, bytes.len, file) == bytes.len;
    return fclose(file) == 0 && whole;
}

static bool read_digest(const char *path, struct arena *arena, struct digest *out, struct fault *fault) {
    AUTO(buf_free)
    struct buf text = buf_new(LIMIT_RENDER_BYTES);
    read_file(path, &text);
    return digest_json_read(buf_slice(&text), arena, out, fault);
}

static bool render(const struct format *format, const struct digest *digest, struct buf *out, struct fault *fault) {
    struct look look = {.mail = {.from = SLICE("digest@northfield.example"),
                                 .to = SLICE("maths@northfield.example"),
                                 .unsubscribe = SLICE("digest-stop@northfield.example")}};
    *out = buf_new(LIMIT_RENDER_BYTES);
    return format->write(digest, &look, out, fault);
}

static bool render_run(const struct run_format *format, struct digest *digest, struct buf *out, struct fault *fault) {
    struct digest_list list = {.at = digest, .count = 1};
    struct look look = {0};
    *out = buf_new(LIMIT_RENDER_BYTES);
    return format->write(&list, &look, out, fault);
}

static void compare(const char *name, struct slice got) {
    AUTO(buf_free)
    struct buf expected = buf_new(LIMIT_RENDER_BYTES);
    char path[200];
    snprintf(path, sizeof path, GOLDEN "expected.%s", name);
    if (getenv("DISCERN_GOLDEN") != NULL) assert_true(write_file(path, got));
    read_file(path, &expected);
    if (!slice_equal(got, buf_slice(&expected)))
        fail_msg("%s is not what %s holds (DISCERN_GOLDEN=write writes it anew)", name, path);
}

static void every_format_writes_the_expected_bytes(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    struct digest digest;
    struct fault fault = {0};
    assert_true(read_digest(GOLDEN "sample.json", arena, &digest, &fault));
    size_t count;
    const struct format *const *formats = day_formats(&count);
    for (size_t i = 0; i < count; i++) {
        AUTO(buf_free)
        struct buf out = {0};
        if (!render(formats[i], &digest, &out, &fault)) fail_msg("%s: %s", formats[i]->name, fault.text);
        compare(formats[i]->name, buf_slice(&out));
    }
    const struct run_format *const *runs = run_formats(&count);
    for (size_t i = 0; i < count; i++) {
        AUTO(buf_free)
        struct buf out = {0};
        if (!render_run(runs[i], &digest, &out, &fault)) fail_msg("%s: %s", runs[i]->name, fault.text);
        compare(runs[i]->name, buf_slice(&out));
    }
}

static void a_digest_read_back_renders_to_the_same_bytes(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    AUTO(buf_free)
    struct buf json = buf_new(LIMIT_RENDER_BYTES);
    struct digest digest, again;
    struct fault fault = {0};
    assert_true(read_digest(GOLDEN "sample.json", arena, &digest, &fault));
    struct jwrite writer = jwrite_to(&json);
    digest_json_write(&writer, &digest);
    assert_true(digest_json_read(buf_slice(&json), arena, &again, &fault));
    size_t count;
    const struct format *const *formats = day_formats(&count);
    for (size_t i = 0; i < count; i++) {
        AUTO(buf_free)
        struct buf one = {0};
        AUTO(buf_free)
        struct buf two = {0};
        assert_true(render(formats[i], &digest, &one, &fault));
        assert_true(render(formats[i], &again, &two, &fault));
        assert_string_equal(buf_text(&one), buf_text(&two));
    }
}

static void a_day_without_entries_says_so_in_every_format(void **state) {
    (void)state;
    struct digest digest = {.date = SLICE("2026-11-24"), .date_s = 1795478400, .school = SLICE("Northfield")};
    struct fault fault = {0};
    size_t count;
    const struct format *const *formats = day_formats(&count);
    for (size_t i = 0; i < count; i++) {
        AUTO(buf_free)
        struct buf out = {0};
        if (!render(formats[i], &digest, &out, &fault)) fail_msg("%s: %s", formats[i]->name, fault.text);
        if (strcmp(formats[i]->name, "json") == 0 || strcmp(formats[i]->name, "eml") == 0) continue;
        assert_non_null(strstr(buf_text(&out), "Nothing new cleared the bar"));
        assert_non_null(strstr(buf_text(&out), "Nobody has"));
    }
}

static void the_day_page_fits_into_forty_kilobytes(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    AUTO(buf_free)
    struct buf out = {0};
    struct digest digest;
    struct fault fault = {0};
    assert_true(read_digest(GOLDEN "sample.json", arena, &digest, &fault));
    assert_true(render(day_format_find(SLICE("html")), &digest, &out, &fault));
    assert_true(out.len <= 40 * 1024);
}

/* The digest as a week of one day. */
static bool write_edition(const struct digest *digest, const char *folder, struct fault *fault) {
    struct digest one = *digest;
    struct digest_list week = {.at = &one, .count = 1, .capacity = 1};
    struct look look = {0};
    char path[1000];
    AUTO(buf_free)
    struct buf out = buf_new(LIMIT_RENDER_BYTES);
    snprintf(path, sizeof path, "%s/week.epub", folder);
    return edition_write(&week, &look, &out, fault) && write_file(path, buf_slice(&out));
}

/* Renders one digest into a folder, for tests that look at pages from outside. */
static int render_all(const char *digest_path, const char *folder) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    struct digest digest;
    struct fault fault = {0};
    if (arena == NULL || !read_digest(digest_path, arena, &digest, &fault)) {
        fprintf(stderr, "%s\n", fault.text);
        return 1;
    }
    size_t count;
    const struct format *const *formats = day_formats(&count);
    for (size_t i = 0; i < count; i++) {
        AUTO(buf_free)
        struct buf out = {0};
        char path[1000];
        snprintf(path, sizeof path, "%s/%s", folder, formats[i]->file);
        if (!render(formats[i], &digest, &out, &fault) || !write_file(path, buf_slice(&out))) {
            fprintf(stderr, "%s: %s\n", formats[i]->name, fault.text);
            return 1;
        }
    }
    const struct run_format *const *runs = run_formats(&count);
    for (size_t i = 0; i < count; i++) {
        AUTO(buf_free)
        struct buf out = {0};
        char path[1000];
        snprintf(path, sizeof path, "%s/%s%s", folder, i == 0 ? "days-" : "", runs[i]->file);
        if (!render_run(runs[i], &digest, &out, &fault) || !write_file(path, buf_slice(&out))) {
            fprintf(stderr, "%s: %s\n", runs[i]->name, fault.text);
            return 1;
        }
    }
    if (!write_edition(&digest, folder, &fault)) {
        fprintf(stderr, "edition: %s\n", fault.text);
        return 1;
    }
    return 0;
}

static void weeks_are_named_as_iso_8601_names_them(void **state) {
    (void)state;
    static const struct {
        int year, month, day;
        const char *name;
    } days[] = {
        {2026, 11, 22, "2026-W47"}, {2026, 11, 23, "2026-W48"}, {2026, 12, 31, "2026-W53"}, {2027, 1, 3, "2026-W53"},
        {2027, 1, 4, "2027-W01"},   {2024, 12, 30, "2025-W01"}, {2023, 1, 1, "2022-W52"},   {2020, 2, 29, "2020-W09"},
    };
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        char name[EDITION_NAME_BYTES];
        edition_name(when_from_civil((struct civil){.year = days[i].year, .month = days[i].month, .day = days[i].day}),
                     name);
        assert_string_equal(name, days[i].name);
    }
}

int main(int argc, char **argv) {
    if (argc == 3) return render_all(argv[1], argv[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_writes_the_expected_bytes),
        cmocka_unit_test(a_digest_read_back_renders_to_the_same_bytes),
        cmocka_unit_test(a_day_without_entries_says_so_in_every_format),
        cmocka_unit_test(the_day_page_fits_into_forty_kilobytes),
        cmocka_unit_test(weeks_are_named_as_iso_8601_names_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
