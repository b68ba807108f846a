/* The one editor, in a home of its own, and what it reports: what the tests of the editor share. */
#ifndef TESTS_UNIT_EDITOR_KIT_H
#define TESTS_UNIT_EDITOR_KIT_H

#include "unit/unit.h"
#include "unit/scratch.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "ui/edit/editor.h"
#include "ui/edit/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* readline forgets a few bytes when a command that waits for a key is given up. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:_rl_callback_data_alloc\n";
}

static struct editor_kit {
    char place[SCRATCH_BYTES]; /* HOME and XDG_STATE_HOME of this run */
    struct editor *e;
    struct keymap *keymap;
    struct buf accepted; /* each text followed by '|' */
    enum action action;
    char *refill; /* set as the text by accept */
} t;

static inline void
on_accept(void *arg, const char *text)
{
    (void)arg;
    buf_append_str(&t.accepted, text);
    buf_append_char(&t.accepted, '|');
    if (t.refill)
        editor_set_text(t.e, t.refill);
}

static inline void
on_action(void *arg, enum action a)
{
    (void)arg;
    t.action = a;
}

static inline void
open_editor(bool history)
{
    const struct editor_ops ops = {.accept = on_accept, .action = on_action};
    struct err err = {.text = ""};
    t.e = editor_create(&ops, history, &err);
    if (!t.e)
        fail_msg("%s", err.text);
}

static inline int
set_up(void **state)
{
    (void)state;
    buf_init(&t.accepted, 1 << 20);
    t.action = ACT_NONE;
    open_editor(false);
    return 0;
}

static inline int
tear_down(void **state)
{
    (void)state;
    editor_set_text(t.e, "");
    editor_key(t.e, "\033\005", 2); /* the test inputrc: back to emacs mode */
    editor_destroy(&t.e);
    assert_null(t.e);
    keymap_destroy(&t.keymap);
    buf_finish(&t.accepted);
    return 0;
}

static inline void
key(const char *bytes)
{
    editor_key(t.e, bytes, strlen(bytes));
}

/* Each byte a key. */
static inline void
type(const char *s)
{
    for (; *s; s++)
        editor_key(t.e, s, 1);
}

static inline void
is(const char *text, size_t cursor)
{
    assert_string_equal(editor_text(t.e), text);
    assert_int_equal(editor_cursor(t.e), cursor);
}

/* Before the first test and behind the last one; not 0: no test can run. */
static inline int
editor_kit_home(void **state)
{
    (void)state;
    if (scratch_make(t.place) != 0)
        return 1;
    setenv("HOME", t.place, 1);
    setenv("XDG_STATE_HOME", t.place, 1);
    setenv("LC_ALL", "C", 1); /* the editor must find a UTF-8 locale by itself */
    const char *root = getenv("BERDUA_SRC");
    char inputrc[512];
    snprintf(inputrc, sizeof inputrc, "%s/tests/unit/ui/inputrc", root ? root : ".");
    setenv("INPUTRC", inputrc, 1);
    return 0;
}

static inline int
editor_kit_leave(void **state)
{
    (void)state;
    return scratch_remove(t.place);
}

#define EDITOR_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
