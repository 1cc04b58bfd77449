#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--port", "N", "the port (8787; 0 = any free one)"},
    {"--listen", "ADDRESS", "another address than 127.0.0.1; needs --password-file"},
    {"--name", "HOST", "another name that it goes by"},
    {"--password-file", "FILE", "an Argon2id hash, as the program argon2 prints it with -e"},
};

static bool port_of(const struct args *args, unsigned *out) {
    const char *text = args_value(args, "--port");
    char *end = NULL;
    long port = text == NULL ? 8787 : strtol(text, &end, 10);
    *out = (unsigned)port;
    if (text == NULL || (end != text && *end == '\0' && port >= 0 && port <= 65535)) return true;
    say("serve: '%s' is no port", text);
    return false;
}

/* SIGINT and SIGTERM are blocked and asked for, so that nothing runs in a signal handler. */
static bool stop(void *user) {
    (void)user;
    sigset_t waiting;
    return sigpending(&waiting) == 0 && (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1);
}

static void block_signals(void) {
    sigset_t set;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
}

static bool write_now(void *to, const char *at, size_t len) {
    return say_text(to, at, len) && fflush(stdout) == 0;
}

static int run(const struct cli *cli, const struct args *args) {
    struct discern_serve wanted = {.address = args_value(args, "--listen"),
                                   .name = args_value(args, "--name"),
                                   .password_file = args_value(args, "--password-file"),
                                   .stop = stop,
                                   .write = write_now};
    if (!port_of(args, &wanted.port)) return DISCERN_WRONG;
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    block_signals();
    status = discern_serve(home, &wanted, &error);
    discern_close(&home);
    return say_status(status, &error);
}

const struct verb verb_serve = {
    .name = "serve",
    .summary = "the same pages and forms on a local web page",
    .usage = "[--port N] [--listen ADDRESS --password-file FILE] [--name HOST]",
    .help = "Only this machine reaches it unless told otherwise. All of it works without scripts. Ctrl-C ends it.",
    .examples = "  discern serve\n  discern serve --port 8080",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
