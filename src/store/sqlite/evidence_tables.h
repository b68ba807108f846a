/* What is counted is read from blocks of packed turns (store/evidence_store.h). A turn's number says which block is its own;
 * it stays what it is when the file is written anew. A change of anything that the block says notes the block; what a
 * running answer does is no change. An answer's counts fall with the text that they are of. Thread: any. */
#ifndef BERDUA_STORE_EVIDENCE_TABLES_H
#define BERDUA_STORE_EVIDENCE_TABLES_H

static const char evidence_columns[] =
    "ALTER TABLE answer ADD COLUMN code_points INTEGER;"
    "ALTER TABLE answer ADD COLUMN headers INTEGER;"
    "ALTER TABLE answer ADD COLUMN lists INTEGER;"
    "ALTER TABLE answer ADD COLUMN bold INTEGER;"
    "ALTER TABLE turn ADD COLUMN n INTEGER;"
    "UPDATE turn SET n = rowid;"
    "CREATE UNIQUE INDEX turn_n ON turn (n);"
    "CREATE TABLE evidence (block INTEGER PRIMARY KEY, newest_us INTEGER NOT NULL,"
    " data BLOB NOT NULL);"
    "CREATE TABLE evidence_stale (block INTEGER PRIMARY KEY);"
    "INSERT INTO evidence_stale SELECT DISTINCT n >> 7 FROM turn;";

/* With what the turns of a block add up to, which lies before the turns, so that it is read without them. */
static const char evidence_sums[] =
    "DROP TABLE evidence;"
    "CREATE TABLE evidence (block INTEGER PRIMARY KEY, oldest_us INTEGER NOT NULL,"
    " newest_us INTEGER NOT NULL, sums BLOB NOT NULL, data BLOB NOT NULL);"
    "INSERT OR IGNORE INTO evidence_stale SELECT DISTINCT n >> 7 FROM turn;";

#define NOTES(event, number)                                                                       \
    "CREATE TRIGGER evidence_" event                                                               \
    " BEGIN INSERT INTO evidence_stale (block) SELECT b FROM (SELECT " number " AS b)"             \
    " WHERE b IS NOT NULL AND NOT EXISTS (SELECT 1 FROM evidence_stale WHERE block = b); END;"
#define OF_TURN(turn) "(SELECT n >> 7 FROM turn WHERE id = " turn ")"
#define OF_VERDICT(verdict)                                                                        \
    "(SELECT t.n >> 7 FROM verdict v JOIN turn t ON t.id = v.turn WHERE v.id = " verdict ")"

#define TURN_CHANGED                                                                               \
    "turn_changed AFTER UPDATE OF n, session, at_us, mode, category, language, simulated,"         \
    " left_brain, before ON turn"
#define ANSWER_ADDED "answer_added AFTER INSERT ON answer WHEN new.status <> 'running'"
#define ANSWER_CHANGED                                                                             \
    "answer_changed AFTER UPDATE OF turn, brain, attempt, status, text, role, cold, simulated,"    \
    " ttft_us, total_us, cost_usd, model, score_rules, warmth, cultural ON answer"                 \
    " WHEN new.status <> 'running' OR old.status <> 'running'"
#define FLAG_ADDED   "flag_added AFTER INSERT ON verdict_flag"
#define FLAG_REMOVED "flag_removed AFTER DELETE ON verdict_flag"

/* clang-format off */
static const char evidence_triggers[] =
    "CREATE TRIGGER turn_numbered AFTER INSERT ON turn WHEN new.n IS NULL"
    " BEGIN UPDATE turn SET n = (SELECT coalesce(max(n), 0) + 1 FROM turn) WHERE id = new.id; END;"
    "CREATE TRIGGER answer_recounted AFTER UPDATE OF text ON answer"
    " WHEN old.code_points IS NOT NULL AND new.text IS NOT old.text"
    " BEGIN UPDATE answer SET code_points = NULL WHERE id = new.id; END;"
    NOTES(TURN_CHANGED, "new.n >> 7")
    NOTES("turn_removed AFTER DELETE ON turn", "old.n >> 7")
    NOTES(ANSWER_ADDED, OF_TURN("new.turn"))
    NOTES(ANSWER_CHANGED, OF_TURN("new.turn"))
    NOTES("answer_removed AFTER DELETE ON answer", OF_TURN("old.turn"))
    NOTES("verdict_added AFTER INSERT ON verdict", OF_TURN("new.turn"))
    NOTES("verdict_changed AFTER UPDATE ON verdict", OF_TURN("new.turn"))
    NOTES("verdict_removed AFTER DELETE ON verdict", OF_TURN("old.turn"))
    NOTES(FLAG_ADDED, OF_VERDICT("new.verdict"))
    NOTES(FLAG_REMOVED, OF_VERDICT("old.verdict"));
/* clang-format on */

#endif
