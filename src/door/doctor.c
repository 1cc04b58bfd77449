#include <string.h>

#include "base/jwrite.h"
#include "base/late.h"
#include "base/limits.h"
#include "base/when.h"
#include "config/describe.h"
#include "door/session.h"
#include "jail/jail.h"
#include "parse/pdf.h"
#include "practice/calendar.h"
#include "stage/checkup.h"
#include "stage/paid.h"
#include "stage/rules_load.h"
#include "store/digests.h"
#include "store/outbox.h"
#include "store/runs.h"

struct visit {
    struct discern *home;
    struct arena *arena;
    enum discern_form form;
    struct buf *out;
    struct jwrite json;
    int64_t ills; /* what a person should act on */
};

static void tell(struct visit *visit, bool good, struct slice what, struct slice words) {
    visit->ills += !good;
    if (visit->form == DISCERN_TEXT) {
        buf_printf(visit->out, "%-8s %-14.*s %.*s\n", good ? "ok" : "LOOK", SLICE_ARGS(what), SLICE_ARGS(words));
        return;
    }
    jwrite_object(&visit->json);
    jwrite_member_bool(&visit->json, "ok", good);
    jwrite_member(&visit->json, "what", what);
    jwrite_member(&visit->json, "words", words);
    jwrite_end_object(&visit->json);
}

static void line(struct visit *visit, bool good, const char *what, const char *words) {
    tell(visit, good, slice_from(what), slice_from(words));
}

/* What is configured, a line a thing. */
static void look_at_config(struct visit *visit) {
    const struct house *house = &visit->home->house;
    AUTO(buf_free)
    struct buf words = buf_new((size_t)256 * 1024);
    line(visit, true, "configuration", house->options.config_dir);
    config_summarise(&house->config, house_today(house), &words);
    struct slice rest = buf_slice(&words);
    while (!slice_is_empty(rest)) {
        struct slice told = slice_next(&rest, '\n');
        struct slice what = slice_next(&told, ' ');
        told = slice_trim(told);
        tell(visit, true, what, told);
    }
}

static void look_at_walls(struct visit *visit) {
    struct jail_protections walls = jail_probe();
    AUTO(buf_free)
    struct buf words = buf_new(1000);
    buf_printf(&words, "%s, %s, %s, %s", walls.child ? "own process" : "NO own process",
               walls.limits ? "limits" : "no limits",
               walls.seccomp ? "system calls filtered" : "system calls not filtered here",
               walls.landlock > 0 ? "files out of reach (Landlock)" : "no Landlock in this kernel");
    line(visit, walls.child && walls.limits, "reading", buf_text(&words));
}

/* What is opened only when it is needed would else be missed in the night. */
static void look_at_libraries(struct visit *visit) {
    static const char *const libraries[] = {LATE_XML, LATE_CURL, LATE_CRYPTO, LATE_ARCHIVE, LATE_MICROHTTPD};
    for (size_t i = 0; i < COUNT_OF(libraries); i++) {
        struct fault missing = {0};
        if (!late_open(libraries[i], &missing)) line(visit, false, "libraries", missing.text);
    }
    if (!pdf_ready()) line(visit, false, "libraries", "poppler is missing: PDF documents cannot be read");
}

static bool look_at_rules(struct visit *visit, struct fault *fault) {
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct problems problems = {.arena = visit->arena};
    struct fault wrong = {0};
    char *folder = arena_printf(visit->arena, "%s/rules", visit->home->house.options.config_dir);
    if (folder == NULL) return fault_memory(fault);
    bool loaded = rules_load(folder, visit->arena, &rules, &problems, &wrong);
    if (!loaded && wrong.kind == FAULT_MEMORY) return fault_memory(fault);
    AUTO(buf_free)
    struct buf words = buf_new(2000);
    if (!loaded) buf_add_text(&words, wrong.text);
    else if (problems.errors > 0) buf_printf(&words, "%zu mistakes: 'discern rules check' shows them", problems.errors);
    else buf_printf(&words, "%zu rules, set %.12s", rules.block_count, rules.id);
    line(visit, loaded && problems.errors == 0, "rules", buf_text(&words));
    return true;
}

