/* The digest by the examples of FIPS 180-4 and NIST's test vectors, at the lengths where padding changes. */
#include "unit/unit.h"

#include "berdua/base/mem.h"
#include "berdua/base/sha256.h"

#include <stdlib.h>
#include <string.h>

static void
assert_digest(const char *text, size_t n, const char *want)
{
    char got[SHA256_HEX + 1];
    sha256_hex(text, n, got);
    assert_string_equal(got, want);
}

static void
known_texts_have_their_known_digest(void **state)
{
    (void)state;
    assert_digest("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_digest("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const char *two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    assert_digest(two_blocks, strlen(two_blocks),
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *million = xmalloc(1000000);
    memset(million, 'a', 1000000);
    assert_digest(million, 1000000,
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    assert_digest(million, 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
    free(million);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_texts_have_their_known_digest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
