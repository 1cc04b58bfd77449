#include "stage/focus.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"
#include "practice/absence.h"
#include "practice/cycle.h"
#include "practice/names.h"
#include "stage/topics.h"
#include "store/digests.h"
#include "store/practice.h"
#include "store/verdicts.h"

/* ---- looking up ---- */

struct slice focus_only_reader(const struct house *house) {
    const struct reader_list *readers = &house->config.readers;
    return readers->count == 1 ? readers->at[0].name : (struct slice){NULL, 0};
}

const struct focus_template *focus_template_find(const struct house *house, struct slice name) {
    const struct focus_template_list *list = &house->config.templates;
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i].name, name)) return &list->at[i];
    return NULL;
}

const struct prompt_set_list *focus_prompts(const struct house *house, const struct focus *focus) {
    const struct focus_template *template = focus_template_find(house, focus->follows);
    return template == NULL ? &house->config.prompts : &template->prompts;
}

static bool load(struct house *house, struct slice id, struct arena *arena, struct focus *out, struct fault *fault) {
    bool found;
    if (!focus_get(house->store, id, arena, out, &found, fault)) return false;
    return found ||
           fault_set(fault, FAULT_USAGE, "there is no focus '%.*s'; 'discern focus list' names them", SLICE_ARGS(id));
}

/* ---- checks ---- */

static bool set_team(const struct house *house, struct slice *team, struct fault *fault) {
    const struct reader_list *readers = &house->config.readers;
    if (slice_is_empty(*team)) *team = focus_only_reader(house);
    for (size_t i = 0; i < readers->count; i++)
        if (slice_equal(readers->at[i].name, *team)) return true;
    if (slice_is_empty(*team)) return fault_set(fault, FAULT_USAGE, "say whose focus it is: --reader NAME");
    return fault_set(fault, FAULT_USAGE, "there is no reader '%.*s' in discern.conf", SLICE_ARGS(*team));
}

static bool set_template(const struct house *house, struct focus *focus, struct fault *fault) {
    const struct focus_template *template = focus_template_find(house, focus->follows);
    if (!slice_is_empty(focus->follows) && template == NULL)
        return fault_set(fault, FAULT_USAGE, "there is no template '%.*s'; 'discern focus templates' names them",
                         SLICE_ARGS(focus->follows));
    if (focus->weeks == 0) focus->weeks = template == NULL ? CYCLE_WEEKS_USUAL : template->weeks;
    if (focus->weeks >= CYCLE_WEEKS_LEAST && focus->weeks <= CYCLE_WEEKS_MOST) return true;
    return fault_set(fault, FAULT_USAGE, "a focus is kept for %d to %d school weeks", CYCLE_WEEKS_LEAST,
                     CYCLE_WEEKS_MOST);
}

/* What people write is text, and as long as one reads. */
static bool are_texts(const struct slice *texts, size_t count, struct fault *fault) {
    for (size_t i = 0; i < count; i++) {
        if (texts[i].len > LIMIT_WRITTEN_BYTES)
            return fault_set(fault, FAULT_USAGE, "that is too long to be read: at most %u letters in one field",
                             LIMIT_WRITTEN_BYTES);
        if (!utf8_is_valid(texts[i]))
            return fault_set(fault, FAULT_USAGE, "what was written is no text in UTF-8; is the terminal set to it?");
    }
    return true;
}

static bool is_nameless(struct slice text, struct slice colleague, enum name_care care, struct slice *doubt,
                        struct fault *fault) {
    struct slice word;
    enum name_doubt found = names_find(text, colleague, &word);
    if (found == NAME_NONE || care == NAMES_VOUCHED_FOR) return true;
    if (found == NAME_PERHAPS) {
        *doubt = word;
        return true;
    }
    return fault_set(
        fault, FAULT_INPUT,
        "'%.*s' looks like a pupil's name, and nothing was kept: write 'one pupil' or 'pupil A' instead. A "
        "colleague belongs under 'with'. If it is no pupil's name, say so (--no-names)",
        SLICE_ARGS(word));
}

/* ---- starting ---- */

/* A code of an entry becomes the entry's leading item. */
static bool item_of(struct house *house, struct slice what, struct arena *arena, struct slice *out,
                    struct fault *fault) {
    struct shown_list shown = {0};
    struct shown_query query = {.from_s = 0, .until_s = INT64_MAX};
    *out = what;
    if (slice_find_byte(what, '/', 0) != SLICE_NOT_FOUND) return true;
    if (!shown_list(house->store, &query, arena, &shown, fault)) return false;
    for (size_t i = shown.count; i-- > 0;) {
        if (!slice_equal(shown.at[i].code, what)) continue;
        *out = shown.at[i].item;
        return true;
    }
    return fault_set(fault, FAULT_USAGE, "no digest has had an entry '%.*s'", SLICE_ARGS(what));
}

