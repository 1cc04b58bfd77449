#include "classify/ledger.h"

#include <math.h>

#include "base/mem.h"

size_t ledger_forms(const struct rule_line *line) {
    switch (line->kind) {
        case LINE_STRONG:
        case LINE_PHRASE:
        case LINE_WEAK:
        case LINE_EXACT:
        case LINE_HOST: return line->words.count;
        case LINE_REGEX:
        case LINE_PROMOTES:
        case LINE_NEAR: return 1;
        default: return 0;
    }
}

struct slice ledger_form(const struct rule_line *line, size_t form) {
    bool one = line->kind == LINE_NEAR || line->kind == LINE_REGEX || line->kind == LINE_PROMOTES;
    return one || form >= line->words.count ? line->text : line->words.at[form];
}

double ledger_bound(size_t right, size_t all) {
    const double z = 1.96, n = (double)all;
    if (all == 0) return 0;
    double p = (double)right / n, spread = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return fmax(0, (p + z * z / (2 * n) - spread) / (1 + z * z / n));
}

/* Where each line's wordings begin; returns how many there are. */
static size_t number_wordings(struct ledger *ledger) {
    size_t lines = 0, wordings = 0;
    for (size_t b = 0; b < ledger->set->block_count; b++) {
        ledger->lines[b] = (uint32_t)lines;
        for (size_t i = 0; i < ledger->set->blocks[b].count; i++) {
            ledger->firsts[lines++] = (uint32_t)wordings;
            wordings += ledger_forms(&ledger->set->blocks[b].lines[i]);
        }
    }
    return wordings;
}

static bool make_rows(struct ledger *ledger) {
    const struct ruleset *set = ledger->set;
    size_t lines = 0;
    for (size_t b = 0; b < set->block_count; b++) lines += set->blocks[b].count;
    ledger->rules = mem_new(set->block_count + 1, sizeof *ledger->rules);
    ledger->lines = mem_new(set->block_count + 1, sizeof *ledger->lines);
    ledger->firsts = mem_new(lines + 1, sizeof *ledger->firsts);
    if (ledger->rules == NULL || ledger->lines == NULL || ledger->firsts == NULL) return false;
    ledger->wordings = mem_new(number_wordings(ledger) + 1, sizeof *ledger->wordings);
    return ledger->wordings != NULL;
}

bool ledger_new(const struct ruleset *set, struct ledger *out, struct fault *fault) {
    *out = (struct ledger){.set = set};
    if (make_rows(out)) return true;
    ledger_free(out);
    return fault_memory(fault);
}

void ledger_free(struct ledger *ledger) {
    mem_free(ledger->rules);
    mem_free(ledger->wordings);
    mem_free(ledger->lines);
    mem_free(ledger->firsts);
    *ledger = (struct ledger){0};
}

static struct ledger_row *wording(const struct ledger *ledger, size_t block, size_t line, size_t form) {
    const struct rule_line *of = &ledger->set->blocks[block].lines[line];
    size_t forms = ledger_forms(of);
    if (forms == 0) return NULL;
    return &ledger->wordings[ledger->firsts[ledger->lines[block] + line] + (form < forms ? form : 0)];
}

const struct ledger_row *ledger_wording(const struct ledger *ledger, size_t block, size_t line, size_t form) {
    return wording(ledger, block, line, form);
}

/* ---- what a verdict gives and a label says ---- */

static bool is_in(const struct slice_list *list, struct slice id) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i], id)) return true;
    return false;
}

static bool has_topic(const struct verdict *verdict, struct slice id) {
    for (size_t i = 0; i < verdict->topics.count; i++)
        if (slice_equal(verdict->topics.at[i].id, id)) return true;
    return false;
}

static bool has_signal(const struct verdict *verdict, struct slice id) {
    for (size_t i = 0; i < verdict->signals.count; i++)
        if (slice_equal(verdict->signals.at[i].id, id)) return true;
    return false;
}

/* Whether the verdict says what the rule is there for. */
static bool gives(const struct rule_block *block, const struct verdict *verdict) {
    double adds;
    switch (block->kind) {
        case BLOCK_TOPIC: return has_topic(verdict, block->id);
        case BLOCK_SIGNAL: return has_signal(verdict, block->id);
        case BLOCK_MYTH: return is_in(&verdict->myth_ids, block->id);
        case BLOCK_PHASE: return is_in(&verdict->phases, block->id);
        case BLOCK_SUBJECT: return is_in(&verdict->subjects, block->id);
        case BLOCK_CUE:
            adds = block_number(block, "adds", 0);
            return slice_is_absent(block_fact(block, "mark")) && adds != 0 && (adds > 0) == verdict->is_idea;
        default: return false;
    }
}

