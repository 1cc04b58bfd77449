#include "model/digest_fields.h"

#include "base/attr.h"
#include "model/digest.h"

#define TABLE(name) const struct digest_fields digest_fields_##name = {name##_table, COUNT_OF(name##_table)}

#define AT(field) offsetof(struct digest, field)
static const struct digest_field digest_table[] = {
    {"date", DIGEST_TEXT, AT(date)},
    {"school", DIGEST_TEXT, AT(school)},
    {"base_url", DIGEST_TEXT, AT(base_url)},
    {"considered", DIGEST_SIZE, AT(considered)},
    {"under_bar", DIGEST_SIZE, AT(under_bar)},
    {"held_by_caps", DIGEST_SIZE, AT(held_by_caps)},
    {"held_for_focus", DIGEST_SIZE, AT(held_for_focus)},
    {"held_repeated", DIGEST_SIZE, AT(held_repeated)},
    {"held_unwanted", DIGEST_SIZE, AT(held_unwanted)},
    {"no_room", DIGEST_SIZE, AT(no_room)},
    {"trouble", DIGEST_TEXTS, AT(trouble)},
    {"rules", DIGEST_TEXTS, AT(rules)},
    {"disclaimer", DIGEST_TEXT, AT(disclaimer)},
    {"previous", DIGEST_INSTANT, AT(previous_s)},
};
TABLE(digest);
#undef AT

#define AT(field) offsetof(struct reader, field)
static const struct digest_field reader_table[] = {
    {"name", DIGEST_TEXT, AT(name)},
    {"title", DIGEST_TEXT, AT(title)},
    {"phases", DIGEST_TEXTS, AT(phases)},
    {"subjects", DIGEST_TEXTS, AT(subjects)},
    {"topics", DIGEST_TEXTS, AT(topics_wanted)},
    {"not_topics", DIGEST_TEXTS, AT(topics_unwanted)},
    {"sections", DIGEST_TEXTS, AT(sections)},
    {"length", DIGEST_INT64, AT(length)},
    {"lead", DIGEST_YES, AT(is_lead)},
};
TABLE(reader);
#undef AT

#define AT(field) offsetof(struct focus_block, field)
static const struct digest_field focus_table[] = {
    {"id", DIGEST_TEXT, AT(id)},
    {"title", DIGEST_TEXT, AT(title)},
    {"step", DIGEST_TEXT, AT(step)},
    {"prompt", DIGEST_TEXT, AT(prompt)},
    {"colleague", DIGEST_TEXT, AT(colleague)},
    {"week", DIGEST_INT, AT(week)},
    {"weeks", DIGEST_INT, AT(weeks)},
    {"last_note", DIGEST_TEXT, AT(last_log)},
    {"silent_weeks", DIGEST_INT, AT(silent_weeks)},
    {"return_weeks", DIGEST_INT, AT(return_weeks)},
    {"back_from", DIGEST_TEXT, AT(back_from)},
    {"to_change", DIGEST_TEXT, AT(to_change)},
};
TABLE(focus);
#undef AT

#define AT(field) offsetof(struct entry, field)
static const struct digest_field entry_table[] = {
    {"code", DIGEST_TEXT, AT(code)},
    {"story", DIGEST_TEXT, AT(story)},
    {"lead", DIGEST_TEXT, AT(lead)},
    {"source", DIGEST_TEXT, AT(source)},
    {"source_title", DIGEST_TEXT, AT(source_title)},
    {"network", DIGEST_TEXT, AT(network)},
    {"publisher", DIGEST_TEXT, AT(publisher)},
    {"headline", DIGEST_TEXT, AT(headline)},
    {"excerpt", DIGEST_TEXT, AT(excerpt)},
    {"key", DIGEST_TEXT, AT(key)},
    {"first_seen", DIGEST_INSTANT, AT(first_seen_s)},
    {"read_on", DIGEST_TEXT, AT(read_on)},
    {"minutes", DIGEST_INT, AT(minutes)},
    {"members", DIGEST_TEXTS, AT(members)},
    {"same_study", DIGEST_TEXTS, AT(same_study)},
    {"score", DIGEST_REAL, AT(score)},
    {"cover", DIGEST_REAL, AT(cover)},
    {"likeness", DIGEST_REAL, AT(likeness)},
    {"place", DIGEST_INT, AT(place)},
    {"withdrawn", DIGEST_YES, AT(withdrawn)},
    {"mark_words", DIGEST_TEXT, AT(mark_words)},
    {"prompt", DIGEST_TEXT, AT(prompt)},
    {"synthesis", DIGEST_TEXT, AT(synthesis)},
    {"synthesis_url", DIGEST_TEXT, AT(synthesis_url)},
};
TABLE(entry);
#undef AT

