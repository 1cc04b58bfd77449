#include "base/url_host.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/url.h"

/* RFC 3986's delimiters, and what no name server holds. */
static bool is_name(struct slice host) {
    static const bool no[256] = {['/'] = true,  [':'] = true, ['#'] = true, ['?'] = true, ['!'] = true,  ['@'] = true,
                                 ['{'] = true,  ['}'] = true, ['['] = true, [']'] = true, ['\\'] = true, ['$'] = true,
                                 ['\''] = true, ['"'] = true, ['^'] = true, ['`'] = true, ['*'] = true,  ['<'] = true,
                                 ['>'] = true,  ['='] = true, [';'] = true, [','] = true, ['+'] = true,  ['&'] = true,
                                 ['('] = true,  [')'] = true, ['%'] = true, ['|'] = true, [0x7f] = true};
    for (size_t i = 0; i < host.len; i++)
        if ((unsigned char)host.at[i] <= ' ' || no[(unsigned char)host.at[i]]) return false;
    return host.len > 0 && host.len <= URL_HOST_BYTES;
}

static bool read_ipv6(struct arena *arena, struct slice text, struct slice *out) {
    char words[INET6_ADDRSTRLEN] = "";
    struct in6_addr address;
    if (text.len < 4 || text.len - 2 >= sizeof words || text.at[text.len - 1] != ']') return false;
    memcpy(words, text.at + 1, text.len - 2);
    if (inet_pton(AF_INET6, words, &address) != 1 || inet_ntop(AF_INET6, &address, words, sizeof words) == NULL)
        return false;
    char *host = arena_printf(arena, "[%s]", words);
    if (host == NULL) return false;
    *out = slice_from(host);
    return true;
}

/* The forms of inet_aton(3): one to four numbers, decimal, octal or hexadecimal, the last filling what is left; with
 * the dot behind them that may end any name (WHATWG URL, "IPv4 parser"), or several, of which nothing is left. */
static bool is_ipv4(const char *host, uint32_t *address) {
    unsigned long parts[4];
    size_t count = 0;
    for (const char *at = host; count < 4; at++) {
        char *end = NULL;
        if (*at < '0' || *at > '9') return false;
        errno = 0;
        parts[count++] = strtoul(at, &end, 0);
        if (errno != 0) return false;
        at = end;
        if (at[strspn(at, ".")] == '\0') break;
        if (*at != '.' || count == 4) return false;
    }
    *address = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        if (parts[i] > 255) return false;
        *address |= (uint32_t)parts[i] << (24 - 8 * i);
    }
    if (parts[count - 1] > UINT32_MAX >> (8 * (count - 1))) return false;
    *address |= (uint32_t)parts[count - 1];
    return true;
}

bool url_host_read(struct arena *arena, struct slice text, struct slice *out) {
    struct slice host = text;
    uint32_t address;
    if (slice_starts(text, SLICE("["))) return read_ipv6(arena, text, out);
    if (slice_find_byte(text, '%', 0) != SLICE_NOT_FOUND && !url_decode(arena, text, &host)) return false;
    if (!is_name(host) || !arena_copy(arena, host, &host)) return false;
    if (is_ipv4(host.at, &address)) {
        const char *words =
            arena_printf(arena, "%u.%u.%u.%u", address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
        if (words == NULL) return false;
        host = slice_from(words);
    }
    *out = host;
    return true;
}
