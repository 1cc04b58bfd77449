/* x_archive: the parts of the archive that X gives a user of their own data: data/tweets.js, tweets-part1.js …,
 * tweet.js (before late 2022), note-tweet.js, like.js: `window.YTD.NAME.partN = [ … ]`. Numbers and indices are strings
 * there, texts have HTML entities, reposts are cut at 140 characters. Read with `discern import`. */
#include "source/answer.h"
#include "source/json_run.h"
#include "source/kind.h"
#include "source/x_post.h"
#include "source/x_text.h"

#include <string.h>

#include "base/limits.h"
#include "base/when.h"

struct x_archive_values {
    struct slice file, owner;
};

static const struct option options[] = {
    {"file", OPTION_TEXT, offsetof(struct x_archive_values, file), 0, 0, NULL, NULL,
     "path of one .js file of the archive"},
    {"owner", OPTION_WORD, offsetof(struct x_archive_values, owner), 0, 0, NULL, NULL,
     "handle of the account it is of"},
};

static bool ask(const struct source *source, struct slice cursor, int64_t now_s, struct arena *arena,
                struct request *out, struct fault *fault) {
    (void)cursor, (void)now_s, (void)arena;
    const struct x_archive_values *values = source->values;
    if (slice_is_empty(values->file))
        return fault_set(fault, FAULT_CONFIG, "give `file PATH`, or use `discern import`");
    *out = (struct request){.purpose = REQUEST_FEED, .file = values->file};
    return true;
}

/* A like holds the liked post's words and number; who wrote it is not said, and when is in the number. */
static bool take_like(struct arena *arena, const struct jnode *like, struct item *item, bool *skip) {
    struct slice id = jtree_get_text(like, "tweetId");
    *skip = x_post_instant(id) == WHEN_ABSENT || slice_is_empty(jtree_get_text(like, "fullText"));
    if (*skip) return true;
    char *url = arena_printf(arena, "https://x.com/i/status/%.*s", SLICE_ARGS(id));
    if (url == NULL || !arena_copy(arena, id, &item->id)) return false;
    item->url = slice_from(url);
    item->kind = ITEM_POST;
    item->published_s = x_post_instant(id);
    return x_text_take(arena, jtree_get_text(like, "fullText"), NULL, item);
}

/* A note is the whole text of a long post. Its number is not the post's: it stands as an item of its own, and the
 * posts' nearness (same second, same beginning) lets the stories find them together. */
static bool take_note(struct arena *arena, const struct jnode *note, struct slice owner, struct item *item,
                      bool *skip) {
    struct slice id = jtree_get_text(note, "noteTweetId");
    const struct jnode *core = jtree_get(note, "core");
    *skip = slice_is_empty(id) || slice_is_empty(jtree_get_text(core, "text"));
    if (*skip) return true;
    char *own = arena_printf(arena, "note:%.*s", SLICE_ARGS(id));
    if (own == NULL) return false;
    item->id = slice_from(own);
    item->kind = ITEM_POST;
    item->published_s = answer_instant(note, "createdAt");
    item->updated_s = answer_instant(note, "updatedAt");
    struct person author = {0};
    if (!slice_is_empty(owner)) {
        if (!arena_copy(arena, owner, &author.handle) || !person_list_add(arena, &item->authors, author)) return false;
    }
    return x_text_take(arena, jtree_get_text(core, "text"), jtree_get(core, "urls"), item) &&
           x_text_take_tags(arena, jtree_get(core, "hashtags"), item);
}

/* Old reposts are kept as "RT @name: …" without a reference. */
static void mark_old_repost(struct item *item) {
    if (item->kind == ITEM_POST && slice_starts(item->text, SLICE("RT @"))) item->kind = ITEM_REPOST;
}

static bool take_part(struct arena *arena, const struct jnode *root, struct slice owner, struct item *item,
                      bool *skip) {
    const struct jnode *like = jtree_get(root, "like"), *note = jtree_get(root, "noteTweet");
    const struct jnode *post = jtree_get(root, "tweet");
    if (like != NULL) return take_like(arena, like, item, skip);
    if (note != NULL) return take_note(arena, note, owner, item, skip);
    if (!x_post_take_v1(arena, post != NULL ? post : root, owner, item, skip)) return false;
    mark_old_repost(item);
    return true;
}

static bool take_object(struct arena *arena, struct slice object, struct slice owner, struct page *page,
                        struct fault *wrong) {
    AUTO(jtree_free)
    struct jtree *doc = jtree_read(object, wrong);
    if (doc == NULL) {
        page->skipped++;
        return wrong->kind != FAULT_MEMORY;
    }
    bool skip = true;
    struct item *item = answer_add_item(arena, page);
    if (item == NULL || !take_part(arena, jtree_root(doc), owner, item, &skip)) return false;
    if (!skip) return true;
    page->items.count--;
    page->skipped++;
    return true;
}

static bool take(const struct source *source, struct slice cursor, const struct response *response, int64_t now_s,
                 struct arena *arena, struct page *out, struct fault *fault) {
    (void)cursor, (void)now_s;
    const struct x_archive_values *values = source == NULL ? NULL : source->values;
    struct slice owner = values == NULL ? (struct slice){NULL, 0} : values->owner;
    struct page page = {0};
    struct slice rest = response->body, object;
    struct fault wrong = {0};
    feed_init(&page.feed);
    page.feed.kind = SLICE("x-archive");
    page.feed.format = SLICE("x-archive");
    page.feed.encoding = SLICE("utf-8");
    bool wrapped = slice_starts(slice_trim(rest), SLICE("window."));
    while (page.items.count < LIMIT_FEED_ITEMS && json_run_object(&rest, &object))
        if (!take_object(arena, object, owner, &page, &wrong)) return fault_memory(fault);
    bool cut = slice_starts(rest, SLICE("{")) && page.items.count < LIMIT_FEED_ITEMS;
    if (cut) {
        page.skipped++;
        page.feed.repaired = true;
        if (!slice_list_add_once(arena, &page.feed.problems, SLICE("the file ends in the middle of a post")))
            return fault_memory(fault);
    }
    if (page.items.count == 0 && (page.skipped > 0 || !wrapped))
        return fault_set(fault, FAULT_INPUT, "no posts or likes of an X archive in this file%s%s",
                         wrong.kind == FAULT_NONE ? "" : ": ", wrong.text);
    *out = page;
    return true;
}

const struct source_kind source_x_archive = {
    .schema = {.name = "x-archive",
               .help = "your own posts and likes, from the archive that X lets you download",
               .options = options,
               .option_count = COUNT_OF(options),
               .values_bytes = sizeof(struct x_archive_values)},
    .ask = ask,
    .take = take,
};
