/* The floor that reading feeds is measured against: libxml2's own parser with handlers that do nothing, over the files
 * named. */
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>

static void on_open(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *space, int spaces,
                    const xmlChar **space_list, int count, int defaulted, const xmlChar **attributes) {
    (void)user, (void)local, (void)prefix, (void)space, (void)spaces, (void)space_list, (void)count, (void)defaulted,
        (void)attributes;
}

static void on_close(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *space) {
    (void)user, (void)local, (void)prefix, (void)space;
}

static void on_text(void *user, const xmlChar *at, int len) {
    (void)user, (void)at, (void)len;
}

static void on_error(void *user, xmlErrorPtr error) {
    (void)user, (void)error;
}

int main(int argc, char **argv) {
    const size_t room = (size_t)16 * 1024 * 1024;
    char *bytes = malloc(room);
    if (bytes == NULL) return 1;
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL) continue;
        size_t len = fread(bytes, 1, room, file);
        (void)fclose(file);
        xmlParserCtxtPtr context = xmlCreateMemoryParserCtxt(bytes, (int)len);
        if (context == NULL) continue;
        *context->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
                                        .startElementNs = on_open,
                                        .endElementNs = on_close,
                                        .characters = on_text,
                                        .ignorableWhitespace = on_text,
                                        .cdataBlock = on_text,
                                        .serror = on_error};
        (void)xmlCtxtUseOptions(context, XML_PARSE_NONET);
        (void)xmlParseDocument(context);
        xmlFreeParserCtxt(context);
    }
    free(bytes);
    return 0;
}
