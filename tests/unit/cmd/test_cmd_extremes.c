/* Anybody may have written anything into the database. Every column of every table, as the schema names them, is given
 * extremes of every type, and every command that reads then runs: it prints, or says what is wrong, and what it prints as
 * JSON is JSON. Under a sanitizer nothing overflows either. */
#include "unit/store/store_kit.h"

#include <fcntl.h>
#include <math.h>
#include <sqlite3.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/base/path.h"
#include "berdua/store/insight_store.h"
#include "berdua/store/memory_store.h"
#include "berdua/store/saved_contexts.h"
#include "berdua/store/spend_store.h"
#include "cmd/cmd.h"

#define SESSION "01AAAAAAAAAAAAAAAAAAAAAAAA"

static const char config_text[] = "user: mario\n"
                                  "memory: {enabled: true}\n"
                                  "budget: {usd_per_month: 5}\n"
                                  "brains:\n"
                                  "  claude: {provider: playback}\n"
                                  "  llama: {provider: playback}\n";

/* A row at least in every table. */
static const char rows[] =
    "DROP TRIGGER verdict_append_only; DROP TRIGGER rollout_step_unchanged;"
    "INSERT INTO session (id, user, title, started_us, last_us, simulated) VALUES ('" SESSION
    "', 'mario', 'judul', 1700000000000000, NOW, 0);"
    "INSERT INTO turn (id, session, seq, at_us, message, mode, history, served, canonical,"
    " left_brain, category, categories, language, language_confidence, route, context) VALUES"
    " ('t1', '" SESSION "', 1, NOW, 'halo', 'full', 'canonical', 'claude', 'claude', 'claude',"
    "  'greeting', '{\"greeting\": 1}', 'id', .9, '{\"brain\": \"claude\", \"mode\": \"full\","
    "  \"rule\": \"greeting\", \"percent\": 10, \"reason\": \"x\", \"bucket\": 5}',"
    "  '{\"source\": \"llama\", \"ms\": 100, \"grace_ms\": 200, \"late_ms\": 300}'),"
    " ('t2', '" SESSION "', 2, NOW, 'lagi', 'parallel', 'own', NULL, NULL, 'llama', 'general',"
    "  NULL, 'id', .5, NULL, NULL);"
    "INSERT INTO answer (id, turn, brain, attempt, provider, model, tier, role, status, text,"
    " stop_reason, error_kind, error_message, http_status, request_id, connect_us, first_byte_us,"
    " ttft_us, total_us, stall_us, queue_us, execution_us, tokens_in, tokens_out,"
    " tokens_cache_read, tokens_cache_write, tokens_thinking, cost_usd, warmth, cultural, at_us)"
    " SELECT id || b, id, b, 1, 'openai', 'm', 'fast', 'primary', 'complete', 'Halo!', 'stop',"
    "  'server', 'x', 500, 'r', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, .25, .5, .5, NOW"
    " FROM turn, (SELECT 'claude' AS b UNION SELECT 'llama');"
    "INSERT INTO verdict (id, session, turn, at_us, kind, note, rater, claude_acceptable, flags)"
    " VALUES ('v1', '" SESSION "', 't1', NOW, 'llama', 'hangat', 'mario', 1, NULL),"
    "  ('v2', '" SESSION "', 't2', NOW, 'tie', NULL, 'mario', NULL, '[\"leak\"]');"
    "INSERT INTO verdict_flag (verdict, flag) VALUES ('v1', 'leak');"
    "INSERT INTO said_gone (n, text) VALUES (99, 'hangat');" /* as a program that knows SQL leaves it */
    "INSERT INTO judge_call (turn, claude_answer, llama_answer, try, judge, model, prompt, first,"
    " state, winner, reply, at_us, bytes, tokens_in, tokens_out, cost_usd) VALUES ('t2',"
    " 't2claude', 't2llama', 1, 'claude', 'm', 'p', 'claude', 'voted', 'tie', '{}', NOW, 1, 2, 3, "
    "4);"
    "INSERT INTO evidence (block, oldest_us, newest_us, sums, data) VALUES (77, NOW, NOW, x'00', "
    "x'00');"
    "INSERT INTO blind_sides (rater, category, seed, drawn) VALUES ('mario', 'greeting', 1, 2);"
    "INSERT INTO rollout_step (at_us, category, from_percent, to_percent, by, reason, seen_verdict)"
    " VALUES (NOW, 'greeting', 0, 10, 'hand', 'x', 0);"
    "INSERT INTO breaker (brain, failures, opened_us, probing_us, changed_us, target) VALUES "
    "('llama', 3, NOW, NOW, NOW, 77), ('claude', 0, 0, 0, NOW, 0);"
    "INSERT INTO context (user, topic, language, text, model, at_us, expires_us)"
    " VALUES ('mario', 'malu', 'id', 'Sungkan.', 'm', NOW, NOW + 1000000000000);"
    "INSERT INTO side_call (at_us, brain, purpose, session, status, total_us, tokens_in,"
    " tokens_out, cost_usd) VALUES (NOW, 'llama', 'context', '" SESSION
    "', 'complete', 1, 2, 3, 1);"
    "INSERT INTO memory_record (id, session, user, model, through_seq, at_us, dropped, record) "
    "VALUES ('m1', '" SESSION "', 'mario', 'm', 2, NOW, 1, '{\"dreams\":"
    " [{\"value\": \"eco\", \"confidence\": 0.9, \"quote\": \"halo\"}], \"trust_level\":"
    " [{\"value\": 3, \"confidence\": 0.5, \"quote\": \"halo\"}]}');"
    "INSERT INTO memory_profile (user, at_us, profile) SELECT 'mario', NOW, record FROM "
    "memory_record;"
    "INSERT INTO memory_out (user, at_us) VALUES ('budi', NOW);"
    "INSERT INTO memory_progress (session, through_seq) VALUES ('" SESSION "', 1);"
    "INSERT INTO memory_pending (session, user, queued_us, next_us, attempts, error, owner) VALUES "
    "('" SESSION "', 'mario', NOW, NOW, 2, 'x', NULL);"
    "INSERT INTO team (one, origin, fill_kind, fill_at, sent, heard_us) VALUES (1, 'o', 6, '', 1, "
    "NOW);"
    "INSERT INTO team_origin (origin, seq) VALUES ('o', 1);"
    "INSERT INTO team_event (origin, seq, kind, version, about, session, payload, sha256, state)"
    " VALUES ('o', 1, 'verdict', 1, 'v1', '" SESSION "', '{}', 'x', 'own');"
    "INSERT INTO team_note (kind, id) VALUES ('verdict', 'v1');";

