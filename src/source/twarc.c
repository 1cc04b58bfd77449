/* twarc: lines of JSON as twarc (v1.1 posts) and twarc2 (pages of answers, or posts flattened) write them
 * (twarc-project.readthedocs.io). A file, never asked over the network; read with `discern import`. A line that cannot
 * be read is counted and passed over. */
#include "source/answer.h"
#include "source/json_run.h"
#include "source/kind.h"
#include "source/x_post.h"

#include "base/limits.h"

struct twarc_values {
    struct slice file;
};

static const struct option options[] = {
    {"file", OPTION_TEXT, offsetof(struct twarc_values, file), 0, 0, NULL, NULL, "path of the file of JSON lines"},
};

static bool ask(const struct source *source, struct slice cursor, int64_t now_s, struct arena *arena,
                struct request *out, struct fault *fault) {
    (void)cursor, (void)now_s, (void)arena;
    const struct twarc_values *values = source->values;
    if (slice_is_empty(values->file))
        return fault_set(fault, FAULT_CONFIG, "give `file PATH`, or use `discern import`");
    *out = (struct request){.purpose = REQUEST_FEED, .file = values->file};
    return true;
}

static bool take_one(struct arena *arena, const struct jnode *post, const struct x_includes *includes,
                     struct page *page) {
    bool skip = true;
    struct item *item = answer_add_item(arena, page);
    if (item == NULL) return false;
    struct slice nobody = {NULL, 0};
    bool done = x_post_is_v1(post) ? x_post_take_v1(arena, post, nobody, item, &skip)
                                   : x_post_take_v2(arena, post, includes, nobody, item, &skip);
    if (!done) return false;
    if (!skip && item->kind == ITEM_REPOST)
        return x_post_is_v1(post) ? x_post_original_v1(arena, post, page)
                                  : x_post_original_v2(arena, post, includes, page);
    if (!skip) return true;
    page->items.count--;
    page->skipped++;
    return true;
}

/* API v1.1 answers with a list of posts, a search with one in `statuses`: some keep a whole answer in a line. */
static bool take_statuses(struct arena *arena, const struct jnode *list, struct page *page) {
    for (size_t i = 0; i < jtree_count(list) && page->items.count < LIMIT_FEED_ITEMS; i++)
        if (!take_one(arena, jtree_at(list, i), NULL, page)) return false;
    return true;
}

/* A page of twarc2 keeps the answer's shape: data (a list, or one post) beside includes. */
static bool take_line(struct arena *arena, const struct jnode *root, struct page *page) {
    const struct jnode *statuses = jtree_is_array(root) ? root : jtree_get(root, "statuses");
    if (jtree_is_array(statuses)) return take_statuses(arena, statuses, page);
    const struct jnode *data = jtree_get(root, "data"), *includes = jtree_get(root, "includes");
    if (data == NULL) return take_one(arena, root, NULL, page);
    const struct jnode *posts = jtree_get(includes, "posts");
    struct x_includes beside = {.users = jtree_get(includes, "users"),
                                .posts = posts != NULL ? posts : jtree_get(includes, "tweets")};
    if (!jtree_is_array(data)) return take_one(arena, data, &beside, page);
    for (size_t i = 0; i < jtree_count(data) && page->items.count < LIMIT_FEED_ITEMS; i++)
        if (!take_one(arena, jtree_at(data, i), &beside, page)) return false;
    return true;
}

static bool take(const struct source *source, struct slice cursor, const struct response *response, int64_t now_s,
                 struct arena *arena, struct page *out, struct fault *fault) {
    (void)source, (void)cursor, (void)now_s;
    struct page page = {0};
    struct slice rest = response->body, line;
    struct fault first = {0};
    size_t lines = 0;
    feed_init(&page.feed);
    page.feed.kind = SLICE("twarc");
    page.feed.format = SLICE("twarc");
    page.feed.encoding = SLICE("utf-8");
    while (page.items.count < LIMIT_FEED_ITEMS && json_run_line(&rest, &line)) {
        struct fault wrong = {0};
        lines++;
        AUTO(jtree_free)
        struct jtree *doc = jtree_read(line, &wrong);
        if (doc == NULL && wrong.kind == FAULT_MEMORY) return fault_memory(fault);
        bool object = doc != NULL && (jtree_is_object(jtree_root(doc)) || jtree_is_array(jtree_root(doc)));
        if (!object) page.skipped++;
        if (!object && first.kind == FAULT_NONE)
            fault_set(&first, FAULT_INPUT, "line %zu: %s", lines,
                      doc == NULL ? wrong.text : "neither a JSON object nor a list");
        if (object && !take_line(arena, jtree_root(doc), &page)) return fault_memory(fault);
    }
    if (page.items.count == 0 && (page.skipped > 0 || lines == 0)) {
        if (first.kind == FAULT_NONE)
            fault_set(&first, FAULT_INPUT, lines == 0 ? "there is nothing in it" : "no line holds a post");
        *fault = first;
        return false;
    }
    *out = page;
    return true;
}

const struct source_kind source_twarc = {
    .schema = {.name = "twarc",
               .help = "posts of X that twarc or twarc2 saved as JSON lines",
               .options = options,
               .option_count = COUNT_OF(options),
               .values_bytes = sizeof(struct twarc_values)},
    .ask = ask,
    .take = take,
};
