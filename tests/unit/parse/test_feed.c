#include "parse/feed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/when.h"

#define ATOM "<feed xmlns='http://www.w3.org/2005/Atom'>"

static int begin(void **state) {
    *state = arena_new(LIMIT_ARENA_BYTES);
    return *state == NULL;
}

static int end(void **state) {
    arena_free((struct arena **)state);
    return 0;
}

static struct page read_feed(struct arena *arena, struct slice body, const char *base) {
    struct feed_hints hints = {.base_url = slice_from(base)};
    struct fault fault = {0};
    struct page page;
    if (!feed_parse(body, &hints, arena, &page, &fault)) fail_msg("%s", fault.text);
    return page;
}

static struct fault refuse(struct arena *arena, struct slice body) {
    struct feed_hints hints = {0};
    struct fault fault = {0};
    struct page page;
    assert_false(feed_parse(body, &hints, arena, &page, &fault));
    return fault;
}

static void expect(struct slice found, const char *wanted) {
    char text[4096];
    assert_true(found.len < sizeof text);
    if (found.len > 0) memcpy(text, found.at, found.len);
    text[found.len] = '\0';
    assert_string_equal(text, wanted);
}

/* ---- the formats ---- */

/* The document is looked through eight bytes at a time: what XML forbids goes wherever it stands. */
static void what_xml_forbids_goes_at_every_place(void **state) {
    for (int before = 0; before < 20; before++) {
        char text[256], wanted[64];
        snprintf(text, sizeof text, "<rss><channel><title>%.*s\x01&nbsp;b\n\x7F&#233;\x1F</title></channel></rss>",
                 before, "abcdefghijklmnopqrst");
        snprintf(wanted, sizeof wanted, "%.*s b é", before, "abcdefghijklmnopqrst");
        struct page page = read_feed(*state, slice_from(text), "https://a.example/");
        expect(page.feed.title, before == 0 ? "b é" : wanted);
    }
}

static void rss_is_read_with_its_modules(void **state) {
    struct page page = read_feed(
        *state,
        SLICE("<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
              "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:atom='http://www.w3.org/2005/Atom'>"
              "<channel><title>Room 12</title><link>https://school.example/</link><ttl>90</ttl>"
              "<atom:link rel='self' href='https://school.example/feed'/>"
              "<skipHours><hour>0</hour><hour>23</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
              "<item><title>Recap &amp; quiz</title><link>/recap</link><guid isPermaLink='false'>r1</guid>"
              "<dc:creator>Ann Example</dc:creator><category domain='d'>maths</category>"
              "<pubDate>Tue, 03 Mar 2026 08:30:00 GMT</pubDate><description>Short</description>"
              "<content:encoded><![CDATA[<p>One <a href='/src'>source</a></p><p>Two</p>]]></content:encoded>"
              "<enclosure url='https://school.example/a.mp3' type='audio/mpeg' length='12'/></item></channel></rss>"),
        "");
    expect(page.feed.format, "rss20");
    assert_false(page.feed.repaired);
    expect(page.feed.title, "Room 12");
    expect(page.feed.url, "https://school.example/");
    assert_int_equal(page.feed.ttl_s, 5400);
    assert_int_equal(page.feed.skip_hours, 1u | 1u << 23);
    assert_int_equal(page.feed.skip_days, 1);
    assert_int_equal(page.items.count, 1);
    const struct item *item = &page.items.at[0];
    expect(item->title, "Recap & quiz");
    expect(item->url, "https://school.example/recap");
    expect(item->id, "r1");
    assert_int_equal(item->id_is_link, SAID_NO);
    expect(item->summary, "Short");
    expect(item->text, "One source\n\nTwo");
    expect(item->authors.at[0].name, "Ann Example");
    expect(item->tags.at[0].scheme, "d");
    assert_int_equal(item->published_s, when_from_civil((struct civil){2026, 3, 3, 8, 30, 0}));
    assert_int_equal(item->updated_s, WHEN_ABSENT);
    assert_int_equal(item->enclosures.at[0].length, 12);
    assert_int_equal(item->links.count, 3);
    expect(item->links.at[2].url, "https://school.example/src");
    assert_true(slice_is_absent(item->links.at[2].rel));
}

