#include "serve/password.h"

#include <argon2.h>
#include <sys/random.h>

/* RFC 9106, 4: the second recommended option, for where memory is short: 64 MiB, three passes. */
#define MEMORY_KIB (64 * 1024)
#define PASSES 3
#define LANES 4
#define HASH_BYTES 32
#define ENCODED_BYTES 256

bool password_hash(struct slice password, struct buf *out, struct fault *fault) {
    unsigned char salt[16];
    if (password.len < PASSWORD_LEAST_BYTES || password.len > PASSWORD_MOST_BYTES)
        return fault_set(fault, FAULT_USAGE, "a password has at least %d letters: three or four words do well",
                         PASSWORD_LEAST_BYTES);
    if (getrandom(salt, sizeof salt, 0) != (ssize_t)sizeof salt)
        return fault_set(fault, FAULT_STORE, "the system gives no random numbers");
    char *encoded = buf_room(out, ENCODED_BYTES);
    if (encoded == NULL) return fault_memory(fault);
    int made = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password.at, password.len, salt, sizeof salt,
                                     HASH_BYTES, encoded, ENCODED_BYTES);
    if (made != ARGON2_OK)
        return fault_set(fault, FAULT_MEMORY, "the password could not be hashed: %s", argon2_error_message(made));
    buf_grown(out, slice_from(encoded).len);
    buf_add_char(out, '\n');
    return buf_check(out, "the password", fault);
}
