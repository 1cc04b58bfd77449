#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static int print_help(void) {
    (void)puts("discern: a short reading list for teachers, each idea with what stands behind it.\n\n"
               "usage: discern [--home DIR] [--quiet | --verbose] [--json] VERB …\n\n"
               "  discern init            write a commented starter configuration\n"
               "  discern run             fetch, judge and write today's digest (for cron)\n"
               "  discern why ITEM        why it was rated and placed so\n\nVerbs:");
    const struct verb *const *verbs = verb_all();
    size_t count;
    const struct flag *common = verb_common(&count);
    for (size_t i = 0; verbs[i] != NULL; i++) (void)printf("  %-12s %s\n", verbs[i]->name, verbs[i]->summary);
    (void)puts("\nBefore every verb:");
    for (size_t i = 0; i < count; i++)
        (void)printf("  %-10s %-4s %s\n", common[i].name, common[i].value ? common[i].value : "", common[i].help);
    (void)puts("\n'discern VERB --help' explains a verb. Exit status: 0 done, 1 a person must act, 2 wrong usage or\n"
               "configuration, 75 try later.");
    return say_end(DISCERN_DONE);
}

static int print_version(void) {
    (void)printf("discern %s\n", discern_version());
    const char *library;
    for (size_t i = 0; (library = discern_library(i)) != NULL; i++) (void)printf("  %s\n", library);
    return say_end(DISCERN_DONE);
}

static int print_verb_help(const struct verb *verb) {
    (void)printf("discern %s: %s\n\nusage: discern %s %s\n", verb->name, verb->summary, verb->name, verb->usage);
    if (verb->help[0] != '\0') (void)printf("\n%s\n", verb->help);
    if (verb->flag_count > 0) (void)puts("");
    for (size_t i = 0; i < verb->flag_count; i++)
        (void)printf("  %s %-*s %s\n", verb->flags[i].name, 22 - (int)strlen(verb->flags[i].name),
                     verb->flags[i].value ? verb->flags[i].value : "", verb->flags[i].help);
    if (verb->examples[0] != '\0') (void)printf("\nExamples:\n%s\n", verb->examples);
    return say_end(DISCERN_DONE);
}

static int unknown_verb(const char *name) {
    const struct verb *const *verbs = verb_all();
    for (size_t len = strlen(name); len > 1; len--)
        for (size_t i = 0; verbs[i] != NULL; i++)
            if (strncmp(verbs[i]->name, name, len) == 0) {
                say("there is no verb '%s'; did you mean '%s'?", name, verbs[i]->name);
                return DISCERN_WRONG;
            }
    say("there is no verb '%s'; 'discern --help' lists them", name);
    return DISCERN_WRONG;
}

/* --quiet, --verbose and --json are also taken behind the verb, where people type them. */
static void absorb_common(struct cli *cli, int *argc, char **argv) {
    int kept = 0;
    bool ended = false;
    for (int i = 0; i < *argc; i++) {
        ended = ended || strcmp(argv[i], "--") == 0;
        if (!ended && strcmp(argv[i], "--quiet") == 0) cli->quiet = true;
        else if (!ended && strcmp(argv[i], "--verbose") == 0) cli->verbose = true;
        else if (!ended && strcmp(argv[i], "--json") == 0) cli->json = true;
        else argv[kept++] = argv[i];
    }
    *argc = kept;
}

static int run_verb(struct cli *cli, const struct verb *verb, int argc, char **argv) {
    absorb_common(cli, &argc, argv);
    const char **operands = calloc((size_t)argc + 1, sizeof *operands);
    if (operands == NULL) {
        say("out of memory");
        return DISCERN_ACT;
    }
    struct args args = {.flags = verb->flags, .flag_count = verb->flag_count, .operands = operands};
    int status = DISCERN_WRONG;
    if (!args_read(&args, argc, argv)) {
        say("%s: '%s' is unknown or lacks its value%s%s; 'discern %s --help' explains", verb->name, args.wrong,
            args.near == NULL ? "" : ", did you mean ", args.near == NULL ? "" : args.near, verb->name);
    } else if (args.help) {
        status = print_verb_help(verb);
    } else {
        status = say_end(verb->run(cli, &args));
    }
    free((void *)operands);
    return status;
}

/* How many words stand before the verb. */
static int leading(int argc, char **argv) {
    int at = 1;
    while (at < argc && argv[at][0] == '-' && argv[at][1] != '\0') at += strcmp(argv[at], "--home") == 0 ? 2 : 1;
    return at < argc ? at : argc;
}

static bool takes_colour(void) {
    const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && (no_colour == NULL || no_colour[0] == '\0') && term != NULL &&
           strcmp(term, "dumb") != 0;
}

/* How long the C library asks name servers (resolv.conf(5)), unless the machine's owner said it in the environment.
 * libcurl cannot leave a look-up that it gave up on before that is over, and meanwhile nothing else is read. */
static void set_patience(void) {
    (void)setenv("RES_OPTIONS", "timeout:2 attempts:2", 0);
}

int main(int argc, char **argv) {
    set_patience();
    /* A pipe that closed and a file that may not grow are told by the write that failed, not by a signal. */
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
    int verb_at = leading(argc, argv);
    const char *operands[64];
    struct args args = {.operands = operands};
    args.flags = verb_common(&args.flag_count);
    if (verb_at > 60 || !args_read(&args, verb_at - 1, argv + 1)) {
        say("'%s' is unknown or lacks its value; 'discern --help' explains", args.wrong == NULL ? "" : args.wrong);
        return DISCERN_WRONG;
    }
    struct cli cli = {.home = args_has(&args, "--home") ? args_value(&args, "--home") : getenv("DISCERN_HOME"),
                      .quiet = args_has(&args, "--quiet"),
                      .verbose = args_has(&args, "--verbose"),
                      .json = args_has(&args, "--json"),
                      .colour = takes_colour(),
                      .progress = isatty(STDERR_FILENO) == 1,
                      .now_s = home_clock()};
    if (args_has(&args, "--version")) return print_version();
    if (args.help || verb_at >= argc) return print_help();
    if (strcmp(argv[verb_at], "help") == 0 && verb_at + 1 >= argc) return print_help();
    const struct verb *verb = verb_find(argv[strcmp(argv[verb_at], "help") == 0 ? verb_at + 1 : verb_at]);
    if (verb == NULL) return unknown_verb(argv[verb_at]);
    if (strcmp(argv[verb_at], "help") == 0) return print_verb_help(verb);
    return run_verb(&cli, verb, argc - verb_at - 1, argv + verb_at + 1);
}
