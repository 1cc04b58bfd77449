/* bench_store: posts a second into the store, its word index, an unchanged second pass, and judging all again.
 *     bench_store [POSTS] [FOLDER] */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/items.h"
#include "store/search.h"
#include "store/store.h"
#include "store/verdicts.h"

#define NOW ((int64_t)1764000000)
#define BATCH 20000

static const char *const words[] = {"retrieval", "practice", "lesson",  "pupils",  "teacher",  "quiz",     "spacing",
                                    "maths",     "reading",  "phonics", "the",     "a",        "in",       "of",
                                    "and",       "to",       "with",    "for",     "class",    "year",     "feedback",
                                    "study",     "effect",   "review",  "school",  "phase",    "homework", "talk",
                                    "oracy",     "model",    "worked",  "example", "problem",  "history",  "science",
                                    "essay",     "question", "answer",  "today",   "tomorrow", "simple",   "idea",
                                    "try",       "with",     "your",    "groups",  "before",   "after",    "found",
                                    "that"};

struct post {
    char id[24], text[400], url[80], link[80], name[32], handle[24];
    struct item item;
    struct link links[1];
    struct person authors[1];
    struct slice key;
    struct slice_list keys;
};

static uint64_t next(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static void make_post(struct post *post, uint64_t number) {
    uint64_t seed = number * 2654435761u + 1;
    size_t len = 0;
    size_t wanted = 100 + next(&seed) % 180;
    while (len < wanted)
        len += (size_t)snprintf(post->text + len, sizeof post->text - len, "%s ", words[next(&seed) % COUNT_OF(words)]);
    snprintf(post->id, sizeof post->id, "%" PRIu64, 1700000000000000000u + number * 4194304);
    uint64_t author = next(&seed) % 5000;
    snprintf(post->handle, sizeof post->handle, "teacher%" PRIu64, author);
    snprintf(post->name, sizeof post->name, "Teacher Number %" PRIu64, author);
    snprintf(post->url, sizeof post->url, "https://x.com/%s/status/%s", post->handle, post->id);
    snprintf(post->link, sizeof post->link, "https://example%" PRIu64 ".org/blog/2026/post-%" PRIu64, next(&seed) % 300,
             next(&seed) % 200000);
    struct item *item = &post->item;
    item_init(item);
    item->id = slice_from(post->id);
    item->text = slice_of(post->text, len - 1);
    item->url = slice_from(post->url);
    item->lang = SLICE("en");
    item->kind = ITEM_POST;
    item->published_s = NOW - (int64_t)number;
    item->counts = (struct counts){(int64_t)(next(&seed) % 100), 2, 1, 0};
    post->authors[0] = (struct person){.name = slice_from(post->name), .handle = slice_from(post->handle)};
    item->authors = (struct person_list){post->authors, 1, 1};
    bool linked = number % 2 == 0;
    post->links[0] = (struct link){.url = slice_from(post->link), .length = -1};
    post->key = slice_from(post->link);
    item->links = (struct link_list){post->links, linked, 1};
    post->keys = (struct slice_list){&post->key, linked, 1};
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void say(const char *what, double value, const char *unit) {
    printf("{\"bench\":\"store\",\"what\":\"%s\",\"value\":%.6g,\"unit\":\"%s\",\"peer\":null,\"peer_value\":null,"
           "\"ratio\":null}\n",
           what, value, unit);
    fflush(stdout);
}

static void must(bool done, const struct fault *fault) {
    if (done) return;
    fprintf(stderr, "bench_store: %s\n", fault->text);
    exit(1);
}

static void put_all(struct store *store, uint64_t posts, size_t outcomes[ITEM_OUTCOMES]) {
    struct fault fault = {0};
    struct post post;
    for (uint64_t at = 0; at < posts;) {
        AUTO(store_work_end)
        struct store_work work = {0};
        must(store_begin(store, &work, &fault), &fault);
        for (uint64_t end = at + BATCH; at < end && at < posts; at++) {
            struct item_put put;
            make_post(&post, at);
            struct item_in in = {.source = SLICE("archive"), .item = &post.item, .keys = &post.keys, .now_s = NOW};
            must(items_put(store, &in, &put, &fault), &fault);
            outcomes[put.outcome]++;
        }
        must(store_commit(&work, &fault), &fault);
    }
}

static void index_all(struct store *store) {
    struct fault fault = {0};
    for (int64_t left = 1; left > 0;) {
        AUTO(store_work_end)
        struct store_work work = {0};
        must(store_begin(store, &work, &fault), &fault);
        must(search_index(store, BATCH, &left, &fault), &fault);
        must(store_commit(&work, &fault), &fault);
    }
}

static void judge(const struct to_judge *item, struct verdict *verdict) {
    static struct topic_score topics[1] = {
        {.id = {"retrieval-practice", 18}, .label = {"Retrieval practice", 18}, .score = 0.7}};
    static struct slice missing[2] = {{"a link to the study", 19}, {"how many pupils took part", 25}};
    *verdict = (struct verdict){.rules_id = SLICE("rules-2"),
                                .is_idea = item->row % 3 == 0,
                                .idea_score = 0.5,
                                .level = (int)(item->row % 3),
                                .level_label = SLICE("mentions research, nothing to trace"),
                                .topics = {topics, item->row % 2 == 0, 1},
                                .missing = {missing, 2, 2}};
}

static uint64_t judge_all(struct store *store) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)256 * 1024 * 1024);
    struct fault fault = {0};
    uint64_t judged = 0;
    for (int64_t after = 0;;) {
        AUTO(store_work_end)
        struct store_work work = {0};
        struct to_judge_list list;
        arena_reset(arena);
        must(store_begin(store, &work, &fault), &fault);
        must(verdicts_next(store, after, BATCH / 4, arena, &list, &fault), &fault);
        for (size_t i = 0; i < list.count; i++) {
            struct verdict verdict;
            judge(&list.at[i], &verdict);
            must(verdicts_put(store, list.at[i].row, &verdict, &fault), &fault);
            after = list.at[i].row;
        }
        must(store_commit(&work, &fault), &fault);
        judged += list.count;
        if (list.count == 0) return judged;
    }
}

