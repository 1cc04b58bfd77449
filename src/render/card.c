#include "render/card.h"

#include <math.h>

#include "base/when.h"

enum badge badge_of(const struct verdict *verdict) {
    if (verdict->check_first) return BADGE_FIRST;
    int level = verdict->level < 0 ? 0 : verdict->level > 4 ? 4 : verdict->level;
    return (enum badge)level;
}

const char *badge_sign(enum badge badge) {
    static const char *const signs[] = {"[ ]", "[o]", "[~]", "[-]", "[=]", "[!]"};
    return signs[badge];
}

struct slice badge_words(const struct pen *pen, enum badge badge) {
    static const enum word words[] = {WORD_BADGE_0, WORD_BADGE_1, WORD_BADGE_2,
                                      WORD_BADGE_3, WORD_BADGE_4, WORD_BADGE_CHECK_FIRST};
    return pen_word(pen, words[badge]);
}

static struct slice mark_of(const struct pen *pen, const struct entry *entry) {
    switch (entry->mark) {
        case MARK_NEW_VOICE: return pen_word(pen, WORD_MARK_NEW_VOICE);
        case MARK_CHALLENGES: return pen_word(pen, WORD_MARK_CHALLENGES);
        case MARK_DEEPENS: return pen_word(pen, WORD_MARK_DEEPENS);
        case MARK_SEEN_BEFORE: return pen_word(pen, WORD_MARK_SEEN_BEFORE);
        case MARK_NONE: break;
    }
    return (struct slice){NULL, 0};
}

/* What others wrote is cut to what a card has room for: a name of a megabyte is still one name. */
#define NAME_BYTES 80
#define TITLE_BYTES 160
#define HEADLINE_BYTES 300

#define CHIPS_TOPICS 2
#define CHIPS_PHASES 3
#define CHIPS_SUBJECTS 2

static void add_labels(struct pen *pen, struct slice_list *chips, const struct slice_list *ids, size_t most) {
    for (size_t i = 0; i < ids->count && i < most; i++) pen_list_add(pen, chips, pen_label(pen, ids->at[i]));
}

/* A subject that is a topic as well is said once. */
static void add_subjects(struct pen *pen, struct slice_list *chips, const struct verdict *verdict) {
    const struct topic_list *topics = &verdict->topics;
    for (size_t i = 0; i < verdict->subjects.count && i < CHIPS_SUBJECTS; i++) {
        bool said = false;
        for (size_t j = 0; j < topics->count && j < CHIPS_TOPICS; j++)
            said = said || slice_equal(topics->at[j].id, verdict->subjects.at[i]);
        if (!said) pen_list_add(pen, chips, pen_label(pen, verdict->subjects.at[i]));
    }
}

static struct slice_list chips_of(struct pen *pen, const struct entry *entry) {
    struct slice_list chips = {0};
    const struct topic_list *topics = &entry->verdict.topics;
    for (size_t i = 0; i < topics->count && i < CHIPS_TOPICS; i++)
        pen_list_add(pen, &chips,
                     slice_is_empty(topics->at[i].label) ? pen_label(pen, topics->at[i].id) : topics->at[i].label);
    add_labels(pen, &chips, &entry->verdict.phases, CHIPS_PHASES);
    add_subjects(pen, &chips, &entry->verdict);
    if (entry->minutes > 0) {
        struct slice number = pen_number(pen, entry->minutes);
        pen_list_add(pen, &chips, pen_say(pen, WORD_MINUTES, number, number));
    }
    return chips;
}

static struct slice author_of(const struct item *item) {
    for (size_t i = 0; i < item->authors.count; i++) {
        const struct person *person = &item->authors.at[i];
        if (!slice_is_empty(person->name)) return person->name;
        if (!slice_is_empty(person->handle)) return person->handle;
    }
    return (struct slice){NULL, 0};
}

