/* Measures the matcher and the judge on one core against Vectorscan's raw scan of the same patterns, in the same run.
 *
 *   bench_classify RULES-DIR DOCS.jsonl [--dump DIR]
 *
 * Posts are the short documents and pieces of the long ones; articles are the long documents. One JSON object a line.
 * --dump only writes the posts and the patterns, so that another tool can do the same work. Built by bench_classify.py.
 */
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/jtree.h"
#include "base/limits.h"
#include "classify/judge.h"
#include "classify/match.h"
#include "classify/matcher.h"
#include "classify/spelled.h"
#include "stage/rules_load.h"

#define ROUNDS 5
#define POST_BYTES 190
#define TEXTS_MOST 40000
/* With fifty phrases each, on top of the shipped ones: the size of the 3,000 rules of the promise. */
#define TOPICS_OF_3000_RULES 300

struct texts {
    struct slice *at;
    size_t count, bytes;
    enum field field;
};

static double cpu_s(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void must(bool done, const char *what) {
    if (done) return;
    fprintf(stderr, "bench_classify: %s\n", what);
    exit(1);
}

/* ---- the texts ---- */

static char *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    must(file != NULL, path);
    (void)fseek(file, 0, SEEK_END);
    *len = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*len + 1);
    must(bytes != NULL && fread(bytes, 1, *len, file) == *len, "cannot read");
    (void)fclose(file);
    return bytes;
}

static void add_text(struct texts *texts, struct slice text) {
    if (texts->count == TEXTS_MOST || text.len < 20) return;
    texts->at[texts->count++] = text;
    texts->bytes += text.len;
}

/* A long text in pieces of the length of a post, cut at blanks. */
static void add_pieces(struct texts *posts, struct slice text) {
    size_t at = 0;
    while (at < text.len) {
        size_t end = at + POST_BYTES + (at * 7 % 120) < text.len ? at + POST_BYTES + (at * 7 % 120) : text.len;
        while (end < text.len && end > at + 1 && text.at[end] != ' ') end--;
        add_text(posts, slice_trim(slice_part(text, at, end)));
        at = end + 1;
    }
}

static void read_texts(const char *path, struct arena *arena, struct texts *posts, struct texts *articles) {
    size_t len;
    char *bytes = read_file(path, &len);
    struct slice rest = slice_of(bytes, len);
    struct fault fault;
    while (!slice_is_absent(rest)) {
        struct slice line = slice_trim(slice_next(&rest, '\n')), text;
        struct jtree *tree = line.len == 0 ? NULL : jtree_read(line, &fault);
        if (tree == NULL) continue;
        must(arena_copy(arena, jtree_get_text(jtree_root(tree), "text"), &text), "memory");
        if (text.len > 2000) add_text(articles, text);
        if (text.len > 400) add_pieces(posts, text);
        else add_text(posts, text);
        jtree_free(&tree);
    }
    free(bytes);
}

/* ---- Vectorscan ---- */

struct patterns {
    const char **at;
    unsigned *flags, *ids;
    size_t count, capacity, refused;
};

static void add_pattern(struct patterns *patterns, struct slice source, unsigned flags) {
    hs_compile_error_t *error = NULL;
    hs_expr_info_t *info = NULL;
    char *text = strndup(source.at, source.len);
    bool holds = hs_expression_info(text, flags, &info, &error) == HS_SUCCESS;
    free(info);
    if (error != NULL) (void)hs_free_compile_error(error);
    if (!holds) {
        patterns->refused++;
        free(text);
        return;
    }
    if (patterns->count == patterns->capacity) {
        patterns->capacity = patterns->capacity * 2 + 1024;
        patterns->at = realloc(patterns->at, patterns->capacity * sizeof *patterns->at);
        patterns->flags = realloc(patterns->flags, patterns->capacity * sizeof *patterns->flags);
        patterns->ids = realloc(patterns->ids, patterns->capacity * sizeof *patterns->ids);
        must(patterns->at != NULL && patterns->flags != NULL && patterns->ids != NULL, "memory");
    }
    patterns->at[patterns->count] = text;
    patterns->flags[patterns->count] = flags;
    patterns->ids[patterns->count] = (unsigned)patterns->count;
    patterns->count++;
}

