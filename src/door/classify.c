#include "discern.h"

#include <stdio.h>

#include "base/jtree.h"
#include "base/limits.h"
#include "door/document_json.h"
#include "door/input.h"
#include "door/rulebook.h"
#include "door/verdict_json.h"
#include "normal/canonical.h"

/* One line of answer: reasons, and with --explain every hit of a long article. */
#define LINE_BYTES ((size_t)16 * 1024 * 1024)

struct classifier {
    const struct discern_classify *options;
    struct rulebook book;
    struct arena *urls_arena;
    const struct canon_rules *urls; /* as shipped */
    struct arena *arena;
    struct buf body, line;
    discern_write *write;
    void *to;
    bool bad; /* a line could not be read */
};

static void free_classifier(struct classifier *classifier) {
    rulebook_free(&classifier->book);
    arena_free(&classifier->arena);
    arena_free(&classifier->urls_arena);
    buf_free(&classifier->body);
    buf_free(&classifier->line);
}

/* ---- one line ---- */

/* A chatbot's tracking tag on a link, as pulling would have noted it. */
static bool note_chatbot(struct classifier *classifier, struct document *document, struct fault *fault) {
    for (size_t i = 0; i < document->links.count && slice_is_absent(document->chatbot); i++) {
        struct canonical page = {0};
        struct fault ignored = {0};
        if (slice_find_byte(document->links.at[i], '?', 0) == SLICE_NOT_FOUND) continue;
        if (!canonical_url(classifier->urls, document->links.at[i], classifier->arena, &page, &ignored) &&
            ignored.kind == FAULT_MEMORY)
            return fault_memory(fault);
        document->chatbot = page.chatbot;
    }
    return true;
}

static bool judge_line(struct classifier *classifier, const struct jnode *node, struct fault *fault) {
    struct document document;
    struct article article;
    struct verdict verdict;
    if (!document_json_read(node, classifier->arena, &document, &article, fault)) return false;
    if (!note_chatbot(classifier, &document, fault)) return false;
    enum judge_detail detail = classifier->options->explain ? JUDGE_WITH_HITS : JUDGE_VERDICT_ONLY;
    if (!judge_document(classifier->book.judge, &document, detail, classifier->arena, &verdict, fault)) return false;
    struct jwrite json = jwrite_to(&classifier->line);
    verdict_json_write(&json, document.id, &verdict, classifier->options->explain ? VERDICT_EXPLAINED : VERDICT_PLAIN);
    return true;
}

static void refuse_line(struct classifier *classifier, const struct fault *fault) {
    buf_clear(&classifier->line);
    struct jwrite json = jwrite_to(&classifier->line);
    jwrite_object(&json);
    jwrite_member_bool(&json, "ok", false);
    jwrite_member(&json, "error", slice_from(fault->text));
    jwrite_end_object(&json);
    classifier->bad = true;
}

/* Writes the answer to one line of input. False when the reader of the answers is gone. */
static bool answer_line(struct classifier *classifier, struct slice text) {
    struct fault fault = {0};
    arena_reset(classifier->arena);
    buf_clear(&classifier->line);
    AUTO(jtree_free)
    struct jtree *tree = jtree_read(text, &fault);
    bool done = tree != NULL && judge_line(classifier, jtree_root(tree), &fault);
    if (!done || buf_failed(&classifier->line)) refuse_line(classifier, &fault);
    buf_add_char(&classifier->line, '\n');
    return classifier->write(classifier->to, classifier->line.at, classifier->line.len);
}

/* ---- files ---- */

static bool answer_file(struct classifier *classifier, const char *path, struct fault *fault) {
    if (!input_read(path, &classifier->body, fault)) return fault_context(fault, "%s", path);
    struct slice rest = buf_slice(&classifier->body);
    while (!slice_is_absent(rest)) {
        struct slice line = slice_trim(slice_next(&rest, '\n'));
        if (line.len > 0 && !answer_line(classifier, line))
            return fault_set(fault, FAULT_STORE, "the answers cannot be written");
    }
    return true;
}

static int begin(struct classifier *classifier, struct fault *fault) {
    const struct discern_classify *options = classifier->options;
    const struct rulebook_wish wish = {.folder = options->rules_dir,
                                       .report = options->report,
                                       .report_to = options->report_to};
    struct problems problems = {0};
    classifier->arena = arena_new(LIMIT_ARENA_BYTES);
    problems.arena = classifier->urls_arena = arena_new(LIMIT_ARENA_BYTES);
    if (classifier->urls_arena != NULL)
        classifier->urls =
            canon_rules_read(SLICE("urls.conf"), canon_rules_shipped(), &problems, classifier->urls_arena);
    classifier->body = buf_new((size_t)LIMIT_CLASSIFY_INPUT_BYTES + 1);
    classifier->line = buf_new(LINE_BYTES);
    if (classifier->arena == NULL || classifier->urls == NULL) {
        fault_memory(fault);
        return DISCERN_ACT;
    }
    return rulebook_open(&wish, &classifier->book, fault);
}

int discern_classify(const struct discern_classify *options, const char *const *files, size_t count,
                     discern_write *write, void *to, struct discern_error *error) {
    AUTO(free_classifier)
    struct classifier classifier = {.options = options, .write = write, .to = to};
    struct fault fault = {0};
    int status = begin(&classifier, &fault);
    for (size_t i = 0; i < count && status == DISCERN_DONE; i++)
        if (!answer_file(&classifier, files[i], &fault)) status = DISCERN_ACT;
    (void)snprintf(error->text, sizeof error->text, "%s", status == DISCERN_DONE ? "" : fault.text);
    return status == DISCERN_DONE && classifier.bad ? DISCERN_ACT : status;
}
