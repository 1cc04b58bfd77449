#include "base/jtree.h"
#include "base/jwrite.h"
#include "base/limits.h"
#include "base/when.h"
#include "door/document_json.h"
#include "door/input.h"
#include "door/label_json.h"
#include "door/rulebook.h"
#include "door/session.h"
#include "stage/rules_kept.h"
#include "stage/rules_ledger.h"

#define ANSWER_BYTES ((size_t)64 * 1024 * 1024)

struct reporting {
    struct discern *home;
    const struct discern_rules_report *wanted;
    struct arena *arena;
    struct ruleset rules;
    struct judge *judge;
    struct ledger posts, labelled;
    struct past_ledger past;
    struct buf out;
};

static void free_reporting(struct reporting *r) {
    ledger_free(&r->posts);
    ledger_free(&r->labelled);
    judge_free(&r->judge);
    ruleset_free(&r->rules);
    arena_free(&r->arena);
    buf_free(&r->out);
}

/* ---- labels ---- */

static bool count_line(struct reporting *r, struct arena *room, struct slice line, struct fault *fault) {
    struct document document;
    struct article article;
    struct label label;
    struct verdict verdict;
    AUTO(jtree_free)
    struct jtree *tree = jtree_read(line, fault);
    if (tree == NULL || !document_json_read(jtree_root(tree), room, &document, &article, fault)) return false;
    if (!label_json_read(jtree_root(tree), room, &label, fault)) return false;
    if (!judge_document(r->judge, &document, JUDGE_WITH_HITS, room, &verdict, fault)) return false;
    ledger_add(&r->labelled, &verdict, &label);
    return true;
}

static bool count_labels(struct reporting *r, const char *path, struct fault *fault) {
    AUTO(buf_free)
    struct buf body = buf_new((size_t)LIMIT_CLASSIFY_INPUT_BYTES + 1);
    AUTO(arena_free)
    struct arena *room = arena_new(LIMIT_ARENA_BYTES);
    size_t number = 0;
    if (room == NULL) return fault_memory(fault);
    if (!input_read(path, &body, fault)) return fault_context(fault, "%s", path);
    struct slice rest = buf_slice(&body);
    while (!slice_is_absent(rest)) {
        struct slice line = slice_trim(slice_next(&rest, '\n'));
        number++;
        arena_reset(room);
        if (line.len > 0 && !count_line(r, room, line, fault)) return fault_context(fault, "%s:%zu", path, number);
    }
    return true;
}

/* ---- writing ---- */

struct proof {
    size_t labelled, right;
};

static struct proof proof_of(const struct reporting *r, size_t block) {
    if (r->wanted->labels != NULL)
        return (struct proof){r->labelled.rules[block].labelled, r->labelled.rules[block].right};
    return (struct proof){(size_t)r->past.rows[block].labelled, (size_t)r->past.rows[block].right};
}

static void write_proof(struct proof proof, struct buf *out) {
    buf_printf(out, " %6zu of %-6zu", proof.right, proof.labelled);
    if (proof.labelled < LEDGER_PROVEN) buf_add_text(out, " unproven\n");
    else buf_printf(out, " %.2f\n", ledger_bound(proof.right, proof.labelled));
}

static bool has_wordings(const struct rule_block *block) {
    size_t wordings = 0;
    for (size_t i = 0; i < block->count; i++) wordings += ledger_forms(&block->lines[i]);
    return wordings > 0;
}

static size_t never_seen(const struct reporting *r, size_t b) {
    size_t never = 0;
    const struct rule_block *block = &r->rules.blocks[b];
    for (size_t i = 0; i < block->count && block->kind != BLOCK_HOSTS; i++)
        for (size_t f = 0; f < ledger_forms(&block->lines[i]); f++)
            never += ledger_wording(&r->posts, b, i, f)->documents == 0;
    return never;
}

static void write_heading(const struct reporting *r, struct buf *out) {
    char date[WHEN_TEXT_BYTES];
    buf_printf(out, "Rules %.12s over %zu posts", r->rules.id, r->posts.documents);
    if (r->past.when_s != WHEN_ABSENT) {
        when_date(r->past.when_s, date);
        buf_printf(out, "; since the report of %s: %+lld posts", date,
                   (long long)r->posts.documents - (long long)r->past.posts);
    }
    buf_add_text(out, "\n\nrule                                  hits   since  given  by one wording  never seen"
                      "   right of labelled  at least\n");
}

