/* What cannot be saved when the program ends waits in a recovery file for the next start. */
#include "store_child.h"

#include <dirent.h>
#include <inttypes.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"
#include "berdua/route/breaker.h"
#include "berdua/store/judge_store.h"
#include "store/sqlite/db.h"

static int64_t
count_rows(const char *path, const char *sql)
{
    struct err err = {{0}};
    int64_t n = -1;
    struct db *db = db_open(path, DB_READ, NULL, &err);
    assert_non_null(db);
    assert_true(db_int(db, sql, &n, &err));
    db_close(&db);
    return n;
}

/* The recovery files in a folder; the first one's name. */
static int
recovery_files(const char *folder, char name[400])
{
    int n = 0;
    DIR *d = opendir(folder);
    struct dirent *e;
    while (d && (e = readdir(d)))
        if (strstr(e->d_name, "-recovery-")) {
            n++;
            snprintf(name, 400, "%s/%s", folder, e->d_name);
        }
    if (d)
        closedir(d);
    return n;
}

static void
in_sub(const struct kit *k, char folder[96])
{
    snprintf(folder, 96, "%s/sub", k->folder);
}

static void
note_line(void *arg, const char *line)
{
    buf_printf(arg, "%s\n", line);
}

/* A judge's vote, both orders of it. */
static void
put_votes(struct writer *w, const struct turn *t)
{
    struct judge_pair pair = {.attempt = 1};
    memcpy(pair.turn, t->id, sizeof pair.turn);
    for (int b = 0; b < BRAIN_COUNT; b++)
        memcpy(pair.answers[b], t->answers[b].id, sizeof pair.answers[b]);
    for (int b = 0; b < BRAIN_COUNT; b++) {
        struct judge_call call = {.pair = &pair,
                                  .first = (enum brain_id)b,
                                  .model = "m",
                                  .prompt = "p",
                                  .state = JUDGE_VOTED,
                                  .winner = VERDICT_TIE,
                                  .reply = "{}"};
        writer_put_judge_call(w, &call, &t->answers[BRAIN_LLAMA], 90 + b);
    }
}

/* Closes under another program's lock, so that a session, a turn and a verdict are left in a recovery file. */
static void
leave_session(const struct kit *k, struct buf *said)
{
    struct err err = {{0}};
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    kit_settle(&b, w);
    struct db *other = db_open(k->path, DB_WRITE, NULL, &err);
    assert_true(db_begin(other, &err));
    struct conversation *c = conversation_create("mario");
    struct turn *t = kit_turn("pesan \xff\xfe aneh");
    struct verdict v = {.kind = VERDICT_LLAMA, .note = (char *)"hangat \x80", .at_wall_us = 5};
    kit_answer(t, BRAIN_LLAMA, "jangan");
    buf_append(&t->answers[BRAIN_LLAMA].text, "\0sungkan", 8);
    t->answers[BRAIN_LLAMA].cost_usd = 0.25;
    writer_put_session(w, c, 0);
    writer_put_turn(w, c->id, t, 0);
    writer_put_verdict(w, c->id, t->id, &v, "mario", 0);
    writer_put_side_call(w, "context", c->id, &t->answers[BRAIN_LLAMA], 77);
    put_votes(w, t);
    struct breaker broken = {.failures = 5, .opened_at_us = 78, .target = UINT64_MAX - 5};
    writer_put_breaker(w, BRAIN_LLAMA, &broken, 79);
    int64_t begun_us = clock_us();
    assert_false(writer_close(&w, note_line, said));
    int64_t took_ms = (clock_us() - begun_us) / US_PER_MS;
    assert_true(took_ms >= WRITER_CLOSE_MS && took_ms < 2 * WRITER_CLOSE_MS);
    db_rollback(other);
    db_close(&other);
    turn_destroy(&t);
    conversation_destroy(&c);
    box_close(&b);
}

