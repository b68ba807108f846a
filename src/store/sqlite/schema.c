#include "schema.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "db.h"
#include "evidence_tables.h"
#include "judge_tables.h"
#include "team_tables.h"

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

/* What LLAMA wrote of a culture, for later messages: a person's own, or (user NULL) everybody's. side_call holds what
 * is no answer but cost something; so does an answer that is taken out, since its money stays spent.
 * An answer's at_us is when that try was asked. */
static const char context_tables[] =
    "CREATE TABLE context ("
    " n INTEGER PRIMARY KEY,"
    " user TEXT CHECK (user <> ''),"
    " topic TEXT NOT NULL,"
    " language TEXT NOT NULL,"
    " text TEXT NOT NULL,"
    " model TEXT,"
    " at_us INTEGER NOT NULL,"
    " expires_us INTEGER NOT NULL"
    ");"
    "CREATE UNIQUE INDEX context_key ON context (coalesce(user, ''), topic, language);"
    "CREATE INDEX context_expiry ON context (expires_us);"
    "CREATE TABLE side_call ("
    " n INTEGER PRIMARY KEY,"
    " at_us INTEGER NOT NULL,"
    " brain TEXT NOT NULL,"
    " purpose TEXT NOT NULL," /* context, analysis, warm_up, removed */
    " session TEXT,"
    " provider TEXT,"
    " model TEXT,"
    " status TEXT NOT NULL,"
    " error_kind TEXT,"
    " error_message TEXT,"
    " total_us INTEGER,"
    " tokens_in INTEGER,"
    " tokens_out INTEGER,"
    " tokens_estimated INTEGER NOT NULL DEFAULT 0,"
    " cost_usd REAL,"
    " simulated INTEGER NOT NULL DEFAULT 0"
    ");"
    "ALTER TABLE answer ADD COLUMN at_us INTEGER;"
    "UPDATE answer SET at_us = (SELECT t.at_us FROM turn t WHERE t.id = answer.turn);"
    /* With all that a month's sum asks for, so that no answer's text is read past. */
    "CREATE INDEX answer_spend ON answer (at_us, simulated, brain, cost_usd, status);"
    "CREATE INDEX side_call_spend ON side_call (at_us, simulated, brain, cost_usd, status);"
    "CREATE TRIGGER answer_cost_kept AFTER DELETE ON answer"
    " WHEN old.cost_usd > 0 AND old.simulated = 0"
    " BEGIN INSERT INTO side_call (at_us, brain, purpose, model, status, cost_usd)"
    " VALUES (coalesce(old.at_us, 0), old.brain, 'removed', old.model, old.status, old.cost_usd);"
    " END;";

#define NEWEST(brain)                                                                              \
    "(SELECT id FROM answer WHERE turn = t.id AND brain = '" brain "'"                             \
    " ORDER BY attempt DESC LIMIT 1)"
#define COLUMNS_OF(a, brain)                                                                       \
    " " a ".text AS " brain "_text, " a ".provider AS " brain "_provider, " a ".model AS " brain   \
    "_model, " a ".status AS " brain "_status, " a ".error_kind AS " brain "_error_kind, " a       \
    ".error_message AS " brain "_error, " a ".tokens_in AS " brain "_tokens_in, " a                \
    ".tokens_out AS " brain "_tokens_out, " a ".ttft_us / 1000.0 AS " brain "_ttft_ms, " a         \
    ".total_us / 1000.0 AS " brain "_total_ms, " a ".warmth AS " brain "_warmth, " a               \
    ".cultural AS " brain "_cultural, " a ".cost_usd AS " brain "_cost_usd,"

#define CLAUDE_NEWEST  NEWEST("claude")
#define LLAMA_NEWEST   NEWEST("llama")
#define CLAUDE_COLUMNS COLUMNS_OF("c", "claude")
#define LLAMA_COLUMNS  COLUMNS_OF("l", "llama")

/* A row per turn in which one brain answered unseen, whether it could or not. */
static const char shadow_view[] =
    "CREATE VIEW shadow_log AS SELECT"
    " strftime('%Y-%m-%dT%H:%M:%fZ', t.at_us / 1e6, 'unixepoch') AS time, t.at_us AS at_us,"
    " t.session AS session, t.id AS turn, s.user AS user, t.message AS message, t.mode AS mode,"
    " t.category AS category, t.language AS language,"
    " CASE WHEN l.role = 'shadow' THEN 'llama' ELSE 'claude' END AS shadow,"
    " t.served AS served," CLAUDE_COLUMNS LLAMA_COLUMNS
    " CASE WHEN length(c.text) > 0 AND length(l.text) > 0"
    " THEN 1.0 * length(l.text) / length(c.text) END AS length_ratio,"
    " l.warmth > c.warmth AS llama_warmer,"
    " l.cultural > c.cultural AS llama_more_cultural,"
    " t.simulated AS simulated"
    " FROM turn t JOIN session s ON s.id = t.session"
    " LEFT JOIN answer c ON c.id = " CLAUDE_NEWEST " LEFT JOIN answer l ON l.id = " LLAMA_NEWEST
    " WHERE 'shadow' IN (c.role, l.role);";

