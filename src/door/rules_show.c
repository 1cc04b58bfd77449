#include <stdio.h>
#include <string.h>

#include "base/jwrite.h"
#include "base/limits.h"
#include "classify/spelled.h"
#include "classify/tidy.h"
#include "discern.h"
#include "door/input.h"
#include "door/rulebook.h"
#include "store/files.h"

#define ANSWER_BYTES ((size_t)64 * 1024 * 1024)

struct showing {
    struct rulebook book;
    struct speller *speller;
    struct arena *arena;
    struct buf answer;
};

static void free_showing(struct showing *showing) {
    speller_free(&showing->speller);
    rulebook_free(&showing->book);
    arena_free(&showing->arena);
    buf_free(&showing->answer);
}

static int end(int status, const struct fault *fault, struct discern_error *error) {
    (void)snprintf(error->text, sizeof error->text, "%s", status == DISCERN_DONE ? "" : fault->text);
    return status;
}

static int open_showing(const struct discern_rules *options, struct showing *showing, struct fault *fault) {
    struct rulebook_wish wish = {options->rules_dir, options->report, options->report_to};
    int status = rulebook_open(&wish, &showing->book, fault);
    if (status != DISCERN_DONE) return status;
    showing->answer = buf_new(ANSWER_BYTES);
    showing->arena = arena_new(LIMIT_ARENA_BYTES);
    showing->speller = speller_new(&showing->book.set, fault);
    if (showing->arena != NULL && showing->speller != NULL) return DISCERN_DONE;
    fault_memory(fault);
    return DISCERN_ACT;
}

static int hand_over(struct showing *showing, discern_write *write, void *to, struct fault *fault,
                     struct discern_error *error) {
    if (!buf_check(&showing->answer, "the answer", fault)) return end(DISCERN_ACT, fault, error);
    bool written = write(to, showing->answer.at, showing->answer.len);
    if (!written) fault_set(fault, FAULT_STORE, "the answer cannot be written");
    return end(written ? DISCERN_DONE : DISCERN_ACT, fault, error);
}

/* ---- show ---- */

static bool show_form(struct showing *showing, struct slice form, enum line_kind kind) {
    struct spelled spelled;
    if (!speller_spell(showing->speller, form, kind, showing->arena, &spelled)) return false;
    buf_printf(&showing->answer, "    %.*s\n", SLICE_ARGS(form));
    for (size_t w = 0; w < spelled.count; w++) {
        buf_add_text(&showing->answer, "      ");
        for (size_t i = 0; i < spelled.words[w].count; i++)
            buf_printf(&showing->answer, "%s%.*s", i == 0 ? "" : " ", SLICE_ARGS(spelled.words[w].at[i]));
        buf_add_char(&showing->answer, '\n');
    }
    return true;
}

static bool show_line(struct showing *showing, const struct rule_line *line) {
    buf_printf(&showing->answer, "  %.*s:%u %.*s %.*s\n", SLICE_ARGS(line->place.file), line->place.line,
               SLICE_ARGS(line->keyword), SLICE_ARGS(line->text));
    if (line->kind == LINE_HOST) return true;
    for (size_t i = 0; i < line->words.count; i++)
        if (!show_form(showing, line->words.at[i], line->kind)) return false;
    for (size_t i = 0; i < line->others.count; i++)
        if (!show_form(showing, line->others.at[i], line->kind)) return false;
    return true;
}

static bool show_block(struct showing *showing, const struct rule_block *block) {
    buf_printf(&showing->answer, "%s %.*s  %.*s\n", block_kind_name(block->kind), SLICE_ARGS(block->id),
               SLICE_ARGS(block->label));
    for (size_t i = 0; i < block->count; i++)
        if (!show_line(showing, &block->lines[i])) return false;
    return true;
}

int discern_rules_show(const struct discern_rules *options, const char *id, discern_write *write, void *to,
                       struct discern_error *error) {
    AUTO(free_showing)
    struct showing showing = {0};
    struct fault fault = {0};
    size_t shown = 0;
    int status = open_showing(options, &showing, &fault);
    if (status != DISCERN_DONE) return end(status, &fault, error);
    for (size_t b = 0; b < showing.book.set.block_count; b++) {
        if (!slice_equal(showing.book.set.blocks[b].id, slice_from(id))) continue;
        shown++;
        if (!show_block(&showing, &showing.book.set.blocks[b])) {
            fault_memory(&fault);
            return end(DISCERN_ACT, &fault, error);
        }
    }
    if (shown == 0) {
        (void)rulebook_none(&showing.book.set, RULEBOOK_RULE, slice_from(id), &fault);
        return end(DISCERN_WRONG, &fault, error);
    }
    return hand_over(&showing, write, to, &fault, error);
}

