#include "schema.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "db.h"

/* Words, not numbers, stand for the enums, so that the file explains itself. Times are microseconds
 * (wall clock since 1970, durations otherwise). JSON in columns that SQL never looks into.
 * An answer row is one try of one brain; the newest attempt is shown, the others are kept.
 * `verdict` is append-only: one row per event, in the order of n. */
static const char version_1[] =
    "CREATE TABLE session ("
    " id TEXT NOT NULL PRIMARY KEY,"
    " user TEXT NOT NULL,"
    " title TEXT,"
    " started_us INTEGER NOT NULL,"
    " last_us INTEGER NOT NULL,"
    " simulated INTEGER NOT NULL DEFAULT 0"
    ");"
    "CREATE INDEX session_user ON session (user, last_us);"
    "CREATE TABLE turn ("
    " id TEXT NOT NULL PRIMARY KEY,"
    " session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,"
    " seq INTEGER NOT NULL,"
    " at_us INTEGER NOT NULL,"
    " message TEXT NOT NULL,"
    " mode TEXT NOT NULL,"
    " history TEXT NOT NULL,"
    " served TEXT,"
    " canonical TEXT,"
    " left_brain TEXT NOT NULL,"
    " blind INTEGER NOT NULL DEFAULT 0,"
    " simulated INTEGER NOT NULL DEFAULT 0,"
    " category TEXT,"
    " categories TEXT,"
    " language TEXT,"
    " language_confidence REAL,"
    " classify_rules TEXT,"
    " route TEXT,"
    " context TEXT,"
    " config_hash TEXT,"
    " app_version TEXT,"
    " UNIQUE (session, seq)"
    ");"
    "CREATE TABLE answer ("
    " id TEXT NOT NULL PRIMARY KEY,"
    " turn TEXT NOT NULL REFERENCES turn (id) ON DELETE CASCADE,"
    " brain TEXT NOT NULL,"
    " attempt INTEGER NOT NULL,"
    " owner TEXT,"
    " provider TEXT,"
    " model TEXT,"
    " tier TEXT,"
    " role TEXT NOT NULL,"
    " status TEXT NOT NULL,"
    " text TEXT NOT NULL,"
    " stop_reason TEXT,"
    " error_kind TEXT,"
    " error_message TEXT,"
    " http_status INTEGER,"
    " request_id TEXT,"
    " connect_us INTEGER,"
    " first_byte_us INTEGER,"
    " ttft_us INTEGER,"
    " total_us INTEGER,"
    " stall_us INTEGER,"
    " queue_us INTEGER,"
    " execution_us INTEGER,"
    " tokens_in INTEGER,"
    " tokens_out INTEGER,"
    " tokens_cache_read INTEGER,"
    " tokens_cache_write INTEGER,"
    " tokens_thinking INTEGER,"
    " tokens_estimated INTEGER NOT NULL DEFAULT 0,"
    " deltas INTEGER NOT NULL DEFAULT 0,"
    " cost_usd REAL,"
    " warmth REAL,"
    " cultural REAL,"
    " scores TEXT,"
    " score_rules TEXT,"
    " retries INTEGER NOT NULL DEFAULT 0,"
    " retry_why TEXT,"
    " truncated INTEGER NOT NULL DEFAULT 0,"
    " cold INTEGER NOT NULL DEFAULT 0,"
    " simulated INTEGER NOT NULL DEFAULT 0,"
    " system TEXT,"
    " timing TEXT,"
    " UNIQUE (turn, brain, attempt)"
    ");"
    "CREATE INDEX answer_running ON answer (owner) WHERE status = 'running';"
    "CREATE TABLE verdict ("
    " n INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,"
    " turn TEXT NOT NULL REFERENCES turn (id) ON DELETE CASCADE,"
    " at_us INTEGER NOT NULL,"
    " kind TEXT NOT NULL,"
    " note TEXT,"
    " rater TEXT NOT NULL,"
    " origin TEXT NOT NULL DEFAULT 'chat'," /* chat, review, judge: only chat decides what is in force */
    " left_brain TEXT,"
    " blind INTEGER NOT NULL DEFAULT 0,"
    " strength TEXT,"
    " reasons TEXT,"
    " flags TEXT,"
    " acceptable INTEGER,"
    " claude_answer TEXT,"
    " llama_answer TEXT,"
    " app_version TEXT"
    ");"
    "CREATE INDEX verdict_turn ON verdict (turn, n);"
    "CREATE INDEX verdict_session ON verdict (session, n);"
    "CREATE TRIGGER verdict_append_only BEFORE UPDATE ON verdict"
    " BEGIN SELECT raise(ABORT, 'verdicts are append-only'); END;";

/* A category's stage is where its newest step led; seen_verdict is the last verdict known by then. breaker holds
 * what all instances know about a brain's health. */
static const char rollout_tables[] =
    "CREATE TABLE rollout_step ("
    " n INTEGER PRIMARY KEY,"
    " at_us INTEGER NOT NULL,"
    " category TEXT NOT NULL,"
    " from_percent REAL NOT NULL,"
    " to_percent REAL NOT NULL,"
    " by TEXT NOT NULL," /* hand, auto, safety, breaker, model */
    " reason TEXT,"
    " seen_verdict INTEGER NOT NULL"
    ");"
    "CREATE TRIGGER rollout_step_unchanged BEFORE UPDATE ON rollout_step"
    " BEGIN SELECT raise(ABORT, 'the history of the rollout is append-only'); END;"
    "CREATE TRIGGER rollout_step_kept BEFORE DELETE ON rollout_step"
    " BEGIN SELECT raise(ABORT, 'the history of the rollout is append-only'); END;"
    "CREATE TABLE breaker ("
    " brain TEXT NOT NULL PRIMARY KEY,"
    " failures INTEGER NOT NULL,"
    " opened_us INTEGER NOT NULL,"
    " probing_us INTEGER NOT NULL,"
    " changed_us INTEGER NOT NULL"
    ");";

