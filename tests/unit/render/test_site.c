/* The archive. With a digest and a folder as arguments the program writes the archive of that digest there. */
#include "render/site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/when.h"
#include "model/digest_json.h"

#define PAGES_MOST 20000

struct taken {
    struct arena *arena;
    struct slice names[PAGES_MOST];
    struct slice pages[PAGES_MOST];
    size_t count, bytes;
    uint64_t hash;
    enum { TAKE_COUNT, TAKE_KEEP } mode;
};

static bool take(void *to, struct slice name, struct slice bytes, struct fault *fault) {
    struct taken *taken = to;
    if (taken->count == PAGES_MOST) return fault_set(fault, FAULT_LIMIT, "too many pages");
    if (!arena_copy(taken->arena, name, &taken->names[taken->count])) return fault_memory(fault);
    if (taken->mode == TAKE_KEEP && !arena_copy(taken->arena, bytes, &taken->pages[taken->count]))
        return fault_memory(fault);
    taken->count++;
    taken->bytes += bytes.len;
    taken->hash = hash_fnv64(bytes, hash_fnv64(name, taken->hash));
    return true;
}

static void read_sample(struct arena *arena, struct digest *out, const char *path) {
    static char text[1u << 20];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    struct fault fault = {0};
    assert_true(digest_json_read(slice_of(text, len), arena, out, &fault));
}

/* Many days of the sample, each entry a story of its own. */
static struct digest_list make_days(struct arena *arena, size_t days) {
    struct digest_list list = {.at = arena_alloc(arena, days, sizeof *list.at), .count = days};
    assert_non_null(list.at);
    size_t number = 0;
    for (size_t i = 0; i < days; i++) {
        struct digest *digest = &list.at[i];
        char date[WHEN_TEXT_BYTES];
        read_sample(arena, digest, "tests/golden/digest/sample.json");
        digest->date_s -= (int64_t)i * DAY_S;
        when_date(digest->date_s, date);
        digest->date = slice_from(arena_printf(arena, "%s", date));
        for (size_t s = 0; s < digest->sections.count; s++)
            for (size_t e = 0; e < digest->sections.at[s].entries.count; e++, number++) {
                struct entry *entry = &digest->sections.at[s].entries.at[e];
                entry->code = slice_from(arena_printf(arena, "c%05zx", number));
                entry->story = slice_from(arena_printf(arena, "story-%zu", number));
            }
    }
    return list;
}

static struct taken taken;

static void write_site(const struct digest_list *digests, struct arena *arena, int mode) {
    struct look look = {.site = LOOK_WITH_SITE};
    struct fault fault = {0};
    memset(&taken, 0, sizeof taken);
    taken.arena = arena;
    taken.mode = mode == TAKE_KEEP ? TAKE_KEEP : TAKE_COUNT;
    struct site site = {.digests = digests, .look = &look, .put = take, .to = &taken};
    if (!site_write(&site, &fault)) fail_msg("%s", fault.text);
}

static bool was_written(struct slice name) {
    for (size_t i = 0; i < taken.count; i++)
        if (slice_equal(taken.names[i], name)) return true;
    return false;
}

/* Follows every relative link of a page. */
static void assert_links_lead_somewhere(struct slice name, struct slice page) {
    bool below = slice_find_byte(name, '/', 0) != SLICE_NOT_FOUND;
    size_t at = 0;
    while ((at = slice_find(page, SLICE(" href=\""), at)) != SLICE_NOT_FOUND) {
        at += 7;
        struct slice href = slice_part(page, at, slice_find_byte(page, '"', at));
        if (href.at[0] == '#' || slice_find_byte(href, ':', 0) != SLICE_NOT_FOUND) continue;
        bool up = slice_starts(href, SLICE("../"));
        assert_int_equal(up, below); /* every link leaves the folder first */
        if (up) href = slice_part(href, 3, href.len);
        bool elsewhere = slice_equal(href, SLICE("index.html")) || slice_ends(href, SLICE("/index.html"));
        if (!elsewhere && !was_written(href))
            fail_msg("%.*s leads to %.*s, which is not there", SLICE_ARGS(name), SLICE_ARGS(href));
    }
}

static void every_link_leads_to_a_page_that_is_there(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1u << 30);
    struct digest_list days = make_days(arena, 70);
    write_site(&days, arena, TAKE_KEEP);
    assert_true(was_written(SLICE("find.html")));
    assert_true(was_written(SLICE("t/spacing.html")));
    assert_true(was_written(SLICE("e/account.html")));
    assert_true(was_written(SLICE("p/ks3-page-2.html")));
    assert_true(was_written(SLICE("i/c00000.html")));
    for (size_t i = 0; i < taken.count; i++) {
        assert_links_lead_somewhere(taken.names[i], taken.pages[i]);
        assert_true(slice_find(taken.pages[i], SLICE("Nobody has judged"), 0) != SLICE_NOT_FOUND);
    }
}

static void a_post_that_was_taken_back_is_not_shown_on_its_page(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1u << 28);
    struct digest_list days = make_days(arena, 1);
    days.at[0].sections.at[0].entries.at[0].withdrawn = true;
    write_site(&days, arena, TAKE_KEEP);
    for (size_t i = 0; i < taken.count; i++) {
        if (!slice_equal(taken.names[i], SLICE("i/c00000.html"))) continue;
        assert_true(slice_find(taken.pages[i], SLICE("withdrawn"), 0) != SLICE_NOT_FOUND);
        assert_true(slice_find(taken.pages[i], SLICE("We moved one of the three"), 0) == SLICE_NOT_FOUND);
    }
}

static void five_thousand_ideas_take_less_than_three_seconds(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1u << 30);
    struct digest_list days = make_days(arena, 834);
    clock_t start = clock();
    write_site(&days, arena, TAKE_COUNT);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    uint64_t hash = taken.hash;
    print_message("%zu pages, %zu kB, %.2f s\n", taken.count, taken.bytes / 1024, seconds);
    write_site(&days, arena, TAKE_COUNT);
    assert_true(hash == taken.hash);
#ifndef __SANITIZE_ADDRESS__
    assert_true(seconds < 3);
#endif
}

static bool write_page(void *to, struct slice name, struct slice bytes, struct fault *fault) {
    char path[1000];
    size_t slash = slice_find_byte(name, '/', 0);
    snprintf(path, sizeof path, "%s/%.*s", (const char *)to, slash == SLICE_NOT_FOUND ? 0 : (int)slash, name.at);
    (void)mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/%.*s", (const char *)to, SLICE_ARGS(name));
    FILE *file = fopen(path, "wb");
    if (file == NULL) return fault_set(fault, FAULT_STORE, "%s cannot be written", path);
    (void)fwrite(bytes.at, 1, bytes.len, file);
    return fclose(file) == 0;
}

int main(int argc, char **argv) {
    if (argc == 3) {
        AUTO(arena_free)
        struct arena *arena = arena_new(1u << 28);
        struct digest digest;
        read_sample(arena, &digest, argv[1]);
        struct digest_list list = {&digest, 1, 1};
        struct look look = {.site = LOOK_WITH_SITE};
        struct site site = {.digests = &list, .look = &look, .put = write_page, .to = argv[2]};
        struct fault fault = {0};
        return !site_write(&site, &fault);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_link_leads_to_a_page_that_is_there),
        cmocka_unit_test(a_post_that_was_taken_back_is_not_shown_on_its_page),
        cmocka_unit_test(five_thousand_ideas_take_less_than_three_seconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