static void
assert_all_there(const struct kit *k)
{
    assert_int_equal(count_rows(k->path, "SELECT count(*) FROM session"), 1);
    assert_int_equal(count_rows(k->path, "SELECT count(*) FROM turn WHERE canonical = 'llama' AND"
                                         " CAST(message AS BLOB) = x'706573616e20fffe20616e6568'"),
                     1);
    assert_int_equal(count_rows(k->path, "SELECT count(*) FROM answer WHERE status = 'complete' AND"
                                         " text = x'6a616e67616e0073756e676b616e' AND"
                                         " cost_usd = 0.25"),
                     1);
    assert_int_equal(
        count_rows(k->path, "SELECT count(*) FROM answer WHERE status = 'interrupted'"), 1);
    assert_int_equal(count_rows(k->path, "SELECT count(*) FROM verdict WHERE kind = 'llama' AND"
                                         " llama_answer IS NOT NULL AND"
                                         " CAST(note AS BLOB) = x'68616e6761742080'"),
                     1);
    assert_int_equal(count_rows(k->path, "SELECT count(*) FROM side_call"), 3);
    assert_int_equal(count_rows(k->path, "SELECT count(*) FROM verdict WHERE origin = 'judge'"), 1);
    assert_int_equal(count_rows(k->path, "SELECT count(*) FROM breaker WHERE target = -6"), 1);
}

/* Opens, waits until the file has been examined, and gives what was said. */
static void
open_once(const struct kit *k, struct buf *said)
{
    struct box b = box_open();
    struct writer *w = kit_open(k->path, &b);
    uint64_t fence = writer_checkpoint(w, "no answer", 0, "", 0, 0);
    struct box_news *n;
    while ((n = box_next(&b)) && !(n->kind == BOX_ACK && n->ack.request == fence)) {
        assert_int_not_equal(n->kind, BOX_LOST);
        if (n->kind == BOX_NOTICE)
            note_line(said, n->text);
        box_drop(n);
    }
    assert_non_null(n);
    box_drop(n);
    kit_close(&w);
    box_close(&b);
}

