/* page_address: the address that a page says is its own, cleaned by the rules for all addresses: many copy the one that
 * they were asked for, with the trackers on it. */
#ifndef DISCERN_STAGE_PAGE_ADDRESS_H
#define DISCERN_STAGE_PAGE_ADDRESS_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "model/article.h"
#include "normal/canonical.h"

/* True when there is something in it that a rule could take out. */
bool page_address_may_be_cleaned(const struct article *article);
/* Cleans canonical_url. In arena. Fault: MEMORY. */
MUST_USE bool page_address_clean(const struct canon_rules *rules, struct arena *arena, struct article *article,
                                 struct fault *fault);

#endif
