#include "parse/article.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"

static int begin(void **state) {
    *state = arena_new(LIMIT_ARENA_BYTES);
    return *state == NULL;
}

static int end(void **state) {
    arena_free((struct arena **)state);
    return 0;
}

static struct article read_page(struct arena *arena, const char *url, const char *head, const char *body) {
    AUTO(buf_free)
    struct buf page = buf_new(10000000);
    struct article article;
    struct fault fault = {0};
    buf_printf(&page, "<!doctype html><html lang=en-GB><head>%s</head><body>%s</body></html>", head, body);
    assert_true(article_parse(buf_slice(&page), slice_from(NULL), slice_from(url), arena, &article, &fault));
    return article;
}

static bool holds(struct slice text, const char *words) {
    return slice_find(text, slice_from(words), 0) != SLICE_NOT_FOUND;
}

static void expect(struct slice got, const char *wanted) {
    assert_int_equal(got.len, strlen(wanted));
    assert_memory_equal(got.at, wanted, got.len);
}

#define PROSE                                                                                                          \
    "<p>Every lesson began with three short questions about last week, and nobody was given a mark for them.</p>"      \
    "<p>By the fourth week, most pupils told me, of their own accord, which of the answers they had to look up.</p>"   \
    "<p>I wrote the questions on Sunday evening, ten minutes in all, and the class went through them together.</p>"
#define PROSE2                                                                                                         \
    "<p>In the second half of the term I let each pupil write one question a week, and we used the best of them.</p>"  \
    "<p>Some wrote questions that I could not have thought of, since they knew what they had found hard.</p>"
#define PROSE3                                                                                                         \
    "<p>The marks of the summer test were better than in any year before, though that may have other reasons.</p>"     \
    "<p>What I know is that nobody is afraid of the first five minutes any longer, and that is worth having.</p>"
#define CHROME_BEFORE                                                                                                  \
    "<header><nav><ul><li><a href=/>Home page</a><li><a href=/b>Blog posts</a></ul></nav></header>"                    \
    "<div class=cookie-banner><p>We use cookies to give you the best experience on our site, accept them.</p></div>"
#define CHROME_AFTER                                                                                                   \
    "<div class='related-posts'><h3>You may also like</h3><a href=/x>Ten more ways to ask a question</a></div>"        \
    "<div class=share-bar><a href=/t>Tweet this</a></div><section id=comments><p>Thank you for this, it was a "        \
    "great help to me and my class this week, really.</p></section><footer><p>Copyright by the school and all of "     \
    "its friends, all rights reserved for ever.</p></footer>"

static void the_main_text_comes_without_what_stands_around_it(void **state) {
    struct article article =
        read_page(*state, "https://school.example/a", "<title>Short quizzes | School</title>",
                  CHROME_BEFORE "<main><article><h1>Short quizzes</h1>" PROSE "</article></main>" CHROME_AFTER);
    assert_true(holds(article.text, "three short questions") && holds(article.text, "went through them together."));
    assert_false(holds(article.text, "cookies") || holds(article.text, "Home page") || holds(article.text, "Tweet"));
    assert_false(holds(article.text, "also like") || holds(article.text, "Thank you") ||
                 holds(article.text, "Copyright"));
    assert_true(article.kind == ARTICLE_ARTICLE && slice_is_absent(article.problem) && article.confidence > 0.5);
    expect(article.title, "Short quizzes");
    expect(article.lang, "en-GB");
}

static void an_article_inside_an_unclosed_header_is_not_lost(void **state) {
    struct article article = read_page(*state, NULL, "", "<header><div><h1>Quizzes</h1>" PROSE "</body>");
    assert_true(holds(article.text, "three short questions"));
}

static void tables_lists_and_code_stay_readable(void **state) {
    struct article article =
        read_page(*state, NULL, "",
                  "<article>" PROSE "<table><tr><th>Week<th>Right<tr><td>1<td>40 %</table><ul><li>pencils<li>paper"
                  "</ul><pre>a = 1\n  b = 2</pre>" PROSE "</article>");
    assert_true(holds(article.text, "Week | Right\n1 | 40 %"));
    assert_true(holds(article.text, "- pencils\n- paper"));
    assert_true(holds(article.text, "a = 1\n  b = 2"));
}

