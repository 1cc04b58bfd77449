#include "parse/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/utf8.h"

struct example {
    struct slice bytes, content_type;
    const char *name, *text;
    bool contradicted;
};

static void check(const struct example *examples, size_t count, enum charset_syntax syntax) {
    for (size_t i = 0; i < count; i++) {
        AUTO(buf_free)
        struct buf scratch = buf_new((size_t)1024 * 1024);
        struct charset_result result;
        struct fault fault = {0};
        assert_true(charset_decode(examples[i].bytes, examples[i].content_type, syntax, &scratch, &result, &fault));
        assert_string_equal(result.name, examples[i].name);
        assert_true(utf8_is_valid(result.text));
        if (!slice_equal(result.text, slice_from(examples[i].text))) print_message("%.*s\n", SLICE_ARGS(result.text));
        assert_true(slice_equal(result.text, slice_from(examples[i].text)));
        assert_int_equal(result.contradicted, examples[i].contradicted);
        assert_int_equal(result.problem != NULL, examples[i].contradicted);
    }
}

#define BYTES(literal)                                                                                                 \
    { literal, sizeof(literal) - 1 }
#define NONE                                                                                                           \
    { NULL, 0 }

static void evidence_is_weighed_in_order(void **state) {
    (void)state;
    static const struct example examples[] = {
        {BYTES("<a>\xC3\xA9</a>"), NONE, "utf-8", "<a>é</a>", false},
        {BYTES("\xEF\xBB\xBF<a>\xC3\xA9</a>"), BYTES("text/xml; charset=iso-8859-1"), "utf-8", "<a>é</a>", false},
        {BYTES("<a>\xE9</a>"), BYTES("text/xml; charset=\"ISO-8859-1\""), "iso-8859-1", "<a>é</a>", false},
        {BYTES("<a>\x93\xE9\x94</a>"), BYTES("text/xml; charset=latin1"), "windows-1252", "<a>“é”</a>", false},
        {BYTES("<a>\xC3\xA9</a>"), BYTES("text/xml; charset=iso-8859-1"), "utf-8", "<a>é</a>", true},
        {BYTES("<?xml version='1.0' encoding='windows-1251'?><a>\xC4\xE0</a>"), NONE, "windows-1251",
         "<?xml version='1.0' encoding='windows-1251'?><a>Да</a>", false},
        {BYTES("<?xml version='1.0' encoding='no-such'?><a>\xE9</a>"), NONE, "windows-1252",
         "<?xml version='1.0' encoding='no-such'?><a>é</a>", true},
        {BYTES("<a>\xE9t\xE9</a>"), NONE, "windows-1252", "<a>été</a>", true},
        {BYTES("<a>x</a>"), BYTES("text/xml"), "us-ascii", "<a>x</a>", false},
        {BYTES("<a>x</a>"), BYTES("application/rss+xml"), "utf-8", "<a>x</a>", false},
        {BYTES("<a>x</a>"), BYTES("application/rss+xml;charset=gb2312"), "gb18030", "<a>x</a>", false},
    };
    check(examples, COUNT_OF(examples), CHARSET_XML);
}

/* The first and the last of a kind: letters beyond the official set, signs that older tables gave another shape. What
 * breaks off in the middle costs no more than itself. */
static void big5_is_read_as_the_web_reads_it(void **state) {
    (void)state;
    static const struct example examples[] = {
        {BYTES("<a>\xA4\xA4\xA4\xE5</a>"), BYTES("text/xml; charset=big5"), "big5", "<a>中文</a>", false},
        {BYTES("<a>\x8E\x69\xFE\xDD\xA4\xA4\xF9\xD6\xC6\xE7</a>"), BYTES("text/xml; charset=big5"), "big5",
         "<a>箸砉中碁ぁ</a>", false},
        {BYTES("<a>\xA1\x45\xA2\xCC\xA1\xE3\xA2\x46\xA3\xC0\xA3\xDF\xA3\xE0\xA3\xE1</a>"),
         BYTES("text/xml; charset=big5-hkscs"), "big5-hkscs", "<a>‧十～￠␀␟␡€</a>", false},
        {BYTES("<a>\x88\x62\x88\x66</a>"), BYTES("text/xml; charset=big5"), "big5", "<a>\xC3\x8A\xCC\x84\xC3\x8A</a>",
         false},
        {BYTES("<a>\xA4\xA4\xA4</a>"), BYTES("text/xml; charset=big5"), "big5", "<a>中\xEF\xBF\xBD</a>", true},
        {BYTES("<a>\x8E\x69\xA4"), BYTES("text/xml; charset=big5"), "big5", "<a>箸\xEF\xBF\xBD", true},
    };
    check(examples, COUNT_OF(examples), CHARSET_XML);
}

