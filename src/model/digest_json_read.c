#include "model/digest_json.h"

#include "base/jtree.h"
#include "base/when.h"
#include "model/digest_fields.h"
#include "model/item_json.h"

static bool read_field(const struct jnode *node, const struct digest_field *field, struct arena *arena, void *at) {
    const struct jnode *value = jtree_get(node, field->key);
    int64_t instant_s = WHEN_ABSENT;
    switch (field->type) {
        case DIGEST_TEXT: return arena_copy(arena, jtree_text(value), at);
        case DIGEST_TEXTS: return item_json_read_texts(value, arena, at);
        case DIGEST_INT: *(int *)at = (int)jtree_int(value, 0); return true;
        case DIGEST_INT64: *(int64_t *)at = jtree_int(value, 0); return true;
        case DIGEST_SIZE: *(size_t *)at = (size_t)jtree_int(value, 0); return true;
        case DIGEST_REAL: *(double *)at = jtree_real(value, 0); return true;
        case DIGEST_YES: *(bool *)at = jtree_is_true(value); return true;
        case DIGEST_INSTANT:
            (void)when_parse_rfc3339(jtree_text(value), &instant_s); /* null: not said */
            *(int64_t *)at = instant_s;
            return true;
    }
    return false;
}

static bool read_fields(const struct jnode *node, struct digest_fields fields, struct arena *arena, void *of) {
    for (size_t i = 0; i < fields.count; i++)
        if (!read_field(node, &fields.at[i], arena, (char *)of + fields.at[i].offset)) return false;
    return true;
}

/* Reads an array of plain objects into a new array in arena; NULL when out of memory. */
static void *read_many(const struct jnode *list, struct digest_fields fields, struct arena *arena, size_t size_bytes,
                       size_t *count) {
    *count = jtree_count(list);
    char *at = arena_alloc(arena, *count + 1, size_bytes);
    for (size_t i = 0; at != NULL && i < *count; i++)
        if (!read_fields(jtree_at(list, i), fields, arena, at + i * size_bytes)) return NULL;
    return at;
}

#define READ_LIST(node, fields, arena, list)                                                                           \
    (((list)->at = read_many((node), (fields), (arena), sizeof *(list)->at, &(list)->count)) != NULL)

static bool read_article(const struct jnode *node, struct arena *arena, struct article *out) {
    article_init(out);
    if (!jtree_is_object(node)) return true;
    (void)article_kind_from(jtree_get_text(node, "kind"), &out->kind); /* an unknown kind is an article */
    const struct jnode *list = jtree_get(node, "references");
    for (size_t i = 0; i < jtree_count(list); i++) {
        const struct jnode *at = jtree_at(list, i);
        struct reference reference = {.retraction = jtree_is_true(jtree_get(at, "retraction"))};
        if (!reference_kind_from(jtree_get_text(at, "kind"), &reference.kind)) continue;
        if (!arena_copy(arena, jtree_get_text(at, "id"), &reference.id) ||
            !arena_copy(arena, jtree_get_text(at, "url"), &reference.url) ||
            !arena_copy(arena, jtree_get_text(at, "text"), &reference.text) ||
            !reference_list_add(arena, &out->references, reference))
            return false;
    }
    return read_fields(node, digest_fields_article, arena, out);
}

static enum stance stance_from(struct slice name) {
    for (int i = STANCE_NONE; i <= STANCE_DEBUNKS; i++)
        if (slice_equal(name, slice_from(stance_name((enum stance)i)))) return (enum stance)i;
    return STANCE_NONE;
}

static bool read_signals(const struct jnode *list, struct arena *arena, struct signal_list *out) {
    if (!READ_LIST(list, digest_fields_signal, arena, out)) return false;
    for (size_t i = 0; i < out->count; i++) {
        struct slice polarity = jtree_get_text(jtree_at(list, i), "polarity");
        struct slice field = jtree_get_text(jtree_at(list, i), "field");
        for (int j = POLARITY_NEUTRAL; j <= POLARITY_NEGATIVE; j++)
            if (slice_equal(polarity, slice_from(polarity_name((enum polarity)j))))
                out->at[i].polarity = (enum polarity)j;
        for (int j = 0; j < FIELD_COUNT; j++)
            if (slice_equal(field, slice_from(field_name((enum field)j)))) out->at[i].field = (enum field)j;
    }
    return true;
}

static bool read_verdict(const struct jnode *node, struct arena *arena, struct verdict *out) {
    out->myth_stance = stance_from(jtree_get_text(node, "myth_stance"));
    return read_fields(node, digest_fields_verdict, arena, out) &&
           READ_LIST(jtree_get(node, "topics"), digest_fields_topic, arena, &out->topics) &&
           read_signals(jtree_get(node, "signals"), arena, &out->signals);
}

