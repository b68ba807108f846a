#include "knowledge_kit.h"

#include <pthread.h>

#include "store/sqlite/db.h"

static void
add(struct lore *l, const char *id, const char *topic, const char *text)
{
    struct err err = {{0}};
    struct insight i = {.id = (char *)id, .topic = (char *)topic, .text = (char *)text};
    if (!knowledge_add(l->k, &i, NULL, &err))
        fail_msg("%s", err.text);
}

static void
sql(const struct kit *kit, const char *text)
{
    struct err err = {{0}};
    struct db *db = db_open(kit->path, DB_WRITE, NULL, &err);
    assert_non_null(db);
    if (!db_exec(db, text, &err))
        fail_msg("%s", err.text);
    db_close(&db);
}

static void
an_addition_is_found_and_outlives_the_next_shipped_set(void **state)
{
    const struct kit *kit = *state;
    struct lore l = lore_open(kit, "");
    size_t shipped = lore_count(&l);
    add(&l, "subak", "subak irrigation", "Water is shared by the subak, with its own temples.");
    add(&l, "malu", "our malu", "What our own office says about zzqx shyness.");
    assert_int_equal(lore_count(&l), shipped + 1);
    lore_close(&l);
    /* Another version, without one entry and with one that is no longer shipped. */
    sql(kit, "UPDATE insight_set SET version = 'older';"
             "DELETE FROM insight WHERE id = 'nyepi';"
             "INSERT INTO insight (id, topic, text, origin, at_us)"
             " VALUES ('dropped', 't', 'x', 'shipped', 0)");
    l = lore_open(kit, "");
    assert_int_equal(lore_count(&l), shipped + 1);
    struct insights found = lore_search(&l, "subak", NULL, NEVER_US);
    assert_string_equal(found.v[0].id, "subak");
    assert_false(found.v[0].shipped);
    insights_finish(&found);
    found = lore_search(&l, "zzqx", NULL, NEVER_US);
    assert_string_equal(found.v[0].topic, "our malu");
    insights_finish(&found);
    found = lore_search(&l, "nyepi", NULL, NEVER_US);
    assert_true(lore_holds(&found, "nyepi"));
    insights_finish(&found);
    lore_close(&l);
}

static void
a_replaced_entry_is_no_longer_found_by_its_old_words(void **state)
{
    struct lore l = lore_open(*state, "");
    add(&l, "x", "first", "quokka");
    add(&l, "x", "second", "wombat");
    struct insights found = lore_search(&l, "quokka", NULL, NEVER_US);
    assert_int_equal(found.count, 0);
    insights_finish(&found);
    found = lore_search(&l, "wombat", NULL, NEVER_US);
    assert_int_equal(found.count, 1);
    insights_finish(&found);
    lore_close(&l);
}

static void
an_addition_without_topic_or_text_is_refused(void **state)
{
    struct lore l = lore_open(*state, "");
    struct err err = {{0}};
    static const struct {
        struct insight i;
        const char *reason;
    } wrong[] = {
        {{.text = "x"}, "topic: is missing"},
        {{.topic = "x"}, "text: is missing"},
        {{.topic = "x", .text = " \n "}, "text: is empty"},
        {{.topic = "x", .text = "a\x1b[31m"}, "text: holds a control"},
        {{.topic = "x", .text = "\xff"}, "text: not UTF-8"},
        {{.topic = "x", .text = "y", .id = "a b"}, "id: "},
        {{.topic = "x", .text = "y", .languages = "id,fr"}, "languages: \"fr\""},
    };
    size_t before = lore_count(&l);
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        assert_false(knowledge_add(l.k, &wrong[i].i, NULL, &err));
        if (strncmp(err.text, wrong[i].reason, strlen(wrong[i].reason)) != 0)
            fail_msg("\"%s\" instead of \"%s\"", err.text, wrong[i].reason);
    }
    assert_int_equal(lore_count(&l), before);
    lore_close(&l);
}

static void
words_are_counted_as_entries_come_and_go(void **state)
{
    const struct kit *kit = *state;
    struct err err = {{0}};
    struct lore l = lore_open(kit, "");
    for (int i = 0; i < 3; i++)
        add(&l, "x", i % 2 ? "quoll quoll" : "numbat", "numbat dunnart dunnart");
    lore_close(&l);
    sql(kit, "UPDATE insight_set SET version = 'older'");
    l = lore_open(kit, ""); /* all shipped ones go and come */
    lore_close(&l);
    struct db *db = db_open(kit->path, DB_READ, NULL, &err);
    int64_t n = -1;
    assert_true(db_int(db, "SELECT entries FROM insight_word WHERE word = 'dunnart'", &n, &err));
    assert_int_equal(n, 1);
    assert_true(db_int(db, "SELECT entries FROM insight_word WHERE word = 'quoll'", &n, &err));
    assert_int_equal(n, 0);
    assert_true(db_int(db, "SELECT entries FROM insight_word WHERE word = 'nyep'", &n, &err));
    assert_true(n > 0 && n < 20);
    db_close(&db);
}

/* ---- import ---- */

