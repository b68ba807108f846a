#include "unit/unit.h"
#include "unit/scratch.h"

#include "decoding.h"

#include "berdua/base/err.h"
#include "brain/tape/cassette.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD                                                                                       \
    "{\"berdua_cassette\":1,\"brain\":\"llama\",\"provider\":\"openai\",\"model\":\"z\","          \
    "\"category\":\"visa\",\"language\":\"id\",\"message\":\"hai\",\"simulated\":true}\n"

static void
a_cassette_gives_its_steps_in_order(void **state)
{
    (void)state;
    static const char tape[] =
        HEAD "{\"t_us\":5,\"connected\":true}\n\n"
             "{\"t_us\":7,\"status\":200,\"later\":1}\r\n"
             "{\"t_us\":7,\"bytes\":\"data: \\u001bx\\n\"}\n"
             "{\"t_us\":8,\"base64\":\"AP/CqQ==\"}\n"
             "{\"t_us\":9,\"end\":true}\n{\"t_us\":9,\"fail\":\"stream_cut\"}\n";
    struct err err = {""};
    struct cassette *c = cassette_parse("t", tape, strlen(tape), &err);
    assert_non_null(c);
    assert_int_equal(c->brain, BRAIN_LLAMA);
    assert_int_equal(c->provider, PROVIDER_OPENAI);
    assert_string_equal(c->model, "z");
    assert_string_equal(c->category, "visa");
    assert_string_equal(c->language, "id");
    assert_string_equal(c->message, "hai");
    assert_true(c->simulated);
    assert_int_equal(c->count, 6);
    static const enum cassette_kind kinds[] = {TAPE_CONNECTED, TAPE_STATUS, TAPE_BYTES,
                                               TAPE_BYTES,     TAPE_END,    TAPE_FAIL};
    for (size_t i = 0; i < c->count; i++)
        assert_int_equal(c->steps[i].kind, kinds[i]);
    assert_int_equal(c->steps[1].status, 200);
    assert_string_equal(c->steps[2].bytes, "data: \x1bx\n");
    assert_int_equal(c->steps[3].len, 4);
    assert_memory_equal(c->steps[3].bytes, "\0\xFF\xC2\xA9", 4);
    assert_string_equal(c->steps[5].bytes, "stream_cut");
    cassette_destroy(&c);
    assert_null(c);
}

static void
a_broken_line_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *tape, *reason;
    } table[] = {
        {"", "t:1: empty"},
        {"hello\n", "t:1: byte 0"},
        {"{}\n", "t:1: not a cassette"},
        {"{\"berdua_cassette\":2}\n", "t:1: berdua_cassette: version 2"},
        {"{\"berdua_cassette\":1,\"brain\":\"x\",\"provider\":\"openai\"}\n", "t:1: brain"},
        {"{\"berdua_cassette\":1,\"brain\":\"llama\",\"provider\":\"playback\"}\n",
         "t:1: provider"},
        {HEAD "{\"t_us\":1,\"status\":99}\n", "t:2: status"},
        {HEAD "{\"connected\":true}\n", "t:2: t_us"},
        {HEAD "{\"t_us\":5,\"end\":true}\n\n{\"t_us\":4,\"end\":true}\n", "t:4: t_us: 4 is before"},
        {HEAD "{\"t_us\":-1,\"end\":true}\n", "t:2: t_us"},
        {HEAD "{\"t_us\":9e17,\"end\":true}\n", "t:2: t_us: more than a day"},
        {HEAD "{\"t_us\":5}\n", "t:2: no connected"},
        {HEAD "{\"t_us\":5,\"fail\":\"tired\"}\n", "t:2: fail: \"tired\""},
        {HEAD "{\"t_us\":5,\"base64\":\"?\"}\n", "t:2: base64"},
        {HEAD "{\"t_us\":5,\n", "t:2: byte"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct err err = {""};
        assert_null(cassette_parse("t", table[i].tape, strlen(table[i].tape), &err));
        if (strncmp(err.text, table[i].reason, strlen(table[i].reason)) != 0)
            fail_msg("%s", err.text);
    }
}

