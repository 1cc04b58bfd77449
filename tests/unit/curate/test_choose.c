/* Choosing, over four made-up weeks and by single cases. */
#include "curate/choose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "curate/circle.h"
#include "model/digest_json.h"
#include "unit/curate/world.h"

static struct world world;
static struct curate_options options;

static int fresh_world(void **state) {
    (void)state;
    struct fault fault = {0};
    world = (struct world){.arena = arena_new(512u * 1024 * 1024)};
    return world.arena == NULL ||
           !option_defaults(curate_option_table, curate_option_count, world.arena, &options, &fault);
}

static int end_world(void **state) {
    (void)state;
    arena_free(&world.arena);
    return 0;
}

static struct digest choose(const struct curate_input *input) {
    struct digest digest;
    struct fault fault = {0};
    assert_true(choose_digest(input, &options, world.arena, &digest, &fault));
    return digest;
}

static const struct entry *entry_at(const struct digest *digest, size_t number, enum section_kind *kind) {
    for (size_t i = 0; i < digest->sections.count; i++) {
        const struct entry_list *entries = &digest->sections.at[i].entries;
        if (kind != NULL) *kind = digest->sections.at[i].kind;
        if (number < entries->count) return &entries->at[number];
        number -= entries->count;
    }
    return NULL;
}

static size_t count_entries(const struct digest *digest) {
    size_t count = 0;
    while (entry_at(digest, count, NULL) != NULL) count++;
    return count;
}

/* ---- four weeks ---- */

static const char *const topics[] = {"retrieval", "feedback", "behaviour", "vocabulary",
                                     "send",      "phones",   "oracy",     "maths"};

/* One day's posts of eighty sources: a few post a great deal; ideas come back under other people's names. */
static void add_day(int64_t day_s) {
    for (int source = 0; source < 80; source++) {
        int posts = source < 5 ? 8 : source < 20 ? 2 : (int)(world_random(&world) % 4 == 0);
        for (int i = 0; i < posts; i++) {
            char *name = arena_printf(world.arena, "source-%d", source);
            uint64_t r = world_random(&world);
            char *text = arena_printf(world.arena, "idea %d seen by %d on day %d with %d words of its own and %d more",
                                      (int)(r % 997), source, (int)(day_s / DAY_S), (int)(r >> 20 & 1023),
                                      (int)(r >> 30 & 1023));
            struct candidate *post = world_post(&world, name, text, (int)(r >> 10 & 7) % 5, topics[r >> 13 & 7],
                                                day_s + (int)(r >> 40) % 80000);
            static const char *const networks[] = {"Bluesky", "Mastodon", "X", NULL};
            post->network = slice_from(networks[source % 4]);
            post->stats.posts_a_day = posts;
            post->liked = (double)(r >> 50 & 63) / 64;
            world_verdict(post)->check_first = (r >> 56) % 23 == 0;
            if ((r >> 16 & 3) == 0)
                post->key = WORLD_TEXT(&world, "https://site-%d.example/%d", (int)(r >> 5 & 31), (int)(r % 199));
        }
    }
}

static void keep_history(struct shown_story_list *history, const struct digest *digest) {
    const struct entry *entry;
    enum section_kind kind = SECTION_FOCUS;
    for (size_t i = 0; (entry = entry_at(digest, i, &kind)) != NULL; i++) {
        history->at = arena_grow(world.arena, history->at, history->count, &history->capacity, sizeof *history->at);
        assert_non_null(history->at);
        struct shown_story shown = {.story = entry->story,
                                    .key = entry->key,
                                    .title = entry->headline,
                                    .date_s = digest->date_s,
                                    .items = entry->members,
                                    .source = entry->source};
        assert_true(slice_list_add(world.arena, &shown.topics, entry->verdict.topics.at[0].id));
        history->at[history->count++] = shown;
    }
}

static void count_showings(const struct shown_story_list *history) {
    for (size_t i = 0; i < world.candidates.count; i++) {
        struct candidate *candidate = &world.candidates.at[i];
        candidate->stats.showings = 0;
        for (size_t j = 0; j < history->count; j++)
            candidate->stats.showings += slice_equal(history->at[j].source, candidate->source);
    }
}

