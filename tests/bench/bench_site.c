/* bench_site: an archive of five thousand ideas out of the store: built the first time, after one more day, and when
 * nothing changed.
 *     bench_site [DAYS] [FOLDER] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/when.h"
#include "model/digest_json.h"
#include "stage/look.h"
#include "stage/pages.h"
#include "store/digests.h"

#define NOW ((int64_t)1795590000)
#define DAY_IDEAS 6

static double now_s(clockid_t clock_id) {
    struct timespec at;
    (void)clock_gettime(clock_id, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void must(bool done, const struct fault *fault) {
    if (done) return;
    fprintf(stderr, "bench_site: %s\n", fault->text);
    exit(1);
}

static void print(const char *what, double value, const char *unit, double limit) {
    printf("{\"bench\":\"site\",\"what\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"peer\":\"limit\",\"peer_value\":%g,"
           "\"ratio\":%.3f}\n",
           what, value, unit, limit, value / limit);
}

static void read_sample(struct arena *arena, struct digest *out) {
    static char text[1u << 20];
    struct fault fault = {0};
    FILE *file = fopen("tests/golden/digest/sample.json", "rb");
    size_t len = file == NULL ? 0 : fread(text, 1, sizeof text, file);
    if (file != NULL) (void)fclose(file);
    must(digest_json_read(slice_of(text, len), arena, out, &fault), &fault);
}

/* A day of six ideas, each a story of its own with a title and topics of its own. */
static void put_day(struct store *store, struct arena *arena, int64_t day) {
    struct digest digest;
    struct fault fault = {0};
    struct buf json = buf_new(LIMIT_STORE_BODY_BYTES);
    arena_reset(arena);
    read_sample(arena, &digest);
    struct entry_list *entries = &digest.sections.at[0].entries;
    struct entry sample = entries->at[0];
    entries->at = arena_alloc(arena, DAY_IDEAS, sizeof *entries->at);
    entries->count = DAY_IDEAS;
    digest.sections.count = 1;
    digest.date_s = NOW / DAY_S * DAY_S - day * DAY_S;
    char date[WHEN_TEXT_BYTES];
    when_date(digest.date_s, date);
    digest.date = slice_from(arena_text(arena, slice_from(date)));
    digest.reader.name = SLICE("all-staff");
    for (int64_t e = 0; e < DAY_IDEAS; e++) {
        struct entry *entry = &entries->at[e];
        int64_t number = day * DAY_IDEAS + e;
        *entry = sample;
        entry->code = slice_from(arena_printf(arena, "c%05llx", (unsigned long long)number));
        entry->story = slice_from(arena_printf(arena, "story-%lld", (long long)number));
        entry->headline = slice_from(arena_printf(arena, "%c idea %lld", (int)('A' + number % 26), (long long)number));
        entry->source = slice_from(arena_printf(arena, "source-%lld", (long long)(number % 60)));
        entry->place = (int)e + 1;
    }
    struct jwrite writer = jwrite_to(&json);
    digest_json_write(&writer, &digest);
    struct digest_record record = {.date_s = digest.date_s,
                                   .reader = digest.reader.name,
                                   .json = buf_slice(&json),
                                   .made_s = digest.date_s};
    struct shown_list none = {0};
    must(digests_put(store, &record, &none, &fault), &fault);
    buf_free(&json);
}

static void build(struct house *house, const struct pages_options *options, const char *what, double limit) {
    struct fault fault = {0};
    int64_t written = 0;
    double start = now_s(CLOCK_MONOTONIC), busy = now_s(CLOCK_PROCESS_CPUTIME_ID);
    must(pages_write(house, options, &written, &fault), &fault);
    char words[100];
    snprintf(words, sizeof words, "%s, %lld files written", what, (long long)written);
    print(words, now_s(CLOCK_MONOTONIC) - start, "s", limit);
    snprintf(words, sizeof words, "%s, processor", what);
    print(words, now_s(CLOCK_PROCESS_CPUTIME_ID) - busy, "s of CPU", limit);
}

static void measure(struct house *house, struct arena *arena, const char *site) {
    struct fault fault = {0};
    struct look_kept look;
    struct folder folder = {0};
    must(look_load(house, arena, &look, &fault) && folder_open(site, FOLDER_MAKE, &folder, &fault), &fault);
    struct reader reader = {.name = SLICE("all-staff"), .title = SLICE("All staff"), .length = DAY_IDEAS};
    struct pages_options options = {.when = PAGES_ALWAYS, .reader = &reader, .look = &look.look, .folder = &folder};
    build(house, &options, "the first time", 30);
    build(house, &options, "built anew", 3);
    options.when = PAGES_IF_CHANGED;
    build(house, &options, "unchanged", 0.2);
    look.look.style = SLICE("body { font-family: serif; }");
    build(house, &options, "in another style", 3);
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    print("memory", (double)usage.ru_maxrss / 1024, "MiB", 256);
    folder_close(&folder);
}

int main(int argc, char **argv) {
    int64_t days = argc > 1 ? strtoll(argv[1], NULL, 10) : 834;
    char home[200], config[256], path[256], site[256];
    snprintf(home, sizeof home, "%s/discern-bench-XXXXXX", argc > 2 ? argv[2] : "/tmp");
    if (mkdtemp(home) == NULL) return 1;
    snprintf(config, sizeof config, "%s/config", home);
    snprintf(path, sizeof path, "%s/discern.db", home);
    snprintf(site, sizeof site, "%s/site", home);
    struct fault fault = {0};
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES), *kept = arena_new(LIMIT_ARENA_BYTES);
    struct store_options options = {.path = path, .mode = STORE_WRITE};
    struct house house = {.options = {.config_dir = config, .store_path = path, .site_dir = site, .now_s = NOW}};
    must(store_open(&options, &house.store, &fault), &fault);
    {
        AUTO(store_work_end)
        struct store_work work = {0};
        must(store_begin(house.store, &work, &fault), &fault);
        for (int64_t day = 0; day < days; day++) put_day(house.store, arena, day);
        must(store_commit(&work, &fault), &fault);
    }
    arena_free(&arena);
    measure(&house, kept, site);
    store_close(&house.store);
    arena_free(&kept);
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", home);
    return system(command) == 0 ? 0 : 1;
}
