#include <stdio.h>
#include <unistd.h>

#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--rules", "DIR",
     "judge by the *.rules of this folder (default: the home's own, else those that discern came with)"},
    {"--explain", NULL, "also say every place where words of the rules stand, and what became of it"},
};

/* Rules that a school changed lie in its home. */
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
    struct discern_error error;
    const char *chosen = args_value(args, "--rules");
    const struct discern_classify options = {.rules_dir = chosen != NULL ? chosen : home_rules(cli, path, sizeof path),
                                             .explain = args_has(args, "--explain"),
                                             .report = report};
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
