#include <string.h>

#include "base/limits.h"
#include "config/config.h"
#include "door/web.h"
#include "serve/password.h"
#include "store/files.h"

/* The encoded Argon2id hash in the first line of the file. */
static bool read_password(struct discern *home, const char *path, struct slice *out, struct fault *fault) {
    bool found;
    *out = (struct slice){NULL, 0};
    if (path == NULL) return true;
    if (!config_read_file(path, home->arena, out, &found, fault)) return false;
    *out = slice_trim(slice_part(*out, 0, slice_find_byte(*out, '\n', 0)));
    if (!found || !slice_starts(*out, SLICE("$argon2id$")))
        return fault_set(fault, FAULT_CONFIG,
                         "%s: holds no Argon2id hash; 'discern serve --make-password FILE' writes one", path);
    char *text = arena_text(home->arena, *out);
    if (text == NULL) return fault_memory(fault);
    *out = slice_of(text, out->len);
    return true;
}

/* What it is called by who types its address; what listens everywhere has no one address. */
static struct slice own_name(struct slice address) {
    bool everywhere = slice_equal(address, SLICE("0.0.0.0")) || slice_equal(address, SLICE("::"));
    bool six = slice_find_byte(address, ':', 0) != SLICE_NOT_FOUND;
    return everywhere || six ? (struct slice){NULL, 0} : address;
}

static bool serve(struct discern *home, const struct discern_serve *wanted, struct fault *fault) {
    AUTO(errands_free)
    struct errands *errands = errands_new();
    AUTO(web_house_close)
    struct web_house served = {.home = home, .errands = errands};
    AUTO(server_free)
    struct server *server = NULL;
    AUTO(buf_free)
    struct buf line = buf_new(1000);
    struct serve_options options = {.address = slice_from(wanted->address == NULL ? "127.0.0.1" : wanted->address),
                                    .port = wanted->port,
                                    .name = slice_from(wanted->name),
                                    .handler = web_answer_request,
                                    .user = &served,
                                    .changed = web_changed};
    if (errands == NULL) return fault_memory(fault);
    if (!read_password(home, wanted->password_file, &options.password_hash, fault)) return false;
    options.stop = wanted->stop;
    served.now = wanted->now;
    if (slice_is_empty(options.name)) options.name = own_name(options.address);
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

static bool keep_password(const char *path, const char *password, struct fault *fault) {
    const char *slash = strrchr(path, '/');
    char folder_path[LIMIT_PATH_BYTES];
    AUTO(folder_close)
    struct folder folder = {0};
    AUTO(buf_free)
    struct buf hash = buf_new(1024);
    size_t len = slash == NULL ? 0 : slash == path ? 1 : (size_t)(slash - path);
    if (len >= sizeof folder_path) return fault_set(fault, FAULT_USAGE, "%s: the name is too long", path);
    memcpy(folder_path, path, len);
    memcpy(folder_path + len, len == 0 ? "." : "", len == 0 ? 2 : 1);
    if (!password_hash(slice_from(password), &hash, fault)) return false;
    struct file_put put = {slice_from(slash == NULL ? path : slash + 1), buf_slice(&hash), FILE_PRIVATE};
    return folder_open(folder_path, FOLDER_MUST_EXIST, &folder, fault) && file_put(&folder, &put, NULL, fault);
}

int discern_password(const char *path, const char *password, struct discern_error *error) {
    struct fault fault = {0};
    (void)keep_password(path, password, &fault);
    return door_status(&fault, error);
}
