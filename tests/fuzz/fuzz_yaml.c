/* Any bytes as a configuration file: it is refused with a reason, or what is shown of it is read again
 * as the same. */
#include "berdua/base/err.h"
#include "berdua/conf/conf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *
shown_of(const struct conf *c, size_t *n)
{
    char *text = NULL;
    FILE *f = open_memstream(&text, n);
    if (!f)
        abort();
    conf_show(c, false, f);
    fclose(f);
    return text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {""};
    struct conf *first = conf_load_text("f", (const char *)data, size, &err);
    if (!first) {
        if (!err.text[0])
            abort();
        return 0;
    }
    size_t n, m;
    char *once = shown_of(first, &n);
    struct conf *second = conf_load_text("f", once, n, &err);
    if (!second)
        abort();
    char *twice = shown_of(second, &m);
    if (n != m || memcmp(once, twice, n) != 0)
        abort();
    free(once);
    free(twice);
    conf_destroy(&first);
    conf_destroy(&second);
    return 0;
}
