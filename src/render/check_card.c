#include "render/check_card.h"

#include <string.h>

#include "base/when.h"
#include "render/report_say.h"

#define QUOTES_MOST 3u
#define QUOTE_BYTES 90u
#define WHAT_BYTES 160u
#define RULES_MOST 8
#define CLAIM_BYTES 220u
#define CLAIM_ROW 1
#define REVIEWS_ROW 9

/* The questions, and the rules whose words answer them. */
static const struct {
    const char *question;
    const char *rules[RULES_MOST];
} questions[CHECK_ROWS] = {
    {"Who says so, and do they sell anything?",
     {"interest-declared", "sells-with-code", "sells-goods", "free-trial", "asks-to-register", "advertises-event",
      "sells-product", "shop-words"}},
    {"What does it claim, in its own words?", {NULL}}, /* whole sentences: add_claim */
    {"Is it their own work, or a retelling?", {"own-study", "teacher-account", "claims-research", "popular-book"}},
    {"What kind of evidence is it?",
     {"cites-meta-analysis", "cites-systematic-review", "cites-rct", "cites-quasi-experiment", "names-evidence-body",
      "dated-report", "research-body", "own-study"}},
    {"Which studies can be traced?", {"author-year", "bracket-key", "doi", "dated-report", "named-researcher"}},
    {"How many took part, and who?", {"sample-size", "context-stated"}},
    {"How big was the difference, over what time?", {"effect-size", "months-progress", "account-outcome"}},
    {"What does it not show?", {"limits-stated", "null-or-mixed", "hedging"}},
    {"Does it claim too much?",
     {"unsupported-claim", "absolutes", "single-study-overreach", "cause-from-correlation", "untraced-figure",
      "hype-words", "authority-quote"}},
    {"Has it held up, and what do reviews say?",
     {"contested-claim", "stale-figure", "retraction-mentioned", "honest-revision"}},
    {"What would it take here?", {"dose-stated"}},
};

static struct slice quoted(struct pen *pen, struct slice text) {
    text = slice_trim(text);
    text = slice_part(text, 0, slice_find_byte(text, '\n', 0));
    while (text.len > 0 && strchr(".,;:(", text.at[text.len - 1]) != NULL) text.len--;
    return report_say(pen, "\xE2\x80\x9C%.*s\xE2\x80\x9D", SLICE_ARGS(pen_cut(pen, text, QUOTE_BYTES)));
}

static void answer(struct pen *pen, const struct verdict *verdict, size_t index, struct check_row *row) {
    for (size_t r = 0; r < RULES_MOST && questions[index].rules[r] != NULL; r++) {
        struct slice rule = slice_from(questions[index].rules[r]);
        for (size_t i = 0; i < verdict->hits.count && row->found.count < QUOTES_MOST; i++) {
            const struct hit *hit = &verdict->hits.at[i];
            if (hit->state != HIT_COUNTED || !slice_equal(hit->rule, rule)) continue;
            struct slice words = quoted(pen, hit->text);
            if (!slice_list_add_once(pen->arena, &row->found, words)) pen->failed = true;
        }
    }
}

/* ---- the claim ---- */

static bool ends_sentence(struct slice text, size_t at) {
    char c = text.at[at];
    if (c == '\n') return true;
    bool mark = c == '.' || c == '!' || c == '?';
    return mark && (at + 1 == text.len || text.at[at + 1] == ' ' || text.at[at + 1] == '\n');
}

/* The sentence around the words from `start` to `end`. */
static struct slice sentence_at(struct slice text, size_t start, size_t end) {
    size_t from = start, to = end;
    while (from > 0 && !ends_sentence(text, from - 1)) from--;
    while (to < text.len && !ends_sentence(text, to)) to++;
    return slice_trim(slice_part(text, from, to < text.len ? to + 1 : to));
}

/* The first sentence that claims an effect, as the rules saw it; a headline alone claims nothing for sure. */
static void add_claim(struct pen *pen, const struct link_check *check, struct check_row *row) {
    static const char *const rules[] = {"effect-size",       "months-progress", "account-outcome",
                                        "unsupported-claim", "claims-research", "absolutes"};
    for (size_t r = 0; r < COUNT_OF(rules) && row->found.count == 0; r++)
        for (size_t i = 0; i < check->verdict.hits.count && row->found.count == 0; i++) {
            const struct hit *hit = &check->verdict.hits.at[i];
            struct slice text = document_field(&check->document, hit->field);
            if (hit->state != HIT_COUNTED || !slice_equal(hit->rule, slice_from(rules[r]))) continue;
            if (hit->end > text.len || hit->start >= hit->end) continue;
            struct slice words = pen_cut(pen, sentence_at(text, hit->start, hit->end), CLAIM_BYTES);
            pen_list_add(pen, &row->found, report_say(pen, "\xE2\x80\x9C%.*s\xE2\x80\x9D", SLICE_ARGS(words)));
        }
}

static const struct article *main_article(const struct link_check *check) {
    return check->is_post || check->page_count == 0 ? NULL : &check->pages[0].article;
}

