#include <stdio.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "discern.h"
#include "door/explain.h"
#include "door/input.h"
#include "door/rulebook.h"
#include "door/verdict_json.h"

#define ANSWER_BYTES ((size_t)16 * 1024 * 1024)
#define WORDING_SHOWN ((size_t)72)

struct telling {
    struct rulebook book;
    struct arena *arena;
    struct buf body, text, answer;
};

static void free_telling(struct telling *telling) {
    rulebook_free(&telling->book);
    arena_free(&telling->arena);
    buf_free(&telling->body);
    buf_free(&telling->text);
    buf_free(&telling->answer);
}

static int end(int status, const struct fault *fault, struct discern_error *error) {
    (void)snprintf(error->text, sizeof error->text, "%s", status == DISCERN_DONE ? "" : fault->text);
    return status;
}

static bool open_telling(struct telling *telling, const char *file, struct fault *fault) {
    telling->arena = arena_new(LIMIT_ARENA_BYTES);
    telling->body = buf_new((size_t)LIMIT_DOCUMENT_BYTES + 1);
    telling->text = buf_new((size_t)LIMIT_DOCUMENT_BYTES * 3);
    telling->answer = buf_new(ANSWER_BYTES);
    if (telling->arena == NULL) return fault_memory(fault);
    if (!input_read(file, &telling->body, fault)) return fault_context(fault, "%s", file);
    utf8_repair(buf_slice(&telling->body), &telling->text);
    return buf_check(&telling->text, "the text", fault);
}

/* ---- the text with its marks ---- */

