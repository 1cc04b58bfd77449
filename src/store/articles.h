/* articles: pages that items link to: wanted, read once, kept compressed. The key is the canonical address; other
 * addresses of the same page (redirects, rel=canonical) are aliases. */
#ifndef DISCERN_STORE_ARTICLES_H
#define DISCERN_STORE_ARTICLES_H

#include "model/article.h"
#include "store/store.h"

enum article_state {
    ARTICLE_WANTED, /* not asked for yet */
    ARTICLE_READ,   /* `article` holds what was found; article.problem may say why there is no text */
    ARTICLE_RETRY,  /* failed: again from next_try_s on */
    ARTICLE_REFUSED /* robots.txt, our guards, 401/403/404/410, says itself that it is gone, or failed too often: not
                     * asked again */
};

struct article_row {
    struct slice key; /* canonical address */
    struct slice url; /* as linked: what to ask for */
    enum article_state state;
    double priority;
    int64_t first_wanted_s, next_try_s, read_s; /* WHEN_ABSENT = never; next_try_s: see articles_due */
    int64_t tries;
    int64_t status;           /* HTTP, 0 = none */
    struct slice final_url;   /* after redirects */
    struct slice problem;     /* why it could not be had, in words; absent = none */
    struct slice archive_url; /* where a copy stands when the link died, absent = none known */
    struct article article;   /* of the last good reading; article.url absent = never read */
};
struct article_row_list {
    struct article_row *at;
    size_t count, capacity;
};

/* Asks for a page. Wanting again only raises the priority; a page that was read stays read. `key` may be an alias. */
struct article_want {
    struct slice key, url;
    double priority; /* higher first */
    int64_t now_s;
    size_t rank; /* for articles_want_all: not the caller's */
};
struct article_want_list {
    struct article_want *at;
    size_t count, capacity;
};
MUST_USE bool articles_want(struct store *store, const struct article_want *want, struct fault *fault);
/* All of them together, for a fraction of the work; the list is put into another order. */
MUST_USE bool articles_want_all(struct store *store, struct article_want_list *wants, struct fault *fault);
/* What may be asked for at `now_s` (wanted, or to be tried again), most wanted first, then longest waiting, then in
 * the order in which they came; without articles. */
MUST_USE bool articles_wanted(struct store *store, int64_t now_s, int64_t limit, struct arena *arena,
                              struct article_row_list *out, struct fault *fault);
/* Those in `state` whose next_try_s has come, longest due first; without articles. READ: to be looked at again, since
 * links die. REFUSED: it is dead, and an archive may keep a copy. */
struct article_due {
    enum article_state state;
    int64_t now_s, limit;
};
MUST_USE bool articles_due(struct store *store, const struct article_due *due, struct arena *arena,
                           struct article_row_list *out, struct fault *fault);
/* Keeps an answer: everything of *row but first_wanted_s and priority, which stay. row->article.url absent keeps the
 * article of before (a link that died). Items that link to it are to be judged again when the article changed; its
 * references become wanted works. Makes the row when nobody wanted it. */
MUST_USE bool articles_put(struct store *store, const struct article_row *row, struct fault *fault);
/* By key or alias. */
MUST_USE bool articles_get(struct store *store, struct slice key, struct arena *arena, struct article_row *out,
                           bool *found, struct fault *fault);
/* `alias` is another canonical address of the page `key`; a page of its own under `alias` gives way. */
MUST_USE bool articles_alias(struct store *store, struct slice alias, struct slice key, struct fault *fault);
/* The key that `key` stands for: itself when it is no alias. */
MUST_USE bool articles_resolve(struct store *store, struct slice key, struct arena *arena, struct slice *out,
                               struct fault *fault);

#endif
