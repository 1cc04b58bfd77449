#include "jail/keeper.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jail/walls.h"

/* What is asked of the keeper: a child on the descriptor that comes along, or the status of one that ends. */
struct errand {
    pid_t wait_for; /* 0 = start one */
};

/* A message's room for one descriptor, as CMSG_SPACE and the alignment of struct cmsghdr want it. */
union passage {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(int))];
};

/* ---- in the keeper ---- */

/* Takes an errand; *fd is the descriptor that came along, or -1. */
static bool take_errand(int keeper_fd, struct errand *errand, int *fd) {
    union passage passage;
    struct iovec part = {.iov_base = errand, .iov_len = sizeof *errand};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = passage.bytes,
                             .msg_controllen = sizeof passage.bytes};
    ssize_t got;
    *fd = -1;
    do got = recvmsg(keeper_fd, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof *errand) return false;
    const struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head != NULL && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
        memcpy(fd, CMSG_DATA(head), sizeof *fd);
    return true;
}

/* The process, or the reason why there is none, as a negative errno. */
static int32_t start_here(int fd, const struct jail_task *task) {
    if (fd < 0) return -EBADF;
    pid_t child = fork();
    if (child == 0) child_serve(fd, task);
    int32_t answer = child < 0 ? -errno : child;
    (void)close(fd);
    return answer;
}

static int32_t wait_here(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return 0;
    return status;
}

/* Until the other end is closed; its child goes with it. */
static _Noreturn void keep(int keeper_fd, const struct jail_task *task) {
    struct errand errand;
    int fd;
    walls_detach(keeper_fd);
    while (take_errand(keeper_fd, &errand, &fd)) {
        int32_t answer = errand.wait_for == 0 ? start_here(fd, task) : wait_here(errand.wait_for);
        if (write(keeper_fd, &answer, sizeof answer) != (ssize_t)sizeof answer) break;
    }
    _exit(0);
}

/* ---- in the parent ---- */

bool keeper_begin(const struct jail_task *task, struct keeper *out, struct fault *fault) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return fault_set(fault, FAULT_MEMORY, "no channel to a keeping process: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0) keep(pair[1], task);
    (void)close(pair[1]);
    if (pid < 0) {
        (void)close(pair[0]);
        return fault_set(fault, FAULT_MEMORY, "no keeping process could be started: %s", strerror(errno));
    }
    *out = (struct keeper){.pid = pid, .fd = pair[0]};
    return true;
}

void keeper_end(struct keeper *keeper) {
    if (keeper->pid == 0) return;
    (void)close(keeper->fd);
    (void)kill(keeper->pid, SIGKILL);
    while (waitpid(keeper->pid, NULL, 0) < 0 && errno == EINTR) {}
    *keeper = (struct keeper){0};
}

static bool take_answer(const struct keeper *keeper, int32_t *answer) {
    ssize_t got;
    do got = recv(keeper->fd, answer, sizeof *answer, 0);
    while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof *answer;
}

pid_t keeper_start(const struct keeper *keeper, int fd) {
    struct errand errand = {0};
    union passage passage;
    int32_t child = -EPIPE; /* for a keeper that is gone */
    struct iovec part = {.iov_base = &errand, .iov_len = sizeof errand};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = passage.bytes,
                             .msg_controllen = sizeof passage.bytes};
    memset(&passage, 0, sizeof passage);
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(head), &fd, sizeof fd);
    if (sendmsg(keeper->fd, &message, MSG_NOSIGNAL) == (ssize_t)sizeof errand && !take_answer(keeper, &child))
        child = -EPIPE;
    if (child > 0) return child;
    errno = -child;
    return -1;
}

int keeper_wait(const struct keeper *keeper, pid_t child) {
    struct errand errand = {.wait_for = child};
    int32_t status = 0;
    bool done = send(keeper->fd, &errand, sizeof errand, MSG_NOSIGNAL) == (ssize_t)sizeof errand &&
                take_answer(keeper, &status);
    return done ? status : 0;
}
