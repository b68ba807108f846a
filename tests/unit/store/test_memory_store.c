#include "store_kit.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "berdua/base/clock.h"
#include "berdua/store/memory_store.h"

static const int64_t T = 1700000000000000;

/* A session of the user with so many answered turns; its id. */
static char *
make_session(const struct kit *k, const char *user, int turns)
{
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    struct conversation *c = conversation_create(user);
    assert_true(box_stored(&b, writer_put_session(s, c, 0)));
    for (int i = 0; i < turns; i++) {
        struct turn *t = kit_turn("halo");
        kit_answer(t, BRAIN_CLAUDE, "Halo!");
        t->context.wanted = true;
        t->context.text = xstrdup("marker-in-a-context");
        id_make(t->id);
        conversation_append(c, t);
        assert_true(box_stored(&b, writer_put_turn(s, c->id, t, 0)));
    }
    char *id = xstrdup(c->id);
    conversation_destroy(&c);
    kit_close(&s);
    box_close(&b);
    return id;
}

static struct store *
open_memory(const struct kit *k)
{
    struct err err = {{0}};
    struct store *m = store_open(k->path, &err);
    if (!m)
        fail_msg("%s", err.text);
    return m;
}

static void
ok(bool done, const struct err *err)
{
    if (!done)
        fail_msg("%s", err->text);
}

static void
queue(const struct kit *k, const char *session)
{
    struct box b = box_open();
    struct writer *s = kit_open(k->path, &b);
    assert_true(box_stored(&b, writer_queue_analysis(s, session, T)));
    kit_close(&s);
    box_close(&b);
}

static struct memory_pending
next(struct store *m, int64_t now_us)
{
    struct memory_pending p;
    struct err err = {{0}};
    ok(memory_store_next(m, now_us, &p, &err), &err);
    return p;
}

static void
nothing_is_there_before_anything_is_written(void **state)
{
    struct kit *k = *state;
    struct store *m = open_memory(k);
    struct memory_look look;
    struct err err = {{0}};
    ok(memory_store_look(m, "mario", 0, &look, &err), &err);
    assert_false(look.out);
    assert_null(look.profile);
    assert_string_equal(next(m, T).session, "");
    assert_true(next(m, T).next_us == INT64_MAX);
    store_close(&m);
    assert_int_not_equal(access(k->path, F_OK), 0);
}

static void
only_a_session_with_new_turns_of_a_person_who_is_in_is_queued(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    char *empty = make_session(k, "mario", 0), *full = make_session(k, "mario", 2);
    char *outs = make_session(k, "luigi", 1);
    struct store *m = open_memory(k);
    assert_true(kit_set_out(k->path, "luigi", true, T));
    queue(k, empty);
    queue(k, outs);
    queue(k, "01UNKNOWN");
    assert_string_equal(next(m, T).session, "");
    queue(k, full);
    queue(k, full);
    assert_string_equal(next(m, T).session, full);
    ok(store_begin(m, &err) && memory_store_analysed(m, full, 1, T, &err) && store_commit(m, &err),
       &err);
    assert_string_equal(next(m, T).session, full); /* its second turn is still new */
    ok(store_begin(m, &err) && memory_store_analysed(m, full, 2, T, &err) && store_commit(m, &err),
       &err);
    assert_string_equal(next(m, T).session, "");
    queue(k, full);
    assert_string_equal(next(m, T).session, "");
    int64_t through;
    ok(memory_store_progress(m, full, &through, &err), &err);
    assert_int_equal(through, 2);
    store_close(&m);
    free(empty), free(full), free(outs);
}

static void
what_was_said_while_one_was_out_stays_unanalysed(void **state)
{
    struct kit *k = *state;
    char *said = make_session(k, "luigi", 1), *other = make_session(k, "mario", 1);
    struct store *m = open_memory(k);
    for (int out = 1; out >= 0; out--)
        assert_true(kit_set_out(k->path, "luigi", out, T) &&
                    kit_set_out(k->path, "mario", false, T));
    queue(k, said);
    assert_string_equal(next(m, T).session, "");
    queue(k, other); /* was never out, so letting them in changes nothing */
    assert_string_equal(next(m, T).session, other);
    store_close(&m);
    free(said), free(other);
}

static void
a_queue_written_under_a_wrong_clock_is_taken_up(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    char *session = make_session(k, "mario", 1);
    struct store *m = open_memory(k);
    queue(k, session);
    static const struct {
        int64_t ahead_us;
        bool due;
    } table[] = {{86400 * (int64_t)US_PER_S, false}, {40 * 86400 * (int64_t)US_PER_S, true}};
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        ok(store_begin(m, &err) &&
               memory_store_postpone(m, session, T + table[i].ahead_us, "it broke", &err) &&
               store_commit(m, &err),
           &err);
        assert_int_equal(next(m, T).session[0] != 0, table[i].due);
    }
    store_close(&m);
    free(session);
}

