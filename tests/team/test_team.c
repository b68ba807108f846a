/* A team around a real PostgreSQL: eight that write while the server is killed, stopped and started again, connections are cut
 * anywhere, and writers are killed; a copied file; events of a newer berdua. At the end all have the same, once.
 * TEAM_EVENTS is how many each writer makes (default 150; 10000 takes half an hour). */
#include "unit/store/store_kit.h"

#include <signal.h>
#include <sys/wait.h>

#include "berdua/base/clock.h"
#include "berdua/base/path.h"
#include "berdua/base/sha256.h"
#include "berdua/conf/config.h"
#include "berdua/store/session_store.h"
#include "berdua/store/team_store.h"
#include "berdua/team/team.h"
#include "store/sqlite/db.h"
#include "store/store_db.h"
#include "team/server.h"
#include "team/proxy.h"

enum { WRITERS = 8, EVENTS_EACH = 6 /* of a verdict with its turn */ };

#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct err err = {{0}};                                                                    \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, err.text);                                                   \
    } while (0)

static struct config
config_at(char *url)
{
    struct config c = {.team.url = url};
    return c;
}

/* ---- one who writes, a process of its own ---- */

struct pair_write {
    const char *name;
    int number;
    int64_t offset_us;
};

/* A session, its turn, two answers, a verdict and a step of the rollout. */
static bool
write_pair(struct store *inside, void *arg, struct err *err)
{
    const struct pair_write *p = arg;
    int64_t at_us = 1790000000000000 + p->number + p->offset_us;
    char *sql = xasprintf(
        "INSERT INTO session (id, user, started_us, last_us) VALUES ('S%1$s%2$d', 'mario', 1, 1);"
        "INSERT INTO turn (id, session, seq, at_us, message, mode, history, left_brain) VALUES"
        " ('T%1$s%2$d', 'S%1$s%2$d', 1, %3$lld, 'Kak \"%1$s\" \\ %2$d', 'parallel', 'own', "
        "'claude');"
        "INSERT INTO answer (id, turn, brain, attempt, role, status, text) VALUES"
        " ('C%1$s%2$d', 'T%1$s%2$d', 'claude', 1, 'served', 'complete', 'Tidak apa-apa'),"
        " ('L%1$s%2$d', 'T%1$s%2$d', 'llama', 1, 'served', 'complete', 'Jangan {sungkan}, ''ya''');"
        "INSERT INTO verdict (id, session, turn, at_us, kind, rater) VALUES"
        " ('V%1$s%2$d', 'S%1$s%2$d', 'T%1$s%2$d', %3$lld, 'llama', '%1$s');"
        "INSERT INTO rollout_step (at_us, category, from_percent, to_percent, by, reason,"
        " seen_verdict) VALUES (%3$lld, 'greeting', 0, 10, '%1$s', 'x', 0)",
        p->name, p->number, (long long)at_us);
    bool ok = db_exec(store_db(inside), sql, err);
    free(sql);
    return ok;
}

static int64_t
number_in(struct store *s, const char *sql)
{
    int64_t n = 0;
    struct db *db;
    MUST(store_look_again(s, &db, &err));
    MUST(!db || db_int(db, sql, &n, &err));
    return n;
}

static void
keep_news(void *arg, const struct team_news *n)
{
    struct team_news *kept = arg;
    int64_t taken = kept->taken + n->taken;
    *kept = *n;
    kept->taken = taken;
}

static void
look_at_mail(struct box *b, int ms)
{
    struct pollfd p = {.fd = mailbox_fd(b->mb), .events = POLLIN};
    poll(&p, 1, ms);
    mailbox_deliver(b->mb);
    while (b->head) {
        struct box_news *x = b->head;
        b->head = x->next;
        box_drop(x);
    }
    b->tail = NULL;
}

struct member {
    struct box box;
    struct writer *writer;
    struct store *store;
    struct team *team;
    struct team_news news;
    struct config config;
};

static struct member *
member_open(const char *db, char *url)
{
    struct member *m = xcalloc(1, sizeof *m);
    m->box = box_open();
    m->writer = kit_open(db, &m->box);
    m->config = config_at(url);
    m->store = store_open(db, &(struct err){{0}});
    store_through(m->store, m->writer);
    MUST(team_store_join(m->store, &err));
    MUST((m->team = team_open(&m->config, db, m->writer, m->box.mb, keep_news, &m->news, &err)) !=
         NULL);
    return m;
}