static bool read_works(const struct jnode *list, struct arena *arena, struct work_list *out) {
    if (!READ_LIST(list, digest_fields_work, arena, out)) return false;
    for (size_t i = 0; i < out->count; i++) {
        long long state = jtree_int(jtree_get(jtree_at(list, i), "state"), 0);
        long long notice = jtree_int(jtree_get(jtree_at(list, i), "notice"), 0);
        if (state >= 0 && state <= WORK_LOOKUP_FAILED) out->at[i].state = (enum work_state)state;
        if (notice >= 0 && notice <= WORK_RETRACTED) out->at[i].notice = (enum work_notice)notice;
    }
    return true;
}

static bool read_entry(const struct jnode *node, struct arena *arena, struct entry *out, struct fault *fault) {
    if (!item_json_read(jtree_get(node, "item"), arena, &out->item, fault)) return false;
    (void)entry_mark_from(jtree_get_text(node, "mark"), &out->mark); /* unknown: no mark */
    if (read_fields(node, digest_fields_entry, arena, out) &&
        read_article(jtree_get(node, "article"), arena, &out->article) &&
        read_verdict(jtree_get(node, "evidence"), arena, &out->verdict) &&
        read_works(jtree_get(node, "works"), arena, &out->works) &&
        READ_LIST(jtree_get(node, "shared_by"), digest_fields_sharer, arena, &out->sharers) &&
        READ_LIST(jtree_get(node, "terms"), digest_fields_term, arena, &out->terms))
        return true;
    return fault_memory(fault);
}

static bool read_section(const struct jnode *node, struct arena *arena, struct section *out, struct fault *fault) {
    const struct jnode *list = jtree_get(node, "entries");
    (void)section_kind_from(jtree_get_text(node, "kind"), &out->kind); /* unknown: ideas are never lost */
    out->entries.count = jtree_count(list);
    out->entries.at = arena_alloc(arena, out->entries.count + 1, sizeof *out->entries.at);
    if (out->entries.at == NULL || !read_fields(node, digest_fields_section, arena, out)) return fault_memory(fault);
    for (size_t i = 0; i < out->entries.count; i++)
        if (!read_entry(jtree_at(list, i), arena, &out->entries.at[i], fault)) return false;
    return true;
}

static bool read_sections(const struct jnode *list, struct arena *arena, struct section_list *out,
                          struct fault *fault) {
    out->count = jtree_count(list);
    out->at = arena_alloc(arena, out->count + 1, sizeof *out->at);
    if (out->at == NULL) return fault_memory(fault);
    for (size_t i = 0; i < out->count; i++)
        if (!read_section(jtree_at(list, i), arena, &out->at[i], fault)) return false;
    return true;
}

static bool read_left_out(const struct jnode *list, struct arena *arena, struct left_out_list *out) {
    if (!READ_LIST(list, digest_fields_left, arena, out)) return false;
    for (size_t i = 0; i < out->count; i++) {
        const struct jnode *node = jtree_at(list, i);
        (void)left_reason_from(jtree_get_text(node, "reason"), &out->at[i].reason);
        if (!READ_LIST(jtree_get(node, "terms"), digest_fields_term, arena, &out->at[i].terms)) return false;
    }
    return true;
}

bool digest_json_read(struct slice text, struct arena *arena, struct digest *out, struct fault *fault) {
    AUTO(jtree_free)
    struct jtree *tree = jtree_read(text, fault);
    if (tree == NULL) return false;
    const struct jnode *root = jtree_root(tree);
    if (!slice_equal(jtree_get_text(root, "schema"), SLICE(DIGEST_SCHEMA)))
        return fault_set(fault, FAULT_INPUT, "this is not a digest of the form %s", DIGEST_SCHEMA);
    struct digest digest = {0};
    if (!read_fields(root, digest_fields_digest, arena, &digest) ||
        !read_fields(jtree_get(root, "reader"), digest_fields_reader, arena, &digest.reader) ||
        !READ_LIST(jtree_get(root, "focus"), digest_fields_focus, arena, &digest.focus) ||
        !read_left_out(jtree_get(root, "left_out"), arena, &digest.left_out))
        return fault_memory(fault);
    if (!read_sections(jtree_get(root, "sections"), arena, &digest.sections, fault)) return false;
    if (!when_parse_rfc3339(digest.date, &digest.date_s))
        return fault_set(fault, FAULT_INPUT, "the digest has no date");
    *out = digest;
    return true;
}
