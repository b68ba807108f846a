/* What leaves for a team's server and what came from it (berdua/store/team_store.h). `team` has one row once a team is used,
 * else none, and then the triggers note nothing. They note what is final, whoever writes it; outbox_commit makes events of
 * that with the commit (outbox.h). While `taking` is set, what is written came from others and is no news. An event never
 * changes, but it loses its payload when what it tells of is removed; its digest stays. Thread: any. */
#ifndef BERDUA_STORE_TEAM_TABLES_H
#define BERDUA_STORE_TEAM_TABLES_H

static const char team_tables[] =
    "CREATE TABLE team ("
    " one INTEGER PRIMARY KEY CHECK (one = 1),"
    " origin TEXT NOT NULL," /* a UUID: whose events are made in this file */
    " taking INTEGER NOT NULL DEFAULT 0,"
    " fill_kind INTEGER NOT NULL DEFAULT 0," /* which older rows have become events */
    " fill_at TEXT NOT NULL DEFAULT '',"
    " sent INTEGER NOT NULL DEFAULT 0," /* what the server had when it was asked last, and when that was: for a display */
    " heard_us INTEGER NOT NULL DEFAULT 0"
    ");"
    "CREATE TABLE team_origin (origin TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL);"
    "CREATE TABLE team_event ("
    " n INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL,"
    " seq INTEGER NOT NULL,"
    " kind TEXT NOT NULL,"
    " version INTEGER NOT NULL,"
    " about TEXT,"   /* the row's id; of a context its number here */
    " session TEXT," /* that it belongs to */
    " payload TEXT," /* NULL: removed */
    " sha256 TEXT NOT NULL,"
    " state TEXT NOT NULL," /* own, taken, waiting (for what it belongs to, or a newer berdua), refused */
    " UNIQUE (origin, seq)"
    ");"
    "CREATE INDEX team_event_about ON team_event (about, kind);"
    "CREATE INDEX team_event_session ON team_event (session);"
    "CREATE INDEX team_event_sha256 ON team_event (sha256);"
    "CREATE INDEX team_event_waiting ON team_event (kind) WHERE state = 'waiting';"
    "CREATE TABLE team_note (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL);";

/* Every changed row is looked for among the notes, and one transaction may make many of them. */
static const char team_note_index[] = "CREATE INDEX team_note_row ON team_note (kind, id);";

/* Noted once, whatever the statement says of conflicts. */
#define TELLS(name, event, condition, kind, id)                                                    \
    "CREATE TRIGGER team_" name " AFTER " event " WHEN (SELECT taking FROM team) = 0" condition    \
    " BEGIN INSERT INTO team_note (kind, id) SELECT '" kind "', " id " WHERE NOT EXISTS"           \
    " (SELECT 1 FROM team_note WHERE kind = '" kind "' AND id = " id "); END;"

#define TURN_OUTCOME                                                                               \
    "UPDATE OF served, canonical, route, context, category, categories, language ON turn"
#define ANSWER_OUTCOME                                                                             \
    "UPDATE OF status, text, role, cost_usd, warmth, cultural, score_rules ON answer"

/* clang-format off */
static const char team_triggers[] =
    TELLS("session_new", "INSERT ON session", "", "session", "new.id")
    TELLS("session_title", "UPDATE OF title ON session", "", "session", "new.id")
    TELLS("session_gone", "DELETE ON session", "", "session gone", "old.id")
    TELLS("turn_new", "INSERT ON turn", "", "turn", "new.id")
    TELLS("turn_context_gone", "UPDATE OF context ON turn",
          " AND old.context IS NOT NULL AND new.context IS NULL", "turn gone", "new.id")
    TELLS("turn_outcome", TURN_OUTCOME, "", "turn", "new.id")
    TELLS("answer_new", "INSERT ON answer", " AND new.status <> 'running'", "answer", "new.id")
    TELLS("answer_ended", ANSWER_OUTCOME, " AND new.status <> 'running'", "answer", "new.id")
    TELLS("verdict", "INSERT ON verdict", "", "verdict", "new.id")
    TELLS("verdict_flag", "INSERT ON verdict_flag", "", "verdict", "new.verdict")
    TELLS("rollout_step", "INSERT ON rollout_step", "", "rollout_step", "CAST(new.n AS TEXT)")
    TELLS("context_new", "INSERT ON context", "", "context", "CAST(new.n AS TEXT)")
    TELLS("context_changed", "UPDATE ON context", "", "context", "CAST(new.n AS TEXT)")
    TELLS("context_gone", "DELETE ON context", "", "context gone", "CAST(old.n AS TEXT)");
/* clang-format on */

#endif