/* What the page's places do not agree on, or only hint at, is not told as a fact. */
static struct slice hedged(struct pen *pen, struct slice fact, double surety) {
    if (slice_is_empty(fact) || !article_is_unsure(surety)) return fact;
    return report_say(pen, "%.*s (not certain)", SLICE_ARGS(fact));
}

/* The person, the place and the numbers stand in the page itself, not in its words. */
static void add_known(struct pen *pen, const struct link_check *check, struct check_card *card) {
    const struct article *article = main_article(check);
    if (article != NULL)
        for (size_t i = article->authors.count; i-- > 0;)
            if (card->rows[0].found.count < QUOTES_MOST)
                pen_list_add(pen, &card->rows[0].found, hedged(pen, article->authors.at[i], article->surety.authors));
    if (check->is_post && check->post.authors.count > 0)
        pen_list_add(pen, &card->rows[0].found, check->post.authors.at[0].name);
    if (!slice_is_empty(check->publisher))
        pen_list_add(pen, &card->rows[0].found,
                     report_say(pen, "in our list of sources: %.*s", SLICE_ARGS(check->publisher)));
    for (size_t i = 0; i < check->verdict.notes.count; i++) {
        struct slice note = check->verdict.notes.at[i];
        bool review = slice_starts(note, SLICE("A review on"));
        pen_list_add(pen, review ? &card->rows[REVIEWS_ROW].found : &card->notes, note);
    }
}

/* ---- what it rests on ---- */

static struct slice kind_words(enum reference_kind kind) {
    switch (kind) {
        case REFERENCE_DOI: return SLICE("DOI");
        case REFERENCE_ARXIV: return SLICE("arXiv");
        case REFERENCE_ERIC: return SLICE("ERIC");
        case REFERENCE_PMID: return SLICE("PubMed");
        case REFERENCE_ISBN: return SLICE("ISBN");
        case REFERENCE_HOST: return SLICE("link");
        case REFERENCE_CITATION: break;
    }
    return SLICE("named in the words");
}

static struct slice state_words(const struct link_check *check, const struct check_reference *one) {
    if (one->reference.kind == REFERENCE_HOST)
        return slice_is_empty(one->place) ? SLICE("a place of a known kind") : one->place;
    if (one->reference.kind == REFERENCE_CITATION) return SLICE("no link or number to look it up by");
    if (!one->can_be_asked) return SLICE("of a list that discern does not ask");
    if (!check->looked_up) return SLICE("not looked up: the configuration says no");
    return one->work.state == WORK_NOT_FOUND ? SLICE("not known at Crossref or DataCite")
                                             : SLICE("could not be looked up today");
}

static struct slice work_facts(struct pen *pen, const struct work *work) {
    struct slice facts = pen_label(pen, work->type), year = {NULL, 0};
    if (work->year > 0) year = pen_number(pen, work->year);
    if (work->is_synthesis) facts = pen_join(pen, SLICE("pools several studies"), ", ", facts);
    return pen_join(pen, pen_join(pen, work->journal, ", ", year), "; ", facts);
}

static struct slice work_notice(struct pen *pen, const struct check_reference *one) {
    static const char *const words[] = {
        [WORK_NO_NOTICE] = "",
        [WORK_CORRECTED] = "Corrected after it appeared",
        [WORK_CONCERN] = "Its publisher has voiced concern about it",
        [WORK_RETRACTED] = "RETRACTED: taken back after it appeared",
    };
    struct slice said = slice_from(words[one->work.notice]);
    if (one->work.notice == WORK_NO_NOTICE)
        return one->reference.retraction ? SLICE("The words around it say that it was retracted or corrected")
                                         : (struct slice){NULL, 0};
    return slice_is_empty(one->work.notice_id)
               ? said
               : report_say(pen, "%.*s (https://doi.org/%.*s)", SLICE_ARGS(said), SLICE_ARGS(one->work.notice_id));
}

static struct check_work work_of(struct pen *pen, const struct link_check *check, const struct check_reference *one) {
    const struct reference *reference = &one->reference;
    struct check_work work = {.url = reference->url, .notice = work_notice(pen, one)};
    struct slice id =
        reference->kind == REFERENCE_HOST || slice_is_empty(reference->id) ? reference->url : reference->id;
    struct slice said = reference->text;
    /* A citation is found up to its year. */
    bool open = reference->kind == REFERENCE_CITATION && slice_find_byte(said, '(', 0) != SLICE_NOT_FOUND &&
                slice_find_byte(said, ')', 0) == SLICE_NOT_FOUND;
    if (open) said = pen_join(pen, said, "", SLICE(")"));
    bool found = one->work.state == WORK_FOUND && !slice_is_empty(one->work.title);
    struct slice what = found ? one->work.title : slice_is_empty(said) ? id : said;
    if (found && one->work.authors.count > 0) what = pen_join(pen, what, ". ", one->work.authors.at[0]);
    if (found && one->work.authors.count > 1) what = pen_join(pen, what, " ", SLICE("and others"));
    work.what = pen_cut(pen, what, WHAT_BYTES);
    work.facts = one->work.state == WORK_FOUND ? work_facts(pen, &one->work) : state_words(check, one);
    work.facts = pen_join(pen, kind_words(reference->kind), ": ", work.facts);
    return work;
}