static void
member_close(struct member **pm)
{
    struct member *m = *pm;
    *pm = NULL;
    writer_release_workers(m->writer);
    team_close(&m->team);
    store_close(&m->store);
    kit_close(&m->writer);
    box_close(&m->box);
    free(m);
}

/* Goes on where an earlier one of that name was killed; ends when the server has all. */
static int
write_and_send(char **argv)
{
    struct member *m = member_open(argv[0], argv[1]);
    char *have = xasprintf("SELECT count(*) FROM verdict WHERE rater = '%s'", argv[2]);
    int count = (int)strtol(argv[3], NULL, 10);
    for (int i = (int)number_in(m->store, have); i < count; i++) {
        struct pair_write p = {argv[2], i, strtoll(argv[4], NULL, 10)};
        MUST(store_write(m->store, write_pair, &p, &err));
        look_at_mail(&m->box, 0);
    }
    struct team_state state;
    do {
        look_at_mail(&m->box, 50);
        MUST(team_store_state(m->store, &state, &err));
    } while (!m->news.connected || m->news.to_send || state.sent < state.seq);
    free(have);
    member_close(&m);
    return 0;
}

static pid_t
start_writer(const char *db, const char *url, const char *name, int count, int64_t offset_us)
{
    char counts[16], offsets[24];
    snprintf(counts, sizeof counts, "%d", count);
    snprintf(offsets, sizeof offsets, "%lld", (long long)offset_us);
    pid_t pid = fork();
    if (pid == 0) {
        execl("/proc/self/exe", "test_team", "writer", db, url, name, counts, offsets,
              (char *)NULL);
        _exit(127);
    }
    return pid;
}

/* ---- what the server and the files hold ---- */

#define SET "origin, seq, sha256 FROM "

static char *
set_of(struct store *s)
{
    struct buf out;
    buf_init(&out, 64 << 20);
    struct stmt *q = NULL;
    MUST((q = db_query(store_db(s), "SELECT " SET "team_event ORDER BY origin, seq", NULL, &err)) !=
         NULL);
    while (stmt_next(q, NULL))
        buf_printf(&out, "%s %lld %s\n", stmt_str(q, 0), (long long)stmt_int(q, 1), stmt_str(q, 2));
    stmt_finish(q);
    return buf_take(&out);
}

static void
exchange(const char *db, enum team_way way)
{
    char *url = url_at(server.port), notice[200];
    struct config c = config_at(url);
    int64_t moved;
    struct store *s = store_open(db, &(struct err){{0}});
    MUST(team_exchange(&c, s, way, &moved, notice, &err));
    store_close(&s);
    free(url);
}

static void
expect_same_everywhere(char *const *dbs, int count, int64_t verdicts)
{
    for (int i = 0; i < count; i++)
        exchange(dbs[i], TEAM_PUSH);
    for (int i = 0; i < count; i++)
        exchange(dbs[i], TEAM_PULL);
    char *all = ask_server("SELECT " SET "berdua.event ORDER BY origin, seq");
    for (int i = 0; i < count; i++) {
        struct store *s = store_open(dbs[i], &(struct err){{0}});
        char *own = set_of(s);
        if (strcmp(own, all) != 0)
            fail_msg("%s: %zu bytes of events, the server has %zu", dbs[i], strlen(own),
                     strlen(all));
        assert_int_equal(number_in(s, "SELECT count(*) FROM verdict"), verdicts);
        assert_int_equal(number_in(s, "SELECT count(*) FROM rollout_step"), verdicts);
        assert_int_equal(number_in(s, "SELECT count(*) FROM answer WHERE turn IN (SELECT turn FROM"
                                      " verdict)"),
                         2 * verdicts);
        assert_int_equal(number_in(s, "SELECT count(*) FROM team_event WHERE state = 'refused'"),
                         0);
        free(own);
        store_close(&s);
    }
    free(all);
}

/* ---- a folder, a server with tables ---- */

static char *
path_in(const struct kit *k, const char *name)
{
    return xasprintf("%s/%s", k->folder, name);
}

