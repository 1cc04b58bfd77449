#include "model/digest_json.h"

#include "base/limits.h"
#include "model/digest_fields.h"
#include "model/item_json.h"

static void write_field(struct jwrite *json, const struct digest_field *field, const void *at) {
    jwrite_key(json, field->key);
    switch (field->type) {
        case DIGEST_TEXT: jwrite_text_or_null(json, *(const struct slice *)at); break;
        case DIGEST_TEXTS: item_json_write_texts(json, at); break;
        case DIGEST_INT: jwrite_int(json, *(const int *)at); break;
        case DIGEST_INT64: jwrite_int(json, *(const int64_t *)at); break;
        case DIGEST_SIZE: jwrite_int(json, (int64_t)(*(const size_t *)at)); break;
        case DIGEST_REAL: jwrite_real(json, *(const double *)at); break;
        case DIGEST_YES: jwrite_bool(json, *(const bool *)at); break;
        case DIGEST_INSTANT: jwrite_instant(json, *(const int64_t *)at); break;
    }
}

static void write_fields(struct jwrite *json, struct digest_fields fields, const void *of) {
    for (size_t i = 0; i < fields.count; i++) write_field(json, &fields.at[i], (const char *)of + fields.at[i].offset);
}

/* An object that holds the table's fields and nothing else. */
static void write_plain(struct jwrite *json, struct digest_fields fields, const void *of) {
    jwrite_object(json);
    write_fields(json, fields, of);
    jwrite_end_object(json);
}

/* An array of such objects. */
static void write_many(struct jwrite *json, const char *key, struct digest_fields fields, const void *at, size_t count,
                       size_t size_bytes) {
    jwrite_key(json, key);
    jwrite_array(json);
    for (size_t i = 0; i < count; i++) write_plain(json, fields, (const char *)at + i * size_bytes);
    jwrite_end_array(json);
}

static void write_terms(struct jwrite *json, const struct term_list *terms) {
    write_many(json, "terms", digest_fields_term, terms->at, terms->count, sizeof *terms->at);
}

static void write_article(struct jwrite *json, const struct article *article) {
    jwrite_key(json, "article");
    if (slice_is_empty(article->url)) {
        jwrite_null(json);
        return;
    }
    jwrite_object(json);
    jwrite_member(json, "kind", slice_from(article_kind_name(article->kind)));
    write_fields(json, digest_fields_article, article);
    jwrite_key(json, "references");
    jwrite_array(json);
    for (size_t i = 0; i < article->references.count; i++) {
        const struct reference *reference = &article->references.at[i];
        jwrite_object(json);
        jwrite_member(json, "kind", slice_from(reference_kind_name(reference->kind)));
        jwrite_member(json, "id", reference->id);
        jwrite_member(json, "url", reference->url);
        jwrite_member(json, "text", reference->text);
        jwrite_member_bool(json, "retraction", reference->retraction);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
    jwrite_end_object(json);
}

static void write_verdict(struct jwrite *json, const struct verdict *verdict) {
    jwrite_key(json, "evidence");
    jwrite_object(json);
    write_fields(json, digest_fields_verdict, verdict);
    jwrite_member(json, "myth_stance", slice_from(stance_name(verdict->myth_stance)));
    write_many(json, "topics", digest_fields_topic, verdict->topics.at, verdict->topics.count,
               sizeof *verdict->topics.at);
    jwrite_key(json, "signals");
    jwrite_array(json);
    for (size_t i = 0; i < verdict->signals.count; i++) {
        const struct signal *signal = &verdict->signals.at[i];
        jwrite_object(json);
        write_fields(json, digest_fields_signal, signal);
        jwrite_member(json, "polarity", slice_from(polarity_name(signal->polarity)));
        jwrite_member(json, "field", slice_from(field_name(signal->field)));
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
    jwrite_end_object(json);
}

static void write_works(struct jwrite *json, const struct work_list *works) {
    jwrite_key(json, "works");
    jwrite_array(json);
    for (size_t i = 0; i < works->count; i++) {
        jwrite_object(json);
        write_fields(json, digest_fields_work, &works->at[i]);
        jwrite_member_int(json, "state", works->at[i].state);
        jwrite_member_int(json, "notice", works->at[i].notice);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_entry(struct jwrite *json, const struct entry *entry) {
    jwrite_object(json);
    write_fields(json, digest_fields_entry, entry);
    jwrite_member(json, "mark", slice_from(entry_mark_name(entry->mark)));
    jwrite_key(json, "item");
    item_json_write(json, &entry->item);
    write_article(json, &entry->article);
    write_verdict(json, &entry->verdict);
    write_works(json, &entry->works);
    write_many(json, "shared_by", digest_fields_sharer, entry->sharers.at, entry->sharers.count,
               sizeof *entry->sharers.at);
    write_terms(json, &entry->terms);
    jwrite_end_object(json);
}

static void write_sections(struct jwrite *json, const struct section_list *sections) {
    jwrite_key(json, "sections");
    jwrite_array(json);
    for (size_t i = 0; i < sections->count; i++) {
        const struct section *section = &sections->at[i];
        jwrite_object(json);
        jwrite_member(json, "kind", slice_from(section_kind_name(section->kind)));
        write_fields(json, digest_fields_section, section);
        jwrite_key(json, "entries");
        jwrite_array(json);
        for (size_t j = 0; j < section->entries.count; j++) write_entry(json, &section->entries.at[j]);
        jwrite_end_array(json);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_left_out(struct jwrite *json, const struct left_out_list *list) {
    jwrite_key(json, "left_out");
    jwrite_array(json);
    for (size_t i = 0; i < list->count && i < LIMIT_LEFT_OUT; i++) {
        jwrite_object(json);
        jwrite_member(json, "reason", slice_from(left_reason_name(list->at[i].reason)));
        write_fields(json, digest_fields_left, &list->at[i]);
        write_terms(json, &list->at[i].terms);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

void digest_json_write(struct jwrite *json, const struct digest *digest) {
    jwrite_object(json);
    jwrite_member(json, "schema", SLICE(DIGEST_SCHEMA));
    write_fields(json, digest_fields_digest, digest);
    jwrite_key(json, "reader");
    write_plain(json, digest_fields_reader, &digest->reader);
    write_many(json, "focus", digest_fields_focus, digest->focus.at, digest->focus.count, sizeof *digest->focus.at);
    write_sections(json, &digest->sections);
    write_left_out(json, &digest->left_out);
    jwrite_end_object(json);
}
