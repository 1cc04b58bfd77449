#include "discern.h"

#include <stdio.h>

#include "base/jwrite.h"
#include "base/limits.h"
#include "base/problem.h"
#include "door/input.h"
#include "normal/canonical.h"

/* The rules and one address at a time. */
struct canon {
    const struct discern_canon *options;
    struct arena *rules_arena, *arena;
    struct buf text; /* of the rules: they borrow it */
    struct buf line; /* that refuses an address */
    struct canon_rules *rules;
    discern_write *write;
    void *to;
    struct discern_error *error;
    bool bad;  /* an address was none */
    bool gone; /* nobody takes the results any more */
};

static void free_canon(struct canon *canon) {
    arena_free(&canon->arena);
    arena_free(&canon->rules_arena);
    buf_free(&canon->text);
    buf_free(&canon->line);
}

static int fail(struct canon *canon, int status, const char *text) {
    (void)snprintf(canon->error->text, sizeof canon->error->text, "%s", text);
    return status;
}

static void tell_problems(const struct canon *canon, const struct problems *problems) {
    for (size_t i = 0; canon->options->report != NULL && i < problems->count; i++) {
        AUTO(buf_free)
        struct buf words = buf_new((size_t)LIMIT_CONFIG_LINE_BYTES * 4);
        problem_describe(&problems->at[i], &words);
        canon->options->report(canon->options->report_to, DISCERN_PROBLEM, buf_text(&words));
    }
}

static int load(struct canon *canon) {
    struct fault fault = {0};
    const char *path = canon->options->rules_file;
    canon->arena = arena_new(LIMIT_ARENA_BYTES);
    canon->rules_arena = arena_new(LIMIT_ARENA_BYTES);
    canon->text = buf_new((size_t)LIMIT_CONFIG_BYTES);
    canon->line = buf_new((size_t)LIMIT_DOCUMENT_BYTES);
    if (canon->arena == NULL || canon->rules_arena == NULL) return fail(canon, DISCERN_ACT, "out of memory");
    struct problems problems = {.arena = canon->rules_arena};
    struct slice text = canon_rules_shipped();
    if (path != NULL) {
        if (!input_read(path, &canon->text, &fault)) return fail(canon, DISCERN_WRONG, fault.text);
        text = buf_slice(&canon->text);
    }
    canon->rules =
        canon_rules_read(path == NULL ? SLICE("urls.conf") : slice_from(path), text, &problems, canon->rules_arena);
    tell_problems(canon, &problems);
    if (canon->rules == NULL) return fail(canon, DISCERN_ACT, "out of memory");
    return problems.errors == 0 ? DISCERN_DONE : fail(canon, DISCERN_WRONG, "the rules for addresses do not hold");
}

/* A bad address has a line too, so that answers stay beside their questions. */
static struct slice refusal(struct canon *canon, struct slice url, const struct fault *fault) {
    struct jwrite json = jwrite_to(&canon->line);
    canon->bad = true;
    buf_clear(&canon->line);
    jwrite_object(&json);
    jwrite_member_bool(&json, "ok", false);
    jwrite_member(&json, "error", slice_from(fault->text));
    jwrite_member(&json, "url", url);
    jwrite_end_object(&json);
    return buf_slice(&canon->line);
}

/* What cannot be asked of a web server is no page's address, however well it is formed. */
static bool find(struct canon *canon, struct slice url, struct canonical *made, struct fault *fault) {
    if (!canonical_url(canon->rules, url, canon->arena, made, fault)) return false;
    return slice_starts(made->key, SLICE("http://")) || slice_starts(made->key, SLICE("https://")) ||
           fault_set(fault, FAULT_INPUT, "'%.*s' is no web address", SLICE_ARGS(slice_part(url, 0, 200)));
}

static void answer(struct canon *canon, struct slice url) {
    struct fault fault = {0};
    struct canonical made = {0};
    arena_reset(canon->arena);
    struct slice line = find(canon, url, &made, &fault) ? made.key : refusal(canon, url, &fault);
    canon->gone = !canon->write(canon->to, line.at, line.len) || !canon->write(canon->to, "\n", 1);
}

static int answer_lines(struct canon *canon) {
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf lines = buf_new((size_t)LIMIT_DOCUMENT_BYTES);
    if (!input_read("-", &lines, &fault)) return fail(canon, DISCERN_ACT, fault.text);
    struct slice rest = buf_slice(&lines);
    while (!slice_is_empty(rest) && !canon->gone) answer(canon, slice_next(&rest, '\n'));
    return DISCERN_DONE;
}

int discern_canon(const struct discern_canon *options, const char *const *urls, size_t count, discern_write *write,
                  void *to, struct discern_error *error) {
    AUTO(free_canon)
    struct canon canon = {.options = options, .write = write, .to = to, .error = error};
    error->text[0] = '\0';
    int status = load(&canon);
    for (size_t i = 0; status == DISCERN_DONE && i < count && !canon.gone; i++) {
        struct slice url = slice_from(urls[i]);
        if (slice_equal(url, SLICE("-"))) status = answer_lines(&canon);
        else answer(&canon, url);
    }
    return status == DISCERN_DONE && (canon.bad || canon.gone) ? DISCERN_ACT : status;
}
