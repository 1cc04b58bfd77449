#include "classify/judge.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/sort.h"
#include "classify/matcher.h"
#include "classify/weigh.h"

/* ---- the rules, prepared ---- */

static const char *const mark_names[MARK_COUNT] = {"none",      "education", "account",   "outcome",   "research",
                                                   "trace",     "synthesis", "size",      "number",    "limits",
                                                   "whom",      "note",      "contested", "overclaim", "check",
                                                   "promotion", "hype",      "composite"};

static enum mark mark_of(struct slice name) {
    for (size_t i = 1; i < MARK_COUNT; i++)
        if (slice_equal(name, slice_from(mark_names[i]))) return (enum mark)i;
    return MARK_NONE;
}

static enum polarity polarity_of(struct slice name) {
    if (slice_equal(name, SLICE("positive"))) return POLARITY_POSITIVE;
    return slice_equal(name, SLICE("negative")) ? POLARITY_NEGATIVE : POLARITY_NEUTRAL;
}

static enum speaks_of speaks_of(struct slice name) {
    if (slice_equal(name, SLICE("practice"))) return SPEAKS_OF_PRACTICE;
    return slice_equal(name, SLICE("system")) ? SPEAKS_OF_SYSTEM : SPEAKS_OF_NEITHER;
}

static void fill_role(const struct rule_block *block, struct role *role) {
    *role = (struct role){.kind = block->kind,
                          .mark = mark_of(block_fact(block, "mark")),
                          .polarity = polarity_of(block_fact(block, "polarity")),
                          .speaks_of = speaks_of(block_fact(block, "speaks-of")),
                          .title_only = slice_equal(block_fact(block, "where"), SLICE("title")),
                          .link_only = slice_equal(block_fact(block, "where"), SLICE("link")),
                          .per_hundred = slice_equal(block_fact(block, "per"), SLICE("hundred")),
                          .adds = block_number(block, "adds", 0),
                          .id = block->id,
                          .label = block->label,
                          .parent = block_fact(block, "parent")};
    if (block->kind == BLOCK_HOSTS && role->mark != MARK_PROMOTION) role->polarity = POLARITY_POSITIVE;
}

/* A settings block, or an empty one when the rules have none: then the defaults below hold. */
static const struct rule_block *settings(const struct ruleset *set, const char *name) {
    static const struct rule_block none = {.kind = BLOCK_SETTINGS};
    size_t at = ruleset_find(set, BLOCK_SETTINGS, slice_from(name));
    return at == RULES_NOWHERE ? &none : &set->blocks[at];
}

static struct sum_numbers sum_numbers(const struct rule_block *block) {
    return (struct sum_numbers){.needs = block_number(block, "needs", 3),
                                .grows = block_number(block, "grows", 0.5),
                                .from = block_number(block, "from", 200),
                                .again = block_number(block, "again", 0)};
}

static void read_topic_numbers(const struct rule_block *block, struct topic_numbers *out) {
    double most = block_number(block, "most", 3);
    *out = (struct topic_numbers){.strong = block_number(block, "strong", 3),
                                  .phrase = block_number(block, "phrase", 1.5),
                                  .exact = block_number(block, "exact", 2),
                                  .near = block_number(block, "near", 2),
                                  .weak = block_number(block, "weak", 0.5),
                                  .title = block_number(block, "title", 2),
                                  .lead = block_number(block, "lead", 0.8),
                                  .lead_words = block_number(block, "lead-words", 40),
                                  .needs = block_number(block, "needs", 2.4),
                                  .grows = block_number(block, "grows", 1),
                                  .from = block_number(block, "from", 60),
                                  .length = block_number(block, "long", 150),
                                  .single = block_number(block, "single", 0.5),
                                  .share = block_number(block, "share", 0.3),
                                  .titled = block_number(block, "titled", 3),
                                  .rank = {block_number(block, "first", 1), block_number(block, "second", 1),
                                           block_number(block, "third", 1)},
                                  .most = most >= 1 && most <= 10 ? (size_t)most : 3};
}

static void read_idea_numbers(const struct rule_block *block, struct idea_numbers *out) {
    *out = (struct idea_numbers){.needs = block_number(block, "needs", 2.6),
                                 .practice = block_number(block, "topic-of-practice", 0.6),
                                 .system = block_number(block, "topic-of-system", -0.8),
                                 .topicless = block_number(block, "no-topic", -0.3),
                                 .traceable = block_number(block, "traceable", 0.8),
                                 .account = block_number(block, "account", 0.8),
                                 .sells = block_number(block, "sells", -1),
                                 .length = block_number(block, "long", 0.6),
                                 .length_words = block_number(block, "long-words", 300),
                                 .education = block_number(block, "about-education", 0.4),
                                 .damping = block_number(block, "damping", 60),
                                 .most = block_number(block, "most", 3)};
}

