/* The whole screen on a pseudo-terminal of its own, for tests of src/ui. */
#ifndef TESTS_UNIT_SCENE_H
#define TESTS_UNIT_SCENE_H

#include "unit/unit.h"
#include "ui_kit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/core/loop.h"
#include "berdua/ui/doc.h"
#include "ui/term/paint.h"

/* The screen on a pseudo-terminal: keys are written to its other end, what is shown is read back from
 * curses. Whatever is waited for is looked for after each pass of the loop. */
enum { PATIENCE_S = 60 };

struct scene {
    char folder[SCRATCH_BYTES]; /* its configuration and state */
    int master, saved_in, saved_out;
    struct loop *loop;
    struct loop_timer *patience;
    struct config config;
    struct model_conf models[BRAIN_COUNT];
    struct conversation *conversation;
    struct ui_facts facts;
    struct ui *ui;
    enum action performed; /* the last one */
    char argument[256];
    const struct turn *about; /* the selected turn then */
    int performed_count;
    enum action asked;
    char marked[64];
    const char *wanted; /* text that must be shown, NULL: wait for a perform */
    bool gone;          /* must not be shown any more */
    int wanted_count;
    int bells; /* that were rung */
};

static inline void
perform(void *arg, enum action action, const struct turn *about, const char *argument)
{
    struct scene *s = arg;
    s->about = about;
    s->performed = action;
    s->performed_count++;
    snprintf(s->argument, sizeof s->argument, "%s", argument ? argument : "(none)");
}

static inline void
load_page(void *arg, enum action page, const char *about, const char *marked)
{
    struct scene *s = arg;
    s->asked = page;
    snprintf(s->marked, sizeof s->marked, "%s", marked ? marked : "(none)");
    snprintf(s->argument, sizeof s->argument, "%s", about ? about : "(none)");
}

static inline char *
shown(void)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    paint_dump(&b);
    return buf_take(&b);
}

static inline int64_t
before_wait(void *arg)
{
    struct scene *s = arg;
    char drained[4096];
    int64_t due = ui_before_wait(s->ui);
    for (ssize_t n; (n = read(s->master, drained, sizeof drained)) > 0;)
        for (ssize_t i = 0; i < n; i++)
            s->bells += drained[i] == '\a';
    char *screen = shown();
    if (s->wanted ? (strstr(screen, s->wanted) != NULL) != s->gone
                  : s->performed_count >= s->wanted_count)
        loop_stop(s->loop, 0);
    free(screen);
    return due;
}

static inline void
patience_ends(void *arg)
{
    loop_stop(((struct scene *)arg)->loop, 1);
}

static inline void
run_until(struct scene *s)
{
    loop_timer_arm(s->patience, clock_us() + (int64_t)PATIENCE_S * US_PER_S);
    if (loop_run(s->loop) != 0) {
        char *screen = shown();
        dup2(s->saved_out, 1);
        print_message("waited for \"%s\" in:\n%s\n", s->wanted ? s->wanted : "(an action)", screen);
        free(screen);
        fail();
    }
}

static inline void
expect(struct scene *s, const char *text)
{
    s->wanted = text;
    s->gone = false;
    run_until(s);
}

static inline void
expect_gone(struct scene *s, const char *text)
{
    s->wanted = text;
    s->gone = true;
    run_until(s);
}

static inline void
type(struct scene *s, const char *keys)
{
    size_t n = strlen(keys);
    assert_int_equal(write(s->master, keys, n), (ssize_t)n);
}

static inline void
expect_performed(struct scene *s, enum action action, const char *argument)
{
    s->wanted = NULL;
    s->wanted_count = s->performed_count + 1;
    run_until(s);
    assert_int_equal(s->performed, action);
    if (argument)
        assert_string_equal(s->argument, argument);
}

static inline void
set_size(struct scene *s, int rows, int cols)
{
    struct winsize w = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    assert_int_equal(ioctl(s->master, TIOCSWINSZ, &w), 0);
}

static inline void
open_terminal(struct scene *s)
{
    s->master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(s->master >= 0);
    assert_int_equal(grantpt(s->master), 0);
    assert_int_equal(unlockpt(s->master), 0);
    set_size(s, 40, 140);
    int slave = open(ptsname(s->master), O_RDWR | O_NOCTTY);
    assert_true(slave >= 0);
    assert_true(fcntl(s->master, F_SETFL, O_NONBLOCK) == 0);
    fflush(stdout);
    s->saved_in = dup(0);
    s->saved_out = dup(1);
    dup2(slave, 0);
    dup2(slave, 1);
    close(slave);
}

static inline int
scene_set(void **state)
{
    struct scene *s = xcalloc(1, sizeof *s);
    struct err err = {{0}};
    if (ui_kit_environment(s->folder) != 0)
        return -1;
    open_terminal(s);
    s->config.theme = "dusk";
    ui_kit_brains(&s->config, s->models, &s->facts);
    s->conversation = conversation_create("mario");
    s->loop = loop_create(&err);
    s->patience = loop_timer_create(s->loop, patience_ends, s);
    const struct ui_ops ops = {
        .arg = s, .perform = perform, .pages = ui_kit_pages, .load = load_page};
    s->ui = ui_create(&s->config, s->loop, &ops, s->conversation, &s->facts, true, &err);
    if (!s->ui) {
        dup2(s->saved_out, 1);
        print_message("%s\n", err.text);
        return -1;
    }
    loop_set_before_wait(s->loop, before_wait, s);
    *state = s;
    return 0;
}

static inline int
scene_clear(void **state)
{
    struct scene *s = *state;
    ui_destroy(&s->ui);
    loop_timer_destroy(&s->patience);
    loop_destroy(&s->loop);
    conversation_destroy(&s->conversation);
    dup2(s->saved_in, 0);
    dup2(s->saved_out, 1);
    close(s->saved_in);
    close(s->saved_out);
    close(s->master);
    scratch_remove(s->folder);
    free(s);
    return 0;
}

static inline struct turn *
add_turn(struct scene *s, const char *message)
{
    struct turn *t = turn_create(message);
    snprintf(t->id, sizeof t->id, "%zu", s->conversation->count);
    t->seq = (int64_t)s->conversation->count + 1;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        t->asked[b] = true;
        t->answers[b].phase = PHASE_STREAMING;
        t->answers[b].times.ttft_us = 212000;
        t->answers[b].started_us = clock_us();
        buf_printf(&t->answers[b].text, "answer %d of %s", b, message);
        t->answers[b].revision++;
    }
    conversation_append(s->conversation, t);
    ui_changed(s->ui, UI_NOW);
    return t;
}

static inline void
complete(struct scene *s, struct turn *t)
{
    for (int b = 0; b < BRAIN_COUNT; b++) {
        t->answers[b].status = STATUS_COMPLETE;
        t->answers[b].phase = PHASE_ENDED;
        t->answers[b].revision++;
    }
    t->served = t->canonical = BRAIN_CLAUDE;
    ui_changed(s->ui, UI_NOW);
}

/* A turn whose answers say this, and have ended. */
static inline struct turn *
add_said(struct scene *s, const char *message, const char *claude, const char *llama)
{
    const char *texts[] = {[BRAIN_CLAUDE] = claude, [BRAIN_LLAMA] = llama};
    struct turn *t = add_turn(s, message);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        buf_clear(&t->answers[b].text);
        buf_append_str(&t->answers[b].text, texts[b]);
    }
    complete(s, t);
    return t;
}

#define SCREEN_TEST(f) cmocka_unit_test_setup_teardown(f, scene_set, scene_clear)

#endif
