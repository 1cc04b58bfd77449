#include "home.h"
#include "say.h"
#include "verb.h"

static int run(const struct cli *cli, const struct args *args) {
    if (args->operand_count != 1) {
        say("why: give one item (source/id), its address, or the code of an entry");
        return DISCERN_WRONG;
    }
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    struct discern_why wanted = {.what = args->operands[0],
                                 .form = cli->json ? DISCERN_JSON : DISCERN_TEXT,
                                 .colour = cli->colour};
    /* The colours are ours; what stands between them was cleaned of control bytes when it was kept. */
    status = discern_explain(home, &wanted, cli->colour ? say_bytes : say_text, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

const struct verb verb_why = {
    .name = "why",
    .summary = "why a post was rated and placed so, word for word",
    .usage = "ITEM-OR-URL",
    .help = "ITEM is source/id, a post's address, a page that it links to, or the four-letter code beside an entry.",
    .examples = "  discern why k7f3\n  discern why https://blog.example/retrieval-starters",
    .run = run,
};
