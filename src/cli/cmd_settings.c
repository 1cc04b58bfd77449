#include "say.h"
#include "verb.h"

static int run(const struct cli *cli, const struct args *args) {
    (void)cli;
    struct discern_error error;
    if (args->operand_count > 0) {
        say("settings: '%s' is not expected here", args->operands[0]);
        return DISCERN_WRONG;
    }
    return say_status(discern_settings(say_text, NULL, &error), &error);
}

const struct verb verb_settings = {
    .name = "settings",
    .summary = "print every setting: what it may be, what it is when not given, what it means",
    .usage = "",
    .help = "The reference of discern.conf, sources.conf and prompts.conf, made from the tables that read them.\n"
            "What your own files say is told by 'discern doctor'.",
    .examples = "  discern settings | less",
    .run = run,
};