static void a_nul_byte_or_a_bad_byte_does_not_end_the_text(void **state) {
    static const char page[] = "<meta charset=utf-8><article><p>Caf\xC3\xA9 \xE2\x80\x9Cone\xE2\x80\x9D \xE2\x80\x93 "
                               "and this is a long enough paragraph to "
                               "be read as prose by anybody.\0 two</p><p>\xFF three caf\xC3\xA9, and this is a long "
                               "enough paragraph to be read as prose, too.</p></article>";
    struct article article;
    struct fault fault = {0};
    assert_true(
        article_parse(slice_of(page, sizeof page - 1), slice_from(NULL), slice_from(NULL), *state, &article, &fault));
    assert_true(utf8_is_valid(article.text) && holds(article.text, "three caf\xC3\xA9") && holds(article.text, "two"));
}

static void json_ld_names_authors_and_days_and_says_so(void **state) {
    struct article article = read_page(
        *state, "https://school.example/a",
        "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"BlogPosting\",\"headline\":\"Quizzes\","
        "\"datePublished\":\"2026-03-05T20:30:00-08:00\",\"dateModified\":\"2026-03-07\",\"author\":[{\"@id\":\"#a\"},"
        "{\"name\":\"Bo Ray\"}],\"isAccessibleForFree\":\"False\"},{\"@id\":\"#a\",\"name\":\"Ann Lee\"}]}</script>",
        "<article><h1>Quizzes</h1>" PROSE "</article>");
    assert_int_equal(article.authors.count, 2);
    expect(article.authors.at[0], "Ann Lee");
    expect(article.authors.at[1], "Bo Ray");
    expect(article.from.authors, "json-ld");
    char day[WHEN_TEXT_BYTES];
    when_date(article.published_s, day);
    assert_string_equal(day, "2026-03-05"); /* the day that stands on it, though it is the 6th in UTC */
    when_date(article.modified_s, day);
    assert_string_equal(day, "2026-03-07");
    assert_true(article.paywalled);
}

static void scholarly_tags_name_the_paper_itself(void **state) {
    struct article article = read_page(*state, "https://journal.example/1",
                                       "<title>J</title><meta name=citation_title content='On quizzes'><meta "
                                       "name=citation_author content='Lee, Ann'><meta name=citation_author "
                                       "content='Bo Ray'><meta name=citation_publication_date content='2019/04/02'>"
                                       "<meta name=citation_doi content='doi:10.1234/ABC.1'>",
                                       "<article>" PROSE "</article>");
    expect(article.title, "On quizzes");
    expect(article.authors.at[0], "Ann Lee");
    expect(article.authors.at[1], "Bo Ray");
    assert_int_equal(article.references.count, 1);
    expect(article.references.at[0].id, "10.1234/abc.1");
    assert_int_equal(when_to_civil(article.published_s).year, 2019);
}

static void a_byline_and_an_address_are_read_where_metadata_is_silent(void **state) {
    struct article article =
        read_page(*state, "https://school.example/2025/11/04/quizzes", "<title>Quizzes - x</title>",
                  "<h1>Quizzes</h1><p>By Ann Lee</p><article>" PROSE "</article>");
    assert_int_equal(article.authors.count, 1);
    expect(article.authors.at[0], "Ann Lee");
    expect(article.from.published, "url");
    article =
        read_page(*state, NULL, "", "<h1>Quizzes</h1><div>Posted on 4 November 2025</div><article>" PROSE "</article>");
    assert_int_equal(when_to_civil(article.published_s).day, 4);
    article = read_page(*state, NULL, "<meta name=author content=admin>", "<article>" PROSE "</article>");
    assert_int_equal(article.authors.count, 0);
}

static void the_foot_of_the_article_itself_may_tell_its_day(void **state) {
    struct article article =
        read_page(*state, NULL, "",
                  "<main><article><h1>Short quizzes</h1><div class=entry-content>" PROSE PROSE2
                  "</div><footer><time datetime=2026-03-05T09:00:00Z>5 March 2026</time></footer></article>"
                  "<footer><time datetime=2020-01-01>since 2020</time></footer></main>");
    assert_int_equal(article.published_s, 1772701200);
}

