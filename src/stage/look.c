#include "stage/look.h"

#include "base/limits.h"

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

/* The logo is shown as a picture, which runs nothing and loads nothing, whatever is in it. */
static bool is_logo(struct house *house, struct slice logo) {
    if (logo.len > LIMIT_LOGO_BYTES)
        house_tell(house, STAGE_TROUBLE, "logo.svg: %zu bytes are too many; make it %u or fewer", logo.len,
                   LIMIT_LOGO_BYTES);
    else if (slice_find(logo, SLICE("<svg"), 0) == SLICE_NOT_FOUND)
        house_tell(house, STAGE_TROUBLE, "logo.svg: this is no SVG picture; none is shown");
    else return true;
    return false;
}

bool look_load(struct house *house, struct arena *arena, struct look_kept *out, struct fault *fault) {
    struct slice style = {NULL, 0}, words = {NULL, 0};
    struct problems problems = {.arena = arena};
    struct slice logo = {NULL, 0};
    bool has_style, has_words, has_logo;
    *out = (struct look_kept){.look = {.site = LOOK_WITH_SITE}};
    words_default(&out->words);
    if (!read_own(house, "style.css", arena, &style, &has_style, fault) ||
        !read_own(house, "words.conf", arena, &words, &has_words, fault) ||
        !read_own(house, "logo.svg", arena, &logo, &has_logo, fault))
        return false;
    if (has_logo && is_logo(house, logo)) out->look.logo = logo;
    if (has_style && may_stand(style)) out->look.style = style;
    else if (has_style)
        house_tell(house, STAGE_TROUBLE, "style.css: '</' and '<!' may not stand in it; the one shipped is used");
    if (has_words && !words_read(SLICE("words.conf"), words, arena, &out->words, &problems)) return fault_memory(fault);
    tell(house, &problems);
    out->look.words = &out->words;
    return true;
}
