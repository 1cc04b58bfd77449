#include "fetch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"

struct range4 {
    uint32_t first;
    unsigned bits;
};
/* IANA's special-purpose registry for IPv4 (RFC 6890 and its updates), multicast and reserved. */
static const struct range4 special4[] = {
    {0x00000000, 8},  /* this network */
    {0x0A000000, 8},  /* private */
    {0x64400000, 10}, /* shared, behind a provider's NAT */
    {0x7F000000, 8},  /* loopback */
    {0xA9FE0000, 16}, /* link-local, cloud metadata */
    {0xAC100000, 12}, /* private */
    {0xC0000000, 24}, /* protocol assignments */
    {0xC0000200, 24}, /* documentation */
    {0xC01FC400, 24}, /* AS112 */
    {0xC034C100, 24}, /* AMT */
    {0xC0586300, 24}, /* 6to4 relays */
    {0xC0A80000, 16}, /* private */
    {0xC0AF3000, 24}, /* AS112 */
    {0xC6120000, 15}, /* benchmarks */
    {0xC6336400, 24}, /* documentation */
    {0xCB007100, 24}, /* documentation */
    {0xE0000000, 4},  /* multicast */
    {0xF0000000, 4}   /* reserved, broadcast */
};

static enum address_class class4(uint32_t address) {
    if (address >> 24 == 127) return ADDRESS_LOOPBACK;
    for (size_t i = 0; i < COUNT_OF(special4); i++)
        if ((address ^ special4[i].first) >> (32 - special4[i].bits) == 0) return ADDRESS_OTHER;
    return ADDRESS_PUBLIC;
}

static bool begins(const unsigned char at[16], const unsigned char *prefix, unsigned bits) {
    for (unsigned i = 0; i < bits; i += 8) {
        unsigned mask = bits - i >= 8 ? 0xFFu : 0xFFu << (8 - (bits - i)) & 0xFFu;
        if (((unsigned)(at[i / 8] ^ prefix[i / 8]) & mask) != 0) return false;
    }
    return true;
}

/* Only 2000::/3 is handed out as global unicast; out of it, what leads elsewhere (6to4, Teredo and the like) or nowhere
 * (documentation). Mapped, compatible, translated, unique-local, link-local and multicast lie outside it. */
static enum address_class class6(const unsigned char at[16]) {
    static const unsigned char loopback[16] = {[15] = 1};
    static const struct {
        unsigned char first[4];
        unsigned bits;
    } special[] = {{{0x20, 0x02, 0, 0}, 16},
                   {{0x20, 0x01, 0, 0}, 23},
                   {{0x20, 0x01, 0x0d, 0xb8}, 32},
                   {{0x3f, 0xff, 0, 0}, 20}};
    if (memcmp(at, loopback, 16) == 0) return ADDRESS_LOOPBACK;
    if (at[0] >> 5 != 1) return ADDRESS_OTHER;
    for (size_t i = 0; i < COUNT_OF(special); i++)
        if (begins(at, special[i].first, special[i].bits)) return ADDRESS_OTHER;
    return ADDRESS_PUBLIC;
}

enum address_class address_class_of(const struct sockaddr *address, size_t len) {
    if (address->sa_family == AF_INET && len >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return class4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6 && len >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return class6(in.sin6_addr.s6_addr);
    }
    return ADDRESS_OTHER;
}

enum address_class address_class_of_text(struct slice text, bool *numeric) {
    char copy[INET6_ADDRSTRLEN + 1];
    struct in_addr four;
    struct in6_addr six;
    if (text.len > 2 && text.at[0] == '[' && text.at[text.len - 1] == ']') text = slice_part(text, 1, text.len - 1);
    *numeric = false;
    if (text.len == 0 || text.len >= sizeof copy) return ADDRESS_OTHER;
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    bool is4 = inet_pton(AF_INET, copy, &four) == 1;
    *numeric = is4 || inet_pton(AF_INET6, copy, &six) == 1;
    if (!*numeric) return ADDRESS_OTHER;
    return is4 ? class4(ntohl(four.s_addr)) : class6(six.s6_addr);
}

void address_words(const struct sockaddr *address, size_t len, char out[ADDRESS_TEXT_BYTES]) {
    const char *done = NULL;
    if (address->sa_family == AF_INET && len >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        done = inet_ntop(AF_INET, &in.sin_addr, out, ADDRESS_TEXT_BYTES);
    } else if (address->sa_family == AF_INET6 && len >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        done = inet_ntop(AF_INET6, &in.sin6_addr, out, ADDRESS_TEXT_BYTES);
    }
    if (done == NULL) memcpy(out, "?", 2);
}
