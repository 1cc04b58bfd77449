#include "home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "say.h"

int64_t home_clock(void) {
    const char *set = getenv("DISCERN_NOW");
    char *end = NULL;
    long long value = set == NULL ? 0 : strtoll(set, &end, 10);
    if (set != NULL && end != set && *end == '\0' && value > 0) return value;
    return (int64_t)time(NULL);
}

static bool join(char out[HOME_PATH_BYTES], const char *folder, const char *rest) {
    int written = snprintf(out, HOME_PATH_BYTES, "%s%s", folder, rest);
    return written > 0 && written < HOME_PATH_BYTES;
}

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

/* $XDG_… when it is an absolute path, else $HOME and the default behind it. */
static bool xdg(char out[HOME_PATH_BYTES], const char *name, const char *otherwise, const char *rest) {
    const char *set = variable(name);
    if (set != NULL && set[0] == '/') return join(out, set, rest);
    char folder[HOME_PATH_BYTES];
    const char *home = variable("HOME");
    return home != NULL && join(folder, home, otherwise) && join(out, folder, rest);
}

static bool beneath(const char *home, struct home_paths *paths) {
    return join(paths->config_dir, home, "/config") && join(paths->store_path, home, "/discern.db") &&
           join(paths->site_dir, home, "/site");
}

static bool by_standard(struct home_paths *paths) {
    const char *configuration = variable("CONFIGURATION_DIRECTORY"), *state = variable("STATE_DIRECTORY");
    bool found = configuration != NULL ? join(paths->config_dir, configuration, "")
                                       : xdg(paths->config_dir, "XDG_CONFIG_HOME", "/.config", "/discern");
    if (state != NULL)
        return found && join(paths->store_path, state, "/discern.db") && join(paths->site_dir, state, "/site");
    return found && xdg(paths->store_path, "XDG_DATA_HOME", "/.local/share", "/discern/discern.db") &&
           xdg(paths->site_dir, "XDG_DATA_HOME", "/.local/share", "/discern/site");
}

const char *home_part(const struct cli *cli, const char *name, char path[HOME_PATH_BYTES]) {
    char folder[HOME_PATH_BYTES];
    bool named = cli->home != NULL && join(folder, cli->home, "/config/") && join(path, folder, name);
    return named && access(path, R_OK) == 0 ? path : NULL;
}

bool home_find(const struct cli *cli, struct home_paths *paths) {
    bool given = cli->home != NULL && cli->home[0] != '\0';
    if (given ? beneath(cli->home, paths) : by_standard(paths)) return true;
    say("no folder to keep things in: give --home DIR, or set HOME");
    return false;
}

void home_report(void *to, enum discern_note note, const char *text) {
    const struct cli *cli = to;
    /* A line of progress may stand there. */
    if (cli->progress && !cli->quiet && note != DISCERN_PROGRESS) (void)fputs("\r\033[K", stderr);
    switch (note) {
        case DISCERN_INFO:
            if (cli->verbose) say("%s", text);
            break;
        case DISCERN_PROGRESS:
            if (cli->progress && !cli->quiet) (void)fprintf(stderr, "\r\033[K%.70s", text);
            break;
        case DISCERN_TROUBLE:
            if (!cli->quiet) say("%s", text);
            break;
        case DISCERN_WARNING:
            if (!cli->quiet) say_lines(text);
            break;
        case DISCERN_PROBLEM: say_lines(text); break;
    }
}

int home_open(const struct cli *cli, struct discern **home) {
    struct home_paths paths;
    if (!home_find(cli, &paths)) return DISCERN_WRONG;
    struct discern_error error = {""};
    /* A report takes what is its own as it is given; home_report only reads it. */
    const union {
        const struct cli *cli;
        void *to;
    } report = {.cli = cli};
    struct discern_options options = {
        .places = {paths.config_dir, paths.store_path, paths.site_dir},
        .now_s = cli->now_s,
        .report = home_report,
        .report_to = report.to,
    };
    return say_status(discern_open(&options, home, &error), &error);
}
