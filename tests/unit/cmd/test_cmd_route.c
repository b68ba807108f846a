#include "cmd_kit.h"

static struct json *
json_of(const struct kit *k, const char *arguments)
{
    struct buf out;
    struct err err = {{0}};
    assert_int_equal(run(k, arguments, &out), EXIT_DONE);
    struct json *doc = json_parse(out.p, out.len, &err);
    if (!doc)
        print_error("%s\n", err.text);
    assert_non_null(doc);
    buf_finish(&out);
    return doc;
}

static double
number(const struct json *doc, const char *path)
{
    double v = -1;
    if (!json_num(json_at(doc, path), &v))
        fail_msg("%s is no number", path);
    return v;
}

static void
status_has_every_field_before_anything_is_stored(void **state)
{
    struct kit *k = *state;
    struct json *doc = json_of(k, "route status --json");
    assert_true(number(doc, "min_verdicts") == 50 && number(doc, "dwell_h") == 48);
    assert_true(number(doc, "gates.10") == 0.85 && number(doc, "gates.50") == 0.95);
    assert_string_equal(json_str(json_at(doc, "breakers.llama")), "closed");
    assert_true(json_is_array(json_get(doc, "history")));
    assert_int_equal(json_count(json_get(doc, "categories")), 6);
    for (const struct json *c = json_first(json_get(doc, "categories")); c; c = json_next(c)) {
        assert_true(number(c, "percent") == 0 && number(c, "effective") == 0);
        assert_true(number(c, "n") == 0);
        assert_true(json_is_null(json_get(c, "since")) && json_is_null(json_get(c, "model")));
        assert_true(json_is_null(json_at(c, "quality.score")));
        assert_string_equal(json_str(json_at(c, "quality.method")), "one_sided_mixture");
        assert_true(json_is_null(json_at(c, "win_rate.value")));
        assert_string_equal(json_get_str(c, "decision"), "hold");
        assert_true(json_is_null(json_get(c, "to")));
        assert_int_equal(json_count(json_get(c, "blocked_by")), 4);
        assert_non_null(json_get_str(c, "reason"));
    }
    json_free(doc);
    assert_int_not_equal(access(k->path, F_OK), 0);
}

static void
what_is_set_is_obeyed_and_rolled_back(void **state)
{
    struct kit *k = *state;
    struct buf out;
    assert_int_equal(run(k, "route set emotional 100", &out), EXIT_DONE);
    assert_string_equal(out.p, "emotional: 0 % -> 100 %\n");
    buf_finish(&out);
    assert_int_equal(run(k, "route set general 12.5%", &out), EXIT_DONE);
    buf_finish(&out);
    struct json *doc = json_of(k, "route explain --json -u mario 'aku sedih banget hari ini'");
    assert_string_equal(json_get_str(doc, "category"), "emotional");
    assert_string_equal(json_get_str(doc, "rule"), "emotional");
    assert_string_equal(json_get_str(doc, "brain"), "llama");
    assert_string_equal(json_get_str(doc, "mode"), "santai");
    assert_true(number(doc, "percent") == 100);
    assert_true(number(doc, "bucket") >= 0 && number(doc, "bucket") < 10000);
    assert_non_null(json_get_str(doc, "reason"));
    json_free(doc);
    doc = json_of(k, "route explain --json 'aku sedih, pengen bunuh diri'");
    assert_string_equal(json_get_str(doc, "brain"), "claude");
    assert_string_equal(json_get_str(doc, "rule"), "crisis");
    json_free(doc);
    json_free(json_of(k, "route rollback --json"));
    doc = json_of(k, "route status --json");
    assert_true(number(doc, "categories.emotional.percent") == 0);
    assert_true(number(doc, "categories.general.percent") == 0);
    const struct json *history = json_get(doc, "history");
    assert_int_equal(json_count(history), 4);
    assert_string_equal(json_get_str(json_first(history), "by"), "hand");
    assert_true(number(json_first(history), "to") == 100);
    assert_true(number(json_first(history), "ts") > 1.6e9);
    json_free(doc);
}

static void
wrong_usage_is_told_and_changes_nothing(void **state)
{
    static const char *const wrong[] = {"route",
                                        "route frobnicate",
                                        "route set",
                                        "route set emotional",
                                        "route set feelings 10",
                                        "route set emotional 101",
                                        "route set emotional 100.1",
                                        "route set emotional -- -1",
                                        "route set emotional ten",
                                        "route set emotional nan",
                                        "route set emotional 10x",
                                        "route set emotional ''",
                                        "route set emotional 1e1",
                                        "route set emotional 9999999999",
                                        "route simulate emotional",
                                        "route simulate feelings=10",
                                        "route simulate emotional=101",
                                        "route simulate emotional=",
                                        "route simulate emotional=10 emotional=20",
                                        "route explain",
                                        "route explain a b",
                                        "route status now",
                                        "route rollback emotional",
                                        "route status -u mario",
                                        "route status --xml"};
    struct kit *k = *state;
    struct buf out;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        if (run(k, wrong[i], &out) != EXIT_USAGE)
            fail_msg("%s was taken", wrong[i]);
        assert_string_equal(out.p, "");
        buf_finish(&out);
    }
    assert_int_not_equal(access(k->path, F_OK), 0);
}

static void
a_message_may_come_on_standard_input_or_begin_with_a_dash(void **state)
{
    struct kit *k = *state;
    char *arguments = xasprintf("route explain --json - <'%s/message'", k->folder);
    char *path = xasprintf("%s/message", k->folder);
    FILE *f = fopen(path, "w");
    fputs("Ciao!\n", f);
    fclose(f);
    struct json *doc = json_of(k, arguments);
    free(path);
    free(arguments);
    assert_string_equal(json_get_str(doc, "category"), "greeting");
    json_free(doc);
    doc = json_of(k, "route explain --json -- '-halo kak!'");
    assert_string_equal(json_get_str(doc, "category"), "greeting");
    json_free(doc);
}

int
main(int argc, char **argv)
{
    if (cmd_asked(argc, argv)) {
        struct globals g = {.db = argv[2]};
        return cmd_execute(&command_route, &g, argc - 3, argv + 3);
    }
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(status_has_every_field_before_anything_is_stored),
        T(what_is_set_is_obeyed_and_rolled_back),
        T(wrong_usage_is_told_and_changes_nothing),
        T(a_message_may_come_on_standard_input_or_begin_with_a_dash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
