#include "stage/network.h"

#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/mem.h"
#include "config/secret.h"
#include "fetch/fetch.h"

/* Nothing new is started so shortly before the deadline. */
#define CALM_MS 5000
#define SECRET_BYTES ((size_t)16 * 1024)

struct network {
    struct house *house;
    struct arena *arena;
    struct secrets *secrets;
    struct fetch *fetch;
};

/* fetch/'s question for the value of a key. */
static bool give_secret(void *with, struct slice name, struct buf *out, struct fault *fault) {
    struct network *network = with;
    return secrets_get(network->secrets, name, out, fault);
}

static bool open_fetch(struct network *network, struct fault *fault) {
    const struct config *config = &network->house->config;
    const struct network_options *options = &config->network;
    char *agent = arena_printf(network->arena, "discern/%s (+%.*s)", DISCERN_VERSION, SLICE_ARGS(config->contact));
    if (agent == NULL) return fault_memory(fault);
    int64_t left_ms = options->deadline_s * 1000 - network->house->network_ms;
    struct fetch_options fetch = {
        .user_agent = slice_from(agent),
        .proxy = options->proxy,
        .now_s = network->house->options.now_s,
        .run_ms = left_ms < 1 ? 1 : left_ms,
        .calm_ms = CALM_MS,
        .in_flight = (unsigned)options->in_flight,
        .in_flight_host = (unsigned)options->in_flight_per_host,
        .spacing_ms = options->spacing_s * 1000,
        .connect_ms = options->connect_timeout_s * 1000,
        .total_ms = options->total_timeout_s * 1000,
        .seed = hash_fnv64(config->contact, (uint64_t)network->house->options.now_s + 1),
        .secret = give_secret,
        .secret_with = network,
    };
    return fetch_new(&fetch, &network->fetch, fault);
}

struct network *network_new(struct house *house, struct fault *fault) {
    AUTO(network_free)
    struct network *network = mem_new(1, sizeof *network);
    if (network == NULL || (network->arena = arena_new(LIMIT_ARENA_BYTES)) == NULL) {
        fault_memory(fault);
        return NULL;
    }
    network->house = house;
    network->secrets = secrets_new(house->config.secrets_file, fault);
    if (network->secrets == NULL || !open_fetch(network, fault)) return NULL;
    struct network *made = network;
    network = NULL;
    return made;
}

void network_free(struct network **network) {
    if (*network == NULL) return;
    struct network *old = *network;
    if (old->fetch != NULL) old->house->network_ms += fetch_life_ms(old->fetch);
    fetch_free(&old->fetch);
    secrets_free(&old->secrets);
    arena_free(&old->arena);
    mem_free(old);
    *network = NULL;
}

bool network_has_secret(struct network *network, struct slice name, struct fault *why) {
    AUTO(buf_free)
    struct buf value = buf_new(SECRET_BYTES);
    bool found = secrets_get(network->secrets, name, &value, why);
    if (value.at != NULL) explicit_bzero(value.at, value.cap);
    return found;
}

bool network_ask(struct network *network, const struct request *request, size_t number, struct fault *fault) {
    return fetch_add(network->fetch, request, number, fault);
}

bool network_next(struct network *network, struct arena *arena, size_t *number, struct response *out, bool *more,
                  struct fault *fault) {
    uint64_t id = 0;
    if (!fetch_next(network->fetch, &id, out, more, arena, fault)) return false;
    if (*more) *number = (size_t)id;
    return true;
}

bool network_is_ready(struct network *network, bool *ready, struct fault *fault) {
    return fetch_is_ready(network->fetch, ready, fault);
}

size_t network_waiting(const struct network *network) {
    return fetch_waiting(network->fetch);
}
