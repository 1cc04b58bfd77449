#include <stdlib.h>
#include <string.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--name", "NAME", "add: the source's name"},
    {"--save", NULL, "add, remove: change sources.conf, don't only show it"},
    {"--local", NULL, "add: it may be on this very machine"},
    {"--days", "N", "report: posts of the last N days (90); 0 = all that is there"},
    {"--html", NULL, "report: as a page that prints on A4"},
    {"--csv", NULL, "report: as a table for a spreadsheet"},
    {"--note", "TEXT", "mark-wrong: why, in your own words"},
    {"--undo", NULL, "mark-wrong: take the mark back"},
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

static int remove_one(struct discern *home, const struct cli *cli, const struct args *args,
                      struct discern_error *error) {
    (void)cli;
    enum discern_save save = args_has(args, "--save") ? DISCERN_SAVE : DISCERN_SHOW_ONLY;
    return discern_sources_remove(home, args->operands[1], save, say_text, NULL, error);
}

static bool read_days(const char *text, int64_t *out) {
    char *end = NULL;
    long days = strtol(text, &end, 10);
    if (end == text || *end != '\0' || days < 0 || days > 36500) {
        say("sources report: --days must be a number of days, not '%s'", text);
        return false;
    }
    *out = days;
    return true;
}

static int report(struct discern *home, const struct cli *cli, const struct args *args, struct discern_error *error) {
    struct discern_sources_report wanted = {.source = args->operand_count > 1 ? args->operands[1] : NULL, .days = 90};
    const char *days = args_value(args, "--days");
    bool html = args_has(args, "--html"), csv = args_has(args, "--csv");
    if (days != NULL && !read_days(days, &wanted.days)) return DISCERN_WRONG;
    if (html + csv + cli->json > 1) {
        say("sources report: --html, --csv and --json are one or the other");
        return DISCERN_WRONG;
    }
    wanted.format = html ? "html" : csv ? "csv" : cli->json ? "json" : "text";
    return discern_sources_report(home, &wanted, html || csv || cli->json ? say_bytes : say_text, NULL, error);
}

static int mark_wrong(struct discern *home, const struct cli *cli, const struct args *args,
                      struct discern_error *error) {
    const struct discern_mark_wrong wanted = {.what = args->operands[1],
                                              .flag = args->operands[2],
                                              .note = args_value(args, "--note"),
                                              .undo = args_has(args, "--undo")};
    return discern_sources_mark_wrong(home, &wanted, cli->quiet ? NULL : say_text, NULL, error);
}

static const struct {
    const char *name, *operands; /* operands: what is expected behind it, in words */
    size_t least, most;
    work *go;
} works[] = {{"list", "nothing", 0, 0, list},
             {"check", "nothing", 0, 0, check},
             {"report", "a source, or nothing for all,", 0, 1, report},
             {"mark-wrong", "a post (source/id) and a flag", 2, 2, mark_wrong},
             {"add", "an address", 1, 1, add},
             {"remove", "a source", 1, 1, remove_one},
             {"import", "an OPML file", 1, 1, import},
             {"export", "nothing", 0, 0, export}};

static int run(const struct cli *cli, const struct args *args) {
    const char *what = args->operand_count == 0 ? "list" : args->operands[0];
    size_t behind = args->operand_count == 0 ? 0 : args->operand_count - 1;
    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++) {
        if (strcmp(what, works[i].name) != 0) continue;
        if (behind < works[i].least || behind > works[i].most) {
            say("sources %s: %s is expected behind it", what, works[i].operands);
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
    .usage = "[list | check | report [SOURCE] | mark-wrong ITEM FLAG | add ADDRESS [--save] [--name NAME] |\n"
             "                       remove SOURCE [--save] | import FILE.opml | export]",
    .help =
        "'list' shows each source with its last answer, its last new post and when it is asked next.\n"
        "'check' names those that fail, are quiet beyond their rhythm, or are of no use, and says why.\n"
        "'report' counts what sources post, how it is backed up and what was chosen, with 95 % ranges and against all\n"
        "sources; of one source it also lists the newest posts of each kind with the words that set the flag. It "
        "names\n"
        "people: it is printed here and kept nowhere.\n"
        "'mark-wrong' says that a flag is wrong (traceable, overclaim, myth, hype, promotion, interest, own-results).\n"
        "'add' takes a page, a feed, a profile or @user@host, finds what to follow, asks it once and shows what it\n"
        "gives; with --save it goes into sources.conf. 'remove' shows which lines would go; --save takes them out.\n"
        "'import' adds the feeds of an OPML list that are not there yet; 'export' writes one.",
    .examples = "  discern sources list\n  discern sources add https://blog.example --save\n"
                "  discern sources report patel-blog --days 365 --html > report.html\n"
                "  discern sources mark-wrong patel-blog/4711 overclaim --note \"she quotes a pupil\"\n"
                "  discern sources import subscriptions.opml\n  discern sources export > sources.opml",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
