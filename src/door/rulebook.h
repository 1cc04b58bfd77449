/* rulebook: the rules of a folder, read, checked and ready to judge by. */
#ifndef DISCERN_DOOR_RULEBOOK_H
#define DISCERN_DOOR_RULEBOOK_H

#include "classify/judge.h"
#include "discern.h"

struct rulebook {
    struct arena *arena; /* owned: keeps the rules */
    struct ruleset set;
    struct judge *judge; /* owned */
};

struct rulebook_wish {
    const char *folder;     /* NULL = the rules that discern came with */
    discern_report *report; /* takes the mistakes, DISCERN_PROBLEM; may be NULL */
    void *report_to;
};

/* enum discern_status: DISCERN_WRONG when the rules do not hold or cannot be read. Release with rulebook_free whatever
 * comes back. */
int rulebook_open(const struct rulebook_wish *wish, struct rulebook *out, struct fault *fault);
void rulebook_free(struct rulebook *book);
enum rulebook_sought { RULEBOOK_RULE, RULEBOOK_TOPIC };
/* Says that there is none of this id, and which is nearest to it. False, always. */
bool rulebook_none(const struct ruleset *set, enum rulebook_sought sought, struct slice id, struct fault *fault);
/* Tells the problems of this weight or graver. */
void rulebook_tell(const struct rulebook_wish *wish, const struct problems *problems, enum problem_weight weight);

#endif
