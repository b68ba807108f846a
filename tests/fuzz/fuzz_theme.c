/* Any bytes as a theme: refused with a place and a reason, or every look in it is one that the screen knows. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/conf/theme.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_style(const struct ink_style *s)
{
    const int32_t colours[] = {s->fg, s->bg};
    for (size_t i = 0; i < ARRAY_LEN(colours); i++)
        assert(colours[i] >= INK_OWN &&
               (colours[i] <= 255 || (colours[i] & ~0xffffff) == (int32_t)INK_RGB));
    assert(s->fg16 >= INK_NEAREST && s->fg16 <= 15 && s->bg16 >= INK_NEAREST && s->bg16 <= 15);
    assert(s->attributes < 2 * INK_REVERSE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {""};
    char *text = xmalloc(size + !size); /* exact, so that a read past the end is found */
    memcpy(text, data, size);
    struct theme *t = theme_parse("f", text, size, &err);
    free(text);
    assert(!t == !!err.text[0] && utf8_valid(err.text, strlen(err.text)));
    assert(t || strncmp(err.text, "f:", 2) == 0);
    for (int i = 0; t && i < INK_COUNT; i++)
        check_style(&t->inks[i]);
    theme_destroy(&t);
    return 0;
}
