#include "store/squeeze.h"

#include <zstd.h>

#include "base/limits.h"
#include "base/mem.h"

#define SQUEEZE_LEVEL 3 /* articles of 5 kB: a third of the size in 30 µs */

struct squeeze {
    ZSTD_CCtx *in;
    ZSTD_DCtx *out;
};

static bool ready(struct store *store, struct fault *fault) {
    if (store->squeeze == NULL) store->squeeze = mem_new(1, sizeof *store->squeeze);
    if (store->squeeze == NULL) return fault_memory(fault);
    struct squeeze *squeeze = store->squeeze;
    if (squeeze->in == NULL) squeeze->in = ZSTD_createCCtx();
    if (squeeze->out == NULL) squeeze->out = ZSTD_createDCtx();
    if (squeeze->in == NULL || squeeze->out == NULL) return fault_memory(fault);
    if (ZSTD_isError(ZSTD_CCtx_setParameter(squeeze->in, ZSTD_c_compressionLevel, SQUEEZE_LEVEL)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(squeeze->in, ZSTD_c_checksumFlag, 1)))
        return fault_memory(fault);
    return true;
}

bool squeeze_add(struct store *store, struct slice bytes, struct buf *out, struct fault *fault) {
    if (bytes.len > LIMIT_STORE_BODY_BYTES)
        return fault_set(fault, FAULT_LIMIT, "a text of more than %u MiB is not kept", LIMIT_STORE_BODY_BYTES >> 20);
    if (!ready(store, fault)) return false;
    size_t most = ZSTD_compressBound(bytes.len);
    char *room = buf_room(out, most);
    if (room == NULL) return buf_check(out, "a compressed row", fault);
    size_t got = ZSTD_compress2(store->squeeze->in, room, most, bytes.at, bytes.len);
    if (ZSTD_isError(got)) return fault_memory(fault);
    buf_grown(out, got);
    return true;
}

bool squeeze_open(struct store *store, struct slice bytes, struct buf *out, struct fault *fault) {
    if (!ready(store, fault)) return false;
    unsigned long long size = ZSTD_getFrameContentSize(bytes.at, bytes.len);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > LIMIT_STORE_BODY_BYTES)
        return db_damaged(store, "a compressed row", fault);
    char *room = buf_room(out, (size_t)size);
    if (room == NULL) return buf_check(out, "a compressed row", fault);
    size_t got = ZSTD_decompressDCtx(store->squeeze->out, room, (size_t)size, bytes.at, bytes.len);
    if (ZSTD_isError(got) || got != size) return db_damaged(store, "a compressed row", fault);
    buf_grown(out, got);
    return true;
}

void squeeze_free(struct squeeze **squeeze) {
    if (*squeeze == NULL) return;
    (void)ZSTD_freeCCtx((*squeeze)->in);
    (void)ZSTD_freeDCtx((*squeeze)->out);
    mem_free(*squeeze);
    *squeeze = NULL;
}
