#include "door/choice.h"

#include "base/jwrite.h"
#include "base/option.h"

/* ---- words for people ---- */

void choice_term(const struct term *term, struct buf *out) {
    buf_printf(out, "  %+4.0f of %3.0f  %-9.*s %.*s\n", term->points, term->most, SLICE_ARGS(term->name),
               SLICE_ARGS(term->words));
}

static const char *section_words(enum section_kind kind) {
    switch (kind) {
        case SECTION_FOCUS: return "deepens the focus";
        case SECTION_IDEAS: return "new idea";
        case SECTION_CLASSROOM: return "from the classroom";
        case SECTION_CHECK_FIRST: return "check first";
    }
    return "";
}

static size_t count_chosen(const struct digest *digest) {
    size_t count = 0;
    for (size_t i = 0; i < digest->sections.count; i++) count += digest->sections.at[i].entries.count;
    return count;
}

static void write_rules(const struct digest *digest, const struct curate_options *options, struct buf *out) {
    size_t chosen = count_chosen(digest);
    buf_printf(out, "%.*s, %.*s: %zu stories looked at, %zu chosen, %zu left out\n", SLICE_ARGS(digest->reader.title),
               SLICE_ARGS(digest->date), digest->considered, chosen, digest->considered - chosen);
    buf_printf(out,
               "The bar is %.0f points. At most %lld entries; %lld of an author, %lld of a website, %lld on a topic, "
               "%lld %% from one network, %lld to check first.\n",
               options->bar, (long long)digest->reader.length, (long long)options->per_author,
               (long long)options->per_host, (long long)options->per_topic, (long long)options->network_percent,
               (long long)options->check_first);
}

static void write_gain(const struct entry *entry, struct buf *out) {
    buf_printf(out, "   = %3.0f of 100", entry->score);
    if (entry->cover != 0 || entry->likeness != 0)
        buf_printf(out, "; when it was chosen: %+.1f for topics not yet in the list, %+.1f for likeness to it",
                   entry->cover, entry->likeness == 0 ? 0 : -entry->likeness);
    buf_add_char(out, '\n');
}

static void write_entry(const struct section *section, const struct entry *entry, struct buf *out) {
    buf_printf(out, "\n%d. %.*s  %.*s\n   %.*s; %s\n", entry->place, SLICE_ARGS(entry->code),
               SLICE_ARGS(entry->headline), SLICE_ARGS(entry->lead), section_words(section->kind));
    for (size_t i = 0; i < entry->terms.count; i++) choice_term(&entry->terms.at[i], out);
    write_gain(entry, out);
    if (!slice_is_empty(entry->mark_words)) buf_printf(out, "   %.*s\n", SLICE_ARGS(entry->mark_words));
}

/* Terms that gave or took nothing are not said: the sum is the same without them. */
static void write_sum(const struct term_list *terms, double score, struct buf *out) {
    bool first = true;
    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->at[i];
        if (term->points == 0) continue;
        const char *sign = term->points < 0 ? (first ? "-" : " - ") : first ? "" : " + ";
        buf_printf(out, "%s%.0f %.*s", sign, term->points < 0 ? -term->points : term->points, SLICE_ARGS(term->name));
        first = false;
    }
    buf_printf(out, "%s = %.0f", first ? "0" : "", score);
}

static const struct {
    enum left_reason reason;
    const char *words;
} groups[] = {
    {LEFT_NO_ROOM, "Over the bar, but the list was full"},
    {LEFT_BY_CAP, "Over the bar, but held by a cap"},
    {LEFT_PARKED, "Over the bar, but parked while something is in focus"},
    {LEFT_REPEATED, "Shown not long ago"},
    {LEFT_UNWANTED, "Not wanted by this reader"},
    {LEFT_UNDER_BAR, "Under the bar, or with no idea for teaching in it"},
};

static void write_group(const struct digest *digest, enum left_reason reason, const char *words, struct buf *out) {
    size_t count = 0;
    for (size_t i = 0; i < digest->left_out.count; i++) count += digest->left_out.at[i].reason == reason;
    if (count == 0) return;
    buf_printf(out, "\n%s: %zu\n", words, count);
    for (size_t i = 0; i < digest->left_out.count; i++) {
        const struct left_out *left = &digest->left_out.at[i];
        if (left->reason != reason) continue;
        buf_printf(out, "%4.0f  %.*s  %.*s\n      %.*s; ", left->score, SLICE_ARGS(left->code), SLICE_ARGS(left->title),
                   SLICE_ARGS(left->why));
        write_sum(&left->terms, left->score, out);
        buf_add_char(out, '\n');
    }
}

