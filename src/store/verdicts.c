#include "store/verdicts.h"

#include <string.h>

#include "base/mem.h"
#include "store/item_rows.h"
#include "store/item_walk.h"
#include "store/judge_list.h"
#include "store/lexicon.h"
#include "store/pack_model.h"

#define FLAG_IDEA 1
#define FLAG_HYPE 2
#define FLAG_PROMOTION 4
#define FLAG_CHECK_FIRST 8
#define FLAG_UNCOVERED 16
#define FLAG_ELSEWHERE 32

/* A text that many verdicts share: its number in the lexicon, or 0 and the text itself. */
struct verdict_pack {
    struct pack pack;
    struct store *store;
    struct fault *fault;
    bool failed; /* with a fault of its own */
};

static void word(struct verdict_pack *to, struct slice *text) {
    uint32_t number = 0;
    if (to->failed || to->pack.failed) return;
    if (!pack_is_reading(&to->pack)) to->failed = !lexicon_number(to->store, *text, &number, to->fault);
    if (to->failed) return;
    pack_u32(&to->pack, &number);
    if (number == 0) pack_text(&to->pack, text);
    else if (pack_is_reading(&to->pack)) to->failed = !lexicon_text(to->store, number, to->pack.arena, text, to->fault);
}

static void word_list(struct verdict_pack *to, struct slice_list *list) {
    void *at = list->at;
    size_t count = pack_count(&to->pack, &at, &list->count, &list->capacity, sizeof *list->at);
    list->at = at;
    for (size_t i = 0; i < count; i++) word(to, &list->at[i]);
}

static void topic_list(struct verdict_pack *to, struct topic_list *list) {
    void *at = list->at;
    size_t count = pack_count(&to->pack, &at, &list->count, &list->capacity, sizeof *list->at);
    list->at = at;
    for (size_t i = 0; i < count; i++) {
        word(to, &list->at[i].id);
        word(to, &list->at[i].label);
        word(to, &list->at[i].parent);
        pack_real(&to->pack, &list->at[i].score);
    }
}

static void signal_list(struct verdict_pack *to, struct signal_list *list) {
    void *at = list->at;
    size_t count = pack_count(&to->pack, &at, &list->count, &list->capacity, sizeof *list->at);
    list->at = at;
    for (size_t i = 0; i < count; i++) {
        word(to, &list->at[i].id);
        word(to, &list->at[i].words);
        PACK_ENUM(&to->pack, list->at[i].polarity, enum polarity, POLARITY_NEGATIVE + 1);
        PACK_ENUM(&to->pack, list->at[i].field, enum field, FIELD_COUNT);
    }
}

static void verdict_fields(struct verdict_pack *to, struct verdict *verdict) {
    pack_real(&to->pack, &verdict->idea_score);
    word(to, &verdict->level_label);
    PACK_ENUM(&to->pack, verdict->myth_stance, enum stance, STANCE_DEBUNKS + 1);
    topic_list(to, &verdict->topics);
    signal_list(to, &verdict->signals);
    struct slice_list *const lists[] = {&verdict->because,       &verdict->missing,  &verdict->notes,
                                        &verdict->check_reasons, &verdict->myth_ids, &verdict->phases,
                                        &verdict->subjects,      &verdict->skipped};
    for (size_t i = 0; i < COUNT_OF(lists); i++) word_list(to, lists[i]);
}

static int64_t flags_of(const struct verdict *verdict) {
    return (verdict->is_idea ? FLAG_IDEA : 0) | (verdict->hype ? FLAG_HYPE : 0) |
           (verdict->promotion ? FLAG_PROMOTION : 0) | (verdict->check_first ? FLAG_CHECK_FIRST : 0) |
           (verdict->language_uncovered ? FLAG_UNCOVERED : 0) | (verdict->elsewhere ? FLAG_ELSEWHERE : 0);
}

static void take_flags(struct verdict *verdict, int64_t flags) {
    verdict->is_idea = (flags & FLAG_IDEA) != 0;
    verdict->hype = (flags & FLAG_HYPE) != 0;
    verdict->promotion = (flags & FLAG_PROMOTION) != 0;
    verdict->check_first = (flags & FLAG_CHECK_FIRST) != 0;
    verdict->language_uncovered = (flags & FLAG_UNCOVERED) != 0;
    verdict->elsewhere = (flags & FLAG_ELSEWHERE) != 0;
}

static uint64_t verdict_seed(int64_t row, int64_t rules, int64_t level, int64_t flags) {
    return pack_sum_int(flags, pack_sum_int(level, pack_sum_int(rules, pack_sum_int(row, 13))));
}

