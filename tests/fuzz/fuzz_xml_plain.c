/* Any bytes as XML, read the quick way and by libxml2: where the quick way has no doubt, libxml2 finds nothing to mend
 * and gives the same events. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "parse/xml_plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds) abort();
}

/* Every byte that is told is written down; text in one piece, however it comes. */
static void note(struct buf *events, char kind, const char *text) {
    buf_add_char(events, kind);
    if (text != NULL) buf_add_text(events, text);
    buf_add_char(events, '\0');
}

static bool on_open(void *user, const struct xml_element *element) {
    struct buf *events = user;
    note(events, '\1', element->local);
    note(events, '\2', element->prefix);
    note(events, '\3', element->space);
    for (size_t i = 0; i < element->attribute_count; i++) {
        const struct xml_attribute *attribute = &element->attributes[i];
        note(events, '\4', attribute->local);
        note(events, '\5', attribute->prefix);
        note(events, '\6', attribute->space);
        buf_add(events, attribute->value);
    }
    buf_add_char(events, '\7');
    return true;
}

static bool on_close(void *user, const char *local) {
    note(user, '\b', local);
    return true;
}

static bool on_text(void *user, struct slice text) {
    buf_add(user, text);
    return true;
}

static void on_restart(void *user) {
    buf_clear(user);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(buf_free)
    struct buf quick = buf_new(SIZE_MAX / 2);
    AUTO(buf_free)
    struct buf patient = buf_new(SIZE_MAX / 2);
    struct xml_handler handler = {&quick, on_open, on_close, on_text, on_restart};
    struct slice text = slice_of((const char *)data, size), root;
    struct xml_outcome outcome;
    struct fault fault = {0};
    if (!utf8_is_valid(text)) return 0;
    enum xml_plain plain = xml_plain_read(text, &handler, NULL, &root);
    if (plain == XML_PLAIN_DOUBT) return 0;
    must(plain == XML_PLAIN_READ);
    handler.user = &patient;
    must(xml_read_patiently(text, &handler, NULL, &outcome, &fault));
    must(outcome.mending == 0 && !outcome.stopped && slice_equal(outcome.root, root));
    must(slice_equal(buf_slice(&quick), buf_slice(&patient)));
    return 0;
}
