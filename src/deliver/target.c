#include "deliver/target.h"

#include <string.h>

static const struct target *const targets[] = {
#define LIST_TARGET(name) &target_##name,
    DELIVER_TARGETS(LIST_TARGET)
#undef LIST_TARGET
};

const struct target *target_find(struct slice name) {
    for (size_t i = 0; i < COUNT_OF(targets); i++)
        if (slice_equal(name, slice_from(targets[i]->name))) return targets[i];
    return NULL;
}

bool address_holds(struct slice address) {
    size_t ats = 0;
    if (address.len < 3 || address.len > 254 || address.at[0] == '-' || address.at[0] == '@') return false;
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.at[i];
        if (c <= ' ' || c > '~' || strchr("<>()[]\\,;:\"", c) != NULL) return false;
        ats += c == '@';
    }
    return ats == 1 && address.at[address.len - 1] != '@';
}

bool parcel_holds(const struct parcel *parcel, struct fault *fault) {
    if (!address_holds(parcel->from))
        return fault_set(fault, FAULT_CONFIG, "the sender '%.*s' is no mail address", SLICE_ARGS(parcel->from));
    if (!address_holds(parcel->to))
        return fault_set(fault, FAULT_CONFIG, "the receiver '%.*s' is no mail address", SLICE_ARGS(parcel->to));
    if (slice_is_empty(parcel->message) || slice_is_empty(parcel->message_id))
        return fault_set(fault, FAULT_USAGE, "there is no message to deliver");
    return true;
}

bool parcel_lines(const struct parcel *parcel, struct buf *out, struct fault *fault) {
    struct slice message = parcel->message;
    while (!slice_is_absent(message)) {
        struct slice line = slice_next(&message, '\n');
        if (line.len > 0 && line.at[line.len - 1] == '\r') line.len--;
        buf_add(out, line);
        if (!slice_is_absent(message)) buf_add_char(out, '\n');
    }
    return buf_check(out, "the mail", fault);
}
