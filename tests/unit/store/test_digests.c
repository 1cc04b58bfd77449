#include "store/digests.h"

#include "unit/store/shelf.h"

static struct shown an_entry(const char *story, const char *source, int place) {
    static struct term terms[1] = {{.name = {"evidence", 8}, .points = 20, .most = 30, .words = {"links a study", 13}}};
    static struct slice members[1] = {{"s/1", 3}};
    return (struct shown){.story = slice_from(story),
                          .code = SLICE("ab2d"),
                          .item = SLICE("s/1"),
                          .source = slice_from(source),
                          .title = SLICE("T"),
                          .members = {members, 1, 1},
                          .section = SECTION_CLASSROOM,
                          .place = place,
                          .score = 61.5,
                          .terms = {terms, 1, 1}};
}

static void put(struct shelf *shelf, int64_t day_s, const char *json, struct shown *entries, size_t count) {
    struct digest_record record = {.date_s = day_s,
                                   .reader = SLICE("staff"),
                                   .json = slice_from(json),
                                   .made_s = day_s + 60};
    struct shown_list list = {entries, count, count};
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, digests_put(shelf->store, &record, &list, &shelf->fault));
    shelf_commit(shelf, &work);
}

static void a_day_stays_the_same_and_its_history_is_replaced_with_it(void **state) {
    struct shelf *shelf = *state;
    struct shown entries[2] = {an_entry("one", "a", 1), an_entry("two", "b", 2)};
    put(shelf, DAY_S * 100, "{\"a\":1}", entries, 2);
    struct digest_record record = {.date_s = DAY_S * 100, .reader = SLICE("staff")};
    bool found = false;
    MUST(shelf, digests_get(shelf->store, &record, shelf->arena, &found, &shelf->fault));
    assert_true(found);
    assert_slice(record.json, "{\"a\":1}");
    struct shown_query query = {.reader = SLICE("staff"), .from_s = DAY_S * 100, .until_s = DAY_S * 101};
    struct shown_list list;
    MUST(shelf, shown_list(shelf->store, &query, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 2);
    assert_slice(list.at[1].story, "two");
    assert_slice(list.at[0].terms.at[0].words, "links a study");
    assert_int_equal(list.at[0].section, SECTION_CLASSROOM);
    put(shelf, DAY_S * 100, "{\"a\":2}", entries, 1);
    MUST(shelf, shown_list(shelf->store, &query, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 1);
    put(shelf, DAY_S * 101, "{}", entries, 2);
    query = (struct shown_query){.from_s = 0, .until_s = DAY_S * 200};
    struct source_shown_list counts;
    MUST(shelf, shown_by_source(shelf->store, &query, shelf->arena, &counts, &shelf->fault));
    assert_int_equal(counts.count, 2);
    assert_slice(counts.at[0].source, "a");
    assert_int_equal(counts.at[0].count, 2);
    struct digest_record_list days;
    MUST(shelf, digests_list(shelf->store, SLICE("staff"), shelf->arena, &days, &shelf->fault));
    assert_int_equal(days.count, 2);
    assert_true(days.at[0].date_s == DAY_S * 101);
    record.reader = SLICE("nobody");
    MUST(shelf, digests_get(shelf->store, &record, shelf->arena, &found, &shelf->fault));
    assert_false(found);
}

static void parked_ideas_keep_their_first_day_and_come_best_first(void **state) {
    struct shelf *shelf = *state;
    struct parked low = {.reader = SLICE("staff"), .story = SLICE("low"), .score = 40, .parked_s = NOW};
    struct parked high = {.reader = SLICE("staff"), .story = SLICE("high"), .score = 70, .parked_s = NOW};
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, parked_put(shelf->store, &low, &shelf->fault));
    MUST(shelf, parked_put(shelf->store, &high, &shelf->fault));
    low.parked_s = NOW + 5;
    MUST(shelf, parked_put(shelf->store, &low, &shelf->fault));
    struct parked_list list;
    MUST(shelf, parked_list(shelf->store, SLICE("staff"), shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 2);
    assert_slice(list.at[0].story, "high");
    assert_true(list.at[1].parked_s == NOW);
    bool found = false;
    MUST(shelf, parked_remove(shelf->store, SLICE("staff"), SLICE("low"), &found, &shelf->fault));
    assert_true(found);
    shelf_commit(shelf, &work);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SHELF_TEST(a_day_stays_the_same_and_its_history_is_replaced_with_it),
        SHELF_TEST(parked_ideas_keep_their_first_day_and_come_best_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
