#include "parse/page_words.h"

#include <stdbool.h>
#include <string.h>

#define WORD_BYTES 20u

/* Sorted. */
static const struct word {
    char word[WORD_BYTES];
    unsigned means;
} words[] = {
    {"a2a", PAGE_W_SHARE},
    {"aboutauthor", PAGE_W_AUTHOR},
    {"accordion", PAGE_W_PANEL},
    {"accordionbutton", PAGE_W_CONTROL},
    {"accordions", PAGE_W_PANEL},
    {"ad", PAGE_W_ADVERT},
    {"adbox", PAGE_W_ADVERT},
    {"addthis", PAGE_W_SHARE},
    {"addtoany", PAGE_W_SHARE},
    {"addtocart", PAGE_W_CONTROL},
    {"ads", PAGE_W_ADVERT},
    {"adsense", PAGE_W_ADVERT},
    {"adslot", PAGE_W_ADVERT},
    {"adunit", PAGE_W_ADVERT},
    {"advert", PAGE_W_ADVERT},
    {"advertisement", PAGE_W_ADVERT},
    {"advertising", PAGE_W_ADVERT},
    {"advertorial", PAGE_W_ADVERT},
    {"adverts", PAGE_W_ADVERT},
    {"adwrap", PAGE_W_ADVERT},
    {"affiliate", PAGE_W_ADVERT},
    {"affiliates", PAGE_W_ADVERT},
    {"alertbar", PAGE_W_NOTICE},
    {"alsolike", PAGE_W_RELATED},
    {"answer", PAGE_W_POST},
    {"article", PAGE_W_CONTENT},
    {"articles", PAGE_W_CONTENT},
    {"aside", PAGE_W_SIDEBAR},
    {"author", PAGE_W_AUTHOR},
    {"authorbio", PAGE_W_AUTHOR},
    {"authorbox", PAGE_W_AUTHOR},
    {"authors", PAGE_W_AUTHOR},
    {"avatar", PAGE_W_AUTHOR},
    {"backtotop", PAGE_W_NAV},
    {"badge", PAGE_W_AUTHOR},
    {"badges", PAGE_W_AUTHOR},
    {"bazaarvoice", PAGE_W_COMMENT},
    {"bio", PAGE_W_AUTHOR},
    {"blog", PAGE_W_CONTENT},
    {"body", PAGE_W_CONTENT},
    {"bookmark", PAGE_W_SHARE},
    {"bottombar", PAGE_W_FOOTER},
    {"breadcrumb", PAGE_W_NAV},
    {"breadcrumbs", PAGE_W_NAV},
    {"btn", PAGE_W_CONTROL},
    {"btns", PAGE_W_CONTROL},
    {"button", PAGE_W_CONTROL},
    {"buttons", PAGE_W_CONTROL},
    {"bv", PAGE_W_COMMENT},
    {"byline", PAGE_W_META},
    {"bylines", PAGE_W_META},
    {"calltoaction", PAGE_W_RELATED},
    {"caption", PAGE_W_CAPTION},
    {"captions", PAGE_W_CAPTION},
    {"cart", PAGE_W_CONTROL},
    {"categories", PAGE_W_META},
    {"category", PAGE_W_META},
    {"ccpa", PAGE_W_NOTICE},
    {"collapse", PAGE_W_PANEL},
    {"collapsed", PAGE_W_PANEL},
    {"collapsible", PAGE_W_PANEL},
    {"colophon", PAGE_W_FOOTER},
    {"comentarios", PAGE_W_COMMENT},
    {"comment", PAGE_W_COMMENT},
    {"commentform", PAGE_W_COMMENT},
    {"commenting", PAGE_W_COMMENT},
    {"commentlist", PAGE_W_COMMENT},
    {"comments", PAGE_W_COMMENT},
    {"complementary", PAGE_W_SIDEBAR},
    {"consent", PAGE_W_NOTICE},
    {"content", PAGE_W_CONTENT},
    {"contents", PAGE_W_CONTENT},
    {"contentsmenu", PAGE_W_CONTENTS},
    {"contributor", PAGE_W_AUTHOR},
    {"contributors", PAGE_W_AUTHOR},
    {"controls", PAGE_W_CONTROL},
    {"cookie", PAGE_W_NOTICE},
    {"cookiebanner", PAGE_W_NOTICE},
    {"cookiebar", PAGE_W_NOTICE},
    {"cookienotice", PAGE_W_NOTICE},
    {"cookies", PAGE_W_NOTICE},
    {"copy", PAGE_W_CONTENT},
    {"copyright", PAGE_W_FOOTER},
    {"credit", PAGE_W_CAPTION},
    {"credits", PAGE_W_CAPTION},
    {"crosslinks", PAGE_W_RELATED},
    {"crumb", PAGE_W_NAV},
    {"crumbs", PAGE_W_NAV},
    {"cta", PAGE_W_RELATED},
    {"ctas", PAGE_W_RELATED},
    {"customerreviews", PAGE_W_COMMENT},
    {"dateline", PAGE_W_META},
    {"datetime", PAGE_W_META},
    {"dfp", PAGE_W_ADVERT},
    {"dialog", PAGE_W_NOTICE},
    {"disclaimer", PAGE_W_META},
    {"disclaimers", PAGE_W_META},
    {"disclosure", PAGE_W_META},
    {"disqus", PAGE_W_COMMENT},
    {"dropdown", PAGE_W_CONTROL},
    {"emailsignup", PAGE_W_NEWSLETTER},
    {"entries", PAGE_W_CONTENT},
    {"entry", PAGE_W_CONTENT},
    {"entrymeta", PAGE_W_META},
    {"expandable", PAGE_W_PANEL},
    {"expander", PAGE_W_PANEL},
    {"eyebrow", PAGE_W_META},
    {"facet", PAGE_W_CONTROL},
    {"facets", PAGE_W_CONTROL},
    {"faq", PAGE_W_PANEL},
    {"faqs", PAGE_W_PANEL},
    {"figcaption", PAGE_W_CAPTION},
    {"filter", PAGE_W_CONTROL},
    {"filters", PAGE_W_CONTROL},
    {"follow", PAGE_W_SHARE},
    {"followus", PAGE_W_SHARE},
    {"footer", PAGE_W_FOOTER},
    {"form", PAGE_W_CONTROL},
    {"gallery", PAGE_W_CAPTION},
    {"gdpr", PAGE_W_NOTICE},
    {"gpt", PAGE_W_ADVERT},
    {"header", PAGE_W_HEADER},
    {"heading", PAGE_W_TITLE},
    {"headline", PAGE_W_TITLE},
    {"imagecaption", PAGE_W_CAPTION},
    {"instagram", PAGE_W_SHARE},
    {"interstitial", PAGE_W_NOTICE},
    {"jetpack", PAGE_W_SHARE},
    {"joinus", PAGE_W_NEWSLETTER},
    {"jumplinks", PAGE_W_NAV},
    {"kicker", PAGE_W_META},
    {"kommentare", PAGE_W_COMMENT},
    {"leftcol", PAGE_W_SIDEBAR},
    {"leftrail", PAGE_W_SIDEBAR},
    {"lightbox", PAGE_W_NOTICE},
    {"like", PAGE_W_SHARE},
    {"livefyre", PAGE_W_COMMENT},
    {"login", PAGE_W_NEWSLETTER},
    {"lwptoc", PAGE_W_CONTENTS},
    {"mailchimp", PAGE_W_NEWSLETTER},
    {"mailinglist", PAGE_W_NEWSLETTER},
    {"main", PAGE_W_CONTENT},
    {"mainmenu", PAGE_W_NAV},
    {"markdown", PAGE_W_CONTENT},
    {"masthead", PAGE_W_HEADER},
    {"megamenu", PAGE_W_NAV},
    {"menu", PAGE_W_NAV},
    {"menus", PAGE_W_NAV},
    {"message", PAGE_W_POST},
    {"messagetext", PAGE_W_POST},
    {"meta", PAGE_W_META},
    {"metered", PAGE_W_PAYWALL},
    {"minicart", PAGE_W_CONTROL},
    {"modalbackdrop", PAGE_W_NOTICE},
    {"morefrom", PAGE_W_RELATED},
    {"moreposts", PAGE_W_RELATED},
    {"mostpopular", PAGE_W_RELATED},
    {"mostread", PAGE_W_RELATED},
    {"msg", PAGE_W_POST},
    {"nav", PAGE_W_NAV},
    {"navbar", PAGE_W_NAV},
    {"navi", PAGE_W_NAV},
    {"navigation", PAGE_W_NAV},
    {"navigational", PAGE_W_NAV},
    {"navlinks", PAGE_W_NAV},
    {"news", PAGE_W_CONTENT},
    {"newsletter", PAGE_W_NEWSLETTER},
    {"newsletters", PAGE_W_NEWSLETTER},
    {"nextprev", PAGE_W_NAV},
    {"nextup", PAGE_W_RELATED},
    {"noprint", PAGE_W_UNSEEN},
    {"notification", PAGE_W_NOTICE},
    {"notifications", PAGE_W_NOTICE},
    {"onetrust", PAGE_W_NOTICE},
    {"onthispage", PAGE_W_CONTENTS},
    {"ontocs", PAGE_W_CONTENTS},
    {"optin", PAGE_W_NEWSLETTER},
    {"outbrain", PAGE_W_RELATED},
    {"page", PAGE_W_CONTENT},
    {"pagefooter", PAGE_W_FOOTER},
    {"pagenav", PAGE_W_NAV},
    {"pager", PAGE_W_NAV},
    {"paginate", PAGE_W_NAV},
    {"pagination", PAGE_W_NAV},
    {"paging", PAGE_W_NAV},
    {"paywall", PAGE_W_PAYWALL},
    {"paywalled", PAGE_W_PAYWALL},
    {"permalink", PAGE_W_SHARE},
    {"photocredit", PAGE_W_CAPTION},
    {"pingback", PAGE_W_COMMENT},
    {"popover", PAGE_W_NOTICE},
    {"popular", PAGE_W_RELATED},
    {"popup", PAGE_W_NOTICE},
    {"popups", PAGE_W_NOTICE},
    {"post", PAGE_W_CONTENT | PAGE_W_POST},
    {"postbody", PAGE_W_POST},
    {"postdate", PAGE_W_META},
    {"postedby", PAGE_W_META},
    {"postedon", PAGE_W_META},
    {"postheading", PAGE_W_TITLE},
    {"postinfo", PAGE_W_META},
    {"postmeta", PAGE_W_META},
    {"postnav", PAGE_W_NAV},
    {"posts", PAGE_W_CONTENT},
    {"prevnext", PAGE_W_NAV},
    {"printfriendly", PAGE_W_SHARE},
    {"printonly", PAGE_W_UNSEEN},
    {"promo", PAGE_W_ADVERT},
    {"promos", PAGE_W_ADVERT},
    {"promoted", PAGE_W_RELATED},
    {"promotion", PAGE_W_ADVERT},
    {"prose", PAGE_W_CONTENT},
    {"pubdate", PAGE_W_META},
    {"publishdate", PAGE_W_META},
    {"quantity", PAGE_W_CONTROL},
    {"question", PAGE_W_POST},
    {"rail", PAGE_W_SIDEBAR},
    {"rating", PAGE_W_CONTROL},
    {"ratings", PAGE_W_CONTROL},
    {"readalso", PAGE_W_RELATED},
    {"readingtime", PAGE_W_META},
    {"readmore", PAGE_W_RELATED},
    {"readnext", PAGE_W_RELATED},
    {"readtime", PAGE_W_META},
    {"recirc", PAGE_W_RELATED},
    {"recirculation", PAGE_W_RELATED},
    {"recommend", PAGE_W_RELATED},
    {"recommendation", PAGE_W_RELATED},
    {"recommendations", PAGE_W_RELATED},
    {"recommended", PAGE_W_RELATED},
    {"register", PAGE_W_NEWSLETTER},
    {"registration", PAGE_W_NEWSLETTER},
    {"regwall", PAGE_W_PAYWALL},
    {"related", PAGE_W_RELATED},
    {"relatedposts", PAGE_W_RELATED},
    {"replies", PAGE_W_COMMENT},
    {"reply", PAGE_W_COMMENT | PAGE_W_POST},
    {"reputation", PAGE_W_AUTHOR},
    {"respond", PAGE_W_COMMENT},
    {"reviewlist", PAGE_W_COMMENT},
    {"reviews", PAGE_W_COMMENT},
    {"richtext", PAGE_W_CONTENT},
    {"rightcol", PAGE_W_SIDEBAR},
    {"rightrail", PAGE_W_SIDEBAR},
    {"rte", PAGE_W_CONTENT},
    {"rubric", PAGE_W_META},
    {"screenreader", PAGE_W_UNSEEN},
    {"search", PAGE_W_CONTROL},
    {"searchform", PAGE_W_CONTROL},
    {"share", PAGE_W_SHARE},
    {"shareaholic", PAGE_W_SHARE},
    {"sharebar", PAGE_W_SHARE},
    {"sharebox", PAGE_W_SHARE},
    {"sharebuttons", PAGE_W_SHARE},
    {"sharedaddy", PAGE_W_SHARE},
    {"shares", PAGE_W_SHARE},
    {"sharethis", PAGE_W_SHARE},
    {"sharing", PAGE_W_SHARE},
    {"sidebar", PAGE_W_SIDEBAR},
    {"sidebars", PAGE_W_SIDEBAR},
    {"sidecolumn", PAGE_W_SIDEBAR},
    {"sidemenu", PAGE_W_SIDEBAR},
    {"sidenav", PAGE_W_SIDEBAR},
    {"signature", PAGE_W_AUTHOR},
    {"signin", PAGE_W_NEWSLETTER},
    {"signup", PAGE_W_NEWSLETTER},
    {"similar", PAGE_W_RELATED},
    {"sitefooter", PAGE_W_FOOTER},
    {"siteheader", PAGE_W_HEADER},
    {"sitemap", PAGE_W_NAV},
    {"sitenav", PAGE_W_NAV},
    {"skiplink", PAGE_W_NAV},
    {"skiplinks", PAGE_W_NAV},
    {"slideshow", PAGE_W_CAPTION},
    {"social", PAGE_W_SHARE},
    {"socialmedia", PAGE_W_SHARE},
    {"socials", PAGE_W_SHARE},
    {"socialshare", PAGE_W_SHARE},
    {"sorting", PAGE_W_CONTROL},
    {"sponsor", PAGE_W_ADVERT},
    {"sponsored", PAGE_W_ADVERT},
    {"sponsors", PAGE_W_ADVERT},
    {"sponsorship", PAGE_W_ADVERT},
    {"sronly", PAGE_W_UNSEEN},
    {"stories", PAGE_W_CONTENT},
    {"story", PAGE_W_CONTENT},
    {"submenu", PAGE_W_NAV},
    {"subnav", PAGE_W_NAV},
    {"subscribe", PAGE_W_NEWSLETTER},
    {"subscriber", PAGE_W_PAYWALL},
    {"subscriberonly", PAGE_W_PAYWALL},
    {"subscription", PAGE_W_NEWSLETTER},
    {"subscriptions", PAGE_W_NEWSLETTER},
    {"suggested", PAGE_W_RELATED},
    {"suggestion", PAGE_W_RELATED},
    {"suggestions", PAGE_W_RELATED},
    {"tabbar", PAGE_W_NAV},
    {"tableofcontents", PAGE_W_CONTENTS},
    {"taboola", PAGE_W_RELATED},
    {"tabpane", PAGE_W_PANEL},
    {"tabpanel", PAGE_W_PANEL},
    {"tag", PAGE_W_META},
    {"tagcloud", PAGE_W_META},
    {"taglist", PAGE_W_META},
    {"tags", PAGE_W_META},
    {"taxonomy", PAGE_W_META},
    {"teaser", PAGE_W_RELATED},
    {"teasers", PAGE_W_RELATED},
    {"text", PAGE_W_CONTENT},
    {"thread", PAGE_W_POST},
    {"tiktok", PAGE_W_SHARE},
    {"timestamp", PAGE_W_META},
    {"title", PAGE_W_TITLE},
    {"toast", PAGE_W_NOTICE},
    {"toc", PAGE_W_CONTENTS},
    {"toolbar", PAGE_W_CONTROL},
    {"toolbars", PAGE_W_CONTROL},
    {"tooltip", PAGE_W_CONTROL},
    {"tooltips", PAGE_W_CONTROL},
    {"tooltiptext", PAGE_W_CONTROL},
    {"topbar", PAGE_W_HEADER},
    {"topnav", PAGE_W_NAV},
    {"totop", PAGE_W_NAV},
    {"trackback", PAGE_W_COMMENT},
    {"trending", PAGE_W_RELATED},
    {"trustpilot", PAGE_W_COMMENT},
    {"ugc", PAGE_W_COMMENT},
    {"upnext", PAGE_W_RELATED},
    {"userdetails", PAGE_W_AUTHOR},
    {"userextras", PAGE_W_AUTHOR},
    {"userinfo", PAGE_W_AUTHOR},
    {"usertitle", PAGE_W_AUTHOR},
    {"vcard", PAGE_W_AUTHOR},
    {"visuallyhidden", PAGE_W_UNSEEN},
    {"widgets", PAGE_W_SIDEBAR},
    {"wishlist", PAGE_W_CONTROL},
    {"wysiwyg", PAGE_W_CONTENT},
    {"yarpp", PAGE_W_RELATED},
    {"yotpo", PAGE_W_COMMENT},
    {"youmaylike", PAGE_W_RELATED},
};

