#include "store_kit.h"

#include "berdua/store/session_store.h"
#include "store/sqlite/db.h"
#include "store/sqlite/said.h"

static void
must(bool ok, const struct err *err)
{
    if (!ok)
        fail_msg("%s", err->text);
}

/* ---- the index ---- */

enum { STEPS = 400, TURNS = 6 };

static int64_t
number(struct db *db, const char *sql)
{
    struct err err = {""};
    int64_t n = -1;
    must(db_int(db, sql, &n, &err), &err);
    return n;
}

/* FTS5 compares every word of the index with the texts; the other questions, which texts they are. */
static void
check_index(struct db *db)
{
    struct err err = {""};
    must(db_exec(db, "INSERT INTO said_words (said_words, rank) VALUES ('integrity-check', 1)",
                 &err),
         &err);
    assert_int_equal(number(db, "SELECT count(*) FROM said_new"), 0);
    assert_int_equal(number(db, "SELECT count(*) FROM said_gone"), 0);
    assert_int_equal(number(db, "SELECT count(*) FROM said WHERE answer IS NULL"),
                     number(db, "SELECT count(*) FROM turn"));
    assert_int_equal(
        number(db, "SELECT count(*) FROM said WHERE answer IS NOT NULL"),
        number(db, "SELECT count(*) FROM answer WHERE status <> 'running' AND text <> ''"));
}

static void
change(struct db *db, struct rng *rng)
{
    static const char *const sql[] = {
        "INSERT OR IGNORE INTO session (id, user, started_us, last_us) VALUES (?1, 'ayu', 1, 1)",
        "INSERT OR IGNORE INTO turn (id, session, seq, at_us, message, mode, history, left_brain)"
        " SELECT ?1, id, ?2, 1, ?3, 'parallel', 'canonical', 'claude' FROM session WHERE id = ?1",
        "INSERT OR IGNORE INTO answer (id, turn, brain, attempt, role, status, text)"
        " SELECT ?1 || ?2, id, 'claude', ?2, 'compared', 'running', '' FROM turn WHERE id = ?1",
        "INSERT OR IGNORE INTO answer (id, turn, brain, attempt, role, status, text)"
        " SELECT ?1 || ?2, id, 'llama', ?2, 'compared', 'complete', ?3 FROM turn WHERE id = ?1",
        "UPDATE answer SET text = text || ?3 WHERE turn = ?1",
        "UPDATE answer SET status = 'complete' WHERE id = ?1 || ?2",
        "UPDATE answer SET status = 'running' WHERE id = ?1 || ?2",
        "UPDATE answer SET text = '' WHERE id = ?1 || ?2",
        "DELETE FROM answer WHERE id = ?1 || ?2",
        "DELETE FROM turn WHERE id = ?1",
        "DELETE FROM session WHERE id = ?1",
    };
    static const char *const words[] = {"visa kerja ", "pajak, PT. ", "perché no? ", ""};
    struct err err = {""};
    char id[2] = {(char)('a' + rng_next(rng) % TURNS), 0};
    must(db_run(db, sql[rng_next(rng) % ARRAY_LEN(sql)],
                SQL_ARGS(SQL_TEXT(id), SQL_INT((int64_t)(rng_next(rng) % 3)),
                         SQL_TEXT(words[rng_next(rng) % ARRAY_LEN(words)])),
                &err),
         &err);
}

static void
whatever_is_written_and_deleted_the_index_holds_what_is_there(void **state)
{
    struct kit *k = *state;
    struct err err = {""};
    struct rng rng = {20261130};
    struct store *s = store_open(k->path, &err);
    must(store_begin(s, &err) && store_commit(s, &err), &err);
    store_close(&s);
    struct db *db = db_open(k->path, DB_WRITE, NULL, &err);
    must(db && db_exec(db, "PRAGMA foreign_keys = ON", &err), &err);
    for (int i = 0; i < STEPS; i++) {
        must(db_begin(db, &err), &err);
        for (uint64_t n = rng_next(&rng) % 8; n > 0; n--)
            change(db, &rng);
        if (rng_next(&rng) % 4 == 0) {
            db_rollback(db);
        } else {
            must(said_commit(db, &err), &err);
            check_index(db);
        }
    }
    assert_true(number(db, "SELECT max(n) FROM said") > 0);
    db_close(&db);
}

