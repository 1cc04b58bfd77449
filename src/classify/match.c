#include "classify/match.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/url.h"
#include "classify/look.h"

struct scratch *scratch_new(const struct ruleset *set, struct fault *fault) {
    AUTO(scratch_free)
    struct scratch *scratch = mem_new(1, sizeof *scratch);
    if (scratch == NULL) {
        fault_memory(fault);
        return NULL;
    }
    scratch->room = pattern_room_new(fault);
    scratch->regex_count = set->matcher->regex_count;
    scratch->regex_failures = mem_new(scratch->regex_count + 1, 1);
    bool ready = near_finding_new(set->matcher, &scratch->near);
    ready = gate_found_new(&set->matcher->gate, &scratch->found) && ready;
    if (!ready || scratch->room == NULL || scratch->regex_failures == NULL) {
        fault_memory(fault);
        return NULL;
    }
    struct scratch *made = scratch;
    scratch = NULL;
    return made;
}

void scratch_free(struct scratch **scratch) {
    struct scratch *old = *scratch;
    if (old == NULL) return;
    fold_free(&old->fold);
    tokens_free(&old->tokens);
    mem_free(old->hits.at);
    mem_free(old->sorting.at);
    for (size_t i = 0; i < CUE_USES; i++) mem_free(old->cues[i].at);
    gate_found_free(&old->found);
    near_finding_free(&old->near);
    mem_free(old->windows.at);
    mem_free(old->regex_failures);
    pattern_room_free(&old->room);
    mem_free(old);
    *scratch = NULL;
}

void scratch_run_everything(struct scratch *scratch) {
    scratch->ungated = true;
}

bool scratch_rests(const struct scratch *scratch, size_t regex) {
    return scratch->regex_failures[regex] >= REGEX_FAILURES_TO_REST;
}

bool look_add(struct looking *look, const struct raw_hit *hit) {
    struct hit_array *array = &look->scratch->hits;
    if (array->count == LIMIT_HITS) {
        look->scratch->too_many = true;
        return true;
    }
    if (array->count == array->capacity) {
        size_t wider = array->capacity == 0 ? 128 : array->capacity * 2;
        struct raw_hit *more = mem_resize(array->at, wider, sizeof *more);
        if (more == NULL) return false;
        array->at = more;
        array->capacity = wider;
    }
    array->at[array->count++] = *hit;
    return true;
}

static bool look_through(struct looking *look, struct match *out) {
    struct scratch *scratch = look->scratch;
    size_t ceiling = look->field == FIELD_ARTICLE ? LIMIT_ARTICLE_TEXT_BYTES : LIMIT_POST_TEXT_BYTES;
    scratch->too_many = false;
    for (size_t i = 0; i < CUE_USES; i++) scratch->cues[i].count = 0;
    if (!fold_text(&scratch->fold, look->original, ceiling) || !tokens_read(&scratch->tokens, &scratch->fold) ||
        !look_for_phrases(look) || !look_for_patterns(look) || !look_for_company(look) || !look_settle(look))
        return false;
    out->words[look->field] = (uint32_t)scratch->tokens.count;
    out->sentences[look->field] = scratch->tokens.sentences;
    out->cut[look->field] = scratch->fold.cut || scratch->too_many;
    return true;
}

/* Who judges many documents meets all patterns in the end. */
static void warm_up(struct scratch *scratch, const struct matcher *matcher) {
    if (scratch->documents == MATCH_WARM_DOCUMENTS || ++scratch->documents < MATCH_WARM_DOCUMENTS) return;
    for (size_t i = 0; i < matcher->regex_count; i++) pattern_make_ready(matcher->regexes[i].pattern);
}

bool match_document(struct scratch *scratch, const struct ruleset *set, const struct field_text *fields, size_t count,
                    struct match *out, struct fault *fault) {
    struct match match = {0};
    warm_up(scratch, set->matcher);
    scratch->hits.count = scratch->undecided_count = 0;
    scratch->calls = 0;
    scratch->began_us = 0;
    scratch->out_of_time = false;
    for (size_t i = 0; i < count; i++) {
        struct looking look = {scratch, set, fields[i].field, fields[i].text, scratch->hits.count, 0};
        if (!look_through(&look, &match)) return fault_memory(fault);
    }
    match.hits = scratch->hits.at;
    match.hit_count = scratch->hits.count;
    match.undecided = scratch->undecided;
    match.undecided_count = scratch->undecided_count;
    *out = match;
    return true;
}

size_t match_host(const struct ruleset *set, struct slice url, struct arena *arena) {
    struct url parts;
    size_t best = RULES_NOWHERE, best_len = 0;
    if (!url_parse(arena, url, &parts)) return RULES_NOWHERE;
    struct slice path = slice_starts(parts.path, SLICE("/")) ? slice_part(parts.path, 1, parts.path.len) : parts.path;
    for (size_t i = 0; i < set->matcher->host_count; i++) {
        const struct host_entry *entry = &set->matcher->hosts[i];
        size_t len = entry->host.len + entry->path.len;
        if (!url_host_within(parts.host, entry->host) || !slice_starts(path, entry->path) || len <= best_len) continue;
        best = entry->block;
        best_len = len;
    }
    return best;
}
