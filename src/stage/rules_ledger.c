#include "stage/rules_ledger.h"

#include <stdio.h>

#include "base/jtree.h"
#include "base/jwrite.h"
#include "base/limits.h"
#include "base/when.h"
#include "store/runs.h"
#include "store/verdicts.h"

#define BATCH_ITEMS 200
#define LEDGER_FACT SLICE("rules-ledger")
#define HASH_BYTES 17

bool rules_ledger_count(struct house *house, struct judge *judge, struct ledger *ledger, struct fault *fault) {
    AUTO(arena_free)
    struct arena *room = arena_new(LIMIT_ARENA_BYTES);
    int64_t last = 0, before = -1;
    if (room == NULL) return fault_memory(fault);
    while (last != before) {
        struct to_judge_list batch = {0};
        before = last;
        arena_reset(room);
        if (!verdicts_documents(house->store, last, BATCH_ITEMS, room, &batch, fault)) return false;
        for (size_t i = 0; i < batch.count; i++) {
            struct verdict verdict;
            if (!judge_document(judge, &batch.at[i].document, JUDGE_WITH_HITS, room, &verdict, fault)) return false;
            ledger_add(ledger, &verdict, NULL);
            last = batch.at[i].row;
        }
        house_tell(house, STAGE_PROGRESS, "%zu posts counted", ledger->documents);
    }
    return true;
}

/* ---- what is kept ---- */

static struct slice hash_text(const struct rule_block *block, char out[HASH_BYTES]) {
    int written = snprintf(out, HASH_BYTES, "%016llx", (unsigned long long)block_hash(block));
    return slice_of(out, written > 0 ? (size_t)written : 0);
}

static size_t block_of(const struct ruleset *rules, const struct jnode *node) {
    struct slice kind = jtree_get_text(node, "kind"), id = jtree_get_text(node, "id");
    for (int k = 0; k < BLOCK_KINDS; k++)
        if (slice_equal(kind, slice_from(block_kind_name((enum block_kind)k))))
            return ruleset_find(rules, (enum block_kind)k, id);
    return RULES_NOWHERE;
}

static void read_row(const struct ruleset *rules, const struct jnode *node, struct past_row *rows) {
    char hash[HASH_BYTES];
    size_t block = block_of(rules, node);
    if (block == RULES_NOWHERE) return;
    struct past_row *row = &rows[block];
    row->known = true;
    row->hits = jtree_int(jtree_get(node, "hits"), 0);
    row->given = jtree_int(jtree_get(node, "given"), 0);
    /* What was measured of other lines says nothing of these. */
    if (!slice_equal(jtree_get_text(node, "lines"), hash_text(&rules->blocks[block], hash))) return;
    row->labelled = jtree_int(jtree_get(node, "labelled"), 0);
    row->right = jtree_int(jtree_get(node, "right"), 0);
    row->measured_s = jtree_int(jtree_get(node, "measured_s"), WHEN_ABSENT);
}

bool rules_ledger_past(struct house *house, const struct ruleset *rules, struct arena *arena, struct past_ledger *out,
                       struct fault *fault) {
    struct past_ledger past = {.when_s = WHEN_ABSENT,
                               .rows = arena_alloc(arena, rules->block_count + 1, sizeof *past.rows)};
    struct slice text;
    if (past.rows == NULL) return fault_memory(fault);
    for (size_t b = 0; b < rules->block_count; b++) past.rows[b].measured_s = WHEN_ABSENT;
    if (!facts_get(house->store, LEDGER_FACT, arena, &text, fault)) return false;
    *out = past;
    if (slice_is_empty(text)) return true;
    AUTO(jtree_free)
    struct jtree *tree = jtree_read(text, fault);
    if (tree == NULL) return false;
    const struct jnode *root = jtree_root(tree), *rows = jtree_get(root, "rules");
    past.when_s = jtree_int(jtree_get(root, "when_s"), WHEN_ABSENT);
    past.posts = jtree_int(jtree_get(root, "posts"), 0);
    for (size_t i = 0; i < jtree_count(rows); i++) read_row(rules, jtree_at(rows, i), past.rows);
    *out = past;
    return true;
}

struct keeping {
    const struct ledger *posts, *labelled;
    const struct past_ledger *past;
    int64_t now_s;
};

static void write_row(const struct keeping *keeping, size_t b, struct jwrite *json) {
    char hash[HASH_BYTES];
    const struct rule_block *block = &keeping->posts->set->blocks[b];
    const struct ledger_row *row = &keeping->posts->rules[b];
    const struct past_row *before = &keeping->past->rows[b];
    bool measured = keeping->labelled != NULL;
    jwrite_object(json);
    jwrite_member(json, "kind", slice_from(block_kind_name(block->kind)));
    jwrite_member(json, "id", block->id);
    jwrite_member(json, "lines", hash_text(block, hash));
    jwrite_member_int(json, "hits", (int64_t)row->documents);
    jwrite_member_int(json, "given", (int64_t)row->given);
    jwrite_member_int(json, "labelled", measured ? (int64_t)keeping->labelled->rules[b].labelled : before->labelled);
    jwrite_member_int(json, "right", measured ? (int64_t)keeping->labelled->rules[b].right : before->right);
    if (measured || before->measured_s != WHEN_ABSENT)
        jwrite_member_int(json, "measured_s", measured ? keeping->now_s : before->measured_s);
    jwrite_end_object(json);
}

static void write_all(const struct keeping *keeping, struct buf *out) {
    struct jwrite json = jwrite_to(out);
    jwrite_object(&json);
    jwrite_member_int(&json, "when_s", keeping->now_s);
    jwrite_member_int(&json, "posts", (int64_t)keeping->posts->documents);
    jwrite_key(&json, "rules");
    jwrite_array(&json);
    for (size_t b = 0; b < keeping->posts->set->block_count; b++) write_row(keeping, b, &json);
    jwrite_end_array(&json);
    jwrite_end_object(&json);
}

bool rules_ledger_keep(struct house *house, const struct ledger *posts, const struct ledger *labelled,
                       const struct past_ledger *past, struct fault *fault) {
    AUTO(lock_release)
    struct lock lock = {0};
    AUTO(store_work_end)
    struct store_work work = {0};
    AUTO(buf_free)
    struct buf text = buf_new((size_t)16 * 1024 * 1024);
    const struct keeping keeping = {posts, labelled, past, house->options.now_s};
    write_all(&keeping, &text);
    if (!buf_check(&text, "the rules' ledger", fault) || !house_lock(house, &lock, fault)) return false;
    if (!store_begin(house->store, &work, fault)) return false;
    return facts_put(house->store, LEDGER_FACT, buf_slice(&text), fault) && store_commit(&work, fault);
}
