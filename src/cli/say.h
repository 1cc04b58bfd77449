/* say: the only place where a person meets a message. Standard output carries results, standard error messages. What
 * may hold untrusted text is stripped of control and bidirectional characters before a terminal sees it. */
#ifndef DISCERN_CLI_SAY_H
#define DISCERN_CLI_SAY_H

#include <discern.h>

/* "discern: MESSAGE" on standard error. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Lines that stand for themselves (places of mistakes), on standard error as they are. */
void say_lines(const char *text);
/* say_lines as a discern_report. `to` and `note` are not used. */
void say_report(void *to, enum discern_note note, const char *text);
/* Says error->text when there is any, and returns `status`, for `return say_status(status, &error);`. */
int say_status(int status, const struct discern_error *error);
/* A discern_write for standard output, as the bytes are (machine-readable results). `to` is not used. */
bool say_bytes(void *to, const char *at, size_t len);
/* A discern_write for standard output, safe for a terminal when it is one. `to` is not used. */
bool say_text(void *to, const char *at, size_t len);
/* say_text, and *to (a bool) becomes true when there was something to write. */
bool say_found(void *to, const char *at, size_t len);
/* Flushes standard output; `status` when all was written, else says so and returns DISCERN_ACT. */
int say_end(int status);

#endif
