#include "args.h"

#include <string.h>

static size_t find(const struct flag *flags, size_t count, const char *name, size_t len) {
    for (size_t i = 0; i < count; i++)
        if (strlen(flags[i].name) == len && strncmp(flags[i].name, name, len) == 0) return i;
    return count;
}

/* A flag that begins alike is near enough for a hint. */
static const char *nearest(const struct flag *flags, size_t count, const char *word) {
    for (size_t len = strlen(word); len > 3; len--)
        for (size_t i = 0; i < count; i++)
            if (strncmp(flags[i].name, word, len) == 0) return flags[i].name;
    return NULL;
}

static bool take(struct args *args, int argc, char **argv, int *at) {
    const char *word = argv[*at];
    const char *equals = strchr(word, '=');
    size_t len = equals == NULL ? strlen(word) : (size_t)(equals - word);
    size_t index = find(args->flags, args->flag_count, word, len);
    if (index == args->flag_count || index >= sizeof args->values / sizeof args->values[0]) return false;
    if (args->flags[index].value == NULL) {
        args->values[index] = "";
        return equals == NULL;
    }
    if (equals != NULL) args->values[index] = equals + 1;
    else if (*at + 1 < argc) args->values[index] = argv[++*at];
    return args->values[index] != NULL;
}

bool args_read(struct args *args, int argc, char **argv) {
    bool ended = false;
    for (int at = 0; at < argc; at++) {
        const char *word = argv[at];
        if (ended || word[0] != '-' || word[1] == '\0') {
            args->operands[args->operand_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            ended = true;
        } else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
            args->help = true;
        } else if (!take(args, argc, argv, &at)) {
            args->wrong = word;
            args->near = nearest(args->flags, args->flag_count, word);
            return false;
        }
    }
    return true;
}

const char *args_value(const struct args *args, const char *name) {
    size_t index = find(args->flags, args->flag_count, name, strlen(name));
    return index < args->flag_count ? args->values[index] : NULL;
}

bool args_has(const struct args *args, const char *name) {
    return args_value(args, name) != NULL;
}
