#include "discern.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/limits.h"
#include "door/shipped.h"
#include "door/table.h"
#include "store/files.h"

/* Fingerprints of the files as they were when they were put there: tells what a person has changed since. */
#define RECORD "shipped.list"
#define RECORD_HEADING "# Fingerprints of the files as discern wrote them. `discern init` compares; leave it alone.\n"
#define OLD_COPIES_MOST 99

enum outcome { OUTCOME_WRITTEN, OUTCOME_UNCHANGED, OUTCOME_RENEWED, OUTCOME_KEPT, OUTCOME_REPLACED };
static const char *const outcome_words[] = {
    "written",
    "as it was",
    "brought up to date",
    "kept: you changed it, and --force was not given",
    "replaced; yours is kept beside it, with .old at its end",
};

struct init {
    const struct discern_init *options;
    struct arena *arena;
    struct folder from, to;
    struct buf shipped, present, record, new_record;
    struct table table;
    size_t counts[COUNT_OF(outcome_words)];
};

static void free_init(struct init *init) {
    folder_close(&init->from);
    folder_close(&init->to);
    buf_free(&init->shipped);
    buf_free(&init->present);
    buf_free(&init->record);
    buf_free(&init->new_record);
    arena_free(&init->arena);
}

/* What the record says of the file; absent when nothing. */
static struct slice recorded(const struct init *init, struct slice name) {
    struct slice rest = buf_slice(&init->record);
    while (!slice_is_absent(rest)) {
        struct slice line = slice_next(&rest, '\n');
        struct slice hash = slice_next(&line, ' ');
        if (slice_equal(line, name)) return hash;
    }
    return (struct slice){NULL, 0};
}

static bool put(struct init *init, struct slice name, struct slice bytes, struct fault *fault) {
    const struct file_put file = {.name = name, .bytes = bytes, .access = FILE_PRIVATE};
    return file_put(&init->to, &file, NULL, fault);
}

/* Puts what a person wrote under a name that is still free. */
static bool keep_old(struct init *init, struct slice name, struct fault *fault) {
    AUTO(buf_free)
    struct buf other = buf_new((size_t)LIMIT_CONFIG_BYTES);
    for (int i = 1; i <= OLD_COPIES_MOST; i++) {
        bool taken;
        char number[8] = "";
        if (i > 1 && snprintf(number, sizeof number, "%d", i) < 0) number[0] = '\0';
        char *free_name = arena_printf(init->arena, "%.*s.old%s", SLICE_ARGS(name), number);
        if (free_name == NULL) return fault_memory(fault);
        buf_clear(&other);
        if (!file_get(&init->to, slice_from(free_name), &other, &taken, fault)) return false;
        if (!taken) return put(init, slice_from(free_name), buf_slice(&init->present), fault);
    }
    return fault_set(fault, FAULT_STORE, "%.*s: there are %d old copies; move some away", SLICE_ARGS(name),
                     OLD_COPIES_MOST);
}

/* What is to be done with a file that is there already. */
static enum outcome decide(const struct init *init, struct slice name, const char *present_hash) {
    if (slice_equal(buf_slice(&init->present), buf_slice(&init->shipped))) return OUTCOME_UNCHANGED;
    if (slice_equal(recorded(init, name), slice_from(present_hash))) return OUTCOME_RENEWED;
    return init->options->force ? OUTCOME_REPLACED : OUTCOME_KEPT;
}

static bool note(struct init *init, struct slice name, enum outcome outcome, struct fault *fault) {
    const struct cell cells[] = {cell_text(name), cell_text(slice_from(outcome_words[outcome]))};
    init->counts[outcome]++;
    return table_add(&init->table, cells) || fault_memory(fault);
}

static bool settle(struct init *init, struct slice name, struct fault *fault) {
    bool found, there;
    char shipped_hash[HASH_HEX_BYTES], present_hash[HASH_HEX_BYTES];
    struct slice kept_name;
    buf_clear(&init->shipped);
    buf_clear(&init->present);
    if (!file_get(&init->from, name, &init->shipped, &found, fault)) return false;
    if (!found) return true;
    if (!file_get(&init->to, name, &init->present, &there, fault)) return false;
    if (!hash_sha256_hex(buf_slice(&init->shipped), shipped_hash, fault) ||
        !hash_sha256_hex(buf_slice(&init->present), present_hash, fault))
        return false;
    enum outcome outcome = there ? decide(init, name, present_hash) : OUTCOME_WRITTEN;
    if (outcome == OUTCOME_REPLACED && !keep_old(init, name, fault)) return false;
    bool write = outcome != OUTCOME_UNCHANGED && outcome != OUTCOME_KEPT;
    if (write && !put(init, name, buf_slice(&init->shipped), fault)) return false;
    struct slice before = recorded(init, name);
    struct slice hash = outcome == OUTCOME_KEPT ? before : slice_from(shipped_hash);
    if (!slice_is_absent(hash)) buf_printf(&init->new_record, "%.*s %.*s\n", SLICE_ARGS(hash), SLICE_ARGS(name));
    return (arena_copy(init->arena, name, &kept_name) || fault_memory(fault)) && note(init, kept_name, outcome, fault);
}

