#include "unit/unit.h"
#include "unit/scratch.h"

#include "decoding.h"

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/brain/brain.h"
#include "berdua/brain/call.h"
#include "berdua/brain/tape.h"
#include "brain/tape/cassette.h"
#include "berdua/core/cancel.h"
#include "berdua/net/http.h"

#include <dirent.h>
#include <math.h>
#include <unistd.h>

static char dir[SCRATCH_BYTES];

static int
make_dir(void **state)
{
    (void)state;
    return scratch_make(dir);
}

static int
remove_dir(void **state)
{
    (void)state;
    return scratch_remove(dir);
}

struct played {
    struct buf text;
    struct call_result *result;
    int connected, warming;
    int64_t connect_us;
};

static struct model_conf models[] = {{.tier = (char *)"fast", .id = (char *)"asked"}};

static void
played_take(void *arg, struct call_event *ev)
{
    struct played *out = arg;
    if (ev->kind == CALL_DELTA)
        buf_append(&out->text, ev->text.p, ev->text.len);
    if (ev->kind == CALL_CONNECTED) {
        out->connected++;
        out->connect_us = ev->num;
    }
    out->warming += ev->kind == CALL_WARMING;
    if (ev->kind == CALL_DONE) {
        assert_null(out->result);
        out->result = ev->result;
        ev->result = NULL;
    }
}

/* Runs a call to its end in this thread. */
static void
play(struct played *out, enum brain_id brain, char *cassettes, const char *message,
     struct cancel *cancel)
{
    struct brain_conf conf = {.provider = PROVIDER_PLAYBACK,
                              .models = models,
                              .model_count = 1,
                              .cassettes = cassettes,
                              .temperature = NAN,
                              .top_p = NAN};
    struct call_spec *spec = xcalloc(1, sizeof *spec);
    *spec = (struct call_spec){.call = 7,
                               .generation = 1,
                               .brain = brain,
                               .conf = &conf,
                               .model = models,
                               .temperature = NAN,
                               .top_p = NAN,
                               .limits = {5000, 60000, 60000, 120000, 2},
                               .seed = 5,
                               .cancel = cancel ? cancel_ref(cancel) : cancel_create()};
    prompt_add(&spec->prompt, false, "an older message");
    prompt_add(&spec->prompt, true, "an older answer");
    prompt_add(&spec->prompt, false, message);
    *out = (struct played){.connect_us = UNKNOWN};
    buf_init(&out->text, 64 << 20);
    struct call_sink sink = {.arg = out, .take = played_take};
    struct http_request leave;
    assert_false(call_execute(&spec, NULL, &sink, &leave));
    assert_non_null(out->result);
}

static void
played_finish(struct played *p)
{
    call_result_destroy(&p->result);
    buf_finish(&p->text);
}

static void
put(const char *name, const char *tape)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s.cassette", dir, name);
    FILE *f = fopen(path, "w");
    fputs(tape, f);
    fclose(f);
}

#define HEAD(brain, provider, message, more)                                                       \
    "{\"berdua_cassette\":1,\"brain\":\"" brain "\",\"provider\":\"" provider                      \
    "\",\"message\":\"" message "\"" more "}\n"
#define SAY(t, text)                                                                               \
    "{\"t_us\":" t                                                                                 \
    ",\"bytes\":\"data: {\\\"model\\\":\\\"zan\\\",\\\"choices\\\":[{\\\"delta\\\":{"              \
    "\\\"content\\\":\\\"" text "\\\"}}]}\\n\\n\"}\n"
#define END(t)                                                                                     \
    "{\"t_us\":" t ",\"bytes\":\"data: {\\\"choices\\\":[{\\\"delta\\\":{},\\\"finish_reason\\\":" \
    "\\\"stop\\\"}]}\\n\\ndata: [DONE]\\n\\n\"}\n{\"t_us\":" t ",\"end\":true}\n"

static void
a_tape_plays_at_its_own_pace_and_says_that_it_is_simulated(void **state)
{
    (void)state;
    put("hai", HEAD("llama", "openai", "hai",
                    ",\"simulated\":true") "{\"t_us\":1000,\"connected\":true}\n{\"t_us\":30000,"
                                           "\"status\":200}\n" SAY("40000", "Ha") SAY("60000", "lo")
                                               END("80000"));
    struct played p;
    play(&p, BRAIN_LLAMA, dir, "hai", NULL);
    assert_string_equal(p.text.p, "Halo");
    assert_int_equal(p.result->status, STATUS_COMPLETE);
    assert_true(p.result->simulated);
    assert_string_equal(p.result->model, "zan");
    assert_int_equal(p.connected, 1);
    assert_int_equal(p.connect_us, 1000);
    assert_true(p.result->times.ttft_us >= 39000);
    assert_true(p.result->times.total_us >= 79000);
    played_finish(&p);
}

