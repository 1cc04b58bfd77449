#include "classify/fold.h"

#include <string.h>
#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/mem.h"
#include "base/utf8.h"

void fold_free(struct fold *fold) {
    buf_free(&fold->text);
    mem_free(fold->steps);
    *fold = (struct fold){0};
}

static bool add_step(struct fold *fold, size_t original) {
    uint32_t at = (uint32_t)fold->text.len;
    if (fold->step_count > 0) {
        const struct fold_step *last = &fold->steps[fold->step_count - 1];
        if (original - last->original == at - last->folded) return true;
    }
    if (fold->step_count == fold->step_capacity) {
        size_t wider = fold->step_capacity == 0 ? 64 : fold->step_capacity * 2;
        struct fold_step *more = mem_resize(fold->steps, wider, sizeof *more);
        if (more == NULL) return false;
        fold->steps = more;
        fold->step_capacity = wider;
    }
    fold->steps[fold->step_count++] = (struct fold_step){at, (uint32_t)original};
    return true;
}

/* One character that stands for a whole class; NULL = no class. */
static const char *plain_form(uint32_t c) {
    if (c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032 || c == 0x02BC || c == 0x00B4 || c == 0x0060)
        return "'";
    if (c == 0x201C || c == 0x201D || c == 0x201E || c == 0x2033 || c == 0x00AB || c == 0x00BB) return "\"";
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFF0D) return "-";
    if (c == 0x2026) return "...";
    if (c == 0x2022 || c == 0x00B7 || c == 0x25CF || c == 0x25AA || c == 0x2023) return "*";
    if (c == 0x2028 || c == 0x2029 || c == 0x0085) return "\n";
    if (c == 0x00A0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000) return " ";
    return NULL;
}

/* Shows nothing: zero-width characters, soft hyphen, directional marks, variation selectors. */
static bool is_nothing(uint32_t c) {
    return c == 0x00AD || c == 0x034F || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

static void fold_other(struct fold *fold, uint32_t c) {
    utf8proc_int32_t out[32];
    int last = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)c, out, 32,
                                UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE, &last);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    bool symbol = category == UTF8PROC_CATEGORY_SO || category == UTF8PROC_CATEGORY_SK ||
                  category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_CO ||
                  category == UTF8PROC_CATEGORY_CS;
    if (symbol || count < 0 || count > 32) {
        buf_add_char(&fold->text, ' ');
        return;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        char bytes[4];
        size_t len = utf8_encode((uint32_t)out[i], bytes);
        buf_add(&fold->text, slice_of(bytes, len));
    }
}

/* Entities that escape a feed's own unescaping; the length consumed, 0 = none. */
static size_t entity(struct slice text, size_t at, char *out) {
    static const struct {
        const char *name;
        char to;
    } known[] = {{"&amp;", '&'}, {"&quot;", '"'},  {"&#39;", '\''},   {"&apos;", '\''},  {"&nbsp;", ' '}, {"&lt;", '<'},
                 {"&gt;", '>'},  {"&#x27;", '\''}, {"&#8217;", '\''}, {"&rsquo;", '\''}, {"&#160;", ' '}};
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        struct slice name = slice_from(known[i].name);
        if (!slice_starts(slice_part(text, at, text.len), name)) continue;
        *out = known[i].to;
        return name.len;
    }
    return 0;
}

/* One character; returns how many bytes of the original it took. */
static size_t fold_one(struct fold *fold, struct slice text, size_t at) {
    unsigned char byte = (unsigned char)text.at[at];
    if (byte < 0x80) {
        char c = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
        size_t taken = byte == '&' ? entity(text, at, &c) : 0;
        if (byte == '`') c = '\'';
        buf_add_char(&fold->text, c);
        return taken == 0 ? 1 : taken;
    }
    uint32_t code_point;
    size_t len = utf8_decode(text, at, &code_point);
    const char *plain = plain_form(code_point);
    if (plain != NULL) buf_add_text(&fold->text, plain);
    else if (!is_nothing(code_point)) fold_other(fold, code_point);
    return len;
}

