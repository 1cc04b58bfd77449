/* shelf: a store in a folder of its own for one test, removed afterwards. Included by the tests of store/ alone. */
#ifndef DISCERN_TEST_SHELF_H
#define DISCERN_TEST_SHELF_H

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/when.h"
#include "model/item.h"
#include "store/items.h"
#include "store/store.h"

#define NOW ((int64_t)1764000000)

struct shelf {
    char folder[64];
    char path[96];
    struct store *store;
    struct arena *arena;
    struct fault fault;
};

/* Every call of the store in a test goes through this: a fault is shown, not only counted. */
#define MUST(shelf, call)                                                                                              \
    do {                                                                                                               \
        if (!(call)) fail_msg("%s: %s", #call, (shelf)->fault.text);                                                   \
    } while (0)

static inline void shelf_open(struct shelf *shelf) {
    struct store_options options = {.path = shelf->path};
    MUST(shelf, store_open(&options, &shelf->store, &shelf->fault));
}

static inline int shelf_set_up(void **state) {
    struct shelf *shelf = calloc(1, sizeof *shelf);
    assert_non_null(shelf);
    /* In memory where there is room for it: these tests wait for hundreds of disk flushes otherwise. */
    snprintf(shelf->folder, sizeof shelf->folder, "/dev/shm/discern-store-XXXXXX");
    if (mkdtemp(shelf->folder) == NULL) {
        snprintf(shelf->folder, sizeof shelf->folder, "/tmp/discern-store-XXXXXX");
        assert_non_null(mkdtemp(shelf->folder));
    }
    snprintf(shelf->path, sizeof shelf->path, "%s/discern.db", shelf->folder);
    shelf->arena = arena_new((size_t)64 * 1024 * 1024);
    shelf_open(shelf);
    *state = shelf;
    return 0;
}

static inline int shelf_tear_down(void **state) {
    struct shelf *shelf = *state;
    char command[256];
    store_close(&shelf->store);
    arena_free(&shelf->arena);
    snprintf(command, sizeof command, "chmod -R u+rwX %s; rm -rf %s", shelf->folder, shelf->folder);
    int rc = system(command);
    free(shelf);
    return rc;
}

#define SHELF_TEST(name) cmocka_unit_test_setup_teardown(name, shelf_set_up, shelf_tear_down)

static inline struct item shelf_item(const char *id, const char *title, const char *text) {
    struct item item;
    item_init(&item);
    item.id = slice_from(id);
    item.title = slice_from(title);
    item.text = slice_from(text);
    item.kind = ITEM_POST;
    return item;
}

/* Puts inside the open transaction. */
static inline struct item_put shelf_put(struct shelf *shelf, const char *source, const struct item *item,
                                        int64_t now_s) {
    struct item_put put = {0};
    struct item_in in = {.source = slice_from(source), .item = item, .now_s = now_s};
    MUST(shelf, items_put(shelf->store, &in, &put, &shelf->fault));
    return put;
}

static inline void shelf_begin(struct shelf *shelf, struct store_work *work) {
    MUST(shelf, store_begin(shelf->store, work, &shelf->fault));
}

static inline void shelf_commit(struct shelf *shelf, struct store_work *work) {
    MUST(shelf, store_commit(work, &shelf->fault));
}

/* One item in a transaction of its own. */
static inline struct item_put shelf_keep(struct shelf *shelf, const char *source, const struct item *item,
                                         int64_t now_s) {
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    struct item_put put = shelf_put(shelf, source, item, now_s);
    shelf_commit(shelf, &work);
    return put;
}

static inline void assert_slice(struct slice got, const char *text) {
    if (!slice_equal(got, slice_from(text)) || got.at == NULL) fail_msg("got '%.*s', not '%s'", SLICE_ARGS(got), text);
}

#endif