static bool look_at_store(struct visit *visit, struct fault *fault) {
    struct store_health health;
    struct store_figures figures;
    AUTO(buf_free)
    struct buf words = buf_new(2000);
    if (!store_check(visit->home->house.store, visit->arena, &health, fault) ||
        !store_figures(visit->home->house.store, &figures, fault))
        return false;
    if (health.sound)
        buf_printf(&words, "%lld posts, %lld pages, %lld studies; sound", (long long)figures.items,
                   (long long)figures.articles, (long long)figures.works);
    else buf_printf(&words, "damaged: %.*s; restore the last backup", SLICE_ARGS(health.first_damage));
    line(visit, health.sound, "store", buf_text(&words));
    return true;
}

static bool look_at_sources(struct visit *visit, struct fault *fault) {
    const struct house *house = &visit->home->house;
    int64_t counts[HEALTH_COUNT] = {0}, due = 0, ill = 0, reached = 0, unreached = 0;
    struct checked_list sources;
    if (!checkup_run(house, CHECKUP_ANSWERS, visit->arena, &sources, fault)) return false;
    for (size_t i = 0; i < sources.count; i++) {
        const struct checked *one = &sources.at[i];
        int64_t due_s = one->state.next_due_s;
        counts[one->health]++;
        ill += health_is_ill(one->health);
        reached += one->state.failures == 0 && one->state.last_answer_s != WHEN_ABSENT;
        unreached += one->state.failures > 0;
        due += !one->source->paused && (due_s == WHEN_ABSENT || due_s <= house->options.now_s);
    }
    AUTO(buf_free)
    struct buf words = buf_new(1000);
    buf_printf(&words, "%zu configured, %lld paused, %lld due now; when asked last, %lld answered and %lld did not",
               house->config.sources.count, (long long)counts[HEALTH_PAUSED], (long long)due, (long long)reached,
               (long long)unreached);
    line(visit, true, "sources", buf_text(&words));
    if (ill == 0) return true;
    buf_clear(&words);
    buf_printf(&words, "%lld need a look: 'discern sources check' says why", (long long)ill);
    line(visit, false, "sources", buf_text(&words));
    return true;
}

/* What X has cost this month, where there is a source that costs. */
static bool look_at_money(struct visit *visit, struct fault *fault) {
    const struct house *house = &visit->home->house;
    bool paid = false;
    int64_t spent = 0;
    for (size_t i = 0; i < house->config.sources.count; i++)
        paid = paid || strcmp(house->config.sources.at[i].schema->name, "x") == 0;
    if (!paid) return true;
    if (!paid_spent(house, &spent, fault)) return false;
    AUTO(buf_free)
    struct buf words = buf_new(400);
    bool some = house->config.x_budget > 0;
    if (some)
        buf_printf(&words, "X has cost %.2f of %.2f dollars this month", (double)spent / 1e6, house->config.x_budget);
    else buf_add_text(&words, "X charges for each post, and `x-budget` in discern.conf is 0: it is not asked");
    line(visit, some, "money", buf_text(&words));
    return true;
}

static bool look_at_runs(struct visit *visit, struct fault *fault) {
    struct run_leg_list legs = {0};
    if (!runs_list(visit->home->house.store, SLICE("digest"), 1, visit->arena, &legs, fault)) return false;
    char when[WHEN_TEXT_BYTES] = "";
    if (legs.count > 0) when_rfc3339(legs.at[0].started_s, when);
    AUTO(buf_free)
    struct buf words = buf_new(200);
    if (legs.count == 0) buf_add_text(&words, "no digest was made yet: 'discern run' makes one");
    else buf_printf(&words, "last digest made %.10s %.5s UTC", when, when + 11);
    line(visit, true, "runs", buf_text(&words));
    return true;
}

/* ---- what is due ---- */

static bool has_digest_day(const struct reader *reader, int64_t day_s, const struct holiday_list *holidays) {
    return (reader->days >> when_weekday(day_s) & 1) != 0 && calendar_holiday(day_s, holidays) == NULL;
}

#define NEXT_DAYS_MOST 120

