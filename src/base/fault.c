#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A message is one line: what was quoted from outside may hold line breaks and control bytes. */
static void flatten(char *text) {
    for (char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f) *c = ' ';
}

/* Cutting at the buffer's end may leave half a character: take it off. */
static void trim_half_character(char *text) {
    size_t len = strlen(text);
    size_t back = 0;
    while (back < len && back < 3 && ((unsigned char)text[len - 1 - back] & 0xC0) == 0x80) back++;
    if (back == len) return;
    unsigned char lead = (unsigned char)text[len - 1 - back];
    size_t need = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (need != back && lead >= 0xC0) text[len - 1 - back] = '\0';
}

bool fault_set(struct fault *fault, enum fault_kind kind, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int written = vsnprintf(fault->text, sizeof fault->text, format, args);
    va_end(args);
    if (written < 0) fault->text[0] = '\0';
    fault->kind = kind;
    flatten(fault->text);
    trim_half_character(fault->text);
    return false;
}

bool fault_context(struct fault *fault, const char *format, ...) {
    char inner[FAULT_TEXT_BYTES];
    memcpy(inner, fault->text, sizeof inner);
    va_list args;
    va_start(args, format);
    int written = vsnprintf(fault->text, sizeof fault->text, format, args);
    va_end(args);
    size_t used = written < 0 ? 0 : (size_t)written;
    if (used < sizeof fault->text) {
        int added = snprintf(fault->text + used, sizeof fault->text - used, ": %s", inner);
        if (added < 0) fault->text[used] = '\0';
    }
    flatten(fault->text);
    trim_half_character(fault->text);
    return false;
}

bool fault_memory(struct fault *fault) {
    return fault_set(fault, FAULT_MEMORY, "out of memory");
}

void fault_clear(struct fault *fault) {
    fault->kind = FAULT_NONE;
    fault->text[0] = '\0';
}