static void
a_failure_waits_and_a_claim_is_an_attempt(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    char *id = make_session(k, "mario", 1);
    struct store *m = open_memory(k);
    queue(k, id);
    ok(store_begin(m, &err) && memory_store_claim(m, id, &err) && store_commit(m, &err), &err);
    assert_int_equal(next(m, T).attempts, 1);
    ok(store_begin(m, &err) && memory_store_postpone(m, id, T + 5, "dead", &err) &&
           store_commit(m, &err),
       &err);
    assert_string_equal(next(m, T).session, "");
    assert_true(next(m, T).next_us == T + 5);
    assert_int_equal(next(m, T + 5).attempts, 1);
    ok(store_begin(m, &err) && memory_store_claim(m, id, &err) &&
           memory_store_postpone(m, id, T + 6, NULL, &err) && store_commit(m, &err),
       &err);
    assert_int_equal(next(m, T + 6).attempts, 1); /* cancelled: it was none */
    store_close(&m);
    free(id);
}

/* A process that claims and is then killed where it stands. */
static pid_t
claim_in_a_child(const struct kit *k, const char *id)
{
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct err err = {{0}};
        struct store *m = store_open(k->path, &err);
        bool done =
            m && store_begin(m, &err) && memory_store_claim(m, id, &err) && store_commit(m, &err);
        ssize_t ignored = write(ready[1], done ? "y" : "n", 1);
        (void)ignored;
        pause();
        _exit(0);
    }
    char c = 0;
    assert_int_equal(read(ready[0], &c, 1), 1);
    assert_int_equal(c, 'y');
    close(ready[0]);
    close(ready[1]);
    return pid;
}

static void
what_a_living_instance_works_at_is_left_to_it_and_a_dead_ones_is_taken_up(void **state)
{
    struct kit *k = *state;
    char *id = make_session(k, "mario", 1);
    queue(k, id);
    pid_t pid = claim_in_a_child(k, id);
    struct store *m = open_memory(k);
    assert_string_equal(next(m, T).session, "");
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    assert_string_equal(next(m, T).session, id);
    assert_int_equal(next(m, T).attempts, 1);
    store_close(&m);
    free(id);
}

static bool
count(void *arg, const struct memory_record *r)
{
    assert_string_equal(r->user, "mario");
    ++*(int *)arg;
    return true;
}

static void
put(struct store *m, const char *session, const char *user, const char *text, int64_t at_us)
{
    struct err err = {{0}};
    struct memory_record r = {.session = session,
                              .user = user,
                              .model = "zantara",
                              .through_seq = 1,
                              .at_us = at_us,
                              .record = text};
    ok(store_begin(m, &err) && memory_store_add_record(m, &r, &err) &&
           memory_store_put_profile(m, user, text, at_us, &err) && store_commit(m, &err),
       &err);
}

static void
what_has_expired_is_neither_shown_nor_kept(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    char *id = make_session(k, "mario", 1);
    struct store *m = open_memory(k);
    struct memory_look look;
    int n = 0;
    bool any;
    put(m, id, "mario", "{}", T);
    ok(memory_store_look(m, "mario", T, &look, &err), &err);
    assert_string_equal(look.profile, "{}");
    free(look.profile);
    ok(memory_store_look(m, "mario", T + 1, &look, &err), &err);
    assert_null(look.profile);
    ok(memory_store_records(m, "mario", T, count, &n, &err), &err);
    assert_int_equal(n, 1);
    ok(memory_store_records(m, "mario", T + 1, count, &n, &err), &err);
    assert_int_equal(n, 1);
    ok(memory_store_has_expired(m, T, &any, &err), &err);
    assert_false(any);
    ok(memory_store_has_expired(m, T + 1, &any, &err), &err);
    assert_true(any);
    ok(store_begin(m, &err) && memory_store_sweep(m, T + 1, &err) && store_commit(m, &err), &err);
    ok(memory_store_records(m, "mario", 0, count, &n, &err), &err);
    assert_int_equal(n, 1);
    store_close(&m);
    free(id);
}

static bool
file_holds(const char *path, const char *suffix, const char *marker)
{
    char *name = xasprintf("%s%s", path, suffix);
    int fd = open(name, O_RDONLY);
    free(name);
    if (fd < 0)
        return false;
    struct stat st;
    fstat(fd, &st);
    char *all = xmalloc((size_t)st.st_size + 1);
    ssize_t n = read(fd, all, (size_t)st.st_size);
    close(fd);
    size_t len = strlen(marker);
    bool found = false;
    for (ssize_t i = 0; !found && i + (ssize_t)len <= n; i++)
        found = memcmp(all + i, marker, len) == 0;
    free(all);
    return found;
}

