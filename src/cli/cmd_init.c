#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--force", NULL, "also replace files that you changed; yours are kept as NAME.old"},
};

static int run(const struct cli *cli, const struct args *args) {
    struct discern_error error;
    struct home_paths paths;
    if (args->operand_count > 0) {
        say("init: '%s' is not expected here; the folder is chosen by --home DIR "
            "before the verb",
            args->operands[0]);
        return DISCERN_WRONG;
    }
    if (!home_find(cli, &paths)) return DISCERN_WRONG;
    const struct discern_init options = {.config_dir = paths.config_dir,
                                         .force = args_has(args, "--force"),
                                         .form = cli->json ? DISCERN_JSON : DISCERN_TEXT};
    int status = discern_init(&options, cli->quiet ? NULL : say_text, NULL, &error);
    return say_status(status, &error);
}

const struct verb verb_init = {
    .name = "init",
    .summary = "write a commented starter configuration",
    .usage = "[--force]",
    .help = "Writes discern.conf, sources.conf, prompts.conf and the rules, "
            "with explanations in plain English. Run it\n"
            "again after an update: files that you did not touch are brought "
            "up to date, yours are left alone.",
    .examples = "  discern init\n  discern --home /srv/discern init",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