static void write_text(const struct digest *digest, const struct curate_options *options, struct buf *out) {
    write_rules(digest, options, out);
    for (size_t s = 0; s < digest->sections.count; s++)
        for (size_t e = 0; e < digest->sections.at[s].entries.count; e++)
            write_entry(&digest->sections.at[s], &digest->sections.at[s].entries.at[e], out);
    for (size_t i = 0; i < COUNT_OF(groups); i++) write_group(digest, groups[i].reason, groups[i].words, out);
    buf_add_char(out, '\n');
}

/* ---- JSON ---- */

static void member_real(struct jwrite *json, const char *key, double value) {
    jwrite_key(json, key);
    jwrite_real(json, value);
}

static void write_terms(struct jwrite *json, const struct term_list *terms) {
    jwrite_key(json, "terms");
    jwrite_array(json);
    for (size_t i = 0; i < terms->count; i++) {
        jwrite_object(json);
        jwrite_member(json, "name", terms->at[i].name);
        member_real(json, "points", terms->at[i].points);
        member_real(json, "most", terms->at[i].most);
        jwrite_member(json, "words", terms->at[i].words);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_entry_json(struct jwrite *json, const struct section *section, const struct entry *entry) {
    jwrite_object(json);
    jwrite_member_int(json, "place", entry->place);
    jwrite_member(json, "code", entry->code);
    jwrite_member(json, "story", entry->story);
    jwrite_member(json, "lead", entry->lead);
    jwrite_member(json, "headline", entry->headline);
    jwrite_member(json, "section", slice_from(section_kind_name(section->kind)));
    member_real(json, "score", entry->score);
    write_terms(json, &entry->terms);
    member_real(json, "cover", entry->cover);
    member_real(json, "likeness", entry->likeness);
    jwrite_member(json, "mark", slice_from(entry_mark_name(entry->mark)));
    jwrite_member(json, "mark_words", entry->mark_words);
    jwrite_end_object(json);
}

static void write_chosen_json(struct jwrite *json, const struct digest *digest) {
    jwrite_key(json, "chosen");
    jwrite_array(json);
    for (size_t s = 0; s < digest->sections.count; s++)
        for (size_t e = 0; e < digest->sections.at[s].entries.count; e++)
            write_entry_json(json, &digest->sections.at[s], &digest->sections.at[s].entries.at[e]);
    jwrite_end_array(json);
}

static void write_left_json(struct jwrite *json, const struct digest *digest) {
    jwrite_key(json, "left_out");
    jwrite_array(json);
    for (size_t i = 0; i < digest->left_out.count; i++) {
        const struct left_out *left = &digest->left_out.at[i];
        jwrite_object(json);
        jwrite_member(json, "reason", slice_from(left_reason_name(left->reason)));
        jwrite_member(json, "why", left->why);
        jwrite_member(json, "code", left->code);
        jwrite_member(json, "story", left->story);
        jwrite_member(json, "lead", left->lead);
        jwrite_member(json, "headline", left->title);
        member_real(json, "score", left->score);
        write_terms(json, &left->terms);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_rules_json(struct jwrite *json, const struct curate_options *options) {
    jwrite_key(json, "rules");
    jwrite_object(json);
    for (size_t i = 0; i < curate_option_count; i++) {
        const struct option *option = &curate_option_table[i];
        const void *at = (const char *)options + option->offset;
        if (option->type == OPTION_REAL) member_real(json, option->name, *(const double *)at);
        else jwrite_member_int(json, option->name, *(const int64_t *)at);
    }
    jwrite_end_object(json);
}

static void write_json(const struct digest *digest, const struct curate_options *options, struct buf *out) {
    struct jwrite json = jwrite_to(out);
    jwrite_object(&json);
    jwrite_member(&json, "schema", SLICE(CHOICE_SCHEMA));
    jwrite_member(&json, "date", digest->date);
    jwrite_member(&json, "reader", digest->reader.name);
    jwrite_member_int(&json, "considered", (int64_t)digest->considered);
    write_rules_json(&json, options);
    write_chosen_json(&json, digest);
    write_left_json(&json, digest);
    jwrite_end_object(&json);
    buf_add_char(out, '\n');
}

void choice_write(const struct digest *digest, const struct curate_options *options, enum discern_form form,
                  struct buf *out) {
    if (form == DISCERN_JSON) write_json(digest, options, out);
    else write_text(digest, options, out);
}
