/* discern_conf: the facts and blocks of discern.conf: school, readers, deliveries, holidays, network, choose. Pure. */
#ifndef DISCERN_CONFIG_DISCERN_CONF_H
#define DISCERN_CONFIG_DISCERN_CONF_H

#include "config/config.h"

/* The tables of discern.conf's parts, for the reference. The `choose` block's is the caller's own. Static. */
struct config_part {
    const char *opening; /* "reader NAME"; "" for the facts that stand by themselves */
    const char *help;
    const struct option *options;
    size_t count;
};
const struct config_part *discern_conf_parts(size_t *count);

/* Reads the file into *out (all but sources and prompts). False only when out of memory. */
MUST_USE bool discern_conf_read(const struct config_tables *tables, const struct config_file *file, struct arena *arena,
                                struct config *out, struct problems *problems);

#endif
