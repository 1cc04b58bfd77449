/* mojibake: text that was UTF-8 already when somebody took it for Latin-1 or windows-1252 and encoded it once more
 * ("CataluÃ±a", "donâ€™t") is put right where nothing else can be meant. */
#ifndef DISCERN_PARSE_MOJIBAKE_H
#define DISCERN_PARSE_MOJIBAKE_H

#include <stdbool.h>

#include "base/buf.h"

/* Undoes it in place. True when something was put right. Every character of the text has to fit, so that a foreign
 * word among others is never touched. `text` is valid UTF-8 and stays so. */
bool mojibake_undo(struct buf *text);

#endif