static bool rules_number(struct store *store, struct slice rules_id, int64_t *number, struct fault *fault) {
    AUTO(ask_end)
    struct ask find = {0};
    bool found = false;
    if (!ask_open(store, "SELECT number FROM rules WHERE id = ?", &find, fault)) return false;
    ask_bind_text(&find, rules_id.at == NULL ? SLICE("") : rules_id);
    if (!ask_step(&find, &found, fault)) return false;
    if (found) {
        *number = ask_int(&find, 0);
        return true;
    }
    AUTO(ask_end)
    struct ask add = {0};
    if (!ask_open(store, "INSERT INTO rules(id) VALUES(?)", &add, fault)) return false;
    ask_bind_text(&add, rules_id.at == NULL ? SLICE("") : rules_id);
    if (!ask_run(&add, fault)) return false;
    *number = sqlite3_last_insert_rowid(store->db);
    return true;
}

/* The same for each verdict of a batch, so it is looked up once. */
static bool rules_number_again(struct store *store, struct slice rules_id, int64_t *number, struct fault *fault) {
    bool known = !slice_is_empty(rules_id) && slice_equal(rules_id, slice_from(store->rules_text));
    if (!known && !rules_number(store, rules_id, &store->rules_number, fault)) return false;
    *number = store->rules_number;
    store->rules_text[0] = '\0';
    if (rules_id.len >= sizeof store->rules_text) return true;
    if (rules_id.len > 0) memcpy(store->rules_text, rules_id.at, rules_id.len);
    store->rules_text[rules_id.len] = '\0';
    return true;
}

static bool judged(struct store *store, int64_t row, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!judge_list_flush(store, fault)) return false;
    if (!ask_open(store, "DELETE FROM to_judge WHERE item = ?", &ask, fault)) return false;
    ask_bind_int(&ask, row);
    return ask_run(&ask, fault);
}

bool verdicts_done(struct store *store, int64_t after_row, int64_t last_row, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault) || !judge_list_flush(store, fault)) return false;
    if (!ask_open(store, "DELETE FROM to_judge WHERE item > ? AND item <= ?", &ask, fault)) return false;
    ask_bind_int(&ask, after_row);
    ask_bind_int(&ask, last_row);
    return ask_run(&ask, fault);
}

bool verdicts_stand(struct store *store, int64_t item_row, bool *stands, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "SELECT 1 FROM verdict WHERE item = ?", &ask, fault)) return false;
    ask_bind_int(&ask, item_row);
    return ask_step(&ask, stands, fault);
}

/* " a b " with blanks around each, so that one is found by instr; absent when there are none. */
static void add_ids(struct buf *out, const char *before, const struct slice_list *ids) {
    for (size_t i = 0; i < ids->count; i++) {
        if (out->len == 0) buf_add_char(out, ' ');
        buf_add_text(out, before);
        buf_add(out, ids->at[i]);
        buf_add_char(out, ' ');
    }
}

static void add_topics(struct buf *out, const struct topic_list *topics) {
    for (size_t i = 0; i < topics->count; i++) {
        if (out->len == 0) buf_add_char(out, ' ');
        buf_add(out, topics->at[i].id);
        buf_add_char(out, ' ');
    }
}

static struct slice or_absent(const struct buf *buf) {
    return buf->len == 0 ? (struct slice){NULL, 0} : buf_slice(buf);
}

static bool write_verdict(struct store *store, int64_t row, int64_t rules, const struct verdict *verdict,
                          struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store,
                  "INSERT INTO verdict(item, rules, level, flags, topics, scope, rest) VALUES(?, ?, ?, ?, ?, ?, ?)"
                  " ON CONFLICT(item) DO UPDATE SET rules = excluded.rules, level = excluded.level,"
                  " flags = excluded.flags, topics = excluded.topics, scope = excluded.scope, rest = excluded.rest",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, row);
    ask_bind_int(&ask, rules);
    ask_bind_int(&ask, verdict->level);
    ask_bind_int(&ask, flags_of(verdict));
    ask_bind_text(&ask, or_absent(&store->scratch[1]));
    ask_bind_text(&ask, or_absent(&store->scratch[2]));
    ask_bind_blob(&ask, buf_slice(&store->scratch[0]));
    return ask_run(&ask, fault);
}

bool verdicts_write(struct store *store, int64_t item_row, const struct verdict *verdict, struct fault *fault) {
    int64_t rules = 0;
    struct verdict copy = *verdict;
    if (!db_may_write(store, fault) || !rules_number_again(store, verdict->rules_id, &rules, fault)) return false;
    for (size_t i = 0; i < COUNT_OF(store->scratch); i++) buf_clear(&store->scratch[i]);
    struct verdict_pack to = {.pack = pack_to(&store->scratch[0]), .store = store, .fault = fault};
    verdict_fields(&to, &copy);
    if (to.failed) return false;
    pack_seal(&to.pack, 0, verdict_seed(item_row, rules, verdict->level, flags_of(verdict)));
    add_topics(&store->scratch[1], &verdict->topics);
    add_ids(&store->scratch[2], "p:", &verdict->phases);
    add_ids(&store->scratch[2], "s:", &verdict->subjects);
    for (size_t i = 0; i < COUNT_OF(store->scratch); i++)
        if (!buf_check(&store->scratch[i], "a verdict", fault)) return false;
    return write_verdict(store, item_row, rules, verdict, fault);
}

