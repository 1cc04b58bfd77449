#include "verb.h"

#include <string.h>

static const struct verb *const verbs[] = {
#define LIST_VERB(name) &verb_##name,
    VERBS(LIST_VERB)
#undef LIST_VERB
        NULL};

static const struct flag common[] = {
    {"--home", "DIR", "keep configuration, store and pages under DIR (also DISCERN_HOME)"},
    {"--quiet", NULL, "say nothing when all is well"},
    {"--verbose", NULL, "say what is done"},
    {"--json", NULL, "print JSON instead of tables"},
    {"--version", NULL, "print the version and those of the libraries"},
};

const struct verb *const *verb_all(void) {
    return verbs;
}

const struct flag *verb_common(size_t *count) {
    *count = sizeof common / sizeof common[0];
    return common;
}

const struct verb *verb_find(const char *name) {
    for (size_t i = 0; verbs[i] != NULL; i++)
        if (strcmp(verbs[i]->name, name) == 0) return verbs[i];
    return NULL;
}

/* A word of small letters and hyphens. */
static size_t word_length(const char *at) {
    size_t len = 0;
    while ((at[len] >= 'a' && at[len] <= 'z') || at[len] == '-') len++;
    return len;
}

/* The next bar between acts, with blanks about it; NULL = none. */
static const char *next_bar(const char *at) {
    do at = strstr(at + 1, " |");
    while (at != NULL && at[2] != ' ' && at[2] != '\n');
    return at;
}

bool verb_next_act(const char **usage, const char **act, size_t *len) {
    const char *at = *usage;
    bool begun = at[0] == '|' || at[0] == ' ';
    if (at[0] == '\0' || (!begun && next_bar(at) == NULL)) return false;
    at += strspn(at, "[| \n");
    *act = at;
    *len = word_length(at);
    if (*len == 0 || at[0] == '-') return false;
    at += *len;
    /* "plan|try ID" are two; what stands behind a blank is an operand. */
    const char *next = at[0] == '|' ? at : next_bar(at - 1);
    *usage = next == NULL ? "" : next;
    return true;
}