#define RESTING_TOLD 20

/* Patterns that took too long in three posts, so that the others were judged without them. */
static void write_resting(const struct reporting *r, struct buf *out) {
    struct resting resting[RESTING_TOLD];
    size_t count = judge_resting(r->judge, resting, RESTING_TOLD);
    for (size_t i = 0; i < count; i++)
        buf_printf(out,
                   "\na pattern of '%.*s' took too long in three posts and rested in the others: mend it (%.*s:%u)\n",
                   SLICE_ARGS(resting[i].block->id), SLICE_ARGS(resting[i].line->place.file),
                   resting[i].line->place.line);
}

static void write_json_resting(const struct reporting *r, struct jwrite *json) {
    struct resting resting[RESTING_TOLD];
    size_t count = judge_resting(r->judge, resting, RESTING_TOLD);
    jwrite_key(json, "resting");
    jwrite_array(json);
    for (size_t i = 0; i < count; i++) {
        jwrite_object(json);
        jwrite_member(json, "id", resting[i].block->id);
        jwrite_member(json, "file", resting[i].line->place.file);
        jwrite_member_int(json, "line", resting[i].line->place.line);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_rule(const struct reporting *r, size_t b, struct buf *out) {
    const struct rule_block *block = &r->rules.blocks[b];
    const struct ledger_row *row = &r->posts.rules[b];
    const struct past_row *before = &r->past.rows[b];
    buf_printf(out, "%-8s %-27.*s %6zu", block_kind_name(block->kind), SLICE_ARGS(block->id), row->documents);
    if (before->known) buf_printf(out, " %+7lld", (long long)row->documents - (long long)before->hits);
    else buf_add_text(out, "       -");
    buf_printf(out, " %6zu %15zu %11zu", row->given, row->only, never_seen(r, b));
    write_proof(proof_of(r, b), out);
}

/* Every wording of one rule, so that its author sees which of them do the work. */
static void write_wordings(const struct reporting *r, size_t b, struct buf *out) {
    const struct rule_block *block = &r->rules.blocks[b];
    buf_add_text(out, "\n  hits  given  only it   right of labelled  wording\n");
    for (size_t i = 0; i < block->count; i++)
        for (size_t f = 0; f < ledger_forms(&block->lines[i]); f++) {
            const struct ledger_row *row = ledger_wording(&r->posts, b, i, f),
                                    *labelled = r->wanted->labels == NULL ? row : ledger_wording(&r->labelled, b, i, f);
            buf_printf(out, "%6zu %6zu %8zu %7zu of %-9zu %.*s: %.*s%s\n", row->documents, row->given, row->only,
                       labelled->right, labelled->labelled, SLICE_ARGS(block->lines[i].keyword),
                       SLICE_ARGS(ledger_form(&block->lines[i], f)), row->documents == 0 ? "  (never seen)" : "");
        }
}

static bool is_wanted(const struct reporting *r, size_t b) {
    const struct rule_block *block = &r->rules.blocks[b];
    if (r->wanted->rule != NULL) return slice_equal(block->id, slice_from(r->wanted->rule));
    return has_wordings(block);
}

static size_t write_text(struct reporting *r) {
    size_t written = 0;
    write_heading(r, &r->out);
    for (size_t b = 0; b < r->rules.block_count; b++) {
        if (!is_wanted(r, b)) continue;
        written++;
        write_rule(r, b, &r->out);
        if (r->wanted->rule != NULL) write_wordings(r, b, &r->out);
    }
    write_resting(r, &r->out);
    if (r->wanted->rule == NULL)
        buf_printf(&r->out,
                   "\nunproven: fewer than %u labelled posts. 'discern rules report RULE' shows each "
                   "wording; --labels FILE measures how often they are right.\n",
                   LEDGER_PROVEN);
    return written;
}

static void write_json_row(const struct reporting *r, size_t b, struct jwrite *json) {
    const struct rule_block *block = &r->rules.blocks[b];
    const struct ledger_row *row = &r->posts.rules[b];
    struct proof proof = proof_of(r, b);
    jwrite_object(json);
    jwrite_member(json, "kind", slice_from(block_kind_name(block->kind)));
    jwrite_member(json, "id", block->id);
    jwrite_member_int(json, "hits", (int64_t)row->documents);
    jwrite_key(json, "since");
    if (r->past.rows[b].known) jwrite_int(json, (int64_t)row->documents - r->past.rows[b].hits);
    else jwrite_null(json);
    jwrite_member_int(json, "given", (int64_t)row->given);
    jwrite_member_int(json, "by_one_wording", (int64_t)row->only);
    jwrite_member_int(json, "labelled", (int64_t)proof.labelled);
    jwrite_member_int(json, "right", (int64_t)proof.right);
    jwrite_key(json, "right_at_least");
    if (proof.labelled < LEDGER_PROVEN) jwrite_null(json);
    else jwrite_real(json, ledger_bound(proof.right, proof.labelled));
    jwrite_key(json, "wordings");
    jwrite_array(json);
    for (size_t i = 0; i < block->count; i++)
        for (size_t f = 0; f < ledger_forms(&block->lines[i]); f++) {
            const struct ledger_row *wording = ledger_wording(&r->posts, b, i, f);
            jwrite_object(json);
            jwrite_member(json, "words", ledger_form(&block->lines[i], f));
            jwrite_member_int(json, "hits", (int64_t)wording->documents);
            jwrite_member_int(json, "given", (int64_t)wording->given);
            jwrite_member_int(json, "only", (int64_t)wording->only);
            jwrite_end_object(json);
        }
    jwrite_end_array(json);
    jwrite_end_object(json);
}

static size_t write_json(struct reporting *r) {
    size_t written = 0;
    struct jwrite json = jwrite_to(&r->out);
    jwrite_object(&json);
    jwrite_member(&json, "rules_id", slice_from(r->rules.id));
    jwrite_member_int(&json, "posts", (int64_t)r->posts.documents);
    jwrite_key(&json, "last_report");
    jwrite_instant(&json, r->past.when_s);
    write_json_resting(r, &json);
    jwrite_key(&json, "rules");
    jwrite_array(&json);
    for (size_t b = 0; b < r->rules.block_count; b++) {
        if (!is_wanted(r, b)) continue;
        written++;
        write_json_row(r, b, &json);
    }
    jwrite_end_array(&json);
    jwrite_end_object(&json);
    buf_add_char(&r->out, '\n');
    return written;
}

/* ---- the door ---- */

static bool prepare(struct reporting *r, struct fault *fault) {
    struct problems problems = {.arena = r->home->arena};
    struct rules_force force;
    struct house *house = &r->home->house;
    r->arena = arena_new(LIMIT_ARENA_BYTES);
    if (r->arena == NULL) return fault_memory(fault);
    bool read = rules_in_force(house, r->arena, &r->rules, &force, &problems, fault);
    door_show_problems(&problems, r->home->report, r->home->report_to);
    if (!read) return false;
    r->judge = judge_new(&r->rules, fault);
    return r->judge != NULL && ledger_new(&r->rules, &r->posts, fault) && ledger_new(&r->rules, &r->labelled, fault) &&
           rules_ledger_past(house, &r->rules, r->arena, &r->past, fault);
}

static bool report(struct reporting *r, struct fault *fault) {
    struct house *house = &r->home->house;
    if (!prepare(r, fault) || !rules_ledger_count(house, r->judge, &r->posts, fault)) return false;
    if (r->wanted->labels != NULL && !count_labels(r, r->wanted->labels, fault)) return false;
    size_t written = r->wanted->form == DISCERN_JSON ? write_json(r) : write_text(r);
    if (written == 0) return rulebook_none(&r->rules, RULEBOOK_RULE, slice_from(r->wanted->rule), fault);
    return rules_ledger_keep(house, &r->posts, r->wanted->labels == NULL ? NULL : &r->labelled, &r->past, fault);
}

int discern_rules_report(struct discern *home, const struct discern_rules_report *wanted, discern_write *write,
                         void *to, struct discern_error *error) {
    struct fault fault = {0};
    AUTO(free_reporting)
    struct reporting reporting = {.home = home, .wanted = wanted, .out = buf_new(ANSWER_BYTES)};
    if (report(&reporting, &fault)) (void)door_write(&reporting.out, write, to, &fault);
    return door_status(&fault, error);
}