static int
fresh_server(void **state)
{
    if (kit_setup(state) != 0)
        return -1;
    char *url = url_at(server.port);
    struct config c = config_at(url);
    struct err err = {{0}};
    free(ask_server("DROP SCHEMA IF EXISTS berdua CASCADE"));
    bool ok = team_make_tables(&c, &err) && team_make_tables(&c, &err);
    free(url);
    return ok ? 0 : -1;
}

/* ---- tests ---- */

static void
wait_for_events(int64_t least)
{
    while (count_on_server("SELECT count(*) FROM berdua.event") < least)
        usleep(20000);
}

static void
eight_writers_lose_and_double_nothing_whatever_breaks(void **state)
{
    struct kit *k = *state;
    const char *given = getenv("TEAM_EVENTS");
    int pairs = (given ? (int)strtol(given, NULL, 10) : 150) / EVENTS_EACH;
    char *dbs[WRITERS], name[WRITERS][16];
    pid_t pid[WRITERS];
    struct proxy *proxy = proxy_start(server.port, 7);
    char *direct = url_at(server.port), *through = url_at(proxy->port);
    const int64_t day_us = 86400 * (int64_t)US_PER_S;
    proxy->cutting = true;
    for (int i = 0; i < WRITERS; i++) {
        snprintf(name[i], sizeof name[i], "w%d", i);
        dbs[i] = path_in(k, name[i]);
        pid[i] =
            start_writer(dbs[i], i % 2 ? through : direct, name[i], pairs, (i % 3 - 1) * day_us);
    }
    int64_t all = (int64_t)WRITERS * pairs * EVENTS_EACH;
    wait_for_events(all / 8);
    pg_kill(&server);
    pg_start(&server);
    for (int i = 0; i < WRITERS; i += 3) {
        kill(pid[i], SIGKILL);
        waitpid(pid[i], NULL, 0);
        pid[i] = start_writer(dbs[i], direct, name[i], pairs, (i % 3 - 1) * day_us);
    }
    wait_for_events(all / 4);
    pg_freeze(&server);
    kill(pid[1], SIGKILL);
    waitpid(pid[1], NULL, 0);
    pid[1] = start_writer(dbs[1], through, name[1], pairs, 0);
    usleep(300000); /* so long it is frozen, whatever they do */
    pg_thaw(&server);
    wait_for_events(all / 2);
    pg_restart(&server);
    proxy->cutting = false;
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        waitpid(pid[i], &status, 0);
        assert_int_equal(status, 0);
    }
    assert_true(proxy->cuts > 0);
    proxy_stop(&proxy);
    expect_same_everywhere(dbs, WRITERS, (int64_t)WRITERS * pairs);
    for (int i = 0; i < WRITERS; i++)
        free(dbs[i]);
    free(direct);
    free(through);
}

static void
write_some(const char *db, const char *name, int from, int to)
{
    struct store *s = store_open(db, &(struct err){{0}});
    MUST(team_store_join(s, &err));
    for (int i = from; i < to; i++) {
        struct pair_write p = {name, i, 0};
        MUST(store_write(s, write_pair, &p, &err));
    }
    store_close(&s);
}

static void
a_writer_killed_between_the_servers_commit_and_its_answer_sends_nothing_twice(void **state)
{
    char *db = path_in(*state, "a");
    struct proxy *proxy = proxy_start(server.port, 1);
    char *url = url_at(proxy->port);
    write_some(db, "a", 0, 1);
    exchange(db, TEAM_PUSH);
    write_some(db, "a", 1, 2);
    proxy->mute = false;
    pid_t pid = start_writer(db, url, "a", 2, 0);
    /* Which answer is lost does not matter: some commit of these is not heard of. */
    wait_for_events(7);
    proxy->mute = true;
    wait_for_events(2 * EVENTS_EACH);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    proxy_stop(&proxy);
    expect_same_everywhere(&db, 1, 2);
    assert_int_equal(count_on_server("SELECT count(*) FROM berdua.event"), 2 * EVENTS_EACH);
    free(url);
    free(db);
}

static void
copy_file(const char *from, const char *to)
{
    struct buf bytes;
    buf_init(&bytes, 64 << 20);
    MUST(path_read(from, &bytes, &err));
    MUST(path_write_atomic(to, bytes.p, bytes.len, &err));
    buf_finish(&bytes);
}

