#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/ui/external.h"

#include <stdlib.h>

static void
an_external_editor_gets_the_text_and_gives_its_own(void **state)
{
    (void)state;
    struct err err = {.text = ""};
    struct buf text;
    buf_init(&text, 1 << 16);
    unsetenv("EDITOR");
    setenv(
        "VISUAL",
        "sh -c 'test \"$(cat \"$1\")\" = \"dari sini\" && printf \"ke\\n\\033sana\\n\" >\"$1\"' x",
        1);
    if (!external_edit("dari sini", &text, &err))
        fail_msg("%s", err.text);
    assert_string_equal(text.p, "ke\n\033sana");
    setenv("VISUAL", "false", 1);
    assert_false(external_edit("", &text, &err));
    assert_string_equal(err.text, "false: exit status 1");
    unsetenv("VISUAL");
    setenv("EDITOR", "/no/such/editor", 1);
    assert_false(external_edit("", &text, &err));
    assert_string_equal(err.text, "/no/such/editor: not found; set $VISUAL or $EDITOR");
    unsetenv("EDITOR");
    buf_finish(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_external_editor_gets_the_text_and_gives_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