/* ---- export ---- */

static void export_list(struct jwrite *json, const char *key, const struct slice_list *list) {
    if (list->count == 0) return;
    jwrite_key(json, key);
    jwrite_array(json);
    for (size_t i = 0; i < list->count; i++) jwrite_text(json, list->at[i]);
    jwrite_end_array(json);
}

static void export_line(struct jwrite *json, const struct rule_line *line) {
    jwrite_object(json);
    jwrite_member(json, "keyword", line->keyword);
    jwrite_member(json, "text", line->text);
    export_list(json, "words", &line->words);
    export_list(json, "others", &line->others);
    if (line->within > 0) jwrite_member_int(json, "within", line->within);
    if (line->exact) jwrite_member_bool(json, "exact", true);
    if (line->todo) jwrite_member_bool(json, "todo", true);
    jwrite_member(json, "file", line->place.file);
    jwrite_member_int(json, "line", line->place.line);
    jwrite_end_object(json);
}

static void export_block(struct jwrite *json, const struct rule_block *block) {
    jwrite_object(json);
    jwrite_member(json, "kind", slice_from(block_kind_name(block->kind)));
    jwrite_member(json, "id", block->id);
    jwrite_member(json, "label", block->label);
    jwrite_member_bool(json, "unless_negated", block->unless_negated);
    jwrite_key(json, "lines");
    jwrite_array(json);
    for (size_t i = 0; i < block->count; i++) export_line(json, &block->lines[i]);
    jwrite_end_array(json);
    jwrite_end_object(json);
}

int discern_rules_export(const struct discern_rules *options, discern_write *write, void *to,
                         struct discern_error *error) {
    AUTO(free_showing)
    struct showing showing = {0};
    struct fault fault = {0};
    int status = open_showing(options, &showing, &fault);
    if (status != DISCERN_DONE) return end(status, &fault, error);
    struct jwrite json = jwrite_to(&showing.answer);
    jwrite_object(&json);
    jwrite_member(&json, "rules", slice_from(showing.book.set.id));
    jwrite_key(&json, "blocks");
    jwrite_array(&json);
    for (size_t b = 0; b < showing.book.set.block_count; b++) export_block(&json, &showing.book.set.blocks[b]);
    jwrite_end_array(&json);
    jwrite_end_object(&json);
    buf_add_char(&showing.answer, '\n');
    return hand_over(&showing, write, to, &fault, error);
}

/* ---- fmt ---- */

/* The new file takes the old one's place whole, or not at all. */
static bool replace(const char *path, struct buf *tidied, struct fault *fault) {
    AUTO(folder_close)
    struct folder folder = {0};
    AUTO(buf_free)
    struct buf place = buf_new(8192);
    enum file_outcome outcome;
    const char *slash = strrchr(path, '/');
    if (slash != NULL) buf_add(&place, slice_of(path, (size_t)(slash - path) + 1));
    else buf_add_text(&place, ".");
    struct slice name = slice_from(slash == NULL ? path : slash + 1);
    if (!file_name_holds(name)) return fault_set(fault, FAULT_USAGE, "%s: cannot be saved under such a name", path);
    if (!buf_check(tidied, path, fault) || !folder_open(buf_text(&place), FOLDER_MUST_EXIST, &folder, fault))
        return false;
    const struct file_put put = {.name = name, .bytes = buf_slice(tidied), .access = FILE_PUBLIC};
    if (!file_put(&folder, &put, &outcome, fault)) return false;
    buf_clear(tidied);
    buf_printf(tidied, outcome == FILE_UNCHANGED ? "%s: is tidy already\n" : "%s: tidied\n", path);
    return true;
}

int discern_rules_tidy(const char *file, enum discern_save save, discern_write *write, void *to,
                       struct discern_error *error) {
    AUTO(buf_free)
    struct buf text = buf_new((size_t)LIMIT_CONFIG_BYTES + 1);
    AUTO(free_showing)
    struct showing showing = {.answer = buf_new(ANSWER_BYTES)};
    struct fault fault = {0};
    if (!input_read(file, &text, &fault)) {
        fault_context(&fault, "%s", file);
        return end(DISCERN_ACT, &fault, error);
    }
    tidy_rules(buf_slice(&text), &showing.answer);
    bool standard = slice_equal(slice_from(file), SLICE("-"));
    if (save == DISCERN_SAVE && !standard && !replace(file, &showing.answer, &fault))
        return end(fault.kind == FAULT_USAGE ? DISCERN_WRONG : DISCERN_ACT, &fault, error);
    return hand_over(&showing, write, to, &fault, error);
}
