#include <stdio.h>
#include <unistd.h>

#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--rules", "FILE", "rules for addresses (default: the home's config/urls.conf, else those discern came with)"},
};

/* Rules that a school changed lie in its home. */
static const char *home_rules(const struct cli *cli, char *path, size_t size) {
    if (cli->home == NULL) return NULL;
    int written = snprintf(path, size, "%s/config/urls.conf", cli->home);
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
    const struct discern_canon options = {.rules_file = chosen != NULL ? chosen : home_rules(cli, path, sizeof path),
                                          .report = report};
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