static void rare_encodings_are_read_where_they_are_declared(void **state) {
    (void)state;
    static const struct example examples[] = {
        {BYTES("<\?xml version='1.0' encoding='utf-7'\?><a>1 plus 1 +AOkENtg93gA</a>"), NONE, "utf-7",
         "<\?xml version='1.0' encoding='utf-7'\?><a>1 plus 1 \303\251\320\266\360\237\230\200</a>", false},
        {BYTES("<a>1 +- 1 +AOk-t+AOk, +2D3eAA</a>"), BYTES("text/xml; charset=UTF-7"), "utf-7",
         "<a>1 + 1 \303\251t\303\251, \360\237\230\200</a>", false},
        {BYTES("<a>+2D0- +3gA- +AO \303</a>"), BYTES("text/xml; charset=UTF-7"), "utf-7",
         "<a>\357\277\275 \357\277\275 \357\277\275 \357\277\275</a>", true},
        {BYTES("<\?xml version='1.0' encoding='hz-gb-2312'\?><a>~~ ~{VPND~} ~~</a>"), NONE, "hz",
         "<\?xml version='1.0' encoding='hz-gb-2312'\?><a>~ \344\270\255\346\226\207 ~</a>", false},
        {BYTES("<a>~{VP\n</a>~~\n~\nx"), BYTES("text/xml; charset=hz"), "hz", "<a>\344\270\255\n</a>~\nx", false},
        {BYTES("<\?xml version='1.0' encoding='mac_greek'\?><a>\341\354</a>"), NONE, "mac-greek",
         "<\?xml version='1.0' encoding='mac_greek'\?><a>\316\261\316\273</a>", false},
        {BYTES("<\?xml version='1.0' encoding='cp720'\?><a>\202\237</a>"), NONE, "cp720",
         "<\?xml version='1.0' encoding='cp720'\?><a>\303\251\330\247</a>", false},
        {BYTES("Lo\247\224\223@\245\205\231\242\211\226\225~}\361K\360}@\205\225\203\226\204\211\225\207~}"
               "\205\202\203\204\211\203`\203\227`\244\242}onL\201nQZLa\201n"),
         NONE, "ebcdic-cp-us", "<\?xml version='1.0' encoding='ebcdic-cp-us'\?><a>\303\251!</a>", false},
        {BYTES("Lo\247\224\223@\245\205\231\242\211\226\225~}\361K\360}@\205\225\203\226\204\211\225\207~}"
               "\211\202\224\365\360\360}onL\201nQOLa\201n"),
         NONE, "ibm500", "<\?xml version='1.0' encoding='ibm500'\?><a>\303\251!</a>", false},
        {BYTES("Lo\247\224\223@\245\205\231\242\211\226\225~}\361K\360}@\205\225\203\226\204\211\225\207~}"
               "\203\227\361\360\362\366}onL\201nQ\340La\201n"),
         NONE, "cp1026", "<\?xml version='1.0' encoding='cp1026'\?><a>\303\251\303\274</a>", false},
        {BYTES("Lo\247\224\223@\245\205\231\242\211\226\225~}\361K\360}@\205\225\203\226\204\211\225\207~}"
               "\203\227\362\367\363}onL\201nQ\320La\201n"),
         NONE, "cp273", "<\?xml version='1.0' encoding='cp273'\?><a>\303\251\303\274</a>", false},
    };
    check(examples, COUNT_OF(examples), CHARSET_XML);
}

static void a_page_is_not_believed_to_be_in_seven_bits(void **state) {
    (void)state;
    static const struct example examples[] = {
        {BYTES("<meta charset=utf-7>+ADw-script+AD4-"), NONE, "utf-8", "<meta charset=utf-7>+ADw-script+AD4-", true},
        {BYTES("<meta charset=hz>~{VP~}"), NONE, "utf-8", "<meta charset=hz>~{VP~}", true},
    };
    check(examples, COUNT_OF(examples), CHARSET_HTML);
}