/* What a post is about deepens the focus that was taken from it. */
static bool add_item(struct house *house, struct slice reference, struct arena *arena, struct focus *focus,
                     struct fault *fault) {
    struct item_row row;
    struct verdict verdict;
    bool found;
    if (!items_get(house->store, reference, arena, &row, &found, fault)) return false;
    if (!found) return fault_set(fault, FAULT_USAGE, "nothing is kept under '%.*s'", SLICE_ARGS(reference));
    if (slice_is_empty(focus->title)) focus->title = row.item.title;
    if (!verdicts_get(house->store, row.row, arena, &verdict, &found, fault)) return false;
    for (size_t i = 0; found && i < verdict.topics.count; i++)
        if (!slice_list_add_once(arena, &focus->topics, verdict.topics.at[i].id)) return fault_memory(fault);
    return true;
}

static bool add_items(struct house *house, struct arena *arena, struct focus *focus, struct fault *fault) {
    for (size_t i = 0; i < focus->items.count; i++)
        if (!item_of(house, focus->items.at[i], arena, &focus->items.at[i], fault) ||
            !add_item(house, focus->items.at[i], arena, focus, fault))
            return false;
    return true;
}

/* Labels become ids; what is no topic is refused, with the nearest that is one. */
static bool name_topics(const struct topic_guide *guide, struct slice_list *topics, struct fault *fault) {
    for (size_t i = 0; i < topics->count; i++) {
        struct slice id = topic_named(guide, topics->at[i]);
        if (slice_is_absent(id))
            return fault_set(fault, FAULT_USAGE, "there is no topic '%.*s'; 'discern focus topics' names them",
                             SLICE_ARGS(topics->at[i]));
        topics->at[i] = id;
    }
    return true;
}

/* A focus that is named by a topic's id or label means that topic, and is shown by the words that people read. */
static bool take_named_topic(const struct topic_guide *guide, struct arena *arena, struct focus *focus,
                             struct fault *fault) {
    struct slice id = topic_named(guide, slice_trim(focus->title));
    if (slice_is_absent(id)) return true;
    focus->title = topic_label(guide, id);
    if (focus->topics.count > 0 || focus->items.count > 0) return true;
    return slice_list_add_once(arena, &focus->topics, id) || fault_memory(fault);
}

static bool add_topics(const struct topic_guide *guide, struct arena *arena, struct focus *focus, struct fault *fault) {
    if (!name_topics(guide, &focus->topics, fault) || !take_named_topic(guide, arena, focus, fault)) return false;
    if (slice_is_empty(slice_trim(focus->title)) && focus->topics.count > 0)
        focus->title = topic_label(guide, focus->topics.at[0]);
    if (focus->topics.count > 0 || focus->items.count > 0) return true;
    char *words = arena_printf(arena, "%.*s. %.*s", SLICE_ARGS(focus->title), SLICE_ARGS(focus->aim));
    if (words == NULL) return fault_memory(fault);
    return topics_of_words(guide, slice_from(words), arena, &focus->topics, fault);
}

static bool note_event(struct house *house, struct slice id, struct slice what, struct slice detail,
                       struct slice reason, struct fault *fault) {
    struct focus_event event = {
        .focus = id, .when_s = house->options.now_s, .what = what, .detail = detail, .reason = reason};
    return focus_event_add(house->store, &event, fault);
}

static bool take_out_of_parked(struct house *house, const struct focus *focus, struct arena *arena,
                               struct fault *fault) {
    struct parked_list parked = {0};
    if (!parked_list(house->store, focus->team, arena, &parked, fault)) return false;
    for (size_t i = 0; i < parked.count; i++) {
        bool found, ours = false;
        for (size_t j = 0; j < focus->items.count; j++)
            ours = ours || slice_equal(focus->items.at[j], parked.at[i].item);
        if (ours && !parked_remove(house->store, focus->team, parked.at[i].story, &found, fault)) return false;
    }
    return true;
}

static bool same_list(const struct slice_list *a, const struct slice_list *b) {
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (!slice_equal(a->at[i], b->at[i])) return false;
    return a->count == b->count;
}

/* The same choice said again on its day (a run that was killed, a form sent twice) is the same focus. */
static bool said_again(const struct house *house, const struct focus_list *open, const struct focus *focus,
                       struct slice *id) {
    for (size_t i = 0; i < open->count; i++) {
        const struct focus *one = &open->at[i];
        if (one->chosen_s != house_today(house) || !slice_equal(one->title, focus->title)) continue;
        if (!slice_equal(one->follows, focus->follows) || !same_list(&one->items, &focus->items) ||
            !same_list(&one->topics, &focus->topics))
            continue;
        *id = one->id;
        return true;
    }
    return false;
}

