#include "cmd_kit.h"

static void
make_session(const struct kit *k, char id[27])
{
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("aku \x1b]0;owned\a malu\nbertanya");
    kit_answer(t, BRAIN_CLAUDE, "Tidak apa-apa!");
    t->answers[BRAIN_LLAMA].status = STATUS_FAILED;
    t->answers[BRAIN_LLAMA].error.kind = ERR_AUTH;
    t->answers[BRAIN_LLAMA].error.message = xstrdup("wrong key");
    struct verdict v = {.kind = VERDICT_CLAUDE, .note = (char[]){"lebih hangat"}};
    writer_put_session(s, c, 0);
    writer_put_turn(s, c->id, t, 0);
    assert_true(box_stored(&b, writer_put_verdict(s, c->id, t->id, &v, "mario", 0)));
    memcpy(id, c->id, 27);
    turn_destroy(&t);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
}

static void
without_a_database_there_are_no_sessions_and_none_is_made(void **state)
{
    struct kit *k = *state;
    struct buf out;
    assert_int_equal(run(k, "sessions list", &out), EXIT_DONE);
    assert_string_equal(out.p, "");
    buf_finish(&out);
    assert_int_equal(run(k, "sessions list --json", &out), EXIT_DONE);
    struct json *doc = json_parse(out.p, out.len, NULL);
    assert_true(json_is_array(json_get(doc, "sessions")));
    assert_int_equal(json_count(json_get(doc, "sessions")), 0);
    json_free(doc);
    buf_finish(&out);
    assert_int_equal(run(k, "sessions show 01ABCDEF", &out), EXIT_FAILED);
    buf_finish(&out);
    assert_int_not_equal(access(k->path, F_OK), 0);
}

static void
a_session_is_listed_in_one_line_and_shown_whole(void **state)
{
    struct kit *k = *state;
    struct buf out;
    char id[27], arguments[64];
    make_session(k, id);
    assert_int_equal(run(k, "sessions list", &out), EXIT_DONE);
    assert_non_null(strstr(out.p, id));
    assert_non_null(strstr(out.p, "mario"));
    assert_null(strchr(out.p, '\x1b'));
    assert_ptr_equal(strchr(out.p, '\n'), out.p + out.len - 1);
    buf_finish(&out);
    snprintf(arguments, sizeof arguments, "sessions show %.12s", id);
    assert_int_equal(run(k, arguments, &out), EXIT_DONE);
    assert_non_null(strstr(out.p, "Tidak apa-apa!"));
    assert_non_null(strstr(out.p, "auth: wrong key"));
    assert_non_null(strstr(out.p, "verdict: claude"));
    assert_non_null(strstr(out.p, "lebih hangat"));
    buf_finish(&out);
}

static void
json_holds_the_turns_as_ask_gives_them(void **state)
{
    struct kit *k = *state;
    struct buf out;
    char id[27], arguments[64];
    make_session(k, id);
    assert_int_equal(run(k, "sessions list --json", &out), EXIT_DONE);
    struct json *doc = json_parse(out.p, out.len, NULL);
    const struct json *row = json_first(json_get(doc, "sessions"));
    int64_t n = 0;
    assert_string_equal(json_get_str(row, "session"), id);
    assert_true(json_get_int(row, "turns", &n) && n == 1);
    assert_true(json_get_int(row, "verdicts", &n) && n == 1);
    json_free(doc);
    buf_finish(&out);
    snprintf(arguments, sizeof arguments, "sessions show --json %s", id);
    assert_int_equal(run(k, arguments, &out), EXIT_DONE);
    doc = json_parse(out.p, out.len, NULL);
    const struct json *turn = json_first(json_get(doc, "turns"));
    assert_string_equal(json_get_str(turn, "message"), "aku \x1b]0;owned\a malu\nbertanya");
    assert_string_equal(json_get_str(turn, "served"), "claude");
    assert_int_equal(json_count(json_get(turn, "answers")), 2);
    assert_string_equal(json_get_str(json_first(json_get(turn, "answers")), "text"),
                        "Tidak apa-apa!");
    json_free(doc);
    buf_finish(&out);
}

