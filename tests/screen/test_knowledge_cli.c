/* berdua knowledge from outside. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "contract.h"
#include "table.h"

static struct json *
document(const struct cli_result *r)
{
    struct json *v = json_parse(r->out.p, r->out.len, NULL);
    if (!v)
        cli_show(r);
    assert_non_null(v);
    return v;
}

static void
what_is_shipped_is_listed_and_found(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place, ARGS("knowledge", "list"), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "tri-hita-karana"));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("knowledge", "list", "--json"), NULL);
    expect_exit(&r, 0);
    struct json *v = document(&r);
    assert_true(json_count(json_get(v, "insights")) >= 40);
    json_free(v);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("knowledge", "search", "aku malu bertanya tentang visa"), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "malu (shame, shyness)"));
    assert_string_equal(r.err.p, "");
    cli_finish(&r);
    cli_run(&r, t->place,
            ARGS("knowledge", "search", "--json", "--language", "en", "--limit=1", "nyepi"), NULL);
    expect_exit(&r, 0);
    v = document(&r);
    assert_string_equal(json_get_str(v, "source"), "built-in");
    assert_int_equal(json_count(json_get(v, "insights")), 1);
    assert_string_equal(json_get_str(json_first(json_get(v, "insights")), "id"), "nyepi");
    json_free(v);
    cli_finish(&r);
}

static void
what_is_added_is_found_and_travels_as_it_was_listed(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    cli_run(&r, t->place,
            ARGS("knowledge", "add", "--id=office", "--topic", "our office", "--tags",
                 "quoll, kowari", "--languages", "en,it", "-"),
            "Ring twice.\x1b[31m\n");
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "text: holds a control character"));
    cli_finish(&r);
    cli_run(&r, t->place,
            ARGS("knowledge", "add", "--id=office", "--topic", "our office", "--tags",
                 "quoll, kowari", "--languages", "en,it", "-"),
            "Ring twice.\nThen wait.\n");
    expect_exit(&r, 0);
    assert_string_equal(r.out.p, "office\n");
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("knowledge", "search", "kowari"), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "Ring twice.\nThen wait."));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("knowledge", "list", "--json"), NULL);
    expect_exit(&r, 0);
    struct json *v = document(&r);
    struct buf lines;
    buf_init(&lines, 1 << 20);
    for (const struct json *i = json_first(json_get(v, "insights")); i; i = json_next(i)) {
        json_print(i, &lines);
        buf_append_char(&lines, '\n');
    }
    place_write(t->place, "all.jsonl", lines.p);
    char *file = place_path(t->place, "all.jsonl"), *db = place_path(t->place, "other.db");
    size_t all = json_count(json_get(v, "insights"));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("--db", db, "knowledge", "import", file), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("--db", db, "knowledge", "list", "--json"), NULL);
    struct json *other = document(&r);
    assert_int_equal(json_count(json_get(other, "insights")), all);
    cli_finish(&r);
    json_free(other);
    json_free(v);
    buf_finish(&lines);
    free(file);
    free(db);
}

static void
a_wrong_import_names_file_line_and_reason(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_write(t->place, "in.jsonl", "{\"topic\":\"t\",\"text\":\"x\"}\n{\"topic\":\"t\"}\n");
    char *file = place_path(t->place, "in.jsonl");
    char *line = xasprintf("%s:2: text: is missing\n", file);
    cli_run(&r, t->place, ARGS("knowledge", "import", file), NULL);
    expect_exit(&r, 1);
    assert_true(holds(&r.err, line));
    assert_true(holds(&r.err, "nothing was taken"));
    cli_finish(&r);
    free(line);
    free(file);
}

static void
chroma_that_is_not_there_is_said_and_the_built_in_look_up_answers(void **state)
{
    struct table *t = *state;
    struct cli_result r;
    place_write(t->place, "c.yaml", "knowledge: {chroma: {url: \"http://127.0.0.1:1\"}}\n");
    char *file = place_path(t->place, "c.yaml");
    cli_run(&r, t->place, ARGS("-c", file, "knowledge", "search", "nyepi"), NULL);
    expect_exit(&r, 0);
    assert_true(holds(&r.out, "Day of Silence"));
    assert_true(holds(&r.err, "the built-in look-up answered"));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("-c", file, "knowledge", "sync"), NULL);
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "chroma: "));
    cli_finish(&r);
    cli_run(&r, t->place, ARGS("knowledge", "sync"), NULL);
    expect_exit(&r, 1);
    assert_true(holds(&r.err, "knowledge.chroma.url"));
    cli_finish(&r);
    free(file);
}

static void
wrong_usage_is_refused(void **state)
{
    struct table *t = *state;
    static const char *const wrong[][4] = {
        {"knowledge", NULL},
        {"knowledge", "lst", NULL},
        {"knowledge", "search", NULL},
        {"knowledge", "import", NULL},
        {"knowledge", "list", "x", NULL},
        {"knowledge", "add", "text", NULL},
        {"knowledge", "search", "--limit=0", "x"},
        {"knowledge", "search", "--language=fr", "x"},
        {"knowledge", "search", "--nothing", "x"},
    };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct cli_result r;
        const char *args[5] = {wrong[i][0], wrong[i][1], wrong[i][2], wrong[i][3], NULL};
        cli_run(&r, t->place, args, NULL);
        expect_exit(&r, 2);
        assert_string_equal(r.out.p, "");
        cli_finish(&r);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(what_is_shipped_is_listed_and_found),
        AT_A_TABLE(what_is_added_is_found_and_travels_as_it_was_listed),
        AT_A_TABLE(a_wrong_import_names_file_line_and_reason),
        AT_A_TABLE(chroma_that_is_not_there_is_said_and_the_built_in_look_up_answers),
        AT_A_TABLE(wrong_usage_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