/* insight_index holds the same rows as insight, cut into words by knowledge/stem.c: what is looked for and
 * what is found must be cut alike, so nothing else writes to it;
 * insight_word says how many entries hold each word. insight_set says which shipped set was
 * put in last. */
static const char insight_tables[] =
    "CREATE TABLE insight ("
    " n INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " topic TEXT NOT NULL,"
    " text TEXT NOT NULL,"
    " tags TEXT NOT NULL DEFAULT '',"
    " tone TEXT,"
    " languages TEXT NOT NULL DEFAULT 'id,en,it',"
    " origin TEXT NOT NULL," /* shipped, user */
    " at_us INTEGER NOT NULL"
    ");"
    "CREATE VIRTUAL TABLE insight_index USING fts5 (tags, topic, text,"
    " tokenize = 'unicode61 remove_diacritics 2');"
    "CREATE TABLE insight_word (word TEXT NOT NULL PRIMARY KEY, entries INTEGER NOT NULL) WITHOUT "
    "ROWID;"
    "CREATE TABLE insight_set (name TEXT NOT NULL PRIMARY KEY, version TEXT NOT NULL);";

/* steps[v] leads from version v to v + 1. */
static const char *const steps[SCHEMA_VERSION] = {version_1, rollout_tables, insight_tables};
static_assert(ARRAY_LEN(steps) == SCHEMA_VERSION, "one step per version");

static bool
accepts(const char *path, int64_t application_id, int64_t version, struct err *err)
{
    if (application_id != 0 && application_id != SCHEMA_APPLICATION_ID)
        return err_set(err,
                       "%s: this is another program's database; nothing was changed. Name another "
                       "file with --db",
                       path);
    if (version > SCHEMA_VERSION)
        return err_set(
            err,
            "%s: written by a newer berdua (format %lld, this one knows %d); nothing was "
            "changed. Update berdua, or name another file with --db",
            path, (long long)version, SCHEMA_VERSION);
    return true;
}

static uint32_t
big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The first bytes say enough to refuse most files before SQLite makes any file beside them. */
static bool
head_accepts(struct db *db, struct err *err)
{
    unsigned char head[100];
    size_t n = db_head(db, head, sizeof head);
    if (n == 0)
        return true; /* new */
    if (n < sizeof head || memcmp(head, "SQLite format 3", 16) != 0)
        return err_set(err,
                       "%s: not a database of berdua, or damaged beyond reading; nothing was "
                       "changed. Move it away or name another file with --db",
                       db_path(db));
    return accepts(db_path(db), big_endian(head + 68), big_endian(head + 60), err);
}

/* In one statement, so in one snapshot: between two, another instance may make the tables. */
static bool
read_stamps(struct db *db, long long *id, long long *version, long long *tables, struct err *err)
{
    struct buf line;
    buf_init(&line, 128);
    bool ok = db_text(db,
                      "SELECT a.application_id || ' ' || v.user_version || ' ' ||"
                      " (SELECT count(*) FROM sqlite_schema)"
                      " FROM pragma_application_id a, pragma_user_version v",
                      &line, err);
    ok = ok && (sscanf(line.p, "%lld %lld %lld", id, version, tables) == 3 ||
                err_set(err, "%s: its format cannot be read", db_path(db)));
    buf_finish(&line);
    return ok;
}

enum schema_state
schema_look(struct db *db, struct err *err)
{
    long long id, version, tables;
    if (!head_accepts(db, err) || !read_stamps(db, &id, &version, &tables, err) ||
        !accepts(db_path(db), id, version, err))
        return SCHEMA_REFUSED;
    if (id == 0 && (tables > 0 || version != 0)) {
        /* Another program's, whatever its version means there. */
        accepts(db_path(db), -1, 0, err);
        return SCHEMA_REFUSED;
    }
    return version == SCHEMA_VERSION ? SCHEMA_CURRENT : SCHEMA_OLD;
}

bool
schema_migrate(struct db *db, struct err *err)
{
    int64_t version;
    if (!db_begin(db, err))
        return false;
    if (schema_look(db, err) == SCHEMA_REFUSED || !db_int(db, "PRAGMA user_version", &version, err))
        goto failed;
    for (; version < SCHEMA_VERSION; version++)
        if (!db_exec(db, steps[version], err))
            goto failed;
    char stamp[96];
    snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             SCHEMA_APPLICATION_ID, SCHEMA_VERSION);
    if (!db_exec(db, stamp, err))
        goto failed;
    return db_commit(db, err);
failed:
    db_rollback(db);
    return false;
}

bool
schema_still_current(struct db *db, struct err *err)
{
    int64_t version;
    if (!db_int(db, "PRAGMA user_version", &version, err))
        return false;
    if (version == SCHEMA_VERSION)
        return true;
    return err_set(err, "%s: another berdua has changed its format to %lld; start this one again",
                   db_path(db), (long long)version);
}

bool
schema_check_pages(struct db *db, struct err *err)
{
    struct buf said;
    buf_init(&said, 4096);
    bool ok = db_text(db, "PRAGMA quick_check(1)", &said, err);
    if (ok && strcmp(said.p, "ok") != 0)
        ok = err_set(err,
                     "%s: the database is damaged (%.100s); nothing was changed. Move it away or "
                     "restore a copy, or name another file with --db",
                     db_path(db), said.p);
    buf_finish(&said);
    return ok;
}
