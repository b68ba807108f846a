/* `berdua score`: what it prints, that a cue names its bytes, and that --lines keeps its order. Runs the program. */
#include "unit/unit.h"
#include "unit/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"

static char folder[SCRATCH_BYTES];

static int
make_folder(void **state)
{
    (void)state;
    return scratch_make(folder);
}

static int
remove_folder(void **state)
{
    (void)state;
    return scratch_remove(folder);
}

static const char *
program(void)
{
    const char *bin = getenv("BERDUA_BIN");
    return bin ? bin : "./berdua";
}

/* Runs it with `in` on stdin; stdout into out, stderr into folder/stderr; returns the exit code. */
static int
run(const char *arguments, const char *in, size_t n, struct buf *out)
{
    struct err err;
    char chunk[4096], *file = xasprintf("%s/in", folder);
    size_t got;
    assert_true(path_write_atomic(file, in, n, &err));
    char *line = xasprintf("XDG_CONFIG_HOME='%s' '%s' score %s <'%s' 2>'%s/stderr'", folder,
                           program(), arguments, file, folder);
    FILE *p = popen(line, "r");
    assert_non_null(p);
    buf_init(out, 256 << 20);
    while ((got = fread(chunk, 1, sizeof chunk, p)) > 0)
        buf_append(out, chunk, got);
    int status = pclose(p);
    free(line);
    free(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static struct json *
run_json(const char *arguments, const char *in)
{
    struct buf out;
    struct err err;
    assert_int_equal(run(arguments, in, strlen(in), &out), 0);
    struct json *doc = json_parse(out.p, out.len, &err);
    assert_non_null(doc);
    buf_finish(&out);
    return doc;
}

static void
every_promised_field_is_there(void **state)
{
    static const char *const fields[] = {
        "language",
        "language_confidence",
        "warmth.score",
        "warmth.polite",
        "warmth.empathic",
        "warmth.affectionate",
        "warmth.considerate",
        "warmth.weights.polite",
        "warmth.weights.empathic",
        "warmth.weights.affectionate",
        "warmth.weights.considerate",
        "cultural.score",
        "cultural.language_match",
        "cultural.register",
        "cultural.face_saving",
        "cultural.grounding",
        "cultural.locale",
        "cues",
        "rules",
    };
    (void)state;
    struct json *doc = run_json("--json --prompt 'aku malu bertanya soal visa'",
                                "Jangan sungkan ya Kak, kita cari jalannya bareng.");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        assert_non_null(json_at(doc, fields[i]));
    json_free(doc);
}

static void
a_cue_is_the_bytes_between_its_offsets(void **state)
{
    static const char text[] =
        "Perché no? È normale… non ti preoccupare, “ci penso io” 😊 Terima kasih ya!";
    (void)state;
    struct json *doc = run_json("--json", text);
    size_t seen = 0;
    for (const struct json *c = json_first(json_get(doc, "cues")); c; c = json_next(c), seen++) {
        int64_t start, end;
        const char *words = json_get_str(c, "text");
        assert_true(json_get_int(c, "start", &start) && json_get_int(c, "end", &end));
        assert_true(start >= 0 && start < end && (size_t)end <= strlen(text));
        assert_int_equal(strlen(words), end - start);
        assert_memory_equal(words, text + start, strlen(words));
    }
    assert_true(seen > 2);
    json_free(doc);
}

static void
lines_are_answered_in_order_and_blank_text_too(void **state)
{
    static const char in[] =
        "{\"text\":\"Terima kasih banyak ya Kak.\"}\n"
        "{\"text\":\"\"}\n"
        "{\"text\":\"Yes, I can help you with that.\",\"prompt\":\"Can you help me?\"}\n"
        "not json\n"
        "{\"prompt\":\"only that\"}";
    struct buf out;
    struct err err;
    (void)state;
    assert_int_equal(run("--json --lines", in, strlen(in), &out), 1); /* one line was wrong */
    char *p = out.p;
    struct json *v[5];
    for (int i = 0; i < 5; i++) {
        size_t n = strcspn(p, "\n");
        v[i] = json_parse(p, n, &err);
        assert_non_null(v[i]);
        p += n + 1;
    }
    assert_int_equal(*p, 0);
    assert_string_equal(json_get_str(v[0], "language"), "id");
    assert_true(json_is_null(json_at(v[1], "warmth.score")));
    assert_true(json_is_null(json_at(v[1], "cultural.score")));
    assert_string_equal(json_get_str(v[2], "language"), "en");
    assert_non_null(json_get(v[3], "error"));
    assert_true(json_is_null(json_at(v[4], "warmth.score")));
    for (int i = 0; i < 5; i++)
        json_free(v[i]);
    buf_finish(&out);
}

static void
a_line_and_the_whole_text_get_the_same_numbers(void **state)
{
    (void)state;
    struct json *a =
        run_json("--json --prompt 'Halo'", "Halo Kak, tidak apa-apa kok. Kita coba lagi besok ya!");
    struct json *b = run_json(
        "--lines",
        "{\"prompt\":\"Halo\",\"text\":\"Halo Kak, tidak apa-apa kok. Kita coba lagi besok ya!\"}");
    static const char *const fields[] = {"warmth.score", "cultural.score", "warmth.polite"};
    for (size_t i = 0; i < 3; i++) {
        double x, y;
        assert_true(json_num(json_at(a, fields[i]), &x) && json_num(json_at(b, fields[i]), &y));
        assert_true(x == y);
    }
    json_free(a);
    json_free(b);
}

static void
a_line_of_four_megabytes_is_scored(void **state)
{
    struct buf in, out;
    struct err err;
    (void)state;
    buf_init(&in, 8 << 20);
    buf_append_str(&in, "{\"text\":\"");
    while (in.len < 4 << 20)
        buf_append_str(&in, "Terima kasih sudah menunggu ya Kak, dokumen dikirim besok. ");
    buf_append_str(&in, "\"}\n");
    assert_int_equal(run("--json --lines", in.p, in.len, &out), 0);
    struct json *doc = json_parse(out.p, out.len, &err);
    assert_non_null(json_at(doc, "warmth.score"));
    json_free(doc);
    buf_finish(&in);
    buf_finish(&out);
}

static void
control_bytes_in_the_text_do_no_harm(void **state)
{
    static const char in[] = "\x1b]52;c;aGk=\a terima kasih \xc2\x9b";
    struct buf out;
    struct err err;
    (void)state;
    assert_int_equal(run("--json", in, sizeof in - 1, &out), 0);
    struct json *doc = json_parse(out.p, out.len, &err);
    assert_non_null(doc);
    json_free(doc);
    buf_finish(&out);
    assert_int_equal(run("", in, sizeof in - 1, &out), 0);
    assert_null(strchr(out.p, '\x1b'));
    buf_finish(&out);
}

static void
bytes_that_are_no_text_are_refused(void **state)
{
    static const char in[] = "\xff\xfe\0\x1b]52;c;aGk=\a terima kasih \xe2\x82";
    struct buf out;
    (void)state;
    assert_int_equal(run("--json", in, sizeof in - 1, &out), 1);
    assert_int_equal(out.len, 0);
    buf_finish(&out);
}

static void
a_users_own_words_count_and_a_wrong_line_is_a_configuration_error(void **state)
{
    struct err err;
    struct buf out;
    (void)state;
    struct json *before = run_json("--json", "Sampun puput, Kak.");
    char *file = xasprintf("%s/berdua/lexicon/id.lex", folder);
    assert_true(path_make_parent(file, &err));
    static const char own[] = "[warmth]\nreassurance 1.3 sampun puput\n";
    assert_true(path_write_atomic(file, own, strlen(own), &err));
    struct json *after = run_json("--json", "Sampun puput, Kak.");
    double x, y;
    assert_true(json_num(json_at(before, "warmth.score"), &x) &&
                json_num(json_at(after, "warmth.score"), &y));
    assert_true(y > x);
    assert_string_not_equal(json_get_str(before, "rules"), json_get_str(after, "rules"));
    json_free(before);
    json_free(after);
    static const char wrong[] = "[warmth]\nreasurance 1.3 sampun puput\n";
    assert_true(path_write_atomic(file, wrong, strlen(wrong), &err));
    assert_int_equal(run("--json", "x", 1, &out), 3);
    buf_finish(&out);
    unlink(file);
    free(file);
}

static void
an_unknown_option_is_a_usage_error(void **state)
{
    struct buf out;
    (void)state;
    assert_int_equal(run("--jsn", "x", 1, &out), 2);
    buf_finish(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_promised_field_is_there),
        cmocka_unit_test(a_cue_is_the_bytes_between_its_offsets),
        cmocka_unit_test(lines_are_answered_in_order_and_blank_text_too),
        cmocka_unit_test(a_line_and_the_whole_text_get_the_same_numbers),
        cmocka_unit_test(a_line_of_four_megabytes_is_scored),
        cmocka_unit_test(control_bytes_in_the_text_do_no_harm),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(a_users_own_words_count_and_a_wrong_line_is_a_configuration_error),
        cmocka_unit_test(an_unknown_option_is_a_usage_error),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