/* The next day on which a run would make each reader's digest. */
static bool look_at_readers(struct visit *visit, struct fault *fault) {
    const struct house *house = &visit->home->house;
    const struct config *config = &house->config;
    for (size_t i = 0; i < config->readers.count; i++) {
        const struct reader *reader = &config->readers.at[i];
        struct digest_record record = {.date_s = house_today(house), .reader = reader->name};
        char date[WHEN_TEXT_BYTES];
        bool made;
        if (!digests_get(house->store, &record, visit->arena, &made, fault)) return false;
        int64_t day_s = house_today(house) + (made ? DAY_S : 0), days = 0;
        for (; days < NEXT_DAYS_MOST && !has_digest_day(reader, day_s, &config->holidays); days++) day_s += DAY_S;
        when_date(day_s, date);
        AUTO(buf_free)
        struct buf words = buf_new(1000);
        buf_printf(&words, "%.*s: %s", SLICE_ARGS(reader->title),
                   made ? "today's is made; the next is due on " : "due on ");
        buf_add_text(&words, days < NEXT_DAYS_MOST ? date : "no day: every day that it has is a holiday");
        line(visit, days < NEXT_DAYS_MOST, "digest", buf_text(&words));
    }
    return true;
}

#define LETTERS_TOLD 5
#define LETTERS_DAYS 14

/* Mails of which it is not known whether they went, and those given up, lately. */
static bool tell_letters(struct visit *visit, enum letter_state state, const char *what, struct fault *fault) {
    struct letter_list letters = {0};
    const struct house *house = &visit->home->house;
    if (!outbox_list(house->store, state, visit->arena, &letters, fault)) return false;
    for (size_t i = 0; i < letters.count && i < LETTERS_TOLD; i++) {
        const struct letter *letter = &letters.at[i];
        if (letter->date_s < house_today(house) - LETTERS_DAYS * (int64_t)DAY_S) continue;
        AUTO(buf_free)
        struct buf words = buf_new(4000);
        buf_printf(&words, "%.*s: %s: %.*s", SLICE_ARGS(letter->key), what, SLICE_ARGS(letter->reason));
        line(visit, false, "mail", buf_text(&words));
    }
    return true;
}

static bool look_at_mail(struct visit *visit, struct fault *fault) {
    struct letter_list waiting = {0};
    const struct house *house = &visit->home->house;
    if (house->config.deliveries.count == 0) return true;
    if (!outbox_list(house->store, LETTER_QUEUED, visit->arena, &waiting, fault)) return false;
    AUTO(buf_free)
    struct buf words = buf_new(4000);
    buf_printf(&words, "%zu wait%s to be sent", waiting.count, waiting.count == 1 ? "s" : "");
    if (waiting.count > 0 && !slice_is_empty(waiting.at[0].reason))
        buf_printf(&words, "; the last try: %.*s", SLICE_ARGS(waiting.at[0].reason));
    line(visit, true, "mail", buf_text(&words));
    return tell_letters(visit, LETTER_UNSURE,
                        "it is not known whether it went ('discern deliver --again' sends it once more)", fault) &&
           tell_letters(visit, LETTER_FAILED, "given up", fault);
}

static bool look_at_all(struct visit *visit, struct fault *fault) {
    look_at_config(visit);
    look_at_walls(visit);
    look_at_libraries(visit);
    return look_at_rules(visit, fault) && look_at_store(visit, fault) && look_at_sources(visit, fault) &&
           look_at_money(visit, fault) && look_at_runs(visit, fault) && look_at_readers(visit, fault) &&
           look_at_mail(visit, fault);
}

int discern_doctor(struct discern *home, enum discern_form form, discern_write *write, void *to,
                   struct discern_error *error) {
    struct fault fault = {0};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf out = buf_new((size_t)1024 * 1024);
    struct visit visit = {.home = home, .arena = arena, .form = form, .out = &out, .json = jwrite_to(&out)};
    if (arena == NULL) {
        fault_memory(&fault);
        return door_status(&fault, error);
    }
    if (form == DISCERN_JSON) jwrite_array(&visit.json);
    bool done = look_at_all(&visit, &fault);
    if (form == DISCERN_JSON) {
        jwrite_end_array(&visit.json);
        buf_add_char(&out, '\n');
    }
    if (done && door_write(&out, write, to, &fault) && visit.ills > 0)
        fault_set(&fault, FAULT_REFUSED, "%lld thing%s need%s a look", (long long)visit.ills,
                  visit.ills == 1 ? "" : "s", visit.ills == 1 ? "s" : "");
    return door_status(&fault, error);
}
