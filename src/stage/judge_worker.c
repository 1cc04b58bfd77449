#include "stage/judge_worker.h"

#include <pthread.h>
#include <signal.h>

#include "base/limits.h"
#include "base/mem.h"

enum state { RESTING, BEGUN, DONE, ENDED };

struct judge_worker {
    struct judge *judge;
    struct rules_change *change;
    struct judge_batch batches[JUDGE_BATCHES];
    pthread_t thread;
    bool has_thread, has_lock;
    pthread_mutex_t lock;
    pthread_cond_t turned; /* `state` is another */
    enum state state;
    struct judge_batch *batch; /* at hand */
    bool failed;
    struct fault fault;
};

/* ---- judging ---- */

static bool judge_one(struct judge_worker *worker, const struct judge_batch *batch, size_t index) {
    const struct document *document = &batch->items.at[index].document;
    struct made *made = &batch->made[index];
    bool touches = true;
    if (worker->change != NULL && made->may_stand &&
        !rules_change_touches(worker->change, document, batch->arena, &touches, &worker->fault))
        return false;
    made->left_alone = !touches;
    return !touches ||
           judge_document(worker->judge, document, JUDGE_VERDICT_ONLY, batch->arena, &made->verdict, &worker->fault);
}

static void judge_batch(struct judge_worker *worker) {
    const struct judge_batch *batch = worker->batch;
    worker->failed = false;
    for (size_t i = 0; i < batch->items.count && !worker->failed; i++)
        if (!judge_one(worker, batch, i))
            worker->failed = !fault_context(&worker->fault, "judging item %lld", (long long)batch->items.at[i].row);
}

/* ---- the thread ---- */

static void turn(struct judge_worker *worker, enum state state) {
    (void)pthread_mutex_lock(&worker->lock);
    worker->state = state;
    (void)pthread_cond_broadcast(&worker->turned);
    (void)pthread_mutex_unlock(&worker->lock);
}

/* The next batch to judge; false at the end. */
static bool next_batch(struct judge_worker *worker) {
    (void)pthread_mutex_lock(&worker->lock);
    while (worker->state != BEGUN && worker->state != ENDED) (void)pthread_cond_wait(&worker->turned, &worker->lock);
    bool begun = worker->state == BEGUN;
    (void)pthread_mutex_unlock(&worker->lock);
    return begun;
}

static void *work(void *given) {
    struct judge_worker *worker = given;
    while (next_batch(worker)) {
        judge_batch(worker);
        turn(worker, DONE);
    }
    return NULL;
}

/* Signals are for the thread that knows what to do about them. */
static bool start(struct judge_worker *worker) {
    sigset_t all, before;
    (void)sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0) return false;
    bool started = pthread_create(&worker->thread, NULL, work, worker) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* ---- its owner's side ---- */

/* Waits until what was begun is done; false when nothing was. */
static bool finish(struct judge_worker *worker) {
    if (worker->has_thread) (void)pthread_mutex_lock(&worker->lock);
    while (worker->state == BEGUN) (void)pthread_cond_wait(&worker->turned, &worker->lock);
    bool done = worker->state == DONE;
    worker->state = RESTING;
    if (worker->has_thread) (void)pthread_mutex_unlock(&worker->lock);
    return done;
}

struct judge_worker *judge_worker_new(struct judge *judge, struct fault *fault) {
    AUTO(judge_worker_free)
    struct judge_worker *worker = mem_new(1, sizeof *worker);
    bool ready = worker != NULL;
    for (size_t i = 0; i < JUDGE_BATCHES && ready; i++) {
        worker->batches[i].arena = arena_new(LIMIT_ARENA_BYTES);
        ready = worker->batches[i].arena != NULL;
    }
    if (!ready) {
        fault_memory(fault);
        return NULL;
    }
    worker->judge = judge;
    worker->has_lock = pthread_mutex_init(&worker->lock, NULL) == 0 && pthread_cond_init(&worker->turned, NULL) == 0;
    worker->has_thread = worker->has_lock && start(worker);
    struct judge_worker *made = worker;
    worker = NULL;
    return made;
}

void judge_worker_free(struct judge_worker **given) {
    struct judge_worker *worker = *given;
    if (worker == NULL) return;
    if (worker->has_thread) {
        (void)finish(worker);
        turn(worker, ENDED);
        (void)pthread_join(worker->thread, NULL);
    }
    if (worker->has_lock) {
        (void)pthread_cond_destroy(&worker->turned);
        (void)pthread_mutex_destroy(&worker->lock);
    }
    for (size_t i = 0; i < JUDGE_BATCHES; i++) arena_free(&worker->batches[i].arena);
    mem_free(worker);
    *given = NULL;
}

struct judge_batch *judge_worker_batch(struct judge_worker *worker, size_t index) {
    return &worker->batches[index];
}

void judge_worker_compare(struct judge_worker *worker, struct rules_change *change) {
    worker->change = change;
}

void judge_worker_begin(struct judge_worker *worker, struct judge_batch *batch) {
    worker->batch = batch;
    if (worker->has_thread) {
        turn(worker, BEGUN);
        return;
    }
    judge_batch(worker);
    worker->state = DONE;
}

void judge_worker_drop(struct judge_worker *worker) {
    (void)finish(worker);
}

bool judge_worker_await(struct judge_worker *worker, struct fault *fault) {
    bool failed = finish(worker) && worker->failed;
    if (failed) *fault = worker->fault;
    return !failed;
}
