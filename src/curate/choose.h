/* choose: the day's list. Stories are built and ranked, then taken one by one: most points, with a pull towards topics
 * that the list does not hold yet and a push away from what it holds, within hard caps, over a bar. A thin day is
 * short. Pure and deterministic: the same input gives the same digest; ties go to the smaller story id. */
#ifndef DISCERN_CURATE_CHOOSE_H
#define DISCERN_CURATE_CHOOSE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "curate/options.h"
#include "model/history.h"

/* Everything in *out is in arena or borrowed from the input. FAULT_MEMORY. */
MUST_USE bool choose_digest(const struct curate_input *input, const struct curate_options *options, struct arena *arena,
                            struct digest *out, struct fault *fault);

#endif
