/* errand: work that may take long, in a process of its own, so that whoever else asks is served meanwhile. What the
 * work writes is fetched under the errand's name when it has ended, and kept for a while: a page may be loaded again.
 */
#ifndef DISCERN_SERVE_ERRAND_H
#define DISCERN_SERVE_ERRAND_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "serve/token.h"

#define ERRANDS_AT_ONCE 2
#define ERRANDS_KEPT 16 /* those that ended; the oldest makes room */
#define ERRAND_S 60     /* it is ended then, whatever it does */
#define ERRAND_BYTES ((size_t)4 * 1024 * 1024)

/* Run in the child, which has no open file but standard error and ends afterwards. False, or a buf that failed: nothing
 * came of it. */
typedef bool errand_work(void *user, struct buf *out);

enum errand_state { ERRAND_UNKNOWN, ERRAND_UNDER_WAY, ERRAND_DONE, ERRAND_LOST };

struct errands;

/* Owned by the caller. NULL when out of memory. */
MUST_USE struct errands *errands_new(void);
/* Ends all that are under way; *errands becomes NULL. For AUTO. */
void errands_free(struct errands **errands);

/* Whether one more may be started now. */
bool errands_have_room(struct errands *errands);
/* Starts one, whose name cannot be guessed. No library may hold a lock or an open file of this process that the work
 * would use. FAULT_BUSY when there is no room, MEMORY when no process can be had. */
MUST_USE bool errand_start(struct errands *errands, errand_work *work, void *user, char name[TOKEN_TEXT_BYTES],
                           struct fault *fault);
/* How the errand of that name stands; *out is what it wrote, borrowed until the next errand starts, when it is DONE. */
enum errand_state errand_look(struct errands *errands, struct slice name, struct slice *out);
/* Looks after those under way; whether any has ended since this was asked last. */
bool errands_ended(struct errands *errands);

#endif
