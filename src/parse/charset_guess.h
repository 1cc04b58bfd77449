/* charset_guess: what bytes are that say nothing of themselves and are not UTF-8, by their shape: how well they cut
 * into the characters of each East Asian encoding, and which rows the letters of an alphabet sit in. */
#ifndef DISCERN_PARSE_CHARSET_GUESS_H
#define DISCERN_PARSE_CHARSET_GUESS_H

#include "base/slice.h"

/* "big5", "euc-jp", "euc-kr", "gb2312", "koi8-r", "shift_jis", "tis-620", "windows-1251", "windows-1253",
 * "windows-1255"; "windows-1252" when nothing else fits. Static. Looks at the first 64 KiB. */
const char *charset_guess(struct slice bytes);

#endif
