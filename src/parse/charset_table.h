/* charset_table: encodings of one byte a character that the system's iconv does not know. */
#ifndef DISCERN_PARSE_CHARSET_TABLE_H
#define DISCERN_PARSE_CHARSET_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* The 128 code points of the bytes from 0x80, 0 = none; NULL when there is no table of that name. Static. */
const uint16_t *charset_table(const char *name);

#endif
