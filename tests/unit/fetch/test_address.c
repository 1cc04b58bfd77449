#include "fetch/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/un.h>

#include <cmocka.h>

#include "base/attr.h"

static void only_global_unicast_is_public(void **state) {
    (void)state;
    static const char *const public[] = {
        "1.1.1.1",         "8.8.8.8",         "93.184.216.34",    "172.15.255.255",         "172.32.0.0",
        "100.63.0.0",      "100.128.0.0",     "192.167.1.1",      "198.17.255.255",         "198.20.0.0",
        "223.255.255.255", "2606:4700::1111", "2a00:1450:4009::", "[2001:4860:4860::8888]", "3ffe::1"};
    static const char *const other[] = {"0.0.0.0",          "10.0.0.1",       "100.64.0.1",      "100.127.255.255",
                                        "169.254.169.254",  "172.16.0.1",     "172.31.255.255",  "192.0.0.1",
                                        "192.0.2.1",        "192.88.99.1",    "192.168.0.1",     "198.18.0.1",
                                        "198.19.255.255",   "198.51.100.1",   "203.0.113.1",     "224.0.0.1",
                                        "239.255.255.255",  "240.0.0.1",      "255.255.255.255", "::",
                                        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1",     "64:ff9b::7f00:1",
                                        "64:ff9b:1::1",     "100::1",         "2001::1",         "2001:1ff::1",
                                        "2001:db8::1",      "2002:7f00:1::",  "3fff::1",         "3fff:fff::1",
                                        "fc00::1",          "fd12::1",        "fe80::1",         "fec0::1",
                                        "ff02::1",          "4000::1",        "5f00::1"};
    bool numeric = false;
    for (size_t i = 0; i < COUNT_OF(public); i++) {
        if (address_class_of_text(slice_from(public[i]), &numeric) != ADDRESS_PUBLIC) fail_msg("%s", public[i]);
        assert_true(numeric);
    }
    for (size_t i = 0; i < COUNT_OF(other); i++) {
        if (address_class_of_text(slice_from(other[i]), &numeric) != ADDRESS_OTHER) fail_msg("%s", other[i]);
        assert_true(numeric);
    }
}

static void loopback_is_a_class_of_its_own(void **state) {
    (void)state;
    bool numeric = false;
    assert_int_equal(address_class_of_text(SLICE("127.255.0.1"), &numeric), ADDRESS_LOOPBACK);
    assert_int_equal(address_class_of_text(SLICE("[::1]"), &numeric), ADDRESS_LOOPBACK);
}

static void names_and_other_families_are_not_public(void **state) {
    (void)state;
    static const char *const names[] = {"", "example.org", "1.2.3", "0x7f.1", "fe80::1%eth0", "[::1", "1.2.3.4.5"};
    bool numeric = true;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        assert_int_equal(address_class_of_text(slice_from(names[i]), &numeric), ADDRESS_OTHER);
        assert_false(numeric);
    }
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    char words[ADDRESS_TEXT_BYTES];
    assert_int_equal(address_class_of((struct sockaddr *)&un, sizeof un), ADDRESS_OTHER);
    address_words((struct sockaddr *)&un, sizeof un, words);
    assert_string_equal(words, "?");
    struct sockaddr cut = {.sa_family = AF_INET};
    assert_int_equal(address_class_of(&cut, 4), ADDRESS_OTHER);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_global_unicast_is_public),
        cmocka_unit_test(loopback_is_a_class_of_its_own),
        cmocka_unit_test(names_and_other_families_are_not_public),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
