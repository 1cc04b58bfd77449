#include "jail/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "jail/child.h"
#include "jail/keeper.h"

/* One call's clock: wall and CPU. */
struct watch {
    int64_t wall_end_ms, cpu_end_ms;
    int64_t look_ms; /* the earliest moment at which its CPU time can be spent: nobody need look before */
};

struct jail {
    struct jail_task task;
    struct jail_limits limits;
    struct keeper keeper;
    pid_t pid; /* 0 = no child */
    int fd;
    clockid_t clock;         /* of the child's CPU time */
    rlim_t cpu_limit_s;      /* that the kernel keeps for the child; 0 = none yet */
    struct slice head, body; /* of the call that is under way */
    struct watch watch;      /* likewise */
    char *shared; /* both sides' memory: the request, and behind it room for the answer; the socket only rings */
};

static int64_t clock_ms(clockid_t clock) {
    struct timespec now;
    if (clock_gettime(clock, &now) != 0) return 0;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct jail *jail_new(jail_worker *worker, void *user, struct jail_limits limits, struct fault *fault) {
    struct jail *jail = mem_new(1, sizeof *jail);
    if (jail == NULL) {
        fault_memory(fault);
        return NULL;
    }
    if (limits.cpu_s == 0) limits.cpu_s = LIMIT_PARSE_CPU_S;
    if (limits.cpu_ms == 0) limits.cpu_ms = limits.cpu_s * 1000;
    if (limits.wall_s == 0) limits.wall_s = LIMIT_JAIL_WALL_S;
    if (limits.memory_bytes == 0) limits.memory_bytes = LIMIT_PARSE_MEMORY_BYTES;
    if (limits.answer_bytes == 0) limits.answer_bytes = LIMIT_JAIL_ANSWER_BYTES;
    char *shared = mmap(NULL, JAIL_REQUEST_BYTES + limits.answer_bytes, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (shared == MAP_FAILED) {
        mem_free(jail);
        fault_memory(fault);
        return NULL;
    }
    *jail = (struct jail){.limits = limits,
                          .shared = shared,
                          .fd = -1,
                          .task = {.worker = worker,
                                   .user = user,
                                   .shared = shared,
                                   .memory_bytes = limits.memory_bytes,
                                   .answer_bytes = limits.answer_bytes}};
    return jail;
}

void jail_set_prepare(struct jail *jail, jail_prepare *prepare) {
    jail->task.prepare = prepare;
}

/* Ends the child, if there is one; its status as waitpid gives it. */
static int end_child(struct jail *jail) {
    int status = 0;
    if (jail->fd >= 0) (void)close(jail->fd);
    if (jail->pid > 0) {
        (void)kill(jail->pid, SIGKILL);
        if (jail->keeper.pid > 0) status = keeper_wait(&jail->keeper, jail->pid);
        else
            while (waitpid(jail->pid, &status, 0) < 0 && errno == EINTR) {}
    }
    jail->fd = -1;
    jail->pid = 0;
    return status;
}

void jail_free(struct jail **jail) {
    if (*jail == NULL) return;
    (void)end_child(*jail);
    keeper_end(&(*jail)->keeper);
    (void)munmap((*jail)->shared, JAIL_REQUEST_BYTES + (*jail)->limits.answer_bytes);
    mem_free(*jail);
    *jail = NULL;
}

bool jail_stand_by(struct jail *jail, struct fault *fault) {
    return jail->keeper.pid > 0 || keeper_begin(&jail->task, &jail->keeper, fault);
}

static pid_t fork_child(const struct jail *jail, int fd) {
    if (jail->keeper.pid > 0) return keeper_start(&jail->keeper, fd);
    pid_t pid = fork();
    if (pid == 0) child_serve(fd, &jail->task);
    return pid;
}

static bool start_child(struct jail *jail, struct fault *fault) {
    int pair[2];
    if (jail->pid > 0) return true;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return fault_set(fault, FAULT_MEMORY, "no channel to a reading process: %s", strerror(errno));
    pid_t pid = fork_child(jail, pair[1]);
    int why = errno;
    (void)close(pair[1]);
    if (pid < 0) {
        (void)close(pair[0]);
        return fault_set(fault, FAULT_MEMORY, "no reading process could be started: %s", strerror(why));
    }
    (void)fcntl(pair[0], F_SETFL, O_NONBLOCK);
    jail->pid = pid;
    jail->fd = pair[0];
    jail->cpu_limit_s = 0;
    if (clock_getcpuclockid(pid, &jail->clock) == 0) return true;
    (void)end_child(jail);
    return fault_set(fault, FAULT_MEMORY, "the time that a reading process takes cannot be told");
}

/* The kernel's own limit stands a second or two behind the watch, should this process be stopped meanwhile. */
static struct watch start_watch(struct jail *jail) {
    int64_t used_ms = clock_ms(jail->clock), now_ms = clock_ms(CLOCK_MONOTONIC);
    rlim_t seconds = (rlim_t)(used_ms / 1000) + jail->limits.cpu_ms / 1000 + 2;
    const struct rlimit limit = {.rlim_cur = seconds, .rlim_max = RLIM_INFINITY};
    if (seconds != jail->cpu_limit_s && prlimit(jail->pid, RLIMIT_CPU, &limit, NULL) == 0) jail->cpu_limit_s = seconds;
    return (struct watch){.wall_end_ms = now_ms + (int64_t)jail->limits.wall_s * 1000,
                          .cpu_end_ms = used_ms + jail->limits.cpu_ms,
                          .look_ms = now_ms + jail->limits.cpu_ms};
}

enum outcome { CALL_DONE, CALL_TOO_LONG, CALL_ENDED };

/* Waits until the child rings, no longer than the watch allows. */
static enum outcome await(const struct jail *jail, const struct watch *watch) {
    for (int64_t look_ms = watch->look_ms;;) {
        int64_t now_ms = clock_ms(CLOCK_MONOTONIC);
        if (now_ms >= watch->wall_end_ms) return CALL_TOO_LONG;
        if (now_ms >= look_ms) {
            int64_t left_ms = watch->cpu_end_ms - clock_ms(jail->clock);
            if (left_ms <= 0) return CALL_TOO_LONG;
            look_ms = now_ms + left_ms;
        }
        int64_t until_ms = look_ms < watch->wall_end_ms ? look_ms : watch->wall_end_ms;
        struct pollfd ready = {.fd = jail->fd, .events = POLLIN};
        int result = poll(&ready, 1, (int)(until_ms - now_ms));
        if (result > 0) return CALL_DONE;
        if (result < 0 && errno != EINTR) return CALL_ENDED;
    }
}

/* Frames are smaller than any socket's buffer, so that they go and come whole. */
static enum outcome ring(const struct jail *jail, struct jail_frame frame) {
    return send(jail->fd, &frame, sizeof frame, MSG_NOSIGNAL) == (ssize_t)sizeof frame ? CALL_DONE : CALL_ENDED;
}

static enum outcome await_ring(const struct jail *jail, const struct watch *watch, struct jail_frame *frame) {
    for (;;) {
        ssize_t got = recv(jail->fd, frame, sizeof *frame, 0);
        if (got == (ssize_t)sizeof *frame) return CALL_DONE;
        if (got >= 0 || (errno != EAGAIN && errno != EINTR)) return CALL_ENDED;
        enum outcome outcome = await(jail, watch);
        if (outcome != CALL_DONE) return outcome;
    }
}

static bool too_long(const struct jail *jail, struct fault *fault) {
    unsigned ms = jail->limits.cpu_ms;
    if (ms < 1000) return fault_set(fault, FAULT_LIMIT, "it takes longer than %u milliseconds to read", ms);
    return fault_set(fault, FAULT_LIMIT, "it takes longer than %u seconds to read", ms / 1000);
}

/* Says why there is no answer, and clears the child away. */
static bool give_up(struct jail *jail, enum outcome outcome, struct fault *fault) {
    int status = end_child(jail);
    bool cpu = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
    if (outcome == CALL_TOO_LONG || cpu) return too_long(jail, fault);
    return fault_set(fault, FAULT_INPUT, "the process that read it died of it");
}

/* A fault that the worker sent: its text is from a process that nobody trusts. */
static bool worker_fault(struct jail *jail, uint32_t kind, struct slice text, struct fault *fault) {
    if (kind == FAULT_MEMORY) {
        (void)end_child(jail); /* it may be full of what it could not finish */
        return fault_set(fault, FAULT_LIMIT, "it needs more memory to read than there is for one document");
    }
    enum fault_kind sound = kind > FAULT_NONE && kind <= FAULT_USAGE ? (enum fault_kind)kind : FAULT_INPUT;
    char words[FAULT_TEXT_BYTES];
    size_t len = text.len < sizeof words ? text.len : sizeof words - 1;
    memcpy(words, text.at, len);
    words[len] = '\0';
    return fault_set(fault, sound, "%s", words);
}

static bool take_answer(struct jail *jail, const struct jail_frame *frame, struct buf *out, struct fault *fault) {
    if (frame->magic != JAIL_MAGIC) return give_up(jail, CALL_ENDED, fault);
    if (frame->len > jail->limits.answer_bytes)
        return fault_set(fault, FAULT_LIMIT, "what it says is larger than %zu bytes", jail->limits.answer_bytes);
    struct slice said = slice_of(jail->shared + JAIL_REQUEST_BYTES, frame->len);
    if (frame->fault != FAULT_NONE) return worker_fault(jail, frame->fault, said, fault);
    char *room = buf_room(out, said.len);
    if (room == NULL) return buf_check(out, "what it says", fault);
    /* Copied before anybody looks at it: the child could still change what is shared. */
    memcpy(room, said.at, said.len);
    buf_grown(out, said.len);
    return true;
}

static bool begin(struct jail *jail, uint32_t ask, struct fault *fault) {
    struct slice head = jail->head, body = jail->body;
    struct jail_frame frame = {.len = head.len + body.len, .fault = ask, .magic = JAIL_MAGIC};
    if (head.len > JAIL_REQUEST_BYTES || body.len > JAIL_REQUEST_BYTES - head.len)
        return fault_set(fault, FAULT_LIMIT, "it is larger than %zu bytes", JAIL_REQUEST_BYTES);
    if (!start_child(jail, fault)) return false;
    jail->watch = start_watch(jail);
    if (head.len > 0) memcpy(jail->shared, head.at, head.len);
    if (body.len > 0) memcpy(jail->shared + head.len, body.at, body.len);
    enum outcome outcome = ring(jail, frame);
    return outcome == CALL_DONE || give_up(jail, outcome, fault);
}

static bool end(struct jail *jail, struct buf *out, struct fault *fault) {
    struct jail_frame frame;
    enum outcome outcome = await_ring(jail, &jail->watch, &frame);
    return outcome == CALL_DONE ? take_answer(jail, &frame, out, fault) : give_up(jail, outcome, fault);
}

bool jail_begin(struct jail *jail, struct slice head, struct slice body, struct fault *fault) {
    jail->head = head;
    jail->body = body;
    return begin(jail, 0, fault);
}

bool jail_end(struct jail *jail, struct buf *out, struct fault *fault) {
    if (end(jail, out, fault)) return true;
    if (fault->kind != FAULT_BUSY) return false;
    (void)end_child(jail);
    fault_clear(fault);
    return begin(jail, 0, fault) && end(jail, out, fault);
}

bool jail_call(struct jail *jail, struct slice input, struct buf *out, struct fault *fault) {
    return jail_begin(jail, input, (struct slice){NULL, 0}, fault) && jail_end(jail, out, fault);
}

struct jail_protections jail_probe(void) {
    AUTO(jail_free)
    struct jail *jail = NULL;
    AUTO(buf_free)
    struct buf out = buf_new(1024);
    struct jail_protections held = {0};
    struct fault fault = {0};
    jail = jail_new(NULL, NULL, (struct jail_limits){0}, &fault);
    if (jail == NULL || !begin(jail, JAIL_ASK_WALLS, &fault) || !end(jail, &out, &fault) || out.len != sizeof held)
        return held;
    memcpy(&held, out.at, sizeof held);
    return held;
}
