/* Nothing that follows from an answer is done while the answers before it are still being told: new sessions, cancels,
 * other modes and verdicts at random moments, in every front end, with brains that fail at once. Under ASan a freed
 * conversation shows; a release build shows a deep stack. */
#include "unit/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "cli.h"
#include "contract.h"
#include "harness.h"
#include "place.h"
#include "report.h"
#include "table.h"

/* Nobody listens there. */
static const char nobody[] = "http://127.0.0.1:9";

static struct place *
deaf_place(const char *more)
{
    struct place *p = place_create();
    char *claude = xasprintf("%s", nobody), *llama = xasprintf("%s/v1", nobody);
    place_config(p, claude, NULL, llama, NULL, more);
    free(claude);
    free(llama);
    return p;
}

static void
a_session_that_ends_between_two_answers_is_not_touched_again(void **state)
{
    (void)state;
    struct cli_result r;
    struct place *p = deaf_place("breaker: {failures: 1}\n");
    cli_run(&r, p, ARGS("--linear"), "a\nb\n/new\nc\nd\n/new\ne\n");
    expect_exit(&r, 0);
    assert_false(holds(&r.err, "AddressSanitizer"));
    assert_true(holds(&r.err, "claude: failed"));
    cli_finish(&r);
    place_destroy(&p);
}

static void
thousands_of_lines_need_no_deep_stack(void **state)
{
    (void)state;
    struct rlimit old, small;
    struct cli_result r;
    struct buf input;
    struct place *p = deaf_place("breaker: {failures: 1}\n");
    buf_init(&input, SIZE_MAX);
    for (int i = 0; i < 4000; i++)
        buf_append_str(&input, "a\n");
    assert_int_equal(getrlimit(RLIMIT_STACK, &old), 0);
    small = old;
    small.rlim_cur = 2 << 20;
    assert_int_equal(setrlimit(RLIMIT_STACK, &small), 0);
    cli_run(&r, p, ARGS("--linear"), input.p);
    setrlimit(RLIMIT_STACK, &old);
    expect_exit(&r, 0);
    cli_finish(&r);
    buf_finish(&input);
    place_destroy(&p);
}

static const char *const lines[] = {
    "halo",           "aku takut sekali",
    "@llama halo",    "@claude halo",
    "/new",           "/end",
    "/mode parallel", "/mode route",
    "/mode full",     "/mode shadow",
    "/mode context",  "/mode jiwa",
    "/tie",           "/undo",
    "/regenerate",    "/regenerate llama",
    "/reveal",        "/note baik",
    "/adopt claude",  "/cancel",
};

static const char *
any_line(struct rng *rng)
{
    return lines[rng_below(rng, rng_below(rng, 2) ? 2 : ARRAY_LEN(lines))];
}

static void
linear_survives_everything_at_random(void **state)
{
    struct table *t = *state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct rng rng = {seed};
        struct cli_result r;
        struct buf input;
        buf_init(&input, SIZE_MAX);
        for (int i = 0; i < 60; i++)
            buf_printf(&input, "%s\n", any_line(&rng));
        if (seed % 2)
            standin_rule(t->llama, "times=20 status=503");
        cli_run(&r, t->place, ARGS("--linear"), input.p);
        expect_exit(&r, 0);
        assert_false(holds(&r.err, "Sanitizer"));
        cli_finish(&r);
        buf_finish(&input);
    }
}

static void
linear_survives_interrupts_at_random(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "gap=20 text=Halo, Kak! Apa kabar hari ini?");
    standin_rule(t->llama, "gap=20 text=Halo, Kak! Apa kabar hari ini?");
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct rng rng = {seed};
        struct cli_result r;
        struct buf input;
        buf_init(&input, SIZE_MAX);
        for (int i = 0; i < 40; i++)
            buf_printf(&input, "%s\n", any_line(&rng));
        struct cli *c = cli_start(t->place, ARGS("--linear"), input.p);
        cli_wait_out(c, "Claude, ");
        for (int i = 0; i < 3; i++)
            kill(cli_pid(c), SIGINT);
        cli_wait(&c, &r);
        if (r.code != 0 && r.code != 130) {
            print_message("seed %d: code %d, late %d\n", (int)seed, r.code, r.late);
            cli_show(&r);
        }
        assert_true(r.code == 0 || r.code == 130);
        assert_false(holds(&r.err, "Sanitizer"));
        cli_finish(&r);
        buf_finish(&input);
    }
}

static void
ask_survives_interrupts_in_every_mode(void **state)
{
    static const char *const modes[] = {"parallel", "shadow", "context", "route", "jiwa", "full"};
    struct table *t = *state;
    standin_rule(t->claude, "gap=20 text=Halo, Kak! Apa kabar hari ini?");
    standin_rule(t->llama, "times=4 status=503");
    for (size_t m = 0; m < ARRAY_LEN(modes); m++)
        for (int signals = 0; signals < 2; signals++) {
            struct cli_result r;
            struct cli *c =
                cli_start(t->place, ARGS("ask", "--stream-json", "-m", modes[m], "halo"), NULL);
            cli_wait_out(c, "\"event\"");
            for (int i = 0; i < 2 * signals; i++)
                kill(cli_pid(c), SIGINT);
            cli_wait(&c, &r);
            assert_true(r.code == 0 || r.code == 4 || r.code == 5 || r.code == 130);
            assert_false(holds(&r.err, "Sanitizer"));
            cli_finish(&r);
        }
}

static void
the_screen_survives_everything_at_random(void **state)
{
    struct table *t = *state;
    struct rng rng = {7};
    struct screen *s = table_start(t, 30, 120);
    for (int i = 0; i < 80; i++) {
        if (rng_below(&rng, 6) == 0) {
            screen_send(s, "\x1br", 2); /* Alt-r */
            continue;
        }
        screen_type(s, any_line(&rng));
        screen_settle(s, 15); /* what comes in one burst is a paste */
        screen_send(s, "\r", 1);
        if (rng_below(&rng, 3) == 0)
            screen_settle(s, 15);
    }
    screen_settle(s, 100);
    screen_type(s, "\005\025/quit"); /* without what a burst has left in the line */
    screen_settle(s, 15);
    screen_send(s, "\r", 1);
    screen_assert_exit(s, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_that_ends_between_two_answers_is_not_touched_again),
        cmocka_unit_test(thousands_of_lines_need_no_deep_stack),
        AT_A_TABLE(linear_survives_everything_at_random),
        AT_A_TABLE(linear_survives_interrupts_at_random),
        AT_A_TABLE(ask_survives_interrupts_in_every_mode),
        AT_A_TABLE(the_screen_survives_everything_at_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
