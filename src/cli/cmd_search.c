#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--days", "N", "first seen within the last N days"},
    {"--level", "N", "at least this level of evidence as presented, 0 to 4"},
    {"--topic", "ID", "only this topic"},
    {"--phase", "ID", "only this phase"},
    {"--subject", "ID", "only this subject"},
    {"--source", "NAME", "only this source"},
    {"--limit", "N", "so many at most (20)"},
};

static bool number(const struct args *args, const char *flag, long most, long otherwise, long *out) {
    const char *text = args_value(args, flag);
    char *end = NULL;
    *out = text == NULL ? otherwise : strtol(text, &end, 10);
    if (text == NULL || (end != text && *end == '\0' && *out >= 0 && *out <= most)) return true;
    say("search: %s must be a number from 0 to %ld, not '%s'", flag, most, text);
    return false;
}

/* All words behind the verb are one query. */
static bool join(const struct args *args, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < args->operand_count; i++) {
        int written = snprintf(out + used, size - used, "%s%s", i == 0 ? "" : " ", args->operands[i]);
        if (written < 0 || (size_t)written >= size - used) {
            say("search: that is too long");
            return false;
        }
        used += (size_t)written;
    }
    return true;
}

static int run(const struct cli *cli, const struct args *args) {
    char words[2048];
    long days, level, limit;
    if (!join(args, words, sizeof words) || !number(args, "--days", 100000, 0, &days) ||
        !number(args, "--level", 4, 0, &level) || !number(args, "--limit", 10000, 20, &limit))
        return DISCERN_WRONG;
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    struct discern_search wanted = {.words = words,
                                    .days = days,
                                    .min_level = (int)level,
                                    .topic = args_value(args, "--topic"),
                                    .phase = args_value(args, "--phase"),
                                    .subject = args_value(args, "--subject"),
                                    .source = args_value(args, "--source"),
                                    .limit = limit};
    bool found = false;
    status = discern_find(home, &wanted, cli->json ? DISCERN_JSON : DISCERN_TEXT, say_found, &found, &error);
    discern_close(&home);
    if (status == DISCERN_DONE && !found && !cli->quiet) say("search: nothing that is kept has these words");
    return say_status(status, &error);
}

const struct verb verb_search = {
    .name = "search",
    .summary = "find posts by their words, best first",
    .usage = "[--days N] [--level N] [--topic ID] [--phase ID] [--subject ID] [--source NAME] WORD…",
    .help = "\"Words in quotes\" stand together, retriev* finds every ending, -word leaves out.",
    .examples = "  discern search spacing maths\n  discern search --level 3 --topic feedback-marking '\"whole class\"'",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
