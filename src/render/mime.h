/* mime: one kind of message, RFC 5322 and 2045: multipart/alternative of a text and an HTML part, both UTF-8, both
 * quoted-printable, no attachment, no line longer than 76. Written here and not by a mail library: those at hand end
 * the process when memory runs out, draw boundaries by chance and take the date from the clock; here the same digest
 * gives the same bytes. Nothing from outside can begin a header: every value goes through one function that knows no
 * line break. */
#ifndef DISCERN_RENDER_MIME_H
#define DISCERN_RENDER_MIME_H

#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"

struct mime_message {
    struct slice from_name, from, to; /* addresses bare; `to` absent = "undisclosed-recipients:;" */
    struct slice subject;
    int64_t date_s;
    struct slice message_id;  /* without brackets, ASCII */
    struct slice list_id;     /* "maths.digest.example", absent = none */
    struct slice unsubscribe; /* a mailto:, http: or https: address, printable ASCII; absent = none */
    struct slice text, html;  /* the parts, LF line ends */
};

/* FAULT_CONFIG when an address cannot stand in a header. */
MUST_USE bool mime_write(const struct mime_message *message, struct buf *out, struct fault *fault);
/* A header: its words encoded where they are not plain ASCII (RFC 2047), folded; no line break can come out of it. */
void mime_header(struct buf *out, const char *name, struct slice words);
/* Quoted-printable, CRLF line ends. */
void mime_quoted(struct buf *out, struct slice text);

#endif