static void a_title_loses_the_name_of_its_site(void **state) {
    struct article article = read_page(*state, "https://www.school.example/a",
                                       "<title>Why quizzes work | School</title>", "<article>" PROSE "</article>");
    expect(article.title, "Why quizzes work");
    expect(article.from.title, "title");
}

static void a_site_may_go_by_its_initials(void **state) {
    struct article article =
        read_page(*state, "https://www.nsta.example/a", "<title>News | National Society for Teaching the Arts</title>",
                  "<article>" PROSE "</article>");
    expect(article.title, "News");
    article = read_page(*state, "https://www.nst.example/a",
                        "<title>News | National Society for Teaching the Arts</title>", "<article>" PROSE "</article>");
    expect(article.title, "News | National Society for Teaching the Arts");
}

static void what_is_no_article_is_known_for_what_it_is(void **state) {
    struct article article =
        read_page(*state, NULL, "<title>404 - Page not found</title>", "<p>Sorry, nothing here.</p>");
    assert_true(article.kind == ARTICLE_ERROR && holds(article.problem, "nothing at this address"));
    article = read_page(*state, NULL, "<title>Hello</title>", "<form><p>Please log in<input type=password></form>");
    assert_true(holds(article.problem, "log-in"));
    article =
        read_page(*state, "https://www.youtube.com/watch?v=1", "<title>Quizzes</title>", "<p>Quizzes, a film.</p>");
    assert_true(article.kind == ARTICLE_VIDEO && holds(article.problem, "video"));
    article = read_page(*state, NULL, "<title>A</title>", "<p>Please enable JavaScript to continue.</p>");
    assert_true(holds(article.problem, "scripts"));
    article = read_page(*state, NULL, "", "<p>We value your privacy: this site uses cookies. Accept?</p>");
    assert_true(holds(article.problem, "cookies"));
    article = read_page(*state, NULL, "<title>School</title>",
                        "<div class=cookie-banner><p>We and our partners use cookies. Do you consent?</p></div>");
    assert_true(holds(article.problem, "cookies"));
    article = read_page(*state, NULL, "<title>School</title>",
                        "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>");
    assert_true(holds(article.problem, "scripts"));
    article = read_page(*state, NULL, "<title>School</title>",
                        "<h1>Oops!</h1><p>We can't find that page. It may have been moved.</p>");
    assert_true(article.kind == ARTICLE_ERROR && holds(article.problem, "nothing at this address"));
    article = read_page(*state, NULL, "<title>Oh no! | A blog</title>",
                        "<h1>Oops! That page can\xE2\x80\x99t be found.</h1><p>Maybe try a search?</p>");
    assert_true(article.kind == ARTICLE_ERROR && holds(article.problem, "nothing at this address"));
    article = read_page(*state, NULL, "<title>A blog</title>",
                        "<h1>Nothing here</h1><p>It looks like nothing was found at this location.</p>");
    assert_true(article.kind == ARTICLE_ERROR && holds(article.problem, "nothing at this address"));
    article = read_page(*state, NULL, "<title>Access denied</title>", "<p>You have been blocked.</p>");
    assert_true(article.kind == ARTICLE_ERROR && holds(article.problem, "does not give the page out"));
    article = read_page(*state, NULL, "<title>School</title>", "<p>Sign in to continue to the staff room.</p>");
    assert_true(holds(article.problem, "log-in"));
}

static void a_paywall_is_known_by_its_mark_and_by_its_words(void **state) {
    struct article article =
        read_page(*state, NULL,
                  "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>",
                  "<article><h1>Quizzes</h1>" PROSE "</article>");
    assert_true(article.paywalled && holds(article.problem, "paywall"));
    article = read_page(*state, NULL, "",
                        "<article><h1>Quizzes</h1>" PROSE "</article><div><p>Subscribe to continue reading.</p></div>");
    assert_true(article.paywalled && holds(article.problem, "paywall"));
    article = read_page(*state, NULL, "", "<article><h1>Quizzes</h1>" PROSE PROSE "</article>");
    assert_true(!article.paywalled && slice_is_absent(article.problem));
}

