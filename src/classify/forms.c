#include "classify/forms.h"

#include <string.h>

#include "base/attr.h"

/* `word` with its tail of `cut` bytes replaced. */
static void add_with_tail(struct forms *forms, struct slice word, size_t cut, struct slice tail) {
    size_t kept = word.len - cut, len = kept + tail.len;
    if (forms->count == FORMS_MOST || len >= FORM_BYTES) return;
    char *bytes = forms->bytes[forms->count];
    memcpy(bytes, word.at, kept);
    memcpy(bytes + kept, tail.at, tail.len);
    for (size_t i = 0; i < forms->count; i++)
        if (forms->at[i].len == len && memcmp(forms->at[i].at, bytes, len) == 0) return;
    forms->at[forms->count++] = slice_of(bytes, len);
}

static bool is_vowel(char c) {
    return c != '\0' && strchr("aeiou", c) != NULL;
}

static bool is_hissed(char before, char last) {
    return last == 's' || last == 'x' || last == 'z' || (last == 'h' && (before == 'c' || before == 's'));
}

static void add_plural(struct forms *forms, struct slice word) {
    char last = word.at[word.len - 1], before = word.len < 2 ? '\0' : word.at[word.len - 2];
    bool number = last >= '0' && last <= '9'; /* a class: "my Year 8s" */
    if (word.len < 2 && !number) return;
    if (last == 'z' && slice_ends(word, SLICE("quiz"))) add_with_tail(forms, word, 0, SLICE("zes"));
    else if (last == 'y' && !is_vowel(before)) add_with_tail(forms, word, 1, SLICE("ies"));
    else if (is_hissed(before, last)) add_with_tail(forms, word, 0, SLICE("es"));
    else add_with_tail(forms, word, 0, SLICE("s"));
}

static void add_singular(struct forms *forms, struct slice word) {
    if (word.len < 4 || word.at[word.len - 1] != 's' || strchr("sui", word.at[word.len - 2]) != NULL) return;
    bool es = word.at[word.len - 2] == 'e';
    if (es && slice_ends(word, SLICE("quizzes"))) add_with_tail(forms, word, 3, SLICE(""));
    else if (es && slice_ends(word, SLICE("ies")) && word.len > 4) add_with_tail(forms, word, 3, SLICE("y"));
    else if (es && (slice_ends(word, SLICE("sses")) || slice_ends(word, SLICE("xes")) ||
                    slice_ends(word, SLICE("ches")) || slice_ends(word, SLICE("shes"))))
        add_with_tail(forms, word, 2, SLICE(""));
    else add_with_tail(forms, word, 1, SLICE(""));
}

/* Where the two spellings differ. A swap that gives no word of either does no harm: it is never met. */
struct swap {
    struct slice from, to;
};
#define SWAP(a, b)                                                                                                     \
    {                                                                                                                  \
        {a, sizeof(a) - 1}, {                                                                                          \
            b, sizeof(b) - 1                                                                                           \
        }                                                                                                              \
    }
#define BOTH(a, b) SWAP(a, b), SWAP(b, a)

/* By their last letter, so that a word is compared with few of them. Each has two at least. */
static const struct swap
    ends_d[] = {BOTH("ised", "ized"),          BOTH("ysed", "yzed"),  BOTH("oured", "ored"),
                BOTH("centred", "centered"),   BOTH("elled", "eled"), BOTH("alled", "aled"),
                BOTH("practised", "practiced")},
    ends_e[] = {BOTH("ise", "ize"),         BOTH("yse", "yze"),           BOTH("ourable", "orable"),
                BOTH("ourite", "orite"),    BOTH("practise", "practice"), BOTH("licence", "license"),
                BOTH("defence", "defense"), SWAP("centre", "center"),     SWAP("metre", "meter"),
                SWAP("theatre", "theater"), SWAP("litre", "liter"),       SWAP("programme", "program"),
                SWAP("ogue", "og")},
    ends_g[] = {BOTH("ising", "izing"),  BOTH("ysing", "yzing"),  BOTH("ouring", "oring"),
                BOTH("elling", "eling"), BOTH("alling", "aling"), BOTH("practising", "practicing"),
                SWAP("og", "ogue")},
    ends_l[] = {BOTH("oural", "oral"), BOTH("ourful", "orful"), BOTH("fulfil", "fulfill")},
    ends_n[] = {BOTH("isation", "ization")},
    ends_r[] = {BOTH("iser", "izer"),   BOTH("our", "or"),          BOTH("ellor", "elor"), SWAP("center", "centre"),
                SWAP("meter", "metre"), SWAP("theater", "theatre"), SWAP("liter", "litre")},
    ends_s[] = {BOTH("ises", "izes"), BOTH("isers", "izers"),  BOTH("isations", "izations"),
                BOTH("ours", "ors"),  BOTH("ellors", "elors"), BOTH("programmes", "programs"),
                BOTH("ogues", "ogs"), SWAP("maths", "math")},
    ends_other[] = {BOTH("judgement", "judgment"), BOTH("enrolment", "enrollment"),     BOTH("grey", "gray"),
                    BOTH("kerb", "curb"),          BOTH("kinaesthetic", "kinesthetic"), SWAP("program", "programme"),
                    SWAP("math", "maths")};

static const struct swap *swaps_of(char last, size_t *count) {
    switch (last) {
        case 'd': *count = COUNT_OF(ends_d); return ends_d;
        case 'e': *count = COUNT_OF(ends_e); return ends_e;
        case 'g': *count = COUNT_OF(ends_g); return ends_g;
        case 'l': *count = COUNT_OF(ends_l); return ends_l;
        case 'n': *count = COUNT_OF(ends_n); return ends_n;
        case 'r': *count = COUNT_OF(ends_r); return ends_r;
        case 's': *count = COUNT_OF(ends_s); return ends_s;
        default: *count = COUNT_OF(ends_other); return ends_other;
    }
}

static void add_spelling(struct forms *forms, struct slice word) {
    size_t count;
    const struct swap *swaps = swaps_of(word.at[word.len - 1], &count);
    char before = word.len < 2 ? '\0' : word.at[word.len - 2];
    for (size_t i = 0; i < count; i++) {
        if (swaps[i].from.at[swaps[i].from.len - 2] != before) continue;
        bool whole = swaps[i].from.len >= 4 || word.len >= swaps[i].from.len + 3;
        if (whole && slice_ends(word, swaps[i].from)) add_with_tail(forms, word, swaps[i].from.len, swaps[i].to);
    }
}

void forms_of(struct slice word, struct forms *out) {
    out->count = 0;
    if (word.len == 0 || word.len > FORM_BYTES - 8) return;
    add_with_tail(out, word, 0, SLICE(""));
    add_plural(out, word);
    add_singular(out, word);
    size_t number = out->count;
    for (size_t i = 0; i < number; i++) add_spelling(out, out->at[i]);
}
