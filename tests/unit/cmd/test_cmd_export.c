/* Verdicts that leave in the native form and come in by merge: what is merged is exported again as it came. */
#include "unit/unit.h"
#include "merge_kit.h"

#include "berdua/base/random.h"
#include "store/sqlite/db.h"

/* Another database from here on. */
static void
switch_to(struct kit *k, const char *name)
{
    snprintf(k->path, sizeof k->path, "%s/%s.db", k->folder, name);
}

static void
export_all(const struct kit *k, struct buf *out)
{
    assert_int_equal(run(k, "export --format native --include errored,undone,leak", out),
                     EXIT_DONE);
}

static void
add_many(struct buf *out)
{
    static const char *const more[] = {
        "",
        "\"flags\":[\"errored\"],",
        "\"pair\":\"a pair with a name of its own \\u00e9\",\"blind\":true,",
        "\"acceptable\":{\"claude\":true,\"llama\":false},\"asked\":0.5,\"decision_ms\":4000,",
        "\"identity_guess\":{\"guess\":\"1\",\"right\":false},\"reasons\":[\"warmer\"],",
        "\"drawn_by\":\"active\",\"propensity\":0.125,\"note\":\"baris\\nbaru\",",
        "\"flags\":[\"cold\",\"leak\"],\"strength\":\"clear\",",
        "\"mode\":\"judge\",\"judge\":{\"model\":\"m\",\"consistent\":true},",
    };
    for (int i = 0; i < 24; i++) {
        char id[80], session[96];
        snprintf(id, sizeof id, "record %d %s", i,
                 i % 3 ? "" : "with an id of many characters, of forty");
        snprintf(session, sizeof session,
                 i % 5 ? "s%d" : "a session whose id is longer than ours, %d", i / 3);
        add_record(out, id, session, i % 3 + 1, 1.7e9 + i * 60 + .5, more[i % ARRAY_LEN(more)]);
    }
}

static void
what_is_merged_is_exported_the_same_again(void **state)
{
    struct kit *k = *state;
    struct buf records, first, second, third;
    buf_init(&records, 1 << 20);
    add_many(&records);
    merge(k, records.p, "24 verdicts added");
    merge(k, records.p, "0 verdicts added, 24 known");
    export_all(k, &first);
    switch_to(k, "second");
    merge(k, first.p, "24 verdicts added");
    export_all(k, &second);
    assert_string_equal(second.p, first.p);
    switch_to(k, "third");
    struct buf out;
    assert_int_equal(run_on(k, "sessions merge", "second.db", &out), EXIT_DONE);
    buf_finish(&out);
    export_all(k, &third);
    assert_string_equal(third.p, first.p);
    buf_finish(&records);
    buf_finish(&first);
    buf_finish(&second);
    buf_finish(&third);
}

static void
swap_lines(char **lines, struct rng *rng, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = rng_below(rng, (uint32_t)i);
        char *line = lines[i - 1];
        lines[i - 1] = lines[j];
        lines[j] = line;
    }
}

