#include "source/x_people.h"

#include "base/buf.h"

#define WANTED_MOST 100u
#define PEOPLE_BYTES ((size_t)14 * 1024)

static struct slice next_of(struct slice *list) {
    return slice_next(list, ',');
}

void x_people_find(struct slice people, struct slice id, struct slice *handle) {
    *handle = (struct slice){NULL, 0};
    while (!slice_is_absent(people)) {
        struct slice one = next_of(&people);
        struct slice own = slice_next(&one, ':');
        if (!slice_equal(own, id)) continue;
        *handle = slice_is_absent(one) ? SLICE("") : one;
        return;
    }
}

size_t x_people_count(struct slice ids) {
    size_t count = 0;
    while (!slice_is_empty(ids)) {
        (void)next_of(&ids);
        count++;
    }
    return count;
}

static bool holds_id(struct slice ids, struct slice id) {
    while (!slice_is_absent(ids))
        if (slice_equal(next_of(&ids), id)) return true;
    return false;
}

bool x_people_want(struct arena *arena, struct slice id, struct slice *wanted) {
    if (slice_is_empty(id) || holds_id(*wanted, id) || x_people_count(*wanted) >= WANTED_MOST) return true;
    char *more = slice_is_empty(*wanted) ? arena_text(arena, id)
                                         : arena_printf(arena, "%.*s,%.*s", SLICE_ARGS(*wanted), SLICE_ARGS(id));
    if (more == NULL) return false;
    *wanted = slice_from(more);
    return true;
}

/* What could not be told apart again is not kept. */
static bool is_plain(struct slice text) {
    return slice_find_byte(text, ',', 0) == SLICE_NOT_FOUND && slice_find_byte(text, ':', 0) == SLICE_NOT_FOUND;
}

static void add(struct buf *out, struct slice id, struct slice handle) {
    if (slice_is_empty(id) || !is_plain(id) || !is_plain(handle) || handle.len > 50 || id.len > 20) return;
    if (out->len > 0) buf_add_char(out, ',');
    buf_printf(out, "%.*s:%.*s", SLICE_ARGS(id), SLICE_ARGS(handle));
}

bool x_people_learn(struct arena *arena, struct slice people, const struct jnode *users, struct slice asked,
                    struct slice *out) {
    AUTO(buf_free)
    struct buf list = buf_new(PEOPLE_BYTES);
    char scratch[32];
    size_t fresh = jtree_count(users) + x_people_count(asked);
    /* A full list begins anew: whoever is still met is asked for again. */
    if (x_people_count(people) + fresh <= X_PEOPLE_MOST) buf_add(&list, people);
    for (size_t i = 0; i < jtree_count(users) && i < X_PEOPLE_MOST; i++) {
        const struct jnode *user = jtree_at(users, i);
        struct slice id = jtree_text_or_number(jtree_get(user, "id"), scratch), known;
        x_people_find(buf_slice(&list), id, &known);
        if (slice_is_absent(known)) add(&list, id, jtree_get_text(user, "username"));
    }
    while (!slice_is_empty(asked)) {
        struct slice id = next_of(&asked), known;
        x_people_find(buf_slice(&list), id, &known);
        if (slice_is_absent(known)) add(&list, id, SLICE(""));
    }
    return !buf_failed(&list) && arena_copy(arena, buf_slice(&list), out);
}