static void a_list_of_texts_is_no_text(void **state) {
    AUTO(buf_free)
    struct buf body = buf_new(100000);
    for (int i = 0; i < 14; i++)
        buf_printf(
            &body,
            "<div><h2><a href='/%d'>How a class of thirty learnt to ask, part %d</a></h2><p>A short word on it, by "
            "a teacher of number %d.</p></div>",
            i, i, i);
    struct article article = read_page(*state, "https://school.example/", "<title>School</title>", buf_text(&body));
    assert_int_equal(article.kind, ARTICLE_LISTING);
}

static void links_of_the_text_are_absolute_and_safe(void **state) {
    struct article article = read_page(*state, "https://school.example/a/b", "",
                                       "<nav><a href=/nav>Nav</a></nav><article>" PROSE
                                       "<p>As <a href='../study?a=1&amp;b=2'>a study</a> shows, and <a "
                                       "href='javascript:alert(1)'>this</a> too, quizzes help most pupils to remember."
                                       "</p></article>");
    assert_int_equal(article.links.count, 1);
    expect(article.links.at[0].url, "https://school.example/study?a=1&b=2");
    expect(article.links.at[0].title, "a study");
}

static void contributions_of_a_forum_are_its_text(void **state) {
    struct article article =
        read_page(*state, "https://forum.example/threads/quizzes.1/", "",
                  "<div class=thread><div class=post><span class=username>Ann</span><div "
                  "class=message-body>How do you start a lesson when half of the class has "
                  "forgotten what came before it?</div></div><div class=post><span "
                  "class=username>Bo</span><div class=message-body>With three questions, always, "
                  "and I never give a mark for any of the answers that they write.</div></div></div>");
    assert_true(holds(article.text, "How do you start") && holds(article.text, "With three questions"));
}

static void what_a_click_opens_is_text_and_a_hidden_menu_is_not(void **state) {
    struct article article = read_page(
        *state, NULL, "",
        "<article><h1>Quizzes</h1>" PROSE "<h2><button>How often should a class be asked?</button></h2>"
        "<div class=accordion-panel aria-hidden=true><p>Once a week is enough for most of the topics that we "
        "teach, and twice for the hard ones.</p></div><div hidden class=menu><p>Choose the page that you would "
        "like to see from this long list, and press enter.</p></div>" PROSE "</article>");
    assert_true(holds(article.text, "Once a week is enough") && holds(article.text, "How often should"));
    assert_false(holds(article.text, "Choose the page"));
}

static void what_stands_twice_for_narrow_screens_is_read_once(void **state) {
    struct article article =
        read_page(*state, NULL, "", "<main><div class=wide>" PROSE "</div><div class=narrow>" PROSE "</div></main>");
    size_t first = slice_find(article.text, SLICE("three short questions"), 0);
    assert_true(first != SLICE_NOT_FOUND);
    assert_true(slice_find(article.text, SLICE("three short questions"), first + 1) == SLICE_NOT_FOUND);
}

static void lines_about_the_page_are_left_out(void **state) {
    struct article article = read_page(
        *state, NULL, "",
        "<article><h1>Quizzes</h1><p>This post has affiliate links, for which we may earn a commission.</p>" PROSE
        "<p>Related: <a href=/x>Ten more ways to ask a question</a></p>" PROSE "<p>Tags: quizzes, maths</p>"
        "<div>{\"layout\":2,\"align\":\"centre\",\"buttonText\":\"Buy the book now, and read it\"}</div></article>");
    assert_true(holds(article.text, "three short questions"));
    assert_false(holds(article.text, "affiliate") || holds(article.text, "Ten more ways") ||
                 holds(article.text, "Tags:") || holds(article.text, "layout"));
}

#define LONG_WORDS                                                                                                     \
    "The second half of the term went the same way, and by then nobody needed to be told what the three questions "    \
    "were for: those who had been away asked the others, and those who had forgotten looked it up. "

