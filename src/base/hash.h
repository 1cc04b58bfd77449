/* hash: fingerprints. SHA-256 (FIPS 180-4, by libcrypto) where they are kept or compared across machines; FNV-1a 64 for
 * tables inside one run. */
#ifndef DISCERN_BASE_HASH_H
#define DISCERN_BASE_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"

#define HASH_HEX_BYTES 65
#define HASH_QUICK_BYTES 33

/* Opens libcrypto, if it is not open yet: for a process that will soon be able to open no file. False: hash_sha256_hex
 * will say why.
 */
bool hash_ready(void);
/* 64 lower-case hexadecimal digits and a NUL. */
MUST_USE bool hash_sha256_hex(struct slice bytes, char out[HASH_HEX_BYTES], struct fault *fault);
/* 128 bits as 32 hexadecimal digits and a NUL, at the speed of memory: to find the same bytes again, where nobody gains
 * by making other bytes with the same sum. Kept: never changes. */
void hash_quick_hex(struct slice bytes, char out[HASH_QUICK_BYTES]);
/* FNV-1a, 64 bits, from `seed` (0 for a first call; feed the result back to go on). */
uint64_t hash_fnv64(struct slice bytes, uint64_t seed);

#endif