static void assert_terms_sum(const struct term_list *terms, double score) {
    double sum = 0;
    for (size_t i = 0; i < terms->count; i++) {
        sum += terms->at[i].points;
        assert_true(terms->at[i].points == (double)(int)terms->at[i].points);
        assert_true(terms->at[i].words.len > 0);
    }
    assert_true(sum == score && score >= 0 && score <= 100);
}

static void assert_caps(const struct digest *digest) {
    size_t count = count_entries(digest), check = 0;
    assert_true(count <= 6);
    for (size_t i = 0; i < count; i++) {
        enum section_kind kind;
        const struct entry *entry = entry_at(digest, i, &kind);
        size_t authors = 0, topic = 0, network = 0;
        for (size_t j = 0; j < count; j++) {
            const struct entry *other = entry_at(digest, j, NULL);
            authors += slice_equal(entry->source, other->source);
            topic += slice_equal(entry->verdict.topics.at[0].id, other->verdict.topics.at[0].id);
            network += entry->network.len > 0 && slice_equal(entry->network, other->network);
        }
        check += kind == SECTION_CHECK_FIRST;
        assert_true((kind == SECTION_CHECK_FIRST) == entry->verdict.check_first);
        assert_int_equal(authors, 1);
        assert_true(topic <= 2);
        assert_true(network <= 3);
        assert_true(entry->score >= options.bar);
        assert_terms_sum(&entry->terms, entry->score);
    }
    assert_true(check <= 1);
}

static void assert_no_repeat(const struct digest *digest, const struct shown_story_list *history) {
    const struct entry *entry;
    for (size_t i = 0; (entry = entry_at(digest, i, NULL)) != NULL; i++)
        for (size_t j = 0; j < history->count; j++)
            if (history->at[j].date_s > digest->date_s - 28 * DAY_S) {
                assert_false(slice_equal(entry->story, history->at[j].story));
                if (entry->key.len > 0) assert_false(slice_equal(entry->key, history->at[j].key));
            }
}

static void write_json(const struct digest *digest, struct buf *out) {
    struct jwrite json = jwrite_to(out);
    digest_json_write(&json, digest);
    assert_false(buf_failed(out));
}

static void over_four_weeks_no_cap_is_broken_and_nothing_comes_twice(void **state) {
    (void)state;
    struct shown_story_list history = {0};
    size_t shown = 0, accounts = 0, days_with_account = 0, voices = 0;
    for (int day = 0; day < 28; day++) {
        int64_t date_s = WORLD_START + day * DAY_S;
        add_day(date_s);
        count_showings(&history);
        struct curate_input input = world_input(&world, date_s);
        input.history = history;
        struct digest digest = choose(&input), again = choose(&input);
        AUTO(buf_free)
        struct buf one = buf_new(64u * 1024 * 1024);
        AUTO(buf_free)
        struct buf two = buf_new(64u * 1024 * 1024);
        write_json(&digest, &one);
        write_json(&again, &two);
        assert_true(slice_equal(buf_slice(&one), buf_slice(&two)));
        assert_caps(&digest);
        assert_no_repeat(&digest, &history);
        for (size_t i = 0; i < digest.left_out.count; i++)
            assert_terms_sum(&digest.left_out.at[i].terms, digest.left_out.at[i].score);
        size_t count = count_entries(&digest), accounts_before = accounts;
        assert_int_equal(digest.considered, count + digest.under_bar + digest.held_by_caps + digest.held_for_focus +
                                                digest.held_repeated + digest.held_unwanted + digest.no_room);
        for (size_t i = 0; i < count; i++) accounts += entry_at(&digest, i, NULL)->verdict.level == 1;
        for (size_t i = 0; i < count; i++) voices += entry_at(&digest, i, NULL)->mark == MARK_NEW_VOICE;
        days_with_account += accounts > accounts_before;
        shown += count;
        keep_history(&history, &digest);
    }
    assert_true(shown > 28 * 4);
    assert_int_equal(days_with_account, 28);
    assert_true(voices > 14);
    /* The five sources that post most do not take over. */
    size_t loud = 0;
    for (size_t i = 0; i < history.count; i++)
        for (int source = 0; source < 5; source++)
            loud += slice_equal(history.at[i].source, WORLD_TEXT(&world, "source-%d", source));
    assert_true(loud * 100 < history.count * 40);
}