static void a_program_in_an_article_is_no_text_and_in_documentation_it_is(void **state) {
    static const char *const body =
        "<article><h1>Quizzes by machine</h1>" PROSE PROSE2
        "<pre>for (i = 0; i < 10; i++) { ask(questions[i]); }</pre>" PROSE3
        "<pre>A poem that I set for them,\nin lines as it was written then.</pre></article>";
    struct article said = read_page(*state, NULL, "<meta property=og:type content=article>", body);
    struct article silent = read_page(*state, NULL, "", body);
    assert_false(holds(said.text, "questions[i]"));
    assert_true(holds(said.text, "A poem") && holds(said.text, "three short questions"));
    assert_true(holds(silent.text, "questions[i]"));
}

static void paragraphs_between_the_title_and_the_body_are_its_beginning(void **state) {
    static const char *const format =
        "<main><h1>Short quizzes</h1><div class=intro>%s</div><div class=article-body>" PROSE PROSE2 "</div></main>";
    static const char *const first = "<p>It was the worst week of the year, and I had marked three hundred books.</p>";
    static const char *const second = "<p>Then a colleague came in with a box of cards, and said: let them ask.</p>";
    char one[2000], two[2000];
    (void)snprintf(one, sizeof one, format, first);
    char both[1000];
    (void)snprintf(both, sizeof both, "%s%s", first, second);
    (void)snprintf(two, sizeof two, format, both);
    static const char *const head = "<meta property=og:type content=article>";
    struct article article = read_page(*state, NULL, head, two);
    assert_true(holds(article.text, "the worst week") && holds(article.text, "let them ask"));
    assert_true(holds(article.text, "three short questions"));
    article = read_page(*state, NULL, head, one); /* a standfirst says again what the text says */
    assert_false(holds(article.text, "the worst week"));
}

static void what_is_hidden_within_a_paragraph_is_not_read(void **state) {
    struct article article = read_page(
        *state, NULL, "",
        "<article>" PROSE "<p>They liked <a href=https://x.example/>the quiz<span class=sr-only> (opens in a new "
        "window)</span></a> and the <span>retrieval<span role=tooltip>Retrieval is remembering.</span></span> most, "
        "as they told me at the end of the year.</p><p>Contents</p></article>");
    assert_true(holds(article.text, "They liked the quiz and the retrieval most"));
    assert_false(holds(article.text, "opens in") || holds(article.text, "is remembering"));
}

static void what_follows_related_posts_is_left_out_and_a_text_that_goes_on_is_not(void **state) {
#define CARDS                                                                                                          \
    "<div><h3>Related posts</h3><p><a href=/x>Ten more ways</a></p><p>A short word on how a class can learn to ask "   \
    "its own questions.</p></div>"
#define LONG                                                                                                           \
    "<p>The second half of the term went the same way, and by then nobody needed to be told what the three questions " \
    "were for: those who had been away asked the others, and those who had forgotten looked it up, and in the end "    \
    "the whole of it took us no more than five minutes of a lesson.</p>"
    struct article article = read_page(*state, "https://school.example/a", "<meta property=og:type content=article>",
                                       "<div><h1>Quizzes</h1>" PROSE PROSE LONG CARDS "</div>");
    assert_true(holds(article.text, "second half of the term"));
    assert_false(holds(article.text, "Related posts") || holds(article.text, "A short word"));
    article = read_page(*state, "https://school.example/a", "<meta property=og:type content=article>",
                        "<div><h1>Quizzes</h1>" PROSE PROSE PROSE LONG LONG CARDS
                        "<h2>And then</h2><p>" LONG_WORDS LONG_WORDS "</p><p>So " LONG_WORDS LONG_WORDS "</p></div>");
    assert_true(holds(article.text, "And then"));
    assert_false(holds(article.text, "Ten more ways"));
}