static void read_numbers(struct judge *judge) {
    static const char *const plain[5] = {"No source given", "A teacher's own classroom account",
                                         "Mentions research, nothing to trace",
                                         "Cites a study or report that can be traced",
                                         "Cites a synthesis or several studies that can be traced"};
    static const char *const names[5] = {"level-0", "level-1", "level-2", "level-3", "level-4"};
    const struct rule_block *levels = settings(judge->set, "levels"), *education = settings(judge->set, "education");
    read_topic_numbers(settings(judge->set, "topics"), &judge->topics);
    read_idea_numbers(settings(judge->set, "idea"), &judge->idea);
    judge->promotion = sum_numbers(settings(judge->set, "promotion"));
    judge->hype = sum_numbers(settings(judge->set, "hype"));
    judge->education_needs = block_number(education, "needs", 2);
    judge->education_each_word = block_number(education, "each-word", 0.012);
    judge->education_topic = block_number(education, "topic", 4);
    judge->accounts = block_number(levels, "accounts", 2);
    judge->outcomes = block_number(levels, "outcomes", 1);
    judge->account_words = block_number(levels, "account-words", 0);
    for (size_t i = 0; i < 5; i++) {
        struct slice written = block_fact(levels, names[i]);
        judge->level_labels[i] = slice_is_empty(written) ? slice_from(plain[i]) : written;
    }
}

/* What pools the studies on one topic, with its date: it speaks of the topic, not of the post. */
static bool add_review(struct judge *judge, const struct rule_block *block, struct slice topic) {
    size_t found = ruleset_find(judge->set, BLOCK_TOPIC, topic);
    if (found == RULES_NOWHERE) return true;
    struct slice publisher = block_fact(block, "publisher"), date = block_fact(block, "date");
    struct review *more =
        arena_grow(judge->own, judge->reviews, judge->review_count, &judge->review_capacity, sizeof *more);
    if (more == NULL) return false;
    judge->reviews = more;
    const struct slice gaps[REASON_GAPS_MOST] = {judge->roles[found].label, block->label, publisher, date};
    struct review *review = &judge->reviews[judge->review_count++];
    review->topic = judge->roles[found].id;
    return reason_fill(judge->reasons.at[REASON_REVIEW], gaps, judge->own, &review->words);
}

static bool list_reviews(struct judge *judge) {
    for (size_t i = 0; i < judge->set->block_count; i++) {
        const struct rule_block *block = &judge->set->blocks[i];
        struct slice topics = block->kind == BLOCK_SYNTHESIS ? block_fact(block, "topic") : (struct slice){NULL, 0};
        while (!slice_is_absent(topics))
            if (!add_review(judge, block, slice_trim(slice_next(&topics, '|')))) return false;
    }
    return true;
}

struct judge *judge_new(const struct ruleset *set, struct fault *fault) {
    AUTO(judge_free)
    struct judge *judge = mem_new(1, sizeof *judge);
    if (judge == NULL) {
        fault_memory(fault);
        return NULL;
    }
    judge->set = set;
    judge->scratch = scratch_new(set, fault);
    judge->roles = mem_new(set->block_count + 1, sizeof *judge->roles);
    judge->tallies = mem_new(set->block_count + 1, sizeof *judge->tallies);
    judge->met = mem_new(set->block_count + 1, sizeof *judge->met);
    judge->own = arena_new(LIMIT_ARENA_BYTES);
    if (judge->scratch == NULL || judge->roles == NULL || judge->tallies == NULL || judge->met == NULL ||
        judge->own == NULL) {
        fault_memory(fault);
        return NULL;
    }
    for (size_t i = 0; i < set->block_count; i++) fill_role(&set->blocks[i], &judge->roles[i]);
    reasons_read(settings(set, "words"), &judge->reasons);
    if (!list_reviews(judge)) {
        fault_memory(fault);
        return NULL;
    }
    read_numbers(judge);
    struct judge *made = judge;
    judge = NULL;
    return made;
}

const struct ruleset *judge_rules(const struct judge *judge) {
    return judge->set;
}

void judge_free(struct judge **judge) {
    if (*judge == NULL) return;
    scratch_free(&(*judge)->scratch);
    mem_free((*judge)->roles);
    mem_free((*judge)->tallies);
    mem_free((*judge)->met);
    arena_free(&(*judge)->own);
    mem_free(*judge);
    *judge = NULL;
}

/* ---- what is found in the document ---- */

static void add_field(struct judge *judge, enum field field, struct slice text) {
    if (!slice_is_empty(text)) judge->fields[judge->field_count++] = (struct field_text){.field = field, .text = text};
}