/* What is inferred about people (store/memory.h). A pending analysis is owned by the instance that works at it;
 * progress stays when a person is forgotten, so that nothing said before comes back. */
static const char memory_tables[] =
    "CREATE TABLE memory_record ("
    " id TEXT NOT NULL PRIMARY KEY,"
    " session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,"
    " user TEXT NOT NULL,"
    " model TEXT,"
    " through_seq INTEGER NOT NULL,"
    " at_us INTEGER NOT NULL,"
    " dropped INTEGER NOT NULL,"
    " record TEXT NOT NULL"
    ");"
    "CREATE INDEX memory_record_user ON memory_record (user, at_us);"
    "CREATE INDEX memory_record_session ON memory_record (session);"
    "CREATE INDEX memory_record_expiry ON memory_record (at_us);"
    "CREATE TABLE memory_profile ("
    " user TEXT NOT NULL PRIMARY KEY,"
    " at_us INTEGER NOT NULL," /* of its newest item */
    " profile TEXT NOT NULL"
    ");"
    "CREATE TABLE memory_out (user TEXT NOT NULL PRIMARY KEY, at_us INTEGER NOT NULL);"
    "CREATE TABLE memory_progress ("
    " session TEXT NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,"
    " through_seq INTEGER NOT NULL"
    ");"
    "CREATE TABLE memory_pending ("
    " session TEXT NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,"
    " user TEXT NOT NULL,"
    " queued_us INTEGER NOT NULL,"
    " next_us INTEGER NOT NULL,"
    " attempts INTEGER NOT NULL,"
    " error TEXT,"
    " owner TEXT"
    ");";

/* Which peer a breaker is about: a fingerprint of its configuration, 0: not known. */
static const char breaker_target[] =
    "ALTER TABLE breaker ADD COLUMN target INTEGER NOT NULL DEFAULT 0;";

/* What the server's cache saved of the price, by the prices of that time; NULL: nothing was read from it, or the row
 * is older than this column. What an answer that is taken out had saved stays with its cost. */
static const char saved_columns[] =
    "ALTER TABLE answer ADD COLUMN saved_usd REAL;"
    "ALTER TABLE side_call ADD COLUMN saved_usd REAL;"
    "DROP TRIGGER answer_cost_kept;"
    "CREATE TRIGGER answer_cost_kept AFTER DELETE ON answer"
    " WHEN old.cost_usd > 0 AND old.simulated = 0"
    " BEGIN INSERT INTO side_call (at_us, brain, purpose, model, status, cost_usd, saved_usd)"
    " VALUES (coalesce(old.at_us, 0), old.brain, 'removed', old.model, old.status, old.cost_usd,"
    " old.saved_usd); END;";

/* A pair is a turn's answers of one try: the first try is 1, and each answer that is asked again makes the next. drawn_by is
 * NULL for a judge's vote; asked is the share under which "send as it is?" was drawn, stage the category's percent then.
 * What a rater says after the verdict is an event of kind detail. Routed turns are read by category and time. */
static const char verdict_columns[] =
    "ALTER TABLE verdict RENAME COLUMN acceptable TO llama_acceptable;"
    "ALTER TABLE verdict ADD COLUMN claude_acceptable INTEGER;"
    "ALTER TABLE verdict ADD COLUMN try INTEGER NOT NULL DEFAULT 1;"
    "ALTER TABLE verdict ADD COLUMN drawn_by TEXT DEFAULT 'chat';"
    "ALTER TABLE verdict ADD COLUMN propensity REAL;"
    "ALTER TABLE verdict ADD COLUMN asked REAL;"
    "ALTER TABLE verdict ADD COLUMN decision_ms INTEGER;"
    "ALTER TABLE verdict ADD COLUMN stage REAL;"
    "ALTER TABLE verdict ADD COLUMN guess TEXT;"
    "DROP TRIGGER verdict_append_only;"
    "UPDATE verdict SET try = coalesce((SELECT c.attempt + l.attempt - 1 FROM answer c, answer l"
    " WHERE c.id = verdict.claude_answer AND l.id = verdict.llama_answer), 1);"
    "CREATE TRIGGER verdict_append_only BEFORE UPDATE ON verdict"
    " BEGIN SELECT raise(ABORT, 'verdicts are append-only'); END;"
    "CREATE INDEX turn_routed ON turn (category, at_us) WHERE mode IN ('route', 'full');";

