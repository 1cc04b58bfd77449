#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--kind", "KIND", "feed, x, bluesky, mastodon, twarc, x-archive; auto finds out by content (default)"},
    {"--base-url", "URL", "where the bytes came from: relative addresses become absolute"},
    {"--content-type", "TYPE", "what the server called them, with charset"},
};

static int run(const struct cli *cli, const struct args *args) {
    struct discern_error error;
    const struct discern_parse options = {.kind = args_value(args, "--kind"),
                                          .base_url = args_value(args, "--base-url"),
                                          .content_type = args_value(args, "--content-type"),
                                          .now_s = cli->now_s};
    if (args->operand_count == 0) {
        say("parse: name the files to read, or '-' for standard input");
        return DISCERN_WRONG;
    }
    int status = discern_parse(&options, args->operands, args->operand_count, say_bytes, NULL, &error);
    return say_status(status, &error);
}

const struct verb verb_parse = {
    .name = "parse",
    .summary = "read feeds and saved answers, print what is in them",
    .usage = "[--kind KIND] [--base-url URL] [--content-type TYPE] FILE…|-",
    .help =
        "Reads each file whole, in a process that can do nothing else, and prints one line of JSON for it: what the\n"
        "feed says of itself, its items, and what had to be mended. A file that cannot be read gives a line with\n"
        "\"ok\":false and the reason; the others are read all the same.",
    .examples = "  discern parse feed.xml\n"
                "  curl -s https://example.org/feed | discern parse --base-url https://example.org/feed -",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
