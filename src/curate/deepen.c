#include "curate/deepen.h"

#include "curate/said.h"

/* The first subject that the story is about and the reader asked for (any, when the reader asked for none). */
static struct slice subject_of(const struct story *story, const struct reader *reader) {
    const struct slice_list *subjects = &story->lead->verdict->subjects;
    for (size_t i = 0; i < subjects->count; i++)
        if (reader->subjects.count == 0 || list_holds(&reader->subjects, subjects->at[i])) return subjects->at[i];
    return (struct slice){NULL, 0};
}

enum deepening deepen_how(const struct story *story, const struct reader *reader) {
    const struct verdict *verdict = story->lead->verdict;
    if (verdict->myth_stance == STANCE_DEBUNKS || said_signal(story, "null-or-mixed") != NULL) return DEEPEN_AGAINST;
    if (verdict->level >= 3) return DEEPEN_EVIDENCE;
    if (!slice_is_absent(subject_of(story, reader))) return DEEPEN_EXAMPLE;
    return reader->subjects.count == 0 && verdict->level == 1 ? DEEPEN_EXAMPLE : DEEPEN_NOT;
}

bool deepen_words(const struct story *story, const struct reader *reader, struct slice topic, struct arena *arena,
                  struct slice *out) {
    struct slice subject = subject_of(story, reader);
    switch (deepen_how(story, reader)) {
        case DEEPEN_AGAINST:
            return said_words(arena, out, "%.*s: it reports what did not help, or less than hoped.", SLICE_ARGS(topic));
        case DEEPEN_EVIDENCE:
            return said_words(arena, out, "%.*s: it leads to a source you can check.", SLICE_ARGS(topic));
        case DEEPEN_EXAMPLE:
            if (slice_is_absent(subject))
                return said_words(arena, out, "%.*s: an example from a classroom.", SLICE_ARGS(topic));
            return said_words(arena, out, "%.*s: an example from %.*s.", SLICE_ARGS(topic), SLICE_ARGS(subject));
        case DEEPEN_NOT: break;
    }
    return said_words(arena, out, "On %.*s, which your team has in focus.", SLICE_ARGS(topic));
}
