#include "base/hash.h"

/* The plain functions: EVP looks its algorithms up among providers and reads a configuration first, which costs a
 * process that hashes once more than all the rest of its start. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <endian.h>
#include <openssl/sha.h>
#include <stddef.h>
#include <string.h>

#include "base/late.h"

bool hash_ready(void) {
    struct fault told_when_needed = {0};
    return late_open(LATE_CRYPTO, &told_when_needed);
}

static const char hex_digits[] = "0123456789abcdef";

bool hash_sha256_hex(struct slice bytes, char out[HASH_HEX_BYTES], struct fault *fault) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    const char *at = bytes.len == 0 ? "" : bytes.at;
    if (!late_open(LATE_CRYPTO, fault)) return false;
    if (SHA256((const unsigned char *)at, bytes.len, digest) == NULL)
        return fault_set(fault, FAULT_MEMORY, "SHA-256 could not be computed");
    for (size_t i = 0; i < sizeof digest; i++) {
        out[i * 2] = hex_digits[digest[i] >> 4];
        out[i * 2 + 1] = hex_digits[digest[i] & 15];
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

/* Each step can be undone, so that two texts of which one word differs never give the same. */
static void quick_step(uint64_t lanes[2], uint64_t word) {
    lanes[0] = (lanes[0] ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    lanes[0] ^= lanes[0] >> 29;
    lanes[1] = (lanes[1] + word) * UINT64_C(0xD6E8FEB86659FD93);
    lanes[1] ^= lanes[1] >> 32;
}

/* Little endian on every machine: the sum is kept. A word that is not full ends in zeros. */
static uint64_t word_at(const char *at, size_t bytes) {
    uint64_t word = 0;
    memcpy(&word, at, bytes);
    return le64toh(word);
}

void hash_quick_hex(struct slice bytes, char out[HASH_QUICK_BYTES]) {
    uint64_t lanes[2] = {UINT64_C(0x243F6A8885A308D3), UINT64_C(0x13198A2E03707344)};
    size_t at = 0;
    for (; bytes.len - at >= 8; at += 8) quick_step(lanes, word_at(bytes.at + at, 8));
    if (at < bytes.len) quick_step(lanes, word_at(bytes.at + at, bytes.len - at));
    quick_step(lanes, bytes.len);
    quick_step(lanes, 0);
    quick_step(lanes, 0);
    for (size_t i = 0; i < 32; i++) out[i] = hex_digits[lanes[i / 16] >> (60 - i % 16 * 4) & 15];
    out[32] = '\0';
}