static bool
anywhere(const struct kit *k, const char *marker)
{
    return file_holds(k->path, "", marker) || file_holds(k->path, "-wal", marker) ||
           file_holds(k->path, "-shm", marker);
}

static void
what_is_forgotten_stands_nowhere_in_the_files(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    char *his = make_session(k, "mario", 2), *hers = make_session(k, "anna", 1);
    struct store *m = open_memory(k);
    char *big = xmalloc(20001);
    memset(big, 'x', 20000); /* over several pages */
    memcpy(big + 9000, "marker-of-mario", 15);
    big[20000] = 0;
    for (int i = 0; i < 20; i++) {
        put(m, his, "mario", big, T + i);
        put(m, hers, "anna", "{\"x\": \"marker-of-anna\"}", T + i);
    }
    queue(k, his);
    assert_true(anywhere(k, "marker-of-mario") && anywhere(k, "marker-in-a-context"));
    ok(memory_store_forget(m, "mario", T, &err), &err);
    assert_false(anywhere(k, "marker-of-mario"));
    assert_true(anywhere(k, "marker-of-anna"));
    struct memory_look look;
    int n = 0;
    ok(memory_store_look(m, "mario", 0, &look, &err), &err);
    assert_true(look.out);
    assert_null(look.profile);
    ok(memory_store_records(m, "mario", 0, count, &n, &err), &err);
    assert_int_equal(n, 0);
    assert_string_equal(next(m, T).session, "");
    /* Let in again, nothing of before comes back. */
    assert_true(kit_set_out(k->path, "mario", false, T));
    queue(k, his);
    assert_string_equal(next(m, T).session, "");
    store_close(&m);
    free(big), free(his), free(hers);
}

static bool
hold_on(void *arg, const struct memory_record *r)
{
    const int *fds = arg;
    char c = 0;
    (void)r;
    ssize_t ignored = write(fds[0], &c, 1);
    ignored = read(fds[1], &c, 1);
    (void)ignored;
    return true;
}

/* A reader in another process holds on to an old state of the file, until it is told to let go. */
static void
forgetting_beside_a_reader_says_that_traces_may_stay_and_can_be_repeated(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    char *his = make_session(k, "mario", 1);
    int ready[2], go[2];
    struct store *m = open_memory(k);
    put(m, his, "mario", "{\"x\": \"marker-of-mario\"}", T);
    assert_true(pipe(ready) == 0 && pipe(go) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct store *other = store_open(k->path, NULL);
        memory_store_records(other, "mario", 0, hold_on, (int[]){ready[1], go[0]}, NULL);
        store_close(&other);
        _exit(0);
    }
    char c;
    assert_int_equal(read(ready[0], &c, 1), 1); /* it is in the middle of reading */
    assert_false(memory_store_forget(m, "mario", T, &err));
    assert_non_null(strstr(err.text, "run this again"));
    struct memory_look look;
    ok(memory_store_look(m, "mario", 0, &look, &err), &err);
    assert_null(look.profile); /* out of reach already */
    assert_int_equal(write(go[1], "", 1), 1);
    waitpid(pid, NULL, 0);
    err.text[0] = 0;
    ok(memory_store_forget(m, "mario", T, &err), &err);
    assert_false(anywhere(k, "marker-of-mario"));
    store_close(&m);
    close(ready[0]), close(ready[1]), close(go[0]), close(go[1]);
    free(his);
}

static void
the_contexts_of_a_forgotten_person_go_too(void **state)
{
    struct kit *k = *state;
    struct err err = {{0}};
    char *his = make_session(k, "mario", 2);
    struct store *m = open_memory(k);
    assert_true(anywhere(k, "marker-in-a-context"));
    ok(memory_store_forget(m, "mario", T, &err), &err);
    assert_false(anywhere(k, "marker-in-a-context"));
    struct store *q = store_open(k->path, &err);
    struct conversation *c = query_session(q, his, 0, 0, &err);
    assert_int_equal(c->count, 2); /* the conversation itself stays */
    conversation_destroy(&c);
    store_close(&q);
    store_close(&m);
    free(his);
}

int
main(void)
{
#define C(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        C(nothing_is_there_before_anything_is_written),
        C(only_a_session_with_new_turns_of_a_person_who_is_in_is_queued),
        C(what_was_said_while_one_was_out_stays_unanalysed),
        C(a_queue_written_under_a_wrong_clock_is_taken_up),
        C(a_failure_waits_and_a_claim_is_an_attempt),
        C(what_a_living_instance_works_at_is_left_to_it_and_a_dead_ones_is_taken_up),
        C(what_has_expired_is_neither_shown_nor_kept),
        C(what_is_forgotten_stands_nowhere_in_the_files),
        C(forgetting_beside_a_reader_says_that_traces_may_stay_and_can_be_repeated),
        C(the_contexts_of_a_forgotten_person_go_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