/* Most figures make the same short text in a column of texts, and a long text is no figure in the others. */
enum suits { FIGURES = 1, TEXTS = 2, BOTH = 3 };

static const struct {
    enum suits suits;
    const char *value;
} extremes[] = {
    {BOTH, "-9223372036854775807 - 1"},
    {FIGURES, "9223372036854775807"},
    {FIGURES, "-1"},
    {FIGURES, "1e308"},
    {FIGURES, "9e999"},
    {FIGURES, "-9e999"},
    {BOTH, "x'ff00fec3'"},
    /* no UTF-8, control and invisible characters */
    {BOTH, "CAST(x'c3ff201b5b324ae280aef3a08181ed' AS TEXT)"},
    {TEXTS, "zeroblob(100000)"},
    {TEXTS, "replace(hex(zeroblob(20000)), '00', '[{\"a\":')"},
    {TEXTS, "'{\"percent\": 1e999, \"bucket\": -1e300, \"ms\": 1e308, \"source\": 7,"
            " \"greeting\": [], \"dreams\": [{\"value\": 1e308, \"confidence\": -1e999,"
            " \"quote\": {}}], \"trust_level\": [{\"value\": 1e300, \"confidence\": 1e300,"
            " \"added\": 1e300, \"last_seen\": -1e300}]}'"},
};

static const char *const commands[][5] = {
    {"sessions", "list"},
    {"sessions", "list", "--json"},
    {"sessions", "show", SESSION},
    {"sessions", "search", "hangat"},
    {"sessions", "show", SESSION, "--json"},
    {"report"},
    {"report", "--json"},
    {"export", "--format", "native"},
    {"route", "status"},
    {"route", "status", "--json"},
    {"route", "simulate", "greeting=50", "--json"},
    {"judge", "--dry-run"},
    {"judge", "--dry-run", "--json"},
    {"memory", "show", "mario"},
    {"memory", "show", "mario", "--json"},
};
static const char *const knowledge_commands[][5] = {
    {"knowledge", "list"},
    {"knowledge", "list", "--json"},
    {"knowledge", "search", "malu"},
    {"knowledge", "search", "malu", "--json"},
};

static const char *const team_commands[][5] = {{"team", "status"}, {"team", "status", "--json"}};

static const struct command *const tables[] = {&command_sessions,  &command_route,  &command_memory,
                                               &command_report,    &command_export, &command_judge,
                                               &command_knowledge, &command_team};

struct rig {
    struct kit *kit;
    char *out;        /* what a command prints goes there */
    struct buf whole; /* the database before the extremes */
    int cases;
    size_t columns; /* that were tried */
};

