#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--url", "URL", "where the page came from: relative addresses become absolute, and dates in it are used"},
    {"--content-type", "TYPE", "what the server called it, with charset"},
};

static int run(const struct cli *cli, const struct args *args) {
    struct discern_error error;
    const struct discern_extract options = {.url = args_value(args, "--url"),
                                            .content_type = args_value(args, "--content-type"),
                                            .now_s = cli->now_s};
    if (args->operand_count == 0) {
        say("extract: name the pages to read, or '-' for standard input");
        return DISCERN_WRONG;
    }
    int status = discern_extract(&options, args->operands, args->operand_count, say_bytes, NULL, &error);
    return say_status(status, &error);
}

const struct verb verb_extract = {
    .name = "extract",
    .summary = "read saved web pages and PDFs, print their main text and who wrote it",
    .usage = "[--url URL] [--content-type TYPE] FILE…|-",
    .help =
        "Reads each page or PDF whole, in a process that can do nothing else, and prints one line of JSON for it: "
        "main\n"
        "text without menus, notices and comments, title, authors, dates, where each of them was found (\"from\"), "
        "and\n"
        "what the text rests on. \"surety\" says from 0 to 1 how sure each fact is: by the place that it was found "
        "in,\n"
        "more where other places on the page say the same, less where they say otherwise. Under 0.6 it is no fact to\n"
        "lean on, and a check of the page says \"not certain\". A page that cannot be read gives a line with\n"
        "\"ok\":false and the reason.",
    .examples = "  discern extract --url https://example.org/post page.html\n"
                "  curl -s https://example.org/report.pdf | discern extract -",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