static unsigned meaning_of(const char word[WORD_BYTES]) {
    size_t low = 0, high = sizeof words / sizeof words[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        /* Nearly all differ in the first letter. */
        int order = word[0] - words[middle].word[0];
        if (order == 0) order = strcmp(word, words[middle].word);
        if (order == 0) return words[middle].means;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return 0;
}

static bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The next word of "postBody entry-content__main" in lower case: post, body, entry, content, main. Sets *name_ends when
 * the next one belongs to another name. False at the end. */
static bool next_word(struct slice names, size_t *at, char word[WORD_BYTES], bool *name_starts) {
    size_t len = 0;
    *name_starts = *at == 0;
    while (*at < names.len && !is_lower(names.at[*at]) && !is_upper(names.at[*at])) {
        if (names.at[*at] == ' ' || names.at[*at] == '\n' || names.at[*at] == '\t') *name_starts = true;
        (*at)++;
    }
    if (*at >= names.len) return false;
    size_t start = *at;
    bool upper_run = is_upper(names.at[*at]);
    while (*at < names.len && (is_lower(names.at[*at]) || is_upper(names.at[*at]))) {
        bool upper = is_upper(names.at[*at]);
        if (upper && !upper_run && len > 0) break;
        if (!upper) upper_run = false;
        if (len + 1 < WORD_BYTES) word[len++] = (char)(names.at[*at] | 0x20);
        (*at)++;
    }
    word[len] = '\0';
    /* The "ad" of "ad0203ba" is no word but part of a number. */
    if (len <= 3 && ((start > 0 && is_digit(names.at[start - 1])) || (*at < names.len && is_digit(names.at[*at]))))
        word[0] = '\0';
    return true;
}

static bool is_one_of(const char *word, const char *const *list) {
    for (; *list != NULL; list++)
        if ((*list)[0] == word[0] && strcmp(word, *list) == 0) return true;
    return false;
}

/* "has-sidebar", "no-footer", "mb-share": the box that is named thus holds or lacks one. */
static bool only_holds(const char *word) {
    static const char *const list[] = {"js", "overflow", "has",   "with",   "no", "without", "not",
                                       "is", "under",    "after", "before", "w",  NULL};
    return is_one_of(word, list);
}

static bool opens_body(const char *word) {
    static const char *const list[] = {"entry", "post",  "article", "story", "blog", "single", "news",
                                       "body",  "press", "field",   "node",  "text", NULL};
    return is_one_of(word, list);
}

static bool ends_body(const char *word) {
    static const char *const list[] = {"content", "body", "text", "copy", "maincontent", NULL};
    return is_one_of(word, list);
}

static bool is_body(const char *word) {
    static const char *const list[] = {"articlebody",    "entrycontent", "postcontent", "storybody", "articlecontent",
                                       "articletext",    "postbody",     "bodytext",    "richtext",  "storycontent",
                                       "blogcontent",    "bodycopy",     "articlecopy", "prose",     "maincontent",
                                       "contentarticle", "hentry",       NULL};
    return is_one_of(word, list);
}

/* "article-card", "post-teaser": a pointer to another text. */
static bool points_elsewhere(const char *before, const char *word) {
    static const char *const texts[] = {"article", "blog",     "news",  "post", "posts",
                                        "related", "resource", "story", NULL};
    static const char *const pointers[] = {"card",   "cards", "carousel", "preview", "slider",
                                           "teaser", "thumb", "tile",     "tiles",   NULL};
    return is_one_of(before, texts) && is_one_of(word, pointers);
}

/* "sr-only", "visually-hidden": for those who hear the page. */
static bool is_unseen(const char *before, const char *word) {
    char joined[WORD_BYTES];
    size_t first = strlen(before), second = strlen(word);
    if (first == 0 || first + second >= WORD_BYTES) return false;
    memcpy(joined, before, first);
    memcpy(joined + first, word, second + 1);
    return (meaning_of(joined) & PAGE_W_UNSEEN) != 0;
}

static unsigned meaning_after(const char *before, const char *word) {
    if (only_holds(before)) return 0;
    if (points_elsewhere(before, word)) return PAGE_W_RELATED;
    /* "heading-tag" is a tag of HTML. */
    if (strcmp(word, "tag") == 0 && (strcmp(before, "heading") == 0 || strcmp(before, "ed") == 0)) return 0;
    if (strcmp(before, "to") == 0 && strcmp(word, "action") == 0) return PAGE_W_RELATED;
    if (strcmp(before, "of") == 0 && strcmp(word, "contents") == 0) return PAGE_W_CONTENTS;
    /* "content-sidebar-wrap" holds both. */
    if (strcmp(before, "content") == 0 && strcmp(word, "sidebar") == 0) return 0;
    return is_unseen(before, word) ? PAGE_W_UNSEEN : meaning_of(word);
}

unsigned page_words_of(struct slice names) {
    char word[WORD_BYTES], before[WORD_BYTES] = "";
    unsigned means = 0;
    bool name_starts;
    size_t at = 0;
    names = slice_part(names, 0, 400);
    while (next_word(names, &at, word, &name_starts)) {
        if (name_starts) before[0] = '\0';
        means |= meaning_after(before, word);
        if (is_body(word) || (opens_body(before) && ends_body(word) && strcmp(before, word) != 0)) means |= PAGE_W_BODY;
        /* All of "js-select-to-quote" is for scripts. */
        if (strcmp(before, "js") != 0) memcpy(before, word, WORD_BYTES);
    }
    return means;
}
