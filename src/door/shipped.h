/* shipped: where the files that discern comes with are: rules, starter configuration, stylesheet. */
#ifndef DISCERN_DOOR_SHIPPED_H
#define DISCERN_DOOR_SHIPPED_H

/* The `config` folder beside the sources of this build, else the one where they were installed. Static. */
const char *shipped_dir(void);
/* Its `rules`. Static. */
const char *shipped_rules_dir(void);

#endif
