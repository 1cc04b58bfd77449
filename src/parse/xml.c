#include "parse/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/late.h"
#include "base/limits.h"
#include "parse/xml_mend.h"
#include "parse/xml_ready.h"

struct run {
    const struct xml_handler *handler;
    xmlParserCtxtPtr context;
    size_t depth;
    bool stopped, too_deep, fatal, undeclared, memory;
};

static void stop(struct run *run) {
    xmlStopParser(run->context);
}

/* Without entity replacement libxml2 leaves each ampersand of an attribute as "&#38;", in memory of its own that is
 * freed by its beginning: put right in place, once. */
static void repair_ampersands(const xmlChar **attribute) {
    static const struct slice written = {"&#38;", 5};
    struct slice value = slice_of((const char *)attribute[3], (size_t)(attribute[4] - attribute[3]));
    size_t from = slice_find_byte(value, '&', 0);
    if (from == SLICE_NOT_FOUND) return;
    char *to;
    memcpy(&to, &value.at, sizeof to);
    size_t len = from;
    while (from < value.len) {
        bool ampersand = slice_starts(slice_part(value, from, value.len), written);
        to[len++] = value.at[from];
        from += ampersand ? written.len : 1;
    }
    attribute[4] = attribute[3] + len;
}

static void on_open(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *space, int space_count,
                    const xmlChar **spaces, int count, int defaulted, const xmlChar **attributes) {
    struct run *run = user;
    (void)space_count, (void)spaces, (void)defaulted;
    if (run->stopped || run->too_deep) return;
    struct xml_element element = {.local = (const char *)local,
                                  .prefix = (const char *)prefix,
                                  .space = (const char *)space,
                                  .attribute_count = count < 0 ? 0 : (size_t)count,
                                  .attributes = attributes};
    for (size_t i = 0; i < element.attribute_count; i++) repair_ampersands(attributes + i * 5);
    run->too_deep = ++run->depth > LIMIT_XML_DEPTH;
    if (!run->too_deep) run->stopped = !run->handler->open(run->handler->user, &element);
    if (run->too_deep || run->stopped) stop(run);
}

static void on_close(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *space) {
    struct run *run = user;
    (void)prefix, (void)space;
    if (run->stopped || run->too_deep || run->depth == 0) return;
    run->depth--;
    if (run->handler->close(run->handler->user, (const char *)local)) return;
    run->stopped = true;
    stop(run);
}

static void on_text(void *user, const xmlChar *at, int len) {
    struct run *run = user;
    if (run->stopped || run->too_deep || len <= 0) return;
    if (run->handler->text(run->handler->user, slice_of((const char *)at, (size_t)len))) return;
    run->stopped = true;
    stop(run);
}

static void on_error(void *user, xmlErrorPtr error) {
    struct run *run = user;
    if (error == NULL || error->level == XML_ERR_WARNING) return;
    if (error->code == XML_ERR_NO_MEMORY) run->memory = true;
    else if (error->domain == XML_FROM_NAMESPACE) run->undeclared = true;
    else if (!run->stopped && !run->too_deep) run->fatal = true;
}

/* Nothing outside the document is ever read, whoever asks. */
static xmlParserInputPtr refuse(const char *address, const char *id, xmlParserCtxtPtr context) {
    (void)address, (void)id, (void)context;
    return NULL;
}

static void free_context(xmlParserCtxtPtr *context) {
    if (*context == NULL) return;
    if ((*context)->myDoc != NULL) {
        xmlFreeDoc((*context)->myDoc);
        (*context)->myDoc = NULL;
    }
    xmlFreeParserCtxt(*context);
}

static xmlSAXHandler events(void) {
    return (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
                           .startElementNs = on_open,
                           .endElementNs = on_close,
                           .characters = on_text,
                           .ignorableWhitespace = on_text,
                           .cdataBlock = on_text,
                           .serror = on_error};
}

