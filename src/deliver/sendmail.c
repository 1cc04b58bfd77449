/* A mail program of the machine, called as sendmail(8) is: PROGRAM -i -f SENDER -- RECEIVER, the message on its
 * standard input. No shell; not -t, so no header can add a receiver; a bare environment. */
#include "deliver/target.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

#define TIMEOUT_S 60
#define EXIT_TRY_LATER 75 /* EX_TEMPFAIL of sysexits.h */
#define TICK_MS 20

static void fd_close(int *fd) {
    if (*fd >= 0) (void)close(*fd);
    *fd = -1;
}

static bool spawn(const struct target_settings *settings, const struct parcel *parcel, int input, pid_t *pid,
                  struct fault *fault) {
    char program[1024], from[256], to[256];
    snprintf(program, sizeof program, "%.*s", SLICE_ARGS(settings->program));
    snprintf(from, sizeof from, "%.*s", SLICE_ARGS(parcel->from));
    snprintf(to, sizeof to, "%.*s", SLICE_ARGS(parcel->to));
    if (program[0] != '/')
        return fault_set(fault, FAULT_CONFIG, "the mail program needs a full path, not '%s'", program);
    char ignore_dots[] = "-i", sender[] = "-f", end[] = "--", path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
    char *argv[] = {program, ignore_dots, sender, from, end, to, NULL}, *envp[] = {path, NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return fault_memory(fault);
    int failed = posix_spawn_file_actions_adddup2(&actions, input, 0);
    if (failed == 0) failed = posix_spawn(pid, program, &actions, NULL, argv, envp);
    (void)posix_spawn_file_actions_destroy(&actions);
    return failed == 0 || fault_set(fault, FAULT_CONFIG, "the mail program '%s': %s", program, strerror(failed));
}

/* Writes without a signal when the program has gone; false when not all was taken in time. */
static bool feed(int fd, struct slice bytes, int timeout_ms) {
    while (bytes.len > 0) {
        struct pollfd wait_for = {.fd = fd, .events = POLLOUT};
        int ready = poll(&wait_for, 1, timeout_ms);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return false;
        ssize_t wrote = send(fd, bytes.at, bytes.len, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (wrote < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (wrote <= 0) return false;
        bytes = slice_part(bytes, (size_t)wrote, bytes.len);
    }
    return true;
}

/* Waits for the program's end; one that takes too long is stopped. False when it was. */
static bool reap(pid_t pid, int64_t timeout_ms, int *status) {
    for (int64_t waited = 0;; waited += TICK_MS) {
        pid_t ended = waitpid(pid, status, WNOHANG);
        if (ended == pid) return true;
        if (ended < 0 && errno != EINTR) return false;
        if (waited >= timeout_ms) break;
        struct timespec tick = {.tv_nsec = TICK_MS * 1000000L};
        (void)nanosleep(&tick, NULL);
    }
    (void)kill(pid, SIGKILL);
    while (waitpid(pid, status, 0) < 0 && errno == EINTR) continue;
    return false;
}

static bool answer(int status, bool whole, bool *may_have_gone, struct fault *fault) {
    if (!WIFEXITED(status)) {
        *may_have_gone = whole;
        return fault_set(fault, FAULT_REMOTE, "the mail program was stopped by a signal");
    }
    int code = WEXITSTATUS(status);
    if (code == 0 && whole) return true;
    if (code == 0 || code == EXIT_TRY_LATER)
        return fault_set(fault, FAULT_REMOTE, "the mail program says: try later (%d)", code);
    return fault_set(fault, FAULT_REFUSED, "the mail program refused the mail (exit status %d)", code);
}

static bool hand_over(const struct target_settings *settings, const struct parcel *parcel, bool *may_have_gone,
                      struct fault *fault) {
    *may_have_gone = false;
    if (!parcel_holds(parcel, fault)) return false;
    AUTO(buf_free)
    struct buf lines = buf_new(parcel->message.len + 1);
    if (!parcel_lines(parcel, &lines, fault)) return false;
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return fault_set(fault, FAULT_STORE, "a pipe to the mail program: %s", strerror(errno));
    AUTO(fd_close)
    int ours = pair[0];
    AUTO(fd_close)
    int theirs = pair[1];
    pid_t pid = 0;
    if (!spawn(settings, parcel, theirs, &pid, fault)) return false;
    fd_close(&theirs);
    int64_t timeout_ms = (settings->timeout_s > 0 ? settings->timeout_s : TIMEOUT_S) * 1000;
    bool whole = feed(ours, buf_slice(&lines), (int)timeout_ms);
    fd_close(&ours);
    int status = 0;
    if (!reap(pid, timeout_ms, &status)) {
        *may_have_gone = whole;
        return fault_set(fault, FAULT_REMOTE, "the mail program did not end in time");
    }
    return answer(status, whole, may_have_gone, fault);
}

const struct target target_sendmail = {
    .name = "sendmail",
    .help = "hands each mail to a mail program of this machine",
    .hand_over = hand_over,
};
