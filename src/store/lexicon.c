#include "store/lexicon.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

#define TABLE_SLOTS 32768u /* four times LIMIT_STORE_LEXICON */
#define SEEN_SLOTS 16384u
#define LONGEST_TEXT 300u
#define LEXICON_BYTES ((size_t)LIMIT_STORE_LEXICON * (LONGEST_TEXT + 32))

struct lexicon {
    struct arena *texts;
    struct slice by_number[LIMIT_STORE_LEXICON + 1];
    uint32_t table[TABLE_SLOTS]; /* number, 0 = free */
    uint64_t seen[SEEN_SLOTS];   /* hashes of texts that came once: what comes twice is worth a number */
    uint32_t count;
    bool loaded;
};

static size_t slot_of(const struct lexicon *lexicon, struct slice text) {
    size_t slot = pack_sum(text, 1) % TABLE_SLOTS;
    while (lexicon->table[slot] != 0 && !slice_equal(lexicon->by_number[lexicon->table[slot]], text))
        slot = (slot + 1) % TABLE_SLOTS;
    return slot;
}

static bool learn(struct lexicon *lexicon, int64_t number, struct slice text, struct fault *fault) {
    struct slice copy;
    if (number < 1 || number > LIMIT_STORE_LEXICON)
        return fault_set(fault, FAULT_STORE, "the store's lexicon is damaged");
    if (!arena_copy(lexicon->texts, text, &copy)) return fault_memory(fault);
    lexicon->by_number[number] = copy;
    lexicon->table[slot_of(lexicon, copy)] = (uint32_t)number;
    if ((uint32_t)number > lexicon->count) lexicon->count = (uint32_t)number;
    return true;
}

static bool load(struct store *store, struct fault *fault) {
    if (store->lexicon == NULL) store->lexicon = mem_new(1, sizeof *store->lexicon);
    struct lexicon *lexicon = store->lexicon;
    if (lexicon == NULL) return fault_memory(fault);
    if (lexicon->texts == NULL) lexicon->texts = arena_new(LEXICON_BYTES);
    if (lexicon->texts == NULL) return fault_memory(fault);
    lexicon_forget(store);
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "SELECT number, text, sum FROM lexicon", &ask, fault)) return false;
    for (;;) {
        bool row = false;
        if (!ask_step(&ask, &row, fault)) return false;
        if (!row) break;
        struct slice text = ask_bytes(&ask, 1);
        if ((int64_t)pack_sum(text, (uint64_t)ask_int(&ask, 0)) != ask_int(&ask, 2))
            return db_damaged(store, "a text of the verdicts", fault);
        if (!learn(lexicon, ask_int(&ask, 0), text, fault)) return false;
    }
    lexicon->loaded = true;
    return true;
}

static bool add(struct store *store, struct slice text, uint32_t number, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "INSERT INTO lexicon(number, text, sum) VALUES(?, ?, ?)", &ask, fault)) return false;
    ask_bind_int(&ask, number);
    ask_bind_text(&ask, text);
    ask_bind_int(&ask, (int64_t)pack_sum(text, number));
    return ask_run(&ask, fault) && learn(store->lexicon, number, text, fault);
}

bool lexicon_number(struct store *store, struct slice text, uint32_t *number, struct fault *fault) {
    *number = 0;
    if (text.len == 0 || text.len > LONGEST_TEXT) return true;
    bool ready = store->lexicon != NULL && store->lexicon->loaded;
    if (!ready && !load(store, fault)) return false;
    struct lexicon *lexicon = store->lexicon;
    *number = lexicon->table[slot_of(lexicon, text)];
    if (*number != 0 || lexicon->count >= LIMIT_STORE_LEXICON) return true;
    uint64_t hash = pack_sum(text, 2);
    if (lexicon->seen[hash % SEEN_SLOTS] != hash) {
        lexicon->seen[hash % SEEN_SLOTS] = hash;
        return true;
    }
    if (!add(store, text, lexicon->count + 1, fault)) return false;
    *number = lexicon->count;
    return true;
}

bool lexicon_text(struct store *store, uint32_t number, struct arena *arena, struct slice *out, struct fault *fault) {
    bool known = store->lexicon != NULL && store->lexicon->loaded && number <= store->lexicon->count;
    /* Another process may have added it since. */
    if (!known && !load(store, fault)) return false;
    if (number == 0 || number > store->lexicon->count || store->lexicon->by_number[number].at == NULL)
        return db_damaged(store, "a verdict", fault);
    return arena_copy(arena, store->lexicon->by_number[number], out) || fault_memory(fault);
}

void lexicon_forget(struct store *store) {
    struct lexicon *lexicon = store->lexicon;
    if (lexicon == NULL) return;
    arena_reset(lexicon->texts);
    memset(lexicon->by_number, 0, sizeof lexicon->by_number);
    memset(lexicon->table, 0, sizeof lexicon->table);
    lexicon->count = 0;
    lexicon->loaded = false;
}

void lexicon_free(struct lexicon **lexicon) {
    if (*lexicon == NULL) return;
    arena_free(&(*lexicon)->texts);
    mem_free(*lexicon);
    *lexicon = NULL;
}
