#include "stage/withdraw.h"

#include "base/limits.h"
#include "model/digest_json.h"
#include "store/digests.h"
#include "store/tombstones.h"

struct withdrawing {
    struct store *store;
    const struct slice_list *gone;
    int64_t now_s, touched;
    struct arena *arena; /* for one digest */
    bool changed;
};

static bool is_gone(const struct withdrawing *w, struct slice reference) {
    for (size_t i = 0; i < w->gone->count; i++)
        if (slice_equal(w->gone->at[i], reference)) return true;
    return false;
}

/* Whether a tombstone stands against somebody of that name. */
static bool is_forgotten(const struct withdrawing *w, struct slice name, bool *out, struct fault *fault) {
    struct person person = {.name = name, .handle = name};
    struct item item;
    item_init(&item);
    item.authors = (struct person_list){.at = &person, .count = 1, .capacity = 1};
    return tombstones_cover(w->store, &item, out, fault);
}

/* What is left says nothing of who wrote what. */
static void empty_entry(struct entry *entry) {
    struct verdict verdict = {.rules_id = entry->verdict.rules_id,
                              .topics = entry->verdict.topics,
                              .level = entry->verdict.level,
                              .level_label = entry->verdict.level_label,
                              .check_first = entry->verdict.check_first,
                              .phases = entry->verdict.phases,
                              .subjects = entry->verdict.subjects};
    struct entry left = {.code = entry->code,
                         .story = entry->story,
                         .source = entry->source,
                         .source_title = entry->source_title,
                         .network = entry->network,
                         .first_seen_s = entry->first_seen_s,
                         .verdict = verdict,
                         .terms = entry->terms,
                         .score = entry->score,
                         .cover = entry->cover,
                         .likeness = entry->likeness,
                         .place = entry->place,
                         .withdrawn = true};
    item_init(&left.item);
    article_init(&left.article);
    *entry = left;
}

/* A sharer is known by source and address, a member by source and id: whoever shared from a source of which a post is
 * gone is taken out when the post cannot be told apart. */
static bool take_out_sharers(struct withdrawing *w, struct entry *entry, struct fault *fault) {
    size_t kept = 0;
    for (size_t i = 0; i < entry->sharers.count; i++) {
        struct sharer *sharer = &entry->sharers.at[i];
        bool gone = false;
        if (!is_forgotten(w, sharer->name, &gone, fault)) return false;
        for (size_t m = 0; m < entry->members.count && !gone && i > 0; m++) {
            struct slice source, id;
            gone = is_gone(w, entry->members.at[m]) && item_reference_split(entry->members.at[m], &source, &id) &&
                   slice_equal(source, sharer->source);
        }
        w->changed = w->changed || gone;
        if (!gone) entry->sharers.at[kept++] = *sharer;
    }
    entry->sharers.count = kept;
    return true;
}

static void take_out_members(const struct withdrawing *w, struct entry *entry) {
    size_t kept = 0;
    for (size_t i = 0; i < entry->members.count; i++)
        if (!is_gone(w, entry->members.at[i])) entry->members.at[kept++] = entry->members.at[i];
    entry->members.count = kept;
}

static bool look_at_entry(struct withdrawing *w, struct entry *entry, struct fault *fault) {
    bool gone = is_gone(w, entry->lead);
    if (entry->withdrawn) return true;
    if (!gone && !tombstones_cover(w->store, &entry->item, &gone, fault)) return false;
    if (gone) {
        w->changed = true;
        empty_entry(entry);
        return true;
    }
    if (!take_out_sharers(w, entry, fault)) return false;
    take_out_members(w, entry);
    return true;
}

/* Titles of what was left out are words of posts as well. */
static void look_at_left_out(struct withdrawing *w, struct digest *digest) {
    for (size_t i = 0; i < digest->left_out.count; i++) {
        struct left_out *left = &digest->left_out.at[i];
        if (!is_gone(w, left->lead)) continue;
        w->changed = true;
        left->title = left->url = left->lead = (struct slice){NULL, 0};
    }
}

static bool is_withdrawn(const struct digest *digest, struct slice code) {
    for (size_t s = 0; s < digest->sections.count; s++)
        for (size_t e = 0; e < digest->sections.at[s].entries.count; e++) {
            const struct entry *entry = &digest->sections.at[s].entries.at[e];
            if (entry->withdrawn && slice_equal(entry->code, code)) return true;
        }
    return false;
}

static bool write_back(struct withdrawing *w, const struct digest_record *of, const struct digest *digest,
                       struct fault *fault) {
    struct shown_list shown = {0};
    struct shown_query query = {.reader = of->reader, .from_s = of->date_s, .until_s = of->date_s + 1};
    AUTO(buf_free)
    struct buf json = buf_new(LIMIT_STORE_BODY_BYTES);
    struct jwrite writer = jwrite_to(&json);
    if (!shown_list(w->store, &query, w->arena, &shown, fault)) return false;
    for (size_t i = 0; i < shown.count; i++) {
        if (!is_withdrawn(digest, shown.at[i].code)) continue;
        shown.at[i].title = shown.at[i].url = (struct slice){NULL, 0};
        shown.at[i].members = (struct slice_list){0};
    }
    digest_json_write(&writer, digest);
    if (!buf_check(&json, "a digest", fault)) return false;
    struct digest_record record = {.date_s = of->date_s,
                                   .reader = of->reader,
                                   .json = buf_slice(&json),
                                   .made_s = w->now_s};
    w->touched++;
    return digests_put(w->store, &record, &shown, fault);
}

static bool look_at_digest(struct withdrawing *w, struct digest_record *record, struct fault *fault) {
    struct digest digest;
    bool found;
    w->changed = false;
    if (!digests_get(w->store, record, w->arena, &found, fault)) return false;
    if (!found) return true;
    if (!digest_json_read(record->json, w->arena, &digest, fault)) return false;
    for (size_t s = 0; s < digest.sections.count; s++)
        for (size_t e = 0; e < digest.sections.at[s].entries.count; e++)
            if (!look_at_entry(w, &digest.sections.at[s].entries.at[e], fault)) return false;
    look_at_left_out(w, &digest);
    return !w->changed || write_back(w, record, &digest, fault);
}

bool withdraw_posts(struct store *store, const struct slice_list *gone, int64_t now_s, int64_t *touched,
                    struct fault *fault) {
    AUTO(arena_free)
    struct arena *kept = arena_new(LIMIT_ARENA_BYTES);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct digest_record_list records = {0};
    struct withdrawing w = {.store = store, .gone = gone, .now_s = now_s, .arena = arena};
    if (kept == NULL || arena == NULL) return fault_memory(fault);
    if (!digests_list(store, (struct slice){NULL, 0}, kept, &records, fault)) return false;
    for (size_t i = 0; i < records.count; i++) {
        arena_reset(arena);
        if (!look_at_digest(&w, &records.at[i], fault)) return false;
    }
    *touched = w.touched;
    return true;
}
