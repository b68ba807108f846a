#include "unit/unit.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/brain/complete.h"
#include "berdua/core/cancel.h"
#include "berdua/net/http.h"
#include "standin/standin.h"

struct rig {
    struct standin *server;
    struct brain_conf conf;
    struct model_conf model;
    struct http *http;
    struct call_limits limits;
    struct cancel *cancel;
};

static int
setup(void **state)
{
    struct rig *r = xcalloc(1, sizeof *r);
    r->server = standin_start(0);
    r->model = (struct model_conf){.tier = (char *)"fast", .id = (char *)"zantara"};
    r->conf = (struct brain_conf){.provider = PROVIDER_OPENAI,
                                  .base_url = xstrdup(standin_url(r->server, "/v1")),
                                  .models = &r->model,
                                  .model_count = 1};
    r->limits = (struct call_limits){.connect_ms = 20000,
                                     .first_token_ms = 20000,
                                     .stall_ms = 20000,
                                     .timeout_ms = 60000,
                                     .retries = 2};
    r->http = http_create(NULL);
    *state = r;
    return 0;
}

static int
teardown(void **state)
{
    struct rig *r = *state;
    http_destroy(&r->http);
    standin_stop(&r->server);
    free(r->conf.base_url);
    free(r);
    return 0;
}

static struct answer
ask(struct rig *r, size_t max_bytes)
{
    struct answer a;
    struct call_spec *spec = xcalloc(1, sizeof *spec);
    *spec = (struct call_spec){.call = 1,
                               .brain = BRAIN_LLAMA,
                               .conf = &r->conf,
                               .model = &r->model,
                               .max_tokens = 100,
                               .temperature = NAN,
                               .top_p = NAN,
                               .limits = r->limits,
                               .max_bytes = max_bytes,
                               .cancel = r->cancel ? cancel_ref(r->cancel) : NULL};
    prompt_add(&spec->prompt, false, "halo");
    complete(&spec, r->http, &a);
    assert_null(spec);
    return a;
}

static void
the_whole_answer_comes_with_its_figures(void **state)
{
    struct rig *r = *state;
    standin_rule(r->server, "text={\"dreams\": []} \\| and more");
    struct answer a = ask(r, 1 << 16);
    assert_int_equal(a.status, STATUS_COMPLETE);
    assert_string_equal(a.text.p, "{\"dreams\": []}  and more");
    assert_true(a.usage.output > 0 && a.times.total_us >= 0);
    assert_int_equal(a.brain, BRAIN_LLAMA);
    assert_string_equal(a.tier, "fast");
    answer_finish(&a);
}

static void
text_that_was_a_thought_is_no_part_of_it(void **state)
{
    struct rig *r = *state;
    standin_rule(r->server, "gap=20 text=They ponder\\| me.\\n</think>\\n\\nHalo\\| Kak!");
    struct answer a = ask(r, 1 << 16);
    assert_string_equal(a.text.p, "Halo Kak!");
    answer_finish(&a);
}

static void
a_thought_that_nothing_opened_does_not_take_the_room_of_the_answer(void **state)
{
    static const struct {
        const char *rule, *text;
        bool complete;
    } table[] = {
        {"text=They ponder\\| me for a long while.\\n</think>\\n\\nHalo\\| Kak!", "Halo Kak!",
         true},
        {"text=Aaaaaaaaaaaaaaa\xc3\xa9\\|b\\n</think>\\n\\nHalo\\| Kak!", "Halo Kak!", true},
        {"text=They ponder me\\|.\\n</think>\\n\\nHalo\\| Kak, apa kabar?", "Halo Kak, apa ka",
         false},
        {"text=Halo Kak, apa\\| kabar hari ini?", "Halo Kak, apa ka", false},
        {"text=<think>ponder</think>\\|Halo Kak, apa\\| kabar\\n</think>\\n\\n!",
         "Halo Kak, apa ka", false},
    };
    struct rig *r = *state;
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        standin_clear_rules(r->server);
        standin_rule(r->server, table[i].rule);
        struct answer a = ask(r, 16);
        assert_string_equal(a.text.p, table[i].text);
        assert_int_equal(a.status, table[i].complete ? STATUS_COMPLETE : STATUS_FAILED);
        if (!table[i].complete)
            assert_non_null(strstr(a.error.message, "longer than 16 bytes"));
        answer_finish(&a);
    }
}

