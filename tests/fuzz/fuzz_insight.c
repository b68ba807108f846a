/* A line of an import, a shipped file and a message may be any bytes: what is taken passes every check, what
 * is refused says why, and the words of a message hold nothing that the index would read as more than a
 * word. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "knowledge/insight.h"
#include "store/stem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
check_word(void *arg, const char *word, size_t len)
{
    (void)arg;
    assert(len > 0 && len < STEM_BYTES && strlen(word) == len);
    assert(!strpbrk(word, "\"'*^:(){}[]+- \n"));
    return true;
}

static bool
check_entry(void *arg, const struct insight *i)
{
    (void)arg;
    assert(insight_check(i, NULL) && i->id && i->languages);
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct insight i;
    struct err err = {{0}};
    char *p = xmalloc(size + 1); /* exactly as long, so that a sanitizer sees what reads past it */
    char *bytes = xrealloc(p, size ? size : 1);
    if (size)
        memcpy(bytes, data, size);
    if (insight_from_line(bytes, size, &i, &err)) {
        assert(insight_check(&i, NULL) && i.languages);
        insight_finish(&i);
    } else {
        assert(err.text[0]);
    }
    err.text[0] = 0;
    if (!shipped_parse("f", bytes, size, check_entry, NULL, &err))
        assert(err.text[0]);
    stem_words(bytes, size, check_word, NULL);
    free(bytes);
    return 0;
}
