/* crossref: what a reference is: asks the registries of DOIs and reads their answers. Pure: fetch/ sends the request.
 * Crossref's REST API v1 (works/DOI, polite pool by mailto) and DataCite's (dois/DOI). */
#ifndef DISCERN_CITE_CROSSREF_H
#define DISCERN_CITE_CROSSREF_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/exchange.h"
#include "model/work.h"

enum cite_registry { CITE_CROSSREF, CITE_DATACITE };

struct cite_api {
    struct slice crossref_url; /* absent = https://api.crossref.org */
    struct slice datacite_url; /* absent = https://api.datacite.org */
    struct slice mailto;       /* contact address for the polite pool; absent = none */
};

/* Whether a registry can be asked about this work id at all (a DOI, arxiv:ID, isbn:NUMBER), and which one first. */
bool cite_can_ask(struct slice work_id);
enum cite_registry cite_first_registry(struct slice work_id);

/* The question about `work_id` to `registry`. In arena. Faults: INPUT (nobody can be asked about this id), MEMORY. */
MUST_USE bool cite_ask(struct arena *arena, const struct cite_api *api, enum cite_registry registry,
                       struct slice work_id, struct request *out, struct fault *fault);

/* The answer. out->id is `work_id`; out->state says found, not found, or that it could not be looked up (refused,
 * limited, failed, malformed: *fault then says why and how, and true comes back: that is no failure of this call).
 * Everything in *out is in arena. NOT_FOUND at the first registry is worth asking the other one. looked_up_s is the
 * caller's to set. False only when out of memory. */
MUST_USE bool cite_take(struct arena *arena, enum cite_registry registry, struct slice work_id,
                        const struct response *response, struct work *out, struct fault *fault);

#endif
