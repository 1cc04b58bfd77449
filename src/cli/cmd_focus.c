#include <stdlib.h>
#include <string.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--reader", "NAME", "whose focus (needed when there are several readers)"},
    {"--all", NULL, "list: closed ones too"},
    {"--aim", "TEXT", "start: what is wanted, for which pupils"},
    {"--topics", "ID,ID", "start: topics that deepen it"},
    {"--items", "CODE,…", "start: entries that it came from"},
    {"--weeks", "N", "start: school weeks, 4 to 8 (6)"},
    {"--because", "TEXT", "close: the reason"},
    {"--group", "CLASS", "note: the class; never a pupil's name"},
    {"--did", "TEXT", "note: what was done"},
    {"--saw", "TEXT", "note: what was seen in pupils' work"},
    {"--change", "TEXT", "note: what changes next"},
    {"--with", "NAME", "note: the colleague"},
};

/* The words that end a focus, as people say them. */
static const char *ending(const char *word) {
    static const char *const words[][2] = {{"embed", "embedded"}, {"adapt", "adapted"}, {"stop", "stopped"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(word, words[i][0]) == 0) return words[i][1];
    return word;
}

static bool is_step(const char *word) {
    static const char *const steps[] = {"plan", "try", "evaluate", "refine", "again", "decide"};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (strcmp(word, steps[i]) == 0) return true;
    return false;
}

static bool read_act(const struct args *args, struct discern_focus *wanted) {
    const char *act = args->operand_count == 0 ? "list" : args->operands[0];
    size_t rest = args->operand_count == 0 ? 0 : args->operand_count - 1;
    if (strcmp(act, "list") == 0 && rest == 0) wanted->act = DISCERN_FOCUS_LIST;
    else if (strcmp(act, "start") == 0 && rest == 1) {
        wanted->act = DISCERN_FOCUS_START;
        wanted->title = args->operands[1];
    } else if (strcmp(act, "note") == 0 && rest == 1) {
        wanted->act = DISCERN_FOCUS_NOTE;
        wanted->id = args->operands[1];
    } else if (is_step(act) && rest == 1) {
        wanted->act = DISCERN_FOCUS_MOVE;
        wanted->id = args->operands[1];
        wanted->step = act;
    } else if (strcmp(act, "close") == 0 && rest == 2) {
        wanted->act = DISCERN_FOCUS_MOVE;
        wanted->id = args->operands[1];
        wanted->step = ending(args->operands[2]);
    } else {
        say("focus: that is not understood; see 'discern focus --help'");
        return false;
    }
    return true;
}

static int run(const struct cli *cli, const struct args *args) {
    struct discern_focus wanted = {
        .form = cli->json ? DISCERN_JSON : DISCERN_TEXT,
        .all = args_has(args, "--all"),
        .reader = args_value(args, "--reader"),
        .aim = args_value(args, "--aim"),
        .topics = args_value(args, "--topics"),
        .items = args_value(args, "--items"),
        .because = args_value(args, "--because"),
        .group = args_value(args, "--group"),
        .did = args_value(args, "--did"),
        .saw = args_value(args, "--saw"),
        .change = args_value(args, "--change"),
        .with = args_value(args, "--with"),
    };
    const char *weeks = args_value(args, "--weeks");
    if (weeks != NULL) wanted.weeks = strtol(weeks, NULL, 10) > 0 ? strtol(weeks, NULL, 10) : -1;
    if (!read_act(args, &wanted)) return DISCERN_WRONG;
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    status = discern_focus_do(home, &wanted, cli->quiet ? NULL : say_text, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

const struct verb verb_focus = {
    .name = "focus",
    .summary = "keep one to three ideas for a half term: plan, try, evaluate, refine",
    .usage = "[list | start TITLE | plan|try|evaluate|refine|again|decide ID | note ID | close ID embed|adapt|stop]",
    .help = "While an idea is in focus the digest deepens it first and holds new ones back. Three is the most at a "
            "time; to\n"
            "change one before its fourth school week, give a reason. Never write a pupil's name.",
    .examples =
        "  discern focus start \"Retrieval starters in Year 8\" --topics retrieval-practice\n"
        "  discern focus note F1 --group 8B --did \"three questions from last month\" --saw \"half forgot ratio\"\n"
        "  discern focus close F1 adapt --because \"ten minutes was too long\"",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
