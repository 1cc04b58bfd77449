/* link_check_about: what is known about an address beside itself: posts that are kept, and the works it rests on. */
#ifndef DISCERN_STAGE_LINK_CHECK_ABOUT_H
#define DISCERN_STAGE_LINK_CHECK_ABOUT_H

#include "classify/rules.h"
#include "model/link_check.h"
#include "stage/house.h"
#include "stage/network.h"

struct link_check_tools {
    struct house *house;
    const struct ruleset *rules;
    struct network *network;
    struct arena *arena;
};

/* The post that stands at `url`, when one of our sources has it. Articles of feeds are pages, no posts. */
MUST_USE bool link_check_kept_post(struct house *house, struct slice url, struct arena *arena, struct item *out,
                                   bool *found, struct fault *fault);
/* Fills references and document.works: the registries are asked about those that are not known yet, where the school
 * lets them be asked. */
MUST_USE bool link_check_references(const struct link_check_tools *tools, struct link_check *check,
                                    struct fault *fault);
/* Fills sharers and publisher. */
MUST_USE bool link_check_sharers(const struct link_check_tools *tools, struct link_check *check, struct fault *fault);

#endif
