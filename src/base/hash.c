#include "base/hash.h"

/* The plain functions: EVP looks its algorithms up among providers and reads a configuration first, which costs a
 * process that hashes once more than all the rest of its start. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stddef.h>

#include "base/late.h"

bool hash_ready(void) {
    struct fault told_when_needed = {0};
    return late_open(LATE_CRYPTO, &told_when_needed);
}

bool hash_sha256_hex(struct slice bytes, char out[HASH_HEX_BYTES], struct fault *fault) {
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[SHA256_DIGEST_LENGTH];
    const char *at = bytes.len == 0 ? "" : bytes.at;
    if (!late_open(LATE_CRYPTO, fault)) return false;
    if (SHA256((const unsigned char *)at, bytes.len, digest) == NULL)
        return fault_set(fault, FAULT_MEMORY, "SHA-256 could not be computed");
    for (size_t i = 0; i < sizeof digest; i++) {
        out[i * 2] = digits[digest[i] >> 4];
        out[i * 2 + 1] = digits[digest[i] & 15];
    }
    out[64] = '\0';
    return true;
}

uint64_t hash_fnv64(struct slice bytes, uint64_t seed) {
    uint64_t hash = seed == 0 ? 0xcbf29ce484222325u : seed;
    for (size_t i = 0; i < bytes.len; i++) {
        hash ^= (unsigned char)bytes.at[i];
        hash *= 0x100000001b3u;
    }
    return hash;
}