static bool
holds(const struct kit *k, const char *arguments, const char *part)
{
    struct buf out;
    assert_int_equal(run(k, arguments, &out), EXIT_DONE);
    bool found = strstr(out.p, part) != NULL;
    buf_finish(&out);
    return found;
}

static void
what_was_said_is_found_by_all_its_words_whatever_they_hold(void **state)
{
    struct kit *k = *state;
    char id[27];
    make_session(k, id);
    assert_true(holds(k, "sessions search 'APÁ tidak'", "claude: Tidak apa-apa!"));
    assert_true(holds(k, "sessions search 'bert'", "message: aku"));
    assert_true(holds(k, "sessions search --json malu", "\"said_by\":\"message\""));
    static const char *const nothing[] = {"'tidak malu'",  "'malu OR tidak'", "'apa*x'",
                                          "'\"NEAR(malu'", "'!!!'",           "''",
                                          "'text:malu'"};
    for (size_t i = 0; i < ARRAY_LEN(nothing); i++) {
        char arguments[64];
        snprintf(arguments, sizeof arguments, "sessions search %s", nothing[i]);
        assert_false(holds(k, arguments, id));
    }
}

static void
a_session_can_be_named_pinned_and_removed(void **state)
{
    struct kit *k = *state;
    struct buf out;
    char first[27], second[27], arguments[96];
    make_session(k, first);
    make_session(k, second);
    snprintf(arguments, sizeof arguments, "sessions rename %s 'Visa \x1b[2J'", first);
    assert_false(holds(k, arguments, "visa"));
    assert_true(holds(k, "sessions list", "Visa"));
    snprintf(arguments, sizeof arguments, "sessions pin %s", first);
    assert_false(holds(k, arguments, "x"));
    assert_int_equal(run(k, "sessions list", &out), EXIT_DONE);
    assert_memory_equal(out.p, first, strlen(first));
    buf_finish(&out);
    snprintf(arguments, sizeof arguments, "sessions pin --off %s", first);
    assert_false(holds(k, arguments, "x"));
    assert_int_equal(run(k, "sessions list", &out), EXIT_DONE);
    assert_memory_equal(out.p, second, strlen(second));
    buf_finish(&out);
    snprintf(arguments, sizeof arguments, "sessions rm --json %s", first);
    assert_true(holds(k, arguments, "\"removed\":true,\"turns\":1,\"verdicts\":1"));
    assert_false(holds(k, "sessions list", first));
    assert_false(holds(k, "sessions search malu", first));
    assert_true(holds(k, "sessions search malu", second));
    assert_int_equal(run(k, arguments, &out), EXIT_FAILED);
    buf_finish(&out);
}

static void
wrong_usage_and_a_refused_file_have_their_exit_codes(void **state)
{
    struct kit *k = *state;
    struct buf out;
    static const char *const wrong[] = {"sessions",
                                        "sessions frobnicate",
                                        "sessions show",
                                        "sessions list more",
                                        "sessions list --xml",
                                        "sessions show a b",
                                        "sessions search",
                                        "sessions rename a",
                                        "sessions rm",
                                        "sessions search a --limit 0"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        assert_int_equal(run(k, wrong[i], &out), EXIT_USAGE);
        buf_finish(&out);
    }
    snprintf(k->path, sizeof k->path, "%s/letter", k->folder);
    FILE *f = fopen(k->path, "w");
    fputs("dear aunt", f);
    fclose(f);
    assert_int_equal(run(k, "sessions list", &out), EXIT_FAILED);
    assert_string_equal(out.p, "");
    buf_finish(&out);
}

int
main(int argc, char **argv)
{
    if (cmd_asked(argc, argv)) {
        struct globals g = {.db = argv[2]};
        return cmd_execute(&command_sessions, &g, argc - 3, argv + 3);
    }
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(without_a_database_there_are_no_sessions_and_none_is_made),
        T(a_session_is_listed_in_one_line_and_shown_whole),
        T(json_holds_the_turns_as_ask_gives_them),
        T(what_was_said_is_found_by_all_its_words_whatever_they_hold),
        T(a_session_can_be_named_pinned_and_removed),
        T(wrong_usage_and_a_refused_file_have_their_exit_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