static void
a_line_that_a_crash_cut_is_left_out(void **state)
{
    (void)state;
    static const char tape[] = HEAD "{\"t_us\":7,\"bytes\":\"a\"}\n{\"t_us\":8,\"byt";
    struct cassette *c = cassette_parse("t", tape, strlen(tape), NULL);
    assert_non_null(c);
    assert_int_equal(c->count, 1);
    cassette_destroy(&c);
}

/* ---- recording ---- */

static char dir[SCRATCH_BYTES];

static int
make_dir(void **state)
{
    (void)state;
    return scratch_make(dir);
}

/* The only file of the folder; removed. */
static void
take_file(struct buf *out, char *name_out, size_t size)
{
    char path[512] = "";
    DIR *d = opendir(dir);
    for (struct dirent *e; (e = readdir(d));)
        if (e->d_name[0] != '.') {
            assert_string_equal(path, "");
            snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
            snprintf(name_out, size, "%s", e->d_name);
        }
    closedir(d);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    buf_init(out, 64 << 20);
    FILE *f = fopen(path, "rb");
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_append(out, block, n);
    fclose(f);
    unlink(path);
}

static int
remove_dir(void **state)
{
    (void)state;
    return rmdir(dir);
}

static struct recorder *
open_recorder(const char *key)
{
    static const char body[] = "{\"model\":\"z\",\"echo\":\"sk-secret-0123456789-abcdef\"}";
    struct err err = {""};
    struct recorder *r = recorder_open(&(struct recording){.dir = dir,
                                                           .brain = BRAIN_LLAMA,
                                                           .provider = "openai",
                                                           .model = "z",
                                                           .message = "hai \"kak\""},
                                       body, strlen(body), key, &err);
    assert_non_null(r);
    return r;
}

static void
step_bytes(struct recorder *r, int64_t t_us, const char *p, size_t n)
{
    struct cassette_step s = {t_us, TAPE_BYTES, 0, (char *)p, n};
    assert_true(recorder_step(r, &s, NULL));
}

static void
a_recording_played_back_gives_the_same_answer(void **state)
{
    (void)state;
    static const char *const files[] = {"captures/oai_ctrl.sse", "captures/oai_killed.sse",
                                        "captures/anth_think.sse", "captures/oai_nonstream.json"};
    for (size_t f = 0; f < sizeof files / sizeof files[0]; f++) {
        enum provider p = strstr(files[f], "anth") ? PROVIDER_ANTHROPIC : PROVIDER_OPENAI;
        struct buf body, tape;
        char name[256];
        struct rng rng = {f + 1};
        read_data(files[f], &body);
        struct recorder *r = recorder_open(
            &(struct recording){.dir = dir,
                                .brain = BRAIN_LLAMA,
                                .provider = p == PROVIDER_OPENAI ? "openai" : "anthropic",
                                .model = "z",
                                .message = "m"},
            NULL, 0, "sk-secret-0123456789", NULL);
        assert_true(recorder_step(r, &(struct cassette_step){3, TAPE_CONNECTED, 0, NULL, 0}, NULL));
        assert_true(recorder_step(r, &(struct cassette_step){4, TAPE_STATUS, 200, NULL, 0}, NULL));
        for (size_t i = 0, n; i < body.len; i += n) {
            n = 1 + rng_below(&rng, 60);
            n = n < body.len - i ? n : body.len - i;
            step_bytes(r, (int64_t)i + 5, body.p + i, n);
        }
        assert_true(recorder_step(r, &(struct cassette_step){1000000, TAPE_END, 0, NULL, 0}, NULL));
        recorder_close(&r, NULL);
        take_file(&tape, name, sizeof name);
        struct err err = {""};
        struct cassette *c = cassette_parse(name, tape.p, tape.len, &err);
        if (!c)
            fail_msg("%s", err.text);
        const char *const bodies[] = {body.p, NULL};
        struct heard want, got;
        hear_bodies(&want, p, bodies, &body.len);
        heard_init(&got, c->provider);
        for (size_t i = 0; i < c->count; i++)
            if (c->steps[i].kind == TAPE_BYTES)
                decoder_feed(got.d, c->steps[i].bytes, c->steps[i].len);
        heard_end(&got);
        assert_same_answer(&want, &got);
        heard_finish(&want);
        heard_finish(&got);
        cassette_destroy(&c);
        buf_finish(&tape);
        buf_finish(&body);
    }
}