/* ---- single cases ---- */

static struct candidate *good_post(const char *source, const char *text, int level, const char *topic) {
    struct candidate *post = world_post(&world, source, text, level, topic, WORLD_START + 3600);
    world_verdict(post)->idea_score = 1;
    return post;
}

static void a_thin_day_is_short_and_an_empty_one_empty(void **state) {
    (void)state;
    struct curate_input input = world_input(&world, WORLD_START);
    struct digest digest = choose(&input);
    assert_int_equal(count_entries(&digest), 0);
    good_post("anna", "three questions before the register every single day of the week", 3, "retrieval");
    world_verdict(good_post("ben", "a post with nothing much in it at all for anybody", 0, "x"))->idea_score = 0.1;
    input = world_input(&world, WORLD_START);
    digest = choose(&input);
    assert_int_equal(count_entries(&digest), 1);
    assert_int_equal(digest.under_bar, 1);
}

static void likes_move_a_story_by_two_points_at_most(void **state) {
    (void)state;
    struct candidate *post =
        good_post("anna", "three questions before the register every single day of the week", 3, "r");
    struct curate_input input = world_input(&world, WORLD_START);
    struct digest digest = choose(&input);
    double before = entry_at(&digest, 0, NULL)->score;
    post->liked = 1;
    digest = choose(&input);
    assert_true(entry_at(&digest, 0, NULL)->score - before <= 2);
    assert_true(entry_at(&digest, 0, NULL)->score - before > 0);
}

static void a_review_of_its_topic_stands_among_the_links_and_is_not_said_twice(void **state) {
    (void)state;
    struct candidate *post = good_post("okafor", "see this", 3, "r");
    struct verdict *verdict = world_new(&world, sizeof *verdict);
    *verdict = *post->verdict;
    assert_true(slice_list_add(world.arena, &verdict->notes, SLICE("A review on r: Quizzes (EEF, 2021)")));
    assert_true(slice_list_add(world.arena, &verdict->notes, SLICE("Loud words")));
    post->verdict = verdict;
    struct synthesis_note note = {.topic = SLICE("r"),
                                  .name = SLICE("Quizzes (EEF, 2021)"),
                                  .words = SLICE("Quizzes (EEF, 2021): they help"),
                                  .url = SLICE("https://eef.example/quizzes")};
    struct curate_input input = world_input(&world, WORLD_START);
    input.notes = (struct synthesis_note_list){&note, 1, 1};
    struct digest digest = choose(&input);
    const struct entry *entry = entry_at(&digest, 0, NULL);
    assert_true(slice_equal(entry->synthesis, note.words));
    assert_true(slice_equal(entry->synthesis_url, note.url));
    assert_int_equal(entry->verdict.notes.count, 1);
    assert_true(slice_equal(entry->verdict.notes.at[0], SLICE("Loud words")));
    assert_int_equal(verdict->notes.count, 2);
}

static void a_ring_of_accounts_has_one_voice(void **state) {
    (void)state;
    struct slice key = SLICE("https://a.example/x");
    for (int i = 0; i < 6; i++) {
        struct candidate *post = good_post(arena_printf(world.arena, "ring-%d", i), "see this", 3, "r");
        post->key = key;
        post->stats.circle = SLICE("circle-1");
    }
    struct curate_input input = world_input(&world, WORLD_START);
    struct digest digest = choose(&input);
    const struct entry *entry = entry_at(&digest, 0, NULL);
    for (size_t i = 0; i < entry->terms.count; i++)
        if (slice_equal(entry->terms.at[i].name, SLICE("shared")))
            assert_true(slice_equal(entry->terms.at[i].words, SLICE("one person shared it")));
}

/* How many people shared the first entry, in the words of its sum. */
static struct slice shared_words(const struct digest *digest) {
    const struct entry *entry = entry_at(digest, 0, NULL);
    for (size_t i = 0; i < entry->terms.count; i++)
        if (slice_equal(entry->terms.at[i].name, SLICE("shared"))) return entry->terms.at[i].words;
    return SLICE("");
}

