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

static bool
shows_input(struct screen *s)
{
    return screen_cols(s) >= 10;
}

struct screen *
table_start(struct table *t, int rows, int cols)
{
    t->screen = screen_start(t->place, (const char *const[]){"chat", NULL}, rows, cols);
    screen_expect_that(t->screen, has_taken_over, NULL, "the program reads its keys");
    if (shows_input(t->screen))
        screen_expect(t->screen, "> ");
    return t->screen;
}

static bool
stands_behind(struct screen *s, void *message)
{
    int row, col;
    struct screen_cell before;
    char last[2] = {((const char *)message)[strlen(message) - 1], 0};
    screen_cursor(s, &row, &col, NULL);
    screen_cell(s, row, col - 1, &before);
    return strcmp(before.text, last) == 0;
}

struct spot {
    int row, col;
};

static bool
has_left(struct screen *s, void *spot)
{
    const struct spot *was = spot;
    int row, col;
    screen_cursor(s, &row, &col, NULL);
    return row != was->row || col != was->col;
}

void
table_say(struct table *t, const char *message)
{
    size_t claude = standin_count(t->claude);
    size_t llama = standin_count(t->llama);
    struct spot spot;
    screen_type(t->screen, message);
    if (*message && shows_input(t->screen))
        screen_expect_that(t->screen, stands_behind, (void *)message, message);
    screen_cursor(t->screen, &spot.row, &spot.col, NULL);
    screen_type(t->screen, "\r");
    if (!standin_wait_count(t->claude, claude + 1, patience_ms()) ||
        !standin_wait_count(t->llama, llama + 1, patience_ms())) {
        screen_settle(t->screen, 100);
        screen_dump(t->screen);
        fail_msg("not both brains were asked: %s", message);
    }
    if (shows_input(t->screen))
        screen_expect_that(t->screen, has_left, &spot, "the message is no draft any more");
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
