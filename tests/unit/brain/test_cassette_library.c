#include "unit/unit.h"
#include "unit/scratch.h"

#include "berdua/base/embedded.h"
#include "berdua/base/err.h"
#include "brain/tape/cassette.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[SCRATCH_BYTES];
static int files;

static void
put(const char *brain, const char *category, const char *language, const char *message,
    const char *mark)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%03d.cassette", dir, files++);
    FILE *f = fopen(path, "w");
    fprintf(
        f,
        "{\"berdua_cassette\":1,\"brain\":\"%s\",\"provider\":\"openai\",\"model\":\"%s\","
        "\"category\":\"%s\",\"language\":\"%s\",\"message\":\"%s\"}\n{\"t_us\":1,\"end\":true}\n",
        brain, mark, category, language, message);
    fclose(f);
}

static void
put_both(const char *category, const char *language, const char *message, const char *mark)
{
    put("claude", category, language, message, mark);
    put("llama", category, language, message, mark);
}

static int
make_shelf(void **state)
{
    (void)state;
    if (scratch_make(dir) != 0)
        return -1;
    put_both("visa", "id", "Berapa lama visa kerja diproses?", "visa-id");
    put_both("visa", "en", "How long does a work visa take?", "visa-en");
    put_both("tax", "en", "When must I file my tax report?", "tax-en");
    put_both("tax", "it", "Quando devo presentare la dichiarazione?", "tax-it");
    put_both("emotional", "id", "Aku malu bertanya ke atasan", "emotional-id");
    put_both("emotional", "id", "Aku sedih sekali hari ini", "sad-id");
    put_both("greeting", "id", "\xF0\x9F\x99\x8F", "thanks");
    return 0;
}

static int
remove_shelf(void **state)
{
    (void)state;
    return scratch_remove(dir);
}

/* Both brains, whatever their seeds, pick the exchange; NULL: none. */
static void
assert_picks(const char *message, const char *mark)
{
    struct cassette_library *s = cassette_library_open(dir, NULL);
    assert_non_null(s);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        const struct cassette *c =
            cassette_library_pick(s, (enum brain_id)b, CALL_ANSWER, message, (uint64_t)b * 7);
        if (!mark) {
            assert_null(c);
            continue;
        }
        assert_int_equal(c->brain, b);
        assert_string_equal(c->model, mark);
    }
    cassette_library_close(&s);
}

static void
the_same_message_picks_its_own_cassette(void **state)
{
    (void)state;
    assert_picks("How long does a work visa take?", "visa-en");
    assert_picks("  how long DOES a work visa take ", "visa-en");
    assert_picks("\xF0\x9F\x99\x8F", "thanks");
}