static void
a_recording_played_back_gives_the_identical_text(void **state)
{
    (void)state;
    struct buf body;
    read_data("captures/oai_ctrl.sse", &body);
    struct recorder *r = recorder_open(&(struct recording){.dir = dir,
                                                           .brain = BRAIN_CLAUDE,
                                                           .provider = "openai",
                                                           .model = "tiny",
                                                           .message = "recorded"},
                                       NULL, 0, "sk-0123456789abcdef", NULL);
    recorder_step(r, &(struct cassette_step){1, TAPE_CONNECTED, 0, NULL, 0}, NULL);
    recorder_step(r, &(struct cassette_step){2, TAPE_STATUS, 200, NULL, 0}, NULL);
    for (size_t i = 0; i < body.len; i += 777)
        recorder_step(r,
                      &(struct cassette_step){3, TAPE_BYTES, 0, body.p + i,
                                              body.len - i < 777 ? body.len - i : 777},
                      NULL);
    recorder_step(r, &(struct cassette_step){9, TAPE_END, 0, NULL, 0}, NULL);
    recorder_close(&r, NULL);
    struct buf text;
    read_data("captures/oai_ctrl.text", &text);
    struct played p;
    play(&p, BRAIN_CLAUDE, dir, "recorded", NULL);
    assert_int_equal(p.text.len, text.len);
    assert_memory_equal(p.text.p, text.p, text.len);
    assert_int_equal(p.result->status, STATUS_CUT);
    assert_int_equal(p.result->usage.output, 200);
    assert_false(p.result->simulated);
    played_finish(&p);
    buf_finish(&text);
    buf_finish(&body);
}

static void
a_recorded_error_status_fails_with_its_kind(void **state)
{
    (void)state;
    put("busy",
        HEAD("llama", "anthropic", "busy", "") "{\"t_us\":0,\"status\":529}\n"
                                               "{\"t_us\":0,\"bytes\":\"{\\\"type\\\":"
                                               "\\\"error\\\",\\\"error\\\":{\\\"type\\\":\"}\n"
                                               "{\"t_us\":1,\"bytes\":\"\\\"overloaded_error\\\","
                                               "\\\"message\\\":\\\"Overloaded\\\"}}\"}\n"
                                               "{\"t_us\":1,\"end\":true}\n");
    struct played p;
    play(&p, BRAIN_LLAMA, dir, "busy", NULL);
    assert_int_equal(p.result->status, STATUS_FAILED);
    assert_int_equal(p.result->error.kind, ERR_OVERLOADED);
    assert_int_equal(p.result->error.http_status, 529);
    assert_string_equal(p.result->error.message, "Overloaded");
    assert_string_equal(p.text.p, "");
    played_finish(&p);
}

static void
a_recorded_failure_fails_and_keeps_the_text_before_it(void **state)
{
    (void)state;
    put("cut", HEAD("llama", "openai", "cut", "")
                   SAY("0", "half") "{\"t_us\":1,\"fail\":\"stream_cut\"}\n");
    put("short", HEAD("llama", "openai", "short", "") SAY("0", "half"));
    static const char *const messages[] = {"cut", "short"};
    for (int i = 0; i < 2; i++) {
        struct played p;
        play(&p, BRAIN_LLAMA, dir, messages[i], NULL);
        assert_string_equal(p.text.p, "half");
        assert_int_equal(p.result->status, STATUS_FAILED);
        assert_int_equal(p.result->error.kind, ERR_STREAM_CUT);
        played_finish(&p);
    }
}

static void
a_recorded_retry_plays_through_to_the_answer(void **state)
{
    (void)state;
    put("retry", HEAD("llama", "openai", "retry",
                      "") "{\"t_us\":0,\"fail\":\"connect\"}\n"
                          "{\"t_us\":0,\"status\":503}\n{\"t_us\":0,\"bytes\":\"busy\"}\n{\"t_us\":"
                          "0,\"end\":true}\n"
                          "{\"t_us\":0,\"status\":200}\n" SAY("0", "at last") END("0"));
    struct played p;
    play(&p, BRAIN_LLAMA, dir, "retry", NULL);
    assert_string_equal(p.text.p, "at last");
    assert_int_equal(p.result->status, STATUS_COMPLETE);
    played_finish(&p);
}

static void
a_job_queue_tape_has_several_bodies(void **state)
{
    (void)state;
    put("queue",
        HEAD("llama", "runpod", "queue", "") "{\"t_us\":0,\"bytes\":\"{\\\"status\\\":\\\"IN_"
                                             "QUEUE\\\"}\"}\n{\"t_us\":0,\"end\":true}\n"
                                             "{\"t_us\":0,\"bytes\":\"{\\\"status\\\":"
                                             "\\\"COMPLETED\\\",\\\"stream\\\":[{\\\"output\\\":"
                                             "\\\"Halo\\\"}]}\"}\n{\"t_us\":0,\"end\":true}\n"
                                             "{\"t_us\":0,\"bytes\":\"{\\\"status\\\":"
                                             "\\\"COMPLETED\\\",\\\"delayTime\\\":5,\\\"stream\\\":"
                                             "[]}\"}\n{\"t_us\":0,\"end\":true}\n");
    struct played p;
    play(&p, BRAIN_LLAMA, dir, "queue", NULL);
    assert_string_equal(p.text.p, "Halo");
    assert_int_equal(p.result->status, STATUS_COMPLETE);
    assert_int_equal(p.result->times.queue_us, 5000);
    assert_int_equal(p.warming, 1);
    played_finish(&p);
}

