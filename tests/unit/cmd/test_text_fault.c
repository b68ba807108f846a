/* Text that is none: what is said of it names the conversion that makes it one. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "cmd/out.h"

static void
the_encoding_of_what_is_no_utf8_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *word; /* NULL: it is text */
    } table[] = {
        {"caf\xc3\xa9", 5, NULL},
        {"", 0, NULL},
        {"caf\xe9", 4, "-f latin1 "},
        {"\xff\xfes\0a\0", 6, "-f utf-16 "},
        {"\xfe\xff\0s\0a", 6, "-f utf-16 "},
        {"\xff\xfe\0\0s\0\0\0", 8, "-f utf-32 "},
        {"\0\0\xfe\xff\0\0\0s", 8, "-f utf-32 "},
        {"s\0a\0t\0u\0", 8, "-f utf-16le "},
        {"\0s\0a\0t\0u", 8, "-f utf-16be "},
        {"\xff\xfe", 2, "-f utf-16 "},
        {"satu\0dua", 8, "a NUL byte"},
        {"s\0", 2, "a NUL byte"},
        {"", 1, "a NUL byte"},
        {"s\0\0\0", 4, "a NUL byte"},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        char *exact = xmalloc(table[i].n + !table[i].n);
        memcpy(exact, table[i].bytes, table[i].n);
        const char *fault = text_fault(exact, table[i].n);
        if (table[i].word ? !fault || !strstr(fault, table[i].word) : fault != NULL)
            fail_msg("%zu: %s", i, fault ? fault : "no fault");
        free(exact);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_encoding_of_what_is_no_utf8_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
