/* digest (stage): chooses a day's list for each reader, writes its files, and remembers what was shown. The files are
 * whole or the old ones; the same day and the same store give the same bytes. */
#ifndef DISCERN_STAGE_DIGEST_H
#define DISCERN_STAGE_DIGEST_H

#include "model/digest.h"
#include "stage/house.h"

enum digest_days {
    DIGEST_EVERY_DAY,  /* somebody asked for this day: write it */
    DIGEST_SCHOOL_DAYS /* a run by cron: only on the reader's days, and not in holidays */
};

struct digest_options {
    int64_t date_s;      /* midnight of the day */
    struct slice reader; /* one profile; absent = all */
    const char *out_dir; /* where to write */
    enum digest_days days;
    bool owe; /* queue the mail to the reader's receivers, in the same transaction */
    /* Called for each digest that was written, with the folder it stands in; may be NULL. False stops the work. */
    bool (*made)(void *to, const struct digest *digest, const char *folder);
    void *made_to;
};

struct digest_counts {
    int64_t readers, entries, files_written;
};

/* Faults: USAGE (no reader of that name), STORE, MEMORY, LIMIT. */
MUST_USE bool digest_run(struct house *house, const struct digest_options *options, struct digest_counts *out,
                         struct fault *fault);

#endif