static void
another_message_picks_nothing_however_near_it_is(void **state)
{
    (void)state;
    static const char *const others[] = {"Berapa lama visa kerja",
                                         "How long does a work visa take? Please.",
                                         "aku malu",
                                         "xyzzy",
                                         "",
                                         "\xF0\x9F\x99\x82",
                                         "\xFF\xE2\x80\x94?!"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_picks(others[i], NULL);
}

static void
several_tapes_of_one_message_are_chosen_by_the_seed(void **state)
{
    (void)state;
    put("llama", "visa", "en", "How long does a work visa take?", "visa-en-2");
    struct cassette_library *s = cassette_library_open(dir, NULL);
    int second = 0;
    for (uint64_t seed = 0; seed < 10; seed++) {
        const struct cassette *c = cassette_library_pick(s, BRAIN_LLAMA, CALL_ANSWER,
                                                         "How long does a work visa take?", seed);
        second += strcmp(c->model, "visa-en-2") == 0;
    }
    assert_int_equal(second, 5);
    cassette_library_close(&s);
}

static void
a_shelf_without_the_brain_picks_nothing(void **state)
{
    (void)state;
    char alone[SCRATCH_BYTES], path[256];
    assert_int_equal(scratch_make(alone), 0);
    struct cassette_library *s = cassette_library_open(alone, NULL);
    assert_int_equal(cassette_library_count(s), 0);
    assert_null(cassette_library_pick(s, BRAIN_CLAUDE, CALL_ANSWER, "x", 0));
    cassette_library_close(&s);
    snprintf(path, sizeof path, "%s/a.cassette", alone);
    FILE *f = fopen(path, "w");
    fputs("{\"berdua_cassette\":1,\"brain\":\"llama\",\"provider\":\"openai\"}\n", f);
    fclose(f);
    s = cassette_library_open(alone, NULL);
    assert_int_equal(cassette_library_count(s), 1);
    assert_null(cassette_library_pick(s, BRAIN_CLAUDE, CALL_ANSWER, "x", 0));
    assert_non_null(cassette_library_pick(s, BRAIN_LLAMA, CALL_ANSWER, "x", 0));
    cassette_library_close(&s);
    f = fopen(path, "w");
    fputs("nonsense\n", f);
    fclose(f);
    struct err err = {""};
    assert_null(cassette_library_open(alone, &err));
    assert_non_null(strstr(err.text, "a.cassette:1: "));
    scratch_remove(alone);
    assert_null(cassette_library_open(alone, &err));
}

static void
write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void
a_pipe_or_a_device_is_refused_without_waiting_for_it(void **state)
{
    (void)state;
    char alone[SCRATCH_BYTES], path[256];
    struct err err = {""};
    assert_int_equal(scratch_make(alone), 0);
    snprintf(path, sizeof path, "%s/a.cassette", alone);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_null(cassette_library_open(alone, &err));
    assert_non_null(strstr(err.text, "a.cassette: not a plain file"));
    unlink(path);
    assert_int_equal(symlink("/dev/zero", path), 0);
    assert_null(cassette_library_open(alone, &err));
    assert_non_null(strstr(err.text, "not a plain file"));
    scratch_remove(alone);
}

static void
steps_are_read_when_their_tape_is_picked(void **state)
{
    (void)state;
    static const char header[] =
        "{\"berdua_cassette\":1,\"brain\":\"llama\",\"provider\":\"openai\","
        "\"message\":\"x\"}\n";
    char alone[SCRATCH_BYTES], path[256], text[256];
    assert_int_equal(scratch_make(alone), 0);
    snprintf(path, sizeof path, "%s/a.cassette", alone);
    snprintf(text, sizeof text, "%snonsense\n", header);
    write_file(path, text);
    struct cassette_library *s = cassette_library_open(alone, NULL);
    assert_int_equal(cassette_library_count(s), 1);
    assert_null(cassette_library_pick(s, BRAIN_LLAMA, CALL_ANSWER, "x", 0));
    assert_non_null(strstr(cassette_library_why(s), "a.cassette:2: "));
    snprintf(text, sizeof text, "%s{\"t_us\":1,\"end\":true}\n", header);
    write_file(path, text);
    assert_int_equal(cassette_library_pick(s, BRAIN_LLAMA, CALL_ANSWER, "x", 0)->count, 1);
    cassette_library_close(&s);
    scratch_remove(alone);
}

static void
a_folder_may_hold_more_tapes_than_would_fit_into_memory_whole(void **state)
{
    (void)state;
    enum { TAPES = 12000 };
    char big[SCRATCH_BYTES], path[256], text[256];
    assert_int_equal(scratch_make(big), 0);
    for (int i = 0; i < TAPES; i++) {
        snprintf(path, sizeof path, "%s/%05d.cassette", big, i);
        snprintf(text, sizeof text,
                 "{\"berdua_cassette\":1,\"brain\":\"llama\",\"provider\":\"openai\","
                 "\"message\":\"question number %d\"}\n{\"t_us\":1,\"end\":true}\n",
                 i);
        write_file(path, text);
    }
    struct cassette_library *s = cassette_library_open(big, NULL);
    assert_int_equal(cassette_library_count(s), TAPES);
    const struct cassette *c =
        cassette_library_pick(s, BRAIN_LLAMA, CALL_ANSWER, "question number 11999", 0);
    assert_string_equal(c->message, "question number 11999");
    cassette_library_close(&s);
    scratch_remove(big);
}

/* Each can be read whole, says that it is simulated, and is found by its own message. */
static void
the_shipped_cassettes_are_sound(void **state)
{
    (void)state;
    struct err err = {""};
    struct cassette_library *s = cassette_library_open(NULL, &err);
    if (!s)
        fail_msg("%s", err.text);
    for (const struct embedded *f = embedded_files; f->name; f++) {
        if (!strstr(f->name, ".cassette"))
            continue;
        struct cassette *c = cassette_parse(f->name, f->data, f->size, &err);
        if (!c)
            fail_msg("%s", err.text);
        assert_true(c->simulated);
        assert_true(c->count > 0);
        for (int b = 0; b < BRAIN_COUNT; b++) {
            const struct cassette *picked =
                cassette_library_pick(s, (enum brain_id)b, CALL_ANSWER, c->message, 1);
            assert_non_null(picked);
            assert_true(picked->count > 0);
            assert_string_equal(picked->message, c->message);
        }
        cassette_destroy(&c);
    }
    cassette_library_close(&s);
}

static void
a_context_is_played_for_a_context_only(void **state)
{
    (void)state;
    static const char *const message = "Gimana cara menegur karyawan di depan tim tanpa bikin dia "
                                       "kehilangan muka?";
    struct cassette_library *s = cassette_library_open(NULL, NULL);
    for (int p = CALL_ANSWER; p <= CALL_ANALYSIS; p++) {
        const struct cassette *c =
            cassette_library_pick(s, BRAIN_LLAMA, (enum call_purpose)p, message, 3);
        assert_non_null(c);
        assert_int_equal(c->purpose, p);
    }
    assert_string_equal(cassette_library_pick(s, BRAIN_LLAMA, CALL_CONTEXT, message, 3)->message,
                        message);
    assert_null(cassette_library_pick(s, BRAIN_CLAUDE, CALL_CONTEXT, message, 3));
    assert_null(cassette_library_pick(s, BRAIN_LLAMA, CALL_WARM_UP, message, 3));
    cassette_library_close(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_context_is_played_for_a_context_only),
        cmocka_unit_test(the_same_message_picks_its_own_cassette),
        cmocka_unit_test(another_message_picks_nothing_however_near_it_is),
        cmocka_unit_test(several_tapes_of_one_message_are_chosen_by_the_seed),
        cmocka_unit_test(a_shelf_without_the_brain_picks_nothing),
        cmocka_unit_test(a_pipe_or_a_device_is_refused_without_waiting_for_it),
        cmocka_unit_test(steps_are_read_when_their_tape_is_picked),
        cmocka_unit_test(a_folder_may_hold_more_tapes_than_would_fit_into_memory_whole),
        cmocka_unit_test(the_shipped_cassettes_are_sound),
    };
    return cmocka_run_group_tests(tests, make_shelf, remove_shelf);
}
