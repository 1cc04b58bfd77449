/* bad_server: starts tests/server/bad_server.py for a C test, on an ephemeral port of loopback. It ends with the test:
 * its standard input is a pipe that nobody else holds. */
#ifndef DISCERN_TESTS_BAD_SERVER_H
#define DISCERN_TESTS_BAD_SERVER_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct bad_server {
    pid_t pid;
    int hold; /* its standard input: closed = it ends */
    unsigned port;
};

/* Runs a script of tests/server with `more` words until bad_server_stop; its first line of output goes to `line`. */
static inline int bad_server_run(struct bad_server *server, const char *script, const char *const *more, char *line,
                                 size_t size) {
    int in[2], out[2];
    const char *words[16] = {"python3", "-Wignore", script};
    for (size_t i = 0; more != NULL && more[i] != NULL && i < 12; i++) words[3 + i] = more[i];
    if (pipe(in) != 0 || pipe(out) != 0) return -1;
    server->pid = fork();
    if (server->pid == 0) {
        (void)dup2(in[0], 0);
        (void)dup2(out[1], 1);
        for (int i = 3; i < 64; i++) (void)close(i);
        (void)execvp(words[0], (char *const *)words);
        _exit(127);
    }
    (void)close(in[0]);
    (void)close(out[1]);
    server->hold = in[1];
    size_t len = 0;
    while (len + 1 < size && read(out[0], line + len, 1) == 1 && line[len] != '\n') len++;
    line[len] = '\0';
    (void)close(out[0]);
    return len == 0 ? -1 : 0;
}

static inline int bad_server_start(struct bad_server *server, const char *const *more) {
    char port[32] = "";
    server->hold = -1;
    int failed = bad_server_run(server, "tests/server/bad_server.py", more, port, sizeof port);
    server->port = (unsigned)strtoul(port, NULL, 10);
    return failed != 0 || server->port == 0 ? -1 : 0;
}

static inline void bad_server_stop(struct bad_server *server) {
    (void)close(server->hold);
    (void)waitpid(server->pid, NULL, 0);
}

#endif
