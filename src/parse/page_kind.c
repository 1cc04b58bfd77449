#include "parse/page_kind.h"

#include "base/limits.h"
#include "base/url.h"
#include "parse/page_words.h"
#include "parse/surety.h"

/* Fewer words than these are no text but a notice, a teaser or a caption. */
#define NOTICE_WORDS ((size_t)150)
#define ERROR_WORDS 300u
/* A page that asks for a log-in says little else; many others have a form for it. */
#define LOG_IN_WORDS 60u
/* A notice is one short paragraph among the first of a page. */
#define NOTICE_CHARS 400u
#define NOTICE_BLOCKS 2000u

static bool any_in(struct slice text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_find_nocase(text, slice_from(words[i]), 0) != SLICE_NOT_FOUND) return true;
    return false;
}

static bool is_kind(const struct meta_facts *facts, const char *name) {
    for (size_t i = 0; i < facts->kinds.count; i++)
        if (slice_equal(facts->kinds.at[i], slice_from(name))) return true;
    return false;
}

/* Notices are short. */
#define PLAIN_BYTES ((size_t)2048)

/* The beginning of a text, its apostrophes as they are typed. */
static struct slice plain(struct slice text, char out[PLAIN_BYTES]) {
    const struct slice curly = SLICE("\xE2\x80\x99");
    size_t len = 0;
    for (size_t at = 0; at < text.len && len < PLAIN_BYTES; len++) {
        bool found = slice_starts(slice_part(text, at, text.len), curly);
        out[len] = (char)(found ? '\'' : text.at[at]);
        at += found ? curly.len : 1;
    }
    return slice_of(out, len);
}

/* What is there is not given out, or not to programs. */
static bool is_withheld(const struct article *article) {
    static const char *const titles[] = {"access denied", "403 forbidden", "account has been suspended"};
    return article->words < ERROR_WORDS && any_in(article->title, titles, COUNT_OF(titles));
}

/* It will be there another day. */
static bool is_away(const struct article *article) {
    static const char *const titles[] = {"internal server error",   "bad gateway",
                                         "gateway timeout",         "gateway time-out",
                                         "service unavailable",     "web server is down",
                                         "temporarily unavailable", "error establishing a database connection",
                                         "maintenance mode",        "down for maintenance",
                                         "under maintenance",       "scheduled maintenance",
                                         "site maintenance",        "we'll be back soon",
                                         "we'll be right back",     "wartungsarbeiten",
                                         "en maintenance",          "en mantenimiento",
                                         "in manutenzione"};
    static const char *const words[] = {"unavailable for scheduled maintenance",    "down for maintenance",
                                        "down for scheduled maintenance",           "undergoing maintenance",
                                        "undergoing scheduled maintenance",         "currently under maintenance",
                                        "error establishing a database connection", "performing scheduled maintenance"};
    char title[PLAIN_BYTES], text[PLAIN_BYTES];
    if (article->words >= NOTICE_WORDS) return false;
    return any_in(plain(article->title, title), titles, COUNT_OF(titles)) ||
           any_in(plain(article->text, text), words, COUNT_OF(words));
}

static bool is_gone(const struct article *article) {
    static const char *const titles[] = {"page not found",
                                         "404",
                                         "not found",
                                         "page can't be found",
                                         "page cannot be found",
                                         "page could not be found",
                                         "page doesn't exist",
                                         "page does not exist",
                                         "page isn't available",
                                         "page is not available",
                                         "no longer available",
                                         "no longer exists",
                                         "410 gone",
                                         "seite nicht gefunden",
                                         "page introuvable",
                                         "p\xC3\xA1gina no encontrada"};
    /* What a page says that answers "all is well" to an address that it does not know. */
    static const char *const words[] = {"page you are looking for",
                                        "page you were looking for",
                                        "page you requested",
                                        "page you're looking for",
                                        "find that page",
                                        "this page doesn't exist",
                                        "this page does not exist",
                                        "page has been moved or deleted",
                                        "page has been removed",
                                        "page isn't available",
                                        "link you followed may be broken",
                                        "nothing was found at this location",
                                        "buy this domain",
                                        "domain is for sale",
                                        "domain may be for sale",
                                        "this content is no longer available"};
    char title[PLAIN_BYTES], text[PLAIN_BYTES];
    if (article->words >= ERROR_WORDS) return false;
    return any_in(plain(article->title, title), titles, COUNT_OF(titles)) ||
           (article->words < NOTICE_WORDS && any_in(plain(article->text, text), words, COUNT_OF(words)));
}

/* Whether a short paragraph of the page, part of its text or not, says one of these. */
static bool page_says(const struct page_sheet *sheet, const char *const *words, size_t count) {
    AUTO(buf_free)
    struct buf line = buf_new(LIMIT_FIELD_BYTES);
    for (size_t i = 0; i < sheet->block_count && i < NOTICE_BLOCKS; i++) {
        const struct page_block *block = &sheet->blocks[i];
        if (block->chars < 10 || block->chars > NOTICE_CHARS || block->last - block->first > 60) continue;
        buf_clear(&line);
        page_write_nodes(sheet, block->first, block->last, &line);
        if (any_in(buf_slice(&line), words, count)) return true;
    }
    return false;
}

