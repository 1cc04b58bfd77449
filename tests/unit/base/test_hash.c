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

static void a_quick_sum_is_kept_and_tells_every_byte(void **state) {
    (void)state;
    char text[80], sum[HASH_QUICK_BYTES], other[HASH_QUICK_BYTES];
    hash_quick_hex(SLICE(""), sum);
    assert_string_equal(sum, "4cb0a81f32fe83a94c8aeb2adc216625");
    hash_quick_hex(SLICE("The same bytes again, read on any machine."), sum);
    assert_string_equal(sum, "f8cbc112a82cdd2cbc6d9664c5547be9");
    for (size_t len = 0; len < sizeof text; len++) {
        memset(text, 0, sizeof text);
        hash_quick_hex(slice_of(text, len), sum);
        for (size_t bit = 0; bit < len * 8; bit++) {
            text[bit / 8] ^= (char)(1 << bit % 8);
            hash_quick_hex(slice_of(text, len), other);
            text[bit / 8] ^= (char)(1 << bit % 8);
            assert_memory_not_equal(sum, other, 16);
            assert_memory_not_equal(sum + 16, other + 16, 16);
        }
        if (len + 1 == sizeof text) break;
        hash_quick_hex(slice_of(text, len + 1), other);
        assert_memory_not_equal(sum, other, 16);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_gives_what_its_standard_lists),
        cmocka_unit_test(a_quick_sum_is_kept_and_tells_every_byte),
        cmocka_unit_test(fnv_gives_what_its_authors_list_and_goes_on_from_a_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
