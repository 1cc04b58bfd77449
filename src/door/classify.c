#include "discern.h"

#include <stdio.h>

#include "base/jtree.h"
#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "classify/judge.h"
#include "door/input.h"
#include "door/shipped.h"
#include "door/verdict_json.h"
#include "stage/rules_load.h"

/* One line of answer: reasons, and with --explain every hit of a long article. */
#define LINE_BYTES ((size_t)16 * 1024 * 1024)

struct classifier {
    const struct discern_classify *options;
    struct arena *rules_arena, *arena;
    struct ruleset set;
    struct judge *judge;
    struct buf body, line;
    discern_write *write;
    void *to;
    bool bad; /* a line could not be read */
};

static void free_classifier(struct classifier *classifier) {
    judge_free(&classifier->judge);
    ruleset_free(&classifier->set);
    arena_free(&classifier->arena);
    arena_free(&classifier->rules_arena);
    buf_free(&classifier->body);
    buf_free(&classifier->line);
}

/* ---- a document from its line ---- */

static bool add_link(struct arena *arena, struct slice_list *links, struct slice url) {
    if (!url_is_web(url) || links->count >= LIMIT_ITEM_LIST) return true;
    return slice_list_add_once(arena, links, url);
}

static size_t address_end(struct slice text, size_t at) {
    while (at < text.len && (unsigned char)text.at[at] > ' ' && text.at[at] != '<' && text.at[at] != '>' &&
           text.at[at] != '"' && text.at[at] != ')' && text.at[at] != ']')
        at++;
    while (at > 0 && (text.at[at - 1] == '.' || text.at[at - 1] == ',' || text.at[at - 1] == ';')) at--;
    return at;
}

/* Addresses that stand in the text count as its links. */
static bool links_in_text(struct arena *arena, struct slice text, struct slice_list *links) {
    for (size_t at = slice_find(text, SLICE("http"), 0); at != SLICE_NOT_FOUND;
         at = slice_find(text, SLICE("http"), at + 4)) {
        size_t end = address_end(text, at);
        if (!add_link(arena, links, slice_part(text, at, end))) return false;
    }
    return true;
}

static bool read_links(struct arena *arena, const struct jnode *list, struct slice text, struct slice_list *links) {
    for (size_t i = 0; i < jtree_count(list); i++)
        if (!add_link(arena, links, jtree_text(jtree_at(list, i)))) return false;
    return links_in_text(arena, text, links);
}

static bool read_references(struct arena *arena, const struct jnode *list, struct reference_list *out) {
    for (size_t i = 0; i < jtree_count(list); i++) {
        const struct jnode *node = jtree_at(list, i);
        struct reference reference = {.id = jtree_get_text(node, "id"),
                                      .url = jtree_get_text(node, "url"),
                                      .text = jtree_get_text(node, "text")};
        if (!reference_kind_from(jtree_get_text(node, "kind"), &reference.kind)) continue;
        if (out->count < LIMIT_ITEM_LIST && !reference_list_add(arena, out, reference)) return false;
    }
    return true;
}

static bool read_document(struct arena *arena, const struct jnode *node, struct document *out,
                          struct article *article) {
    const struct jnode *linked = jtree_get(node, "article");
    *out = (struct document){.id = jtree_get_text(node, "id"),
                             .title = jtree_get_text(node, "title"),
                             .text = jtree_get_text(node, "text"),
                             .url = jtree_get_text(node, "url"),
                             .author = jtree_get_text(node, "author"),
                             .lang = jtree_get_text(node, "lang")};
    if (!read_links(arena, jtree_get(node, "links"), out->text, &out->links)) return false;
    if (!jtree_is_object(linked)) return true;
    article_init(article);
    article->title = jtree_get_text(linked, "title");
    article->text = jtree_get_text(linked, "text");
    article->url = jtree_get_text(linked, "url");
    out->article = article;
    return read_references(arena, jtree_get(linked, "references"), &article->references);
}

/* ---- one line ---- */

static bool judge_line(struct classifier *classifier, const struct jnode *node, struct fault *fault) {
    struct document document;
    struct article article;
    struct verdict verdict;
    if (!jtree_is_object(node)) return fault_set(fault, FAULT_INPUT, "not a JSON object");
    if (!jtree_is_string(jtree_get(node, "id"))) return fault_set(fault, FAULT_INPUT, "there is no \"id\"");
    if (!jtree_is_string(jtree_get(node, "text"))) return fault_set(fault, FAULT_INPUT, "there is no \"text\"");
    if (!read_document(classifier->arena, node, &document, &article)) return fault_memory(fault);
    enum judge_detail detail = classifier->options->explain ? JUDGE_WITH_HITS : JUDGE_VERDICT_ONLY;
    if (!judge_document(classifier->judge, &document, detail, classifier->arena, &verdict, fault)) return false;
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

static void tell_problems(const struct discern_classify *options, const struct problems *problems) {
    AUTO(buf_free)
    struct buf text = buf_new((size_t)64 * 1024);
    for (size_t i = 0; i < problems->count && options->report != NULL; i++) {
        if (problems->at[i].weight != PROBLEM_ERROR) continue;
        buf_clear(&text);
        problem_describe(&problems->at[i], &text);
        options->report(options->report_to, DISCERN_PROBLEM, buf_text(&text));
    }
}

static const char *rules_folder(const struct discern_classify *options) {
    if (options->rules_dir != NULL) return options->rules_dir;
    return shipped_rules_dir();
}

static int begin(struct classifier *classifier, struct fault *fault) {
    classifier->rules_arena = arena_new(LIMIT_ARENA_BYTES);
    classifier->arena = arena_new(LIMIT_ARENA_BYTES);
    classifier->body = buf_new((size_t)LIMIT_CLASSIFY_INPUT_BYTES + 1);
    classifier->line = buf_new(LINE_BYTES);
    if (classifier->rules_arena == NULL || classifier->arena == NULL) {
        fault_memory(fault);
        return DISCERN_ACT;
    }
    struct problems problems = {.arena = classifier->rules_arena};
    const char *folder = rules_folder(classifier->options);
    if (!rules_load(folder, classifier->rules_arena, &classifier->set, &problems, fault))
        return fault->kind == FAULT_CONFIG ? DISCERN_WRONG : DISCERN_ACT;
    tell_problems(classifier->options, &problems);
    if (problems.errors > 0) {
        fault_set(fault, FAULT_CONFIG, "%s: the rules do not hold: mend the %zu mistake%s", folder, problems.errors,
                  problems.errors == 1 ? "" : "s");
        return DISCERN_WRONG;
    }
    classifier->judge = judge_new(&classifier->set, fault);
    return classifier->judge == NULL ? DISCERN_ACT : DISCERN_DONE;
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
