/* libcurl, opened by the first command that asks the network or sends mail. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stdarg.h>

#include "base/late.h"

#define LIBRARY LATE_CURL

LATE(CURLcode, curl_global_init, (long flags), (flags), CURLE_FAILED_INIT)
LATE_VOID(curl_global_cleanup, (void), ())
LATE_VOID(curl_free, (void *memory), (memory))
LATE(time_t, curl_getdate, (const char *text, const time_t *unused), (text, unused), -1)
LATE(struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text), (list, text), NULL)
LATE_VOID(curl_slist_free_all, (struct curl_slist * list), (list))

LATE(CURL *, curl_easy_init, (void), (), NULL)
LATE_VOID(curl_easy_cleanup, (CURL * easy), (easy))
LATE_VOID(curl_easy_reset, (CURL * easy), (easy))
LATE(CURLcode, curl_easy_perform, (CURL * easy), (easy), CURLE_FAILED_INIT)
LATE(const char *, curl_easy_strerror, (CURLcode code), (code), "libcurl is missing")

LATE(CURLM *, curl_multi_init, (void), (), NULL)
LATE(CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi), CURLM_INTERNAL_ERROR)
LATE(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *easy), (multi, easy), CURLM_INTERNAL_ERROR)
LATE(CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *easy), (multi, easy), CURLM_INTERNAL_ERROR)
LATE(CURLMcode, curl_multi_perform, (CURLM * multi, int *running), (multi, running), CURLM_INTERNAL_ERROR)
LATE(CURLMcode, curl_multi_poll, (CURLM * multi, struct curl_waitfd *extra, unsigned count, int timeout_ms, int *ready),
     (multi, extra, count, timeout_ms, ready), CURLM_INTERNAL_ERROR)
LATE(CURLMsg *, curl_multi_info_read, (CURLM * multi, int *left), (multi, left), NULL)

/* The last argument's type stands in the option's number (curl.h, CURLOPTTYPE_*). */
#define GO_ON(real, handle, option, args)                                                                              \
    ((option) < CURLOPTTYPE_OBJECTPOINT ? (real)((handle), (option), va_arg((args), long))                             \
     : (option) < CURLOPTTYPE_OFF_T     ? (real)((handle), (option), va_arg((args), void *))                           \
     : (option) < CURLOPTTYPE_BLOB      ? (real)((handle), (option), va_arg((args), curl_off_t))                       \
                                        : (real)((handle), (option), va_arg((args), void *)))

CURLcode(curl_easy_setopt)(CURL *easy, CURLoption option, ...) {
    __typeof__(&(curl_easy_setopt)) real;
    if (!late_find(LIBRARY, "curl_easy_setopt", &real)) return CURLE_FAILED_INIT;
    va_list args;
    va_start(args, option);
    CURLcode code = GO_ON(real, easy, option, args);
    va_end(args);
    return code;
}

CURLMcode(curl_multi_setopt)(CURLM *multi, CURLMoption option, ...) {
    __typeof__(&(curl_multi_setopt)) real;
    if (!late_find(LIBRARY, "curl_multi_setopt", &real)) return CURLM_INTERNAL_ERROR;
    va_list args;
    va_start(args, option);
    CURLMcode code = GO_ON(real, multi, option, args);
    va_end(args);
    return code;
}

/* What is asked for is always given through a pointer. */
CURLcode(curl_easy_getinfo)(CURL *easy, CURLINFO info, ...) {
    __typeof__(&(curl_easy_getinfo)) real;
    if (!late_find(LIBRARY, "curl_easy_getinfo", &real)) return CURLE_FAILED_INIT;
    va_list args;
    va_start(args, info);
    CURLcode code = real(easy, info, va_arg(args, void *));
    va_end(args);
    return code;
}
