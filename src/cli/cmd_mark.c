#include <string.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--reader", "NAME", "whose opinion it is (else everybody's)"},
    {"--note", "TEXT", "in own words"},
};

static bool read_act(const struct args *args, struct discern_mark *wanted) {
    const char *word = args->operand_count == 0 ? "list" : args->operands[0];
    if (args->operand_count <= 1 && strcmp(word, "list") == 0) return true;
    if (args->operand_count == 2 && strcmp(word, "undo") == 0) {
        wanted->act = DISCERN_MARK_UNDO;
        wanted->number = args->operands[1];
        return true;
    }
    if (args->operand_count == 2) {
        wanted->act = DISCERN_MARK_PUT;
        wanted->kind = word;
        wanted->what = args->operands[1];
        return true;
    }
    say("mark: that is not understood; see 'discern mark --help'");
    return false;
}

static int run(const struct cli *cli, const struct args *args) {
    struct discern_mark wanted = {.act = DISCERN_MARK_LIST,
                                  .form = cli->json ? DISCERN_JSON : DISCERN_TEXT,
                                  .reader = args_value(args, "--reader"),
                                  .note = args_value(args, "--note")};
    if (!read_act(args, &wanted)) return DISCERN_WRONG;
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    status = discern_mark_do(home, &wanted, cli->quiet ? NULL : say_text, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

const struct verb verb_mark = {
    .name = "mark",
    .summary = "say that a post was useful, not for you, or done already; see and undo what that changes",
    .usage = "[list | useful|not-for-us|already-do POST | undo NUMBER]",
    .help =
        "Each mark moves the points of posts on the same topic by 2 and of the same source by 1, never further than\n"
        "6 and 4. The list says in words which weights that makes. For a flag that is wrong: 'discern sources\n"
        "mark-wrong'.",
    .examples = "  discern mark useful k7f3\n  discern mark not-for-us k7f3 --reader maths\n  discern mark undo 4",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