/* What a warm-up cost and how long the server took to start up. Both questions are asked at the first key. */
static const char warm_ups[] =
    "ALTER TABLE side_call ADD COLUMN cold INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX answer_cold ON answer (brain, at_us, ttft_us) WHERE cold = 1 AND simulated = 0;"
    "CREATE INDEX side_call_warm_up ON side_call (brain, at_us) WHERE purpose = 'warm_up';"
    "DROP INDEX side_call_spend;"
    "CREATE INDEX side_call_spend ON side_call (at_us, simulated, brain, cost_usd, status, "
    "purpose);";

/* What came by a merge: pair and mode as its record says them, the conversation before a turn whose earlier turns did not come
 * along, a session's own id where it is longer than ours, and flags that were raised after the record came. */
static const char merge_columns[] =
    "ALTER TABLE verdict ADD COLUMN pair TEXT;"
    "ALTER TABLE verdict ADD COLUMN mode TEXT;"
    "ALTER TABLE verdict ADD COLUMN judge TEXT;"
    "ALTER TABLE turn ADD COLUMN before TEXT;"
    "ALTER TABLE session ADD COLUMN origin_id TEXT;"
    "CREATE TABLE verdict_flag ("
    " verdict TEXT NOT NULL REFERENCES verdict (id) ON DELETE CASCADE,"
    " flag TEXT NOT NULL,"
    " PRIMARY KEY (verdict, flag)"
    ") WITHOUT ROWID;";

/* How many sides were drawn for a rater in a category, and from which seed (chat/blind.h). A count of its own, so that
 * no block begins anew when a session is removed. A blind turn names the rater it was drawn for. */
static const char blind_tables[] = "CREATE TABLE blind_sides ("
                                   " rater TEXT NOT NULL,"
                                   " category TEXT NOT NULL,"
                                   " seed INTEGER NOT NULL,"
                                   " drawn INTEGER NOT NULL,"
                                   " PRIMARY KEY (rater, category)"
                                   ") WITHOUT ROWID;"
                                   "ALTER TABLE turn ADD COLUMN rater TEXT;";

/* What was said, for searching: a row of `said` for each message and each text of an answer that has ended; the words of them
 * all are in said_words. The triggers note what comes and goes, whoever writes, and said_commit brings the words up to
 * date with the commit, which a trigger may not do here. n is a number of its own, since SQLite may change a rowid that no
 * column holds. */
static const char said_tables[] =
    "ALTER TABLE session ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE said ("
    " n INTEGER PRIMARY KEY,"
    " turn TEXT NOT NULL,"
    " answer TEXT UNIQUE" /* NULL: the message */
    ");"
    "CREATE UNIQUE INDEX said_message ON said (turn) WHERE answer IS NULL;"
    "CREATE TABLE said_new (n INTEGER PRIMARY KEY);"
    "CREATE TABLE said_gone (n INTEGER PRIMARY KEY, text TEXT NOT NULL);"
    "CREATE VIEW said_text AS SELECT n, CASE WHEN answer IS NULL"
    " THEN (SELECT message FROM turn WHERE id = said.turn)"
    " ELSE (SELECT text FROM answer WHERE id = said.answer) END AS text FROM said;"
    "CREATE VIRTUAL TABLE said_words USING fts5 (text, content = 'said_text',"
    " content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2');"
    "INSERT INTO said (turn, answer) SELECT turn, answer FROM"
    " (SELECT id AS turn, NULL AS answer, at_us FROM turn UNION ALL"
    " SELECT a.turn, a.id, coalesce(a.at_us, t.at_us) FROM answer a JOIN turn t ON t.id = a.turn"
    " WHERE a.status <> 'running' AND a.text <> '') ORDER BY at_us, turn, answer;"
    "INSERT INTO said_words (said_words) VALUES ('rebuild');";

#define SAID(condition) "SELECT n FROM said WHERE " condition
#define UNSAY(text, condition)                                                                     \
    " INSERT INTO said_gone (n, text) SELECT n, " text " FROM said WHERE " condition               \
    " AND n NOT IN (SELECT n FROM said_new);"                                                      \
    " DELETE FROM said_new WHERE n IN (" SAID(condition) ");"                                      \
                                                         " DELETE FROM said WHERE " condition ";"
#define SAY_ANSWER                                                                                 \
    " INSERT INTO said (turn, answer) SELECT new.turn, new.id"                                     \
    " WHERE new.status <> 'running' AND new.text <> '';"                                           \
    " INSERT INTO said_new (n) " SAID("answer = new.id") ";"