static void
a_copied_file_becomes_a_member_of_its_own(void **state)
{
    char *dbs[3] = {path_in(*state, "a"), path_in(*state, "b"), path_in(*state, "c")};
    write_some(dbs[0], "a", 0, 3);
    exchange(dbs[0], TEAM_PUSH);
    copy_file(dbs[0], dbs[1]);
    copy_file(dbs[0], dbs[2]);
    write_some(dbs[0], "a", 3, 5);
    write_some(dbs[1], "b", 0, 1);
    exchange(dbs[0], TEAM_PUSH);
    /* c has nothing of its own: it would learn of the others only by what the server has more. */
    expect_same_everywhere(dbs, 3, 6);
    assert_int_equal(count_on_server("SELECT count(DISTINCT origin) FROM berdua.event"), 2);
    write_some(dbs[2], "c", 0, 1);
    expect_same_everywhere(dbs, 3, 7);
    assert_int_equal(count_on_server("SELECT count(DISTINCT origin) FROM berdua.event"), 3);
    for (int i = 0; i < 3; i++)
        free(dbs[i]);
}

static void
a_server_that_keeps_nothing_of_what_is_sent_is_not_sent_it_for_ever(void **state)
{
    char *db = path_in(*state, "a"), *url = url_at(server.port), notice[200];
    struct config c = config_at(url);
    struct err err = {{0}};
    int64_t moved;
    write_some(db, "a", 0, 1);
    free(ask_server("CREATE FUNCTION berdua.forget() RETURNS trigger LANGUAGE plpgsql"
                    " AS 'BEGIN RETURN NULL; END'"));
    free(ask_server("CREATE TRIGGER forget BEFORE INSERT ON berdua.event FOR EACH ROW"
                    " EXECUTE PROCEDURE berdua.forget()"));
    struct store *s = store_open(db, &err);
    assert_false(team_exchange(&c, s, TEAM_PUSH, &moved, notice, &err));
    assert_string_equal(err.text, "team: the server does not show what was sent to it");
    store_close(&s);
    free(url);
    free(db);
}

static void
the_server_does_not_compile_what_it_is_asked(void **state)
{
    struct buf out;
    struct link *l = link_to_server();
    (void)state;
    buf_init(&out, 4096);
    MUST(server_begin(l, "0ddba115-0000-4000-8000-000000000001", &err));
    MUST(link_run(l, "SHOW jit", NULL, 0, take_line, &out, &err));
    assert_string_equal(out.p, "off\n");
    link_close(&l);
    buf_finish(&out);
}

static void
what_a_newer_berdua_sends_is_kept_and_what_is_known_of_it_is_understood(void **state)
{
    char *dbs[2] = {path_in(*state, "a"), path_in(*state, "b")};
    write_some(dbs[0], "a", 0, 1);
    exchange(dbs[0], TEAM_PUSH);
    free(ask_server(
        "WITH new (seq, kind, version, payload) AS (VALUES (1, 'poem', 1, "
        "'{\"verse\":\"pantun\"}'),"
        " (2, 'verdict', 2, '{\"id\":\"new\",\"session\":\"Sa0\",\"seq\":1,\"turn\":\"Ta0\","
        "\"at_us\":5,\"kind\":\"tie\",\"rater\":\"made\",\"origin\":\"review\",\"mood\":[1]}')),"
        " known AS (INSERT INTO berdua.origin VALUES ('0ddba115-0000-4000-8000-000000000001'))"
        "INSERT INTO berdua.event (origin, seq, kind, version, payload, sha256)"
        " SELECT '0ddba115-0000-4000-8000-000000000001', seq, kind, version, payload,"
        " encode(sha256(convert_to(payload, 'UTF8')), 'hex') FROM new"));
    for (int i = 0; i < 2; i++)
        exchange(dbs[i], TEAM_PULL);
    for (int i = 0; i < 2; i++) {
        struct store *s = store_open(dbs[i], &(struct err){{0}});
        assert_int_equal(number_in(s, "SELECT count(*) FROM verdict WHERE rater = 'made'"), 1);
        assert_int_equal(number_in(s, "SELECT count(*) FROM team_event WHERE state = 'waiting' AND"
                                      " payload = '{\"verse\":\"pantun\"}'"),
                         1);
        store_close(&s);
        free(dbs[i]);
    }
}

