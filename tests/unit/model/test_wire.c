#include "model/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/when.h"

static struct page example(struct arena *arena) {
    struct page page = {.cursor = SLICE("next"), .more = true, .skipped = 2};
    feed_init(&page.feed);
    page.feed.title = SLICE("Café");
    page.feed.repaired = true;
    page.feed.skip_hours = 5;
    assert_true(slice_list_add(arena, &page.feed.problems, SLICE("a problem")));
    assert_true(slice_list_add(arena, &page.deleted, SLICE("gone")));
    page.items.at = arena_alloc(arena, 2, sizeof *page.items.at);
    page.items.count = page.items.capacity = 2;
    for (size_t i = 0; i < 2; i++) {
        struct item *item = &page.items.at[i];
        item_init(item);
        item->id = SLICE("id");
        item->id_is_link = SAID_YES;
        item->text = SLICE("words");
        item->summary = i == 0 ? item->text : SLICE("other");
        item->published_s = 1772526600;
        item->kind = ITEM_QUOTE;
        item->counts.likes = 3;
        item->cut = true;
        assert_true(link_list_add(arena, &item->links, (struct link){.url = SLICE("https://x.example/"), .length = 7}));
        assert_true(tag_list_add(arena, &item->tags, (struct tag){.term = SLICE("t")}));
        assert_true(person_list_add(arena, &item->authors, (struct person){.name = SLICE("Ann")}));
    }
    return page;
}

static int begin(void **state) {
    *state = arena_new(LIMIT_ARENA_BYTES);
    return *state == NULL;
}

static int end(void **state) {
    arena_free((struct arena **)state);
    return 0;
}

static void a_page_comes_back_as_it_went(void **state) {
    AUTO(buf_free)
    struct buf bytes = buf_new(65536), again = buf_new(65536);
    struct page page = example(*state), back;
    struct fault fault = {0};
    wire_add_page(&bytes, &page);
    struct slice rest = buf_slice(&bytes);
    assert_true(wire_take_page(&rest, *state, &back, &fault));
    assert_int_equal(rest.len, 0);
    wire_add_page(&again, &back);
    assert_true(slice_equal(buf_slice(&bytes), buf_slice(&again)));
    assert_true(slice_equal(back.items.at[1].links.at[0].url, SLICE("https://x.example/")));
    assert_true(slice_is_absent(back.items.at[0].url));
    assert_true(slice_equal(back.items.at[0].summary, SLICE("words")));
    assert_true(back.items.at[0].text.at < bytes.at || back.items.at[0].text.at >= bytes.at + bytes.cap);
    buf_free(&again);
}

static void an_article_comes_back_as_it_went(void **state) {
    AUTO(buf_free)
    struct buf bytes = buf_new(65536);
    struct article article, back;
    struct fault fault = {0};
    article_init(&article);
    article.kind = ARTICLE_VIDEO;
    article.title = SLICE("T");
    article.from.title = SLICE("og");
    article.confidence = 0.5;
    article.surety = (struct article_surety){.title = 0.25, .published = 0.98, .text = 1};
    assert_true(reference_list_add(*state, &article.references,
                                   (struct reference){.kind = REFERENCE_DOI, .id = SLICE("10.1/x")}));
    wire_add_article(&bytes, &article);
    struct slice rest = buf_slice(&bytes);
    assert_true(wire_take_article(&rest, *state, &back, &fault));
    assert_int_equal(back.kind, ARTICLE_VIDEO);
    assert_true(slice_equal(back.from.title, SLICE("og")));
    assert_true(back.surety.title == 0.25 && back.surety.published == 0.98 && back.surety.authors == 0);
    assert_true(slice_equal(back.references.at[0].id, SLICE("10.1/x")));
}

static void every_cut_is_refused(void **state) {
    AUTO(buf_free)
    struct buf bytes = buf_new(65536);
    struct page page = example(*state), back = {.skipped = 99};
    wire_add_page(&bytes, &page);
    for (size_t len = 0; len < bytes.len; len++) {
        struct fault fault = {0};
        struct slice rest = slice_part(buf_slice(&bytes), 0, len), before = rest;
        assert_false(wire_take_page(&rest, *state, &back, &fault));
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_true(rest.at == before.at && rest.len == before.len);
        assert_int_equal(back.skipped, 99);
    }
}

/* Whatever a hostile child writes, what comes out is sound or nothing comes out. */
static void every_changed_byte_gives_a_sound_page_or_none(void **state) {
    AUTO(buf_free)
    struct buf bytes = buf_new(65536);
    struct page page = example(*state);
    static const unsigned char masks[] = {0x01, 0x80, 0xFF};
    wire_add_page(&bytes, &page);
    for (size_t i = 0; i < bytes.len * COUNT_OF(masks); i++) {
        AUTO(buf_free)
        struct buf again = buf_new(LIMIT_ARENA_BYTES);
        AUTO(arena_free)
        struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
        struct fault fault = {0};
        struct page back;
        size_t at = i / COUNT_OF(masks);
        bytes.at[at] = (char)(bytes.at[at] ^ (char)masks[i % COUNT_OF(masks)]);
        struct slice rest = buf_slice(&bytes);
        if (wire_take_page(&rest, arena, &back, &fault)) {
            wire_add_page(&again, &back);
            assert_false(buf_failed(&again));
            assert_true(back.items.count <= LIMIT_WIRE_LIST);
        }
        bytes.at[at] = (char)(bytes.at[at] ^ (char)masks[i % COUNT_OF(masks)]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_comes_back_as_it_went),
        cmocka_unit_test(an_article_comes_back_as_it_went),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(every_changed_byte_gives_a_sound_page_or_none),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
