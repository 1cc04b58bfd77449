/* cmd_upkeep: import, export, forget, backup, prune, doctor. */
#include <stdlib.h>

#include "home.h"
#include "say.h"
#include "verb.h"

typedef int one_word(struct discern *home, const char *word, discern_write *write, void *to,
                     struct discern_error *error);

/* A verb with exactly one operand. */
static int with_one(const struct cli *cli, const struct args *args, const char *wanted, one_word *work) {
    if (args->operand_count != 1) {
        say("give exactly one %s; see --help", wanted);
        return DISCERN_WRONG;
    }
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    status = work(home, args->operands[0], cli->quiet ? NULL : say_text, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

static int run_import(const struct cli *cli, const struct args *args) {
    return with_one(cli, args, "file or folder", discern_import);
}

static int run_forget(const struct cli *cli, const struct args *args) {
    return with_one(cli, args, "handle or name", discern_forget);
}

static int run_backup(const struct cli *cli, const struct args *args) {
    return with_one(cli, args, "file to copy to", discern_backup);
}

static int prune_days(struct discern *home, const char *word, discern_write *write, void *to,
                      struct discern_error *error) {
    char *end = NULL;
    long days = strtol(word, &end, 10);
    if (end == word || *end != '\0' || days < 30 || days > 36500) {
        say("prune: '%s' must be a number of days, 30 or more", word);
        return DISCERN_WRONG;
    }
    return discern_prune(home, days, write, to, error);
}

static int run_prune(const struct cli *cli, const struct args *args) {
    return with_one(cli, args, "number of days", prune_days);
}

const struct verb verb_import = {
    .name = "import",
    .summary = "take in an X archive, twarc's files, or a list of retractions",
    .usage = "FILE-OR-FOLDER",
    .help = "Known by content: the ZIP that X gives you of your own data (or the folder it unpacks to), JSON lines of "
            "twarc\n"
            "and twarc2, the Retraction Watch list as CSV. The same file again adds nothing.",
    .examples = "  discern import twitter-2026-11-20.zip\n  discern import tweets.jsonl",
    .run = run_import,
};

const struct verb verb_forget = {
    .name = "forget",
    .summary = "remove a person's posts, and keep them out",
    .usage = "HANDLE-OR-NAME",
    .help = "For somebody who asks not to be read. The pages are written without them by the next 'discern run'.",
    .examples = "  discern forget @someone",
    .run = run_forget,
};

const struct verb verb_backup = {
    .name = "backup",
    .summary = "copy the store into one file",
    .usage = "FILE",
    .help = "The copy is whole or the one before; it can be made while a run is going on.",
    .examples = "  discern backup /backups/discern-monday.db",
    .run = run_backup,
};

const struct verb verb_prune = {
    .name = "prune",
    .summary = "remove what is older than so many days",
    .usage = "DAYS",
    .help = "What stands in a focus, the practice log and readers' feedback stay.",
    .examples = "  discern prune 730",
    .run = run_prune,
};

static int run_doctor(const struct cli *cli, const struct args *args) {
    (void)args;
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    status =
        discern_doctor(home, cli->json ? DISCERN_JSON : DISCERN_TEXT, cli->json ? say_bytes : say_text, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

const struct verb verb_doctor = {
    .name = "doctor",
    .summary = "what is configured, whether it holds, what needs a look",
    .usage = "",
    .help =
        "One line a thing: what is configured, whether the rules and the store hold, which sources can be reached,\n"
        "are silent or due, when the last digest was made, and what waits to be sent. Lines that begin with LOOK say\n"
        "what to do. Asks nobody on the network.",
    .examples = "  discern doctor",
    .run = run_doctor,
};

static const struct flag export_flags[] = {{"--days", "N", "first seen within the last N days (all)"},
                                           {"--wrong-flags", NULL,
                                            "only posts with a flag that was marked wrong, labelled for 'rules test'"}};

static int run_export(const struct cli *cli, const struct args *args) {
    const char *text = args_value(args, "--days");
    char *end = NULL;
    long days = text == NULL ? 0 : strtol(text, &end, 10);
    if (text != NULL && (end == text || *end != '\0' || days < 1)) {
        say("export: --days must be a number, not '%s'", text);
        return DISCERN_WRONG;
    }
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    status = args_has(args, "--wrong-flags") ? discern_export_wrong_flags(home, say_bytes, NULL, &error)
                                             : discern_export(home, days, say_bytes, NULL, &error);
    discern_close(&home);
    return say_status(status, &error);
}

const struct verb verb_export = {
    .name = "export",
    .summary = "every judged post as a line of JSON",
    .usage = "[--days N | --wrong-flags]",
    .help = "With the verdict, oldest first: for a notebook, a spreadsheet, or a tool of your own.",
    .examples = "  discern export --days 7 > week.jsonl\n"
                "  discern export --wrong-flags > wrong.jsonl; discern rules test wrong.jsonl",
    .flags = export_flags,
    .flag_count = sizeof export_flags / sizeof export_flags[0],
    .run = run_export,
};
