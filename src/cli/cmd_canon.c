#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--rules", "FILE", "rules for addresses (default: the home's config/urls.conf, else those discern came with)"},
};

static int run(const struct cli *cli, const struct args *args) {
    char path[HOME_PATH_BYTES];
    struct discern_error error;
    const char *chosen = args_value(args, "--rules");
    const struct discern_canon options = {.rules_file = chosen != NULL ? chosen : home_part(cli, "urls.conf", path),
                                          .report = say_report};
    if (args->operand_count == 0) {
        say("canon: name one or more addresses, or '-' for standard input, one a line");
        return DISCERN_WRONG;
    }
    int status = discern_canon(&options, args->operands, args->operand_count, say_bytes, NULL, &error);
    return say_status(status, &error);
}

const struct verb verb_canon = {
    .name = "canon",
    .summary = "print the one address under which a page is known",
    .usage = "[--rules FILE] URL…|-",
    .help = "Prints one canonical address a line: without tracking words, fragment, default port and www., the\n"
            "telephone's and the quick version's address folded into the page's own. Two addresses of one page give\n"
            "the same line. Nothing is asked of any server. What is no web address gives a\n"
            "line of JSON with \"ok\":false and the reason.",
    .examples = "  discern canon 'https://www.example.org/page/?utm_source=news#top'",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
