#include "fetch/engine.h"

unsigned guard_port(const struct url *url) {
    if (url->port != 0) return url->port;
    return slice_equal(url->scheme, SLICE("https")) ? 443 : 80;
}

bool guard_same_origin(const struct url *a, const struct url *b) {
    return slice_equal(a->scheme, b->scheme) && slice_equal(a->host, b->host) && guard_port(a) == guard_port(b);
}

bool guard_allows_loopback(const struct job *job) {
    return !slice_is_empty(job->request.allow_host) && slice_equal_nocase(job->request.allow_host, job->parts.host);
}

static bool usual_port(const struct fetch *fetch, unsigned port) {
    static const unsigned usual[] = {80, 443, 8080, 8443, 0};
    const unsigned *ports = fetch->options.ports == NULL ? usual : fetch->options.ports;
    for (size_t i = 0; ports[i] != 0; i++)
        if (ports[i] == port) return true;
    return false;
}

/* Names of this machine and this network, for when a proxy would look them up. */
static bool is_inner_name(struct slice host) {
    static const char *const inner[] = {"localhost", "local", "internal", "localdomain", "home.arpa"};
    for (size_t i = 0; i < COUNT_OF(inner); i++)
        if (url_host_within(host, slice_from(inner[i]))) return true;
    return false;
}

const char *guard_hop(struct fetch *fetch, const struct job *job) {
    const struct url *url = &job->parts;
    bool https = slice_equal(url->scheme, SLICE("https"));
    bool loopback = guard_allows_loopback(job), numeric = false;
    enum address_class class = address_class_of_text(url->host, &numeric);
    if (!https && !slice_equal(url->scheme, SLICE("http")))
        return "only addresses that begin with https:// or http:// are asked";
    if (!slice_is_absent(url->user)) return "an address with a name or password in it is not asked";
    if (loopback && (!numeric || class == ADDRESS_LOOPBACK)) return NULL;
    if (numeric && class != ADDRESS_PUBLIC)
        return arena_printf(fetch->arena, "%.*s is not a public address", SLICE_ARGS(url->host));
    if (is_inner_name(url->host))
        return arena_printf(fetch->arena, "%.*s names this machine or this network, not a public server",
                            SLICE_ARGS(url->host));
    if (!usual_port(fetch, guard_port(url)))
        return arena_printf(fetch->arena, "port %u is not one that web servers use", guard_port(url));
    if (job->request.purpose == REQUEST_API && !https) return "an API is asked by https only";
    if (!slice_is_empty(job->request.secret) && !https)
        return "a secret is not sent over a connection that is not encrypted (https)";
    return NULL;
}