static bool settle_rules(struct init *init, struct fault *fault) {
    struct slice_list rules = {0};
    if (!file_list(&init->from, SLICE("rules"), init->arena, &rules, fault)) return false;
    for (size_t i = 0; i < rules.count; i++) {
        char *name = arena_printf(init->arena, "rules/%.*s", SLICE_ARGS(rules.at[i]));
        if (name == NULL) return fault_memory(fault);
        if (slice_ends(rules.at[i], SLICE(".rules")) && !settle(init, slice_from(name), fault)) return false;
    }
    return true;
}

static bool copy_all(struct init *init, struct fault *fault) {
    static const char *const files[] = {"discern.conf", "placeholders.conf", "prompts.conf", "sources.conf",
                                        "style.css",    "urls.conf",         "words.conf"};
    bool found;
    if (!folder_open(shipped_dir(), FOLDER_MUST_EXIST, &init->from, fault)) return false;
    if (!folder_open(init->options->config_dir, FOLDER_MAKE, &init->to, fault)) return false;
    if (!file_get(&init->to, SLICE(RECORD), &init->record, &found, fault)) return false;
    buf_add_text(&init->new_record, RECORD_HEADING);
    for (size_t i = 0; i < COUNT_OF(files); i++)
        if (!settle(init, slice_from(files[i]), fault)) return false;
    return settle_rules(init, fault) && buf_check(&init->new_record, "the record of files", fault) &&
           put(init, SLICE(RECORD), buf_slice(&init->new_record), fault);
}

/* ---- what is said ---- */

static void say_kept(const struct init *init, struct buf *out) {
    for (size_t r = 0; r < init->table.count; r++) {
        const struct cell *row = &init->table.cells[r * init->table.columns];
        bool plain = slice_equal(row[1].text, slice_from(outcome_words[OUTCOME_WRITTEN])) ||
                     slice_equal(row[1].text, slice_from(outcome_words[OUTCOME_UNCHANGED]));
        if (!plain) buf_printf(out, "  %.*s: %.*s\n", SLICE_ARGS(row[0].text), SLICE_ARGS(row[1].text));
    }
}

static void say_next(const struct init *init, struct buf *out) {
    const char *folder = init->options->config_dir;
    if (init->counts[OUTCOME_WRITTEN] == 0) {
        buf_printf(out, "The configuration in %s is there already.\n", folder);
        say_kept(init, out);
        return;
    }
    buf_printf(out, "The configuration is in %s (%zu files written).\n", folder, init->counts[OUTCOME_WRITTEN]);
    say_kept(init, out);
    buf_printf(out,
               "What to do next:\n"
               "  1. Open %s/discern.conf and put in your school's name and a contact address.\n"
               "  2. Look through %s/sources.conf: pause what you do not want, add what you miss.\n"
               "  3. discern doctor     tells every mistake, and what is still to be filled in\n"
               "  4. discern run        fetches, judges and writes the first digest\n",
               folder, folder);
}

static bool begin(struct init *init, const struct discern_init *options, struct fault *fault) {
    static const char *const headings[] = {"File", "Outcome"};
    static const char *const keys[] = {"file", "outcome"};
    *init = (struct init){.options = options, .arena = arena_new(LIMIT_ARENA_BYTES)};
    init->shipped = buf_new((size_t)LIMIT_CONFIG_BYTES);
    init->present = buf_new((size_t)LIMIT_CONFIG_BYTES);
    init->record = buf_new((size_t)LIMIT_CONFIG_BYTES);
    init->new_record = buf_new((size_t)LIMIT_CONFIG_BYTES);
    init->table = (struct table){.arena = init->arena, .headings = headings, .keys = keys, .columns = 2};
    return init->arena != NULL || fault_memory(fault);
}

int discern_init(const struct discern_init *options, discern_write *write, void *to, struct discern_error *error) {
    AUTO(free_init)
    struct init init;
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf text = buf_new((size_t)LIMIT_CONFIG_BYTES);
    error->text[0] = '\0';
    bool done = begin(&init, options, &fault) && copy_all(&init, &fault);
    if (done && options->form == DISCERN_JSON) table_write(&init.table, DISCERN_JSON, &text);
    else if (done) say_next(&init, &text);
    if (done && buf_check(&text, "the answer", &fault) && (write == NULL || write(to, text.at, text.len)))
        return DISCERN_DONE;
    (void)snprintf(error->text, sizeof error->text, "%s", done ? "the answer could not be written" : fault.text);
    return DISCERN_ACT;
}
