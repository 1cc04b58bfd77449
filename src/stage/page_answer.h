/* page_answer: asking for a page, and what came of it in the words of a row of the store. */
#ifndef DISCERN_STAGE_PAGE_ANSWER_H
#define DISCERN_STAGE_PAGE_ANSWER_H

#include "cite/scan.h"
#include "model/exchange.h"
#include "normal/canonical.h"
#include "stage/page_reading.h"
#include "store/articles.h"

#define PAGE_IS_GONE SLICE("the page is not there (any more)")

/* `allow_host`: as in struct request. */
struct request page_request(struct slice url, struct slice allow_host);

struct page_reader {
    struct page_reading *reading;
    const struct cite_hosts *hosts;
    const struct canon_rules *url_rules;
    int64_t now_s;
};

/* Sets status, final_url, state, problem and, when it was read, article and read_s of *row, whose url is set. READ, or
 * REFUSED, or RETRY for what may work another day. In arena, or borrowed from the response. Fault: MEMORY. */
MUST_USE bool page_answer_take(const struct page_reader *reader, const struct response *response, struct arena *arena,
                               struct article_row *row, struct fault *fault);

/* True when the row holds a page that was read and whose words say that there is none, though its status said that all
 * is well. */
bool page_answer_is_soft_404(const struct article_row *row);

#endif
