/* Sizes that change again and again while both answers stream: what is on the terminal then is what a fresh paint shows.
 * BERDUA_STORM=N makes N changes. */
#include "screen_kit.h"

#include <poll.h>

#include "berdua/base/random.h"
#include "ui/ui_private.h"

/* In one column the emulator itself fails at wide characters. */
enum { CHANGES = 100, MOST_ROWS = 60, LEAST_COLS = 2, MOST_COLS = 200, ROWS = 48, COLS = 160 };

static int
pick(struct rng *rng, int least, int most)
{
    return least + (int)(rng_next(rng) % (uint64_t)(most - least + 1));
}

static void
resize(struct shown *s, int rows, int cols)
{
    ptyscreen_size(&s->terminal, rows, cols);
    ui_resized(s->ui);
}

/* Frames may be held back for a slow terminal. */
static void
paint_all(struct shown *s)
{
    for (ui_before_wait(s->ui); s->ui->dirty; ui_before_wait(s->ui))
        poll(NULL, 0, 1);
    look_at(s);
}

static void
stream_on(struct shown *s, struct turn *t, int i)
{
    static const char *const pieces[] = {
        "kata ", "**tebal** ", "\n\n", "- butir\n", "💛", "café ", "[visa](https://visa.id/a?b) "};
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct answer *a = &t->answers[b];
        buf_append_str(&a->text, pieces[(i + b) % (int)ARRAY_LEN(pieces)]);
        a->delta_count++;
        a->revision++;
    }
    ui_changed(s->ui, UI_SOON);
}

static void
a_storm_of_sizes_over_two_streams_ends_as_a_fresh_paint(void **state)
{
    const char *asked = getenv("BERDUA_STORM");
    long changes = asked ? strtol(asked, NULL, 10) : CHANGES;
    struct rng rng = {.state = 20261};
    struct buf stormy, fresh;
    struct shown s;
    (void)state;
    buf_init(&stormy, 8 << 20);
    buf_init(&fresh, 8 << 20);
    show(&s, STREAMING, "dusk", ROWS, COLS);
    clock_release();
    struct turn *t = conversation_last(s.conversation);
    for (int b = 0; b < BRAIN_COUNT; b++) /* no total runs on between the two looks */
        t->answers[b].started_us = t->answers[b].last_delta_us = 0;
    for (int i = 0; i < changes; i++) {
        resize(&s, pick(&rng, 1, MOST_ROWS), pick(&rng, LEAST_COLS, MOST_COLS));
        stream_on(&s, t, i);
        ui_before_wait(s.ui);
        look_at(&s);
    }
    resize(&s, ROWS, COLS);
    paint_all(&s);
    ptyscreen_dump(&s.terminal, &stormy);
    ui_destroy(&s.ui);
    start_ui(&s, "dusk");
    paint_all(&s);
    ptyscreen_dump(&s.terminal, &fresh);
    char title[512];
    ptyscreen_row(&s.terminal, 0, title);
    clock_hold();
    hide(&s);
    assert_non_null(strstr(title, "berdua"));
    assert_string_equal(stormy.p, fresh.p);
    buf_finish(&stormy);
    buf_finish(&fresh);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_storm_of_sizes_over_two_streams_ends_as_a_fresh_paint),
    };
    return cmocka_run_group_tests(tests, screen_kit_prepare, screen_kit_clean);
}
