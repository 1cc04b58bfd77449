/* libxml2, opened by the first feed or list of feeds: with what it rests on (tables of every script) it costs half of
 * what starting the program does. */
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/late.h"

#define LIBRARY LATE_XML

LATE_VOID(xmlSetExternalEntityLoader, (xmlExternalEntityLoader loader), (loader))
LATE(xmlParserCtxtPtr, xmlCreateMemoryParserCtxt, (const char *text, int len), (text, len), NULL)
LATE_VOID(xmlFreeParserCtxt, (xmlParserCtxtPtr context), (context))
LATE_VOID(xmlFreeDoc, (xmlDocPtr document), (document))
LATE(int, xmlCtxtUseOptions, (xmlParserCtxtPtr context, int options), (context, options), -1)
LATE(int, xmlSwitchEncoding, (xmlParserCtxtPtr context, xmlCharEncoding encoding), (context, encoding), -1)
LATE(int, xmlParseDocument, (xmlParserCtxtPtr context), (context), -1)
LATE_VOID(xmlStopParser, (xmlParserCtxtPtr context), (context))