static char *
write_file(const struct kit *kit, const char *text)
{
    char *name = xasprintf("%s/in.jsonl", kit->folder);
    FILE *f = fopen(name, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return name;
}

static void
collect_line(void *arg, const char *line)
{
    buf_printf(arg, "%s\n", strrchr(line, '/') + 1);
}

static void
an_import_takes_every_line(void **state)
{
    struct lore l = lore_open(*state, "");
    char *file = write_file(
        *state,
        "\xef\xbb\xbf{\"id\": \"a1\", \"topic\": \"t\", \"text\": \"numbat\"}\r\n\n"
        "{\"topic\": \"u\", \"text\": \"kowari\", \"when_to_use\": [\"dunnart\", \"quoll\"],"
        " \"languages\": [\"id\", \"en\"], \"tone\": \"warm\"}\n"
        "{\"id\": \"a1\", \"topic\": \"t\", \"text\": \"bilby\", \"tags\": \"x\"}");
    size_t taken, before = lore_count(&l);
    struct err err = {{0}};
    assert_true(knowledge_import(l.k, file, &taken, NULL, NULL, &err));
    assert_int_equal(taken, 3);
    assert_int_equal(lore_count(&l), before + 2);
    struct insights found = lore_search(&l, "quoll", NULL, NEVER_US);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.v[0].tags, "dunnart, quoll");
    assert_string_equal(found.v[0].languages, "id,en");
    insights_finish(&found);
    free(file);
    lore_close(&l);
}

static void
an_import_with_wrong_lines_names_each_and_takes_nothing(void **state)
{
    struct lore l = lore_open(*state, "");
    char *file = write_file(*state, "{\"topic\": \"t\", \"text\": \"good\"}\n"
                                    "{\"topic\": \"t\"}\n"
                                    "not json\n"
                                    "[]\n"
                                    "{\"topic\": \"t\", \"text\": 3}\n"
                                    "{\"topic\": \"t\", \"text\": \"x\", \"txet\": \"y\"}\n"
                                    "{\"topic\": \"t\", \"text\": \"x\", \"tags\": [1]}\n");
    size_t taken = 99, before = lore_count(&l);
    struct err err = {{0}};
    struct buf lines;
    buf_init(&lines, 1 << 16);
    assert_false(knowledge_import(l.k, file, &taken, collect_line, &lines, &err));
    assert_int_equal(taken, 0);
    assert_int_equal(lore_count(&l), before);
    assert_non_null(strstr(err.text, "6 wrong lines; nothing was taken"));
    static const char *const expected[] = {
        "in.jsonl:2: text: is missing\n",     "in.jsonl:3: byte ",
        "in.jsonl:4: not a JSON object\n",    "in.jsonl:5: text: must be a string\n",
        "in.jsonl:6: unknown field \"txet\"", "in.jsonl:7: tags: must hold strings only\n"};
    for (size_t i = 0; i < ARRAY_LEN(expected); i++)
        if (!strstr(lines.p, expected[i]))
            fail_msg("no \"%s\" in:\n%s", expected[i], lines.p);
    buf_finish(&lines);
    free(file);
    assert_false(knowledge_import(l.k, "/nowhere/x", &taken, NULL, NULL, &err));
    lore_close(&l);
}

/* ---- files ---- */

static void
a_file_that_cannot_be_written_still_serves(void **state)
{
    struct kit *kit = *state;
    if (geteuid() == 0)
        skip();
    struct lore l = lore_open(kit, "");
    lore_close(&l);
    chmod(kit->path, 0400);
    l = lore_open(kit, "");
    struct insights found = lore_search(&l, "nyepi", NULL, NEVER_US);
    assert_true(lore_holds(&found, "nyepi"));
    insights_finish(&found);
    lore_close(&l);
}

static void
an_empty_file_that_is_locked_for_writing_is_served_from_memory(void **state)
{
    struct kit *kit = *state;
    struct err err = {{0}};
    struct lore l = lore_open(kit, "");
    lore_close(&l);
    sql(kit, "DELETE FROM insight_index; DELETE FROM insight; DELETE FROM insight_set;"
             "DELETE FROM insight_word;"
             "CREATE TRIGGER never BEFORE INSERT ON insight BEGIN SELECT raise(ABORT, 'no'); END");
    l = lore_open(kit, "");
    struct insights found = lore_search(&l, "nyepi", NULL, NEVER_US);
    assert_true(lore_holds(&found, "nyepi"));
    insights_finish(&found);
    lore_close(&l);
    struct db *db = db_open(kit->path, DB_READ, NULL, &err);
    int64_t rows = -1;
    assert_true(db_int(db, "SELECT count(*) FROM insight", &rows, &err));
    assert_int_equal(rows, 0);
    db_close(&db);
}

static void *
open_and_search(void *arg)
{
    struct lore l = lore_open(arg, "");
    for (int i = 0; i < 20; i++) {
        struct insights found = lore_search(&l, "aku malu bertanya", "id", NEVER_US);
        assert_true(lore_holds(&found, "malu"));
        insights_finish(&found);
    }
    lore_close(&l);
    return NULL;
}

static void
several_threads_open_a_new_file_at_once(void **state)
{
    pthread_t threads[4];
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, open_and_search, *state), 0);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        pthread_join(threads[i], NULL);
    struct lore l = lore_open(*state, "");
    assert_true(lore_count(&l) >= 40 && lore_count(&l) < 80);
    lore_close(&l);
}

static void
without_a_server_a_sync_says_what_is_missing(void **state)
{
    struct lore l = lore_open(*state, "");
    struct err err = {{0}};
    struct knowledge_synced done;
    assert_false(knowledge_sync(l.k, NULL, &done, &err));
    assert_non_null(strstr(err.text, "knowledge.chroma.url"));
    lore_close(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
        T(an_addition_is_found_and_outlives_the_next_shipped_set),
        T(a_replaced_entry_is_no_longer_found_by_its_old_words),
        T(words_are_counted_as_entries_come_and_go),
        T(an_addition_without_topic_or_text_is_refused),
        T(an_import_takes_every_line),
        T(an_import_with_wrong_lines_names_each_and_takes_nothing),
        T(a_file_that_cannot_be_written_still_serves),
        T(an_empty_file_that_is_locked_for_writing_is_served_from_memory),
        T(several_threads_open_a_new_file_at_once),
        T(without_a_server_a_sync_says_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