static void a_text_that_is_only_in_the_data_of_a_page_is_read_there(void **state) {
    struct article article =
        read_page(*state, NULL,
                  "<script type=application/ld+json>{\"@type\":\"Article\",\"articleBody\":\"" LONG_WORDS LONG_WORDS
                  "\"}</script>",
                  "<div id=root></div>");
    assert_true(holds(article.text, "three questions were for") && slice_is_absent(article.problem));
    expect(article.from.text, "json-ld");
    article = read_page(*state, NULL,
                        "<meta name=description content='What a class of thirty pupils made of three short questions "
                        "at the start of each lesson'>",
                        "<div id=root></div>");
    assert_true(holds(article.text, "three short questions") && holds(article.problem, "description"));
}

static void a_heading_that_names_the_site_is_not_the_title(void **state) {
    struct article article =
        read_page(*state, "https://blog.example/a", "<title>Short quizzes, long memories - The Class Blog</title>",
                  "<div><h1>The Class Blog</h1></div><article><h2>Short quizzes, long memories</h2>" PROSE
                  "</article>");
    expect(article.title, "Short quizzes, long memories");
}

static void who_wrote_is_told_by_the_page_before_its_tags(void **state) {
    struct article article = read_page(*state, "https://school.example/2026/03/05/quizzes",
                                       "<meta name=author content='Web Person'>"
                                       "<meta property=article:published_time content='2026-03-06T02:10:00Z'>",
                                       "<article><h1>Quizzes</h1><p>By Ann Lee March 5, 2026</p>" PROSE "</article>");
    assert_int_equal(article.authors.count, 1);
    expect(article.authors.at[0], "Ann Lee");
    expect(article.from.authors, "text");
    assert_true(article.published_s >= 1772668800 && article.published_s < 1772668800 + DAY_S);
    article = read_page(*state, NULL, "<meta name=author content=admin>",
                        "<article><h1>Quizzes</h1><p>Mar 5, 2026 | Bo Ray in Maths</p>" PROSE "</article>");
    assert_int_equal(article.authors.count, 1);
    expect(article.authors.at[0], "Bo Ray");
}

static void notices_that_stand_for_a_page_are_known_as_such(void **state) {
    static const struct notice {
        const char *title, *body, *problem;
    } notices[] = {
        {"Sign in to your account", "<h1>Sign in</h1><p>Enter your e-mail address.</p><input type=email>", "log-in"},
        {"Just a moment...", "<h1>x.example</h1><p>Checking if the site connection is secure</p>", "scripts"},
        {"Wait", "<p>x.example needs to review the security of your connection before proceeding.</p>", "scripts"},
        {"x.example | 521: Web server is down", "<h1>Web server is down</h1><p>Error code 521</p>",
         "out of order for a while"},
        {"School blog", "<h1>Down for maintenance</h1><p>We are back soon.</p>", "out of order for a while"},
        {"Maintenance", "<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>",
         "out of order for a while"},
        {"Forbidden", "<h1>403 Forbidden</h1><p>nginx</p>", "give the page out"},
        {"Suspended", "<h1>This Account has been suspended.</h1><p>Contact your host.</p>", "give the page out"},
        {"School blog", "<h1>Sorry, this page isn't available.</h1><p>It may be broken.</p>",
         "nothing at this address"},
        {"School blog", "<h1>Oh dear</h1><p>The link you followed may be broken.</p>", "nothing at this address"},
        {"x.example", "<h1>x.example</h1><p>Buy this domain: it is for sale.</p>", "nothing at this address"},
    };
    for (size_t i = 0; i < COUNT_OF(notices); i++) {
        char head[200];
        (void)snprintf(head, sizeof head, "<title>%s</title>", notices[i].title);
        struct article article = read_page(*state, "https://x.example/a", head, notices[i].body);
        assert_true(holds(article.problem, notices[i].problem));
    }
    /* A text about such things is a text. */
    struct article article = read_page(*state, "https://x.example/a", "<title>Sign in, sign out: who is late?</title>",
                                       "<article><h1>Sign in, sign out: who is late?</h1>" PROSE PROSE2 PROSE3
                                       "<p>Buy this domain, said the post, and the web server is down.</p></article>");
    assert_true(slice_is_absent(article.problem));
}

