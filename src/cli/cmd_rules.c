#include <string.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--rules", "DIR", "the *.rules of this folder (default: the home's own, else those that discern came with)"},
    {"--not", "TOPIC", "explain: also say why this topic was not given"},
    {"--html", NULL, "explain: a page by itself, with the words marked in the text"},
    {"--forms", NULL, "show: every form in which the words are met (always listed)"},
    {"--save", NULL, "fmt: put the tidied file in its place, don't only show it"},
    {"--labels", "FILE", "report: labelled documents, to measure how often each rule is right"},
    {"--hints", NULL, "check: also tell what could be better, each with its place"},
};

static int explain(const struct cli *cli, const struct args *args, const struct discern_rules *options) {
    struct discern_error error = {""};
    bool page = args_has(args, "--html"), colour = cli->colour && !cli->json && !page;
    const struct discern_rules_explain wanted = {.file = args->operands[1],
                                                 .topic = args_value(args, "--not"),
                                                 .form = page        ? DISCERN_HTML
                                                         : cli->json ? DISCERN_JSON
                                                                     : DISCERN_TEXT,
                                                 .colour = colour};
    discern_write *write = cli->json || page || colour ? say_bytes : say_text;
    return say_status(discern_rules_explain(options, &wanted, write, NULL, &error), &error);
}

static int diff(const struct cli *cli, const struct args *args, struct discern_rules *options) {
    struct discern *home = NULL;
    struct discern_error error = {""};
    options->rules_dir = args->operand_count > 1 ? args->operands[1] : args_value(args, "--rules");
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    status = discern_rules_diff(home, options, cli->json ? say_bytes : say_text, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

static int ledger(const struct cli *cli, const struct args *args) {
    struct discern *home = NULL;
    struct discern_error error = {""};
    const struct discern_rules_report wanted = {.rule = args->operand_count > 1 ? args->operands[1] : NULL,
                                                .labels = args_value(args, "--labels"),
                                                .form = cli->json ? DISCERN_JSON : DISCERN_TEXT};
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    status = discern_rules_report(home, &wanted, cli->json ? say_bytes : say_text, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

static int run(const struct cli *cli, const struct args *args) {
    char path[HOME_PATH_BYTES];
    struct discern_error error = {""};
    const char *chosen = args_value(args, "--rules"), *what = args->operand_count > 0 ? args->operands[0] : "";
    struct discern_rules options = {.rules_dir = chosen != NULL ? chosen : home_part(cli, "rules", path),
                                    .form = cli->json ? DISCERN_JSON : DISCERN_TEXT,
                                    .hints = args_has(args, "--hints"),
                                    .report = say_report};
    if (strcmp(what, "check") == 0 && args->operand_count == 1)
        return say_status(discern_rules_check(&options, say_bytes, NULL, &error), &error);
    if (strcmp(what, "export") == 0 && args->operand_count == 1)
        return say_status(discern_rules_export(&options, say_bytes, NULL, &error), &error);
    if (strcmp(what, "diff") == 0 && args->operand_count <= 2) return diff(cli, args, &options);
    if (strcmp(what, "report") == 0 && args->operand_count <= 2) return ledger(cli, args);
    if (args->operand_count == 2) {
        if (strcmp(what, "test") == 0)
            return say_status(discern_rules_test(&options, args->operands[1], say_bytes, NULL, &error), &error);
        if (strcmp(what, "explain") == 0) return explain(cli, args, &options);
        if (strcmp(what, "show") == 0)
            return say_status(discern_rules_show(&options, args->operands[1], say_text, NULL, &error), &error);
        if (strcmp(what, "fmt") == 0) {
            enum discern_save save = args_has(args, "--save") ? DISCERN_SAVE : DISCERN_SHOW_ONLY;
            return say_status(discern_rules_tidy(args->operands[1], save, say_bytes, NULL, &error), &error);
        }
    }
    say("rules: say check, diff DIR, report, test FILE, explain FILE, show RULE, fmt FILE or export ('discern rules "
        "--help' "
        "tells more)");
    return DISCERN_WRONG;
}

const struct verb verb_rules = {
    .name = "rules",
    .summary = "check the rules, measure them, see what they do with a text",
    .usage =
        "check | diff [DIR] | report [RULE] [--labels FILE] | test FILE | explain FILE|- [--not TOPIC] [--html] | show "
        "RULE | fmt FILE [--save] | export  [--rules DIR]",
    .help =
        "'check' reads the rules, tells every mistake with its place, and runs the examples that each rule carries.\n"
        "'diff' shows, before you save them, what the rules of DIR would do to the posts that are kept: which topics,\n"
        "flags and levels they gain and lose, with sentences. Copy config/rules, change the copy, look, then copy "
        "back;\n"
        "without DIR it compares the home's files as they stand now with the rules that the last run judged by.\n"
        "'report' is each rule's ledger over the posts that are kept: hits, what came since the last report, what "
        "only\n"
        "one wording gives, what was never seen, and how often it is right; RULE shows each of its wordings.\n"
        "'explain' shows a text with the words that counted, by which rule, and what was negated or vetoed; --not "
        "says\n"
        "why a topic was not given. 'show' lists a rule and every form in which its words are met. 'fmt' prints a "
        "file\n"
        "in the common layout, 'export' all rules as JSON. config/rules/LANGUAGE.md tells how rules are written.\n"
        "'test' judges the documents of FILE and says how far the verdicts agree with the labels beside them: JSON\n"
        "lines with id and text, \"teaching_idea\", \"topics\" (ids; \"a|b\" is found by either) and \"evidence\"\n"
        "(level, hype, promo, myth). config/rules/QUALITY.md tells how to read the figures.",
    .examples = "  discern rules check\n  discern rules diff my-draft\n  echo 'Retrieval practice works' | discern "
                "rules explain - --not spacing\n"
                "  discern rules show retrieval-practice\n  discern rules test labelled.jsonl\n  discern --json rules "
                "test labelled.jsonl",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
