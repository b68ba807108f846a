/* `berdua classify`: what it prints, and that --lines keeps its order. Runs the program. */
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

/* Runs it with `in` on stdin; stdout into out, stderr into folder/stderr; returns the exit code. */
static int
run(const char *arguments, const char *in, struct buf *out)
{
    struct err err;
    const char *bin = getenv("BERDUA_BIN");
    char chunk[4096], *file = xasprintf("%s/in", folder);
    size_t got;
    assert_true(path_write_atomic(file, in, strlen(in), &err));
    char *line = xasprintf("XDG_CONFIG_HOME='%s' '%s' classify %s <'%s' 2>'%s/stderr'", folder,
                           bin ? bin : "./berdua", arguments, file, folder);
    FILE *p = popen(line, "r");
    assert_non_null(p);
    buf_init(out, 64 << 20);
    while ((got = fread(chunk, 1, sizeof chunk, p)) > 0)
        buf_append(out, chunk, got);
    int status = pclose(p);
    free(line);
    free(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static struct json *
parse(const char *p, size_t n)
{
    struct err err;
    struct json *v = json_parse(p, n, &err);
    assert_non_null(v);
    return v;
}

static void
every_promised_field_is_there_for_a_blank_text_too(void **state)
{
    (void)state;
    static const char *const texts[] = {"aku malu bertanya tentang visa", "", " \n"};
    static const char *const categories[] = {"greeting",        "emotional",        "cultural",
                                             "business_simple", "business_complex", "general"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct buf out;
        assert_int_equal(run("--json", texts[i], &out), 0);
        struct json *v = parse(out.p, out.len);
        double told = -1, most = -1, weight;
        assert_non_null(json_get_str(v, "language"));
        assert_true(json_get_num(v, "language_confidence", &weight));
        assert_non_null(json_get_str(v, "rules"));
        const struct json *weights = json_get(v, "categories");
        assert_int_equal(json_count(weights), ARRAY_LEN(categories));
        for (size_t c = 0; c < ARRAY_LEN(categories); c++) {
            assert_true(json_get_num(weights, categories[c], &weight));
            assert_true(weight >= 0 && weight <= 1);
            most = weight > most ? weight : most;
            if (strcmp(json_get_str(v, "category"), categories[c]) == 0)
                told = weight;
        }
        assert_true(told == most);
        json_free(v);
        buf_finish(&out);
    }
}

static void
the_message_before_is_an_option_or_a_field(void **state)
{
    (void)state;
    struct buf out;
    assert_int_equal(run("--json --prev 'berapa biaya kitas investor?'", "lalu?", &out), 0);
    struct json *v = parse(out.p, out.len);
    assert_string_equal(json_get_str(v, "category"), "business_simple");
    json_free(v);
    buf_finish(&out);
    assert_int_equal(
        run("--json --lines", "{\"text\":\"e poi?\",\"prev\":\"sono triste e piango\"}\n", &out),
        0);
    v = parse(out.p, out.len);
    assert_string_equal(json_get_str(v, "category"), "emotional");
    json_free(v);
    buf_finish(&out);
}

static void
lines_keep_their_order_past_a_broken_one(void **state)
{
    (void)state;
    struct buf out;
    assert_int_equal(
        run("--lines --json",
            "{\"text\":\"Ciao!\"}\n[1]\n{\"text\":\"\"}\n{\"text\":\"how much is a KITAS?\"}",
            &out),
        1);
    static const char *const wanted[] = {"greeting", NULL, "general", "business_simple"};
    const char *p = out.p;
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
        size_t n = strcspn(p, "\n");
        struct json *v = parse(p, n);
        const char *category = json_get_str(v, "category");
        if (wanted[i])
            assert_string_equal(category, wanted[i]);
        else
            assert_non_null(json_get(v, "error"));
        json_free(v);
        p += n + 1;
    }
    assert_int_equal(*p, 0);
    buf_finish(&out);
}

static void
a_users_lexicon_adds_words_and_a_broken_one_is_named(void **state)
{
    (void)state;
    struct err err;
    struct buf out;
    char *file = xasprintf("%s/berdua/lexicon/id.lex", folder);
    const char *mine = "[message]\nemotional 3 zonkbanget\n",
               *wrong = "[message]\nemotinal 3 zonk\n";
    assert_true(path_make_parent(file, &err));
    assert_true(path_write_atomic(file, mine, strlen(mine), &err));
    assert_int_equal(run("--json", "aku zonkbanget", &out), 0);
    struct json *v = parse(out.p, out.len);
    assert_string_equal(json_get_str(v, "category"), "emotional");
    assert_non_null(strchr(json_get_str(v, "rules"), '+'));
    json_free(v);
    buf_finish(&out);
    assert_true(path_write_atomic(file, wrong, strlen(wrong), &err));
    assert_int_equal(run("--json", "aku zonk", &out), 3);
    buf_finish(&out);
    char *errors = xasprintf("%s/stderr", folder);
    buf_init(&out, 4096);
    assert_true(path_read(errors, &out, &err));
    assert_non_null(strstr(out.p, "id.lex:2:1: "));
    buf_finish(&out);
    assert_int_equal(unlink(file), 0);
    free(errors);
    free(file);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_promised_field_is_there_for_a_blank_text_too),
        cmocka_unit_test(the_message_before_is_an_option_or_a_field),
        cmocka_unit_test(lines_keep_their_order_past_a_broken_one),
        cmocka_unit_test(a_users_lexicon_adds_words_and_a_broken_one_is_named),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
