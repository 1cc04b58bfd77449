#include "render/zip.h"

#include <string.h>

#define LOCAL_FILE 0x04034B50u
#define DIRECTORY_ENTRY 0x02014B50u
#define DIRECTORY_END 0x06054B50u
#define VERSION 20
/* 1 January 1980, midnight: the files have no times of their own, so that the same words give the same bytes. */
#define NO_DATE 0x0021u

struct zip zip_to(struct buf *out) {
    return (struct zip){.out = out};
}

/* CRC-32 of ISO 3309, as ZIP has it. */
static uint32_t crc_of(struct slice bytes) {
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < bytes.len; i++) {
        crc ^= (unsigned char)bytes.at[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

/* Little endian, `bytes` of them. */
static void put(struct zip *zip, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++) buf_add_char(zip->out, (char)(value >> 8 * i & 0xFF));
}

/* What the local header and the directory say alike: version, flags, method, time, date, sum, sizes, lengths. */
static void put_facts(struct zip *zip, size_t index) {
    put(zip, VERSION, 2);
    put(zip, 0, 2);
    put(zip, 0, 2);
    put(zip, 0, 2);
    put(zip, NO_DATE, 2);
    put(zip, zip->files[index].crc, 4);
    put(zip, zip->files[index].size, 4);
    put(zip, zip->files[index].size, 4);
    put(zip, (uint32_t)strlen(zip->files[index].name), 2);
    put(zip, 0, 2);
}

void zip_add(struct zip *zip, const char *name, struct slice bytes) {
    if (zip->count == ZIP_FILES || bytes.len > UINT32_MAX || zip->out->len > UINT32_MAX / 2) {
        zip->overfull = true;
        return;
    }
    zip->files[zip->count].name = name;
    zip->files[zip->count].crc = crc_of(bytes);
    zip->files[zip->count].size = (uint32_t)bytes.len;
    zip->files[zip->count].at = (uint32_t)zip->out->len;
    put(zip, LOCAL_FILE, 4);
    put_facts(zip, zip->count);
    buf_add_text(zip->out, name);
    buf_add(zip->out, bytes);
    zip->count++;
}

bool zip_end(struct zip *zip, const char *what, struct fault *fault) {
    uint32_t start = (uint32_t)zip->out->len;
    if (zip->overfull) return fault_set(fault, FAULT_LIMIT, "%s: too much for one archive", what);
    for (size_t i = 0; i < zip->count; i++) {
        put(zip, DIRECTORY_ENTRY, 4);
        put(zip, VERSION, 2);
        put_facts(zip, i);
        put(zip, 0, 2); /* comment */
        put(zip, 0, 2); /* disk */
        put(zip, 0, 2); /* inner attributes */
        put(zip, 0, 4); /* outer attributes */
        put(zip, zip->files[i].at, 4);
        buf_add_text(zip->out, zip->files[i].name);
    }
    uint32_t size = (uint32_t)zip->out->len - start;
    put(zip, DIRECTORY_END, 4);
    put(zip, 0, 4); /* disks */
    put(zip, (uint32_t)zip->count, 2);
    put(zip, (uint32_t)zip->count, 2);
    put(zip, size, 4);
    put(zip, start, 4);
    put(zip, 0, 2);
    return buf_check(zip->out, what, fault);
}
