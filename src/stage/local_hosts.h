/* local_hosts: which pages of this very machine may be read: those at a host on which a source is allowed to be. */
#ifndef DISCERN_STAGE_LOCAL_HOSTS_H
#define DISCERN_STAGE_LOCAL_HOSTS_H

#include "model/item.h"
#include "stage/house.h"
#include "store/articles.h"

/* Hosts of the sources that say allow-loopback; in arena. False only when out of memory. */
MUST_USE bool local_hosts_of(const struct house *house, struct arena *arena, struct slice_list *out,
                             struct fault *fault);
/* The host of `url` when it is one of them, else absent: for request.allow_host. In arena. */
struct slice local_host_allowed(const struct slice_list *hosts, struct slice url, struct arena *arena);
/* The same for a page that posts led to: only when an item links to it whose own source is allowed to be at that host.
 * False with a fault of the store or memory. */
MUST_USE bool local_host_linked(const struct house *house, const struct slice_list *hosts,
                                const struct article_row *page, struct arena *arena, struct slice *out,
                                struct fault *fault);

#endif