static struct slice byline_of(struct pen *pen, const struct entry *entry) {
    struct slice author = pen_cut(pen, author_of(&entry->item), NAME_BYTES);
    struct slice where = slice_is_empty(entry->source_title) ? entry->source : entry->source_title;
    where = pen_cut(pen, where, NAME_BYTES);
    if (slice_equal(author, where)) where = (struct slice){NULL, 0};
    struct slice line = pen_join(pen, author, ", ", where);
    line = pen_join(pen, line, ", ", pen_cut(pen, entry->publisher, NAME_BYTES));
    return pen_join(pen, line, ", ", pen_date(pen, entry->item.published_s));
}

static void add_link(struct pen *pen, struct card *card, struct card_link link) {
    link.title = pen_cut(pen, link.title, TITLE_BYTES);
    link.remark = pen_cut(pen, link.remark, TITLE_BYTES);
    if (card->link_count == CARD_LINKS || slice_is_empty(link.url)) return;
    if (slice_equal(link.title, card->headline)) link.title = (struct slice){NULL, 0};
    for (size_t i = 0; i < card->link_count; i++)
        if (slice_equal(card->links[i].url, link.url)) return;
    card->links[card->link_count++] = link;
}

static void add_article(struct pen *pen, struct card *card) {
    const struct article *article = &card->entry->article;
    enum word kind = article->kind == ARTICLE_DOCUMENT ? WORD_LINK_DOCUMENT
                     : article->kind == ARTICLE_VIDEO  ? WORD_LINK_VIDEO
                                                       : WORD_LINK_ARTICLE;
    struct slice title = slice_is_empty(article->title) ? article->site : article->title;
    bool copy = !slice_is_empty(article->archive_url);
    add_link(pen, card,
             (struct card_link){
                 .kind = pen_word(pen, kind),
                 .title = title,
                 .remark = copy                 ? pen_word(pen, WORD_ARCHIVED)
                           : article->paywalled ? pen_word(pen, WORD_PAYWALLED)
                                                : article->problem,
                 .url = copy ? article->archive_url : article->url,
             });
}

static struct slice remark_of(const struct pen *pen, const struct work *work) {
    if (work->notice == WORK_RETRACTED) return pen_word(pen, WORD_RETRACTED);
    if (work->notice == WORK_CONCERN) return pen_word(pen, WORD_CONCERN);
    if (work->notice == WORK_CORRECTED) return pen_word(pen, WORD_CORRECTED);
    if (slice_equal(work->type, SLICE("posted-content"))) return pen_word(pen, WORD_PREPRINT);
    if (!slice_is_empty(work->open_access_url)) return pen_word(pen, WORD_OPEN_ACCESS);
    return (struct slice){NULL, 0};
}

static void add_works(struct pen *pen, struct card *card) {
    const struct work_list *works = &card->entry->works;
    for (size_t i = 0; i < works->count && i < 3; i++) {
        const struct work *work = &works->at[i];
        struct slice year = work->year > 0 ? pen_number(pen, work->year) : (struct slice){NULL, 0};
        struct slice title = slice_is_empty(work->title) ? work->id : work->title;
        add_link(pen, card,
                 (struct card_link){
                     .kind = pen_word(pen, WORD_LINK_STUDY),
                     .title = pen_join(pen, title, ", ", year),
                     .remark = remark_of(pen, work),
                     .url = slice_is_empty(work->open_access_url) ? work->url : work->open_access_url,
                 });
    }
}

static void add_links(struct pen *pen, struct card *card) {
    const struct entry *entry = card->entry;
    if (!slice_is_empty(entry->article.url)) add_article(pen, card);
    add_works(pen, card);
    bool is_post = entry->item.kind != ITEM_ARTICLE;
    add_link(pen, card,
             (struct card_link){
                 .kind = pen_word(pen, is_post ? WORD_LINK_POST : WORD_LINK_ARTICLE),
                 .title = is_post ? entry->network : entry->item.title,
                 .url = entry->item.url,
             });
    add_link(pen, card,
             (struct card_link){
                 .kind = pen_word(pen, WORD_LINK_SYNTHESIS),
                 .title = entry->synthesis,
                 .url = entry->synthesis_url,
             });
}

