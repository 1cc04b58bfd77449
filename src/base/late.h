/* late: libraries that are opened when one of their functions is first called, not when the program starts. Loading
 * libcurl and what it rests on costs three times what reading a page does, and most commands ask no network. */
#ifndef DISCERN_BASE_LATE_H
#define DISCERN_BASE_LATE_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/fault.h"

#define LATE_CURL "libcurl.so.4"
#define LATE_MICROHTTPD "libmicrohttpd.so.12"
#define LATE_CRYPTO "libcrypto.so.3"
#define LATE_ARCHIVE "libarchive.so.13"
#define LATE_XML "libxml2.so.2"

/* Puts the address of `name` from `library` (a name as the linker writes it: "libcurl.so.4") where `function`, a
 * pointer to a function pointer, points. False, *function untouched, when there is no such library or function. A
 * library stays open once it was; finding it again is a look into the loader's own table. */
MUST_USE bool late_find(const char *library, const char *name, void *function);
/* Opens `library` now. Faults: CONFIG, which file is missing. */
MUST_USE bool late_open(const char *library, struct fault *fault);

/* Defines the library's own function `name` as one that goes on to the library, or gives `otherwise` where there is
 * none. Its prototype is checked against the library's header, and nobody who calls it need know. */
/* A type and a list of arguments cannot stand in parentheses. NOLINTBEGIN(bugprone-macro-parentheses) */
#define LATE(type, name, parameters, arguments, otherwise)                                                             \
    type(name) parameters {                                                                                            \
        __typeof__(&(name)) real;                                                                                      \
        return late_find(LIBRARY, #name, &real) ? real arguments : (otherwise);                                        \
    }
#define LATE_VOID(name, parameters, arguments)                                                                         \
    void(name) parameters {                                                                                            \
        __typeof__(&(name)) real;                                                                                      \
        if (late_find(LIBRARY, #name, &real)) real arguments;                                                          \
    }
/* NOLINTEND(bugprone-macro-parentheses) */

#endif
