/* The statements that read a block of evidence; a test looks at their plans. */
#ifndef BERDUA_STORE_EVIDENCE_SQL_H
#define BERDUA_STORE_EVIDENCE_SQL_H

#include "verdict_rows.h"

#define OF_BLOCK "t.n BETWEEN (?1 << 7) AND (?1 << 7) + 127"

/* Here a try is the next where one of both answers was asked for again; of what was merged the verdicts name the tries. */
static const char turns_sql[] =
    "SELECT t.n, t.at_us, t.session, t.category, t.language, t.mode, t.simulated, t.id,"
    " CASE WHEN t.before IS NULL THEN"
    "  (SELECT max(c + l - 1, 0) * (c > 0 AND l > 0) FROM (SELECT"
    "   count(*) FILTER (WHERE brain = 'claude') AS c, count(*) FILTER (WHERE brain = 'llama') AS l"
    "   FROM answer WHERE turn = t.id))"
    " ELSE (SELECT count(DISTINCT try) FROM verdict WHERE turn = t.id"
    "  AND claude_answer IS NOT NULL AND llama_answer IS NOT NULL) END"
    " FROM turn t WHERE " OF_BLOCK " ORDER BY t.n";

static const char answers_sql[] =
    "SELECT t.n, a.id, a.brain, a.status, a.role, a.cold, a.simulated, a.ttft_us, a.total_us,"
    " a.cost_usd, a.model, a.score_rules, a.attempt, a.code_points, a.headers, a.lists, a.bold,"
    " CASE WHEN a.code_points IS NULL THEN a.text END"
    " FROM turn t JOIN answer a ON a.turn = t.id WHERE " OF_BLOCK
    " AND a.status <> 'running' ORDER BY t.n, a.brain, a.attempt";

static const char verdicts_sql[] =
    "SELECT " VERDICT_ROW_COLUMNS VERDICT_TURN_SOURCE " WHERE v.kind IN " JUDGEMENTS
    " AND " OF_BLOCK " ORDER BY t.n, v.at_us, v.id";

#endif