static bool says_paywall(const struct page_sheet *sheet) {
    static const char *const words[] = {"to continue reading",
                                        "to keep reading",
                                        "to read the full article",
                                        "to read the full story",
                                        "to read this article",
                                        "for subscribers only",
                                        "subscriber-only",
                                        "subscribers only",

                                        "exclusive to subscribers",
                                        "this article is for members",
                                        "this post is for paid subscribers",
                                        "this post is for paying subscribers",
                                        "you have reached your limit",
                                        "free articles this month",

                                        "buy this article",
                                        "access through your institution",
                                        "purchase access"};
    return page_says(sheet, words, COUNT_OF(words));
}

static bool says_log_in(const struct page_sheet *sheet) {
    static const char *const words[] = {"log in to continue", "sign in to continue",   "login to continue",
                                        "you must log in",    "you must be logged in", "please log in",
                                        "please sign in",     "you need to log in",    "sign in with your",
                                        "log in to view",     "sign in to view",       "join to view",
                                        "sign up to view",    "log in to see",         "sign in to see"};
    return page_says(sheet, words, COUNT_OF(words));
}

static bool is_called_log_in(const struct article *article) {
    static const char *const names[] = {"sign in", "log in", "login", "sign on"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (slice_starts_nocase(article->title, slice_from(names[i]))) return true;
    return false;
}

static bool asks_password(const struct page_sheet *sheet) {
    for (uint32_t i = 1; i < sheet->tree.count; i++)
        if (sheet->tree.at[i].name == HTML_E_INPUT &&
            slice_equal_nocase(html_node_attribute(&sheet->tree.at[i], "type"), SLICE("password")))
            return true;
    return false;
}

static bool shows_paywall(const struct page_sheet *sheet) {
    for (uint32_t i = 1; i < sheet->tree.count; i++)
        if ((sheet->marks[i].words & PAGE_W_PAYWALL) != 0 && sheet->marks[i].chars > 0) return true;
    return false;
}

static bool is_video(const struct page_sheet *sheet, const struct meta_facts *facts, const struct article *article) {
    static const char *const hosts[] = {"youtube.com", "youtu.be", "vimeo.com", "ted.com", "dailymotion.com"};
    struct slice host = url_host(sheet->arena, article->url);
    for (size_t i = 0; i < COUNT_OF(hosts); i++)
        if (url_host_within(host, slice_from(hosts[i]))) return article->words < 2 * NOTICE_WORDS;
    if (slice_starts_nocase(facts->page_kind.value, SLICE("video"))) return true;
    return article->words < NOTICE_WORDS && (is_kind(facts, "VideoObject") || facts->has_video);
}

struct weight {
    uint32_t chars, link_chars, prose, blocks; /* of what is kept as the text */
    uint32_t shown, shown_link;                /* characters of all that is no chrome, and of its links */
    uint32_t linked_headings;                  /* headings that are a link as a whole */
    uint32_t boxes;                            /* elements called article */
};

static bool is_in_heading(const struct page_sheet *sheet, uint32_t node) {
    for (unsigned up = 0; node != 0 && up < 3; up++, node = sheet->tree.at[node].parent)
        if (sheet->tree.at[node].name >= HTML_E_H2 && sheet->tree.at[node].name <= HTML_E_H4) return true;
    return false;
}

static void weigh_block(const struct page_sheet *sheet, const struct page_block *block, struct weight *weight) {
    if (block->keep) {
        weight->blocks++;
        weight->chars += block->chars;
        weight->link_chars += block->link_chars;
        if (block->prose) weight->prose += block->chars;
    }
    if (sheet->marks[block->home].dropped) return;
    weight->shown += block->chars;
    weight->shown_link += block->link_chars;
    if (block->link_chars * 5 > block->chars * 4 && is_in_heading(sheet, sheet->tree.at[block->first].parent))
        weight->linked_headings++;
}

static struct weight weigh(const struct page_sheet *sheet) {
    struct weight weight = {0};
    for (size_t i = 0; i < sheet->block_count; i++) weigh_block(sheet, &sheet->blocks[i], &weight);
    for (uint32_t i = 1; i < sheet->tree.count; i++) weight.boxes += sheet->tree.at[i].name == HTML_E_ARTICLE;
    return weight;
}

/* So many entries make a list; an article has some such boxes and headings around it. */
#define LIST_BOXES 5u
#define LIST_HEADINGS 10u
#define SURE_BOXES 10u

/* Many boxes called articles, headings that lead away, more link than words, and nobody's text. */
static bool is_listing(const struct page_sheet *sheet, const struct meta_facts *facts, const struct weight *weight) {
    bool linked = weight->shown_link * 10 > weight->shown * 3;
    if (sheet->type == PAGE_ARTICLE) return weight->boxes >= SURE_BOXES && linked;
    if (sheet->type != PAGE_GENERAL) return false;
    if (is_kind(facts, "CollectionPage") || is_kind(facts, "ItemList") || is_kind(facts, "SearchResultsPage"))
        return weight->prose * 3 < weight->chars * 2 || weight->boxes >= LIST_BOXES;
    if (weight->boxes >= LIST_BOXES || (linked && weight->linked_headings >= LIST_HEADINGS)) return true;
    return weight->blocks > 10 && weight->link_chars * 2 > weight->chars;
}

/* Words that a page has for readers without script stand in <noscript>, which is not in its tree. */
static bool wants_scripts(const struct page_sheet *sheet, const struct article *article) {
    static const char *const words[] = {"enable javascript",
                                        "javascript is disabled",
                                        "turn on javascript",
                                        "requires javascript",
                                        "checking your browser",
                                        "verify you are human",
                                        "are you a robot",
                                        "javascript to run this app",
                                        "checking if the site connection is secure",
                                        "security of your connection",
                                        "just a moment..."};
    if (any_in(slice_part(article->text, 0, 2000), words, COUNT_OF(words))) return true;
    return any_in(article->title, words, COUNT_OF(words)) ||
           (article->words == 0 && any_in(sheet->tree.source, words, COUNT_OF(words)));
}

static bool asks_about_cookies(const struct page_sheet *sheet, const struct article *article) {
    static const char *const words[] = {"cookie", "consent"};
    if (article->words >= NOTICE_WORDS / 2) return false;
    return article->words == 0 ? page_says(sheet, words, COUNT_OF(words))
                               : any_in(article->text, words, COUNT_OF(words));
}

static void judge_missing(const struct page_sheet *sheet, struct article *article) {
    bool bare = article->words < LOG_IN_WORDS;
    if (wants_scripts(sheet, article))
        article->problem = SLICE("the page wants a browser with scripts, and shows no text without");
    else if (bare && (asks_password(sheet) || says_log_in(sheet) || is_called_log_in(article)))
        article->problem = SLICE("the page asks for a log-in");
    else if (asks_about_cookies(sheet, article))
        article->problem = SLICE("the page shows only a question about cookies");
    else if (article->words == 0) article->problem = SLICE("there is no text on the page");
}

static double confidence(const struct page_sheet *sheet, const struct article *article, const struct weight *weight) {
    double all = sheet->marks[sheet->body].prose, prose = weight->prose;
    double share = all > 0 ? prose / all : 0, sentences = weight->chars > 0 ? prose / weight->chars : 0;
    double length = article->words >= 200 ? 1 : (double)article->words / 200;
    double sum = 0.25 + 0.25 * (share > 1 ? 1 : share) + 0.25 * sentences + 0.25 * length;
    if (sheet->type == PAGE_GENERAL) sum *= 0.85;
    return slice_is_absent(article->problem) && article->words > 0 ? sum : sum * 0.3;
}

#define BODY_START 80u

/* Some pages hold their text as data as well. */
static struct surety_tally says_text(const struct meta_facts *facts, const struct article *article) {
    struct surety_tally tally = {0};
    struct slice start = slice_trim(slice_part(facts->body, 0, BODY_START));
    if (start.len < BODY_START / 2 || slice_equal(article->from.text, SLICE("json-ld"))) return tally;
    bool same = slice_find(article->text, start, 0) != SLICE_NOT_FOUND;
    return (struct surety_tally){.agree = same, .differ = !same};
}

/* Why there is no text; absent when there may be one. */
static struct slice refusal_of(const struct article *article) {
    if (is_gone(article)) return ARTICLE_SAYS_GONE;
    if (is_away(article)) return ARTICLE_SAYS_AWAY;
    return is_withheld(article) ? SLICE("the site does not give the page out") : (struct slice){NULL, 0};
}

void page_kind_judge(const struct page_sheet *sheet, const struct meta_facts *facts, struct article *article) {
    struct weight weight = weigh(sheet);
    bool brief = article->words < 2 * NOTICE_WORDS;
    article->kind = ARTICLE_ARTICLE;
    article->paywalled = facts->not_free || (brief && (shows_paywall(sheet) || says_paywall(sheet)));
    struct slice refusal = refusal_of(article);
    if (!slice_is_absent(refusal)) {
        article->kind = ARTICLE_ERROR;
        article->problem = refusal;
    } else if (is_video(sheet, facts, article)) {
        article->kind = ARTICLE_VIDEO;
        if (article->words < NOTICE_WORDS) article->problem = SLICE("this is a video: there is no text to judge");
    } else if (is_listing(sheet, facts, &weight)) {
        article->kind = ARTICLE_LISTING;
    }
    if (slice_is_absent(article->problem) && article->words < NOTICE_WORDS) judge_missing(sheet, article);
    if (slice_is_absent(article->problem) && article->paywalled && article->words < 2 * NOTICE_WORDS)
        article->problem = SLICE("only the beginning can be read: the rest is behind a paywall");
    article->confidence = confidence(sheet, article, &weight);
    if (article->words == 0) return;
    if (slice_is_absent(article->from.text)) article->from.text = SLICE("text");
    article->surety.text = surety_weigh(article->confidence, says_text(facts, article));
}