static bool is_plain(unsigned char c) {
    return c < 0x80 && c != '&' && c != '`';
}

#ifdef __SSE2__
/* Sixteen bytes to small letters; false when one of them is not plain. */
static bool fold16(const char *from, char *to) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)from);
    __m128i odd = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('`')));
    if (_mm_movemask_epi8(_mm_or_si128(bytes, odd)) != 0) return false;
    __m128i capital =
        _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('A' - 1)), _mm_cmplt_epi8(bytes, _mm_set1_epi8('Z' + 1)));
    _mm_storeu_si128((__m128i *)(void *)to, _mm_or_si128(bytes, _mm_and_si128(capital, _mm_set1_epi8(0x20))));
    return true;
}
#else
static bool fold16(const char *from, char *to) {
    for (int i = 0; i < 16; i++) {
        unsigned char c = (unsigned char)from[i];
        if (!is_plain(c)) return false;
        to[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return true;
}
#endif

/* A run of plain ASCII goes through without a step. */
static size_t ascii_run(struct fold *fold, struct slice text, size_t at, size_t room) {
    size_t most = text.len - at < room ? text.len - at : room, done = 0;
    char *out = buf_room(&fold->text, most + 16);
    if (out == NULL) return at;
    while (done + 16 <= most && fold16(text.at + at + done, out + done)) done += 16;
    for (; done < most && is_plain((unsigned char)text.at[at + done]); done++) {
        unsigned char c = (unsigned char)text.at[at + done];
        out[done] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    buf_grown(&fold->text, done);
    return at + done;
}

bool fold_text(struct fold *fold, struct slice text, size_t ceiling_bytes) {
    fold->text.ceiling_bytes = ceiling_bytes + 64 + FOLD_PADDING_BYTES;
    buf_clear(&fold->text);
    fold->step_count = 0;
    fold->original = text;
    fold->cut = false;
    size_t at = 0;
    while (at < text.len) {
        if (fold->text.len >= ceiling_bytes) {
            fold->cut = true;
            break;
        }
        if (!add_step(fold, at)) return false;
        size_t before = at;
        at = ascii_run(fold, text, at, ceiling_bytes - fold->text.len);
        if (at > before) continue;
        at += fold_one(fold, text, at);
        if (buf_failed(&fold->text)) return false;
    }
    if (fold->cut) {
        size_t len = fold->text.len;
        while (len > 0 && (unsigned char)fold->text.at[len - 1] > ' ') len--;
        if (len > 0) buf_cut(&fold->text, len);
    }
    char *behind = buf_room(&fold->text, FOLD_PADDING_BYTES);
    if (behind != NULL) memset(behind, 0, FOLD_PADDING_BYTES);
    return !buf_failed(&fold->text);
}

uint32_t fold_original(const struct fold *fold, uint32_t at) {
    size_t low = 0, high = fold->step_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (fold->steps[middle].folded <= at) low = middle + 1;
        else high = middle;
    }
    if (low == 0) return at;
    const struct fold_step *step = &fold->steps[low - 1];
    size_t original = step->original + (at - step->folded);
    /* Within a character that folded to several bytes: its beginning. At the very end: the end of the text. */
    size_t next = low < fold->step_count ? fold->steps[low].original : fold->original.len;
    if (original > next) original = next;
    while (original > step->original && original < fold->original.len &&
           ((unsigned char)fold->original.at[original] & 0xC0) == 0x80)
        original--;
    return (uint32_t)original;
}

uint32_t fold_folded(const struct fold *fold, uint32_t original) {
    size_t low = 0, high = fold->step_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (fold->steps[middle].original <= original) low = middle + 1;
        else high = middle;
    }
    if (low == 0) return original;
    size_t at = fold->steps[low - 1].folded + (original - fold->steps[low - 1].original);
    size_t next = low < fold->step_count ? fold->steps[low].folded : fold->text.len;
    return (uint32_t)(at < next ? at : next);
}
