#include "base/limits.h"
#include "config/describe.h"
#include "door/session.h"

int discern_settings(discern_write *write, void *to, struct discern_error *error) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf text = buf_new((size_t)LIMIT_CONFIG_BYTES);
    struct fault fault = {0};
    struct config_tables tables;
    if (arena == NULL || !house_tables(arena, &tables)) {
        fault_memory(&fault);
        return door_status(&fault, error);
    }
    config_describe(&tables, &text);
    (void)door_write(&text, write, to, &fault);
    return door_status(&fault, error);
}
