/* said: small questions that several terms ask of a story. */
#ifndef DISCERN_CURATE_SAID_H
#define DISCERN_CURATE_SAID_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "curate/story.h"

bool list_holds(const struct slice_list *list, struct slice text);
/* The signal with that id in the lead's verdict, or NULL. */
const struct signal *said_signal(const struct story *story, const char *id);
/* Whether it speaks against a view: it debunks a myth, or reports what did not help. */
bool said_against(const struct verdict *verdict);
/* Whether the verdict has one of the topics, itself or as the parent of what it has. */
bool said_topic(const struct verdict *verdict, const struct slice_list *topics);
/* The topic that the lead is about most, or absent. */
struct slice said_main_topic(const struct story *story);
/* Whether some open focus is on a topic of the candidate. */
bool said_on_focus(const struct candidate *candidate, const struct focus_list *focus);
/* Whether some open focus is on a topic of the story, or began with one of its posts. */
bool said_in_focus(const struct story *story, const struct focus_list *focus);
/* said_words(arena, &out, format, …): printf into arena as a slice; false when out of memory. */
#define said_words(arena, out, ...) said_keep((out), arena_printf((arena), __VA_ARGS__))
MUST_USE bool said_keep(struct slice *out, const char *text);
/* "today", "yesterday", "3 days ago". In arena. */
MUST_USE bool said_ago(struct arena *arena, int64_t then_s, int64_t now_s, struct slice *out);

#endif
