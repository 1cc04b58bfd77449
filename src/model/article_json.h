/* article_json: what is known of a page, as members of JSON. */
#ifndef DISCERN_MODEL_ARTICLE_JSON_H
#define DISCERN_MODEL_ARTICLE_JSON_H

#include "base/jwrite.h"
#include "model/article.h"

/* The member "surety": an object with a number from 0 to 1 for each fact, null where there is none. */
void article_json_write_surety(struct jwrite *json, const struct article_surety *surety);

#endif
