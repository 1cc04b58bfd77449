/* page_words: what the names that authors of pages give their boxes (class, id, role) say of what is in them. */
#ifndef DISCERN_PARSE_PAGE_WORDS_H
#define DISCERN_PARSE_PAGE_WORDS_H

#include "base/slice.h"

enum page_word {
    PAGE_W_NAV = 1 << 0,    /* menus, breadcrumbs, pagers */
    PAGE_W_FOOTER = 1 << 1, /* foot of the site */
    PAGE_W_HEADER = 1 << 2, /* head of the site or of a box */
    PAGE_W_SIDEBAR = 1 << 3,
    PAGE_W_SHARE = 1 << 4,      /* share bars, social links, print, like */
    PAGE_W_RELATED = 1 << 5,    /* related, recommended, popular, read next */
    PAGE_W_COMMENT = 1 << 6,    /* comments and the form for them */
    PAGE_W_NOTICE = 1 << 7,     /* cookies, consent, pop-ups */
    PAGE_W_ADVERT = 1 << 8,     /* advertisements, sponsors */
    PAGE_W_NEWSLETTER = 1 << 9, /* subscribe, sign up, log in */
    PAGE_W_META = 1 << 10,      /* byline, date, categories, tags */
    PAGE_W_AUTHOR = 1 << 11,    /* a box about the author */
    PAGE_W_CAPTION = 1 << 12,   /* captions and credits of pictures */
    PAGE_W_UNSEEN = 1 << 13,    /* for screen readers only, or hidden */
    PAGE_W_CONTENT = 1 << 14,   /* content, article, post, entry, story, text, main */
    PAGE_W_BODY = 1 << 15,      /* surely the body of an article: entry-content, article-body */
    PAGE_W_POST = 1 << 16,      /* one contribution among several: post, message, reply, comment, answer */
    PAGE_W_CONTROL = 1 << 17,   /* buttons, toolbars, search, filters, forms */
    PAGE_W_CONTENTS = 1 << 18,  /* table of contents */
    PAGE_W_TITLE = 1 << 19,
    PAGE_W_PAYWALL = 1 << 20,
    PAGE_W_PANEL = 1 << 21 /* opens and closes: accordions, answers to frequent questions, tabs */
};

/* Every meaning of a class, id or role, or-ed. What a box only has or lacks ("has-sidebar", "no-footer") is not it. */
unsigned page_words_of(struct slice names);

#endif
