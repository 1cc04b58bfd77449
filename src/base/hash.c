#include "base/hash.h"

#include <openssl/evp.h>
#include <stddef.h>

bool hash_sha256_hex(struct slice bytes, char out[HASH_HEX_BYTES], struct fault *fault) {
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int len = 0;
    if (EVP_Digest(bytes.len == 0 ? "" : bytes.at, bytes.len, digest, &len, EVP_sha256(), NULL) != 1 || len != 32)
        return fault_set(fault, FAULT_MEMORY, "SHA-256 could not be computed");
    for (unsigned int i = 0; i < len; i++) {
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