bool verdicts_put(struct store *store, int64_t item_row, const struct verdict *verdict, struct fault *fault) {
    return verdicts_write(store, item_row, verdict, fault) && judged(store, item_row, fault);
}

#define VERDICT_COLUMNS "verdict.item, verdict.rules, verdict.level, verdict.flags, verdict.rest, rules.id"

/* Reads the verdict whose columns begin at `first`. */
static bool verdict_from_row(struct ask *ask, int first, struct arena *arena, struct verdict *out,
                             struct fault *fault) {
    int64_t level = ask_int(ask, first + 2);
    int64_t flags = ask_int(ask, first + 3);
    uint64_t seed = verdict_seed(ask_int(ask, first), ask_int(ask, first + 1), level, flags);
    struct verdict verdict = {.level = (int)level};
    struct verdict_pack from = {.pack = pack_from(ask_bytes(ask, first + 4), seed, arena),
                                .store = ask->store,
                                .fault = fault};
    verdict_fields(&from, &verdict);
    if (from.failed) return false;
    if (!pack_done(&from.pack)) return db_damaged(ask->store, "a verdict", fault);
    take_flags(&verdict, flags);
    if (!arena_copy(arena, ask_bytes(ask, first + 5), &verdict.rules_id)) return fault_memory(fault);
    *out = verdict;
    return true;
}

bool verdicts_get(struct store *store, int64_t item_row, struct arena *arena, struct verdict *out, bool *found,
                  struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store,
                  "SELECT " VERDICT_COLUMNS " FROM verdict JOIN rules ON rules.number = verdict.rules WHERE item = ?",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, item_row);
    if (!ask_step(&ask, &row, fault)) return false;
    if (row && !verdict_from_row(&ask, 0, arena, out, fault)) return false;
    *found = row;
    return true;
}

struct judged_walk {
    struct ask ask;
    struct arena *texts; /* what the parameters point to */
};

#define JUDGED                                                                                                         \
    "SELECT " ITEM_COLUMNS ", " VERDICT_COLUMNS " FROM item JOIN source ON source.number = item.source"                \
    " JOIN verdict ON verdict.item = item.row JOIN rules ON rules.number = verdict.rules"                              \
    " WHERE (?1 IS NULL OR source.name = ?1) AND item.seen_s >= ?2 AND item.seen_s < ?3"                               \
    " AND (verdict.level >= ?4) AND (?5 IS NULL OR instr(verdict.topics, ?5) > 0)"                                     \
    " AND (verdict.flags & ?6) = ?6"

static bool bind_judged(struct judged_walk *walk, const struct judged_query *query, struct fault *fault) {
    static const int64_t flags[] = {0, FLAG_IDEA, FLAG_CHECK_FIRST};
    struct slice topic = {NULL, 0};
    struct slice source = {NULL, 0};
    if (!arena_copy(walk->texts, query->items.source, &source)) return fault_memory(fault);
    if (query->topic.len > 0) topic = slice_from(arena_printf(walk->texts, " %.*s ", SLICE_ARGS(query->topic)));
    if (query->topic.len > 0 && topic.at == NULL) return fault_memory(fault);
    struct item_query items = query->items;
    items.source = source;
    item_query_bind(&walk->ask, &items);
    ask_bind_int(&walk->ask, query->min_level);
    ask_bind_text(&walk->ask, topic);
    ask_bind_int(&walk->ask, flags[query->only]);
    ask_bind_int(&walk->ask, query->items.limit == 0 ? -1 : query->items.limit);
    return true;
}

bool verdicts_walk(struct store *store, const struct judged_query *query, struct judged_walk **out,
                   struct fault *fault) {
    static const char *const orders[] = {JUDGED " ORDER BY item.seen_s, item.row LIMIT ?7",
                                         JUDGED " ORDER BY item.seen_s DESC, item.row DESC LIMIT ?7"};
    AUTO(judged_walk_free)
    struct judged_walk *walk = mem_new(1, sizeof *walk);
    if (walk == NULL) return fault_memory(fault);
    walk->texts = arena_new(16384);
    if (walk->texts == NULL) return fault_memory(fault);
    if (!ask_open_owned(store, orders[query->items.order], &walk->ask, fault)) return false;
    if (!bind_judged(walk, query, fault)) return false;
    *out = walk;
    walk = NULL;
    return true;
}

bool judged_walk_next(struct judged_walk *walk, struct arena *arena, struct judged *out, bool *more,
                      struct fault *fault) {
    bool row = false;
    struct judged judged;
    if (!ask_step(&walk->ask, &row, fault)) return false;
    if (row && (!item_from_row(&walk->ask, arena, &judged.item, fault) ||
                !verdict_from_row(&walk->ask, ITEM_COLUMN_COUNT, arena, &judged.verdict, fault)))
        return false;
    if (row) *out = judged;
    *more = row;
    return true;
}

void judged_walk_free(struct judged_walk **walk) {
    if (*walk == NULL) return;
    ask_end(&(*walk)->ask);
    arena_free(&(*walk)->texts);
    mem_free(*walk);
    *walk = NULL;
}