static void a_guid_is_the_page_where_no_link_is_given(void **state) {
    static const struct {
        const char *guid, *url;
        enum three_way said;
    } examples[] = {
        {"<guid>https://b.example/1</guid>", "https://b.example/1", SAID_YES},
        {"<guid>/2026/one.html</guid>", "https://a.example/2026/one.html", SAID_YES},
        {"<guid isPermaLink='true'>one.html</guid>", "https://a.example/x/one.html", SAID_YES},
        {"<guid isPermaLink='TRUE'>?p=42</guid>", "https://a.example/x/feed?p=42", SAID_YES},
        {"<guid>42</guid>", NULL, SAID_NO},
        {"<guid isPermaLink='false'>/2026/one.html</guid>", NULL, SAID_NO},
        {"<guid isPermaLink='true'>urn:uuid:42</guid>", NULL, SAID_NO},
        {"<guid isPermaLink='true'>not an address</guid>", NULL, SAID_NO},
        {"<guid isPermaLink='true'>javascript:alert(1)</guid>", NULL, SAID_NO},
    };
    for (size_t i = 0; i < COUNT_OF(examples); i++) {
        char text[400];
        assert_true(snprintf(text, sizeof text,
                             "<rss version='2.0'><channel><item>%s<title>t</title></item></channel></rss>",
                             examples[i].guid) > 0);
        struct page page = read_feed(*state, slice_from(text), "https://a.example/x/feed");
        const struct item *item = &page.items.at[0];
        assert_int_equal(item->id_is_link, examples[i].said);
        if (examples[i].url == NULL) assert_true(slice_is_absent(item->url));
        else expect(item->url, examples[i].url);
    }
}

static void atom_is_read_with_its_types_and_bases(void **state) {
    struct page page = read_feed(
        *state,
        SLICE("<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/x/' xml:lang='en'>"
              "<title type='html'>A &amp;lt;b&amp;gt; &lt;i&gt;c&lt;/i&gt;</title><author><name>Ann</name></author>"
              "<link href='../home'/><entry xml:base='y/'><id>urn:1</id><title>1 &lt; 2</title><link href='p'/>"
              "<link rel='enclosure' href='e.pdf' type='application/pdf'/><updated>2026-03-03T08:30:00+01:00</updated>"
              "<content type='xhtml' xml:lang='fr'><div xmlns='http://www.w3.org/1999/xhtml'>Un <b>deux</b>"
              "<p>Trois <a href='q'>lien</a></p></div></content></entry></feed>"),
        "");
    expect(page.feed.format, "atom10");
    expect(page.feed.title, "A <b> c");
    expect(page.feed.url, "https://a.example/home");
    expect(page.feed.lang, "en");
    const struct item *item = &page.items.at[0];
    expect(item->title, "1 < 2");
    expect(item->url, "https://a.example/x/y/p");
    expect(item->lang, "fr");
    expect(item->text, "Un deux\n\nTrois lien");
    expect(item->authors.at[0].name, "Ann");
    expect(item->enclosures.at[0].url, "https://a.example/x/y/e.pdf");
    expect(item->links.at[2].url, "https://a.example/x/y/q");
    assert_int_equal(item->updated_s, when_from_civil((struct civil){2026, 3, 3, 7, 30, 0}));
}

static void json_feed_is_read(void **state) {
    struct page page = read_feed(
        *state,
        SLICE("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"home_page_url\":\"https://j.example/"
              "\","
              "\"authors\":[{\"name\":\"Ann\"}],\"items\":[{\"id\":7,\"url\":\"https://j.example/7\",\"content_html\":"
              "\"<p>a</p><p>b</p>\",\"date_published\":\"2026-03-03T08:30:00Z\",\"tags\":[\"x\"],\"attachments\":"
              "[{\"url\":\"https://j.example/a.mp3\",\"mime_type\":\"audio/mpeg\",\"size_in_bytes\":9}]},3]}"),
        "");
    expect(page.feed.format, "json11");
    assert_int_equal(page.items.count, 1);
    assert_int_equal(page.skipped, 1);
    expect(page.items.at[0].id, "7");
    expect(page.items.at[0].text, "a\n\nb");
    expect(page.items.at[0].authors.at[0].name, "Ann");
    assert_int_equal(page.items.at[0].enclosures.at[0].length, 9);
}

static void older_formats_are_named_and_read(void **state) {
    static const char *const documents[][2] = {
        {"<rss version='0.91'><channel><item><title>t</title></item></channel></rss>", "rss091"},
        {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
         "<channel/><item rdf:about='https://x.example/1'><title>t</title></item></rdf:RDF>",
         "rss10"},
        {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/><item><title>t</title></item></rdf:RDF>",
         "rss090"},
        {"<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>t</title></entry></feed>", "atom03"},
        {"<CHANNEL HREF='https://c.example/'><ITEM HREF='https://c.example/1'><TITLE>t</TITLE></ITEM></CHANNEL>",
         "cdf"},
    };
    for (size_t i = 0; i < COUNT_OF(documents); i++) {
        struct page page = read_feed(*state, slice_from(documents[i][0]), "");
        expect(page.feed.format, documents[i][1]);
        assert_false(page.feed.repaired);
        assert_int_equal(page.items.count, 1);
        expect(page.items.at[0].title, "t");
    }
}

