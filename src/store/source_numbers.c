#include "store/source_numbers.h"

#include <string.h>

bool source_number(struct store *store, struct slice name, int64_t *number, struct fault *fault) {
    if (store->source_name.at != NULL && slice_equal(store->source_name, name)) {
        *number = store->source_number;
        return true;
    }
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store, "SELECT number FROM source WHERE name = ?", &ask, fault)) return false;
    ask_bind_text(&ask, name);
    if (!ask_step(&ask, &row, fault)) return false;
    *number = row ? ask_int(&ask, 0) : 0;
    if (!row || name.len >= sizeof store->source_text) return true;
    memcpy(store->source_text, name.at, name.len);
    store->source_name = slice_of(store->source_text, name.len);
    store->source_number = *number;
    return true;
}

bool source_number_made(struct store *store, struct slice name, int64_t *number, struct fault *fault) {
    if (!source_number(store, name, number, fault)) return false;
    if (*number != 0) return true;
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "INSERT INTO source(name) VALUES(?)", &ask, fault)) return false;
    ask_bind_text(&ask, name);
    return ask_run(&ask, fault) && source_number(store, name, number, fault);
}
