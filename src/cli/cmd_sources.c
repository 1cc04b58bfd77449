#include <string.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static int view(const struct cli *cli, enum discern_sources_view what) {
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    status = discern_sources(home, what, cli->json ? DISCERN_JSON : DISCERN_TEXT, say_text, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

static int run(const struct cli *cli, const struct args *args) {
    const char *what = args->operand_count == 0 ? "list" : args->operands[0];
    if (args->operand_count <= 1 && strcmp(what, "list") == 0) return view(cli, DISCERN_SOURCES_LIST);
    if (args->operand_count <= 1 && strcmp(what, "check") == 0) return view(cli, DISCERN_SOURCES_CHECK);
    say("sources: '%s' is not known; see 'discern sources --help'", what);
    return DISCERN_WRONG;
}

const struct verb verb_sources = {
    .name = "sources",
    .summary = "what is read, how it does, and what needs a look",
    .usage = "[list | check]",
    .help = "'list' shows each source with its last answer, its last new post and when it is asked next.\n"
            "'check' names those that fail, are quiet beyond their rhythm, or are of no use, and says why.",
    .examples = "  discern sources list\n  discern --json sources check",
    .run = run,
};