/* ---- damage ---- */

static void damage_is_mended_and_told(void **state) {
    static const char *const documents[] = {
        "\n\n junk <?xml version='1.0'?><rss version='2.0'><channel><item><title>a & b</title></item></channel></rss>",
        "<rss version='2.0'><channel><item><title>a & b</title></channel></rss>",
        "<rss version='2.0'><channel><item><title>a &amp; b</item></channel></rss>",
        "<rss version=2.0><channel><item><title>a &amp; b</title></item></channel></rss>",
        "<rss version='2.0'><channel><item><title><![CDATA[a & b</title></item></channel></rss>",
        "<rss version='2.0'><channel><item><title>a &amp; b</title><description>cut off in the mid",
        "<rss version='2.0'><channel><item><title>a \x01&amp; b</title></item></channel></rss>",
        "<rss version='2.0'><channel><item><title>a &amp; b</title><dc:x>y</dc:x></item></channel></rss>",
        "<rss version='2.0'><channel><item><title>a &#38;&#1; b</title></item></channel></rss",
    };
    for (size_t i = 0; i < COUNT_OF(documents); i++) {
        struct page page = read_feed(*state, slice_from(documents[i]), "");
        assert_true(page.feed.repaired);
        assert_true(page.feed.problems.count > 0);
        assert_int_equal(page.items.count, 1);
        expect(page.items.at[0].title, "a & b");
    }
}

static void an_unclosed_entry_does_not_swallow_the_next(void **state) {
    struct page page = read_feed(*state,
                                 SLICE("<rss version='2.0'><channel><item><title>one</title><description><p>x<br>y"
                                       "</description><item><title>two</title></item></channel></rss>"),
                                 "");
    assert_int_equal(page.items.count, 2);
    expect(page.items.at[0].text, "x\ny");
    expect(page.items.at[1].title, "two");
}

static void what_is_no_feed_gets_one_clear_line(void **state) {
    static const char *const documents[][2] = {
        {"<!DOCTYPE html><html><body><p>hello", "web page"},
        {"<opml version='2.0'><body/></opml>", "OPML"},
        {"<urlset><url/></urlset>", "<urlset>"},
        {"just words", "no XML"},
        {"  \n ", "empty"},
        {"{\"a\":1}", "not a JSON Feed"},
        {"{\"a\":", "not JSON"},
        {"<!-- only a comment -->", "no XML element"},
    };
    for (size_t i = 0; i < COUNT_OF(documents); i++) {
        struct fault fault = refuse(*state, slice_from(documents[i][0]));
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_non_null(strstr(fault.text, documents[i][1]));
        assert_null(strchr(fault.text, '\n'));
    }
}

/* ---- attacks ---- */

static void no_entity_reaches_a_file_or_grows(void **state) {
    struct page page =
        read_feed(*state,
                  SLICE(
                      "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM "
                      "'file:///etc/passwd'>%p;<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;'><!ENTITY own 'mine'>]>"
                      "<rss version='2.0'><channel><item><title>&x;|&b;|&own;|&a;</title></item></channel></rss>"),
                  "");
    expect(page.items.at[0].title, "&x;|&b;|mine|lol");
}