/* With our own escapes among them, the text's control bytes must not reach the terminal. */
static void add_byte(struct buf *out, char c, bool colour) {
    bool control = ((unsigned char)c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
    buf_add_char(out, colour && control ? '?' : c);
}

/* Counted hits are numbered as in the list below; each ends in its number. */
static void mark_text(struct slice text, const struct hit_list *hits, bool colour, struct buf *out) {
    size_t next = 0, open = 0;
    for (size_t at = 0; at <= text.len; at++) {
        for (size_t i = 0; i < next && open > 0; i++) {
            if (hits->at[i].state != HIT_COUNTED || hits->at[i].end != at) continue;
            buf_printf(out, colour ? "\033[0m\033[2m%zu\033[0m" : "]%zu", i + 1);
            open--;
        }
        for (; next < hits->count && hits->at[next].start == at; next++) {
            if (hits->at[next].state != HIT_COUNTED) continue;
            buf_add_text(out, colour ? "\033[7m" : "[");
            open++;
        }
        if (at < text.len) add_byte(out, text.at[at], colour);
    }
    buf_add_char(out, '\n');
}

/* A pattern may be as long as a page; `rules show` prints it whole. */
static void add_wording(struct slice form, struct buf *out) {
    struct slice shown = utf8_cut(form, WORDING_SHOWN);
    buf_printf(out, "  by: %.*s%s", SLICE_ARGS(shown), shown.len < form.len ? "…" : "");
}

static void list_hits(const struct hit_list *hits, struct buf *out) {
    for (size_t i = 0; i < hits->count; i++) {
        const struct hit *hit = &hits->at[i];
        buf_printf(out, "%4zu  %-9s %-28.*s \"%.*s\"", i + 1, hit_state_name(hit->state), SLICE_ARGS(hit->rule),
                   SLICE_ARGS(hit->text));
        if (!slice_equal_nocase(hit->text, hit->form)) add_wording(hit->form, out);
        buf_add_char(out, '\n');
    }
}

static void list_words(const char *heading, const struct slice_list *words, struct buf *out) {
    for (size_t i = 0; i < words->count; i++) buf_printf(out, "%s %.*s\n", heading, SLICE_ARGS(words->at[i]));
}

static void tell_verdict(const struct verdict *verdict, struct buf *out) {
    buf_printf(out, "Level %d: %.*s\n", verdict->level, SLICE_ARGS(verdict->level_label));
    list_words("  because:", &verdict->because, out);
    list_words("  missing:", &verdict->missing, out);
    list_words("  note:", &verdict->notes, out);
    list_words("  check first:", &verdict->check_reasons, out);
    list_words("  not decided:", &verdict->skipped, out);
    buf_printf(out, "Idea: %s (%.2f)\n", verdict->is_idea ? "yes" : "no", verdict->idea_score);
    for (size_t i = 0; i < verdict->topics.count; i++)
        buf_printf(out, "Topic: %.*s (%.*s, %.2f)\n", SLICE_ARGS(verdict->topics.at[i].label),
                   SLICE_ARGS(verdict->topics.at[i].id), verdict->topics.at[i].score);
    if (verdict->topics.count == 0) buf_add_text(out, "Topic: none\n");
}

/* ---- in each form ---- */

static bool tell_words(struct telling *telling, const struct discern_rules_explain *wanted,
                       const struct document *document, const struct verdict *verdict, struct fault *fault) {
    mark_text(document->text, &verdict->hits, wanted->colour, &telling->answer);
    list_hits(&verdict->hits, &telling->answer);
    tell_verdict(verdict, &telling->answer);
    return wanted->topic == NULL || explain_topic(telling->book.judge, verdict, wanted->topic, &telling->answer, fault);
}

/* The topic asked for stands on a line of its own. */
static bool tell_json(struct telling *telling, const struct discern_rules_explain *wanted,
                      const struct document *document, const struct verdict *verdict, struct fault *fault) {
    struct jwrite json = jwrite_to(&telling->answer);
    verdict_json_write(&json, document->id, verdict, VERDICT_EXPLAINED);
    buf_add_char(&telling->answer, '\n');
    if (wanted->topic == NULL) return true;
    struct jwrite other = jwrite_to(&telling->answer);
    if (!explain_topic_json(telling->book.judge, verdict, wanted->topic, &other, fault)) return false;
    buf_add_char(&telling->answer, '\n');
    return true;
}

static bool tell_page(struct telling *telling, const struct discern_rules_explain *wanted,
                      const struct document *document, const struct verdict *verdict, struct fault *fault) {
    buf_clear(&telling->body);
    if (wanted->topic != NULL && !explain_topic(telling->book.judge, verdict, wanted->topic, &telling->body, fault))
        return false;
    return explain_page(document, verdict, buf_slice(&telling->body), &telling->answer, fault);
}

static bool tell(struct telling *telling, const struct discern_rules_explain *wanted, struct fault *fault) {
    struct verdict verdict;
    const struct document document = {.id = SLICE("text"), .text = buf_slice(&telling->text)};
    bool told = false;
    if (!judge_document(telling->book.judge, &document, JUDGE_WITH_HITS, telling->arena, &verdict, fault)) return false;
    switch (wanted->form) {
        case DISCERN_TEXT: told = tell_words(telling, wanted, &document, &verdict, fault); break;
        case DISCERN_JSON: told = tell_json(telling, wanted, &document, &verdict, fault); break;
        case DISCERN_HTML: told = tell_page(telling, wanted, &document, &verdict, fault); break;
    }
    return told && buf_check(&telling->answer, "the answer", fault);
}

int discern_rules_explain(const struct discern_rules *options, const struct discern_rules_explain *wanted,
                          discern_write *write, void *to, struct discern_error *error) {
    AUTO(free_telling)
    struct telling telling = {0};
    struct fault fault = {0};
    struct rulebook_wish wish = {options->rules_dir, options->report, options->report_to};
    int status = rulebook_open(&wish, &telling.book, &fault);
    if (status != DISCERN_DONE) return end(status, &fault, error);
    if (!open_telling(&telling, wanted->file, &fault) || !tell(&telling, wanted, &fault))
        return end(fault.kind == FAULT_USAGE ? DISCERN_WRONG : DISCERN_ACT, &fault, error);
    return end(write(to, telling.answer.at, telling.answer.len) ? DISCERN_DONE : DISCERN_ACT, &fault, error);
}
