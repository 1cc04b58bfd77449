/* pack: what is kept of a row beyond its searched columns, as compact bytes that end in a checksum. One description of
 * the fields serves both ways, so that what is written is what is read: each function writes *value when pack->out is
 * set, else sets it. Texts that were read point into a copy of the bytes in the arena. Failure sticks.
 * New fields go at the end and are read under pack_has_more, so that older rows stay readable. */
#ifndef DISCERN_STORE_PACK_H
#define DISCERN_STORE_PACK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/slice.h"

struct pack {
    struct buf *out;     /* writing */
    struct slice in;     /* reading: what is left */
    struct arena *arena; /* reading: where lists go */
    bool failed;         /* reading: the bytes do not hold, or no memory */
};

#define PACK_SUM_BYTES 8

/* Checksum of bytes from `seed`: any one changed byte changes it. Not for strangers: no protection against design. */
uint64_t pack_sum(struct slice bytes, uint64_t seed);
uint64_t pack_sum_int(int64_t value, uint64_t seed);

struct pack pack_to(struct buf *out);
/* Closes what was written since `start` in the buf with a checksum that also covers `seed`. */
void pack_seal(struct pack *pack, size_t start, uint64_t seed);
/* Copies the bytes into the arena and checks the seal; failed when it does not hold. */
struct pack pack_from(struct slice bytes, uint64_t seed, struct arena *arena);
/* The same without a copy and without a seal: the bytes outlive what is read. */
struct pack pack_over(struct slice bytes, struct arena *arena);
/* Read to the end and nothing failed; a writer: nothing failed. */
bool pack_done(const struct pack *pack);
bool pack_is_reading(const struct pack *pack);
bool pack_has_more(const struct pack *pack);

void pack_int(struct pack *pack, int64_t *value);
void pack_u32(struct pack *pack, uint32_t *value);
void pack_u8(struct pack *pack, uint8_t *value);
void pack_plain_int(struct pack *pack, int *value);
void pack_size(struct pack *pack, size_t *value);
void pack_bool(struct pack *pack, bool *value);
void pack_real(struct pack *pack, double *value);
void pack_text(struct pack *pack, struct slice *value);
/* An enum of `count` values. Use: unsigned v = (unsigned)x; pack_choice(p, &v, N); x = (enum e)v; */
void pack_choice(struct pack *pack, unsigned *value, unsigned count);
#define PACK_ENUM(pack, lvalue, type, count)                                                                           \
    do {                                                                                                               \
        unsigned pack_choice_ = (unsigned)(lvalue);                                                                    \
        pack_choice((pack), &pack_choice_, (unsigned)(count));                                                         \
        (lvalue) = (type)pack_choice_;                                                                                 \
    } while (0)
/* The count of a list; when reading, *at becomes that many zeroed elements. Returns how many to go through. */
size_t pack_count(struct pack *pack, void **at, size_t *count, size_t *capacity, size_t size_bytes);
/* Goes through a list: PACK_LIST(pack, list, each) calls each(pack, &list.at[i]). */
#define PACK_LIST(pack, list, each)                                                                                    \
    do {                                                                                                               \
        void *pack_at_ = (list).at;                                                                                    \
        size_t pack_n_ = pack_count((pack), &pack_at_, &(list).count, &(list).capacity, sizeof *(list).at);            \
        (list).at = pack_at_;                                                                                          \
        for (size_t pack_i_ = 0; pack_i_ < pack_n_; pack_i_++) each((pack), &(list).at[pack_i_]);                      \
    } while (0)

#endif
