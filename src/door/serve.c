#include "base/limits.h"
#include "config/config.h"
#include "door/web.h"

/* The encoded Argon2id hash in the first line of the file. */
static bool read_password(struct discern *home, const char *path, struct slice *out, struct fault *fault) {
    bool found;
    *out = (struct slice){NULL, 0};
    if (path == NULL) return true;
    if (!config_read_file(path, home->arena, out, &found, fault)) return false;
    *out = slice_trim(slice_part(*out, 0, slice_find_byte(*out, '\n', 0)));
    if (!found || !slice_starts(*out, SLICE("$argon2id$")))
        return fault_set(fault, FAULT_CONFIG,
                         "%s: holds no Argon2id hash; the program argon2 makes one (argon2 SALT -id -e)", path);
    char *text = arena_text(home->arena, *out);
    if (text == NULL) return fault_memory(fault);
    *out = slice_of(text, out->len);
    return true;
}

static bool serve(struct discern *home, const struct discern_serve *wanted, struct fault *fault) {
    AUTO(server_free)
    struct server *server = NULL;
    AUTO(buf_free)
    struct buf line = buf_new(1000);
    struct serve_options options = {.address = slice_from(wanted->address == NULL ? "127.0.0.1" : wanted->address),
                                    .port = wanted->port,
                                    .name = slice_from(wanted->name),
                                    .handler = web_answer_request,
                                    .user = home,
                                    .stop = NULL};
    if (!read_password(home, wanted->password_file, &options.password_hash, fault)) return false;
    options.stop = wanted->stop;
    server = server_start(&options, fault);
    if (server == NULL) return false;
    buf_printf(&line, "http://%.*s:%u/\n", SLICE_ARGS(options.address), server_port(server));
    if (!door_write(&line, wanted->write, wanted->write_to, fault)) return false;
    server_run(server);
    return true;
}

int discern_serve(struct discern *home, const struct discern_serve *wanted, struct discern_error *error) {
    struct fault fault = {0};
    (void)serve(home, wanted, &fault);
    return door_status(&fault, error);
}