static void microdata_in_the_head_tells_what_it_is(void **state) {
    struct article article =
        read_page(*state, "https://school.example/quizzes",
                  "<meta itemprop=image content=/quiz.png><meta itemprop=datePublished "
                  "content=2023-05-01><link itemprop=url href=/staff/lee><meta itemprop=description "
                  "content='What came of three questions a day'>",
                  "<article><h1>Quizzes</h1>" PROSE "</article>");
    expect(article.image, "https://school.example/quiz.png");
    expect(article.from.image, "microdata");
    expect(article.from.published, "microdata");
    expect(article.from.description, "microdata");
    assert_true(slice_is_absent(article.canonical_url));
}

static void bytes_that_are_no_page_are_refused_in_words(void **state) {
    static const unsigned char image[] = {0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3, 4, 5, 6, 7, 8};
    struct article article;
    struct fault fault = {0};
    assert_false(article_parse(slice_of((const char *)image, sizeof image), slice_from(NULL), slice_from(NULL), *state,
                               &article, &fault));
    assert_int_equal(fault.kind, FAULT_INPUT);
    assert_true(article_parse(SLICE(""), slice_from(NULL), slice_from(NULL), *state, &article, &fault));
    assert_false(slice_is_absent(article.problem));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_main_text_comes_without_what_stands_around_it, begin, end),
        cmocka_unit_test_setup_teardown(an_article_inside_an_unclosed_header_is_not_lost, begin, end),
        cmocka_unit_test_setup_teardown(tables_lists_and_code_stay_readable, begin, end),
        cmocka_unit_test_setup_teardown(a_nul_byte_or_a_bad_byte_does_not_end_the_text, begin, end),
        cmocka_unit_test_setup_teardown(json_ld_names_authors_and_days_and_says_so, begin, end),
        cmocka_unit_test_setup_teardown(scholarly_tags_name_the_paper_itself, begin, end),
        cmocka_unit_test_setup_teardown(a_byline_and_an_address_are_read_where_metadata_is_silent, begin, end),
        cmocka_unit_test_setup_teardown(the_foot_of_the_article_itself_may_tell_its_day, begin, end),
        cmocka_unit_test_setup_teardown(a_title_loses_the_name_of_its_site, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_article_is_known_for_what_it_is, begin, end),
        cmocka_unit_test_setup_teardown(links_of_the_text_are_absolute_and_safe, begin, end),
        cmocka_unit_test_setup_teardown(contributions_of_a_forum_are_its_text, begin, end),
        cmocka_unit_test_setup_teardown(what_a_click_opens_is_text_and_a_hidden_menu_is_not, begin, end),
        cmocka_unit_test_setup_teardown(what_stands_twice_for_narrow_screens_is_read_once, begin, end),
        cmocka_unit_test_setup_teardown(lines_about_the_page_are_left_out, begin, end),
        cmocka_unit_test_setup_teardown(a_heading_that_names_the_site_is_not_the_title, begin, end),
        cmocka_unit_test_setup_teardown(who_wrote_is_told_by_the_page_before_its_tags, begin, end),
        cmocka_unit_test_setup_teardown(a_site_may_go_by_its_initials, begin, end),
        cmocka_unit_test_setup_teardown(a_paywall_is_known_by_its_mark_and_by_its_words, begin, end),
        cmocka_unit_test_setup_teardown(a_list_of_texts_is_no_text, begin, end),
        cmocka_unit_test_setup_teardown(a_program_in_an_article_is_no_text_and_in_documentation_it_is, begin, end),
        cmocka_unit_test_setup_teardown(paragraphs_between_the_title_and_the_body_are_its_beginning, begin, end),
        cmocka_unit_test_setup_teardown(what_is_hidden_within_a_paragraph_is_not_read, begin, end),
        cmocka_unit_test_setup_teardown(what_follows_related_posts_is_left_out_and_a_text_that_goes_on_is_not, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_text_that_is_only_in_the_data_of_a_page_is_read_there, begin, end),
        cmocka_unit_test_setup_teardown(notices_that_stand_for_a_page_are_known_as_such, begin, end),
        cmocka_unit_test_setup_teardown(microdata_in_the_head_tells_what_it_is, begin, end),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_page_are_refused_in_words, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