static const char said_triggers[] =
    "CREATE TRIGGER message_said AFTER INSERT ON turn BEGIN"
    " INSERT INTO said (turn) VALUES (new.id);"
    " INSERT INTO said_new (n) " SAID(
        "turn = new.id AND answer IS NULL") "; END;"
                                            "CREATE TRIGGER message_unsaid BEFORE DELETE ON "
                                            "turn BEGIN" UNSAY(
                                                "old.message",
                                                "turn = old.id AND answer IS "
                                                "NULL") " END;"
                                                        "CREATE TRIGGER "
                                                        "answer_said AFTER "
                                                        "INSERT ON answer WHEN "
                                                        "new.status <> 'running'"
                                                        " BEGIN" SAY_ANSWER " END;"
                                                        "CREATE TRIGGER "
                                                        "answer_resaid AFTER "
                                                        "UPDATE OF status, text "
                                                        "ON answer"
                                                        " WHEN new.status <> "
                                                        "'running' OR "
                                                        "old.status <> 'running'"
                                                        " BEGIN" UNSAY("old.text",
                                                                       "answer = old.id") SAY_ANSWER
    " END;"
    "CREATE TRIGGER answer_unsaid BEFORE DELETE ON answer"
    " BEGIN" UNSAY("old.text", "answer = old.id") " END;";

/* Verdicts are read in the order of time, then id: so they are, without sorting all that is read. */
static const char verdict_time[] = "CREATE INDEX verdict_time ON verdict (at_us, id);";

/* steps[v] leads from version v to v + 1; of as many parts as it needs. */
static const char *const steps[SCHEMA_VERSION][2] = {{version_1},
                                                     {rollout_tables},
                                                     {insight_tables},
                                                     {context_tables, shadow_view},
                                                     {memory_tables},
                                                     {breaker_target},
                                                     {saved_columns},
                                                     {verdict_columns},
                                                     {warm_ups},
                                                     {merge_columns},
                                                     {blind_tables},
                                                     {said_tables, said_triggers},
                                                     {verdict_time},
                                                     {judge_tables},
                                                     {evidence_columns, evidence_triggers},
                                                     {evidence_sums},
                                                     {team_tables, team_triggers},
                                                     {team_note_index}};
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
read_stamps(struct db *db, int64_t *id, int64_t *version, int64_t *tables, struct err *err)
{
    struct stmt *s = db_query(db,
                              "SELECT a.application_id, v.user_version,"
                              " (SELECT count(*) FROM sqlite_schema)"
                              " FROM pragma_application_id a, pragma_user_version v",
                              NULL, err);
    if (stmt_next(s, err)) {
        *id = stmt_int(s, 0);
        *version = stmt_int(s, 1);
        *tables = stmt_int(s, 2);
    }
    return stmt_finish(s);
}

static enum schema_state
look_at_schema(struct db *db, struct err *err)
{
    int64_t id = -1, version = 0, tables = 0;
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

enum schema_state
schema_look(struct db *db, struct err *err)
{
    db_set_trouble(db, DB_FINE);
    enum schema_state state = look_at_schema(db, err);
    if (state == SCHEMA_REFUSED && db_trouble(db) == DB_FINE)
        db_set_trouble(db, DB_REFUSED);
    return state;
}

bool
schema_migrate_to(struct db *db, int last, struct err *err)
{
    int64_t version;
    if (!db_begin(db, err))
        return false;
    if (schema_look(db, err) == SCHEMA_REFUSED || !db_int(db, "PRAGMA user_version", &version, err))
        goto failed;
    for (; version < last; version++)
        for (size_t part = 0; part < ARRAY_LEN(steps[0]) && steps[version][part]; part++)
            if (!db_exec(db, steps[version][part], err))
                goto failed;
    char stamp[96];
    snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             SCHEMA_APPLICATION_ID, (int)version);
    if (!db_exec(db, stamp, err))
        goto failed;
    return db_commit(db, err);
failed:
    db_rollback(db);
    return false;
}

bool
schema_migrate(struct db *db, struct err *err)
{
    return schema_migrate_to(db, SCHEMA_VERSION, err);
}

bool
schema_still_current(struct db *db, struct err *err)
{
    int64_t version;
    if (!db_int(db, "PRAGMA user_version", &version, err))
        return false;
    if (version == SCHEMA_VERSION)
        return true;
    db_set_trouble(db, DB_REFUSED);
    return err_set(err, "%s: another berdua has changed its format to %lld; start this one again",
                   db_path(db), (long long)version);
}

bool
schema_check(struct db *db, enum schema_depth depth, struct err *err)
{
    struct buf said;
    buf_init(&said, 4096);
    bool ok =
        db_text(db, depth == SCHEMA_DEEP ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)",
                &said, err);
    if (ok && strcmp(said.p, "ok") != 0) {
        db_set_trouble(db, DB_DAMAGED);
        ok = err_set(err,
                     "%s: the database is damaged (%.100s); nothing was changed. Move it away or "
                     "restore a copy, or name another file with --db",
                     db_path(db), said.p);
    }
    buf_finish(&said);
    return ok;
}
