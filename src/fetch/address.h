/* address: which peers may be talked to. An allow-list of global unicast, since lists of what is private were always
 * one form short. Pure. */
#ifndef DISCERN_FETCH_ADDRESS_H
#define DISCERN_FETCH_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/slice.h"

enum address_class {
    ADDRESS_PUBLIC,   /* global unicast */
    ADDRESS_LOOPBACK, /* 127.0.0.0/8, ::1 */
    ADDRESS_OTHER     /* everything else: private, link-local, multicast, mapped, translated, other families */
};

/* `len` bytes at `address` are a socket address. */
enum address_class address_class_of(const struct sockaddr *address, size_t len);
/* The same for numbers in words ("10.0.0.1", "[::1]", "::1"); *numeric is false when `text` is none. */
enum address_class address_class_of_text(struct slice text, bool *numeric);
/* "10.0.0.1" for messages; "?" for other families. */
#define ADDRESS_TEXT_BYTES 64
void address_words(const struct sockaddr *address, size_t len, char out[ADDRESS_TEXT_BYTES]);

#endif
