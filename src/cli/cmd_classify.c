#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--rules", "DIR",
     "judge by the *.rules of this folder (default: the home's own, else those that discern came with)"},
    {"--explain", NULL, "also say every place where words of the rules stand, and what became of it"},
};

static int run(const struct cli *cli, const struct args *args) {
    char path[HOME_PATH_BYTES];
    struct discern_error error;
    const char *chosen = args_value(args, "--rules");
    const struct discern_classify options = {.rules_dir = chosen != NULL ? chosen : home_part(cli, "rules", path),
                                             .explain = args_has(args, "--explain"),
                                             .report = say_report};
    if (args->operand_count == 0) {
        say("classify: name the files to read, or '-' for standard input");
        return DISCERN_WRONG;
    }
    int status = discern_classify(&options, args->operands, args->operand_count, say_bytes, NULL, &error);
    return say_status(status, &error);
}

const struct verb verb_classify = {
    .name = "classify",
    .summary = "say what texts are about and how what they say is backed up",
    .usage = "[--rules DIR] [--explain] FILE…|-",
    .help =
        "Reads JSON lines with id and text (and title, url, links, article where known) and prints one line of JSON "
        "for\n"
        "each, in the same order: its topics, the level of evidence as presented with reasons and what is missing,\n"
        "promotion, hype and myths, and whether there is an idea in it that a teacher could use. The words on the "
        "page\n"
        "are judged, never whether it is true.",
    .examples = "  discern classify posts.jsonl\n"
                "  echo '{\"id\":\"1\",\"text\":\"Exit tickets tell me where to begin.\"}' | discern classify -\n",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