static const struct command *
find_table(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        if (strcmp(tables[i]->name, name) == 0)
            return tables[i];
    fail_msg("no command %s", name);
    return NULL;
}

/* Its stdout goes into r->out; the exit code. */
static int
run_command(struct rig *r, const char *const command[5])
{
    char *argv[6] = {NULL};
    int argc = 0;
    for (; argc < 5 && command[argc]; argc++)
        argv[argc] = xstrdup(command[argc]);
    char *copies[6];
    memcpy(copies, argv, sizeof copies);
    struct globals g = {.db = r->kit->path, .quiet = true};
    fflush(stdout);
    int kept = dup(STDOUT_FILENO), to = open(r->out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(to, STDOUT_FILENO);
    close(to);
    int code = cmd_execute(find_table(command[0]), &g, argc, argv);
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    for (int i = 0; i < argc; i++)
        free(copies[i]);
    return code;
}

static void
expect_json(struct rig *r, const char *const command[5])
{
    struct buf text;
    struct err err = {{0}};
    buf_init(&text, 64 << 20);
    assert_true(path_read(r->out, &text, &err));
    struct json *doc = json_parse(text.p, text.len, NULL);
    if (!doc)
        fail_msg("%s %s: no JSON: %.300s", command[0], command[1], text.p);
    json_free(doc);
    buf_finish(&text);
}

/* What a chat reads besides. */
static void
read_as_a_chat_does(struct rig *r)
{
    struct err err = {{0}};
    struct spend spend;
    struct memory_pending pending;
    bool busy;
    int64_t tallies[VERDICT_KIND_COUNT];
    struct store *s = store_open(r->kit->path, &err);
    if (!s)
        return;
    struct conversation *c = query_latest(s, "mario", 100, &err);
    for (size_t i = 0; c && i < c->count; i++)
        for (int b = 0; b < BRAIN_COUNT; b++)
            assert_true(isnan(c->turns[i]->answers[b].cost_usd) ||
                        c->turns[i]->answers[b].cost_usd >= 0);
    conversation_destroy(&c);
    free(context_store_find(s, "mario", "malu", "id", clock_wall_us(), &err));
    memory_store_find(s, SESSION, &pending, &busy, &err);
    query_tallies(s, NULL, tallies, &err);
    store_close(&s);
    struct spend_store *m = spend_store_open(r->kit->path, &err);
    for (int capped = 0; m && capped < 2; capped++)
        if (spend_since(m, 0, capped ? 1e-9 : NAN, &spend, &err))
            for (int b = 0; b < BRAIN_COUNT; b++)
                assert_true(spend.usd[b] >= 0 && isfinite(spend.usd[b]));
    spend_store_close(&m);
}

static void
run_reader(struct rig *r, const char *const command[5])
{
    int code = run_command(r, command);
    assert_true(code == EXIT_DONE || code == EXIT_FAILED);
    for (size_t i = 0; code == EXIT_DONE && i < 5 && command[i]; i++)
        if (strcmp(command[i], "--json") == 0)
            expect_json(r, command);
}

/* Only the knowledge base's commands read its tables, and they read no other; so with a team's. */
static void
run_readers(struct rig *r, const char *table)
{
    if (strncmp(table, "insight", 7) == 0) {
        for (size_t i = 0; i < ARRAY_LEN(knowledge_commands); i++)
            run_reader(r, knowledge_commands[i]);
    } else if (strncmp(table, "team", 4) == 0) {
        for (size_t i = 0; i < ARRAY_LEN(team_commands); i++)
            run_reader(r, team_commands[i]);
    } else {
        for (size_t i = 0; i < ARRAY_LEN(commands); i++)
            run_reader(r, commands[i]);
        read_as_a_chat_does(r);
    }
}

static sqlite3 *
open_file(const struct rig *r)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(r->kit->path, &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF", 0, 0, 0);
    return db;
}

static void
must_run(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s in %.200s", why, sql);
}

/* The tables' columns, "table.column" each; an index keeps its own. */
static const char columns_sql[] =
    "SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type "
    "= 'table'"
    " AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'insight_index%'"
    " AND t.name NOT LIKE 'said_words%' ORDER BY 1, c.cid";

static int
setup(void **state)
{
    struct kit *kit;
    struct err err = {{0}};
    if (kit_setup((void **)&kit) != 0)
        return -1;
    struct rig *r = xcalloc(1, sizeof *r);
    r->kit = kit;
    r->out = xasprintf("%s/out", kit->folder);
    buf_init(&r->whole, 64 << 20);
    char *config = xasprintf("%s/berdua/config.yaml", kit->folder);
    assert_true(path_make_parent(config, &err));
    assert_true(path_write_atomic(config, config_text, strlen(config_text), &err));
    free(config);
    setenv("XDG_CONFIG_HOME", kit->folder, 1);
    setenv("XDG_STATE_HOME", kit->folder, 1);
    setenv("HOME", kit->folder, 1);
    assert_int_equal(run_command(r, (const char *const[5]){"knowledge", "list"}), EXIT_DONE);
    sqlite3 *db = open_file(r);
    char now[32];
    snprintf(now, sizeof now, "%lld", (long long)clock_wall_us());
    struct buf sql;
    buf_init(&sql, 1 << 16);
    for (const char *p = rows; *p;) {
        bool is_now = strncmp(p, "NOW", 3) == 0;
        buf_append(&sql, is_now ? now : p, is_now ? strlen(now) : 1);
        p += is_now ? 3 : 1;
    }
    must_run(db, sql.p);
    buf_finish(&sql);
    must_run(db, "PRAGMA journal_mode = DELETE");
    sqlite3_close(db);
    assert_true(path_read(kit->path, &r->whole, &err));
    *state = r;
    return 0;
}

static int
teardown(void **state)
{
    struct rig *r = *state;
    void *kit = r->kit;
    buf_finish(&r->whole);
    free(r->out);
    free(r);
    return kit_teardown(&kit);
}

static void
restore(struct rig *r)
{
    static const char *const beside[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < ARRAY_LEN(beside); i++) {
        char *name = xasprintf("%s%s", r->kit->path, beside[i]);
        unlink(name);
        free(name);
    }
    int fd = open(r->kit->path, O_WRONLY | O_TRUNC);
    assert_true(fd >= 0 && path_write_fd(fd, r->whole.p, r->whole.len));
    close(fd);
}

/* How many rows took the value; a column may refuse it. */
static int
put(struct rig *r, const char *table, const char *column, const char *value)
{
    sqlite3 *db = open_file(r);
    char *sql = xasprintf("UPDATE OR IGNORE %s SET %s = %s", table, column, value);
    int rows_changed =
        sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? sqlite3_changes(db) : 0;
    sqlite3_close(db);
    free(sql);
    return rows_changed;
}

/* Nothing here has a second thread: where threads are watched, which takes ten times as long, one value is enough; where
 * memory is watched, every second one, another half for each column. */
#if defined(__SANITIZE_THREAD__)
enum { ONE_VALUE = 1, EVERY = 1 };
#elif defined(__SANITIZE_ADDRESS__)
enum { ONE_VALUE = 0, EVERY = 2 };
#else
enum { ONE_VALUE = 0, EVERY = 1 };
#endif

static void
try_column(struct rig *r, const char *table, const char *column, enum suits suits)
{
    int taken = 0;
    for (size_t i = 0; i < ARRAY_LEN(extremes); i++) {
        const char *value = extremes[i].value;
        if (!(extremes[i].suits & suits) || (ONE_VALUE && taken) || (i + r->columns) % EVERY)
            continue;
        if (put(r, table, column, value) > 0) {
            fprintf(stderr, "%s.%s = %s\n", table, column, value); /* for the log of a crash */
            run_readers(r, table);
            taken++;
        }
        restore(r);
    }
    r->columns++;
    if (!taken && EVERY == 1)
        fail_msg("%s.%s: no row took a value; does the test give the table one?", table, column);
    r->cases += taken;
}

static void
no_value_in_any_column_harms_a_reader(void **state)
{
    struct rig *r = *state;
    sqlite3 *db = open_file(r);
    sqlite3_stmt *s;
    struct buf list;
    buf_init(&list, 1 << 16);
    assert_int_equal(sqlite3_prepare_v2(db, columns_sql, -1, &s, NULL), SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW)
        buf_printf(&list, "%s %s %s\n", sqlite3_column_text(s, 0), sqlite3_column_text(s, 1),
                   sqlite3_column_text(s, 2));
    sqlite3_finalize(s);
    sqlite3_close(db);
    run_readers(r, "");
    run_readers(r, "insight");
    for (char *p = list.p, *end; (end = strchr(p, '\n')); p = end + 1) {
        char table[64], column[64], type[64];
        assert_int_equal(sscanf(p, "%63s %63s %63s", table, column, type), 3);
        try_column(r, table, column, strcmp(type, "TEXT") == 0 ? TEXTS : FIGURES);
    }
    buf_finish(&list);
    assert_true(ONE_VALUE || r->cases > 500 / EVERY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_value_in_any_column_harms_a_reader, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
