/* The whole day as JSON, for scripts and other template tools; config/schema/digest.schema.json describes it. */
#include "render/format.h"

#include "model/digest_json.h"

static bool write_day(const struct digest *digest, const struct look *look, struct buf *out, struct fault *fault) {
    (void)look;
    struct jwrite json = jwrite_to(out);
    digest_json_write(&json, digest);
    buf_add_char(out, '\n');
    return buf_check(out, "the day as JSON", fault);
}

const struct format format_json = {
    .name = "json",
    .file = "digest.json",
    .media_type = "application/json",
    .help = "the whole day as JSON",
    .write = write_day,
};
