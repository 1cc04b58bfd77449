#include "door/verdict_json.h"

static void write_texts(struct jwrite *json, const char *key, const struct slice_list *texts) {
    jwrite_key(json, key);
    jwrite_array(json);
    for (size_t i = 0; i < texts->count; i++) jwrite_text(json, texts->at[i]);
    jwrite_end_array(json);
}

static void write_idea(struct jwrite *json, const struct verdict *verdict) {
    jwrite_key(json, "idea");
    jwrite_object(json);
    jwrite_member_bool(json, "is", verdict->is_idea);
    jwrite_key(json, "score");
    jwrite_real(json, verdict->idea_score);
    jwrite_end_object(json);
}

static void write_topics(struct jwrite *json, const struct topic_list *topics) {
    jwrite_key(json, "topics");
    jwrite_array(json);
    for (size_t i = 0; i < topics->count; i++) {
        jwrite_object(json);
        jwrite_member(json, "id", topics->at[i].id);
        jwrite_key(json, "score");
        jwrite_real(json, topics->at[i].score);
        jwrite_member(json, "label", topics->at[i].label);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_evidence(struct jwrite *json, const struct verdict *verdict) {
    jwrite_key(json, "evidence");
    jwrite_object(json);
    jwrite_member_int(json, "level", verdict->level);
    jwrite_member(json, "label", verdict->level_label);
    write_texts(json, "because", &verdict->because);
    write_texts(json, "missing", &verdict->missing);
    write_texts(json, "notes", &verdict->notes);
    jwrite_end_object(json);
}

static void write_signals(struct jwrite *json, const struct signal_list *signals) {
    jwrite_key(json, "signals");
    jwrite_array(json);
    for (size_t i = 0; i < signals->count; i++) {
        jwrite_object(json);
        jwrite_member(json, "id", signals->at[i].id);
        jwrite_member(json, "polarity", slice_from(polarity_name(signals->at[i].polarity)));
        jwrite_member(json, "field", slice_from(field_name(signals->at[i].field)));
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_flags(struct jwrite *json, const struct verdict *verdict) {
    jwrite_key(json, "flags");
    jwrite_object(json);
    jwrite_member_bool(json, "hype", verdict->hype);
    jwrite_member_bool(json, "promotion", verdict->promotion);
    jwrite_key(json, "myth");
    jwrite_object(json);
    jwrite_member(json, "stance", slice_from(stance_name(verdict->myth_stance)));
    write_texts(json, "ids", &verdict->myth_ids);
    jwrite_end_object(json);
    jwrite_member_bool(json, "check_first", verdict->check_first);
    write_texts(json, "check_reasons", &verdict->check_reasons);
    jwrite_end_object(json);
}

static void write_hits(struct jwrite *json, const struct hit_list *hits) {
    jwrite_key(json, "hits");
    jwrite_array(json);
    for (size_t i = 0; i < hits->count; i++) {
        const struct hit *hit = &hits->at[i];
        jwrite_object(json);
        jwrite_member(json, "rule", hit->rule);
        jwrite_member(json, "field", slice_from(field_name(hit->field)));
        jwrite_member_int(json, "start", (int64_t)hit->start);
        jwrite_member_int(json, "end", (int64_t)hit->end);
        jwrite_member(json, "text", hit->text);
        jwrite_member(json, "form", hit->form);
        jwrite_member(json, "state", slice_from(hit_state_name(hit->state)));
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

void verdict_json_write(struct jwrite *json, struct slice id, const struct verdict *verdict,
                        enum verdict_detail detail) {
    jwrite_object(json);
    jwrite_member(json, "id", id);
    jwrite_member(json, "rules", verdict->rules_id);
    write_idea(json, verdict);
    write_topics(json, &verdict->topics);
    write_evidence(json, verdict);
    write_signals(json, &verdict->signals);
    write_flags(json, verdict);
    write_texts(json, "phases", &verdict->phases);
    write_texts(json, "subjects", &verdict->subjects);
    jwrite_member_bool(json, "language_uncovered", verdict->language_uncovered);
    jwrite_member_bool(json, "about_education", !verdict->elsewhere);
    write_texts(json, "skipped", &verdict->skipped);
    if (detail == VERDICT_EXPLAINED) write_hits(json, &verdict->hits);
    jwrite_end_object(json);
}
