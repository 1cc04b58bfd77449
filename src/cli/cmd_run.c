/* cmd_run: `run` and its legs, each alone. */
#include <string.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag pull_flags[] = {{"--source", "NAME", "only this source, due or not"}};
static const struct flag deliver_flags[] = {
    {"--again", NULL, "also what may have gone: somebody may get it twice, with the same Message-ID"}};
static const struct flag digest_flags[] = {
    {"--date", "YYYY-MM-DD", "the day of the digest (today)"},
    {"--reader", "NAME", "only this reader profile"},
    {"--out", "DIR", "write there instead of the site folder"},
    {"--explain", NULL, "print the whole choice: every sum, what was left out and why"},
};

static int walk(const struct cli *cli, const struct args *args, unsigned legs) {
    if (args->operand_count > 0) {
        say("'%s' is not expected here; see --help", args->operands[0]);
        return DISCERN_WRONG;
    }
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    bool told = false;
    struct discern_run_options options = {
        .legs = legs,
        .date = args_value(args, "--date"),
        .reader = args_value(args, "--reader"),
        .out_dir = args_value(args, "--out"),
        .source = args_value(args, "--source"),
        .again = args_has(args, "--again"),
        .explain = args_has(args, "--explain"),
        .form = cli->json ? DISCERN_JSON : DISCERN_TEXT,
        .write = cli->quiet && !args_has(args, "--explain") ? NULL
                 : cli->json                                ? say_bytes
                                                            : say_found,
        .write_to = &told,
    };
    status = say_status(discern_run(home, &options, &error), &error);
    bool whole = (legs & DISCERN_PULL) != 0 && (legs & DISCERN_DIGEST) != 0;
    if (status == DISCERN_DONE && whole && !told && !cli->quiet && !cli->json)
        say("no list is due today: 'discern doctor' says when the next one is, 'discern digest' makes one now");
    discern_close(&home);
    return status;
}

static int run_all(const struct cli *cli, const struct args *args) {
    return walk(cli, args, DISCERN_PULL | DISCERN_FOLLOW | DISCERN_JUDGE | DISCERN_DIGEST | DISCERN_DELIVER);
}

static int run_pull(const struct cli *cli, const struct args *args) {
    return walk(cli, args, DISCERN_PULL);
}

static int run_follow(const struct cli *cli, const struct args *args) {
    return walk(cli, args, DISCERN_FOLLOW);
}

static int run_judge(const struct cli *cli, const struct args *args) {
    return walk(cli, args, DISCERN_JUDGE);
}

static int run_digest(const struct cli *cli, const struct args *args) {
    return walk(cli, args, DISCERN_DIGEST);
}

static int run_deliver(const struct cli *cli, const struct args *args) {
    return walk(cli, args, DISCERN_DELIVER);
}

const struct verb verb_run = {
    .name = "run",
    .summary = "the whole way: pull, follow, judge, digest, deliver",
    .usage = "[--date YYYY-MM-DD] [--reader NAME] [--out DIR]",
    .help =
        "For cron. With --quiet it says nothing when all is well. A second run at the same time ends at once with 75.",
    .examples = "  discern --quiet run\n  30 6 * * 1-5  discern --quiet run      (a line of a crontab)",
    .flags = digest_flags,
    .flag_count = 3,
    .run = run_all,
};

const struct verb verb_pull = {
    .name = "pull",
    .summary = "fetch posts from the sources that are due",
    .usage = "[--source NAME]",
    .help = "Each source at its own rhythm, told by 'discern sources list'; with --source one of them at once.",
    .examples = "  discern --verbose pull\n  discern pull --source marsh-lane",
    .flags = pull_flags,
    .flag_count = 1,
    .run = run_pull,
};

const struct verb verb_follow = {
    .name = "follow",
    .summary = "read the pages that posts link to",
    .usage = "",
    .help = "Each page once, the most wanted first, at most as many as the block 'network' of discern.conf says.",
    .examples = "  discern --verbose follow",
    .run = run_follow};

const struct verb verb_judge = {
    .name = "judge",
    .summary = "tag and rate what is new",
    .usage = "",
    .help = "What was judged by other rules, or without the page that was read meanwhile, is judged again.",
    .examples = "  discern judge",
    .run = run_judge};

const struct verb verb_digest = {
    .name = "digest",
    .summary = "choose and write the digest of a day",
    .usage = "[--date YYYY-MM-DD] [--reader NAME] [--out DIR] [--explain]",
    .help = "The same day and the same store give the same files, byte for byte. With --explain the whole choice is\n"
            "printed: the sum of every entry, what pulled or pushed it, and every story that was left out, with why.",
    .examples = "  discern digest --reader maths\n  discern digest --date 2026-11-24 --explain | less\n"
                "  discern --json digest --explain | jq '.left_out[] | [.score, .why, .headline]'",
    .flags = digest_flags,
    .flag_count = 4,
    .run = run_digest,
};

const struct verb verb_deliver = {
    .name = "deliver",
    .summary = "send what is waiting to be sent",
    .usage = "[--again]",
    .help = "What a run could not hand over waits, and is tried again. A mail that was sent is not sent twice. When\n"
            "a mail server went away before it said whether it took the mail, that is told, and you decide: --again.",
    .examples = "  discern deliver\n  discern deliver --again",
    .flags = deliver_flags,
    .flag_count = 1,
    .run = run_deliver};
