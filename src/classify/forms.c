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

/* Where the two spellings differ. A swap that gives no word of either does no harm: it is never met. */
static void add_spelling(struct forms *forms, const char *word) {
    static const char *const tails[][2] = {
        {"ise", "ize"},
        {"ised", "ized"},
        {"ises", "izes"},
        {"ising", "izing"},
        {"iser", "izer"},
        {"isers", "izers"},
        {"isation", "ization"},
        {"isations", "izations"},
        {"yse", "yze"},
        {"ysed", "yzed"},
        {"ysing", "yzing"},
        {"our", "or"},
        {"ours", "ors"},
        {"oural", "oral"},
        {"oured", "ored"},
        {"ouring", "oring"},
        {"ourful", "orful"},
        {"ourable", "orable"},
        {"ourite", "orite"},
        {"centre", "center"},
        {"centred", "centered"},
        {"metre", "meter"},
        {"theatre", "theater"},
        {"litre", "liter"},
        {"elling", "eling"},
        {"elled", "eled"},
        {"ellor", "elor"},
        {"ellors", "elors"},
        {"alling", "aling"},
        {"alled", "aled"},
        {"programme", "program"},
        {"programmes", "programs"},
        {"judgement", "judgment"},
        {"practise", "practice"},
        {"practised", "practiced"},
        {"practising", "practicing"},
        {"licence", "license"},
        {"defence", "defense"},
        {"ogue", "og"},
        {"ogues", "ogs"},
        {"fulfil", "fulfill"},
        {"enrolment", "enrollment"},
        {"maths", "math"},
        {"grey", "gray"},
        {"kerb", "curb"},
        {"kinaesthetic", "kinesthetic"},
    };
    size_t len = strlen(word);
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
        for (int way = 0; way < 2; way++) {
            const char *from = tails[i][way], *to = tails[i][1 - way];
            size_t from_len = strlen(from);
            if (from_len > len || from[from_len - 1] != word[len - 1]) continue;
            bool whole = from_len >= 4 || len >= from_len + 3;
            if (whole && ends(word, from)) add_with_tail(forms, word, from_len, to);
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
