/* libmicrohttpd, opened by the command that serves pages. */
#include <microhttpd.h>
#include <stdarg.h>

#include "base/late.h"

#define LIBRARY LATE_MICROHTTPD

LATE_VOID(MHD_stop_daemon, (struct MHD_Daemon * daemon), (daemon))
LATE(enum MHD_Result, MHD_run_wait, (struct MHD_Daemon * daemon, int32_t wait_ms), (daemon, wait_ms), MHD_NO)
LATE_VOID(MHD_suspend_connection, (struct MHD_Connection * connection), (connection))
LATE_VOID(MHD_resume_connection, (struct MHD_Connection * connection), (connection))
LATE_VOID(MHD_free, (void *memory), (memory))

LATE(const char *, MHD_lookup_connection_value,
     (struct MHD_Connection * connection, enum MHD_ValueKind kind, const char *name), (connection, kind, name), NULL)
LATE(int, MHD_get_connection_values,
     (struct MHD_Connection * connection, enum MHD_ValueKind kind, MHD_KeyValueIterator each, void *user),
     (connection, kind, each, user), -1)
LATE(char *, MHD_basic_auth_get_username_password, (struct MHD_Connection * connection, char **password),
     (connection, password), NULL)

LATE(struct MHD_Response *, MHD_create_response_from_buffer,
     (size_t size, void *bytes, enum MHD_ResponseMemoryMode mode), (size, bytes, mode), NULL)
LATE(enum MHD_Result, MHD_add_response_header, (struct MHD_Response * response, const char *name, const char *value),
     (response, name, value), MHD_NO)
LATE(enum MHD_Result, MHD_queue_response,
     (struct MHD_Connection * connection, unsigned status, struct MHD_Response *response),
     (connection, status, response), MHD_NO)
LATE_VOID(MHD_destroy_response, (struct MHD_Response * response), (response))

struct MHD_Daemon *MHD_start_daemon(unsigned flags, uint16_t port, MHD_AcceptPolicyCallback accept, void *accept_user,
                                    MHD_AccessHandlerCallback answer, void *answer_user, ...) {
    __typeof__(&MHD_start_daemon_va) real;
    if (!late_find(LIBRARY, "MHD_start_daemon_va", &real)) return NULL;
    va_list args;
    va_start(args, answer_user);
    struct MHD_Daemon *daemon = real(flags, port, accept, accept_user, answer, answer_user, args);
    va_end(args);
    return daemon;
}

/* Of what these can be asked, nothing that discern asks takes a further argument. */
const union MHD_DaemonInfo *MHD_get_daemon_info(struct MHD_Daemon *daemon, enum MHD_DaemonInfoType what, ...) {
    __typeof__(&MHD_get_daemon_info) real;
    return late_find(LIBRARY, "MHD_get_daemon_info", &real) ? real(daemon, what) : NULL;
}

const union MHD_ConnectionInfo *MHD_get_connection_info(struct MHD_Connection *connection,
                                                        enum MHD_ConnectionInfoType what, ...) {
    __typeof__(&MHD_get_connection_info) real;
    return late_find(LIBRARY, "MHD_get_connection_info", &real) ? real(connection, what) : NULL;
}
