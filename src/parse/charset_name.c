#include "parse/charset_name.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/attr.h"

static void normalise(struct slice label, char out[CHARSET_NAME_BYTES]) {
    out[0] = '\0';
    if (label.len == 0 || label.len > 31) return;
    for (size_t i = 0; i < label.len; i++) {
        char c = label.at[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if (c == '_' || c == ' ') c = '-';
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("-.:+", c) != NULL)) {
            out[0] = '\0';
            return;
        }
        out[i] = c;
        out[i + 1] = '\0';
    }
}

static bool listed(const char *name, const char *const *list) {
    for (; *list != NULL; list++)
        if (strcmp(name, *list) == 0) return true;
    return false;
}

static const char *const utf8_names[] = {
    "utf-8",           "utf8", "u8", "utf", "utf-8n", "unicode-1-1-utf-8", "utf8-ucs4", "utf-8-sig", "cp65001",
    "x-unicode20utf8", NULL};
static const char *const latin_names[] = {
    "iso-8859-1", "iso8859-1",       "iso-8859-1:1987", "latin1", "latin-1", "latin",
    "l1",         "iso-ir-100",      "ibm819",          "cp819",  "8859",    "csisolatin1",
    "iso88591",   "iso-8859-1-1987", "iso-latin-1",     NULL};
static const char *const ascii_names[] = {
    "us-ascii", "ascii",  "646",   "us",      "ansi-x3.4-1968",   "iso646-us",      "ansi-x3.4-1986",
    "iso-ir-6", "ibm367", "cp367", "csascii", "iso-646.irv:1991", "ansi-x3-4-1968", NULL};
static const char *const windows_names[] = {"windows-1252", "cp1252", "1252", "x-cp1252", "windows1252", NULL};
static const char *const wide_names[] = {"utf-16",
                                         "utf16",
                                         "u16",
                                         "utf-16le",
                                         "utf-16be",
                                         "utf-32",
                                         "utf32",
                                         "u32",
                                         "utf-32le",
                                         "utf-32be",
                                         "ucs-2",
                                         "ucs-4",
                                         "csucs4",
                                         "csunicode",
                                         "unicode",
                                         "iso-10646-ucs-2",
                                         "iso-10646-ucs-4",
                                         "ucs2",
                                         "ucs4",
                                         "utf-16-be",
                                         "utf-16-le",
                                         "utf-32-be",
                                         "utf-32-le",
                                         "unicodebigunmarked",
                                         "unicodelittleunmarked",
                                         NULL};
static const char *const utf7_names[] = {"utf-7", "utf7", "u7", "unicode-1-1-utf-7", "csunicode11utf7", NULL};
static const char *const hz_names[] = {"hz", "hz-gb", "hzgb", "hz-gb-2312", "cshzgb2312", NULL};
/* Nothing that a document is written in. */
static const char *const refused_names[] = {"x-user-defined", "replacement", "punycode", "idna", NULL};

