/* password: Argon2id (RFC 9106) for the page's password. */
#ifndef DISCERN_SERVE_PASSWORD_H
#define DISCERN_SERVE_PASSWORD_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"

#define PASSWORD_LEAST_BYTES 12
#define PASSWORD_MOST_BYTES 1024

/* The encoded hash ($argon2id$…) with a salt from the kernel, onto *out. USAGE: too short or too long. */
MUST_USE bool password_hash(struct slice password, struct buf *out, struct fault *fault);

#endif
