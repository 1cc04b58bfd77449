#include "stage/look.h"

static bool read_own(struct house *house, const char *name, struct arena *arena, struct slice *out, bool *found,
                     struct fault *fault) {
    *found = false;
    if (house->options.config_dir == NULL) return true;
    char *path = arena_printf(arena, "%s/%s", house->options.config_dir, name);
    return path == NULL ? fault_memory(fault) : config_read_file(path, arena, out, found, fault);
}

static void tell(struct house *house, const struct problems *problems) {
    for (size_t i = 0; i < problems->count; i++) {
        AUTO(buf_free)
        struct buf line = buf_new(8192);
        problem_describe(&problems->at[i], &line);
        house_tell(house, STAGE_TROUBLE, "%s", buf_text(&line));
    }
}

/* A style sheet goes into the page as it is, so it must not be able to end its element. */
static bool may_stand(struct slice css) {
    return slice_find(css, SLICE("</"), 0) == SLICE_NOT_FOUND && slice_find(css, SLICE("<!"), 0) == SLICE_NOT_FOUND;
}

bool look_load(struct house *house, struct arena *arena, struct look_kept *out, struct fault *fault) {
    struct slice style = {NULL, 0}, words = {NULL, 0};
    struct problems problems = {.arena = arena};
    bool has_style, has_words;
    *out = (struct look_kept){.look = {.site = LOOK_WITH_SITE}};
    words_default(&out->words);
    if (!read_own(house, "style.css", arena, &style, &has_style, fault) ||
        !read_own(house, "words.conf", arena, &words, &has_words, fault))
        return false;
    if (has_style && may_stand(style)) out->look.style = style;
    else if (has_style)
        house_tell(house, STAGE_TROUBLE, "style.css: '</' and '<!' may not stand in it; the one shipped is used");
    if (has_words && !words_read(SLICE("words.conf"), words, arena, &out->words, &problems)) return fault_memory(fault);
    tell(house, &problems);
    out->look.words = &out->words;
    return true;
}
