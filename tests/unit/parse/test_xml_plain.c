#include "parse/xml_plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"

/* What an element, its end and text look like when written down. */
static bool on_open(void *user, const struct xml_element *element) {
    struct buf *events = user;
    buf_printf(events, "<%s{%s}%s", element->prefix == NULL ? "" : element->prefix,
               element->space == NULL ? "" : element->space, element->local);
    for (size_t i = 0; i < element->attribute_count; i++) {
        const struct xml_attribute *attribute = &element->attributes[i];
        buf_printf(events, " %s{%s}%s='%.*s'", attribute->prefix == NULL ? "" : attribute->prefix,
                   attribute->space == NULL ? "" : attribute->space, attribute->local, SLICE_ARGS(attribute->value));
    }
    buf_add_char(events, '>');
    return true;
}

static bool on_close(void *user, const char *local) {
    buf_printf(user, "</%s>", local);
    return true;
}

static bool on_text(void *user, struct slice text) {
    buf_add(user, text);
    return true;
}

static void on_restart(void *user) {
    buf_clear(user);
}

static struct xml_handler into(struct buf *events) {
    return (struct xml_handler){events, on_open, on_close, on_text, on_restart};
}

static void check_same(struct slice text) {
    AUTO(buf_free)
    struct buf quick = buf_new(1 << 20);
    AUTO(buf_free)
    struct buf patient = buf_new(1 << 20);
    struct xml_handler handler = into(&quick), other = into(&patient);
    struct xml_outcome outcome;
    struct fault fault = {0};
    struct slice root;
    if (xml_plain_read(text, &handler, NULL, &root) != XML_PLAIN_READ) fail_msg("doubt: %.*s", SLICE_ARGS(text));
    assert_true(xml_read_patiently(text, &other, NULL, &outcome, &fault));
    assert_int_equal(outcome.mending, 0);
    assert_true(slice_equal(outcome.root, root));
    assert_string_equal(buf_text(&quick), buf_text(&patient));
}

static void plain_documents_are_read_as_libxml2_reads_them(void **state) {
    static const char *const texts[] = {
        "<a/>",
        "<?xml version='1.0' encoding='utf-8'?>\r\n<!-- c --><?xml-stylesheet href='x'?>\n<a\n>\r\n</a >\n<!-- d -->\n",
        "<a b='1' c=\"&lt;&amp;&#38;&quot;&apos;&#x41;\" d = 'x\ty\nz' e=''>&gt;&#128512;&#150;</a>",
        "<a>one\r\ntwo<![CDATA[<p>&amp;\r\n]] ]>]]>three ] ]] &amp;amp;<b/></a>",
        "<a><![CDATA[]]></a>",
        "<r xmlns='http://www.w3.org/2005/Atom' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:x dc:y='1' z='2'/>"
        "<n xmlns='' xmlns:dc='https://other.example/'><dc:x/><m/></n><dc:x/><o xml:lang='en' xml:base='/b'/></r>",
        "<a>\xEF\xBC\xA1\xEF\xBB\xBF caf\xC3\xA9 \xF0\x9F\x98\x80 0123456789abcdef0123456789abcdef</a>",
        "<a b='\xEF\xBC\xA1\n&#10;&#9;'><?php echo ?><!-- a-b --></a>"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) check_same(slice_from(texts[i]));
}