static bool keep_new(struct house *house, struct focus *focus, struct arena *arena, struct slice *id,
                     struct fault *fault) {
    struct slice none = {NULL, 0};
    AUTO(store_work_end)
    struct store_work work = {0};
    return store_begin(house->store, &work, fault) && focus_add(house->store, focus, arena, id, fault) &&
           note_event(house, *id, SLICE("chosen"), focus->title, none, fault) &&
           take_out_of_parked(house, focus, arena, fault) && store_commit(&work, fault);
}

bool focus_start(struct house *house, struct focus *focus, enum name_care care, struct arena *arena, struct slice *id,
                 struct fault *fault) {
    struct focus_list open = {0};
    struct slice made = {0}, none = {NULL, 0}, doubt;
    AUTO(topic_guide_free)
    struct topic_guide guide = {.judge = NULL};
    const struct slice texts[] = {focus->title, focus->aim};
    if (!are_texts(texts, COUNT_OF(texts), fault)) return false;
    if (!set_team(house, &focus->team, fault) || !set_template(house, focus, fault)) return false;
    if (!focus_all(house->store, focus->team, FOCUS_OPEN, arena, &open, fault)) return false;
    if (!topic_guide_open(house, arena, &guide, fault) || !add_topics(&guide, arena, focus, fault)) return false;
    if (!add_items(house, arena, focus, fault)) return false;
    if (said_again(house, &open, focus, id)) return true;
    if (!cycle_may_start(&open, fault)) return false;
    if (slice_is_empty(slice_trim(focus->title)))
        return fault_set(fault, FAULT_USAGE, "a focus needs a name of its own");
    /* A headline that was taken over as the title may name whom it likes: it is public. */
    if (focus->items.count == 0 && !is_nameless(focus->title, none, care, &doubt, fault)) return false;
    if (!is_nameless(focus->aim, none, care, &doubt, fault)) return false;
    focus->chosen_s = focus->step_since_s = house_today(house);
    focus->closed_s = WHEN_ABSENT;
    focus->step = FOCUS_PLAN;
    if (!keep_new(house, focus, arena, &made, fault)) return false;
    *id = made;
    return true;
}

/* ---- going on ---- */

/* Whoever comes back after long finds the clock where it stood. *weeks = for how long; 0 = it was not long. */
static void take_up(const struct house *house, struct focus *focus, int64_t day_s, int64_t *weeks) {
    const struct holiday_list *holidays = &house->config.holidays;
    bool away = absence_of(focus, day_s, holidays) >= ABSENCE_LONG;
    *weeks = away ? absence_weeks(focus, day_s, holidays) : 0;
    focus->idle_weeks += *weeks;
}

/* Within the caller's transaction. */
static bool note_return(struct house *house, struct slice id, int64_t weeks, struct arena *arena, struct fault *fault) {
    struct slice none = {NULL, 0};
    char *words = arena_printf(arena, "after %lld school weeks", (long long)weeks);
    if (words == NULL) return fault_memory(fault);
    return weeks == 0 || note_event(house, id, SLICE("taken up again"), slice_from(words), none, fault);
}

bool focus_move(struct house *house, struct slice id, enum focus_step step, struct slice reason, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct focus focus;
    if (arena == NULL) return fault_memory(fault);
    if (!are_texts(&reason, 1, fault) || !load(house, id, arena, &focus, fault)) return false;
    /* Said again, as after a kill: it is there already. */
    if (focus.step == step && focus.step_since_s == house_today(house) &&
        (slice_is_empty(reason) || slice_equal(reason, focus.reason)))
        return true;
    if (!cycle_may_move(&focus, step, reason, house_today(house), &house->config.holidays, fault)) return false;
    int64_t away_weeks = 0;
    if (step < FOCUS_EMBEDDED) take_up(house, &focus, house_today(house), &away_weeks);
    focus.step = step;
    focus.step_since_s = house_today(house);
    if (!focus_is_open(&focus)) focus.closed_s = house_today(house);
    if (!slice_is_empty(reason)) focus.reason = reason;
    AUTO(store_work_end)
    struct store_work work = {0};
    struct slice what = focus_is_open(&focus) ? SLICE("step") : SLICE("decided");
    return store_begin(house->store, &work, fault) && focus_put(house->store, &focus, fault) &&
           note_return(house, id, away_weeks, arena, fault) &&
           note_event(house, id, what, slice_from(focus_step_name(step)), reason, fault) && store_commit(&work, fault);
}

