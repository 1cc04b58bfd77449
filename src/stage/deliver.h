/* deliver (stage): hands over what is owed. The ledger moves before and after each letter: SENDING is committed before
 * the mail goes, SENT after it was taken, so that a run killed between the two repeats at most that one, under the same
 * Message-ID, and says so. When the server went away before it said whether it took the mail, nobody gets it twice: it
 * is told, and a person decides. */
#ifndef DISCERN_STAGE_DELIVER_H
#define DISCERN_STAGE_DELIVER_H

#include "stage/house.h"

struct deliver_counts {
    int64_t sent, waiting, failed, unsure;
};

/* Queues a letter for each receiver of the reader's mail deliveries, within the caller's transaction: once, however
 * often the digest is made. */
MUST_USE bool deliver_owe(struct house *house, const struct digest *digest, struct arena *arena, struct fault *fault);
enum deliver_again {
    DELIVER_DUE,       /* what waits; a mail of which it is not known whether it went stays where it is */
    DELIVER_UNSURE_TOO /* a person said: those as well, under the same Message-ID */
};
/* Hands over what is due. Faults: STORE, MEMORY; what goes wrong with a letter is in the ledger and told. */
MUST_USE bool deliver_run(struct house *house, enum deliver_again again, struct deliver_counts *out,
                          struct fault *fault);

#endif