static void
the_order_in_which_records_come_changes_nothing(void **state)
{
    struct kit *k = *state;
    struct rng rng = {7};
    struct buf records, mixed, first, second;
    char *lines[64], *rest = NULL;
    size_t n = 0;
    buf_init(&records, 1 << 20);
    add_many(&records);
    merge(k, records.p, "24 verdicts added");
    export_all(k, &first);
    for (char *line = strtok_r(records.p, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        lines[n++] = line;
    for (int round = 0; round < 3; round++) {
        char name[16];
        snprintf(name, sizeof name, "m%d", round);
        switch_to(k, name);
        swap_lines(lines, &rng, n);
        buf_init(&mixed, 1 << 20);
        for (size_t i = 0; i < n; i++)
            buf_printf(&mixed, "%s\n", lines[i]);
        merge(k, mixed.p, "24 verdicts added");
        export_all(k, &second);
        assert_string_equal(second.p, first.p);
        buf_finish(&second);
        buf_finish(&mixed);
    }
    buf_finish(&records);
    buf_finish(&first);
}

/* An export by time reads ids side by side then, not all over the index. */
static void
what_belongs_to_a_session_gets_ids_that_begin_alike(void **state)
{
    struct kit *k = *state;
    struct err err = {""};
    struct buf records;
    int64_t rows = 0, beginnings = 0;
    buf_init(&records, 1 << 20);
    add_many(&records);
    merge(k, records.p, "24 verdicts added");
    buf_finish(&records);
    struct db *db = db_open(k->path, DB_READ, NULL, &err);
    assert_true(db && db_int(db,
                             "SELECT count(*) FROM turn t, answer a ON a.turn = t.id"
                             " WHERE substr(a.id, 1, 7) = substr(t.id, 1, 7)",
                             &rows, &err));
    assert_int_equal(rows, 48);
    assert_true(db_int(db,
                       "SELECT count(DISTINCT substr(id, 1, 7)) - count(DISTINCT session)"
                       " FROM turn",
                       &beginnings, &err));
    assert_int_equal(beginnings, 0);
    db_close(&db);
}

/* Else a later verdict on a turn that an earlier version has merged would make the session a second time. */
static void
a_session_of_a_longer_name_has_the_id_that_earlier_versions_gave_it(void **state)
{
    struct kit *k = *state;
    struct err err = {""};
    struct buf records;
    int64_t rows = 0;
    buf_init(&records, 1 << 20);
    add_record(&records, "v", "a session whose id is longer than ours, 0", 1, 1.7e9, "");
    merge(k, records.p, "1 verdict added");
    buf_finish(&records);
    struct db *db = db_open(k->path, DB_READ, NULL, &err);
    assert_true(db &&
                db_int(db, "SELECT count(*) FROM session WHERE id = 'RE2MWYCMMMV31DCS76NKJ27H4A'",
                       &rows, &err));
    assert_int_equal(rows, 1);
    db_close(&db);
}

static void
one_broken_line_and_nothing_of_the_file_is_taken(void **state)
{
    struct kit *k = *state;
    static const struct {
        const char *line, *said;
    } wrong[] = {
        {"{\"id\":", "in:2: "},
        {"[]", "in:2: not a JSON object"},
        {"{\"ts\":1}", "in:2: id: missing"},
        {"{\"id\":\"12345678901234567890123456789012345678901234567890123456789012345\"}",
         "in:2: id: longer than 64 bytes"},
        {"{\"id\":7}", "in:2: id: not a text"},
        {"{\"id\":\"x\",\"session\":\"s\",\"message\":\"m\",\"winner\":\"nobody\"}",
         "in:2: winner: \"nobody\" is no word"},
        {"{\"id\":\"x\",\"session\":\"s\",\"message\":\"m\",\"winner\":\"undo\"}",
         "in:2: winner: "},
        {"{\"id\":\"x\",\"session\":\"s\",\"message\":\"m\",\"winner\":\"tie\",\"ts\":1,\"turn\":"
         "0}",
         "in:2: turn: "},
        {"{\"id\":\"x\",\"session\":\"s\",\"message\":\"m\",\"winner\":\"tie\",\"ts\":1e300,"
         "\"turn\":1}",
         "in:2: ts: "},
        {"{\"id\":\"x\",\"session\":\"s\",\"message\":\"m\",\"winner\":\"tie\",\"ts\":1,\"turn\":1,"
         "\"flags\":[\"new\"]}",
         "in:2: flags: \"new\""},
        {"{\"id\":\"x\",\"session\":\"s\",\"message\":\"m\",\"winner\":\"tie\",\"ts\":1,\"turn\":1,"
         "\"drawn_by\":\"active\"}",
         "in:2: propensity: missing"},
        {"{\"id\":\"x\",\"session\":\"s\",\"message\":\"m\",\"winner\":\"tie\",\"ts\":1,\"turn\":"
         "1}",
         "in:2: answers.claude: missing"},
    };
    struct buf text, out;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        buf_init(&text, 1 << 20);
        add_record(&text, "good", "s", 1, 1e9, "");
        buf_printf(&text, "%s\n", wrong[i].line);
        put_file(k, "in", text.p);
        assert_int_equal(run_on(k, "sessions merge", "in", &out), EXIT_FAILED);
        assert_said(k, wrong[i].said);
        buf_finish(&text);
        buf_finish(&out);
    }
    export_all(k, &out);
    assert_string_equal(out.p, "");
    buf_finish(&out);
}

static void
a_verdict_that_was_withdrawn_elsewhere_is_withdrawn_here_too(void **state)
{
    struct kit *k = *state;
    struct buf text, out;
    for (int later = 0; later < 2; later++) {
        buf_init(&text, 1 << 20);
        add_record(&text, "r1", "s", 1, 1e9, later ? "\"flags\":[\"undone\"]," : "");
        merge(k, text.p, later ? "1 known" : "1 verdict added");
        buf_finish(&text);
        assert_int_equal(run(k, "export --format native", &out), EXIT_DONE);
        assert_int_equal(out.len > 0, !later);
        assert_said(k, later ? "1 left out: undone 1" : "1 verdict exported");
        buf_finish(&out);
    }
}

static void
users_leave_hashed_unless_they_are_asked_for_plain(void **state)
{
    struct kit *k = *state;
    struct buf text, out;
    buf_init(&text, 1 << 20);
    add_record(&text, "r1", "s", 1, 1e9, "");
    merge(k, text.p, "1 verdict added");
    assert_int_equal(run(k, "export --format native", &out), EXIT_DONE);
    assert_null(strstr(out.p, "mario"));
    buf_finish(&out);
    assert_int_equal(run(k, "export --format native --plain-users", &out), EXIT_DONE);
    assert_non_null(strstr(out.p, "\"user\":\"mario\""));
    buf_finish(&out);
    buf_finish(&text);
}

static void
only_what_is_chosen_leaves(void **state)
{
    struct kit *k = *state;
    struct buf text, out;
    buf_init(&text, 1 << 20);
    add_record(&text, "r1", "s", 1, 1e9, "");
    add_record(&text, "r2", "s", 2, 1.7e9, "\"flags\":[\"leak\"],");
    merge(k, text.p, "2 verdicts added");
    static const struct {
        const char *options, *ids;
    } table[] = {
        {"--until 2010-01-01", "r1"},
        {"--since 2010-01-01T00:00:00Z --include leak", "r2"},
        {"--include cold --include leak", "r1r2"},
        {"--category emotional", "r1"},
        {"--category general", ""},
        {"--language it", ""},
        {"--since yesterday", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        char arguments[128], ids[16] = "";
        snprintf(arguments, sizeof arguments, "export --format native %s", table[i].options);
        assert_int_equal(run(k, arguments, &out), EXIT_DONE);
        for (const char *p = out.p; (p = strstr(p, "{\"id\":\"r")) != NULL; p += 8)
            strncat(ids, p + 7, 2);
        assert_string_equal(ids, table[i].ids);
        buf_finish(&out);
    }
    static const char *const wrong[] = {"export",
                                        "export --format x",
                                        "export --format native more",
                                        "export --format native --since soon",
                                        "export --format native --include x",
                                        "export --format native --category x"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        assert_int_equal(run(k, wrong[i], &out), EXIT_USAGE);
        buf_finish(&out);
    }
    buf_finish(&text);
}

static void
a_file_is_replaced_only_by_a_whole_export(void **state)
{
    struct kit *k = *state;
    struct buf text, out;
    struct err err = {""};
    buf_init(&text, 1 << 20);
    add_record(&text, "r1", "s", 1, 1e9, "");
    merge(k, text.p, "1 verdict added");
    put_file(k, "out", "before");
    assert_int_equal(run_on(k, "export --format native -o", "out", &out), EXIT_DONE);
    buf_finish(&out);
    char *path = xasprintf("%s/out", k->folder);
    buf_clear(&text);
    assert_true(path_read(path, &text, &err));
    assert_non_null(strstr(text.p, "{\"id\":\"r1\""));
    free(path);
    assert_int_equal(run_on(k, "export --format native -o", "no/such/folder", &out), EXIT_FAILED);
    assert_said(k, "no/such/folder");
    buf_finish(&out);
    buf_finish(&text);
}

int
main(int argc, char **argv)
{
    if (cmd_asked(argc, argv))
        return merge_kit_main(argc, argv, &command_export);
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(what_is_merged_is_exported_the_same_again),
        T(the_order_in_which_records_come_changes_nothing),
        T(what_belongs_to_a_session_gets_ids_that_begin_alike),
        T(a_session_of_a_longer_name_has_the_id_that_earlier_versions_gave_it),
        T(one_broken_line_and_nothing_of_the_file_is_taken),
        T(a_verdict_that_was_withdrawn_elsewhere_is_withdrawn_here_too),
        T(users_leave_hashed_unless_they_are_asked_for_plain),
        T(only_what_is_chosen_leaves),
        T(a_file_is_replaced_only_by_a_whole_export),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