static void
what_a_lock_kept_from_being_saved_is_taken_up_by_the_next_start_once(void **state)
{
    struct kit *k = *state;
    struct buf said, text;
    struct stat st;
    struct err err = {{0}};
    char folder[96], name[400], again[512];
    buf_init(&said, 1 << 16);
    buf_init(&text, 1 << 20);
    in_sub(k, folder);
    leave_session(k, &said);
    assert_non_null(strstr(said.p, "not saved yet: 7 changes"));
    assert_non_null(strstr(said.p, "another program holds the database's lock"));
    assert_int_equal(recovery_files(folder, name), 1);
    assert_non_null(strstr(said.p, name));
    assert_int_equal(stat(name, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_true(path_read(name, &text, &err));
    buf_clear(&said);
    open_once(k, &said);
    assert_non_null(strstr(said.p, "saved now: 7 changes"));
    assert_all_there(k);
    assert_int_equal(recovery_files(folder, again), 0);
    /* The same file once more, as after a crash between the commit and the removal. */
    assert_true(path_write_atomic(name, text.p, text.len, &err));
    open_once(k, &said);
    assert_all_there(k);
    assert_int_equal(recovery_files(folder, again), 0);
    buf_finish(&text);
    buf_finish(&said);
}

/* As an older version would have written it, which does not know this column. */
static void
without_column(const char *name, const char *column)
{
    struct buf text, older;
    struct err err = {{0}};
    buf_init(&text, 1 << 20);
    buf_init(&older, 1 << 20);
    assert_true(path_read(name, &text, &err));
    const char *at = text.p, *end = strstr(text.p, "{\"end\":"), *next;
    for (; (next = strstr(at, column)); at = next + strcspn(next + 1, ",}") + 1)
        buf_append(&older, at, (size_t)(next - at));
    buf_append(&older, at, (size_t)(end - at));
    assert_true(older.len < (size_t)(end - text.p));
    uint64_t sum = hash_bytes(older.p, older.len, 0);
    buf_printf(&older, "%.*ssum\":\"%016" PRIx64 "\"}\n", (int)(strstr(end, "sum") - end), end,
               sum);
    assert_true(path_write_atomic(name, older.p, older.len, &err));
    buf_finish(&text);
    buf_finish(&older);
}

static void
a_file_of_an_older_version_without_the_newest_columns_is_taken_up(void **state)
{
    struct kit *k = *state;
    struct buf said;
    char folder[96], name[400];
    buf_init(&said, 1 << 16);
    in_sub(k, folder);
    leave_session(k, &said);
    assert_int_equal(recovery_files(folder, name), 1);
    static const char *const newest[] = {
        "saved_usd",         "drawn_by",         "propensity",  "asked",
        "claude_acceptable", "llama_acceptable", "decision_ms", "guess"};
    for (size_t i = 0; i < ARRAY_LEN(newest); i++) {
        char *column = xasprintf(",\"%s\":", newest[i]);
        without_column(name, column);
        free(column);
    }
    open_once(k, &said);
    assert_non_null(strstr(said.p, "saved now: 7 changes"));
    assert_all_there(k);
    assert_int_equal(count_rows(k->path, "SELECT count(*) FROM verdict WHERE drawn_by = 'chat' AND"
                                         " coalesce(propensity, asked, claude_acceptable,"
                                         " llama_acceptable, decision_ms, guess) IS NULL"),
                     1);
    buf_finish(&said);
}

_Noreturn static void
open_in_child(const char *path)
{
    struct box b = box_open();
    struct writer *w = kit_open(path, &b);
    uint64_t fence = writer_checkpoint(w, "no answer", 0, "", 0, 0);
    struct box_news *n;
    int taken = 0;
    while ((n = box_next(&b)) && !(n->kind == BOX_ACK && n->ack.request == fence)) {
        taken += n->kind == BOX_NOTICE;
        box_drop(n);
    }
    child_must(n != NULL);
    child_say(taken ? "taken" : "none");
    child_wait();
    kit_close(&w);
    child_done();
}

static void
of_several_instances_one_takes_a_file(void **state)
{
    struct kit *k = *state;
    struct buf said;
    char line[64], folder[96], name[400];
    struct child children[4];
    int taken = 0;
    buf_init(&said, 1 << 16);
    in_sub(k, folder);
    leave_session(k, &said);
    for (size_t i = 0; i < ARRAY_LEN(children); i++)
        children[i] = child_start("open", k->path, NULL);
    for (size_t i = 0; i < ARRAY_LEN(children); i++) {
        assert_true(child_line(&children[i], line, sizeof line));
        taken += strcmp(line, "taken") == 0;
    }
    for (size_t i = 0; i < ARRAY_LEN(children); i++)
        assert_int_equal(child_end(&children[i], 0), 0);
    assert_int_equal(taken, 1);
    assert_all_there(k);
    assert_int_equal(recovery_files(folder, name), 0);
    buf_finish(&said);
}

/* Refused with its name and this word, byte for byte as it was; saving goes on. */
static void
assert_not_taken(const struct kit *k, const char *name, const char *word)
{
    struct buf said, before, after;
    struct err err = {{0}};
    buf_init(&said, 1 << 16);
    buf_init(&before, 1 << 20);
    buf_init(&after, 1 << 20);
    assert_true(path_read(name, &before, &err));
    open_once(k, &said);
    if (!strstr(said.p, name) || !strstr(said.p, word))
        fail_msg("said: %s", said.p);
    assert_true(path_read(name, &after, &err));
    assert_int_equal(after.len, before.len);
    assert_memory_equal(after.p, before.p, before.len);
    assert_int_equal(count_rows(k->path, "SELECT count(*) FROM turn"), 0);
    buf_finish(&said);
    buf_finish(&before);
    buf_finish(&after);
}

static void
a_damaged_or_hostile_file_is_left_as_it_is(void **state)
{
    struct kit *k = *state;
    struct buf said, text;
    struct err err = {{0}};
    char folder[96], name[400], real[500];
    buf_init(&said, 1 << 16);
    buf_init(&text, 1 << 20);
    in_sub(k, folder);
    leave_session(k, &said);
    assert_int_equal(recovery_files(folder, name), 1);
    assert_true(path_read(name, &text, &err));
    /* cut anywhere; a byte changed anywhere */
    for (size_t i = 1; i < text.len; i += text.len / 7) {
        assert_true(path_write_atomic(name, text.p, i, &err));
        assert_not_taken(k, name, "damaged");
        text.p[i] ^= 1;
        assert_true(path_write_atomic(name, text.p, text.len, &err));
        assert_not_taken(k, name, "damaged");
        text.p[i] ^= 1;
    }
    assert_true(path_write_atomic(name, text.p, text.len, &err));
    chmod(name, 0622);
    assert_not_taken(k, name, "somebody else");
    chmod(name, 0600);
    snprintf(real, sizeof real, "%s.else", name);
    assert_int_equal(rename(name, real), 0);
    assert_int_equal(symlink(real, name), 0);
    assert_not_taken(k, name, "was not taken up");
    assert_int_equal(unlink(name), 0);
    assert_int_equal(rename(real, name), 0);
    open_once(k, &said);
    assert_all_there(k);
    buf_finish(&text);
    buf_finish(&said);
}

/* As a user who may not write into the database's folder; the state folder takes it where that may be written. */
_Noreturn static void
leave_elsewhere(const char *path, const char *state_home)
{
    struct buf said;
    buf_init(&said, 1 << 16);
    setenv("XDG_STATE_HOME", state_home, 1);
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        _exit(5);
    struct box b = box_open();
    struct writer *w = kit_open(path, &b);
    struct conversation *c = conversation_create("mario");
    writer_put_session(w, c, 0);
    child_must(!writer_close(&w, note_line, &said));
    child_say(strstr(said.p, "LOST") ? "lost" : "kept");
    child_done();
}

static void
where_its_folder_cannot_be_written_the_state_folder_takes_it_else_the_loss_is_said(void **state)
{
    struct kit *k = *state;
    char line[64], folder[96], home[96], place[128], name[400];
    struct buf said;
    buf_init(&said, 1 << 16);
    open_once(k, &said);
    in_sub(k, folder);
    chmod(k->path, 0444);
    chmod(folder, 0555);
    chmod(k->folder, 0755);
    snprintf(home, sizeof home, "%s/state", k->folder);
    assert_int_equal(mkdir(home, 0777), 0);
    for (int writable = 1; writable >= 0; writable--) {
        chmod(home, writable ? 0777 : 0555);
        struct child child = child_start("elsewhere", k->path, home);
        assert_true(child_line(&child, line, sizeof line));
        assert_string_equal(line, writable ? "kept" : "lost");
        assert_int_equal(child_end(&child, 0), 0);
        if (!writable)
            break;
        snprintf(place, sizeof place, "%s/berdua", home);
        assert_int_equal(recovery_files(place, name), 1);
        assert_int_equal(recovery_files(folder, name), 0);
        scratch_remove(place);
    }
    chmod(folder, 0755); /* so that it can be removed */
    buf_finish(&said);
}

int
main(int argc, char **argv)
{
    child_program = argv[0];
    if (argc > 2 && strcmp(argv[1], "open") == 0)
        open_in_child(argv[2]);
    if (argc > 3 && strcmp(argv[1], "elsewhere") == 0)
        leave_elsewhere(argv[2], argv[3]);
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(what_a_lock_kept_from_being_saved_is_taken_up_by_the_next_start_once),
        T(a_file_of_an_older_version_without_the_newest_columns_is_taken_up),
        T(of_several_instances_one_takes_a_file),
        T(a_damaged_or_hostile_file_is_left_as_it_is),
        T(where_its_folder_cannot_be_written_the_state_folder_takes_it_else_the_loss_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
