/* cite_hosts: the rules' own table of hosts, as cite/ takes it. */
#ifndef DISCERN_STAGE_CITE_HOSTS_H
#define DISCERN_STAGE_CITE_HOSTS_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "cite/scan.h"
#include "classify/rules.h"

/* Every host of the set's `hosts` blocks but those of shops; in arena, texts borrowed from the set. False only when out
 * of memory. */
MUST_USE bool cite_hosts_of(const struct ruleset *set, struct arena *arena, struct cite_hosts *out,
                            struct fault *fault);

#endif
