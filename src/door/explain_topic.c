#include "door/explain.h"

#include "door/rulebook.h"

struct topic_words {
    struct topic_account account;
    double needs;
    bool given;
    const char *why;
};

static bool was_given(const struct verdict *verdict, struct slice topic) {
    for (size_t i = 0; i < verdict->topics.count; i++)
        if (slice_equal(verdict->topics.at[i].id, topic)) return true;
    return false;
}

static const char *why_not(const struct topic_account *account) {
    if (!account->about_education) return "the text does not speak of teaching enough";
    if (account->crowded_out) return "stronger topics fill the list";
    if (account->points == 0) return "none of its words counts here, or only weak ones";
    if (account->points < account->needs) return "too few of its words, or only once in a long text";
    if (account->points < account->share_needs) return "another topic is far stronger";
    return "its words are not enough for this text";
}

static bool weigh(const struct judge *judge, const struct verdict *verdict, const char *topic, struct topic_words *out,
                  struct fault *fault) {
    if (!judge_account(judge, slice_from(topic), &out->account))
        return rulebook_none(judge_rules(judge), RULEBOOK_TOPIC, slice_from(topic), fault);
    const struct topic_account *account = &out->account;
    out->needs = account->needs > account->share_needs ? account->needs : account->share_needs;
    out->given = was_given(verdict, slice_from(topic));
    out->why = out->given ? "it was given" : why_not(account);
    return true;
}

static bool is_weak(const struct judge *judge, const struct hit *hit) {
    return judge_rules(judge)->blocks[hit->block].lines[hit->line].kind == LINE_WEAK;
}

static bool is_of(const struct judge *judge, const struct hit *hit, const char *topic) {
    return judge_rules(judge)->blocks[hit->block].kind == BLOCK_TOPIC && slice_equal(hit->rule, slice_from(topic));
}

static const char *what_became(const struct judge *judge, const struct hit *hit) {
    bool weak = hit->state == HIT_COUNTED && is_weak(judge, hit);
    return weak ? "weak: counts only beside stronger words" : explain_state(hit->state);
}

bool explain_topic(const struct judge *judge, const struct verdict *verdict, const char *topic, struct buf *out,
                   struct fault *fault) {
    struct topic_words words;
    if (!weigh(judge, verdict, topic, &words, fault)) return false;
    buf_printf(out, "Topic %s: %.2f points of %.2f that this text asks for; %s.\n", topic, words.account.points,
               words.needs, words.why);
    for (size_t i = 0; i < verdict->hits.count; i++) {
        const struct hit *hit = &verdict->hits.at[i];
        if (!is_of(judge, hit, topic)) continue;
        buf_printf(out, "  \"%.*s\" (%s): %s\n", SLICE_ARGS(hit->text), field_name(hit->field),
                   what_became(judge, hit));
    }
    return true;
}

bool explain_topic_json(const struct judge *judge, const struct verdict *verdict, const char *topic,
                        struct jwrite *json, struct fault *fault) {
    struct topic_words words;
    if (!weigh(judge, verdict, topic, &words, fault)) return false;
    jwrite_object(json);
    jwrite_member(json, "topic", slice_from(topic));
    jwrite_member_bool(json, "given", words.given);
    jwrite_key(json, "points");
    jwrite_real(json, words.account.points);
    jwrite_key(json, "needs");
    jwrite_real(json, words.needs);
    jwrite_member(json, "why", slice_from(words.why));
    jwrite_key(json, "words");
    jwrite_array(json);
    for (size_t i = 0; i < verdict->hits.count; i++) {
        const struct hit *hit = &verdict->hits.at[i];
        if (!is_of(judge, hit, topic)) continue;
        jwrite_object(json);
        jwrite_member(json, "text", hit->text);
        jwrite_member(json, "field", slice_from(field_name(hit->field)));
        jwrite_member(json, "what", slice_from(what_became(judge, hit)));
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
    jwrite_end_object(json);
    return true;
}
