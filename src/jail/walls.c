#include "jail/walls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SHADOW_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHADOW_MEMORY 1
#endif
#endif

/* Under valgrind memory is not limited and code may be mapped, or it could not run; no document can bring that about.
 */
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

void walls_detach(int keep_fd) {
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)prctl(PR_SET_DUMPABLE, 0);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd < 3 && null >= 0; fd++) (void)dup2(null, fd);
    if (keep_fd > 3) (void)syscall(SYS_close_range, 3, keep_fd - 1, 0);
    (void)syscall(SYS_close_range, keep_fd + 1, ~0U, 0);
    (void)signal(SIGINT, SIG_IGN); /* a terminal's ^C is for the parent, which ends this process itself */
    (void)signal(SIGTERM, SIG_DFL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static bool limit(__rlimit_resource_t what, rlim_t value) {
    const struct rlimit both = {.rlim_cur = value, .rlim_max = value};
    return setrlimit(what, &both) == 0;
}

/* The time limit is not among them: the parent moves it forward for each document. */
static bool raise_limits(size_t memory_bytes) {
    bool done = limit(RLIMIT_CORE, 0);
    done = limit(RLIMIT_FSIZE, 0) && done;
    done = limit(RLIMIT_NOFILE, 0) && done;
#ifdef SHADOW_MEMORY
    (void)memory_bytes; /* the sanitizer maps terabytes that it never uses */
#else
    if (!RUNNING_ON_VALGRIND) done = limit(RLIMIT_AS, memory_bytes) && done;
#endif
    return done;
}

/* A ruleset without a rule: no file can be opened, made, moved or listed. */
static int raise_landlock(void) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return 0;
    struct landlock_ruleset_attr rules = {.handled_access_fs = (UINT64_C(1) << 13) - 1};
    long fd = syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (fd < 0) return 0;
    bool held = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
    (void)close((int)fd);
    return held ? (int)version : 0;
}

/* What computing, allocating and answering on an open socket need. No open, no socket, no fork, no exec, no kill. */
static const int allowed[] = {
    SCMP_SYS(read),         SCMP_SYS(write),           SCMP_SYS(recvfrom),      SCMP_SYS(sendto),
    SCMP_SYS(exit),         SCMP_SYS(exit_group),      SCMP_SYS(brk),           SCMP_SYS(munmap),
    SCMP_SYS(mremap),       SCMP_SYS(madvise),         SCMP_SYS(rt_sigreturn),  SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction), SCMP_SYS(sigaltstack),     SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(futex),        SCMP_SYS(getrandom),       SCMP_SYS(getpid),        SCMP_SYS(gettid),
    SCMP_SYS(sched_yield),  SCMP_SYS(restart_syscall), SCMP_SYS(close),         SCMP_SYS(getrusage)};

static bool add_rules(scmp_filter_ctx filter) {
    bool done = true;
    for (size_t i = 0; i < COUNT_OF(allowed); i++)
        done = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0 && done;
    /* Memory, but never code. */
    const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    done = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &no_code) == 0 && done;
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &no_code) == 0 && done;
}

static bool raise_seccomp(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EACCES));
    if (filter == NULL) return false;
    bool done = add_rules(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return done;
}

struct jail_protections walls_raise(size_t memory_bytes) {
    struct jail_protections held = {.child = true};
    held.no_new_privs = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    held.landlock = raise_landlock();
    held.limits = raise_limits(memory_bytes);
    held.seccomp = !RUNNING_ON_VALGRIND && raise_seccomp();
    return held;
}
