/* home: opening the home that a verb works on: --home, DISCERN_HOME or the XDG folders, with messages on standard
 * error. */
#ifndef DISCERN_CLI_HOME_H
#define DISCERN_CLI_HOME_H

#include <discern.h>

#include "verb.h"

#define HOME_PATH_BYTES 4096

struct home_paths {
    char config_dir[HOME_PATH_BYTES], store_path[HOME_PATH_BYTES], site_dir[HOME_PATH_BYTES];
};

/* The present, seconds since 1970, or what DISCERN_NOW says. */
int64_t home_clock(void);
/* Where things are (XDG Base Directory Specification without --home; the systemd variables CONFIGURATION_DIRECTORY and
 * STATE_DIRECTORY win over both XDG folders). False, after saying so, when no folder can be named. */
bool home_find(const struct cli *cli, struct home_paths *paths);
/* The file or folder `name` of the configuration that --home names, in `path`: what a school changed for itself. NULL
 * when there is none. */
const char *home_part(const struct cli *cli, const char *name, char path[HOME_PATH_BYTES]);
/* Opens it; DISCERN_DONE and *home owned by the caller, else the status, after saying why. */
int home_open(const struct cli *cli, struct discern **home);
/* A discern_report that writes to standard error as --quiet and --verbose ask; `to` is the struct cli. */
void home_report(void *to, enum discern_note note, const char *text);

#endif