static void add_spelled(struct patterns *patterns, struct speller *speller, struct slice form, bool exact,
                        struct arena *arena) {
    struct spelled spelled;
    struct buf text = buf_new(1 << 20);
    must(speller_spell(speller, form, exact ? LINE_EXACT : LINE_PHRASE, arena, &spelled), "memory");
    for (size_t w = 0; w < spelled.count; w++) {
        buf_add_text(&text, w == 0 ? "\\b(?:" : "[\\s-]+(?:");
        for (size_t i = 0; i < spelled.words[w].count; i++)
            buf_printf(&text, "%s%.*s", i == 0 ? "" : "|", SLICE_ARGS(spelled.words[w].at[i]));
        buf_add_text(&text, ")");
    }
    buf_add_text(&text, "\\b");
    add_pattern(patterns, buf_slice(&text), exact ? 0 : HS_FLAG_CASELESS);
    buf_free(&text);
}

static void list_patterns(const struct ruleset *set, struct arena *arena, struct patterns *out) {
    struct fault fault;
    struct speller *speller = speller_new(set, &fault);
    must(speller != NULL, "memory");
    for (size_t b = 0; b < set->block_count; b++)
        for (size_t i = 0; i < set->blocks[b].count; i++) {
            const struct rule_line *line = &set->blocks[b].lines[i];
            bool exact = line->kind == LINE_EXACT;
            if (line->kind == LINE_REGEX || line->kind == LINE_PROMOTES)
                add_pattern(out, line->text, line->exact ? 0 : HS_FLAG_CASELESS);
            if (line->kind == LINE_HOST) continue;
            for (size_t w = 0; w < line->words.count; w++) add_spelled(out, speller, line->words.at[w], exact, arena);
            for (size_t w = 0; w < line->others.count; w++) add_spelled(out, speller, line->others.at[w], exact, arena);
        }
    speller_free(&speller);
}

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
    (void)id, (void)from, (void)to, (void)flags;
    ++*(size_t *)context;
    return 0;
}

struct peer {
    hs_database_t *database;
    hs_scratch_t *scratch;
};

static double scan_all(const struct peer *peer, const struct texts *texts, size_t *hits) {
    double before = cpu_s();
    *hits = 0;
    for (size_t i = 0; i < texts->count; i++)
        must(hs_scan(peer->database, texts->at[i].at, (unsigned)texts->at[i].len, 0, peer->scratch, on_match, hits) ==
                 HS_SUCCESS,
             "Vectorscan failed");
    return cpu_s() - before;
}

/* ---- discern ---- */

static double match_all(struct scratch *scratch, const struct ruleset *set, const struct texts *texts, size_t *hits) {
    struct fault fault;
    struct match match;
    double before = cpu_s();
    *hits = 0;
    for (size_t i = 0; i < texts->count; i++) {
        struct field_text field = {texts->field, texts->at[i]};
        must(match_document(scratch, set, &field, 1, &match, &fault), "memory");
        *hits += match.hit_count;
    }
    return cpu_s() - before;
}

static double judge_all(struct judge *judge, struct arena *arena, const struct texts *texts) {
    struct fault fault;
    struct verdict verdict;
    double before = cpu_s();
    for (size_t i = 0; i < texts->count; i++) {
        struct article article;
        struct document document = {.id = SLICE("x"), .text = texts->at[i]};
        article_init(&article);
        arena_reset(arena);
        if (texts->field == FIELD_ARTICLE) {
            article.text = texts->at[i];
            document = (struct document){.id = SLICE("x"), .text = SLICE("Read this."), .article = &article};
        }
        must(judge_document(judge, &document, JUDGE_VERDICT_ONLY, arena, &verdict, &fault), "memory");
    }
    return cpu_s() - before;
}

static double least(double a, double b) {
    return a < b ? a : b;
}

