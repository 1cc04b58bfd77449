/* url_host: the host of a URL, made plain. Many spellings name one machine ("127.1", "0x7f000001", "%31%32%37.0.0.1"),
 * and whoever asks whether a host may be talked to must see the machine, not the spelling. Pure. */
#ifndef DISCERN_BASE_URL_HOST_H
#define DISCERN_BASE_URL_HOST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

/* The longest name that the DNS holds. */
#define URL_HOST_BYTES 253u

/* `text` (between '@' and ':' of a URL) without percent-encoding; IPv4 as four decimal numbers, IPv6 in brackets in its
 * shortest form, names in the case that they are written in. In arena. False when it is no host; or out of memory. */
MUST_USE bool url_host_read(struct arena *arena, struct slice text, struct slice *out);

#endif