/* Takes over what is new; names the fields in *detail. */
static bool apply(const struct focus_change *change, struct focus *focus, struct arena *arena, struct slice *detail) {
    bool title = !slice_is_empty(change->title) && !slice_equal(change->title, focus->title);
    bool aim = !slice_is_empty(change->aim) && !slice_equal(change->aim, focus->aim);
    bool topics = change->topics.count > 0 && !same_list(&change->topics, &focus->topics);
    char *text = title ? arena_printf(arena, "from '%.*s' to '%.*s'%s%s", SLICE_ARGS(focus->title),
                                      SLICE_ARGS(change->title), aim ? ", the aim" : "", topics ? ", the topics" : "")
                       : arena_printf(arena, "%s%s%s", aim ? "the aim" : "", aim && topics ? ", " : "",
                                      topics ? "the topics" : "");
    if (text == NULL) return false;
    if (title) focus->title = change->title;
    if (aim) focus->aim = change->aim;
    if (topics) focus->topics = change->topics;
    *detail = slice_from(text);
    return true;
}

bool focus_change(struct house *house, struct focus_change *change, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(topic_guide_free)
    struct topic_guide guide = {.judge = NULL};
    struct focus focus;
    struct slice detail = {0}, none = {NULL, 0}, doubt;
    if (arena == NULL) return fault_memory(fault);
    const struct slice texts[] = {change->title, change->aim, change->reason};
    if (!are_texts(texts, COUNT_OF(texts), fault) || !load(house, change->id, arena, &focus, fault)) return false;
    if (!cycle_may_change(&focus, change->reason, house_today(house), &house->config.holidays, fault)) return false;
    if (!topic_guide_open(house, arena, &guide, fault) || !name_topics(&guide, &change->topics, fault)) return false;
    if (!is_nameless(change->title, none, change->care, &doubt, fault) ||
        !is_nameless(change->aim, none, change->care, &doubt, fault))
        return false;
    if (!apply(change, &focus, arena, &detail)) return fault_memory(fault);
    if (slice_is_empty(change->title) && slice_is_empty(change->aim) && change->topics.count == 0)
        return fault_set(fault, FAULT_USAGE, "say what is to change: --title, --aim or --topics");
    if (slice_is_empty(detail)) return true;
    if (!slice_is_empty(change->reason)) focus.reason = change->reason;
    AUTO(store_work_end)
    struct store_work work = {0};
    return store_begin(house->store, &work, fault) && focus_put(house->store, &focus, fault) &&
           note_event(house, change->id, SLICE("changed"), detail, change->reason, fault) && store_commit(&work, fault);
}

/* ---- the log ---- */

static bool note_is_nameless(const struct practice_note *note, enum name_care care, struct slice *doubt,
                             struct fault *fault) {
    const struct slice texts[] = {note->group, note->did, note->saw, note->change};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (!is_nameless(texts[i], note->with, care, doubt, fault)) return false;
    return true;
}

bool focus_note(struct house *house, struct practice_note *note, enum name_care care, struct arena *arena,
                struct slice *doubt, struct fault *fault) {
    struct focus focus;
    struct slice word = {NULL, 0};
    const struct slice texts[] = {note->group, note->did, note->saw, note->change, note->with};
    if (!are_texts(texts, COUNT_OF(texts), fault) || !load(house, note->focus, arena, &focus, fault)) return false;
    if (slice_is_empty(note->did) && slice_is_empty(note->saw) && slice_is_empty(note->change))
        return fault_set(fault, FAULT_USAGE,
                         "a note says what was done, what was seen in pupils' work, or what changes next");
    if (!note_is_nameless(note, care, &word, fault)) return false;
    if (note->date_s == 0) note->date_s = house_today(house);
    if (note->date_s > house_today(house) || note->date_s < focus.chosen_s)
        return fault_set(fault, FAULT_USAGE, "a note is of a day since the focus was chosen, and not of one to come");
    note->step = cycle_on(&focus, note->date_s, &house->config.holidays).step;
    int64_t away_weeks = 0;
    take_up(house, &focus, note->date_s, &away_weeks);
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(house->store, &work, fault) || !notes_add(house->store, note, fault)) return false;
    if (away_weeks > 0 && !focus_put(house->store, &focus, fault)) return false;
    if (!note_return(house, note->focus, away_weeks, arena, fault) || !store_commit(&work, fault)) return false;
    *doubt = word;
    return true;
}

bool focus_unpark(struct house *house, struct slice reader, struct slice what, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct parked_list parked = {0};
    bool found = false;
    if (arena == NULL) return fault_memory(fault);
    if (!set_team(house, &reader, fault) || !parked_list(house->store, reader, arena, &parked, fault)) return false;
    for (size_t i = 0; i < parked.count; i++)
        if (slice_equal(parked.at[i].item, what)) what = parked.at[i].story;
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(house->store, &work, fault) || !parked_remove(house->store, reader, what, &found, fault) ||
        !store_commit(&work, fault))
        return false;
    return found || fault_set(fault, FAULT_USAGE, "'%.*s' is not parked; 'discern focus parked' lists what is",
                              SLICE_ARGS(what));
}