static void say(const char *what, double value, const char *unit, const char *peer, double peer_value) {
    printf("{\"bench\":\"classify\",\"what\":\"%s\",\"value\":%.4g,\"unit\":\"%s\"", what, value, unit);
    if (peer != NULL)
        printf(",\"peer\":\"%s\",\"peer_value\":%.4g,\"ratio\":%.3f", peer, peer_value, value / peer_value);
    printf("}\n");
    (void)fflush(stdout);
}

struct cost {
    double matching, judging; /* ns/byte */
};

/* `alone`: what the shipped rules took in this run. Returns what these took. */
static struct cost measure(const char *name, const struct ruleset *set, const struct texts *texts,
                           const struct peer *peer, struct cost alone) {
    struct fault fault;
    struct scratch *scratch = scratch_new(set, &fault);
    struct judge *judge = judge_new(set, &fault);
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    must(scratch != NULL && judge != NULL && arena != NULL, "memory");
    double matching = 1e9, judging = 1e9, scanning = 1e9, bytes = (double)texts->bytes;
    size_t hits = 0, peer_hits = 0;
    char what[160];
    for (int round = 0; round < ROUNDS; round++) {
        matching = least(matching, match_all(scratch, set, texts, &hits));
        judging = least(judging, judge_all(judge, arena, texts));
        if (peer->database != NULL) scanning = least(scanning, scan_all(peer, texts, &peer_hits));
    }
    const char *named = peer->database == NULL ? "the shipped rules" : "vectorscan, raw scan";
    struct cost own = {matching * 1e9 / bytes, judging * 1e9 / bytes}, other = alone;
    if (peer->database != NULL) other = (struct cost){scanning * 1e9 / bytes, scanning * 1e9 / bytes};
    (void)snprintf(what, sizeof what, "%s: fold, match, all spans (%zu hits, peer %zu)", name, hits, peer_hits);
    say(what, own.matching, "ns/byte", named, other.matching);
    (void)snprintf(what, sizeof what, "%s: fold, match, score, reasons", name);
    say(what, own.judging, "ns/byte", named, other.judging);
    (void)snprintf(what, sizeof what, "%s: a million documents of this size", name);
    bool posts = peer->database != NULL && texts->field == FIELD_POST;
    if (posts) say(what, judging * 1e6 / (double)texts->count, "s", "limit", 10);
    judge_free(&judge);
    scratch_free(&scratch);
    arena_free(&arena);
    return own;
}

/* ---- more rules ---- */

