#include "stage/gather.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"
#include "curate/circle.h"
#include "curate/share.h"
#include "stage/gather_focus.h"
#include "stage/pupil_names.h"
#include "stage/taste.h"
#include "store/articles.h"
#include "store/digests.h"
#include "store/sources.h"
#include "store/verdicts.h"
#include "store/works.h"

#define STATS_DAYS 28
#define HISTORY_DAYS 56
/* Posts on the topics of a focus are looked for so far back, and so many of each topic. */
#define ARCHIVE_DAYS 400
#define ARCHIVE_MOST 60
#define ARCHIVE_TOPICS 4
/* A list that is the first for so long says so; what was found since the last one competes, back to the longest of
 * holidays. */
#define LONG_AGO_DAYS 10
#define CAUGHT_UP_DAYS 45
/* Posts of before that are looked through for who always shares the same links. */
#define PAST_MOST 20000
/* A share of likes is known from the last so many posts, and from no fewer than so few. */
#define LIKED_MOST 60
#define LIKED_LEAST 10

/* What is counted of one source while candidates are read. */
struct tally {
    struct slice name;
    int64_t likes[LIKED_MOST]; /* likes and reposts of its last posts, newest first */
    size_t count;
    struct source_stats stats;
};

struct gathering {
    const struct house *house;
    const struct curate_options *options;
    struct arena *arena;
    struct curate_input *out;
    struct tally *tallies;
    size_t tally_count;
    int64_t last_made_s; /* when this reader's list before this one was made, WHEN_ABSENT = there was none */
    size_t recent;       /* candidates that are new enough for any place; behind them those of the archive */
};

/* ---- sources ---- */

static struct tally *tally_of(struct gathering *g, struct slice name) {
    for (size_t i = 0; i < g->tally_count; i++)
        if (slice_equal(g->tallies[i].name, name)) return &g->tallies[i];
    return NULL;
}

static bool count_source(struct gathering *g, struct slice name, const struct source_shown_list *shown,
                         struct fault *fault) {
    struct tally *tally = &g->tallies[g->tally_count++];
    int64_t count, end_s = g->out->now_s;
    struct item_query query = {.source = name,
                               .seen_from_s = end_s - STATS_DAYS * (int64_t)DAY_S,
                               .seen_until_s = end_s};
    tally->name = name;
    if (!items_count(g->house->store, &query, &count, fault)) return false;
    tally->stats.posts_a_day = (double)count / STATS_DAYS;
    for (size_t i = 0; i < shown->count; i++)
        if (slice_equal(shown->at[i].source, name)) tally->stats.showings = shown->at[i].count;
    return true;
}

static bool count_sources(struct gathering *g, struct fault *fault) {
    struct source_state_list states = {0};
    struct source_shown_list shown = {0};
    struct shown_query query = {.reader = g->out->reader.name,
                                .from_s = g->out->date_s - STATS_DAYS * (int64_t)DAY_S,
                                .until_s = g->out->date_s};
    if (!sources_list(g->house->store, g->arena, &states, fault) ||
        !shown_by_source(g->house->store, &query, g->arena, &shown, fault))
        return false;
    g->tallies = arena_alloc(g->arena, states.count, sizeof *g->tallies);
    if (g->tallies == NULL) return fault_memory(fault);
    for (size_t i = 0; i < states.count; i++)
        if (!count_source(g, states.at[i].name, &shown, fault)) return false;
    return true;
}

/* ---- the list before ---- */

/* What was found until the list before this one was made stood in it, or had its chance. */
static bool add_last(struct gathering *g, struct fault *fault) {
    struct digest_record_list records = {0};
    const struct digest_record *last = NULL;
    g->last_made_s = g->out->previous_s = WHEN_ABSENT;
    g->out->from_s = g->out->now_s - g->options->window_days * DAY_S;
    if (!digests_list(g->house->store, g->out->reader.name, g->arena, &records, fault)) return false;
    for (size_t i = 0; i < records.count && last == NULL; i++)
        if (records.at[i].date_s < g->out->date_s) last = &records.at[i];
    if (last == NULL) return true;
    g->last_made_s = last->made_s;
    if (last->date_s < g->out->from_s) g->out->from_s = last->date_s;
    int64_t longest_s = g->out->now_s - CAUGHT_UP_DAYS * (int64_t)DAY_S;
    if (g->out->from_s < longest_s) g->out->from_s = longest_s;
    if (g->out->date_s - last->date_s >= LONG_AGO_DAYS * (int64_t)DAY_S) g->out->previous_s = last->date_s;
    return true;
}