static void what_is_not_plain_and_sound_raises_doubt(void **state) {
    const struct slice texts[] = {SLICE(""),
                                  SLICE("words"),
                                  SLICE("<a>"),
                                  SLICE("<a"),
                                  SLICE("<a/"),
                                  SLICE("<a></b>"),
                                  SLICE("</a>"),
                                  SLICE("<a></a><b/>"),
                                  SLICE("<a/>x"),
                                  SLICE("x<a/>"),
                                  SLICE("<a b=1/>"),
                                  SLICE("<a b/>"),
                                  SLICE("<a b='1'c='2'/>"),
                                  SLICE("<a b='1' b='2'/>"),
                                  SLICE("<a b='<'/>"),
                                  SLICE("<a b='1/>"),
                                  SLICE("<a>&nbsp;</a>"),
                                  SLICE("<a>a & b</a>"),
                                  SLICE("<a b='a & b'/>"),
                                  SLICE("<a>&#0;</a>"),
                                  SLICE("<a>&#65</a>"),
                                  SLICE("<a>&#xD800;</a>"),
                                  SLICE("<a>]]></a>"),
                                  SLICE("<a>\r</a>"),
                                  SLICE("<a>\x01</a>"),
                                  SLICE("<a>\0</a>"),
                                  SLICE("<a b='\x01'/>"),
                                  SLICE("<a>\xEF\xBF\xBE</a>"),
                                  SLICE("<a><![CDATA[\xEF\xBF\xBF]]></a>"),
                                  SLICE("<a><![CDATA[\x02]]></a>"),
                                  SLICE("<a><![CDATA[x</a>"),
                                  SLICE("<a><!-- x -- y --></a>"),
                                  SLICE("<a><!-- x</a>"),
                                  SLICE("<a><!--> --></a>"),
                                  SLICE("<a><?xml x?></a>"),
                                  SLICE("<a><? x?></a>"),
                                  SLICE("<a><?x?y?></a>"),
                                  SLICE("<a xmlns='http://&lt;x.example/a'/>"),
                                  SLICE("<!DOCTYPE a><a/>"),
                                  SLICE("<a><!ELEMENT b></a>"),
                                  SLICE("<p:a/>"),
                                  SLICE("<a p:b='1'/>"),
                                  SLICE("<a xmlns='relative'/>"),
                                  SLICE("<a xmlns:p=''/>"),
                                  SLICE("<a xmlns:xml='http://example.com/x'/>"),
                                  SLICE("<a xmlns='http://www.w3.org/2000/xmlns/'/>"),
                                  SLICE(
                                      "<a xmlns:p='http://x.example/a' xmlns:q='http://x.example/a' p:b='1' q:b='2'/>"),
                                  SLICE("<a:b:c xmlns:a='http://x.example/a'/>"),
                                  SLICE("<\xC3\xA9/>"),
                                  SLICE("<a\xC3\xA9/>"),
                                  SLICE("< a/>")};
    AUTO(buf_free)
    struct buf events = buf_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct xml_handler handler = into(&events);
        struct slice root;
        if (xml_plain_read(texts[i], &handler, NULL, &root) != XML_PLAIN_DOUBT) fail_msg("no doubt: %s", texts[i].at);
    }
}

static void more_than_a_plain_document_holds_raises_doubt(void **state) {
    AUTO(buf_free)
    struct buf text = buf_new(1 << 20);
    AUTO(buf_free)
    struct buf events = buf_new(1 << 20);
    struct xml_handler handler = into(&events);
    struct slice root;
    (void)state;
    for (int i = 0; i < 300; i++) buf_add_text(&text, "<a>");
    for (int i = 0; i < 300; i++) buf_add_text(&text, "</a>");
    assert_int_equal(xml_plain_read(buf_slice(&text), &handler, NULL, &root), XML_PLAIN_DOUBT);
    buf_clear(&text);
    buf_add_text(&text, "<a");
    for (int i = 0; i < 40; i++) buf_printf(&text, " b%d='&amp;'", i);
    buf_add_text(&text, "/>");
    assert_int_equal(xml_plain_read(buf_slice(&text), &handler, NULL, &root), XML_PLAIN_DOUBT);
    buf_clear(&text);
    buf_add_text(&text, "<a b='&amp;");
    for (int i = 0; i < 10000; i++) buf_add_char(&text, 'x');
    buf_add_text(&text, "'/>");
    assert_int_equal(xml_plain_read(buf_slice(&text), &handler, NULL, &root), XML_PLAIN_DOUBT);
}

static bool refuse(void *user, struct slice root) {
    (void)user;
    return !slice_equal(root, SLICE("html"));
}

static bool stop_at(void *user, const struct xml_element *element) {
    (void)on_open(user, element);
    return element->local[0] != 's';
}

static void the_reading_stops_where_it_is_told_to(void **state) {
    AUTO(buf_free)
    struct buf events = buf_new(1 << 20);
    struct xml_handler handler = into(&events);
    struct slice root;
    (void)state;
    assert_int_equal(xml_plain_read(SLICE("<html><s/></html>"), &handler, refuse, &root), XML_PLAIN_STOPPED);
    assert_true(slice_equal(root, SLICE("html")));
    assert_int_equal(events.len, 0);
    handler.open = stop_at;
    assert_int_equal(xml_plain_read(SLICE("<a>x<s/>y"), &handler, refuse, &root), XML_PLAIN_STOPPED);
    assert_string_equal(buf_text(&events), "<{}a>x<{}s>");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_documents_are_read_as_libxml2_reads_them),
        cmocka_unit_test(what_is_not_plain_and_sound_raises_doubt),
        cmocka_unit_test(more_than_a_plain_document_holds_raises_doubt),
        cmocka_unit_test(the_reading_stops_where_it_is_told_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