/* All addresses of the post, one a line, for the rules that look at links. */
static bool join_links(const struct document *document, struct arena *arena, struct slice *out) {
    size_t len = 0;
    for (size_t i = 0; i < document->links.count; i++) len += document->links.at[i].len + 1;
    if (len == 0) return true;
    char *bytes = arena_alloc(arena, len, 1);
    if (bytes == NULL) return false;
    size_t at = 0;
    for (size_t i = 0; i < document->links.count; i++) {
        for (size_t j = 0; j < document->links.at[i].len; j++) bytes[at++] = document->links.at[i].at[j];
        bytes[at++] = '\n';
    }
    *out = slice_of(bytes, len - 1);
    return true;
}

static bool gather_fields(struct judge *judge, struct arena *arena) {
    const struct document *document = judge->document;
    struct slice links = {NULL, 0};
    if (!join_links(document, arena, &links)) return false;
    judge->field_count = 0;
    add_field(judge, FIELD_POST, document->text);
    add_field(judge, FIELD_TITLE, document->title);
    if (document->article != NULL) {
        add_field(judge, FIELD_ARTICLE_TITLE, document->article->title);
        add_field(judge, FIELD_ARTICLE, document->article->text);
    }
    add_field(judge, FIELD_HOST, links);
    return true;
}

static struct tally *open_tally(struct judge *judge, size_t block) {
    struct tally *tally = &judge->tallies[block];
    if (tally->stamp == judge->stamp) return tally;
    *tally = (struct tally){.stamp = judge->stamp};
    judge->met[judge->met_count++] = (uint32_t)block;
    return tally;
}

static void count_hits(struct judge *judge) {
    for (size_t i = 0; i < judge->match.hit_count; i++) {
        const struct raw_hit *hit = &judge->match.hits[i];
        if (!weigh_listens(judge, hit)) continue;
        struct tally *tally = open_tally(judge, hit->block);
        if (tally->count++ > 0) continue;
        tally->first = (uint32_t)i;
        tally->field = (enum field)hit->field;
    }
}

static void count_link(struct judge *judge, struct slice url, struct arena *arena) {
    size_t block = match_host(judge->set, url, arena);
    if (block == RULES_NOWHERE) return;
    struct tally *tally = open_tally(judge, block);
    if (tally->count++ > 0) return;
    tally->field = FIELD_HOST;
    tally->url = url;
}

static int by_number(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return a < b ? -1 : a > b;
}

static void count_links(struct judge *judge, struct arena *arena) {
    for (size_t i = 0; i < judge->document->links.count; i++) count_link(judge, judge->document->links.at[i], arena);
}

static void weigh_education(struct judge *judge) {
    judge->education_points = 0;
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        const struct tally *tally = judge->roles[i].mark == MARK_EDUCATION ? weigh_tally(judge, i) : NULL;
        if (tally != NULL) judge->education_points += judge->roles[i].adds * tally->count;
    }
}

/* ---- what the verdict carries ---- */

static bool copy_hit(const struct judge *judge, const struct raw_hit *raw, struct arena *arena, struct hit_list *list) {
    const struct rule_block *block = &judge->set->blocks[raw->block];
    const struct rule_line *line = &block->lines[raw->line];
    struct hit *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    list->at[list->count++] =
        (struct hit){.rule = block->id,
                     .form = raw->form < line->words.count ? line->words.at[raw->form] : line->text,
                     .field = (enum field)raw->field,
                     .start = raw->start,
                     .end = raw->end,
                     .text = weigh_words(judge, raw),
                     .state = (enum hit_state)raw->state,
                     .weight = judge->roles[raw->block].adds,
                     .block = raw->block,
                     .line = raw->line,
                     .alternative = raw->form,
                     .file = line->place.file,
                     .file_line = line->place.line};
    return true;
}

static bool copy_hits(const struct judge *judge, struct arena *arena, struct verdict *out) {
    for (size_t i = 0; i < judge->match.hit_count; i++)
        if (!copy_hit(judge, &judge->match.hits[i], arena, &out->hits)) return false;
    return true;
}

#define SHORT_TEXT_BYTES 1000u /* of a post */

/* Hits of the phase (or subject) that is named most. */
static uint32_t named_most(const struct judge *judge, enum block_kind kind) {
    uint32_t most = 0;
    for (size_t m = 0; m < judge->met_count; m++) {
        const struct tally *tally = weigh_tally(judge, judge->met[m]);
        if (tally != NULL && judge->roles[judge->met[m]].kind == kind && tally->count > most) most = tally->count;
    }
    return most;
}

/* A long text names others in passing: the university students of the study that it cites. */
static bool is_in_passing(const struct judge *judge, const struct tally *tally, uint32_t most) {
    bool in_long_text =
        tally->field == FIELD_ARTICLE || (tally->field == FIELD_POST && judge->document->text.len > SHORT_TEXT_BYTES);
    return in_long_text && tally->count < most && tally->count * 3 <= most + 2;
}