static void a_ring_is_known_by_what_its_voices_shared_in_the_months_before(void **state) {
    (void)state;
    struct past_link past[3 * 4];
    for (int voice = 0; voice < 3; voice++) {
        struct candidate *post = good_post(arena_printf(world.arena, "voice-%d", voice), "see this", 3, "r");
        post->key = SLICE("https://a.example/new");
        for (int link = 0; link < 4; link++)
            past[voice * 4 + link] = (struct past_link){circle_voice(WORLD_TEXT(&world, "voice-%d", voice)),
                                                        circle_link(WORLD_TEXT(&world, "https://a.example/%d", link))};
    }
    struct curate_input input = world_input(&world, WORLD_START);
    struct digest digest = choose(&input);
    assert_true(slice_equal(shared_words(&digest), SLICE("3 separate people shared it")));
    input.past_links = (struct past_link_list){past, COUNT_OF(past), COUNT_OF(past)};
    digest = choose(&input);
    assert_true(slice_equal(shared_words(&digest), SLICE("one person shared it")));
}

static void voices_that_keep_sharing_the_same_links_are_found_to_be_a_ring(void **state) {
    (void)state;
    for (int link = 0; link < 5; link++)
        for (int voice = 0; voice < 8; voice++) {
            /* six share the same five links; two others share one of them and four of their own */
            int which = voice < 6 || link == 0 ? link : 100 + 10 * voice + link;
            struct candidate *post = good_post(arena_printf(world.arena, "voice-%d", voice), "see this", 3, "r");
            post->key = WORLD_TEXT(&world, "https://a.example/%d", which);
        }
    struct curate_input input = world_input(&world, WORLD_START);
    options.per_topic = options.per_host = 20;
    struct digest digest = choose(&input);
    bool found = false;
    for (size_t e = 0; e < count_entries(&digest); e++) {
        const struct entry *entry = entry_at(&digest, e, NULL);
        if (!slice_equal(entry->key, SLICE("https://a.example/0"))) continue;
        found = true;
        assert_int_equal(entry->sharers.count, 8);
        for (size_t i = 0; i < entry->terms.count; i++)
            if (slice_equal(entry->terms.at[i].name, SLICE("shared")))
                assert_true(slice_equal(entry->terms.at[i].words, SLICE("3 separate people shared it")));
    }
    assert_true(found);
}

static void the_same_words_under_another_name_and_address_are_a_repeat(void **state) {
    (void)state;
    const char *words =
        "ask three questions from memory at the door, one of them from last month, and correct together";
    struct candidate *before = good_post("anna", words, 3, "retrieval");
    struct shown_story shown = {.story = SLICE("old"), .date_s = WORLD_START - 27 * DAY_S, .lead = before};
    struct candidate copied = *before;
    shown.lead = &copied;
    world.candidates.count = 0;
    good_post("ben", arena_printf(world.arena, "Today: %s!", words), 3, "retrieval");
    struct curate_input input = world_input(&world, WORLD_START);
    input.history = (struct shown_story_list){&shown, 1, 1};
    struct digest digest = choose(&input);
    assert_int_equal(count_entries(&digest), 0);
    assert_int_equal(digest.held_repeated, 1);
    shown.date_s = WORLD_START - 40 * DAY_S;
    digest = choose(&input);
    assert_int_equal(count_entries(&digest), 1);
}

static void with_one_focus_there_is_one_new_idea_and_with_none_allowed_none(void **state) {
    (void)state;
    static struct slice topic = {"spacing", 7};
    struct focus focus = {.id = SLICE("F1"), .topics = {&topic, 1, 1}, .step = FOCUS_TRY, .closed_s = WHEN_ABSENT};
    for (int i = 0; i < 4; i++) {
        good_post(arena_printf(world.arena, "s%d", i),
                  arena_printf(world.arena, "spacing %d: a way to do it in a lesson", i), 3, "spacing");
        good_post(arena_printf(world.arena, "n%d", i),
                  arena_printf(world.arena, "new thing %d to try with a class", i * 7), 3, topics[i]);
    }
    struct curate_input input = world_input(&world, WORLD_START);
    input.focus = (struct focus_list){&focus, 1, 1};
    for (int64_t allowed = 0; allowed < 2; allowed++) {
        input.new_ideas = allowed;
        struct digest digest = choose(&input);
        size_t deepening = 0, fresh = 0;
        enum section_kind kind;
        for (size_t i = 0; entry_at(&digest, i, &kind) != NULL; i++) {
            deepening += kind == SECTION_FOCUS;
            fresh += kind == SECTION_IDEAS || kind == SECTION_CLASSROOM;
        }
        assert_int_equal(deepening, 2);
        assert_int_equal(fresh, allowed);
        assert_int_equal(digest.held_for_focus, 4 - (size_t)allowed);
    }
}

