/* discern_conf: the facts and blocks of discern.conf: school, readers, deliveries, holidays, network, choose. Pure. */
#ifndef DISCERN_CONFIG_DISCERN_CONF_H
#define DISCERN_CONFIG_DISCERN_CONF_H

#include "config/config.h"

/* Reads the file into *out (all but sources and prompts). False only when out of memory. */
MUST_USE bool discern_conf_read(const struct config_tables *tables, const struct config_file *file, struct arena *arena,
                                struct config *out, struct problems *problems);

#endif
