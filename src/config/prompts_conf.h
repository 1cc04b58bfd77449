/* prompts_conf: reads prompts.conf: the questions for each step of a focus, and templates with questions of their own.
 *     step try / ask Which one class …? / template lesson-study / title … / about … / before … / weeks 6 / step … */
#ifndef DISCERN_CONFIG_PROMPTS_CONF_H
#define DISCERN_CONFIG_PROMPTS_CONF_H

#include "config/config.h"

#define PROMPT_STEPS 9 /* that may have questions */

/* Fills out->prompts and out->templates; texts are in arena. False only when out of memory. */
MUST_USE bool prompts_conf_read(const struct config_file *file, struct arena *arena, struct config *out,
                                struct problems *problems);

#endif
