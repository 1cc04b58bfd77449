/* target: the contract of a way to deliver a digest, and the table of all. A target hands one message to the world: a
 * folder, a mail program, a mail server. What is owed to whom, and what was sent, is kept by the caller. */
#ifndef DISCERN_DELIVER_TARGET_H
#define DISCERN_DELIVER_TARGET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"

/* Where to: what a delivery block of the configuration says. Borrowed. */
struct target_settings {
    struct slice folder;       /* maildir */
    struct slice program;      /* sendmail */
    struct slice server, user; /* smtp: smtp://host:port or smtps://host */
    struct slice password;     /* absent = none */
    bool without_tls;          /* said outright by the school */
    struct slice ca_file;      /* absent = the system's */
    int64_t timeout_s;         /* for one message, 0 = 60 */
};

/* One message for one receiver. */
struct parcel {
    struct slice message;    /* RFC 5322, CRLF line ends */
    struct slice message_id; /* without brackets: names the file in a maildir, so a repeat is the same file */
    struct slice from, to;   /* bare envelope addresses */
    int64_t date_s;          /* of the digest */
};

struct target {
    const char *name; /* maildir sendmail smtp */
    const char *help;
    /* Faults: REMOTE (try later), REFUSED (a permanent no: this receiver or message is not taken), CONFIG, STORE,
     * MEMORY. *may_have_gone says after a fault that the message may have been taken all the same (the answer was
     * lost): it is then told, and not repeated blindly. */
    bool (*hand_over)(const struct target_settings *settings, const struct parcel *parcel, bool *may_have_gone,
                      struct fault *fault);
};

/* A bare address that may stand in an envelope: printable ASCII, one '@', no blanks, brackets, quotes or control
 * characters, not beginning with '-', at most 254 bytes. */
bool address_holds(struct slice address);
/* Both addresses hold and there is a message; else a fault that says which does not. Every target asks it first. */
MUST_USE bool parcel_holds(const struct parcel *parcel, struct fault *fault);

/* The message with LF line ends, as mail is kept on a machine. */
MUST_USE bool parcel_lines(const struct parcel *parcel, struct buf *out, struct fault *fault);

#define DELIVER_TARGETS(LINE)                                                                                          \
    LINE(maildir)                                                                                                      \
    LINE(sendmail)                                                                                                     \
    LINE(smtp)

#define DECLARE_TARGET(name) extern const struct target target_##name;
DELIVER_TARGETS(DECLARE_TARGET)
#undef DECLARE_TARGET

const struct target *target_find(struct slice name);

#endif
