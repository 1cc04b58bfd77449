#include "base/limits.h"
#include "base/when.h"
#include "door/session.h"
#include "stage/import.h"
#include "stage/withdraw.h"
#include "store/items.h"

int discern_import(struct discern *home, const char *path, discern_write *write, void *to,
                   struct discern_error *error) {
    struct fault fault = {0};
    struct import_counts counts = {0};
    AUTO(lock_release)
    struct lock lock = {0};
    if (!house_lock(&home->house, &lock, &fault)) return door_status(&fault, error);
    bool done = import_path(&home->house, path, &counts, &fault);
    AUTO(buf_free)
    struct buf out = buf_new(4096);
    if (counts.retractions > 0) buf_printf(&out, "%lld retractions and corrections\n", (long long)counts.retractions);
    else
        buf_printf(&out, "%lld posts read: %lld new, %lld changed, %lld could not be read\n", (long long)counts.seen,
                   (long long)counts.made, (long long)counts.changed, (long long)counts.skipped);
    struct fault second = {0};
    if (!door_write(&out, write, to, &second) && done) return door_status(&second, error);
    return door_status(&fault, error);
}

static bool forget(struct discern *home, const char *author, int64_t *removed, struct fault *fault) {
    AUTO(lock_release)
    struct lock lock = {0};
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!house_lock(&home->house, &lock, fault) || !store_begin(home->house.store, &work, fault)) return false;
    if (!items_forget(home->house.store, slice_from(author), home->house.options.now_s, removed, fault)) return false;
    const struct slice_list none = {0};
    int64_t touched;
    if (!withdraw_posts(home->house.store, &none, home->house.options.now_s, &touched, fault)) return false;
    return store_commit(&work, fault);
}

int discern_forget(struct discern *home, const char *author, discern_write *write, void *to,
                   struct discern_error *error) {
    struct fault fault = {0};
    int64_t removed = 0;
    AUTO(buf_free)
    struct buf out = buf_new(4096);
    if (forget(home, author, &removed, &fault)) {
        buf_printf(&out,
                   "%lld posts removed; no more of this person's are kept. Pages made before are made again by the "
                   "next digest.\n",
                   (long long)removed);
        (void)door_write(&out, write, to, &fault);
    }
    return door_status(&fault, error);
}

int discern_backup(struct discern *home, const char *path, discern_write *write, void *to,
                   struct discern_error *error) {
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf out = buf_new(8192);
    if (store_backup(home->house.store, path, &fault)) {
        buf_printf(&out, "the store is copied to %s\n", path);
        (void)door_write(&out, write, to, &fault);
    }
    return door_status(&fault, error);
}

int discern_prune(struct discern *home, int64_t days, discern_write *write, void *to, struct discern_error *error) {
    struct fault fault = {0};
    struct store_pruned pruned = {0};
    int64_t now_s = home->house.options.now_s;
    AUTO(lock_release)
    struct lock lock = {0};
    AUTO(buf_free)
    struct buf out = buf_new(4096);
    if (!house_lock(&home->house, &lock, &fault)) return door_status(&fault, error);
    if (store_prune(home->house.store, now_s - days * DAY_S, now_s, &pruned, &fault)) {
        buf_printf(&out, "removed: %lld posts, %lld pages, %lld digests, %lld records of runs\n",
                   (long long)pruned.items, (long long)pruned.articles, (long long)pruned.digests,
                   (long long)pruned.runs);
        (void)door_write(&out, write, to, &fault);
    }
    return door_status(&fault, error);
}
