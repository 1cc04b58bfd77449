/* deliver (stage): hands over what is owed. The ledger moves before and after each letter: SENDING is committed before
 * the mail goes, SENT after it was taken, so that a run killed between the two repeats at most that one, under the same
 * Message-ID, and says so. */
#ifndef DISCERN_STAGE_DELIVER_H
#define DISCERN_STAGE_DELIVER_H

#include "stage/house.h"

struct deliver_counts {
    int64_t sent, waiting, failed, unsure;
};

/* Queues a letter for each receiver of the reader's mail deliveries, within the caller's transaction: once, however
 * often the digest is made. */
MUST_USE bool deliver_owe(struct house *house, const struct digest *digest, struct arena *arena, struct fault *fault);
/* Hands over what is due. Faults: STORE, MEMORY; what goes wrong with a letter is in the ledger and told. */
MUST_USE bool deliver_run(struct house *house, struct deliver_counts *out, struct fault *fault);

#endif