/* ---- removing ---- */

static bool
count_row(void *arg, const struct said_row *row)
{
    (void)row;
    ++*(int *)arg;
    return true;
}

static int
found(struct store *s, const char *words)
{
    struct err err = {""};
    bool more;
    int n = 0;
    must(session_store_search(s, words, 10, count_row, &n, &more, &err), &err);
    return n;
}

static void
a_session_in_which_somebody_waits_for_an_answer_is_not_removed(void **state)
{
    struct kit *k = *state;
    struct err err = {""};
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("ayu");
    struct turn *t = kit_turn("kapan visa saya selesai");
    writer_put_session(w, c, 0);
    assert_true(box_stored(&b, writer_put_turn(w, c->id, t, 0)));
    struct store *s = store_open(k->path, &err);
    struct session_removed gone;
    assert_false(session_store_remove(s, c->id, &gone, &err));
    assert_non_null(strstr(err.text, "waits for an answer"));
    assert_int_equal(found(s, "visa"), 1);
    for (int i = 0; i < BRAIN_COUNT; i++) {
        kit_answer(t, (enum brain_id)i, "Visa itu besok");
        assert_true(box_stored(&b, writer_put_answer(w, t->id, &t->answers[i], 0)));
    }
    assert_int_equal(found(s, "visa"), 3);
    kit_close(&w);
    must(session_store_remove(s, c->id, &gone, &err), &err);
    assert_string_equal(gone.id, c->id);
    assert_int_equal(gone.turns, 1);
    assert_int_equal(found(s, "visa"), 0);
    store_close(&s);
    turn_destroy(&t);
    conversation_destroy(&c);
    box_close(&b);
}

static bool
file_holds(const char *path, const char *text)
{
    FILE *f = fopen(path, "rb");
    size_t n = strlen(text);
    bool holds = false;
    if (!f)
        return false;
    char *all = xcalloc(1, 8 << 20);
    size_t got = fread(all, 1, 8 << 20, f);
    for (size_t i = 0; i + n <= got && !holds; i++)
        holds = memcmp(all + i, text, n) == 0;
    free(all);
    fclose(f);
    return holds;
}

static void
no_trace_of_a_removed_session_stays_in_the_file(void **state)
{
    struct kit *k = *state;
    struct err err = {""};
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("ayu");
    struct turn *t = kit_turn("zqxsecret paspor");
    kit_answer(t, BRAIN_CLAUDE, "zqxsecret dijawab");
    writer_put_session(w, c, 0);
    assert_true(box_stored(&b, writer_put_turn(w, c->id, t, 0)));
    kit_close(&w);
    assert_true(file_holds(k->path, "zqxsecret"));
    struct store *s = store_open(k->path, &err);
    struct session_removed gone;
    must(session_store_remove(s, c->id, &gone, &err), &err);
    store_close(&s);
    assert_false(file_holds(k->path, "zqxsecret"));
    turn_destroy(&t);
    conversation_destroy(&c);
    box_close(&b);
}

static void
a_title_given_elsewhere_stays_when_the_chat_goes_on(void **state)
{
    struct kit *k = *state;
    struct err err = {""};
    char id[SESSION_ID_BYTES];
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    struct conversation *c = conversation_create("ayu");
    assert_true(box_stored(&b, writer_put_session(w, c, 0)));
    struct store *s = store_open(k->path, &err);
    must(session_store_rename(s, c->id, "Visa Ayu", id, &err), &err);
    assert_true(box_stored(&b, writer_put_session(w, c, 0)));
    struct conversation *now = kit_load(&b, w, c->id, NULL, 0, 0, NULL);
    assert_string_equal(now->title, "Visa Ayu");
    conversation_destroy(&now);
    store_close(&s);
    kit_close(&w);
    conversation_destroy(&c);
    box_close(&b);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(whatever_is_written_and_deleted_the_index_holds_what_is_there),
        T(a_session_in_which_somebody_waits_for_an_answer_is_not_removed),
        T(no_trace_of_a_removed_session_stays_in_the_file),
        T(a_title_given_elsewhere_stays_when_the_chat_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
