#include "store/judge_list.h"

bool judge_list_add(struct store *store, int64_t row, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "INSERT OR IGNORE INTO to_judge(item) VALUES(?)", &ask, fault)) return false;
    ask_bind_int(&ask, row);
    return ask_run(&ask, fault);
}

void judge_list_made(struct store *store, int64_t row) {
    if (store->made_first == 0) store->made_first = row;
    store->made_last = row;
}

bool judge_list_flush(struct store *store, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (store->made_first == 0) return true;
    if (!ask_open(store, "INSERT OR IGNORE INTO to_judge(item) SELECT row FROM item WHERE row BETWEEN ? AND ?", &ask,
                  fault))
        return false;
    ask_bind_int(&ask, store->made_first);
    ask_bind_int(&ask, store->made_last);
    judge_list_clear(store);
    return ask_run(&ask, fault);
}

void judge_list_clear(struct store *store) {
    store->made_first = store->made_last = 0;
}
