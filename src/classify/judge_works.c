/* What the works that a post and its page name turned out to be, in words: what is on record counts for the level; what
 * could not be asked, is not on record or was changed since is said beside it. */
#include "base/utf8.h"
#include "classify/weigh.h"

#define TITLE_BYTES 120u
#define OUTLET_BYTES 60u

static bool add(struct arena *arena, struct slice_list *list, const char *text) {
    return text != NULL && slice_list_add_once(arena, list, slice_from(text));
}

static struct slice name_of(const struct work *work) {
    return utf8_cut(slice_is_empty(work->title) ? work->id : work->title, TITLE_BYTES);
}

/* "Roediger and 1 more, 2006, Psychological Science"; "" when the registry says none of it. */
static const char *origin(const struct work *work, struct arena *arena) {
    struct slice author = work->authors.count > 0 ? work->authors.at[0] : SLICE("");
    struct slice outlet = utf8_cut(work->journal, OUTLET_BYTES);
    const char *others = work->authors.count > 1 ? arena_printf(arena, " and %zu more", work->authors.count - 1) : "";
    const char *year = work->year > 0 ? arena_printf(arena, "%d", work->year) : "";
    if (others == NULL || year == NULL) return NULL;
    bool named = author.len > 0, dated = year[0] != '\0', placed = outlet.len > 0;
    if (!named && !dated && !placed) return "";
    return arena_printf(arena, " (%.*s%s%s%s%s%.*s)", SLICE_ARGS(author), others, named && dated ? ", " : "", year,
                        placed && (named || dated) ? ", " : "", SLICE_ARGS(outlet));
}

bool judge_works_found(const struct judge *judge, struct arena *arena, struct verdict *out) {
    const struct work_list *works = &judge->document->works;
    for (size_t i = 0; i < works->count; i++) {
        const struct work *work = &works->at[i];
        if (work->state != WORK_FOUND) continue;
        const char *from = origin(work, arena);
        struct slice kind = judge->reasons.at[work->is_synthesis ? REASON_POOLED : REASON_ON_RECORD];
        if (from == NULL || !add(arena, &out->because,
                                 arena_printf(arena, "%.*s: \xE2\x80\x9C%.*s\xE2\x80\x9D%s", SLICE_ARGS(kind),
                                              SLICE_ARGS(name_of(work)), from)))
            return false;
    }
    return true;
}

/* What a reader should know of this work before relying on it; REASON_COUNT = nothing. Retractions are told as reasons
 * to check first. */
static enum reason caution(const struct work *work) {
    switch (work->state) {
        case WORK_LOOKUP_FAILED: return REASON_NOT_ASKED;
        case WORK_NOT_FOUND: return REASON_NOT_FOUND;
        case WORK_FOUND: break;
        default: return REASON_COUNT;
    }
    if (work->notice == WORK_CORRECTED) return REASON_CORRECTED;
    if (!slice_is_empty(work->preprint_of)) return REASON_REVIEWED_SINCE;
    return slice_equal(work->type, SLICE("posted-content")) ? REASON_NOT_REVIEWED : REASON_COUNT;
}

bool judge_works_noted(const struct judge *judge, struct arena *arena, struct verdict *out) {
    const struct work_list *works = &judge->document->works;
    for (size_t i = 0; i < works->count; i++) {
        enum reason reason = caution(&works->at[i]);
        if (reason == REASON_COUNT) continue;
        const char *name = arena_printf(arena, "\xE2\x80\x9C%.*s\xE2\x80\x9D", SLICE_ARGS(name_of(&works->at[i])));
        if (name == NULL) return false;
        const struct slice gaps[REASON_GAPS_MOST] = {slice_from(name)};
        if (!weigh_say(judge, reason, gaps, arena, &out->notes)) return false;
    }
    return true;
}