/* ---- candidates ---- */

static int64_t applause(const struct item *item) {
    int64_t likes = item->counts.likes < 0 ? 0 : item->counts.likes;
    return likes + (item->counts.reposts < 0 ? 0 : item->counts.reposts);
}

static bool add_works(struct gathering *g, const struct reference_list *references, struct work_list *works,
                      struct fault *fault) {
    /* Most posts rest on one work or two: room for those, not for a list that may grow. */
    if (works->capacity == 0 && references->count > 0 && references->count < 4) {
        works->at = arena_alloc(g->arena, references->count, sizeof *works->at);
        if (works->at == NULL) return fault_memory(fault);
        works->capacity = references->count;
    }
    for (size_t i = 0; i < references->count; i++) {
        struct slice id = {0};
        struct work work;
        bool found;
        if (!work_id(g->arena, &references->at[i], &id)) return fault_memory(fault);
        if (slice_is_absent(id)) continue;
        if (!works_get(g->house->store, id, g->arena, &work, &found, fault)) return false;
        if (!found) continue;
        struct work *more = arena_grow(g->arena, works->at, works->count, &works->capacity, sizeof *more);
        if (more == NULL) return fault_memory(fault);
        works->at = more;
        works->at[works->count++] = work;
    }
    return true;
}

/* A page that is gone keeps what was read of it; one that was gone before it could be read is known by its copy alone.
 */
static void note_copy(struct article_row *page) {
    if (page->state != ARTICLE_REFUSED || slice_is_absent(page->archive_url)) return;
    if (slice_is_absent(page->article.url)) page->article.url = page->url;
    page->article.problem = page->problem;
    page->article.archive_url = page->archive_url;
}

/* The page that the item is or points to: the first of its addresses that was read, else the first. */
static bool find_page(struct gathering *g, const struct item_row *row, struct candidate *candidate,
                      struct fault *fault) {
    for (size_t i = 0; i < row->keys.count; i++) {
        struct article_row page;
        char date[WHEN_TEXT_BYTES];
        bool found;
        if (!articles_get(g->house->store, row->keys.at[i], g->arena, &page, &found, fault)) return false;
        if (i == 0) candidate->key = found ? page.key : row->keys.at[0];
        if (found) note_copy(&page);
        if (!found || slice_is_absent(page.article.url)) continue;
        struct article *article = arena_alloc(g->arena, 1, sizeof *article);
        if (article == NULL) return fault_memory(fault);
        *article = page.article;
        candidate->key = page.key;
        candidate->article = article;
        if (!pupil_names_hide(g->arena, &article->title) || !pupil_names_hide(g->arena, &article->description) ||
            !pupil_names_hide(g->arena, &article->text))
            return fault_memory(fault);
        when_date(page.read_s, date);
        if (page.read_s != WHEN_ABSENT && !arena_copy(g->arena, slice_from(date), &candidate->read_on))
            return fault_memory(fault);
        return add_works(g, &article->references, &candidate->works, fault);
    }
    return true;
}

/* What a digest may quote. The store keeps the post as it was. */
static bool hide_pupils(struct arena *arena, struct item *item) {
    return pupil_names_hide(arena, &item->title) && pupil_names_hide(arena, &item->text) &&
           pupil_names_hide(arena, &item->summary);
}

