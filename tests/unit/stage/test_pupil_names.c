#include "stage/pupil_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_becomes(const char *before, const char *after) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)1 << 20);
    struct slice text = slice_from(before);
    assert_true(pupil_names_hide(arena, &text));
    assert_int_equal(text.len, slice_from(after).len);
    assert_memory_equal(text.at, after, text.len);
}

static void a_pupil_who_is_named_is_hidden(void **state) {
    (void)state;
    assert_becomes("A girl called Zarquil answered.", "A girl called [name] answered.");
    assert_becomes("One student in my form named Jayden asked why.", "One student in my form named [name] asked why.");
    assert_becomes("My student Amina said it best.", "My student [name] said it best.");
    assert_becomes("Ethan (Year 8) wrote this, and Ethan's friend nodded.",
                   "[name] (Year 8) wrote this, and [name]'s friend nodded.");
    assert_becomes("Olivia in Year 10 read aloud.", "[name] in Year 10 read aloud.");
}

static void grown_ups_and_plain_words_stay(void **state) {
    (void)state;
    static const char *const kept[] = {
        "Harry Fletcher-Wood shows how to plan responsive teaching.",
        "A method called Cornell notes helps every student.",
        "Pupil Premium and Student Voice are not names.",
        "My colleague Emma taught Year 8 the same way.",
        "Daisy Christodoulou on assessment: read it with your Year 7 team.",
        "A child named in the report",
        "",
    };
    for (size_t i = 0; i < COUNT_OF(kept); i++) assert_becomes(kept[i], kept[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pupil_who_is_named_is_hidden),
        cmocka_unit_test(grown_ups_and_plain_words_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
