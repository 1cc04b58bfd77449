#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--port", "N", "the port (8787; 0 = any free one)"},
    {"--listen", "ADDRESS", "another address than 127.0.0.1; needs --password-file"},
    {"--name", "HOST", "another name that it goes by"},
    {"--password-file", "FILE", "holds the hash (Argon2id) of the password that is asked for"},
    {"--make-password", "FILE", "read a password from standard input, write such a file, and end"},
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

/* One line of standard input; a terminal does not show it. */
static bool read_password(char *out, int size) {
    struct termios shown, hidden;
    bool terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    if (terminal) {
        (void)fprintf(stderr, "Password: ");
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    bool done = fgets(out, size, stdin) != NULL;
    if (terminal) {
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        (void)fputc('\n', stderr);
    }
    if (done) out[strcspn(out, "\r\n")] = '\0';
    return done;
}

static int make_password(const char *path) {
    char password[1100];
    struct discern_error error = {""};
    if (!read_password(password, sizeof password)) {
        say("serve: no password came on standard input");
        return DISCERN_WRONG;
    }
    int status = discern_password(path, password, &error);
    explicit_bzero(password, sizeof password);
    return say_status(status, &error);
}

static int run(const struct cli *cli, const struct args *args) {
    if (args_has(args, "--make-password")) return make_password(args_value(args, "--make-password"));
    struct discern_serve wanted = {.address = args_value(args, "--listen"),
                                   .name = args_value(args, "--name"),
                                   .password_file = args_value(args, "--password-file"),
                                   .stop = stop,
                                   .now = home_clock,
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
    .usage = "[--port N] [--listen ADDRESS --password-file FILE] [--name HOST] | --make-password FILE",
    .help = "Only this machine reaches it unless told otherwise. All of it works without scripts. Ctrl-C ends it.\n"
            "A browser asks for the password with any name. It goes over the wire as it is: beyond your own network, "
            "put a\n"
            "web server with TLS in front of it.",
    .examples = "  discern serve\n  discern serve --port 8080",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
