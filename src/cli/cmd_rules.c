#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--rules", "DIR", "the *.rules of this folder (default: the home's own, else those that discern came with)"},
};

static const char *home_rules(const struct cli *cli, char *path, size_t size) {
    if (cli->home == NULL) return NULL;
    int written = snprintf(path, size, "%s/config/rules", cli->home);
    return written > 0 && (size_t)written < size && access(path, R_OK) == 0 ? path : NULL;
}

static void report(void *to, enum discern_note note, const char *text) {
    (void)to;
    (void)note;
    say_lines(text);
}

static int run(const struct cli *cli, const struct args *args) {
    char path[4096];
    struct discern_error error = {""};
    const char *chosen = args_value(args, "--rules"), *what = args->operand_count > 0 ? args->operands[0] : "";
    const struct discern_rules options = {.rules_dir = chosen != NULL ? chosen : home_rules(cli, path, sizeof path),
                                          .form = cli->json ? DISCERN_JSON : DISCERN_TEXT,
                                          .report = report};
    if (strcmp(what, "check") == 0 && args->operand_count == 1)
        return say_status(discern_rules_check(&options, say_bytes, NULL, &error), &error);
    if (strcmp(what, "test") == 0 && args->operand_count == 2)
        return say_status(discern_rules_test(&options, args->operands[1], say_bytes, NULL, &error), &error);
    say("rules: say 'rules check', or 'rules test FILE' with a file of labelled documents");
    return DISCERN_WRONG;
}

const struct verb verb_rules = {
    .name = "rules",
    .summary = "check the rules, or measure them against labelled documents",
    .usage = "check | test FILE  [--rules DIR]",
    .help =
        "'check' reads the rules, tells every mistake with its place, and runs the examples that each rule carries.\n"
        "'test' judges the documents of FILE and says how far the verdicts agree with the labels beside them: JSON\n"
        "lines with id and text, \"teaching_idea\", \"topics\" (ids; \"a|b\" is found by either) and \"evidence\"\n"
        "(level, hype, promo, myth). config/rules/QUALITY.md tells how to read the figures.",
    .examples =
        "  discern rules check\n  discern rules test labelled.jsonl\n  discern --json rules test labelled.jsonl",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
