#include "classify/forms.h"

#include <stdio.h>
#include <string.h>

static void add(struct forms *forms, const char *text) {
    for (size_t i = 0; i < forms->count; i++)
        if (strcmp(forms->at[i], text) == 0) return;
    if (forms->count == FORMS_MOST || strlen(text) >= FORM_BYTES) return;
    memcpy(forms->at[forms->count++], text, strlen(text) + 1);
}

static bool ends(const char *word, const char *tail) {
    size_t len = strlen(word), tail_len = strlen(tail);
    return len >= tail_len && strcmp(word + len - tail_len, tail) == 0;
}

/* `word` with its tail of `cut` bytes replaced. */
static void add_with_tail(struct forms *forms, const char *word, size_t cut, const char *tail) {
    char text[FORM_BYTES * 2];
    int written = snprintf(text, sizeof text, "%.*s%s", (int)(strlen(word) - cut), word, tail);
    if (written > 0 && written < (int)FORM_BYTES) add(forms, text);
}

static bool is_vowel(char c) {
    return c != '\0' && strchr("aeiou", c) != NULL;
}

static void add_plural(struct forms *forms, const char *word) {
    size_t len = strlen(word);
    bool number = len > 0 && word[len - 1] >= '0' && word[len - 1] <= '9'; /* a class: "my Year 8s" */
    if (len < 2 && !number) return;
    if (number) add_with_tail(forms, word, 0, "s");
    else if (ends(word, "quiz")) add_with_tail(forms, word, 0, "zes");
    else if (word[len - 1] == 'y' && !is_vowel(word[len - 2])) add_with_tail(forms, word, 1, "ies");
    else if (ends(word, "s") || ends(word, "x") || ends(word, "z") || ends(word, "ch") || ends(word, "sh"))
        add_with_tail(forms, word, 0, "es");
    else add_with_tail(forms, word, 0, "s");
}

static void add_singular(struct forms *forms, const char *word) {
    size_t len = strlen(word);
    if (len < 4 || !ends(word, "s") || ends(word, "ss") || ends(word, "us") || ends(word, "is")) return;
    if (ends(word, "quizzes")) add_with_tail(forms, word, 3, "");
    else if (ends(word, "ies") && len > 4) add_with_tail(forms, word, 3, "y");
    else if (ends(word, "sses") || ends(word, "xes") || ends(word, "ches") || ends(word, "shes"))
        add_with_tail(forms, word, 2, "");
    else add_with_tail(forms, word, 1, "");
}

struct tail {
    const char *text;
    size_t len;
};
#define TAIL(text)                                                                                                     \
    { text, sizeof(text) - 1 }

/* Where the two spellings differ. A swap that gives no word of either does no harm: it is never met. */
static void add_spelling(struct forms *forms, const char *word) {
    static const struct tail tails[][2] = {
        {TAIL("ise"), TAIL("ize")},
        {TAIL("ised"), TAIL("ized")},
        {TAIL("ises"), TAIL("izes")},
        {TAIL("ising"), TAIL("izing")},
        {TAIL("iser"), TAIL("izer")},
        {TAIL("isers"), TAIL("izers")},
        {TAIL("isation"), TAIL("ization")},
        {TAIL("isations"), TAIL("izations")},
        {TAIL("yse"), TAIL("yze")},
        {TAIL("ysed"), TAIL("yzed")},
        {TAIL("ysing"), TAIL("yzing")},
        {TAIL("our"), TAIL("or")},
        {TAIL("ours"), TAIL("ors")},
        {TAIL("oural"), TAIL("oral")},
        {TAIL("oured"), TAIL("ored")},
        {TAIL("ouring"), TAIL("oring")},
        {TAIL("ourful"), TAIL("orful")},
        {TAIL("ourable"), TAIL("orable")},
        {TAIL("ourite"), TAIL("orite")},
        {TAIL("centre"), TAIL("center")},
        {TAIL("centred"), TAIL("centered")},
        {TAIL("metre"), TAIL("meter")},
        {TAIL("theatre"), TAIL("theater")},
        {TAIL("litre"), TAIL("liter")},
        {TAIL("elling"), TAIL("eling")},
        {TAIL("elled"), TAIL("eled")},
        {TAIL("ellor"), TAIL("elor")},
        {TAIL("ellors"), TAIL("elors")},
        {TAIL("alling"), TAIL("aling")},
        {TAIL("alled"), TAIL("aled")},
        {TAIL("programme"), TAIL("program")},
        {TAIL("programmes"), TAIL("programs")},
        {TAIL("judgement"), TAIL("judgment")},
        {TAIL("practise"), TAIL("practice")},
        {TAIL("practised"), TAIL("practiced")},
        {TAIL("practising"), TAIL("practicing")},
        {TAIL("licence"), TAIL("license")},
        {TAIL("defence"), TAIL("defense")},
        {TAIL("ogue"), TAIL("og")},
        {TAIL("ogues"), TAIL("ogs")},
        {TAIL("fulfil"), TAIL("fulfill")},
        {TAIL("enrolment"), TAIL("enrollment")},
        {TAIL("maths"), TAIL("math")},
        {TAIL("grey"), TAIL("gray")},
        {TAIL("kerb"), TAIL("curb")},
        {TAIL("kinaesthetic"), TAIL("kinesthetic")},
    };
    size_t len = strlen(word);
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
        for (int way = 0; way < 2; way++) {
            const struct tail *from = &tails[i][way], *to = &tails[i][1 - way];
            if (from->len > len || from->text[from->len - 1] != word[len - 1]) continue;
            bool whole = from->len >= 4 || len >= from->len + 3;
            if (whole && memcmp(word + len - from->len, from->text, from->len) == 0)
                add_with_tail(forms, word, from->len, to->text);
        }
}

void forms_of(struct slice word, struct forms *out) {
    char text[FORM_BYTES];
    out->count = 0;
    if (word.len == 0 || word.len > FORM_BYTES - 8) return;
    memcpy(text, word.at, word.len);
    text[word.len] = '\0';
    add(out, text);
    add_plural(out, text);
    add_singular(out, text);
    size_t number = out->count;
    for (size_t i = 0; i < number; i++) {
        char form[FORM_BYTES];
        memcpy(form, out->at[i], sizeof form);
        add_spelling(out, form);
    }
}
