/* network: the run's one way to the outside: fetch/ with the school's options and keys by name. Legs put requests in
 * and take answers out, in any order. All networks of a run share its deadline: what one leg used is gone for the next.
 */
#ifndef DISCERN_STAGE_NETWORK_H
#define DISCERN_STAGE_NETWORK_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "model/exchange.h"
#include "stage/house.h"

struct network;

/* For one leg. `house` is borrowed; its network_ms grows when the network is freed. Owned by the caller. */
MUST_USE struct network *network_new(struct house *house, struct fault *fault);
/* Gives up what is under way; *network becomes NULL. For AUTO. */
void network_free(struct network **network);

/* Whether the secret of that name can be had; *why (FAULT_CONFIG, MEMORY) says what to do when it cannot. */
bool network_has_secret(struct network *network, struct slice name, struct fault *why);
/* Puts a request in; its slices are copied. `number` comes back with the answer. */
MUST_USE bool network_ask(struct network *network, const struct request *request, size_t number, struct fault *fault);
/* Waits for the next answer; everything in *out is in arena. *more is false when nothing is under way. What goes wrong
 * with one request is in its response, not a fault. */
MUST_USE bool network_next(struct network *network, struct arena *arena, size_t *number, struct response *out,
                           bool *more, struct fault *fault);
/* Lets the network work without waiting; *ready: network_next would give an answer at once. */
MUST_USE bool network_is_ready(struct network *network, bool *ready, struct fault *fault);
/* Requests under way or waiting. */
size_t network_waiting(const struct network *network);

#endif
