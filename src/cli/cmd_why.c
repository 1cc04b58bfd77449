#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--not", "TOPIC", "also say why this topic was not given, and which of its words stood there"},
    {"--html", NULL, "a page by itself, with the words marked in the text"},
};

static int run(const struct cli *cli, const struct args *args) {
    if (args->operand_count != 1) {
        say("why: give one item (source/id), its address, or the code of an entry");
        return DISCERN_WRONG;
    }
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    bool page = args_has(args, "--html"), colour = cli->colour && !page;
    struct discern_why wanted = {.what = args->operands[0],
                                 .form = page        ? DISCERN_HTML
                                         : cli->json ? DISCERN_JSON
                                                     : DISCERN_TEXT,
                                 .colour = colour,
                                 .topic = args_value(args, "--not")};
    /* The colours are ours; what stands between them was cleaned of control bytes when it was kept. */
    status = discern_explain(home, &wanted, colour ? say_bytes : say_text, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

const struct verb verb_why = {
    .name = "why",
    .summary = "why a post was rated and placed so, or left out, word for word",
    .usage = "ITEM-OR-URL [--not TOPIC] [--html]",
    .help = "ITEM is source/id, a post's address, a page that it links to, or the four-letter code beside an entry.",
    .examples = "  discern why k7f3\n  discern why https://blog.example/retrieval-starters",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
