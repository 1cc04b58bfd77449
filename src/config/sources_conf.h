/* sources_conf: the blocks of sources.conf. Pure. */
#ifndef DISCERN_CONFIG_SOURCES_CONF_H
#define DISCERN_CONFIG_SOURCES_CONF_H

#include "config/config.h"

/* What a source of any kind may say, for the reference. Static. */
const struct option *sources_conf_options(size_t *count);
/* Reads `source NAME` blocks into out->sources. False only when out of memory. */
MUST_USE bool sources_conf_read(const struct config_tables *tables, const struct config_file *file, struct arena *arena,
                                struct config *out, struct problems *problems);

#endif
