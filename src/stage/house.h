/* house: what every leg of a run stands in: the configuration, the store and the time of the run, opened once and
 * handed down. */
#ifndef DISCERN_STAGE_HOUSE_H
#define DISCERN_STAGE_HOUSE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/problem.h"
#include "config/config.h"
#include "normal/canonical.h"
#include "store/lock.h"
#include "store/store.h"

/* What a leg tells while it works. */
enum stage_note { STAGE_INFO, STAGE_PROGRESS, STAGE_TROUBLE };
/* `text` is one line, untrusted in part, borrowed for the call. */
typedef void stage_report(void *to, enum stage_note note, const char *text);

struct house_options {
    const char *config_dir, *store_path, *site_dir;
    int64_t now_s;
    stage_report *report; /* may be NULL */
    void *report_to;
    enum store_mode mode;
};

struct house {
    struct house_options options; /* paths borrowed from the opener */
    struct arena *arena;          /* keeps the configuration */
    struct config config;
    const struct canon_rules *url_rules; /* urls.conf */
    uint64_t url_rules_sum;              /* of its text */
    struct store *store;
    int64_t network_ms; /* how long the networks of this run have lived: all share one deadline */
};

/* What configuration may say, from the tables of the rooms; in arena. False when out of memory. */
MUST_USE bool house_tables(struct arena *arena, struct config_tables *out);
/* Reads the configuration and opens the store. `problems` (its arena is the caller's) gets every mistake found: when
 * there is any error, false with FAULT_CONFIG. FAULT_STORE and FAULT_BUSY come from the store. Owned by the caller. */
MUST_USE bool house_open(const struct house_options *options, struct problems *problems, struct house *out,
                         struct fault *fault);
/* For AUTO. */
void house_close(struct house *house);

/* Closes the store, and opens it again: no connection to it may outlive a fork. Faults of the second: STORE, BUSY,
 * MEMORY; then the house has none still, and this may be tried again. */
void house_leave_store(struct house *house);
MUST_USE bool house_enter_store(struct house *house, struct fault *fault);

/* A number that changes when a file of the configuration does. */
uint64_t house_stamp(const struct house *house);
/* Reads the configuration anew; what was borrowed from the old one is gone then. As house_open, and on a fault nothing
 * is changed. */
MUST_USE bool house_reload(struct house *house, struct problems *problems, struct fault *fault);

/* Takes the run lock beside the store: FAULT_BUSY at once when another run holds it. */
MUST_USE bool house_lock(const struct house *house, struct lock *out, struct fault *fault);
/* Tells one line, printf-like. */
void house_tell(const struct house *house, enum stage_note note, const char *format, ...) PRINTF_LIKE(3, 4);
/* Midnight UTC of the run's day. */
int64_t house_today(const struct house *house);

#endif