static void
the_key_and_its_parts_are_in_no_recording_however_they_are_cut(void **state)
{
    (void)state;
    static const char key[] = "sk-secret-0123456789-abcdef";
    static const char said[] = "bad key sk-secret-0123456789-abcdef, or sk-secret-012… sk-other "
                               "c2stc2VjcmV0LTAxMjM0NTY3ODktYWJjZGVm and SK SECRET 0123456789 ABC";
    for (size_t chunk = 1; chunk < 40; chunk++) {
        struct buf tape;
        char name[256];
        struct recorder *r = open_recorder(key);
        for (size_t i = 0; i < sizeof said - 1; i += chunk)
            step_bytes(r, 1, said + i, chunk < sizeof said - 1 - i ? chunk : sizeof said - 1 - i);
        assert_true(recorder_step(r, &(struct cassette_step){2, TAPE_END, 0, NULL, 0}, NULL));
        recorder_close(&r, NULL);
        take_file(&tape, name, sizeof name);
        struct cassette *c = cassette_parse(name, tape.p, tape.len, NULL);
        assert_non_null(c);
        struct buf all;
        buf_init(&all, 10000);
        for (size_t i = 0; i < c->count; i++)
            buf_append(&all, c->steps[i].bytes, c->steps[i].len);
        assert_null(strstr(tape.p, "0123456789"));
        assert_null(strstr(all.p, "0123456789"));
        assert_null(strstr(all.p, "secret-012"));
        assert_null(strstr(all.p, "9-abcdef"));
        assert_null(strstr(all.p, "MTIzNDU2"));
        assert_non_null(strstr(all.p, "bad key "));
        assert_non_null(strstr(all.p, "other"));
        buf_finish(&all);
        buf_finish(&tape);
        cassette_destroy(&c);
    }
}

static void
a_crash_leaves_a_cassette_that_plays(void **state)
{
    (void)state;
    struct buf tape;
    char name[256];
    struct recorder *r = open_recorder(NULL);
    step_bytes(r, 1, "data: x\n\n", 9);
    step_bytes(r, 2, "\xE2\x82", 2);     /* half a character */
    take_file(&tape, name, sizeof name); /* before it is closed */
    struct cassette *c = cassette_parse(name, tape.p, tape.len, NULL);
    assert_non_null(c);
    assert_int_equal(c->count, 2);
    assert_memory_equal(c->steps[1].bytes, "\xE2\x82", 2);
    assert_string_equal(c->message, "hai \"kak\"");
    cassette_destroy(&c);
    buf_finish(&tape);
    recorder_close(&r, NULL);
    recorder_close(&r, NULL);
}

static void
the_name_tells_time_and_brain(void **state)
{
    (void)state;
    struct buf tape;
    char name[256];
    struct recorder *r = open_recorder("");
    recorder_close(&r, NULL);
    take_file(&tape, name, sizeof name);
    buf_finish(&tape);
    int y, mo, d, h, mi, s, n = 0;
    assert_int_equal(sscanf(name, "%4d-%2d-%2dT%2d-%2d-%2d-llama-%n", &y, &mo, &d, &h, &mi, &s, &n),
                     6);
    assert_int_equal(strlen(name + n), 26 + strlen(".cassette"));
}

static void
a_folder_that_cannot_be_made_is_an_error(void **state)
{
    (void)state;
    struct err err = {""};
    assert_null(recorder_open(&(struct recording){.dir = "/dev/null/x",
                                                  .brain = BRAIN_CLAUDE,
                                                  .provider = "openai",
                                                  .model = NULL,
                                                  .message = NULL},
                              NULL, 0, NULL, &err));
    assert_true(err.text[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cassette_gives_its_steps_in_order),
        cmocka_unit_test(a_broken_line_is_named),
        cmocka_unit_test(a_line_that_a_crash_cut_is_left_out),
        cmocka_unit_test(a_recording_played_back_gives_the_same_answer),
        cmocka_unit_test(the_key_and_its_parts_are_in_no_recording_however_they_are_cut),
        cmocka_unit_test(a_crash_leaves_a_cassette_that_plays),
        cmocka_unit_test(the_name_tells_time_and_brain),
        cmocka_unit_test(a_folder_that_cannot_be_made_is_an_error),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