#define AT(field) offsetof(struct article, field)
static const struct digest_field article_table[] = {
    {"url", DIGEST_TEXT, AT(url)},
    {"canonical_url", DIGEST_TEXT, AT(canonical_url)},
    {"title", DIGEST_TEXT, AT(title)},
    {"site", DIGEST_TEXT, AT(site)},
    {"description", DIGEST_TEXT, AT(description)},
    {"lang", DIGEST_TEXT, AT(lang)},
    {"authors", DIGEST_TEXTS, AT(authors)},
    {"published", DIGEST_INSTANT, AT(published_s)},
    {"modified", DIGEST_INSTANT, AT(modified_s)},
    {"words", DIGEST_SIZE, AT(words)},
    {"paywalled", DIGEST_YES, AT(paywalled)},
    {"problem", DIGEST_TEXT, AT(problem)},
    {"archive_url", DIGEST_TEXT, AT(archive_url)},
};
TABLE(article);
#undef AT

#define AT(field) offsetof(struct work, field)
static const struct digest_field work_table[] = {
    {"id", DIGEST_TEXT, AT(id)},
    {"type", DIGEST_TEXT, AT(type)},
    {"title", DIGEST_TEXT, AT(title)},
    {"journal", DIGEST_TEXT, AT(journal)},
    {"url", DIGEST_TEXT, AT(url)},
    {"open_access_url", DIGEST_TEXT, AT(open_access_url)},
    {"authors", DIGEST_TEXTS, AT(authors)},
    {"year", DIGEST_INT, AT(year)},
    {"notice_id", DIGEST_TEXT, AT(notice_id)},
    {"preprint_of", DIGEST_TEXT, AT(preprint_of)},
    {"synthesis", DIGEST_YES, AT(is_synthesis)},
};
TABLE(work);
#undef AT

#define AT(field) offsetof(struct verdict, field)
static const struct digest_field verdict_table[] = {
    {"rules", DIGEST_TEXT, AT(rules_id)},
    {"is_idea", DIGEST_YES, AT(is_idea)},
    {"idea_score", DIGEST_REAL, AT(idea_score)},
    {"level", DIGEST_INT, AT(level)},
    {"label", DIGEST_TEXT, AT(level_label)},
    {"because", DIGEST_TEXTS, AT(because)},
    {"missing", DIGEST_TEXTS, AT(missing)},
    {"notes", DIGEST_TEXTS, AT(notes)},
    {"hype", DIGEST_YES, AT(hype)},
    {"promotion", DIGEST_YES, AT(promotion)},
    {"check_first", DIGEST_YES, AT(check_first)},
    {"check_reasons", DIGEST_TEXTS, AT(check_reasons)},
    {"myths", DIGEST_TEXTS, AT(myth_ids)},
    {"phases", DIGEST_TEXTS, AT(phases)},
    {"subjects", DIGEST_TEXTS, AT(subjects)},
};
TABLE(verdict);
#undef AT

#define AT(field) offsetof(struct topic_score, field)
static const struct digest_field topic_table[] = {
    {"id", DIGEST_TEXT, AT(id)},
    {"label", DIGEST_TEXT, AT(label)},
    {"parent", DIGEST_TEXT, AT(parent)},
    {"score", DIGEST_REAL, AT(score)},
};
TABLE(topic);
#undef AT

#define AT(field) offsetof(struct signal, field)
static const struct digest_field signal_table[] = {
    {"id", DIGEST_TEXT, AT(id)},
    {"words", DIGEST_TEXT, AT(words)},
};
TABLE(signal);
#undef AT

#define AT(field) offsetof(struct sharer, field)
static const struct digest_field sharer_table[] = {
    {"name", DIGEST_TEXT, AT(name)},       {"source", DIGEST_TEXT, AT(source)},
    {"network", DIGEST_TEXT, AT(network)}, {"url", DIGEST_TEXT, AT(url)},
    {"comment", DIGEST_TEXT, AT(comment)}, {"published", DIGEST_INSTANT, AT(published_s)},
};
TABLE(sharer);
#undef AT

#define AT(field) offsetof(struct term, field)
static const struct digest_field term_table[] = {
    {"name", DIGEST_TEXT, AT(name)},
    {"points", DIGEST_REAL, AT(points)},
    {"most", DIGEST_REAL, AT(most)},
    {"words", DIGEST_TEXT, AT(words)},
};
TABLE(term);
#undef AT

#define AT(field) offsetof(struct section, field)
static const struct digest_field section_table[] = {
    {"heading", DIGEST_TEXT, AT(heading)},
    {"intro", DIGEST_TEXT, AT(intro)},
};
TABLE(section);
#undef AT

#define AT(field) offsetof(struct left_out, field)
static const struct digest_field left_table[] = {
    {"code", DIGEST_TEXT, AT(code)},      {"title", DIGEST_TEXT, AT(title)}, {"why", DIGEST_TEXT, AT(why)},
    {"story", DIGEST_TEXT, AT(story)},    {"lead", DIGEST_TEXT, AT(lead)},   {"url", DIGEST_TEXT, AT(url)},
    {"topics", DIGEST_TEXTS, AT(topics)}, {"score", DIGEST_REAL, AT(score)}, {"members", DIGEST_TEXTS, AT(members)},
};
TABLE(left);
#undef AT