static void
two_see_each_others_verdicts_while_both_run(void **state)
{
    char *paths[2] = {path_in(*state, "a"), path_in(*state, "b")};
    char *url = url_at(server.port);
    struct member *m[2] = {member_open(paths[0], url), member_open(paths[1], url)};
    for (int i = 0; i < 2; i++)
        while (!m[i]->news.connected)
            look_at_mail(&m[i]->box, 1000);
    for (int i = 0; i < 2; i++) {
        struct pair_write p = {i ? "b" : "a", 0, 0};
        int64_t began_us = clock_us();
        MUST(store_write(m[i]->store, write_pair, &p, &err));
        while (number_in(m[!i]->store, "SELECT count(*) FROM rollout_step") <= i)
            look_at_mail(&m[!i]->box, 10);
        printf("  seen after %lld ms\n", (long long)((clock_us() - began_us) / US_PER_MS));
        while (m[!i]->news.taken < EVENTS_EACH)
            look_at_mail(&m[!i]->box, 10);
    }
    /* A frozen server keeps nobody from writing, nor from leaving. */
    pg_freeze(&server);
    struct pair_write p = {"c", 0, 0};
    MUST(store_write(m[0]->store, write_pair, &p, &err));
    member_close(&m[0]);
    pg_thaw(&server);
    member_close(&m[1]);
    expect_same_everywhere(paths, 2, 3);
    free(paths[0]);
    free(paths[1]);
    free(url);
}

static void
what_is_removed_loses_its_payload_on_the_server_and_nothing_else_changes_there(void **state)
{
    char *dbs[2] = {path_in(*state, "a"), path_in(*state, "b")};
    struct session_removed removed;
    write_some(dbs[0], "a", 0, 2);
    for (int i = 0; i < 2; i++)
        exchange(dbs[i], TEAM_PULL);
    struct store *s = store_open(dbs[0], &(struct err){{0}});
    MUST(session_store_remove(s, "Sa0", &removed, &err));
    store_close(&s);
    exchange(dbs[0], TEAM_PUSH);
    assert_int_equal(count_on_server("SELECT count(*) FROM berdua.event WHERE payload IS NULL"), 5);
    assert_int_equal(count_on_server("SELECT count(*) FROM berdua.judged"), 1);
    exchange(dbs[1], TEAM_PULL);
    s = store_open(dbs[1], &(struct err){{0}});
    assert_int_equal(number_in(s, "SELECT count(*) FROM verdict"), 1);
    store_close(&s);
    struct link *l = link_to_server();
    struct err said = {{0}};
    assert_false(link_run(l, "UPDATE berdua.event SET payload = 'x'", NULL, 0, NULL, NULL, &said));
    assert_false(link_run(l, "DELETE FROM berdua.event", NULL, 0, NULL, NULL, &said));
    assert_false(link_run(l, "TRUNCATE berdua.event", NULL, 0, NULL, NULL, &said));
    assert_non_null(strstr(said.text, "append-only"));
    link_close(&l);
    free(dbs[0]);
    free(dbs[1]);
}

#define T(f) cmocka_unit_test_setup_teardown(f, fresh_server, kit_teardown)

int
main(int argc, char **argv)
{
    if (argc == 7 && strcmp(argv[1], "writer") == 0)
        return write_and_send(argv + 2);
    const struct CMUnitTest tests[] = {
        T(two_see_each_others_verdicts_while_both_run),
        T(what_is_removed_loses_its_payload_on_the_server_and_nothing_else_changes_there),
        T(a_server_that_keeps_nothing_of_what_is_sent_is_not_sent_it_for_ever),
        T(the_server_does_not_compile_what_it_is_asked),
        T(what_a_newer_berdua_sends_is_kept_and_what_is_known_of_it_is_understood),
        T(a_copied_file_becomes_a_member_of_its_own),
        T(a_writer_killed_between_the_servers_commit_and_its_answer_sends_nothing_twice),
        T(eight_writers_lose_and_double_nothing_whatever_breaks),
    };
    return cmocka_run_group_tests(tests, start_server, end_server);
}
