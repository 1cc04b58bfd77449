#include "stage/page_answer.h"

#include "base/when.h"
#include "stage/page_address.h"

struct request page_request(struct slice url, struct slice allow_host) {
    return (struct request){.purpose = REQUEST_ARTICLE,
                            .url = url,
                            .accept = SLICE("text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5"),
                            .allow_host = allow_host};
}

/* What a status means for a page, in words; absent = it may be read. */
static struct slice status_words(int status, enum article_state *state) {
    *state = ARTICLE_REFUSED;
    if (status == 404 || status == 410) return PAGE_IS_GONE;
    if (status == 401 || status == 403) return SLICE("the site does not let programs read it, or wants a log-in");
    if (status == 451) return SLICE("it may not be shown here for legal reasons");
    if (status == 429 || status >= 500) {
        *state = ARTICLE_RETRY;
        return SLICE("the site was out of order");
    }
    if (status < 200 || status > 299) return SLICE("the site did not give the page out");
    return (struct slice){NULL, 0};
}

/* Some sites answer that all is well with a page that says that they are out of order: nothing was read. */
static bool is_away(struct article_row *row) {
    if (!slice_equal(row->article.problem, ARTICLE_SAYS_AWAY)) return false;
    article_init(&row->article);
    row->state = ARTICLE_RETRY;
    row->read_s = WHEN_ABSENT;
    row->problem = ARTICLE_SAYS_AWAY;
    return true;
}

static bool read_page(const struct page_reader *reader, const struct response *response, struct arena *arena,
                      struct article_row *row, struct fault *fault) {
    struct page_reading_job job = {response->body, response->content_type,
                                   slice_is_empty(response->final_url) ? row->url : response->final_url};
    struct fault wrong = {0};
    row->state = ARTICLE_READ;
    row->read_s = reader->now_s;
    if (page_reading_take(reader->reading, &job, arena, &row->article, &wrong)) {
        if (is_away(row)) return true;
        return page_address_clean(reader->url_rules, arena, &row->article, fault) &&
               cite_article(arena, reader->hosts, &row->article, fault);
    }
    if (wrong.kind == FAULT_MEMORY) return fault_memory(fault);
    row->state = ARTICLE_REFUSED;
    return arena_copy(arena, slice_from(wrong.text), &row->problem) || fault_memory(fault);
}

bool page_answer_take(const struct page_reader *reader, const struct response *response, struct arena *arena,
                      struct article_row *row, struct fault *fault) {
    row->status = response->status;
    row->final_url = response->final_url;
    row->problem = response->reason;
    row->state = response->state == RESPONSE_REFUSED ? ARTICLE_REFUSED : ARTICLE_RETRY;
    if (response->state != RESPONSE_ANSWERED) return true;
    row->problem = status_words(response->status, &row->state);
    return !slice_is_absent(row->problem) || read_page(reader, response, arena, row, fault);
}

bool page_answer_is_soft_404(const struct article_row *row) {
    return row->state == ARTICLE_READ && slice_equal(row->article.problem, ARTICLE_SAYS_GONE);
}