/* False only when out of memory. `options` beyond those that always hold: XML_PARSE_RECOVER for mended text, in which
 * nothing but trifles can still be wrong. */
static bool parse(struct run *run, struct slice text, int options) {
    AUTO(free_context)
    xmlParserCtxtPtr context = xmlCreateMemoryParserCtxt(text.at, (int)text.len);
    if (context == NULL) return false;
    *context->sax = events();
    context->userData = run;
    run->context = context;
    (void)xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | options);
    (void)xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
    (void)xmlParseDocument(context);
    return !run->memory;
}

static bool conclude(const struct run *run, struct xml_outcome *outcome, struct fault *fault) {
    outcome->stopped = run->stopped;
    if (run->undeclared) outcome->mending |= XML_NAMESPACE;
    if (run->too_deep) return fault_set(fault, FAULT_LIMIT, "elements are nested deeper than %u", LIMIT_XML_DEPTH);
    return true;
}

static bool read_mended(struct slice text, const struct xml_handler *handler, struct xml_outcome *outcome,
                        struct fault *fault) {
    AUTO(buf_free)
    struct buf mended = buf_new(LIMIT_DOCUMENT_BYTES * 4);
    struct run run = {.handler = handler};
    if (!xml_mend(text, &mended, fault)) return false;
    outcome->mending |= XML_BROKEN;
    handler->restart(handler->user);
    if (mended.len > 0 && !parse(&run, buf_slice(&mended), XML_PARSE_RECOVER)) return fault_memory(fault);
    return conclude(&run, outcome, fault);
}

bool xml_open(struct fault *fault) {
    return late_open(LATE_XML, fault);
}

bool xml_read(struct slice text, const struct xml_handler *handler, bool (*root_first)(void *, struct slice),
              struct xml_outcome *outcome, struct fault *fault) {
    AUTO(buf_free)
    struct buf scratch = buf_new(LIMIT_DOCUMENT_BYTES * 4);
    struct xml_text ready;
    if (!xml_open(fault)) return false;
    xmlSetExternalEntityLoader(refuse);
    if (!xml_ready(text, &scratch, &ready, fault)) return false;
    *outcome = (struct xml_outcome){.mending = ready.mending, .root = ready.root};
    if (slice_is_empty(ready.root)) return fault_set(fault, FAULT_INPUT, "there is no XML element in it");
    if (root_first != NULL && !root_first(handler->user, ready.root)) {
        outcome->stopped = true;
        return true;
    }
    struct run run = {.handler = handler};
    if ((ready.mending & XML_CUT_OFF) == 0) {
        if (!parse(&run, ready.text, 0)) return fault_memory(fault);
        if (!run.fatal) return conclude(&run, outcome, fault);
    }
    return read_mended(ready.text, handler, outcome, fault);
}

struct xml_attribute xml_attribute_at(const struct xml_element *element, size_t index) {
    const char *const *at = (const char *const *)element->attributes + index * 5;
    return (struct xml_attribute){.local = at[0],
                                  .prefix = at[1],
                                  .space = at[2],
                                  .value = slice_of(at[3], (size_t)(at[4] - at[3]))};
}

struct slice xml_attribute_of(const struct xml_element *element, const char *local) {
    for (size_t i = 0; i < element->attribute_count; i++) {
        struct xml_attribute attribute = xml_attribute_at(element, i);
        if (attribute.prefix == NULL && strcasecmp(attribute.local, local) == 0) return attribute.value;
    }
    return (struct slice){NULL, 0};
}

struct slice xml_attribute_prefixed(const struct xml_element *element, const char *prefix, const char *local) {
    for (size_t i = 0; i < element->attribute_count; i++) {
        struct xml_attribute attribute = xml_attribute_at(element, i);
        if (attribute.prefix != NULL && strcmp(attribute.prefix, prefix) == 0 && strcmp(attribute.local, local) == 0)
            return attribute.value;
    }
    return (struct slice){NULL, 0};
}
