/* The first line is what the customer said, the rest what the model replied. What is read is sane and proven;
 * rolled up twice it is as once; as a text for the editor it comes back. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/jiwa/profile.h"
#include "berdua/jiwa/reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_sane(const struct jiwa *j)
{
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        assert(j->fields[f].count <= JIWA_RECORD_ITEMS);
        for (size_t i = 0; i < j->fields[f].count; i++) {
            const struct jiwa_item *it = &j->fields[f].v[i];
            assert(it->value[0] && strlen(it->value) <= JIWA_VALUE_BYTES);
            assert(utf8_valid(it->value, strlen(it->value)) && !strpbrk(it->value, "\n\r\t\x1b"));
            assert(it->confidence >= 0 && it->confidence <= 1);
        }
    }
}

static void
check_same(const struct jiwa *a, const struct jiwa *b)
{
    char *x = jiwa_print(a), *y = jiwa_print(b);
    assert(strcmp(x, y) == 0);
    free(x);
    free(y);
}

/* A deep copy. */
static void
copy_profile(struct jiwa *to, const struct jiwa *from)
{
    *to = (struct jiwa){0};
    for (int f = 0; f < JIWA_FIELD_COUNT; f++) {
        struct jiwa_list *l = &to->fields[f];
        *l = from->fields[f];
        l->v = xcalloc(l->count, sizeof *l->v);
        for (size_t i = 0; i < l->count; i++) {
            l->v[i] = from->fields[f].v[i];
            l->v[i].value = xstrdup(l->v[i].value);
            l->v[i].quote = xstrdup(l->v[i].quote);
        }
    }
}

static void
check_profile(const struct jiwa *record)
{
    struct jiwa once = {0}, twice, back;
    struct buf text;
    buf_init(&text, 64 << 20);
    jiwa_merge(&once, record, "S", 1000000);
    copy_profile(&twice, &once);
    jiwa_merge(&twice, record, "S", 1000000);
    check_same(&once, &twice);
    jiwa_edit_text(&once, "u", &text);
    assert(jiwa_edit_read(text.p, &once, 2000000, &back, NULL));
    check_same(&once, &back);
    buf_finish(&text);
    jiwa_finish(&once);
    jiwa_finish(&twice);
    jiwa_finish(&back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nl = size ? memchr(data, '\n', size) : NULL;
    size_t said = nl ? (size_t)(nl - data) : 0, n = nl ? size - said - 1 : size;
    char *message = xstrndup((const char *)data, said);
    char *reply = xmalloc(n + !n); /* exact, so that a read past the end is found */
    memcpy(reply, nl ? nl + 1 : data, n);
    struct jiwa j;
    struct jiwa_words *w = jiwa_words_create();
    jiwa_words_add(w, message);
    jiwa_read(&j, reply, n, NULL);
    check_sane(&j);
    jiwa_check(&j, w);
    for (int f = 0; f < JIWA_FIELD_COUNT; f++)
        for (size_t i = 0; i < j.fields[f].count; i++)
            assert(jiwa_words_hold(w, j.fields[f].v[i].quote));
    check_profile(&j);
    jiwa_finish(&j);
    jiwa_words_destroy(&w);
    free(reply);
    free(message);
    return 0;
}
