/* bench_fetch: fetches every address of a list once, and again with the validators of the first time.
 *     bench_fetch LIST [IN-FLIGHT]
 * LIST holds one http address a line, each of a loopback host. One JSON object a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/url.h"
#include "fetch/fetch.h"

#define LIST_MOST 20000

struct known {
    char url[128], etag[128];
};

struct sums {
    size_t answered, unchanged, failed;
    unsigned long long body_bytes, wire_bytes;
};

static double seconds(clockid_t clock) {
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static size_t read_list(const char *path, struct known *known) {
    size_t count = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL) return 0;
    while (count < LIST_MOST && fgets(known[count].url, sizeof known[count].url, file) != NULL) {
        known[count].url[strcspn(known[count].url, "\r\n")] = '\0';
        if (known[count].url[0] != '\0') count++;
    }
    (void)fclose(file);
    return count;
}

static bool add_all(struct fetch *fetch, const struct known *known, size_t count, struct fault *fault) {
    for (size_t i = 0; i < count; i++) {
        AUTO(arena_free)
        struct arena *arena = arena_new((size_t)64 * 1024);
        struct request request = {.url = slice_from(known[i].url), .etag = slice_from(known[i].etag)};
        if (known[i].etag[0] == '\0') request.etag = (struct slice){NULL, 0};
        request.allow_host = url_host(arena, request.url);
        if (!fetch_add(fetch, &request, i, fault)) return false;
    }
    return true;
}

static void note(struct known *known, const struct response *response, struct sums *sums) {
    sums->answered += response->state == RESPONSE_ANSWERED;
    sums->unchanged += response->state == RESPONSE_UNCHANGED;
    if (response->state >= RESPONSE_WAIT) {
        if (sums->failed++ == 0) (void)fprintf(stderr, "%.*s\n", SLICE_ARGS(response->reason));
        return;
    }
    sums->body_bytes += response->body.len;
    sums->wire_bytes += response->wire_bytes;
    (void)snprintf(known->etag, sizeof known->etag, "%.*s", SLICE_ARGS(response->etag));
}

static bool run(struct known *known, size_t count, unsigned in_flight, const char *what) {
    struct fetch_options options = {.user_agent = SLICE("discern-bench/1 (+mailto:it@school.example)"),
                                    .now_s = 1790000000,
                                    .in_flight = in_flight};
    AUTO(fetch_free)
    struct fetch *fetch = NULL;
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    struct fault fault = {0};
    struct sums sums = {0};
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    bool left = true;
    bool done = fetch_new(&options, &fetch, &fault) && add_all(fetch, known, count, &fault);
    while (done && left) {
        struct response response = {0};
        uint64_t id = 0;
        arena_reset(arena);
        done = fetch_next(fetch, &id, &response, &left, arena, &fault);
        if (done && left) note(&known[id], &response, &sums);
    }
    if (!done) (void)fprintf(stderr, "%s\n", fault.text);
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    (void)printf("{\"bench\":\"fetch\",\"what\":\"%s\",\"in_flight\":%u,\"wall_s\":%.3f,\"cpu_s\":%.3f,"
                 "\"answered\":%zu,\"unchanged\":%zu,\"failed\":%zu,\"body_bytes\":%llu,\"rss_kib\":%ld}\n",
                 what, in_flight, seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu,
                 sums.answered, sums.unchanged, sums.failed, sums.body_bytes, usage.ru_maxrss);
    return done && sums.failed == 0;
}

int main(int argc, char **argv) {
    static struct known known[LIST_MOST];
    size_t count = argc > 1 ? read_list(argv[1], known) : 0;
    unsigned in_flight = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 50;
    if (count == 0) {
        (void)fprintf(stderr, "usage: bench_fetch LIST [IN-FLIGHT]\n");
        return 2;
    }
    return run(known, count, in_flight, "first") && run(known, count, in_flight, "unchanged") ? 0 : 1;
}
