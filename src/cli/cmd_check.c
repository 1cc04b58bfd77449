#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--html", NULL, "as a page of one side of A4"},
};

static int run(const struct cli *cli, const struct args *args) {
    if (args->operand_count != 1) {
        say("check: give exactly one address");
        return DISCERN_WRONG;
    }
    bool html = args_has(args, "--html");
    if (html && cli->json) {
        say("check: --html and --json are one or the other");
        return DISCERN_WRONG;
    }
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    const struct discern_check wanted = {.url = args->operands[0],
                                         .format = html        ? "html"
                                                   : cli->json ? "json"
                                                               : "text"};
    status = discern_check_link(home, &wanted, html || cli->json ? say_bytes : say_text, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

const struct verb verb_check = {
    .name = "check",
    .summary = "is there anything behind this? One post or page, checked",
    .usage = "URL [--html]",
    .help =
        "Asks for the post or page under the same guards as a run, reads it, and says what it rests on, what those\n"
        "works are, whether any was retracted or corrected, what is missing, who says so, and which of our sources\n"
        "posted it. It says how a claim is backed up as presented, never whether it is true.\n"
        "An author or a day that the page only hints at, or on which its places do not agree, is marked \"not "
        "certain\".\n"
        "A post of Bluesky or Mastodon needs no account. One of X is asked of its API: with the key called x-token in\n"
        "the secrets file, and within `x-budget` (a few cents at most).",
    .examples = "  discern check https://blog.example/retrieval\n"
                "  discern check --html https://bsky.app/profile/someone.example/post/3k7 > check.html",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
