#include "curate/entry.h"

#include "base/utf8.h"
#include "base/when.h"
#include "curate/said.h"
#include "curate/share.h"

#define HEADLINE_BYTES 140
#define EXCERPT_BYTES 280
#define READING_WORDS_A_MINUTE 265

/* Ends at the first full stop, question mark or line break that is followed by a blank, when that is not too soon. */
static struct slice first_sentence(struct slice text) {
    for (size_t i = 20; i < text.len && i < HEADLINE_BYTES; i++) {
        bool stop = text.at[i] == '.' || text.at[i] == '?' || text.at[i] == '!';
        if (text.at[i] == '\n') return slice_part(text, 0, i);
        if (stop && (i + 1 == text.len || text.at[i + 1] == ' ' || text.at[i + 1] == '\n'))
            return slice_part(text, 0, text.at[i] == '.' ? i : i + 1);
    }
    return text;
}

bool entry_headline(const struct candidate *lead, struct arena *arena, struct slice *out) {
    struct slice text = slice_trim(lead->item->title);
    if (slice_is_empty(text) && lead->article != NULL) text = slice_trim(lead->article->title);
    if (slice_is_empty(text)) text = first_sentence(slice_trim(lead->item->text));
    if (slice_is_empty(text)) text = lead->item->summary;
    return share_line(text, HEADLINE_BYTES, arena, out);
}

/* What the entry quotes: the post's own words, without the headline that they begin with. */
static bool excerpt_of(const struct candidate *lead, struct slice headline, struct arena *arena, struct slice *out) {
    struct slice text = slice_trim(lead->item->summary);
    if (lead->item->kind != ITEM_ARTICLE || slice_is_empty(text)) text = slice_trim(lead->item->text);
    if (slice_is_empty(text) && lead->article != NULL) text = slice_trim(lead->article->description);
    if (slice_is_empty(text) && lead->article != NULL) text = slice_trim(lead->article->text);
    if (headline.len > 0 && slice_starts(text, headline)) {
        text = slice_trim(slice_part(text, headline.len, text.len));
        while (text.len > 0 && (text.at[0] == '.' || text.at[0] == '\n' || text.at[0] == ' ' || text.at[0] == ':'))
            text = slice_part(text, 1, text.len);
    }
    return share_line(text, EXCERPT_BYTES, arena, out);
}

/* The lead as the digest carries it: cut, without mail addresses, which nobody needs to read on, and without pictures:
 * there may be pupils in them. */
static bool copy_item(const struct item *item, struct arena *arena, struct item *out) {
    *out = *item;
    out->cut = item->cut || item->text.len > DIGEST_TEXT_BYTES || item->summary.len > DIGEST_TEXT_BYTES;
    out->text = utf8_cut(item->text, DIGEST_TEXT_BYTES);
    out->summary = utf8_cut(item->summary, DIGEST_TEXT_BYTES);
    out->image = (struct slice){NULL, 0};
    out->enclosures = (struct enclosure_list){0};
    out->authors.at = arena_alloc(arena, item->authors.count + 1, sizeof *out->authors.at);
    if (out->authors.at == NULL) return false;
    out->authors.capacity = item->authors.count;
    for (size_t i = 0; i < item->authors.count; i++) {
        out->authors.at[i] = item->authors.at[i];
        out->authors.at[i].email = (struct slice){NULL, 0};
    }
    return true;
}

static void copy_article(const struct article *article, struct entry *out) {
    article_init(&out->article);
    if (article == NULL) return;
    out->article = *article;
    out->article.text = out->article.image = (struct slice){NULL, 0};
    out->article.links = (struct link_list){0};
    if (out->article.references.count > 20) out->article.references.count = 20;
    if (article->words >= 50)
        out->minutes = (int)((article->words + READING_WORDS_A_MINUTE - 1) / READING_WORDS_A_MINUTE);
}

/* The verdict's notes without the one that names the review: it stands among the links. */
static bool drop_note(const struct pick_table *table, struct slice name, struct slice_list *notes) {
    struct slice_list kept = {0};
    for (size_t i = 0; i < notes->count; i++)
        if (slice_find(notes->at[i], name, 0) == SLICE_NOT_FOUND && !slice_list_add(table->arena, &kept, notes->at[i]))
            return false;
    *notes = kept;
    return true;
}

/* The first review of its topic. */
static bool add_note(const struct pick_table *table, const struct pick *pick, struct entry *out) {
    const struct synthesis_note_list *notes = &table->input->notes;
    for (size_t i = 0; i < notes->count; i++) {
        const struct synthesis_note *note = &notes->at[i];
        if (!slice_equal(note->topic, pick->topic)) continue;
        out->synthesis = note->words;
        out->synthesis_url = note->url;
        return drop_note(table, note->name, &out->verdict.notes);
    }
    return true;
}

/* A question for a colleague: in turn, so that neighbours differ and a day's are the same on every run. */
static struct slice question_of(const struct pick_table *table, const struct pick *pick) {
    const struct slice_list *questions = &table->input->questions;
    if (questions->count == 0 || pick->pool == POOL_CHECK) return (struct slice){NULL, 0};
    int64_t turn = table->input->date_s / DAY_S * table->input->reader.length + pick->place;
    return questions->at[(size_t)(turn < 0 ? -turn : turn) % questions->count];
}

bool entry_make(const struct pick_table *table, const struct pick *pick, struct entry *out) {
    const struct story *story = pick->story;
    const struct candidate *lead = story->lead;
    *out = (struct entry){.code = story->code,
                          .story = story->id,
                          .lead = lead->id,
                          .source = lead->source,
                          .source_title = lead->source_title,
                          .network = lead->network,
                          .publisher = lead->publisher,
                          .key = lead->key,
                          .first_seen_s = story->first_seen_s,
                          .read_on = lead->read_on,
                          .verdict = *lead->verdict,
                          .works = lead->works,
                          .sharers = story->sharers,
                          .same_study = story->same_study,
                          .terms = pick->terms,
                          .score = pick->score,
                          .cover = pick->gain.cover,
                          .likeness = pick->gain.likeness,
                          .place = pick->place,
                          .mark = pick->mark,
                          .mark_words = pick->mark_words,
                          .prompt = question_of(table, pick)};
    copy_article(lead->article, out);
    if (!add_note(table, pick, out)) return false;
    out->verdict.hits = (struct hit_list){0};
    for (size_t i = 0; i < story->member_count; i++)
        if (!slice_list_add(table->arena, &out->members, story->members[i]->id)) break; /* the list's own ceiling */
    return copy_item(lead->item, table->arena, &out->item) && entry_headline(lead, table->arena, &out->headline) &&
           excerpt_of(lead, out->headline, table->arena, &out->excerpt);
}
