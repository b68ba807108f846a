/* What the tests of the input decoder share: its events as one line of text. */
#ifndef BERDUA_TESTS_INPUT_KIT_H
#define BERDUA_TESTS_INPUT_KIT_H

#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "ui/term/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Events as one line of text: <name>, [paste], {m button row col press}, {f gained}, {r reply}. */
static inline void
note(void *arg, const struct input_event *ev)
{
    struct buf *out = arg;
    switch (ev->kind) {
    case INPUT_KEY:
        buf_printf(out, "<%s>", ev->name);
        break;
    case INPUT_PASTE:
        buf_append_char(out, '[');
        if (ev->refused)
            buf_append_str(out, "refused");
        buf_append(out, ev->bytes, ev->len);
        buf_append_char(out, ']');
        break;
    case INPUT_MOUSE:
        buf_printf(out, "{m %d %d %d %d}", ev->button, ev->row, ev->col, ev->press);
        break;
    case INPUT_FOCUS:
        buf_printf(out, "{f %d}", ev->press);
        break;
    case INPUT_REPLY:
        buf_append_str(out, "{r ");
        buf_append(out, ev->bytes + 1, ev->len - 1);
        buf_append_char(out, '}');
        break;
    }
}

/* The events of s, fed in one piece (rng NULL) or in random ones, then given time to resolve. */
static inline char *
events(const char *s, size_t n, struct rng *rng)
{
    struct buf out;
    buf_init(&out, 8 << 20);
    struct input *in = input_create(note, &out);
    int64_t now = 1000;
    for (size_t at = 0; at < n;) {
        size_t take = rng ? 1 + rng_below(rng, 4) : n;
        if (take > n - at)
            take = n - at;
        input_feed(in, s + at, take, now);
        at += take;
    }
    while (input_deadline(in) != NEVER_US) {
        now = input_deadline(in);
        input_tick(in, now);
    }
    input_destroy(&in);
    return buf_take(&out);
}

static inline void
check(const char *bytes, const char *expected)
{
    struct rng rng = {7};
    size_t n = strlen(bytes);
    char *got = events(bytes, n, NULL);
    assert_string_equal(got, expected);
    free(got);
    for (int i = 0; i < 40; i++) {
        got = events(bytes, n, &rng);
        assert_string_equal(got, expected);
        free(got);
    }
}

#endif