static void
more_text_than_a_mailbox_holds_does_not_block_it(void **state)
{
    struct rig *r = *state;
    struct buf rule;
    buf_init(&rule, 1 << 20);
    buf_append_str(&rule, "text=");
    for (int i = 0; i < 400; i++) {
        for (int k = 0; k < 1000; k++)
            buf_append_char(&rule, (char)('a' + i % 26));
        buf_append_str(&rule, "\\|");
    }
    standin_rule(r->server, rule.p);
    buf_finish(&rule);
    struct answer a = ask(r, 8 << 20);
    assert_int_equal(a.status, STATUS_COMPLETE);
    assert_true(a.text.len == 400 * 1000);
    answer_finish(&a);
}

static void
an_answer_without_end_is_stopped_at_the_bound(void **state)
{
    struct rig *r = *state;
    standin_rule(r->server, "fault=endless gap=0");
    struct answer a = ask(r, 64 << 10);
    assert_int_equal(a.status, STATUS_FAILED);
    assert_non_null(strstr(a.error.message, "longer than 65536 bytes"));
    assert_true(a.text.len <= 64 << 10);
    answer_finish(&a);
}

static void
a_passing_fault_is_tried_again_and_a_lasting_one_told(void **state)
{
    struct rig *r = *state;
    standin_rule(r->server, "status=503 retry_after_ms=1 times=1 message=\"busy\"");
    standin_rule(r->server, "times=1 text=ok");
    standin_rule(r->server, "status=401 message=\"no such key\"");
    struct answer a = ask(r, 1 << 16);
    assert_int_equal(a.status, STATUS_COMPLETE);
    assert_int_equal(a.retries, 1);
    answer_finish(&a);
    a = ask(r, 1 << 16);
    assert_int_equal(a.status, STATUS_FAILED);
    assert_int_equal(a.error.kind, ERR_AUTH);
    answer_finish(&a);
}

static void *
cancel_when_asked(void *arg)
{
    struct rig *r = arg;
    while (standin_count(r->server) == 0)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    cancel_fire(r->cancel);
    return NULL;
}

static void
a_cancel_from_another_thread_ends_it(void **state)
{
    struct rig *r = *state;
    pthread_t thread;
    standin_rule(r->server, "head=600000 text=never");
    r->cancel = cancel_create();
    pthread_create(&thread, NULL, cancel_when_asked, r);
    struct answer a = ask(r, 1 << 16);
    pthread_join(thread, NULL);
    assert_int_equal(a.status, STATUS_CANCELLED);
    answer_finish(&a);
    cancel_unref(&r->cancel);
}

static void
limits_apply(void **state)
{
    struct rig *r = *state;
    standin_rule(r->server, "head=600000 text=never");
    r->limits.first_token_ms = 50;
    struct answer a = ask(r, 1 << 16);
    assert_int_equal(a.status, STATUS_TIMEOUT);
    answer_finish(&a);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(the_whole_answer_comes_with_its_figures),
        T(text_that_was_a_thought_is_no_part_of_it),
        T(a_thought_that_nothing_opened_does_not_take_the_room_of_the_answer),
        T(more_text_than_a_mailbox_holds_does_not_block_it),
        T(an_answer_without_end_is_stopped_at_the_bound),
        T(a_passing_fault_is_tried_again_and_a_lasting_one_told),
        T(a_cancel_from_another_thread_ends_it),
        T(limits_apply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
