#include <string.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--name", "NAME", "add: the source's name"},
    {"--save", NULL, "add: write it into sources.conf"},
    {"--local", NULL, "add: it may be on this very machine"},
};

typedef int work(struct discern *home, const struct cli *cli, const struct args *args, struct discern_error *error);

static int list(struct discern *home, const struct cli *cli, const struct args *args, struct discern_error *error) {
    (void)args;
    return discern_sources(home, DISCERN_SOURCES_LIST, cli->json ? DISCERN_JSON : DISCERN_TEXT, say_text, NULL, error);
}

static int check(struct discern *home, const struct cli *cli, const struct args *args, struct discern_error *error) {
    (void)args;
    return discern_sources(home, DISCERN_SOURCES_CHECK, cli->json ? DISCERN_JSON : DISCERN_TEXT, say_text, NULL, error);
}

static int add(struct discern *home, const struct cli *cli, const struct args *args, struct discern_error *error) {
    (void)cli;
    const struct discern_sources_add options = {.address = args->operands[1],
                                                .name = args_value(args, "--name"),
                                                .allow_loopback = args_has(args, "--local"),
                                                .save = args_has(args, "--save"),
                                                .write = say_text};
    return discern_sources_add(home, &options, error);
}

static int import(struct discern *home, const struct cli *cli, const struct args *args, struct discern_error *error) {
    (void)cli;
    return discern_sources_import(home, args->operands[1], say_text, NULL, error);
}

static int export(struct discern *home, const struct cli *cli, const struct args *args, struct discern_error *error) {
    (void)cli, (void)args;
    return discern_sources_export(home, say_bytes, NULL, error);
}

static const struct {
    const char *name, *operand; /* operand: what must follow, NULL = nothing */
    work *go;
} works[] = {{"list", NULL, list},
             {"check", NULL, check},
             {"add", "an address", add},
             {"import", "an OPML file", import},
             {"export", NULL, export}};

static int run(const struct cli *cli, const struct args *args) {
    const char *what = args->operand_count == 0 ? "list" : args->operands[0];
    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++) {
        if (strcmp(what, works[i].name) != 0) continue;
        if (works[i].operand == NULL ? args->operand_count > 1 : args->operand_count != 2) {
            say("sources %s: %s%s is expected behind it", what, works[i].operand == NULL ? "nothing" : "",
                works[i].operand == NULL ? "" : works[i].operand);
            return DISCERN_WRONG;
        }
        struct discern *home = NULL;
        int status = home_open(cli, &home);
        if (status != DISCERN_DONE) return status;
        struct discern_error error = {""};
        status = works[i].go(home, cli, args, &error);
        discern_close(&home);
        return say_status(status, &error);
    }
    say("sources: '%s' is not known; see 'discern sources --help'", what);
    return DISCERN_WRONG;
}

const struct verb verb_sources = {
    .name = "sources",
    .summary = "what is read, how it does, what needs a look; adding to it",
    .usage = "[list | check | add ADDRESS [--save] [--name NAME] | import FILE.opml | export]",
    .help =
        "'list' shows each source with its last answer, its last new post and when it is asked next.\n"
        "'check' names those that fail, are quiet beyond their rhythm, or are of no use, and says why.\n"
        "'add' takes a page, a feed, a profile or @user@host, finds what to follow, asks it once and shows what it\n"
        "gives; with --save it goes into sources.conf.\n"
        "'import' adds the feeds of an OPML list that are not there yet; 'export' writes one.",
    .examples = "  discern sources list\n  discern sources add https://blog.example --save\n"
                "  discern sources import subscriptions.opml\n  discern sources export > sources.opml",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