static void again(struct store *store, const char *rules) {
    struct fault fault = {0};
    int64_t marked = 0;
    AUTO(store_work_end)
    struct store_work work = {0};
    must(store_begin(store, &work, &fault), &fault);
    must(verdicts_rules(store, slice_from(rules), &marked, &fault), &fault);
    must(store_commit(&work, &fault), &fault);
}

struct watch {
    double wall, cpu;
};

static struct watch start(void) {
    return (struct watch){seconds(), cpu()};
}

static void stop(struct watch watch, const char *what, uint64_t posts) {
    char name[80];
    double wall = seconds() - watch.wall;
    snprintf(name, sizeof name, "%s, posts a second", what);
    say(name, (double)posts / wall, "1/s");
    snprintf(name, sizeof name, "%s, CPU a post", what);
    say(name, (cpu() - watch.cpu) / (double)posts * 1e6, "us");
}

int main(int argc, char **argv) {
    uint64_t posts = argc > 1 ? strtoull(argv[1], NULL, 10) : 100000;
    const char *folder = argc > 2 ? argv[2] : "/tmp";
    char path[512];
    char log[520];
    struct fault fault = {0};
    struct stat about;
    snprintf(path, sizeof path, "%s/bench-store-%ld.db", folder, (long)getpid());
    struct store_options options = {.path = path};
    AUTO(store_close)
    struct store *store = NULL;
    must(store_open(&options, &store, &fault) && store_cache(store, (size_t)64 * 1024 * 1024, &fault), &fault);

    struct post post;
    struct watch watch = start();
    for (uint64_t i = 0; i < posts; i++) make_post(&post, i);
    double making = cpu() - watch.cpu;
    say("making the posts, CPU a post", making / (double)posts * 1e6, "us");

    size_t first[ITEM_OUTCOMES] = {0};
    watch = start();
    put_all(store, posts, first);
    stop(watch, "first pass", posts);
    if (first[ITEM_IS_NEW] != posts) return 1;

    size_t second[ITEM_OUTCOMES] = {0};
    struct stat before;
    snprintf(log, sizeof log, "%s-wal", path);
    bool logged = stat(log, &before) == 0;
    watch = start();
    put_all(store, posts, second);
    stop(watch, "unchanged second pass", posts);
    if (second[ITEM_UNCHANGED] != posts) return 1;
    if (logged && stat(log, &about) == 0)
        say("bytes written by the second pass", about.st_mtim.tv_nsec != before.st_mtim.tv_nsec ? 1 : 0, "B");

    watch = start();
    uint64_t judged = judge_all(store);
    stop(watch, "first judging", judged);
    if (judged != posts) return 1;
    again(store, "rules-2");
    watch = start();
    judged = judge_all(store);
    stop(watch, "judging again", judged);
    watch = start();
    index_all(store);
    stop(watch, "word index", posts);
    if (stat(path, &about) == 0) say("bytes a post", (double)about.st_size / (double)posts, "B");
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    say("memory", (double)usage.ru_maxrss / 1024, "MiB");
    store_close(&store);
    (void)unlink(path);
    return 0;
}
