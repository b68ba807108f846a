#include "pairs.h"

#include "unit/unit.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "berdua/base/mem.h"
#include "cli.h"
#include "contract.h"

static sqlite3 *
open_database(struct place *p)
{
    char *path = place_path(p, "data/berdua/berdua.db");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_busy_timeout(db, patience_ms());
    free(path);
    return db;
}

void
pairs_sql(struct place *p, const char *sql)
{
    sqlite3 *db = open_database(p);
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(db);
}

int64_t
pairs_int(struct place *p, const char *sql)
{
    sqlite3 *db = open_database(p);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return n;
}

/* ?1: how many pairs; ?2: whose answer is "Kiri". */
static const char rows[] =
    "INSERT INTO session (id, user, started_us, last_us)"
    " VALUES ('01S', 'mario', 1700000000000000, 1700000000000000);"
    "CREATE TEMP TABLE number AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
    "  WHERE i + 1 < %d) SELECT i FROM n;"
    "INSERT INTO turn (id, session, seq, at_us, message, mode, history, served, canonical,"
    "  left_brain, category, language) SELECT printf('01T%%023d', i), '01S', i + 1,"
    "  1700000000000000 + i * 1000000, 'Pertanyaan ' || i || ', Kak?', 'parallel', 'canonical',"
    "  'claude', 'claude', 'claude', CASE i %% 6 WHEN 0 THEN 'greeting' WHEN 1 THEN 'emotional'"
    "  WHEN 2 THEN 'cultural' WHEN 3 THEN 'business_simple' WHEN 4 THEN 'business_complex'"
    "  ELSE 'general' END, 'id' FROM number;"
    "INSERT INTO answer (id, turn, brain, attempt, provider, model, role, status, text, ttft_us,"
    "  total_us, cost_usd, warmth, at_us) SELECT printf('01%%s%%023d', upper(substr(b, 1, 1)), i),"
    "  printf('01T%%023d', i), b, 1, b, b || '-model', 'compared', 'complete',"
    "  CASE WHEN b = '%s' THEN 'Kiri ' || i || ' tidak apa-apa. Sama di keduanya.'"
    "  ELSE 'Kanan ' || i || ' jangan **sungkan** ya. Sama di keduanya.' END,"
    "  length(b) * 50000, length(b) * 200000, length(b) * .001, length(b) * .1,"
    "  1700000000000000 + i * 1000000 FROM number, (SELECT 'claude' AS b UNION SELECT 'llama');";

void
pairs_make(struct place *p, int count, bool swapped)
{
    struct cli_result r;
    cli_run(&r, p, ARGS("-q", "review", "--linear"), ""); /* it makes the tables */
    expect_exit(&r, 0);
    cli_finish(&r);
    char *sql = xasprintf(rows, count, swapped ? "llama" : "claude");
    pairs_sql(p, sql);
    free(sql);
}

void
pairs_judge(struct place *p, int pair, const char *rater, const char *kind)
{
    char *sql = xasprintf(
        "INSERT INTO verdict (id, session, turn, at_us, kind, rater, origin, left_brain, blind,"
        " claude_answer, llama_answer, try, drawn_by) SELECT 'v' || count(*), '01S',"
        " printf('01T%%023d', %d), 1800000000000000 + count(*), '%s', '%s', 'review', 'claude', 1,"
        " printf('01C%%023d', %d), printf('01L%%023d', %d), 1, 'random' FROM verdict",
        pair, kind, rater, pair, pair);
    pairs_sql(p, sql);
    free(sql);
}
