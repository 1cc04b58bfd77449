/* digest_fields: the texts and numbers of a digest's parts under their JSON keys, one table a part: what is written and
 * what is read back cannot differ. Used by digest_json_write.c and digest_json_read.c only. */
#ifndef DISCERN_MODEL_DIGEST_FIELDS_H
#define DISCERN_MODEL_DIGEST_FIELDS_H

#include <stddef.h>

enum digest_field_type {
    DIGEST_TEXT,   /* struct slice */
    DIGEST_TEXTS,  /* struct slice_list */
    DIGEST_INT,    /* int */
    DIGEST_INT64,  /* int64_t */
    DIGEST_SIZE,   /* size_t */
    DIGEST_REAL,   /* double */
    DIGEST_YES,    /* bool */
    DIGEST_INSTANT /* int64_t seconds */
};

struct digest_field {
    const char *key;
    enum digest_field_type type;
    size_t offset;
};

struct digest_fields {
    const struct digest_field *at;
    size_t count;
};

extern const struct digest_fields digest_fields_digest, digest_fields_reader, digest_fields_focus, digest_fields_entry,
    digest_fields_article, digest_fields_work, digest_fields_verdict, digest_fields_topic, digest_fields_signal,
    digest_fields_sharer, digest_fields_term, digest_fields_section, digest_fields_left;

#endif
