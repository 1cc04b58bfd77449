/* pick: a ranked story on its way into the list or out of it, and the table of all of a day. */
#ifndef DISCERN_CURATE_PICK_H
#define DISCERN_CURATE_PICK_H

#include "curate/deepen.h"
#include "curate/likeness.h"
#include "curate/options.h"
#include "curate/story.h"
#include "model/history.h"

enum pick_pool { POOL_NEW, POOL_FOCUS, POOL_CHECK };
enum pick_state { PICK_OPEN, PICK_CHOSEN, PICK_LEFT };

/* What a story would add to what is chosen: its score, and beside it points for topics not there yet, less points for
 * likeness. */
struct gain {
    double cover, likeness;
    double total;
};

struct pick {
    const struct story *story;
    struct term_list terms;
    double score;
    struct gain gain; /* when it was chosen, or would have been last */
    enum pick_pool pool;
    enum pick_state state;
    enum deepening deepens; /* POOL_FOCUS */
    int place;              /* when chosen, from 1 */
    enum entry_mark mark;
    struct slice mark_words;
    enum left_reason reason; /* when left */
    struct slice why;
    struct slice author, host, topic, network; /* what caps count; host and network may be absent */
    struct pair_set pairs;                     /* words of its headline and text; empty until it may be chosen */
};

struct pick_table {
    const struct curate_input *input;
    const struct curate_options *options;
    struct arena *arena;
    struct arena *scratch; /* for one pick at a time, while they are built */
    struct pick *at;       /* by story id */
    size_t count;
    struct pick **chosen; /* in order of being chosen; room for reader.length + check_first */
    size_t chosen_count;
};

/* Ranks the stories and sorts out those that may not stand in the list at all. FAULT_MEMORY. */
MUST_USE bool pick_build(const struct story_list *stories, struct pick_table *table, struct fault *fault);
void pick_leave(struct pick *pick, enum left_reason reason, struct slice why);
/* Whether the hard caps let it stand beside what is chosen; if not, *why says in words what is in its way. */
bool pick_within_caps(const struct pick_table *table, const struct pick *pick, const char **why);
struct gain pick_gain(const struct pick_table *table, const struct pick *pick);

#endif
