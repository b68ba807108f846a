/* Keys as the operator wrote them: refused with the key and a reason, or every key that is shown for an action does it,
 * and a sequence is of bytes that the input decoder gives. Each line is a binding: focus (its first byte), key, "=",
 * action. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "ui/edit/keymap.h"
#include "ui/term/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_BINDINGS = 40 };

static void
read_binding(struct key_binding *b, char *line)
{
    static char *const focus[] = {(char *)"compose", (char *)"browse", (char *)"", NULL};
    char first = *line;
    char *key = first ? line + 1 : line;
    char *action = strchr(key, '=');
    if (action)
        *action++ = 0;
    *b = (struct key_binding){.focus = focus[first == 'c'   ? 0
                                             : first == 'b' ? 1
                                                            : (unsigned char)first % 4],
                              .key = key,
                              .action = action};
    unsigned id = action && *action ? (unsigned char)*action : 0;
    if (id && !action[1] && id < ACT_COUNT) /* by its number, so that many are met */
        b->action = (char *)(uintptr_t)action_info((enum action)id)->name;
}

static void
check_spelling(const char *key)
{
    char text[64];
    for (size_t cap = 1; cap <= sizeof text; cap += 21) {
        memset(text, 'x', sizeof text);
        keymap_spell(key, text, cap);
        assert(memchr(text, 0, cap));
    }
    assert(utf8_valid(text, strlen(text)));
}

static void
check_shown(const struct keymap *k, enum focus focus, enum action a)
{
    char keys[4096];
    keymap_keys_for(k, focus, a, keys, sizeof keys);
    check_spelling(keys);
    for (char *key = keys, *next; *key; key = next) {
        char canonical[24];
        char *end = key;
        bool found;
        do { /* a comma is a key, too, and may be followed by another one */
            end = strstr(end + 1, ", ");
            next = end ? end + 2 : key + strlen(key);
            if (end)
                *end = 0;
            found = keymap_lookup(k, focus, key) == a;
            if (!found && end)
                *end = ',';
        } while (!found && end);
        assert(found);
        if (!strchr(key, ' '))
            assert(input_key_name(key, canonical) && strcmp(canonical, key) == 0);
    }
}

static void
note_key(void *arg, const struct input_event *ev)
{
    *(int *)arg += ev->kind == INPUT_KEY;
}

static void
check_sequences(const struct keymap *k)
{
    char bytes[KEYMAP_SEQUENCE_BYTES];
    enum action a;
    size_t n;
    for (size_t i = 0; (n = keymap_sequence(k, i, bytes, &a)) > 0; i++) {
        int keys = 0;
        struct input *in = input_create(note_key, &keys);
        assert(n <= sizeof bytes && a != ACT_NONE);
        input_feed(in, bytes, n, 1000);
        while (input_deadline(in) != INT64_MAX)
            input_tick(in, input_deadline(in));
        /* Fed in one piece, what Alt-_ and its like begin is a message of the terminal. */
        bool begins_string = n > 1 && bytes[0] == 27 && strchr("P]^_X[O\033", bytes[1]);
        assert((keys >= 1 || begins_string) && keys <= (int)n);
        input_destroy(&in);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct key_binding list[MOST_BINDINGS];
    struct config config = {.keys = list};
    struct err err = {""};
    char *text = xstrndup((const char *)data, size), *rest = text, *line;
    while (config.key_count < MOST_BINDINGS && (line = strsep(&rest, "\n")))
        read_binding(&list[config.key_count++], line);
    struct keymap *k = keymap_create(&config, &err);
    assert(!k == !!err.text[0]);
    for (int f = 0; k && f < FOCUS_COUNT; f++)
        for (int a = ACT_NONE + 1; a < ACT_COUNT; a++)
            check_shown(k, (enum focus)f, (enum action)a);
    if (k)
        check_sequences(k);
    keymap_destroy(&k);
    free(text);
    return 0;
}
