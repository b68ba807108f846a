#include "table.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"

int
table_set(void **state)
{
    struct table *t = xcalloc(1, sizeof(*t));
    t->claude = standin_start(0);
    t->llama = standin_start(0);
    t->place = place_create();
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 NULL);
    *state = t;
    return 0;
}

int
table_clear(void **state)
{
    struct table *t = *state;
    screen_destroy(&t->screen);
    standin_stop(&t->claude);
    standin_stop(&t->llama);
    place_destroy(&t->place);
    free(t);
    return 0;
}

static bool
has_taken_over(struct screen *s, void *arg)
{
    (void)arg;
    return screen_mode(s, 2004);
}

struct screen *
table_start(struct table *t, int rows, int cols)
{
    t->screen = screen_start(t->place, (const char *const[]){"chat", NULL}, rows, cols);
    screen_expect_that(t->screen, has_taken_over, NULL, "the program reads its keys");
    if (cols >= 10)
        screen_expect(t->screen, "> ");
    return t->screen;
}

void
table_say(struct table *t, const char *message)
{
    size_t claude = standin_count(t->claude);
    size_t llama = standin_count(t->llama);
    screen_type(t->screen, message);
    screen_type(t->screen, "\r");
    if (!standin_wait_count(t->claude, claude + 1, patience_ms()) ||
        !standin_wait_count(t->llama, llama + 1, patience_ms())) {
        screen_settle(t->screen, 100);
        screen_dump(t->screen);
        fail_msg("not both brains were asked: %s", message);
    }
}

void
table_leave(struct table *t)
{
    screen_type(t->screen, "\004");
    screen_assert_exit(t->screen, 0);
}

bool
table_both_done(struct screen *s, void *unused)
{
    static const char word[] = " done"; /* with the space it is no part of "Indonesian" */
    int done = 0;
    (void)unused;
    for (int r = 0; r < screen_rows(s); r++) {
        const char *row = screen_row(s, r);
        for (const char *p = row; (p = strstr(p, word)) != NULL; p += strlen(word))
            done++;
    }
    return done >= 2;
}

void
table_expect_done(struct screen *s)
{
    screen_expect_that(s, table_both_done, NULL, "both brains done");
}
