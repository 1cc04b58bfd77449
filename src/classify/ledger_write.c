#include "classify/ledger.h"

static void write_proof(const struct ledger_row *row, struct buf *out) {
    if (row->labelled < LEDGER_PROVEN) buf_add_text(out, "  unproven\n");
    else buf_printf(out, "      %.2f\n", ledger_bound(row->right, row->labelled));
}

static bool is_chosen(const struct ledger_row *row, enum ledger_choice choice) {
    return choice == LEDGER_ALL ? row->documents > 0 : row->labelled > 0;
}

void ledger_write_text(const struct ledger *ledger, enum ledger_choice choice, struct buf *out) {
    buf_add_text(
        out,
        "\nrule                                 hits   given  by one wording  right of  labelled  right at least\n");
    for (size_t b = 0; b < ledger->set->block_count; b++) {
        const struct rule_block *block = &ledger->set->blocks[b];
        const struct ledger_row *row = &ledger->rules[b];
        if (!is_chosen(row, choice)) continue;
        buf_printf(out, "%-8s %-26.*s %6zu %7zu %15zu %9zu %9zu", block_kind_name(block->kind), SLICE_ARGS(block->id),
                   row->documents, row->given, row->only, row->right, row->labelled);
        write_proof(row, out);
    }
}

static void write_row(const struct ledger_row *row, struct jwrite *json) {
    jwrite_member_int(json, "hits", (int64_t)row->documents);
    jwrite_member_int(json, "given", (int64_t)row->given);
    jwrite_member_int(json, "only", (int64_t)row->only);
    jwrite_member_int(json, "labelled", (int64_t)row->labelled);
    jwrite_member_int(json, "right", (int64_t)row->right);
    jwrite_key(json, "right_at_least");
    if (row->labelled < LEDGER_PROVEN) jwrite_null(json);
    else jwrite_real(json, ledger_bound(row->right, row->labelled));
}

static void write_wordings(const struct ledger *ledger, size_t block, struct jwrite *json) {
    jwrite_key(json, "wordings");
    jwrite_array(json);
    for (size_t i = 0; i < ledger->set->blocks[block].count; i++) {
        const struct rule_line *line = &ledger->set->blocks[block].lines[i];
        for (size_t f = 0; f < ledger_forms(line); f++) {
            const struct ledger_row *row = ledger_wording(ledger, block, i, f);
            if (row->documents == 0) continue;
            jwrite_object(json);
            jwrite_member(json, "words", ledger_form(line, f));
            jwrite_member(json, "on", line->keyword);
            write_row(row, json);
            jwrite_end_object(json);
        }
    }
    jwrite_end_array(json);
}

void ledger_write_json(const struct ledger *ledger, struct jwrite *json) {
    jwrite_key(json, "rules");
    jwrite_array(json);
    for (size_t b = 0; b < ledger->set->block_count; b++) {
        const struct rule_block *block = &ledger->set->blocks[b];
        if (ledger->rules[b].documents == 0) continue;
        jwrite_object(json);
        jwrite_member(json, "kind", slice_from(block_kind_name(block->kind)));
        jwrite_member(json, "id", block->id);
        write_row(&ledger->rules[b], json);
        write_wordings(ledger, b, json);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}
