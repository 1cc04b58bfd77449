#include "base/jwrite.h"
#include "base/limits.h"
#include "base/when.h"
#include "door/session.h"
#include "door/verdict_json.h"
#include "model/item_json.h"
#include "store/verdicts.h"

static bool write_one(const struct judged *judged, struct arena *arena, struct buf *out, struct fault *fault) {
    struct slice reference = {0};
    if (!item_reference(arena, judged->item.source, judged->item.item.id, &reference)) return fault_memory(fault);
    struct jwrite json = jwrite_to(out);
    buf_clear(out);
    jwrite_object(&json);
    jwrite_member(&json, "id", reference);
    jwrite_member(&json, "source", judged->item.source);
    jwrite_key(&json, "first_seen");
    jwrite_instant(&json, judged->item.first_seen_s);
    jwrite_key(&json, "item");
    item_json_write(&json, &judged->item.item);
    jwrite_key(&json, "verdict");
    verdict_json_write(&json, reference, &judged->verdict, VERDICT_PLAIN);
    jwrite_end_object(&json);
    buf_add_char(out, '\n');
    return true;
}

static bool export(struct discern *home, int64_t days, discern_write *write, void *to, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf line = buf_new((size_t)16 * 1024 * 1024);
    AUTO(judged_walk_free)
    struct judged_walk *walk = NULL;
    int64_t now_s = home->house.options.now_s;
    struct judged_query query = {.items = {.order = ITEMS_OLDEST_FIRST}};
    if (days > 0)
        query.items = (struct item_query){.seen_from_s = now_s - days * DAY_S,
                                          .seen_until_s = now_s + DAY_S,
                                          .order = ITEMS_OLDEST_FIRST};
    if (arena == NULL) return fault_memory(fault);
    if (!verdicts_walk(home->house.store, &query, &walk, fault)) return false;
    for (;;) {
        struct judged judged;
        bool more;
        arena_reset(arena);
        if (!judged_walk_next(walk, arena, &judged, &more, fault)) return false;
        if (!more) return true;
        if (!write_one(&judged, arena, &line, fault) || !door_write(&line, write, to, fault)) return false;
    }
}

int discern_export(struct discern *home, int64_t days, discern_write *write, void *to, struct discern_error *error) {
    struct fault fault = {0};
    (void)export(home, days, write, to, &fault);
    return door_status(&fault, error);
}
