/* The smaller records: sources, money, handles, marks, focus and notes, letters, runs, facts. */
#include "store/marks.h"
#include "store/outbox.h"
#include "store/practice.h"
#include "store/runs.h"
#include "store/sources.h"
#include "unit/store/shelf.h"

static void a_source_that_was_never_asked_has_its_first_state(void **state) {
    struct shelf *shelf = *state;
    struct source_state source;
    MUST(shelf, sources_get(shelf->store, SLICE("new"), shelf->arena, &source, &shelf->fault));
    assert_slice(source.name, "new");
    assert_true(source.next_due_s == WHEN_ABSENT);
    assert_int_equal(source.mean_gap_s, -1);
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    source.cursor = SLICE("c1");
    source.etag = SLICE("\"x\"");
    source.next_due_s = NOW + 5;
    source.failures = 2;
    source.skip_hours = 0x80000001u;
    source.skip_days = 3;
    MUST(shelf, sources_put(shelf->store, &source, &shelf->fault));
    shelf_commit(shelf, &work);
    struct source_state_list list;
    MUST(shelf, sources_list(shelf->store, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 1);
    assert_slice(list.at[0].cursor, "c1");
    assert_slice(list.at[0].etag, "\"x\"");
    assert_true(list.at[0].next_due_s == NOW + 5);
    assert_int_equal(list.at[0].failures, 2);
    assert_true(list.at[0].skip_hours == 0x80000001u);
    assert_int_equal(list.at[0].skip_days, 3);
    assert_true(slice_is_absent(list.at[0].moved_to));
}

static void money_adds_up_by_month(void **state) {
    struct shelf *shelf = *state;
    struct spending posts = {SLICE("x"), SLICE("2026-11"), SLICE("posts"), 10, 50000};
    struct spending users = {SLICE("x"), SLICE("2026-11"), SLICE("users"), 1, 10000};
    struct spending other = {SLICE("x"), SLICE("2026-12"), SLICE("posts"), 1, 5000};
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, spending_add(shelf->store, &posts, &shelf->fault));
    MUST(shelf, spending_add(shelf->store, &posts, &shelf->fault));
    MUST(shelf, spending_add(shelf->store, &users, &shelf->fault));
    MUST(shelf, spending_add(shelf->store, &other, &shelf->fault));
    int64_t sum = 0;
    MUST(shelf, spending_sum(shelf->store, SLICE("x"), SLICE("2026-11"), &sum, &shelf->fault));
    assert_int_equal(sum, 110000);
    struct spending_list list;
    MUST(shelf, spending_list(shelf->store, SLICE("x"), shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 3);
    assert_int_equal(list.at[0].count, 20);
    shelf_commit(shelf, &work);
}

static void a_handle_holds_until_its_time(void **state) {
    struct shelf *shelf = *state;
    struct handle handle = {SLICE("bluesky"), SLICE("ada.example"), SLICE("did:plc:1"), SLICE("Ada"), NOW + 10};
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, handles_put(shelf->store, &handle, &shelf->fault));
    shelf_commit(shelf, &work);
    struct handle wanted = {.network = SLICE("bluesky"), .handle = SLICE("ada.example")};
    bool found = false;
    MUST(shelf, handles_get(shelf->store, &wanted, NOW, shelf->arena, &found, &shelf->fault));
    assert_true(found);
    assert_slice(wanted.id, "did:plc:1");
    MUST(shelf, handles_get(shelf->store, &wanted, NOW + 10, shelf->arena, &found, &shelf->fault));
    assert_false(found);
}

static void a_mark_is_one_however_often_it_is_set_and_can_be_undone(void **state) {
    struct shelf *shelf = *state;
    struct mark mark = {
        .when_s = NOW, .kind = MARK_FLAG_WRONG, .reader = SLICE("staff"), .item = SLICE("s/1"), .flag = SLICE("hype")};
    int64_t first = 0;
    int64_t second = 0;
    bool found = false;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, marks_add(shelf->store, &mark, &first, &shelf->fault));
    MUST(shelf, marks_add(shelf->store, &mark, &second, &shelf->fault));
    assert_int_equal(first, second);
    mark.kind = MARK_USEFUL;
    mark.flag = (struct slice){NULL, 0};
    MUST(shelf, marks_add(shelf->store, &mark, &second, &shelf->fault));
    MUST(shelf, marks_undo(shelf->store, first, NOW + 1, &found, &shelf->fault));
    assert_true(found);
    MUST(shelf, marks_undo(shelf->store, first, NOW + 2, &found, &shelf->fault));
    assert_false(found);
    shelf_commit(shelf, &work);
    struct mark_list list;
    struct mark_query query = {.item = SLICE("s/1")};
    MUST(shelf, marks_list(shelf->store, &query, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].kind, MARK_USEFUL);
    query.with_undone = true;
    MUST(shelf, marks_list(shelf->store, &query, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 2);
    assert_true(list.at[0].undone_s == NOW + 1);
    assert_slice(list.at[0].flag, "hype");
}