#define SHARERS_NAMED 3
#define COMMENTS_SHOWN 3

static void add_shared(struct pen *pen, struct card *card) {
    const struct sharer_list *sharers = &card->entry->sharers;
    if (sharers->count > 1) {
        struct slice line = {NULL, 0};
        for (size_t i = 0; i < sharers->count && i < SHARERS_NAMED; i++)
            line = pen_join(pen, line, ", ", pen_cut(pen, sharers->at[i].name, NAME_BYTES));
        if (sharers->count > SHARERS_NAMED) {
            struct slice more = pen_number(pen, (int64_t)(sharers->count - SHARERS_NAMED));
            line = pen_join(pen, line, " ", pen_say(pen, WORD_AND_MORE, more, more));
        }
        pen_list_add(pen, &card->shared, pen_join(pen, pen_word(pen, WORD_SHARED_BY), " ", line));
    }
    size_t shown = 0;
    for (size_t i = 0; i < sharers->count && shown < COMMENTS_SHOWN; i++) {
        const struct sharer *sharer = &sharers->at[i];
        if (slice_is_empty(sharer->comment)) continue;
        shown++;
        struct slice name = pen_cut(pen, sharer->name, NAME_BYTES);
        struct slice adds = pen_say(pen, WORD_ADDS, name, name);
        struct slice quoted = pen_join(pen, SLICE("\xE2\x80\x9C"), "", pen_cut(pen, sharer->comment, HEADLINE_BYTES));
        quoted = pen_join(pen, quoted, "", SLICE("\xE2\x80\x9D"));
        pen_list_add(pen, &card->shared, pen_join(pen, adds, ": ", quoted));
    }
}

struct card card_make(struct pen *pen, const struct entry *entry) {
    struct card card = {.entry = entry, .badge = badge_of(&entry->verdict), .mark = mark_of(pen, entry)};
    card.badge_words = badge_words(pen, card.badge);
    if (card.badge != BADGE_FIRST && !slice_is_empty(entry->verdict.level_label))
        card.badge_words = entry->verdict.level_label;
    card.badge_sign = badge_sign(card.badge);
    card.headline = entry->withdrawn                  ? pen_word(pen, WORD_WITHDRAWN)
                    : slice_is_empty(entry->headline) ? pen_word(pen, WORD_UNTITLED)
                                                      : pen_cut(pen, entry->headline, HEADLINE_BYTES);
    card.chips = chips_of(pen, entry);
    if (!entry->withdrawn) card.byline = byline_of(pen, entry);
    add_links(pen, &card);
    add_shared(pen, &card);
    struct slice codes = {NULL, 0};
    for (size_t i = 0; i < entry->same_study.count; i++) codes = pen_join(pen, codes, ", ", entry->same_study.at[i]);
    if (codes.len > 0) card.same_study = pen_join(pen, pen_word(pen, WORD_SAME_STUDY), " ", codes);
    struct slice score = pen_number(pen, llround(entry->score));
    struct slice place = pen_number(pen, entry->place);
    card.sum = pen_say(pen, WORD_WHY_SUM, score, score);
    card.sum_words = pen_say(pen, WORD_WHY_SUM_WORDS, place, place);
    return card;
}

struct slice card_points(struct pen *pen, const struct term *term) {
    long long points = llround(term->points), most = llround(term->most);
    const char *sign = points > 0 ? "+" : points < 0 ? "\xE2\x88\x92" : "";
    char *number = arena_printf(pen->arena, "%s%lld", sign, points < 0 ? -points : points);
    if (number == NULL) pen->failed = true;
    if (most <= 0) return slice_from(number);
    return pen_say(pen, WORD_WHY_OF, slice_from(number), pen_number(pen, most));
}
