/* placeholders_conf: reads placeholders.conf: the phrases by which a post is known that holds no words of its own.
 *     phrase coming soon */
#ifndef DISCERN_CONFIG_PLACEHOLDERS_CONF_H
#define DISCERN_CONFIG_PLACEHOLDERS_CONF_H

#include "config/config.h"

/* Fills out->placeholders, borrowed from the file's text. An absent text means the phrases that the program comes with.
 * False only when out of memory. */
MUST_USE bool placeholders_conf_read(const struct config_file *file, struct arena *arena, struct config *out,
                                     struct problems *problems);
/* The text of the placeholders.conf that the program comes with; lives for ever. */
struct slice placeholders_shipped(void);

#endif