/* Names that mean more in practice than they say (WHATWG), or that iconv knows by another. */
static const char *const renamed[][2] = {
    {"shift-jis", "shift_jis"},
    {"sjis", "shift_jis"},
    {"s-jis", "shift_jis"},
    {"csshiftjis", "shift_jis"},
    {"gb2312", "gb18030"},
    {"gb-2312-80", "gb18030"},
    {"csgb2312", "gb18030"},
    {"chinese", "gb18030"},
    {"euc-cn", "gb18030"},
    {"euccn", "gb18030"},
    {"gb2312-80", "gb18030"},
    {"gb2312-1980", "gb18030"},
    {"csiso58gb231280", "gb18030"},
    {"iso-ir-58", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"x-euc-tw", "euc-tw"},
    {"x-sjis", "shift_jis"},
    {"ms-kanji", "shift_jis"},
    {"x-x-big5", "big5"},
    {"hkscs", "big5-hkscs"},
    {"big5hkscs", "big5-hkscs"},
    {"ks-c-5601-1987", "euc-kr"},
    {"korean", "euc-kr"},
    {"ksc5601", "euc-kr"},
    {"ks-c-5601", "euc-kr"},
    {"ksx1001", "euc-kr"},
    {"ks-x-1001", "euc-kr"},
    {"ujis", "euc-jp"},
    {"u-jis", "euc-jp"},
    {"x-euc-jp", "euc-jp"},
    {"dos-874", "windows-874"},
    {"macroman", "macintosh"},
    {"mac-roman", "macintosh"},
    {"x-mac-roman", "macintosh"},
    {"mac", "macintosh"},
    {"maccyrillic", "mac-cyrillic"},
    {"x-mac-cyrillic", "mac-cyrillic"},
    {"mac-latin2", "mac-centraleurope"},
    {"maclatin2", "mac-centraleurope"},
    {"maccentraleurope", "mac-centraleurope"},
    {"mac-iceland", "mac-is"},
    {"ptcp154", "pt154"},
    {"cp154", "pt154"},
    {"cyrillic-asian", "pt154"},
    {"sun-eu-greek", "iso-8859-7"},
    {"logical", "iso-8859-8"},
    {"visual", "iso-8859-8"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"koi8", "koi8-r"},
    {"uhc", "cp949"},
    {"ms949", "cp949"},
    {"windows-949", "cp949"},
    {"ms950", "cp950"},
    {"ms932", "cp932"},
    {"windows-31j", "cp932"},
    {"mskanji", "shift_jis"},
    {"x-cp1250", "windows-1250"},
    {"iso-8859-11", "tis-620"},
    {"thai", "tis-620"},
    {"x-cp1251", "windows-1251"},
    {"latin10", "iso-8859-16"},
    {"r8", "hp-roman8"},
    {"cp1051", "hp-roman8"},
    {"ibm1051", "hp-roman8"},
    {"cp866u", "cp1125"},
    {"ibm1125", "cp1125"},
    {"ruscii", "cp1125"},
    {"cp-is", "cp861"},
    {"csibm861", "cp861"},
    {"ibm039", "cp037"},
    {"ibm858", "cp858"},
    {"csibm858", "cp858"},
    {"csptcp154", "pt154"},
    {"elot-928", "iso-8859-7"},
    {"euc-jis-2004", "euc-jisx0213"},
    {"euc-jis2004", "euc-jisx0213"},
    {"eucjis2004", "euc-jisx0213"},
    {"eucjisx0213", "euc-jisx0213"},
    {"jisx0213", "euc-jisx0213"},
    {"eucgb2312-cn", "gb18030"},
    {"gb18030-2000", "gb18030"},
    {"big5-tw", "big5"},
    {"csbig5", "big5"},
    {"iso-2022-jp-1", "iso-2022-jp-2"},
    {"iso2022-jp-1", "iso-2022-jp-2"},
    {"iso2022jp-1", "iso-2022-jp-2"},
    {"iso-2022-jp-ext", "iso-2022-jp-2"},
    {"iso2022-jp-ext", "iso-2022-jp-2"},
    {"iso2022jp-ext", "iso-2022-jp-2"},
    {"iso2022-jp-3", "iso-2022-jp-3"},
    {"iso2022jp-3", "iso-2022-jp-3"},
    {"iso-2022-jp-2004", "iso-2022-jp-3"},
    {"iso2022-jp-2004", "iso-2022-jp-3"},
    {"iso2022jp-2004", "iso-2022-jp-3"},
    {"kz1048", "rk1048"},
    {"kz-1048", "rk1048"},
    {"mac-centeuro", "mac-centraleurope"},
    {"maciceland", "mac-is"},
    {"ms1361", "johab"},
    {"shift-jis-2004", "shift_jisx0213"},
    {"shiftjis2004", "shift_jisx0213"},
    {"sjis-2004", "shift_jisx0213"},
    {"s-jis-2004", "shift_jisx0213"},
    {"shift-jisx0213", "shift_jisx0213"},
    {"sjisx0213", "shift_jisx0213"},
    {"s-jisx0213", "shift_jisx0213"},
    {"shiftjis", "shift_jis"},
    {"x-mac-japanese", "shift_jis"},
    {"x-mac-korean", "euc-kr"},
    {"x-mac-trad-chinese", "big5"},
    {"x-mac-simp-chinese", "gb18030"},
    {"tis620", "tis-620"},
    {"tis-620-0", "tis-620"},
    {"tis-620-2529-0", "tis-620"},
    {"tis-620-2529-1", "tis-620"},
    {"iso-ir-166", "tis-620"},
    {"maccroatian", "mac-croatian"},
    {"macgreek", "mac-greek"},
    {"macromanian", "mac-romanian"},
    {"macturkish", "mac-turkish"},
};

/* "iso-8859-7:1987" and the like: the year of a standard says nothing of its bytes. */
static void cut_year(char *name) {
    size_t len = strlen(name);
    if (len < 15 || strncmp(name, "iso-8859-", 9) != 0 || strchr(":-", name[len - 5]) == NULL) return;
    for (size_t i = len - 4; i < len; i++)
        if (name[i] < '0' || name[i] > '9') return;
    name[len - 5] = '\0';
}

enum charset_family charset_name_of(struct slice label, char name[CHARSET_NAME_BYTES]) {
    normalise(label, name);
    if (name[0] == '\0' || listed(name, refused_names)) return CHARSET_REFUSED;
    static const struct {
        const char *const *names;
        const char *means;
        enum charset_family family;
    } families[] = {{utf8_names, "utf-8", CHARSET_UTF8},
                    {ascii_names, "us-ascii", CHARSET_ASCII},
                    {latin_names, "iso-8859-1", CHARSET_LATIN1},
                    {windows_names, "windows-1252", CHARSET_WINDOWS_1252},
                    {wide_names, NULL, CHARSET_WIDE},
                    {utf7_names, "utf-7", CHARSET_UTF7},
                    {hz_names, "hz", CHARSET_HZ}};
    for (size_t i = 0; i < COUNT_OF(families); i++) {
        if (!listed(name, families[i].names)) continue;
        if (families[i].means != NULL) (void)snprintf(name, CHARSET_NAME_BYTES, "%s", families[i].means);
        return families[i].family;
    }
    cut_year(name);
    for (size_t i = 0; i < COUNT_OF(renamed); i++) {
        if (strcmp(name, renamed[i][0]) != 0) continue;
        (void)snprintf(name, CHARSET_NAME_BYTES, "%s", renamed[i][1]);
        break;
    }
    return CHARSET_OTHER;
}