enum said { SAID_NOTHING, SAID_WRONG, SAID_RIGHT };

static enum said said_if(bool right) {
    return right ? SAID_RIGHT : SAID_WRONG;
}

/* A signal is right where the label has what it speaks for; of many signals labels say nothing. */
static enum said says_of_signal(const struct rule_block *block, const struct label *label) {
    struct slice mark = block_fact(block, "mark");
    if (slice_equal(mark, SLICE("hype"))) return said_if(label->hype);
    if (slice_equal(mark, SLICE("promotion"))) return said_if(label->promotion);
    if (slice_equal(mark, SLICE("synthesis"))) return said_if(label->level >= 4);
    if (slice_equal(mark, SLICE("trace"))) return said_if(label->level >= 3);
    if (slice_equal(mark, SLICE("research"))) return said_if(label->level >= 2);
    if (slice_equal(mark, SLICE("account"))) return said_if(label->level >= 1);
    return SAID_NOTHING;
}

static enum said says(const struct rule_block *block, const struct verdict *verdict, const struct label *label) {
    if (label == NULL || label->flags_only) return SAID_NOTHING;
    switch (block->kind) {
        case BLOCK_TOPIC: return said_if(label_means(label, block->id));
        case BLOCK_SIGNAL:
        case BLOCK_HOSTS: return says_of_signal(block, label);
        case BLOCK_MYTH:
            return verdict->myth_stance < STANCE_PROMOTES ? SAID_NOTHING : said_if(label->myth == verdict->myth_stance);
        case BLOCK_CUE: return said_if(label->idea == verdict->is_idea);
        default: return SAID_NOTHING;
    }
}

/* ---- counting ---- */

static void count(struct ledger_row *row, bool given, bool only, enum said said) {
    row->documents++;
    row->given += given;
    row->only += given && only;
    row->labelled += given && said != SAID_NOTHING;
    row->right += given && said == SAID_RIGHT;
}

static bool counts(const struct hit *hit) {
    return hit->state == HIT_COUNTED;
}

/* Addresses have no place in a text: only their signal tells of them. */
static void count_hosts(struct ledger *ledger, const struct verdict *verdict, const struct label *label) {
    for (size_t i = 0; i < verdict->signals.count; i++) {
        struct slice id = verdict->signals.at[i].id;
        if (!slice_starts(id, SLICE("host-"))) continue;
        size_t block = ruleset_find(ledger->set, BLOCK_HOSTS, slice_part(id, 5, id.len));
        if (block != RULES_NOWHERE)
            count(&ledger->rules[block], true, false, says(&ledger->set->blocks[block], verdict, label));
    }
}

void ledger_add(struct ledger *ledger, const struct verdict *verdict, const struct label *label) {
    uint32_t stamp = ++ledger->stamp;
    ledger->documents++;
    for (size_t i = 0; i < verdict->hits.count; i++) {
        const struct hit *hit = &verdict->hits.at[i];
        struct ledger_row *of = wording(ledger, hit->block, hit->line, hit->alternative),
                          *rule = &ledger->rules[hit->block];
        if (!counts(hit) || of == NULL || of->stamp == stamp) continue;
        of->stamp = stamp;
        if (rule->stamp != stamp) rule->wordings = 0;
        rule->stamp = stamp;
        rule->wordings++;
    }
    for (size_t i = 0; i < verdict->hits.count; i++) {
        const struct hit *hit = &verdict->hits.at[i];
        struct ledger_row *of = wording(ledger, hit->block, hit->line, hit->alternative),
                          *rule = &ledger->rules[hit->block];
        if (!counts(hit) || of == NULL || of->wordings == stamp) continue;
        of->wordings = stamp; /* counted; a wording has no wordings of its own */
        const struct rule_block *block = &ledger->set->blocks[hit->block];
        bool given = gives(block, verdict), only = rule->wordings == 1;
        enum said said = says(block, verdict, label);
        count(of, given, only, said);
        if (rule->stamp != stamp) continue;
        rule->stamp = 0;
        count(rule, given, only, said);
    }
    count_hosts(ledger, verdict, label);
}
