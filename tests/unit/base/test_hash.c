#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void sha256_gives_what_its_standard_lists(void **state) {
    static const struct {
        const char *bytes, *hex;
    } vectors[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        char hex[HASH_HEX_BYTES];
        struct fault fault = {0};
        assert_true(hash_sha256_hex(slice_from(vectors[i].bytes), hex, &fault));
        assert_string_equal(hex, vectors[i].hex);
    }
}

static void fnv_gives_what_its_authors_list_and_goes_on_from_a_seed(void **state) {
    (void)state;
    assert_true(hash_fnv64(SLICE("a"), 0) == 0xaf63dc4c8601ec8cu);
    assert_true(hash_fnv64(SLICE("foobar"), 0) == 0x85944171f73967e8u);
    assert_true(hash_fnv64(SLICE("bar"), hash_fnv64(SLICE("foo"), 0)) == 0x85944171f73967e8u);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_gives_what_its_standard_lists),
        cmocka_unit_test(fnv_gives_what_its_authors_list_and_goes_on_from_a_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