static void wide_encodings_are_seen_by_their_shape(void **state) {
    (void)state;
    static const struct example examples[] = {
        {BYTES("\xFF\xFE<\0a\0/\0>\0"), NONE, "utf-16le", "<a/>", false},
        {BYTES("\0<\0a\0/\0>"), NONE, "utf-16be", "<a/>", false},
        {BYTES("\0\0\xFE\xFF\0\0\0<\0\0\0a"), NONE, "utf-32be", "<a", false},
        {BYTES("<\0\0\0a\0\0\0"), NONE, "utf-32le", "<a", false},
        {BYTES("\xFE\xFF\0<\xD8\x3D\xDE\0"), NONE, "utf-16be", "<😀", false},
        {BYTES("\xFE\xFF\0<\xD8\x3D\0x\0"), NONE, "utf-16be", "<\xEF\xBF\xBDx", true},
    };
    check(examples, COUNT_OF(examples), CHARSET_XML);
}

static void broken_utf8_is_repaired_where_most_of_it_holds(void **state) {
    (void)state;
    static const struct example examples[] = {
        {BYTES("ééééé\xE9 é"), NONE, "utf-8", "ééééé\xEF\xBF\xBD é", true},
        {BYTES("ééééééééé\xC0\xAF"), NONE, "utf-8", "ééééééééé\xEF\xBF\xBD\xEF\xBF\xBD", true},
    };
    check(examples, COUNT_OF(examples), CHARSET_TEXT);
}

static void a_page_may_declare_it_in_a_meta_element(void **state) {
    (void)state;
    static const struct example examples[] = {
        {BYTES("<meta charset=koi8-r>\xC4\xC1"), NONE, "koi8-r", "<meta charset=koi8-r>да", false},
        {BYTES("<meta http-equiv='Content-Type' content='text/html; charset=shift_jis'>\x82\xA0"), NONE, "shift_jis",
         "<meta http-equiv='Content-Type' content='text/html; charset=shift_jis'>あ", false},
    };
    check(examples, COUNT_OF(examples), CHARSET_HTML);
}

static void what_nobody_declared_is_guessed_by_its_shape(void **state) {
    (void)state;
    static const struct example examples[] = {
        {BYTES("\xF0\xD2\xC9\xD7\xC5\xD4 \xD7\xD3\xC5\xCD"), NONE, "koi8-r", "Привет всем", true},
        {BYTES("\xCF\xF0\xE8\xE2\xE5\xF2 \xE2\xF1\xE5\xEC"), NONE, "windows-1251", "Привет всем", true},
        {BYTES("\xA4\xB3\xA4\xF3\xA4\xCB\xA4\xC1\xA4\xCF"), NONE, "euc-jp", "こんにちは", true},
        {BYTES("\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD"), NONE, "shift_jis", "こんにちは", true},
    };
    check(examples, COUNT_OF(examples), CHARSET_TEXT);
}

static void a_text_larger_than_its_room_is_a_limit(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf scratch = buf_new(64);
    struct charset_result result;
    struct fault fault = {0};
    char bytes[100];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)0xE9;
    assert_false(charset_decode(slice_of(bytes, sizeof bytes), SLICE("text/html; charset=latin1"), CHARSET_TEXT,
                                &scratch, &result, &fault));
    assert_int_equal(fault.kind, FAULT_LIMIT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evidence_is_weighed_in_order),
        cmocka_unit_test(big5_is_read_as_the_web_reads_it),
        cmocka_unit_test(rare_encodings_are_read_where_they_are_declared),
        cmocka_unit_test(a_page_is_not_believed_to_be_in_seven_bits),
        cmocka_unit_test(wide_encodings_are_seen_by_their_shape),
        cmocka_unit_test(broken_utf8_is_repaired_where_most_of_it_holds),
        cmocka_unit_test(a_page_may_declare_it_in_a_meta_element),
        cmocka_unit_test(what_nobody_declared_is_guessed_by_its_shape),
        cmocka_unit_test(a_text_larger_than_its_room_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
