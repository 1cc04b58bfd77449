#include "classify/spelled.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "classify/matcher.h"
#include "classify/token.h"

struct speller {
    const struct vocab *vocab;
    uint32_t *heads; /* by word: first entry + 1; owned */
    uint32_t *nexts; /* by entry: next entry + 1; owned */
    struct fold fold;
    struct tokens tokens;
};

struct speller *speller_new(const struct ruleset *set, struct fault *fault) {
    AUTO(speller_free)
    struct speller *speller = mem_new(1, sizeof *speller);
    if (speller != NULL) {
        speller->vocab = &set->matcher->vocab;
        speller->heads = mem_new((size_t)speller->vocab->word_count + 1, sizeof *speller->heads);
        speller->nexts = mem_new(speller->vocab->size + 1, sizeof *speller->nexts);
    }
    if (speller == NULL || speller->heads == NULL || speller->nexts == NULL) {
        fault_memory(fault);
        return NULL;
    }
    for (size_t i = 0; i < speller->vocab->size; i++) {
        uint32_t word = speller->vocab->entries[i].word;
        if (word == 0) continue;
        speller->nexts[i] = speller->heads[word];
        speller->heads[word] = (uint32_t)i + 1;
    }
    struct speller *made = speller;
    speller = NULL;
    return made;
}

void speller_free(struct speller **speller) {
    if (*speller == NULL) return;
    mem_free((*speller)->heads);
    mem_free((*speller)->nexts);
    fold_free(&(*speller)->fold);
    tokens_free(&(*speller)->tokens);
    mem_free(*speller);
    *speller = NULL;
}

static int by_length_then_bytes(const void *a, const void *b) {
    const struct slice *x = a, *y = b;
    if (x->len != y->len) return x->len < y->len ? -1 : 1;
    return slice_compare(*x, *y);
}

static bool list_forms(const struct speller *speller, struct slice key, struct arena *arena, struct slice_list *out) {
    uint32_t word = vocab_find(speller->vocab, key.at, key.len);
    struct slice own;
    if (!arena_copy(arena, key, &own) || !slice_list_add(arena, out, own)) return false;
    for (uint32_t e = word == 0 ? 0 : speller->heads[word]; e != 0; e = speller->nexts[e - 1]) {
        const struct vocab_entry *entry = &speller->vocab->entries[e - 1];
        struct slice form = slice_of(entry->at, entry->len);
        if (!slice_equal(form, own) && !slice_list_add(arena, out, form)) return false;
    }
    if (out->count > 2) qsort(out->at + 1, out->count - 1, sizeof *out->at, by_length_then_bytes);
    return true;
}

static bool spell_word(struct speller *speller, const struct token *token, bool exact, struct arena *arena,
                       struct slice_list *out) {
    char key[TOKEN_KEY_BYTES + VOCAB_READ_BYTES] = "";
    struct slice written;
    if (exact) {
        uint32_t from = fold_original(&speller->fold, token->start), to = fold_original(&speller->fold, token->end);
        return arena_copy(arena, slice_part(speller->fold.original, from, to), &written) &&
               slice_list_add(arena, out, written);
    }
    if (token->end - token->start > TOKEN_KEY_BYTES) return true;
    size_t len = token_key(&speller->fold, token, key);
    return list_forms(speller, slice_of(key, len), arena, out);
}

bool speller_spell(struct speller *speller, struct slice form, enum line_kind kind, struct arena *arena,
                   struct spelled *out) {
    bool exact = kind == LINE_EXACT;
    if (!fold_text(&speller->fold, form, 4096) || !tokens_read(&speller->tokens, &speller->fold)) return false;
    size_t count = speller->tokens.count;
    struct slice_list *words = arena_alloc(arena, count + 1, sizeof *words);
    if (words == NULL) return false;
    for (size_t i = 0; i < count; i++)
        if (!spell_word(speller, &speller->tokens.at[i], exact, arena, &words[i])) return false;
    *out = (struct spelled){words, count};
    return true;
}