static bool add_candidate(struct gathering *g, struct judged *judged, struct fault *fault) {
    struct candidate_list *list = &g->out->candidates;
    struct candidate *more = arena_grow(g->arena, list->at, list->count, &list->capacity, sizeof *more);
    struct reference_list references = {0};
    if (more == NULL) return fault_memory(fault);
    list->at = more;
    struct candidate *candidate = &more[list->count];
    const struct source *source = source_list_find(&g->house->config.sources, judged->item.source);
    candidate->source = judged->item.source;
    candidate->source_title = source == NULL ? judged->item.source : source->title;
    candidate->publisher = source == NULL ? (struct slice){NULL, 0} : source->publisher;
    candidate->network = source == NULL ? SLICE("feed") : slice_from(source->schema->name);
    if (!hide_pupils(g->arena, &judged->item.item)) return fault_memory(fault);
    candidate->item = &judged->item.item;
    candidate->verdict = &judged->verdict;
    candidate->first_seen_s = judged->item.first_seen_s;
    candidate->item_row = judged->item.row;
    if (!item_reference(g->arena, judged->item.source, judged->item.item.id, &candidate->id))
        return fault_memory(fault);
    if (!find_page(g, &judged->item, candidate, fault)) return false;
    if (!references_get(g->house->store, judged->item.row, g->arena, &references, fault)) return false;
    if (!add_works(g, &references, &candidate->works, fault)) return false;
    list->count++;
    struct tally *tally = tally_of(g, judged->item.source);
    if (tally != NULL && tally->count < LIKED_MOST) tally->likes[tally->count++] = applause(&judged->item.item);
    return true;
}

/* The author's wish not to be shown, and what came from a source that is no longer configured, stay out; what people
 * imported themselves may be shown. */
static bool may_be_shown(const struct gathering *g, const struct judged *judged) {
    const struct source *source = source_list_find(&g->house->config.sources, judged->item.source);
    bool imported = slice_starts(judged->item.source, SLICE("imported-"));
    return (source != NULL || imported) && !judged->item.item.unlisted;
}

/* Whether `repost` shares what `candidate` is. */
static bool is_shared_by(const struct candidate *candidate, const struct candidate *repost) {
    const struct item *item = candidate->item;
    return item->kind != ITEM_REPOST && slice_equal(item->id, repost->item->refs.reposts);
}

/* A repost counts for its original; where that is not at hand there is nothing to count for. */
static void drop_lone_reposts(struct candidate_list *list) {
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        bool stays = list->at[i].item->kind != ITEM_REPOST;
        for (size_t j = 0; j < list->count && !stays; j++) stays = is_shared_by(&list->at[j], &list->at[i]);
        if (stays) list->at[kept++] = list->at[i];
    }
    list->count = kept;
}

static bool add_candidates(struct gathering *g, struct fault *fault) {
    struct judged_query query = {
        .items = {.seen_from_s = g->out->from_s, .seen_until_s = g->out->now_s, .order = ITEMS_NEWEST_FIRST},
    };
    AUTO(judged_walk_free)
    struct judged_walk *walk = NULL;
    if (!verdicts_walk(g->house->store, &query, &walk, fault)) return false;
    for (;;) {
        struct judged *judged = arena_alloc(g->arena, 1, sizeof *judged);
        bool more;
        if (judged == NULL) return fault_memory(fault);
        if (!judged_walk_next(walk, g->arena, judged, &more, fault)) return false;
        if (!more || g->out->candidates.count == LIMIT_CANDIDATES) break;
        if (may_be_shown(g, judged) && !add_candidate(g, judged, fault)) return false;
    }
    drop_lone_reposts(&g->out->candidates);
    return true;
}

/* What deepens the focus need not be new: the archive is asked for its topics, best and newest first. */
static bool add_archive_of(struct gathering *g, struct slice topic, struct fault *fault) {
    struct judged_query query = {
        .items = {.seen_from_s = g->out->now_s - ARCHIVE_DAYS * (int64_t)DAY_S,
                  .seen_until_s = g->out->from_s,
                  .order = ITEMS_NEWEST_FIRST},
        .topic = topic,
    };
    AUTO(judged_walk_free)
    struct judged_walk *walk = NULL;
    if (!verdicts_walk(g->house->store, &query, &walk, fault)) return false;
    for (int kept = 0; kept < ARCHIVE_MOST;) {
        struct judged *judged = arena_alloc(g->arena, 1, sizeof *judged);
        bool more, known = false;
        if (judged == NULL) return fault_memory(fault);
        if (!judged_walk_next(walk, g->arena, judged, &more, fault)) return false;
        if (!more) return true;
        if (!may_be_shown(g, judged)) continue;
        for (size_t i = g->recent; i < g->out->candidates.count; i++)
            known = known || g->out->candidates.at[i].item_row == judged->item.row;
        if (!known && !add_candidate(g, judged, fault)) return false;
        kept += !known;
    }
    return true;
}

