#include "unit/unit.h"

#include "berdua/base/base64.h"
#include "berdua/base/buf.h"

#include <stdlib.h>
#include <string.h>

static void
every_length_comes_back_as_it_was(void **state)
{
    (void)state;
    static const char *const coded[] = {"", "AA==", "AP8=", "AP8+", "AP8+Pw=="};
    static const char bytes[] = {0, (char)0xFF, '>', '?'};
    for (size_t n = 0; n <= sizeof bytes; n++) {
        struct buf b;
        size_t len = 99;
        buf_init(&b, 100);
        assert_true(base64_encode(&b, bytes, n));
        assert_string_equal(b.p, coded[n]);
        char *back = base64_decode(b.p, &len);
        assert_int_equal(len, n);
        assert_memory_equal(back, bytes, n);
        free(back);
        buf_finish(&b);
    }
}

static void
what_is_not_base64_is_refused(void **state)
{
    (void)state;
    size_t len;
    assert_null(base64_decode("AA?=", &len));
    assert_null(base64_decode("A A=", &len));
    struct buf b;
    buf_init(&b, 3);
    assert_false(base64_encode(&b, "abc", 3));
    buf_finish(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_length_comes_back_as_it_was),
        cmocka_unit_test(what_is_not_base64_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
