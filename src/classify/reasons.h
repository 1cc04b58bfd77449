/* reasons: the sentences in which a verdict is told, as far as they are no label of a rule. A school changes them in a
 * block `settings words` of its rules, one line each: the name below, then the words. */
#ifndef DISCERN_CLASSIFY_REASONS_H
#define DISCERN_CLASSIFY_REASONS_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/problem.h"
#include "classify/rules.h"

/* REASON(name, name in the rules, words as shipped). %1, %2 … are filled in. */
#define REASONS(REASON)                                                                                                \
    /* why a level was given */                                                                                        \
    REASON(LINKED_ONE, "linked-one", "The linked page gives 1 reference that can be looked up")                        \
    REASON(LINKED_MANY, "linked-many", "The linked page gives %1 references that can be looked up")                    \
    REASON(NUMBERED, "numbered", "Gives a reference you can look up")                                                  \
    REASON(SOURCES, "sources", "%1 different sources can be traced")                                                   \
    REASON(FOREIGN, "foreign", "Is not in English, so its words were not judged")                                      \
    REASON(BARE_LINK, "bare-link", "Is only a link, and its page has not been read: there was nothing to judge")       \
    REASON(ELSEWHERE, "elsewhere", "Is not about teaching and learning, as far as its words tell")                     \
    REASON(NOTHING, "nothing", "Neither a source nor an account of a class with what came of it was found")            \
    REASON(POOLED, "pooled", "Rests on a review that pools studies")                                                   \
    REASON(ON_RECORD, "on-record", "Rests on a work that is on record")                                                \
    REASON(IN_PAGE, "in-page", "in the linked page")                                                                   \
    REASON(IN_PAGE_TITLE, "in-page-title", "in the title of the linked page")                                          \
    REASON(IN_TITLE, "in-title", "in the title")                                                                       \
    /* what is missing */                                                                                              \
    REASON(NO_LINK, "no-link", "a link to a source")                                                                   \
    REASON(NO_SIZE, "no-size", "how big the difference was")                                                           \
    REASON(NO_NUMBER, "no-number", "how many took part")                                                               \
    REASON(NO_LIMITS, "no-limits", "what it cannot show")                                                              \
    REASON(NO_PUPILS, "no-pupils", "for which pupils")                                                                 \
    /* what is said beside the level */                                                                                \
    REASON(UNCOVERED, "uncovered", "Not in English: only names, addresses and references were looked at")              \
    REASON(SELLS, "sells", "Sells, recruits or advertises something")                                                  \
    REASON(LOUD, "loud", "Loud words")                                                                                 \
    REASON(CHATBOT, "chatbot", "A link comes from a chatbot (%1): perhaps nobody has opened the page")                 \
    REASON(CHATBOT_LINK, "chatbot-link", "A link comes from a chatbot's answer")                                       \
    REASON(REVIEW, "review", "A review on %1: %2 (%3, %4)")                                                            \
    REASON(NOT_ASKED, "not-asked", "%1 was not looked up: the register of studies could not be asked")                 \
    REASON(NOT_FOUND, "not-found", "%1 was not found in the registers of studies: check the reference")                \
    REASON(CORRECTED, "corrected", "%1 was corrected after it appeared: read the correction too")                      \
    REASON(REVIEWED_SINCE, "reviewed-since", "%1 is an early version; a reviewed one has appeared since")              \
    REASON(NOT_REVIEWED, "not-reviewed", "%1 is an early version that nobody has reviewed yet")                        \
    /* why to check first */                                                                                           \
    REASON(MYTH, "myth", "Contains a claim that reviews do not support: %1")                                           \
    REASON(RETRACTED, "retracted", "A source that it rests on was retracted or is under doubt: %1")                    \
    /* what was not looked at */                                                                                       \
    REASON(UNDECIDED, "undecided", "Not decided, its pattern took too long: %1")                                       \
    REASON(CUT, "cut", "Only the beginning was read of the %1")

enum reason {
#define REASON_ENUM(name, key, text) REASON_##name,
    REASONS(REASON_ENUM)
#undef REASON_ENUM
        REASON_COUNT
};

struct reasons {
    struct slice at[REASON_COUNT]; /* borrowed from the rules, or as shipped */
};

#define REASON_GAPS_MOST 4

const char *reason_name(enum reason reason);
/* The sentences as shipped, and those of `words` (NULL = there are none) in place of them. */
void reasons_read(const struct rule_block *words, struct reasons *out);
/* Tells what is wrong with one line of `settings words`: no such sentence, or not the gaps that it must have. */
void reasons_check(const struct rule_line *line, struct problems *problems);
/* The sentence with its gaps filled; in arena, or the sentence itself where it has none. False when out of memory. */
MUST_USE bool reason_fill(struct slice sentence, const struct slice gaps[REASON_GAPS_MOST], struct arena *arena,
                          struct slice *out);

#endif