static void what_must_be_checked_first_stands_alone_under_its_heading(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct candidate *post =
            good_post(arena_printf(world.arena, "m%d", i),
                      arena_printf(world.arena, "learning styles quiz number %d for your class", i), 3, topics[i]);
        world_verdict(post)->check_first = true;
        world_verdict(post)->hype = true;
    }
    struct curate_input input = world_input(&world, WORLD_START);
    struct digest digest = choose(&input);
    enum section_kind kind = SECTION_FOCUS;
    assert_non_null(entry_at(&digest, 0, &kind));
    assert_int_equal(kind, SECTION_CHECK_FIRST);
    assert_int_equal(count_entries(&digest), 1);
}

static void another_view_gets_a_place_when_one_view_was_repeated(void **state) {
    (void)state;
    struct shown_story_list history = {0};
    struct shown_story shown[4];
    static struct slice topic = {"phones", 6};
    for (size_t i = 0; i < 4; i++)
        shown[i] = (struct shown_story){.story = WORLD_TEXT(&world, "old%zu", i),
                                        .date_s = WORLD_START - (int64_t)(i + 8) * DAY_S,
                                        .topics = {&topic, 1, 1},
                                        .source = SLICE("somebody")};
    history = (struct shown_story_list){shown, 4, 4};
    for (int i = 0; i < 8; i++)
        good_post(arena_printf(world.arena, "n%d", i),
                  arena_printf(world.arena, "thing %d to try with a whole class", i * 7), 4, topics[i]);
    struct candidate *doubt =
        good_post("dora", "we banned phones and saw no change in our behaviour log at all", 2, "phones");
    static struct signal signal = {.id = {"null-or-mixed", 13}};
    world_verdict(doubt)->signals = (struct signal_list){&signal, 1, 1};
    for (size_t i = 0; i < world.candidates.count; i++) world.candidates.at[i].stats.showings = 1;
    struct curate_input input = world_input(&world, WORLD_START);
    input.history = history;
    struct digest digest = choose(&input);
    bool found = false;
    for (size_t i = 0; entry_at(&digest, i, NULL) != NULL; i++)
        found = found || entry_at(&digest, i, NULL)->mark == MARK_CHALLENGES;
    assert_true(found);
    shown[0].challenged = true;
    digest = choose(&input);
    for (size_t i = 0; entry_at(&digest, i, NULL) != NULL; i++)
        assert_true(entry_at(&digest, i, NULL)->mark != MARK_CHALLENGES);
}

static void what_its_author_keeps_unlisted_is_not_shown(void **state) {
    (void)state;
    struct candidate *post =
        good_post("anna", "three questions before the register every single day of the week", 3, "r");
    world_item(post)->unlisted = true;
    struct curate_input input = world_input(&world, WORLD_START);
    struct digest digest = choose(&input);
    assert_int_equal(digest.considered, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh_world, end_world)
int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(over_four_weeks_no_cap_is_broken_and_nothing_comes_twice),
        TEST(a_thin_day_is_short_and_an_empty_one_empty),
        TEST(likes_move_a_story_by_two_points_at_most),
        TEST(a_review_of_its_topic_stands_among_the_links_and_is_not_said_twice),
        TEST(a_ring_of_accounts_has_one_voice),
        TEST(a_ring_is_known_by_what_its_voices_shared_in_the_months_before),
        TEST(voices_that_keep_sharing_the_same_links_are_found_to_be_a_ring),
        TEST(the_same_words_under_another_name_and_address_are_a_repeat),
        TEST(with_one_focus_there_is_one_new_idea_and_with_none_allowed_none),
        TEST(what_must_be_checked_first_stands_alone_under_its_heading),
        TEST(another_view_gets_a_place_when_one_view_was_repeated),
        TEST(what_its_author_keeps_unlisted_is_not_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