static bool add_archive(struct gathering *g, struct fault *fault) {
    g->recent = g->out->candidates.count;
    for (size_t i = 0; i < g->out->focus.count; i++)
        for (size_t t = 0; t < g->out->focus.at[i].topics.count && t < ARCHIVE_TOPICS; t++)
            if (!add_archive_of(g, g->out->focus.at[i].topics.at[t], fault)) return false;
    return true;
}

/* ---- who always shares the same ---- */

static int by_number(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The voices of the days that are looked at: others need not be known. */
static bool list_voices(struct gathering *g, uint64_t **voices) {
    const struct candidate_list *list = &g->out->candidates;
    *voices = arena_alloc(g->arena, list->count + 1, sizeof **voices);
    if (*voices == NULL) return false;
    for (size_t i = 0; i < list->count; i++) (*voices)[i] = circle_voice(share_name(&list->at[i]));
    qsort(*voices, list->count, sizeof **voices, by_number);
    return true;
}

static bool add_past_link(struct gathering *g, const struct item_row *row, const uint64_t *voices) {
    const struct source *source = source_list_find(&g->house->config.sources, row->source);
    struct candidate post = {.source = row->source,
                             .source_title = source == NULL ? row->source : source->title,
                             .item = &row->item};
    uint64_t voice = circle_voice(share_name(&post));
    struct past_link_list *list = &g->out->past_links;
    if (row->keys.count == 0) return true;
    if (bsearch(&voice, voices, g->out->candidates.count, sizeof voice, by_number) == NULL) return true;
    struct past_link *more = arena_grow(g->arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    more[list->count++] = (struct past_link){voice, circle_link(row->keys.at[0])};
    return true;
}

static bool add_past_links(struct gathering *g, struct fault *fault) {
    AUTO(arena_free)
    struct arena *scratch = arena_new(LIMIT_ARENA_BYTES);
    AUTO(item_walk_free)
    struct item_walk *walk = NULL;
    struct item_query query = {.seen_from_s = g->out->now_s - CIRCLE_DAYS * (int64_t)DAY_S,
                               .seen_until_s = g->out->from_s,
                               .limit = PAST_MOST,
                               .order = ITEMS_NEWEST_FIRST};
    uint64_t *voices;
    if (scratch == NULL || !list_voices(g, &voices)) return fault_memory(fault);
    if (!items_walk(g->house->store, &query, &walk, fault)) return false;
    for (;;) {
        struct item_row row;
        bool more;
        arena_reset(scratch);
        if (!item_walk_next(walk, scratch, &row, &more, fault)) return false;
        if (!more) return true;
        if (!add_past_link(g, &row, voices)) return fault_memory(fault);
    }
}

/* Share of the source's last posts with fewer likes and reposts; unknown for few posts. */
static void set_liked(struct gathering *g) {
    for (size_t i = 0; i < g->out->candidates.count; i++) {
        struct candidate *candidate = &g->out->candidates.at[i];
        const struct tally *tally = tally_of(g, candidate->source);
        if (tally == NULL) continue;
        candidate->stats = tally->stats;
        size_t fewer = 0;
        int64_t own = applause(candidate->item);
        for (size_t j = 0; j < tally->count; j++) fewer += tally->likes[j] < own;
        if (tally->count >= LIKED_LEAST) candidate->liked = (double)(fewer + 1) / (double)(tally->count + 2);
    }
}

/* ---- history, focus, trouble ---- */

/* What was shown is known again by its words, so they are brought along. */
static bool add_shown_lead(struct gathering *g, const struct shown *shown, struct shown_story *out,
                           struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct item_row row;
    struct article_row page;
    bool found;
    if (arena == NULL) return fault_memory(fault);
    if (!items_get(g->house->store, shown->item, arena, &row, &found, fault)) return false;
    if (!found) return true;
    struct candidate *lead = arena_alloc(g->arena, 1, sizeof *lead);
    struct item *item = arena_alloc(g->arena, 1, sizeof *item);
    struct article *article = arena_alloc(g->arena, 1, sizeof *article);
    if (lead == NULL || item == NULL || article == NULL) return fault_memory(fault);
    item_init(item);
    article_init(article);
    item->kind = row.item.kind;
    lead->key = shown->key;
    lead->item = item;
    if (!arena_copy(g->arena, utf8_cut(row.item.text, SHOWN_TEXT_BYTES), &item->text) ||
        !arena_copy(g->arena, row.item.url, &item->url))
        return fault_memory(fault);
    out->lead = lead;
    if (slice_is_empty(shown->key)) return true;
    if (!articles_get(g->house->store, shown->key, arena, &page, &found, fault)) return false;
    if (!found || slice_is_empty(page.article.text)) return true;
    lead->article = article;
    return arena_copy(g->arena, utf8_cut(page.article.text, SHOWN_TEXT_BYTES), &article->text) || fault_memory(fault);
}

static bool add_history(struct gathering *g, struct fault *fault) {
    struct shown_list shown = {0};
    struct shown_query query = {.reader = g->out->reader.name,
                                .from_s = g->out->date_s - HISTORY_DAYS * (int64_t)DAY_S,
                                .until_s = g->out->date_s};
    if (!shown_list(g->house->store, &query, g->arena, &shown, fault)) return false;
    struct shown_story_list *list = &g->out->history;
    list->at = arena_alloc(g->arena, shown.count, sizeof *list->at);
    if (list->at == NULL) return fault_memory(fault);
    for (size_t i = 0; i < shown.count; i++) {
        const struct shown *one = &shown.at[i];
        list->at[list->count++] = (struct shown_story){.story = one->story,
                                                       .key = one->key,
                                                       .title = one->title,
                                                       .date_s = one->date_s,
                                                       .topics = one->topics,
                                                       .items = one->members,
                                                       .source = one->source,
                                                       .in_focus = one->section == SECTION_FOCUS,
                                                       .challenged = one->against};
        if (!add_shown_lead(g, one, &list->at[i], fault)) return false;
    }
    return true;
}

static bool add_taste(struct gathering *g, struct fault *fault) {
    struct taste_book book;
    if (!taste_gather(g->house, g->out->reader.name, g->out->now_s, g->arena, &book, fault)) return false;
    g->out->taste = book.weights;
    g->out->settled = book.settled;
    return true;
}

static void add_questions(struct gathering *g) {
    const struct prompt_set_list *prompts = &g->house->config.prompts;
    for (size_t i = 0; i < prompts->count; i++)
        if (slice_equal(prompts->at[i].step, SLICE("choose"))) g->out->questions = prompts->at[i].ask;
}

/* Each trouble once: a list that stands there every day is not read. `sources check` names them all. */
static bool add_trouble(struct gathering *g, struct fault *fault) {
    struct source_state_list states = {0};
    int64_t made_s = g->last_made_s;
    if (!g->out->reader.is_lead) return true;
    if (!sources_list(g->house->store, g->arena, &states, fault)) return false;
    for (size_t i = 0; i < states.count; i++) {
        const struct source_state *state = &states.at[i];
        const struct source *source = source_list_find(&g->house->config.sources, state->name);
        bool news = state->ill_since_s > made_s && state->ill_since_s < g->out->now_s;
        if (source == NULL || source->paused || state->ill == 0 || !news) continue;
        char *text = arena_printf(g->arena, "%.*s: %.*s",
                                  SLICE_ARGS(slice_is_empty(source->title) ? source->name : source->title),
                                  SLICE_ARGS(state->ill_words));
        if (text == NULL || !slice_list_add(g->arena, &g->out->trouble, slice_from(text))) return fault_memory(fault);
    }
    return true;
}

bool gather_input(const struct house *house, const struct reader *reader, int64_t date_s, struct arena *arena,
                  struct curate_input *out, struct fault *fault) {
    char date[WHEN_TEXT_BYTES];
    when_date(date_s, date);
    struct curate_input input = {.date_s = date_s,
                                 .now_s = date_s + DAY_S,
                                 .school = house->config.school,
                                 .base_url = house->config.base_url,
                                 .reader = *reader};
    if (!arena_copy(arena, slice_from(date), &input.date)) return fault_memory(fault);
    struct gathering g = {.house = house, .options = house->config.curate, .arena = arena, .out = &input};
    if (!count_sources(&g, fault) || !add_last(&g, fault) || !add_candidates(&g, fault) || !add_past_links(&g, fault) ||
        !add_history(&g, fault) || !gather_focus(house, arena, &input, fault) || !add_archive(&g, fault) ||
        !add_taste(&g, fault) || !add_trouble(&g, fault))
        return false;
    set_liked(&g);
    add_questions(&g);
    *out = input;
    return true;
}