static struct slice sum_retractions(struct pen *pen, const struct link_check *check) {
    int64_t known = 0, retracted = 0, corrected = 0;
    for (size_t i = 0; i < check->reference_count; i++) {
        const struct work *work = &check->references[i].work;
        known += work->state == WORK_FOUND;
        retracted += work->notice == WORK_RETRACTED || work->notice == WORK_CONCERN;
        corrected += work->notice == WORK_CORRECTED;
    }
    if (retracted + corrected > 0)
        return report_say(pen, "%lld retracted or under doubt, %lld corrected, of %lld works that were looked up.",
                          (long long)retracted, (long long)corrected, (long long)known);
    if (known == 0) return SLICE("Nothing that it rests on could be looked up, so none is known.");
    return report_say(pen, "None known for the %lld work%s that %s looked up.", (long long)known, known == 1 ? "" : "s",
                      known == 1 ? "was" : "were");
}

/* ---- the head ---- */

static struct slice heading_of(struct pen *pen, const struct link_check *check) {
    const struct article *article = main_article(check);
    struct slice title = check->is_post    ? check->post.title
                         : article != NULL ? article->title
                                           : (struct slice){NULL, 0};
    if (slice_is_empty(title) && check->is_post) title = pen_cut(pen, check->post.text, WHAT_BYTES);
    return slice_is_empty(title) ? check->url : title;
}

/* A day of which only the last change is told says so. */
static struct slice day_of(struct pen *pen, const struct article *article) {
    struct slice day = pen_date(pen, article->published_s);
    if (slice_is_empty(day) || !slice_equal(article->from.published, SLICE("modified")))
        return hedged(pen, day, article->surety.published);
    return report_say(pen, "last changed %.*s", SLICE_ARGS(day));
}

static struct slice byline_of(struct pen *pen, const struct link_check *check) {
    const struct article *article = main_article(check);
    struct slice line = {NULL, 0};
    if (check->is_post) {
        if (check->post.authors.count > 0)
            line = slice_is_empty(check->post.authors.at[0].handle) ? check->post.authors.at[0].name
                                                                    : check->post.authors.at[0].handle;
        line = pen_join(pen, line, " \xC2\xB7 ", pen_date(pen, check->post.published_s));
    } else if (article != NULL) {
        for (size_t i = 0; i < article->authors.count && i < 3; i++)
            line = pen_join(pen, line, ", ", hedged(pen, article->authors.at[i], article->surety.authors));
        line = pen_join(pen, line, " \xC2\xB7 ", article->site);
        line = pen_join(pen, line, " \xC2\xB7 ", day_of(pen, article));
        if (article->words > 0) line = pen_join(pen, line, " \xC2\xB7 ", report_say(pen, "%zu words", article->words));
    }
    return pen_join(pen, line, " \xC2\xB7 ", pen_join(pen, SLICE("read"), " ", pen_date(pen, check->read_s)));
}

static void list_pages(struct pen *pen, const struct link_check *check, struct check_card *card) {
    for (size_t i = 0; check->is_post && i < check->page_count; i++) {
        const struct check_page *page = &check->pages[i];
        struct slice name = slice_is_empty(page->article.title) ? page->url : page->article.title;
        struct slice came = slice_is_empty(page->problem) ? SLICE("read") : page->problem;
        pen_list_add(pen, &card->pages,
                     report_say(pen, "%.*s: %.*s%s%.*s", SLICE_ARGS(pen_cut(pen, name, WHAT_BYTES)), SLICE_ARGS(came),
                                slice_is_empty(page->archive_url) ? "" : "; a copy: ", SLICE_ARGS(page->archive_url)));
    }
    if (check->links_left > 0)
        pen_list_add(pen, &card->pages, report_say(pen, "%zu more that were not looked at", check->links_left));
}

struct check_card check_card_make(struct pen *pen, const struct link_check *check) {
    struct check_card card = {.heading = heading_of(pen, check),
                              .byline = byline_of(pen, check),
                              .url = check->url,
                              .badge = badge_of(&check->verdict),
                              .work_count = check->reference_count,
                              .retractions = sum_retractions(pen, check)};
    card.badge_words = badge_words(pen, card.badge);
    if (card.badge != BADGE_FIRST && !slice_is_empty(check->verdict.level_label))
        card.badge_words = check->verdict.level_label;
    for (size_t i = 0; i < CHECK_ROWS; i++) card.rows[i].question = questions[i].question;
    add_known(pen, check, &card);
    add_claim(pen, check, &card.rows[CLAIM_ROW]);
    for (size_t i = 0; i < CHECK_ROWS; i++) answer(pen, &check->verdict, i, &card.rows[i]);
    for (size_t i = 0; i < check->reference_count; i++) card.works[i] = work_of(pen, check, &check->references[i]);
    list_pages(pen, check, &card);
    if (!check->is_post && check->page_count > 0) card.copy = check->pages[0].archive_url;
    return card;
}
