/* charset_big5: the letters of Big5 that the system's iconv does not know, or takes for others than the web does. */
#ifndef DISCERN_PARSE_CHARSET_BIG5_H
#define DISCERN_PARSE_CHARSET_BIG5_H

#include <stdint.h>

/* The letter of these two bytes by the Encoding standard (encoding.spec.whatwg.org, index Big5), 0 where iconv agrees
 * with it. */
uint32_t charset_big5_own(char lead, char trail);

#endif
