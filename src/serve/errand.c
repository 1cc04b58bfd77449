#include "serve/errand.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

/* Where the child finds the file that it writes to. */
#define OUT_FD 3

struct errand {
    char name[TOKEN_TEXT_BYTES]; /* "" = free */
    pid_t child;                 /* 0 = ended */
    int file;                    /* what the child writes to, while it is under way */
    int64_t until_ms;
    uint64_t turn;
    bool done; /* it ended well: `bytes` holds what it wrote */
    struct buf bytes;
};

struct errands {
    struct errand at[ERRANDS_KEPT];
    uint64_t turn;
    bool ended;
};

static int64_t monotonic_ms(void) {
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 : 0;
}

struct errands *errands_new(void) {
    return mem_new(1, sizeof(struct errands));
}

/* ---- the child's side ---- */

static bool write_all(int file, struct slice bytes) {
    while (bytes.len > 0) {
        ssize_t wrote = write(file, bytes.at, bytes.len);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        bytes = slice_part(bytes, (size_t)wrote, bytes.len);
    }
    return true;
}

/* What the server listens on and talks over is not the child's; it ends when the server does. */
static bool stand_alone(int file, pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent) return false;
    if (file != OUT_FD && dup2(file, OUT_FD) != OUT_FD) return false;
    return close_range(OUT_FD + 1, ~0U, 0) == 0;
}

static int work_alone(errand_work *work, void *user, int file, pid_t parent) {
    if (!stand_alone(file, parent)) return 1;
    AUTO(buf_free)
    struct buf out = buf_new(ERRAND_BYTES);
    if (!work(user, &out) || buf_failed(&out)) return 1;
    return write_all(OUT_FD, buf_slice(&out)) ? 0 : 1;
}

/* ---- the server's side ---- */

static void drop(struct errand *errand) {
    if (errand->child != 0) {
        (void)kill(errand->child, SIGKILL);
        while (waitpid(errand->child, NULL, 0) < 0 && errno == EINTR) continue;
        (void)close(errand->file);
    }
    buf_free(&errand->bytes);
    *errand = (struct errand){.file = -1};
}

void errands_free(struct errands **errands) {
    if (*errands == NULL) return;
    for (size_t i = 0; i < ERRANDS_KEPT; i++) drop(&(*errands)->at[i]);
    mem_free(*errands);
    *errands = NULL;
}

static bool read_back(struct errand *errand) {
    errand->bytes = buf_new(ERRAND_BYTES);
    if (lseek(errand->file, 0, SEEK_SET) != 0) return false;
    for (;;) {
        char *room = buf_room(&errand->bytes, 65536);
        ssize_t got = room == NULL ? -1 : read(errand->file, room, 65536);
        if (got < 0 && room != NULL && errno == EINTR) continue;
        if (got <= 0) return got == 0;
        buf_grown(&errand->bytes, (size_t)got);
    }
}

static void look_after(struct errands *errands, struct errand *errand) {
    int status = 0;
    if (errand->child == 0) return;
    if (monotonic_ms() > errand->until_ms) (void)kill(errand->child, SIGKILL);
    if (waitpid(errand->child, &status, WNOHANG) != errand->child) return;
    errand->child = 0;
    errand->done = WIFEXITED(status) && WEXITSTATUS(status) == 0 && read_back(errand);
    (void)close(errand->file);
    errands->ended = true;
}

bool errands_ended(struct errands *errands) {
    for (size_t i = 0; i < ERRANDS_KEPT; i++) look_after(errands, &errands->at[i]);
    bool ended = errands->ended;
    errands->ended = false;
    return ended;
}

bool errands_have_room(struct errands *errands) {
    size_t under_way = 0;
    for (size_t i = 0; i < ERRANDS_KEPT; i++) {
        look_after(errands, &errands->at[i]);
        under_way += errands->at[i].child != 0;
    }
    return under_way < ERRANDS_AT_ONCE;
}

static struct errand *free_place(struct errands *errands) {
    struct errand *oldest = NULL;
    for (size_t i = 0; i < ERRANDS_KEPT; i++) {
        struct errand *errand = &errands->at[i];
        if (errand->child == 0 && (oldest == NULL || errand->turn < oldest->turn)) oldest = errand;
    }
    return oldest;
}

bool errand_start(struct errands *errands, errand_work *work, void *user, char name[TOKEN_TEXT_BYTES],
                  struct fault *fault) {
    if (!errands_have_room(errands))
        return fault_set(fault, FAULT_BUSY, "%d are under way already: try again in half a minute", ERRANDS_AT_ONCE);
    struct errand *errand = free_place(errands);
    drop(errand);
    int file = memfd_create("errand", MFD_CLOEXEC);
    if (file < 0 || !token_random(errand->name)) {
        if (file >= 0) (void)close(file);
        return fault_memory(fault);
    }
    pid_t parent = getpid(), child = fork();
    if (child == 0) _exit(work_alone(work, user, file, parent));
    if (child < 0) {
        (void)close(file);
        errand->name[0] = '\0';
        return fault_memory(fault);
    }
    errand->child = child;
    errand->file = file;
    errand->until_ms = monotonic_ms() + (int64_t)ERRAND_S * 1000;
    errand->turn = ++errands->turn;
    memcpy(name, errand->name, TOKEN_TEXT_BYTES);
    return true;
}

enum errand_state errand_look(struct errands *errands, struct slice name, struct slice *out) {
    for (size_t i = 0; i < ERRANDS_KEPT && !slice_is_empty(name); i++) {
        struct errand *errand = &errands->at[i];
        if (!slice_equal(slice_from(errand->name), name)) continue;
        look_after(errands, errand);
        if (errand->child != 0) return ERRAND_UNDER_WAY;
        *out = buf_slice(&errand->bytes);
        return errand->done ? ERRAND_DONE : ERRAND_LOST;
    }
    return ERRAND_UNKNOWN;
}
