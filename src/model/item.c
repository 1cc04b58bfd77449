#include "model/item.h"

#include "base/limits.h"
#include "base/when.h"

static const char *const kind_names[] = {"article", "post", "repost", "quote", "reply"};

void item_init(struct item *item) {
    *item = (struct item){.published_s = WHEN_ABSENT, .updated_s = WHEN_ABSENT, .counts = {-1, -1, -1, -1}};
}

void feed_init(struct feed *feed) {
    *feed = (struct feed){.updated_s = WHEN_ABSENT, .published_s = WHEN_ABSENT, .ttl_s = -1};
}

const char *item_kind_name(enum item_kind kind) {
    return kind_names[kind];
}

bool item_kind_from(struct slice name, enum item_kind *out) {
    for (size_t i = 0; i < COUNT_OF(kind_names); i++) {
        if (!slice_equal(name, slice_from(kind_names[i]))) continue;
        *out = (enum item_kind)i;
        return true;
    }
    return false;
}

/* The lists differ in their element only; a macro keeps their one way of growing in one place. */
#define DEFINE_ADD(name, list_type, element_type)                                                                      \
    bool name(struct arena *arena, struct list_type *list, element_type element) {                                     \
        if (list->count >= LIMIT_ITEM_LIST) return false;                                                              \
        void *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof(element_type));                  \
        if (more == NULL) return false;                                                                                \
        list->at = more;                                                                                               \
        list->at[list->count++] = element;                                                                             \
        return true;                                                                                                   \
    }

DEFINE_ADD(link_list_add, link_list, struct link)
DEFINE_ADD(person_list_add, person_list, struct person)
DEFINE_ADD(tag_list_add, tag_list, struct tag)
DEFINE_ADD(slice_list_add, slice_list, struct slice)

bool slice_list_add_once(struct arena *arena, struct slice_list *list, struct slice text) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i], text)) return true;
    return slice_list_add(arena, list, text);
}