static uint32_t dice(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static struct slice some_word(const struct texts *texts, uint32_t *seed) {
    for (;;) {
        struct slice text = texts->at[dice(seed) % texts->count];
        size_t at = dice(seed) % text.len, end;
        while (at < text.len && text.at[at] != ' ') at++;
        for (end = ++at; end < text.len && ((text.at[end] | 32) >= 'a' && (text.at[end] | 32) <= 'z'); end++) {}
        if (end > at + 4 && end < at + 14) return slice_part(text, at, end);
    }
}

/* So many topics of the size of the shipped ones: two patterns and fifty phrases of one to three words of the texts. */
static void make_rules(const struct texts *texts, size_t topics, struct buf *out) {
    uint32_t seed = 7;
    for (size_t t = 0; t < topics; t++) {
        buf_printf(out, "topic made-%zu Made\n  parent memory\n", t);
        for (int i = 0; i < 50; i++) {
            struct slice a = some_word(texts, &seed), b = some_word(texts, &seed), c = some_word(texts, &seed);
            if (i % 10 == 0) buf_printf(out, "  phrase %.*s%.*s\n", SLICE_ARGS(a), SLICE_ARGS(b));
            else if (i % 3 == 0)
                buf_printf(out, "  phrase %.*s %.*s %.*s\n", SLICE_ARGS(a), SLICE_ARGS(b), SLICE_ARGS(c));
            else buf_printf(out, "  phrase %.*s %.*s\n", SLICE_ARGS(a), SLICE_ARGS(b));
        }
        for (int i = 0; i < 2; i++) {
            struct slice a = some_word(texts, &seed), b = some_word(texts, &seed), c = some_word(texts, &seed);
            buf_printf(out, "  regex /\\b(?:%.*s|%.*s) (?:\\w+ ){0,3}%.*ss?\\b/\n", SLICE_ARGS(a), SLICE_ARGS(b),
                       SLICE_ARGS(c));
        }
        buf_add_text(out, "  yes a\n  no b\n");
    }
}

static double compile_times(const struct rules_file *files, size_t count, struct arena *arena, struct ruleset *set) {
    struct fault fault;
    struct problems problems = {.arena = arena};
    double before = cpu_s();
    must(ruleset_read(files, count, arena, set, &problems, &fault), "the rules do not hold");
    for (size_t i = 0; i < problems.count && i < 3; i++) fprintf(stderr, "%s\n", problems.at[i].what.at);
    return cpu_s() - before;
}

/* The shipped files and so many made topics. */
static void measure_grown(const char *dir, size_t topics, const struct texts *posts, struct cost alone,
                          const char *name) {
    char command[600], line[400];
    struct rules_file files[201] = {{{NULL, 0}, {NULL, 0}}};
    struct arena *arena = arena_new((size_t)2 << 30);
    struct buf made = buf_new((size_t)256 << 20);
    size_t count = 0;
    must(arena != NULL, "memory");
    (void)snprintf(command, sizeof command, "ls %s/*.rules", dir);
    FILE *list = popen(command, "r"); /* NOLINT(cert-env33-c) */
    must(list != NULL, dir);
    while (count < 200 && fgets(line, sizeof line, list) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        files[count].name = slice_from(arena_text(arena, slice_from(line)));
        size_t len;
        char *bytes = read_file(line, &len);
        files[count++].text = slice_of(bytes, len);
    }
    (void)pclose(list);
    make_rules(posts, topics, &made);
    files[count++] = (struct rules_file){SLICE("made.rules"), buf_slice(&made)};
    struct ruleset set = {0};
    char what[160];
    double compiling = compile_times(files, count, arena, &set) * 1000;
    (void)snprintf(what, sizeof what, "%s: read and compile, %zu blocks, %zu phrases, %zu patterns", name,
                   set.block_count, set.matcher->phrase_count, set.matcher->regex_count);
    say(what, compiling, "ms", topics == TOPICS_OF_3000_RULES ? "limit" : NULL, 100);
    struct peer none = {NULL, NULL};
    (void)measure(name, &set, posts, &none, alone);
    ruleset_free(&set);
    buf_free(&made);
    arena_free(&arena);
}

/* ---- documents that are nothing but words of rules ---- */

#define WORST_EVERY 5 /* of all wordings so many-th is tried */

/* The longest post, title and page that are looked at, made of one wording over and over; in milliseconds. */
static double worst_of(struct judge *judge, struct slice words, struct arena *arena) {
    struct buf text = buf_new((size_t)1 << 20);
    struct fault fault;
    double least_ms = 1e9;
    while (text.len < LIMIT_ARTICLE_TEXT_BYTES * 3 / 2) {
        buf_add(&text, words);
        buf_add_char(&text, ' ');
    }
    struct article article;
    article_init(&article);
    article.text = article.title = buf_slice(&text);
    const struct document document = {.id = SLICE("x"),
                                      .text = buf_slice(&text),
                                      .title = buf_slice(&text),
                                      .article = &article};
    for (int round = 0; round < 3; round++) {
        struct verdict verdict;
        arena_reset(arena);
        double before = cpu_s();
        must(judge_document(judge, &document, JUDGE_WITH_HITS, arena, &verdict, &fault), "memory");
        least_ms = least(least_ms, (cpu_s() - before) * 1000);
    }
    buf_free(&text);
    return least_ms;
}

static void measure_worst(const struct ruleset *set) {
    struct fault fault;
    struct judge *judge = judge_new(set, &fault);
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    must(judge != NULL && arena != NULL, "memory");
    double worst = 0;
    size_t number = 0;
    for (size_t b = 0; b < set->block_count; b++)
        for (size_t i = 0; i < set->blocks[b].count; i++)
            for (size_t w = 0; w < set->blocks[b].lines[i].words.count; w++) {
                bool first = i == 0 && w == 0;
                if (!first && number++ % WORST_EVERY != 0) continue;
                double took = worst_of(judge, set->blocks[b].lines[i].words.at[w], arena);
                worst = took > worst ? took : worst;
            }
    say("the dearest of documents made of one wording over and over", worst, "ms", "limit", LIMIT_JUDGE_CPU_MS);
    judge_free(&judge);
    arena_free(&arena);
}

/* ---- all of it ---- */

static void dump(const char *dir, const struct texts *posts, const struct patterns *patterns) {
    char path[600];
    (void)snprintf(path, sizeof path, "%s/posts", dir);
    FILE *file = fopen(path, "wb");
    must(file != NULL, path);
    for (size_t i = 0; i < posts->count; i++) {
        (void)fwrite(posts->at[i].at, 1, posts->at[i].len, file);
        (void)fputc('\0', file);
    }
    (void)fclose(file);
    (void)snprintf(path, sizeof path, "%s/patterns", dir);
    file = fopen(path, "wb");
    must(file != NULL, path);
    for (size_t i = 0; i < patterns->count; i++)
        fprintf(file, "%c%s%c", patterns->flags[i] == 0 ? '=' : '~', patterns->at[i], 0);
    (void)fclose(file);
}

int main(int argc, char **argv) {
    must(argc >= 3, "usage: bench_classify RULES-DIR DOCS.jsonl [--dump DIR]");
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES), *rules = arena_new(LIMIT_ARENA_BYTES);
    struct texts posts = {calloc(TEXTS_MOST, sizeof(struct slice)), 0, 0, FIELD_POST},
                 articles = {calloc(TEXTS_MOST, sizeof(struct slice)), 0, 0, FIELD_ARTICLE};
    must(arena != NULL && rules != NULL && posts.at != NULL && articles.at != NULL, "memory");
    read_texts(argv[2], arena, &posts, &articles);
    must(posts.count > 0 && articles.count > 0, "no posts, or no articles, among the documents");
    struct problems problems = {.arena = rules};
    struct ruleset set;
    struct fault fault;
    double before = cpu_s();
    must(rules_load(argv[1], rules, &set, &problems, &fault) && problems.errors == 0, "the rules do not hold");
    double compiling = cpu_s() - before;
    struct patterns patterns = {0};
    list_patterns(&set, rules, &patterns);
    if (argc > 4) {
        dump(argv[4], &posts, &patterns);
        free(posts.at);
        free(articles.at);
        return 0;
    }
    struct peer peer = {NULL, NULL};
    hs_compile_error_t *error = NULL;
    before = cpu_s();
    must(hs_compile_multi(patterns.at, patterns.flags, patterns.ids, (unsigned)patterns.count, HS_MODE_BLOCK, NULL,
                          &peer.database, &error) == HS_SUCCESS &&
             hs_alloc_scratch(peer.database, &peer.scratch) == HS_SUCCESS,
         "Vectorscan does not compile");
    double peer_compiling = cpu_s() - before;
    fprintf(stderr, "%zu posts of %zu bytes, %zu articles of %zu bytes; %zu patterns, %zu that Vectorscan refuses\n",
            posts.count, posts.bytes / posts.count, articles.count, articles.bytes / articles.count, patterns.count,
            patterns.refused);
    say("read and compile the shipped rules", compiling * 1000, "ms", "vectorscan", peer_compiling * 1000);
    say("read and compile the shipped rules, in milliseconds", compiling * 1000, "ms", "limit", 25);
    struct cost alone = measure("posts", &set, &posts, &peer, (struct cost){0, 0});
    (void)measure("articles", &set, &articles, &peer, alone);
    measure_worst(&set);
    measure_grown(argv[1], TOPICS_OF_3000_RULES, &posts, alone, "posts, 3,000 rules");
    measure_grown(argv[1], set.block_count * 9 / 2, &posts, alone, "posts, rules x 10");
    measure_grown(argv[1], set.block_count * 99 / 2, &posts, alone, "posts, rules x 100");
    ruleset_free(&set);
    (void)hs_free_scratch(peer.scratch);
    (void)hs_free_database(peer.database);
    return 0;
}