static void
a_message_that_was_not_recorded_is_answered_by_no_other_tape(void **state)
{
    (void)state;
    struct played p;
    put("other", HEAD("llama", "openai", "what was asked", "") SAY("0", "foreign") END("0"));
    play(&p, BRAIN_LLAMA, dir, "what was never asked", NULL);
    assert_int_equal(p.result->status, STATUS_FAILED);
    assert_int_equal(p.result->error.kind, ERR_NOT_FOUND);
    assert_string_equal(p.result->error.message, "No recording for this message.");
    assert_string_equal(p.text.p, "");
    played_finish(&p);
}

static void
what_is_missing_can_be_known_before_a_message_is_sent(void **state)
{
    (void)state;
    struct brain_conf conf = {.provider = PROVIDER_PLAYBACK, .cassettes = dir};
    put("one", HEAD("llama", "openai", "what was asked", "") SAY("0", "so") END("0"));
    assert_false(tape_missing(&conf, BRAIN_LLAMA, "What was asked?"));
    assert_true(tape_missing(&conf, BRAIN_CLAUDE, "what was asked"));
    assert_true(tape_missing(&conf, BRAIN_LLAMA, "what was never asked"));
    put("one", HEAD("llama", "openai", "what was asked", "") "no step\n");
    assert_false(tape_missing(&conf, BRAIN_LLAMA, "what was asked")); /* the call says why */
    conf.provider = PROVIDER_OPENAI;
    assert_false(tape_missing(&conf, BRAIN_LLAMA, "what was never asked"));
}

static void
a_recorded_thought_that_was_text_at_first_is_no_part_of_the_answer(void **state)
{
    (void)state;
    struct err err;
    struct tape_answer t;
    char file[SCRATCH_BYTES + 32];
    put("thought", HEAD("llama", "openai", "thought", "") SAY("0", "They ponder")
                       SAY("5", "\\\\n</think>\\\\nHalo") SAY("9", " Kak!") END("9"));
    snprintf(file, sizeof file, "%s/thought.cassette", dir);
    assert_true(tape_answer_read(&t, file, &err));
    assert_string_equal(t.answer.text.p, "Halo Kak!");
    assert_true(t.count > 0 && t.pieces[0].len == strlen("Halo"));
    tape_answer_finish(&t);
}

static void
a_cancelled_tape_stops_at_once(void **state)
{
    (void)state;
    put("slow", HEAD("llama", "openai", "slow", "") SAY("3600000000", "never"));
    struct cancel *c = cancel_create();
    cancel_fire(c);
    struct played p;
    play(&p, BRAIN_LLAMA, dir, "slow", c);
    assert_int_equal(p.result->status, STATUS_CANCELLED);
    played_finish(&p);
    cancel_unref(&c);
}

static void
a_missing_folder_or_brain_is_said(void **state)
{
    (void)state;
    struct played p;
    play(&p, BRAIN_LLAMA, (char *)"/nonexistent", "hai", NULL);
    assert_int_equal(p.result->error.kind, ERR_NOT_FOUND);
    assert_non_null(strstr(p.result->error.message, "/nonexistent"));
    played_finish(&p);
    struct answer_error e = {0};
    struct brain_conf conf = {.provider = PROVIDER_PLAYBACK, .cassettes = (char *)"/nonexistent"};
    assert_false(brain_probe(&conf, NULL, NULL, models, &e, NULL));
    assert_non_null(strstr(e.message, "/nonexistent"));
    free(e.message);
    struct buf names;
    buf_init(&names, 1000);
    conf.cassettes = dir;
    assert_true(brain_probe(&conf, NULL, NULL, models, &e, &names));
    buf_finish(&names);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tape_plays_at_its_own_pace_and_says_that_it_is_simulated),
        cmocka_unit_test(a_recording_played_back_gives_the_identical_text),
        cmocka_unit_test(a_recorded_error_status_fails_with_its_kind),
        cmocka_unit_test(a_recorded_failure_fails_and_keeps_the_text_before_it),
        cmocka_unit_test(a_recorded_retry_plays_through_to_the_answer),
        cmocka_unit_test(a_job_queue_tape_has_several_bodies),
        cmocka_unit_test(a_message_that_was_not_recorded_is_answered_by_no_other_tape),
        cmocka_unit_test(what_is_missing_can_be_known_before_a_message_is_sent),
        cmocka_unit_test(a_recorded_thought_that_was_text_at_first_is_no_part_of_the_answer),
        cmocka_unit_test(a_cancelled_tape_stops_at_once),
        cmocka_unit_test(a_missing_folder_or_brain_is_said),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
