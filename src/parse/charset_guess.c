#include "parse/charset_guess.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"

#define LOOKED_AT ((size_t)64 * 1024)

typedef unsigned char byte;

static bool within(byte c, byte low, byte high) {
    return c >= low && c <= high;
}

/* One way of cutting bytes into characters: `pair` says whether two bytes are one, `usual` whether it is one of those
 * that running text mostly consists of. */
struct double_byte {
    const char *name;
    bool (*pair)(byte lead, byte trail);
    bool (*usual)(byte lead, byte trail);
    unsigned usual_percent; /* at least so many of the pairs are usual in real text */
    bool half_width;        /* A1..DF stand alone */
};

static bool euc_pair(byte lead, byte trail) {
    return within(lead, 0xA1, 0xFE) && within(trail, 0xA1, 0xFE);
}

static bool euc_jp_usual(byte lead, byte trail) {
    (void)trail;
    return lead == 0xA4 || lead == 0xA5;
}

static bool euc_kr_usual(byte lead, byte trail) {
    (void)trail;
    return within(lead, 0xB0, 0xC8);
}

static bool gb_usual(byte lead, byte trail) {
    (void)trail;
    return within(lead, 0xB0, 0xD7) || lead == 0xA3 || lead == 0xA1;
}

static bool big5_pair(byte lead, byte trail) {
    return within(lead, 0xA1, 0xF9) && (within(trail, 0x40, 0x7E) || within(trail, 0xA1, 0xFE));
}

static bool big5_usual(byte lead, byte trail) {
    (void)trail;
    return within(lead, 0xA4, 0xC6) || lead == 0xA1;
}

static bool sjis_pair(byte lead, byte trail) {
    return (within(lead, 0x81, 0x9F) || within(lead, 0xE0, 0xFC)) && within(trail, 0x40, 0xFC) && trail != 0x7F;
}

static bool sjis_usual(byte lead, byte trail) {
    return (lead == 0x82 && trail >= 0x9F) || lead == 0x83 || lead == 0x81;
}

/* In the order of asking: the most particular first. */
static const struct double_byte double_bytes[] = {
    {"euc-jp", euc_pair, euc_jp_usual, 25, false}, {"shift_jis", sjis_pair, sjis_usual, 25, true},
    {"euc-kr", euc_pair, euc_kr_usual, 85, false}, {"gb2312", euc_pair, gb_usual, 75, false},
    {"big5", big5_pair, big5_usual, 70, false},
};

static bool fits(const struct double_byte *way, struct slice s) {
    size_t pairs = 0, usual = 0, broken = 0;
    for (size_t i = 0; i < s.len; i++) {
        byte c = (byte)s.at[i], next = i + 1 < s.len ? (byte)s.at[i + 1] : 0;
        if (c < 0x80) continue;
        if (way->half_width && within(c, 0xA1, 0xDF)) continue;
        if (!way->pair(c, next)) {
            broken++;
            continue;
        }
        pairs++;
        if (way->usual(c, next)) usual++;
        i++;
    }
    return pairs >= 2 && broken * 50 <= pairs && usual * 100 >= pairs * way->usual_percent;
}

/* Letters of alphabets in the upper half: how many fall where. */
struct letters {
    size_t high;    /* bytes of the upper half */
    size_t in_runs; /* of them next to another: whole words, not single accented letters */
    size_t c0_df, e0_ff, fb_ff, dc_df, a1_cf, d0_e9;
};

static struct letters count_letters(struct slice s) {
    struct letters n = {0};
    for (size_t i = 0; i < s.len; i++) {
        byte c = (byte)s.at[i];
        if (c < 0x80) continue;
        n.high++;
        if ((i > 0 && (byte)s.at[i - 1] >= 0x80) || (i + 1 < s.len && (byte)s.at[i + 1] >= 0x80)) n.in_runs++;
        n.c0_df += within(c, 0xC0, 0xDF);
        n.e0_ff += c >= 0xE0;
        n.fb_ff += c >= 0xFB;
        n.dc_df += within(c, 0xDC, 0xDF);
        n.a1_cf += within(c, 0xA1, 0xCF);
        n.d0_e9 += within(c, 0xD0, 0xE9);
    }
    return n;
}

static const char *alphabet(struct slice s) {
    struct letters n = count_letters(s);
    if (n.high < 6 || n.in_runs * 100 < n.high * 85) return "windows-1252";
    if (n.a1_cf * 100 > n.high * 40 && n.d0_e9 * 100 > n.high * 25) return "tis-620";
    if ((n.c0_df + n.e0_ff) * 100 < n.high * 80) return "windows-1252";
    if (n.c0_df * 100 > n.high * 60) return "koi8-r";
    if (n.dc_df * 100 > n.high * 4 && n.dc_df * 2 > n.c0_df) return "windows-1253";
    if (n.fb_ff * 200 < n.high && n.c0_df * 50 < n.high) return "windows-1255";
    return "windows-1251";
}

const char *charset_guess(struct slice bytes) {
    struct slice s = slice_part(bytes, 0, LOOKED_AT);
    size_t high = 0, low_half = 0;
    for (size_t i = 0; i < s.len; i++) {
        high += (byte)s.at[i] >= 0x80;
        low_half += within((byte)s.at[i], 0x80, 0xBF);
    }
    if (high < 4) return "windows-1252";
    /* Letters of an alphabet sit in the last two rows; no text of thousands of characters leaves the others empty. */
    if (low_half * 100 < high * 8) return alphabet(s);
    for (size_t i = 0; i < COUNT_OF(double_bytes); i++)
        if (fits(&double_bytes[i], s)) return double_bytes[i].name;
    return alphabet(s);
}
