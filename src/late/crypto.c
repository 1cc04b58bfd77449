/* libcrypto, opened by the first command that needs a fingerprint. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "base/late.h"

#define LIBRARY LATE_CRYPTO

LATE(unsigned char *, SHA256, (const unsigned char *bytes, size_t len, unsigned char *digest), (bytes, len, digest),
     NULL)
