#include "parse/page_kind.h"

#include "base/url.h"
#include "parse/page_words.h"

/* Fewer words than these are no text but a notice, a teaser or a caption. */
#define NOTICE_WORDS 150u
#define ERROR_WORDS 300u

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

static bool is_error(const struct article *article) {
    static const char *const signs[] = {"page not found",
                                        "404",
                                        "not found",
                                        "page can't be found",
                                        "page cannot be found",
                                        "page doesn't exist",
                                        "no longer available",
                                        "access denied",
                                        "403 forbidden",
                                        "internal server error",
                                        "bad gateway",
                                        "seite nicht gefunden",
                                        "page introuvable",
                                        "p\xC3\xA1gina no encontrada"};
    return article->words < ERROR_WORDS && any_in(article->title, signs, COUNT_OF(signs));
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
    uint32_t chars, link_chars, prose, blocks;
};

static struct weight kept_weight(const struct page_sheet *sheet) {
    struct weight weight = {0};
    for (size_t i = 0; i < sheet->block_count; i++) {
        const struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        weight.blocks++;
        weight.chars += block->chars;
        weight.link_chars += block->link_chars;
        if (block->prose) weight.prose += block->chars;
    }
    return weight;
}

/* Many boxes called articles, or more link than words, and nobody's text. */
static bool is_listing(const struct page_sheet *sheet, const struct meta_facts *facts, struct weight weight) {
    unsigned boxes = 0;
    if (sheet->type != PAGE_GENERAL) return false;
    for (uint32_t i = 1; i < sheet->tree.count; i++) boxes += sheet->tree.at[i].name == HTML_E_ARTICLE;
    if (is_kind(facts, "CollectionPage") || is_kind(facts, "ItemList") || is_kind(facts, "SearchResultsPage"))
        return weight.prose * 3 < weight.chars * 2 || boxes >= 5;
    return boxes >= 5 || (weight.blocks > 10 && weight.link_chars * 2 > weight.chars);
}

static void judge_missing(const struct page_sheet *sheet, struct article *article) {
    static const char *const cookies[] = {"cookie", "consent"};
    static const char *const scripts[] = {"enable javascript",     "javascript is disabled", "turn on javascript",
                                          "checking your browser", "verify you are human",   "are you a robot"};
    struct slice body = slice_part(article->text, 0, 2000);
    if (any_in(body, scripts, COUNT_OF(scripts)) || any_in(article->title, scripts, COUNT_OF(scripts)))
        article->problem = SLICE("the page wants a browser with scripts, and shows no text without");
    else if (asks_password(sheet)) article->problem = SLICE("the page asks for a log-in");
    else if (article->words < NOTICE_WORDS / 2 && any_in(body, cookies, COUNT_OF(cookies)))
        article->problem = SLICE("the page shows only a question about cookies");
    else if (article->words == 0) article->problem = SLICE("there is no text on the page");
}

static double confidence(const struct page_sheet *sheet, const struct article *article, struct weight weight) {
    double all = sheet->marks[sheet->body].prose, prose = weight.prose;
    double share = all > 0 ? prose / all : 0, sentences = weight.chars > 0 ? prose / weight.chars : 0;
    double length = article->words >= 200 ? 1 : (double)article->words / 200;
    double sum = 0.25 + 0.25 * (share > 1 ? 1 : share) + 0.25 * sentences + 0.25 * length;
    if (sheet->type == PAGE_GENERAL) sum *= 0.85;
    return slice_is_absent(article->problem) && article->words > 0 ? sum : sum * 0.3;
}

void page_kind_judge(const struct page_sheet *sheet, const struct meta_facts *facts, struct article *article) {
    struct weight weight = kept_weight(sheet);
    bool walled = facts->not_free || shows_paywall(sheet);
    article->kind = ARTICLE_ARTICLE;
    article->paywalled = facts->not_free || (walled && article->words < 2 * NOTICE_WORDS);
    if (is_error(article)) {
        article->kind = ARTICLE_ERROR;
        article->problem = SLICE("the page says that there is nothing at this address");
    } else if (is_video(sheet, facts, article)) {
        article->kind = ARTICLE_VIDEO;
        if (article->words < NOTICE_WORDS) article->problem = SLICE("this is a video: there is no text to judge");
    } else if (is_listing(sheet, facts, weight)) {
        article->kind = ARTICLE_LISTING;
    }
    if (slice_is_absent(article->problem) && article->words < NOTICE_WORDS) judge_missing(sheet, article);
    if (slice_is_absent(article->problem) && article->paywalled && article->words < 2 * NOTICE_WORDS)
        article->problem = SLICE("only the beginning can be read: the rest is behind a paywall");
    article->confidence = confidence(sheet, article, weight);
    if (article->words > 0 && slice_is_absent(article->from.text)) article->from.text = SLICE("text");
}