static void a_focus_its_notes_and_its_history_are_kept(void **state) {
    struct shelf *shelf = *state;
    struct slice topic = SLICE("retrieval");
    struct focus focus = {.team = SLICE("maths"),
                          .title = SLICE("Quizzes"),
                          .topics = {&topic, 1, 1},
                          .chosen_s = NOW,
                          .weeks = 6,
                          .step_since_s = NOW,
                          .closed_s = WHEN_ABSENT};
    struct slice id;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, focus_add(shelf->store, &focus, shelf->arena, &id, &shelf->fault));
    assert_slice(id, "F1");
    MUST(shelf, focus_add(shelf->store, &focus, shelf->arena, &id, &shelf->fault));
    assert_slice(id, "F2");
    focus.id = id;
    focus.step = FOCUS_STOPPED;
    focus.closed_s = NOW + 1;
    focus.reason = SLICE("no time");
    MUST(shelf, focus_put(shelf->store, &focus, &shelf->fault));
    struct practice_note note = {.focus = id, .date_s = NOW, .step = FOCUS_TRY, .did = SLICE("Ten questions")};
    MUST(shelf, notes_add(shelf->store, &note, &shelf->fault));
    MUST(shelf, notes_add(shelf->store, &note, &shelf->fault));
    struct focus_event event = {.focus = id, .when_s = NOW, .what = SLICE("step"), .detail = SLICE("stopped")};
    MUST(shelf, focus_event_add(shelf->store, &event, &shelf->fault));
    shelf_commit(shelf, &work);
    struct focus_list open;
    MUST(shelf, focus_all(shelf->store, SLICE("maths"), FOCUS_OPEN, shelf->arena, &open, &shelf->fault));
    assert_int_equal(open.count, 1);
    assert_slice(open.at[0].id, "F1");
    assert_slice(open.at[0].topics.at[0], "retrieval");
    struct focus got;
    bool found = false;
    MUST(shelf, focus_get(shelf->store, SLICE("F2"), shelf->arena, &got, &found, &shelf->fault));
    assert_true(found);
    assert_slice(got.reason, "no time");
    MUST(shelf, focus_get(shelf->store, SLICE("F9"), shelf->arena, &got, &found, &shelf->fault));
    assert_false(found);
    struct practice_note_list notes;
    MUST(shelf, notes_list(shelf->store, id, shelf->arena, &notes, &shelf->fault));
    assert_int_equal(notes.count, 1);
    assert_slice(notes.at[0].did, "Ten questions");
    struct focus_event_list events;
    MUST(shelf, focus_events(shelf->store, id, shelf->arena, &events, &shelf->fault));
    assert_int_equal(events.count, 1);
    assert_slice(events.at[0].detail, "stopped");
}

static void a_letter_is_owed_once_and_one_found_half_sent_is_unsure(void **state) {
    struct shelf *shelf = *state;
    struct letter letter = {.key = SLICE("staff/2026-11-25/mail"),
                            .message_id = SLICE("abc@discern.invalid"),
                            .date_s = NOW,
                            .queued_s = NOW,
                            .changed_s = NOW,
                            .next_try_s = WHEN_ABSENT};
    bool added = false;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, outbox_add(shelf->store, &letter, &added, &shelf->fault));
    assert_true(added);
    MUST(shelf, outbox_add(shelf->store, &letter, &added, &shelf->fault));
    assert_false(added);
    struct letter_list list;
    MUST(shelf, outbox_due(shelf->store, NOW, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 1);
    struct letter sending = list.at[0];
    sending.state = LETTER_SENDING;
    sending.tries = 1;
    MUST(shelf, outbox_put(shelf->store, &sending, &shelf->fault));
    MUST(shelf, outbox_due(shelf->store, NOW, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 0);
    int64_t unsure = 0;
    MUST(shelf, outbox_recover(shelf->store, NOW + 5, &unsure, &shelf->fault));
    assert_int_equal(unsure, 1);
    MUST(shelf, outbox_due(shelf->store, NOW + 5, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].state, LETTER_UNSURE);
    assert_int_equal(list.at[0].tries, 1);
    assert_slice(list.at[0].message_id, "abc@discern.invalid");
    sending.state = LETTER_SENT;
    MUST(shelf, outbox_put(shelf->store, &sending, &shelf->fault));
    MUST(shelf, outbox_due(shelf->store, NOW + 5, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 0);
    shelf_commit(shelf, &work);
}

static void the_ledger_shows_a_run_that_was_cut_off(void **state) {
    struct shelf *shelf = *state;
    int64_t first = 0;
    int64_t second = 0;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, runs_start(shelf->store, SLICE("pull"), NOW, &first, &shelf->fault));
    MUST(shelf, runs_start(shelf->store, SLICE("pull"), NOW + 5, &second, &shelf->fault));
    struct run_leg leg = {.id = second, .ended_s = NOW + 9, .done = 3, .words = SLICE("3 sources")};
    MUST(shelf, runs_end(shelf->store, &leg, &shelf->fault));
    MUST(shelf, facts_put(shelf->store, SLICE("last-weekly"), SLICE("2026-11-20"), &shelf->fault));
    shelf_commit(shelf, &work);
    struct run_leg_list list;
    MUST(shelf, runs_list(shelf->store, SLICE("pull"), 10, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.at[0].done, 3);
    assert_slice(list.at[0].leg, "pull");
    assert_true(list.at[1].ended_s == WHEN_ABSENT);
    struct slice value;
    MUST(shelf, facts_get(shelf->store, SLICE("last-weekly"), shelf->arena, &value, &shelf->fault));
    assert_slice(value, "2026-11-20");
    MUST(shelf, facts_get(shelf->store, SLICE("never"), shelf->arena, &value, &shelf->fault));
    assert_true(slice_is_absent(value));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SHELF_TEST(a_source_that_was_never_asked_has_its_first_state),
        SHELF_TEST(money_adds_up_by_month),
        SHELF_TEST(a_handle_holds_until_its_time),
        SHELF_TEST(a_mark_is_one_however_often_it_is_set_and_can_be_undone),
        SHELF_TEST(a_focus_its_notes_and_its_history_are_kept),
        SHELF_TEST(a_letter_is_owed_once_and_one_found_half_sent_is_unsure),
        SHELF_TEST(the_ledger_shows_a_run_that_was_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
