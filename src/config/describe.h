/* describe: the configuration in words: the reference of all that may be written, made from the tables that read it,
 * and what stands written now. Pure. */
#ifndef DISCERN_CONFIG_DESCRIBE_H
#define DISCERN_CONFIG_DESCRIBE_H

#include "base/buf.h"
#include "config/config.h"

/* Every keyword of every file with its type, range, default and meaning, as Markdown. */
void config_describe(const struct config_tables *tables, struct buf *out);
/* What is configured, a line a thing, for people: readers and their days, sources by state, deliveries, the holiday
 * that is on at `today_s` or next. */
void config_summarise(const struct config *config, int64_t today_s, struct buf *out);

#endif