static bool list_phases(const struct judge *judge, struct arena *arena, struct verdict *out) {
    uint32_t phase = named_most(judge, BLOCK_PHASE), subject = named_most(judge, BLOCK_SUBJECT);
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        const struct role *role = &judge->roles[i];
        const struct tally *tally = weigh_tally(judge, i);
        if (tally == NULL || !judge->about_education) continue;
        if (is_in_passing(judge, tally, role->kind == BLOCK_PHASE ? phase : subject)) continue;
        if (role->kind == BLOCK_PHASE && !slice_list_add(arena, &out->phases, role->id)) return false;
        if (role->kind == BLOCK_SUBJECT && !slice_list_add(arena, &out->subjects, role->id)) return false;
    }
    return true;
}

/* Of the addresses of the post and of what the page rests on. */
static bool meets_host(const struct judge *judge, const bool *wanted, struct arena *arena) {
    const struct document *document = judge->document;
    for (size_t i = 0; i < document->links.count; i++) {
        size_t block = match_host(judge->set, document->links.at[i], arena);
        if (block != RULES_NOWHERE && wanted[block]) return true;
    }
    for (size_t i = 0; document->article != NULL && i < document->article->references.count; i++) {
        struct slice url = document->article->references.at[i].url;
        size_t block = slice_is_empty(url) ? RULES_NOWHERE : match_host(judge->set, url, arena);
        if (block != RULES_NOWHERE && wanted[block]) return true;
    }
    return false;
}

bool judge_meets(struct judge *judge, const struct document *document, const bool *wanted, struct arena *arena,
                 bool *meets, struct fault *fault) {
    judge->document = document;
    if (!gather_fields(judge, arena)) return fault_memory(fault);
    if (!match_document(judge->scratch, judge->set, judge->fields, judge->field_count, &judge->match, fault))
        return false;
    bool met = meets_host(judge, wanted, arena);
    for (size_t i = 0; i < judge->match.hit_count && !met; i++) met = wanted[judge->match.hits[i].block];
    for (size_t i = 0; i < judge->match.undecided_count && !met; i++) met = wanted[judge->match.undecided[i]];
    *meets = met;
    return true;
}

size_t judge_resting(const struct judge *judge, struct resting *out, size_t most) {
    size_t count = 0;
    for (size_t i = 0; i < judge->set->matcher->regex_count && count < most; i++) {
        const struct compiled_regex *regex = &judge->set->matcher->regexes[i];
        if (!scratch_rests(judge->scratch, i)) continue;
        const struct rule_block *block = &judge->set->blocks[regex->block];
        out[count++] = (struct resting){block, &block->lines[regex->line]};
    }
    return count;
}

/* A post that is little more than a pointer speaks the language of the page that it points to. */
#define POINTER_WORDS 40.0
#define PAGE_WORDS 60u

static bool is_foreign(const struct judge *judge, const struct document *document) {
    const struct article *article = document->article;
    if (judge->education_points >= judge->education_needs) return false;
    if (text_is_foreign(document->lang, document->text)) return true;
    return article != NULL && article->words >= PAGE_WORDS && judge->match.words[FIELD_POST] < POINTER_WORDS &&
           text_is_foreign(article->lang, article->text);
}

bool judge_document(struct judge *judge, const struct document *document, enum judge_detail detail, struct arena *arena,
                    struct verdict *out, struct fault *fault) {
    *out = (struct verdict){.rules_id = slice_from(judge->set->id)};
    judge->document = document;
    judge->stamp++;
    if (judge->stamp == 0) judge->stamp = 1;
    if (!gather_fields(judge, arena)) return fault_memory(fault);
    if (!match_document(judge->scratch, judge->set, judge->fields, judge->field_count, &judge->match, fault))
        return false;
    judge->words = (double)judge->match.words[FIELD_POST] + judge->match.words[FIELD_TITLE] +
                   judge->match.words[FIELD_ARTICLE_TITLE] + judge->match.words[FIELD_ARTICLE];
    judge->met_count = 0;
    count_hits(judge);
    count_links(judge, arena);
    /* In the order of the rules, which is the order of what a verdict lists. */
    sort_in_place(judge->met, judge->met_count, sizeof *judge->met, by_number);
    weigh_education(judge);
    judge->foreign = is_foreign(judge, document);
    bool done = judge_topics(judge, arena, out) && judge_level(judge, arena, out) && judge_flags(judge, arena, out);
    if (done) judge_idea(judge, out);
    done = done && judge_words(judge, arena, out) && list_phases(judge, arena, out);
    if (done && detail == JUDGE_WITH_HITS) done = copy_hits(judge, arena, out);
    return done || fault_memory(fault);
}
