/* choice: how a day's list came about, for a person or a program: every sum, the places and caps, and what was left out
 * and why. */
#ifndef DISCERN_DOOR_CHOICE_H
#define DISCERN_DOOR_CHOICE_H

#include "base/buf.h"
#include "curate/options.h"
#include "discern.h"
#include "model/digest.h"

#define CHOICE_SCHEMA "discern.choice/1"

/* Text: the rules of the choice, each chosen entry with its terms one a line, then what was left out, reason by reason,
 * each with its sum on one line. JSON: one object on one line. */
void choice_write(const struct digest *digest, const struct curate_options *options, enum discern_form form,
                  struct buf *out);
/* One line: "  +30 of  40  evidence  gives a source …". */
void choice_term(const struct term *term, struct buf *out);

#endif