static void a_billion_laughs_stay_small(void **state) {
    AUTO(buf_free)
    struct buf bomb = buf_new((size_t)8 * 1024 * 1024);
    char kilo[251];
    memset(kilo, 'a', 250);
    kilo[250] = '\0';
    buf_printf(&bomb, "<!DOCTYPE rss [<!ENTITY a '%s'>]><rss version='2.0'><channel><item><description>", kilo);
    for (size_t i = 0; i < 100000; i++) buf_add_text(&bomb, "&a;");
    buf_add_text(&bomb, "</description></item></channel></rss>");
    struct page page = read_feed(*state, buf_slice(&bomb), "");
    assert_true(page.items.at[0].text.len <= LIMIT_FIELD_BYTES);
    assert_true(arena_used_bytes(*state) < (size_t)8 * 1024 * 1024);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void attribute_bombs_are_refused_before_the_parser(void **state) {
    AUTO(buf_free)
    struct buf bomb = buf_new((size_t)8 * 1024 * 1024);
    buf_add_text(&bomb, "<rss version='2.0'><channel><item ");
    for (unsigned i = 0; i < 100000; i++) buf_printf(&bomb, "a%u='' ", i);
    buf_add_text(&bomb, "/></channel></rss>");
    double start = seconds();
    assert_int_equal(refuse(*state, buf_slice(&bomb)).kind, FAULT_LIMIT);
    assert_true(seconds() - start < 1);
}

static void deep_nesting_is_refused(void **state) {
    AUTO(buf_free)
    struct buf bomb = buf_new((size_t)8 * 1024 * 1024);
    buf_add_text(&bomb, "<rss version='2.0'><channel><item><description>");
    for (unsigned i = 0; i < 300; i++) buf_add_text(&bomb, "<b>");
    for (unsigned i = 0; i < 300; i++) buf_add_text(&bomb, "</b>");
    buf_add_text(&bomb, "</description></item></channel></rss>");
    assert_int_equal(refuse(*state, buf_slice(&bomb)).kind, FAULT_LIMIT);
}

static void endless_beginnings_cost_no_more_than_their_length(void **state) {
    static const char *const pieces[] = {"<",  "<a",  "<a ",    "<![CDATA[", "<!--",  "&",
                                         "&#", "<?x", "<a b='", "</a",       "<item>"};
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        AUTO(buf_free)
        struct buf bomb = buf_new((size_t)4 * 1024 * 1024);
        struct feed_hints hints = {0};
        struct fault fault = {0};
        struct page page;
        buf_add_text(&bomb, "<rss version='2.0'><channel>");
        while (bomb.len < (size_t)2 * 1024 * 1024) buf_add_text(&bomb, pieces[i]);
        double start = seconds();
        (void)!feed_parse(buf_slice(&bomb), &hints, *state, &page, &fault);
        if (seconds() - start > 2) print_message("%s\n", pieces[i]);
        assert_true(seconds() - start < 20); /* sanitizers are slow; a square would take hours */
        arena_reset(*state);
    }
}

static void a_million_items_are_cut_short(void **state) {
    AUTO(buf_free)
    struct buf bomb = buf_new((size_t)9 * 1024 * 1024);
    buf_add_text(&bomb, "<rss version='2.0'><channel>");
    for (unsigned i = 0; i < 200000; i++) buf_add_text(&bomb, "<item><title>t</title></item>");
    buf_add_text(&bomb, "</channel></rss>");
    struct page page = read_feed(*state, buf_slice(&bomb), "");
    assert_int_equal(page.items.count, LIMIT_FEED_ITEMS);
    assert_true(page.feed.problems.count == 1);
}

static void addresses_that_a_reader_must_not_follow_are_left_out(void **state) {
    struct page page = read_feed(*state,
                                 SLICE("<rss version='2.0'><channel><item><link>javascript:alert(1)</link>"
                                       "<guid>data:text/html,x</guid><comments>file:///etc/passwd</comments>"
                                       "<description>&lt;a href=' java&#10;script:x'&gt;y&lt;/a&gt;</description>"
                                       "</item></channel></rss>"),
                                 "https://a.example/");
    const struct item *item = &page.items.at[0];
    assert_true(slice_is_absent(item->url));
    assert_true(slice_is_absent(item->comments));
    for (size_t i = 0; i < item->links.count; i++)
        assert_true(slice_starts(item->links.at[i].url, SLICE("https://a.example/")));
}

static void the_same_bytes_give_the_same_page(void **state) {
    struct slice body = SLICE(ATOM "<entry><id>1</id><title>t</title></entry></feed>");
    struct page one = read_feed(*state, body, ""), two = read_feed(*state, body, "");
    assert_int_equal(one.items.count, two.items.count);
    assert_true(slice_equal(one.items.at[0].id, two.items.at[0].id));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_xml_forbids_goes_at_every_place),
        cmocka_unit_test(rss_is_read_with_its_modules),
        cmocka_unit_test(a_guid_is_the_page_where_no_link_is_given),
        cmocka_unit_test(atom_is_read_with_its_types_and_bases),
        cmocka_unit_test(json_feed_is_read),
        cmocka_unit_test(older_formats_are_named_and_read),
        cmocka_unit_test(damage_is_mended_and_told),
        cmocka_unit_test(an_unclosed_entry_does_not_swallow_the_next),
        cmocka_unit_test(what_is_no_feed_gets_one_clear_line),
        cmocka_unit_test(no_entity_reaches_a_file_or_grows),
        cmocka_unit_test(a_billion_laughs_stay_small),
        cmocka_unit_test(attribute_bombs_are_refused_before_the_parser),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(endless_beginnings_cost_no_more_than_their_length),
        cmocka_unit_test(a_million_items_are_cut_short),
        cmocka_unit_test(addresses_that_a_reader_must_not_follow_are_left_out),
        cmocka_unit_test(the_same_bytes_give_the_same_page),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
