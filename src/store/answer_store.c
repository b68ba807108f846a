#include "berdua/store/answer_store.h"

#include <string.h>

#include "berdua/base/err.h"
#include "berdua/chat/answer.h"
#include "store/sqlite/db.h"
#include "store_db.h"

static int64_t
known(struct stmt *q, int col)
{
    return stmt_is_null(q, col) ? UNKNOWN : stmt_int(q, col);
}

bool
answer_store_figures(struct store *s, int64_t since_us,
                     bool (*each)(void *arg, const struct answer_figures *a), void *arg,
                     struct err *err)
{
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(store_db(s),
                              "SELECT a.brain, a.status, a.cold, a.ttft_us, a.total_us, a.cost_usd,"
                              " a.score_rules FROM turn t JOIN answer a ON a.turn = t.id"
                              " WHERE t.at_us >= ?1 AND t.simulated = 0 AND a.simulated = 0"
                              " AND a.status <> 'running' ORDER BY t.at_us, t.id",
                              SQL_ARGS(SQL_INT(since_us)), err);
    while (stmt_next(q, err)) {
        int brain = brain_id_parse(stmt_str(q, 0));
        const char *status = stmt_str(q, 1);
        struct answer_figures a = {.brain = (enum brain_id)brain,
                                   .complete = status && strcmp(status, "complete") == 0,
                                   .cold = stmt_int(q, 2) != 0,
                                   .ttft_us = known(q, 3),
                                   .total_us = known(q, 4),
                                   .cost_usd = stmt_real(q, 5),
                                   .score_rules = stmt_str(q, 6)};
        if (brain >= 0 && !each(arg, &a))
            break;
    }
    return stmt_finish(q);
}

/* Here a try is the next where one of both answers was asked for again; of what was merged the verdicts name the tries. */
bool
answer_store_pairs(struct store *s, int64_t since_us, int64_t *out, struct err *err)
{
    *out = 0;
    if (!store_db(s))
        return true;
    return db_find_int(
        store_db(s),
        "SELECT coalesce(sum(CASE WHEN before IS NULL THEN max(c + l - 1, 0) * (c > 0 AND l > 0)"
        " ELSE tries END), 0) FROM (SELECT t.before,"
        " (SELECT count(*) FROM answer WHERE turn = t.id AND brain = 'claude') AS c,"
        " (SELECT count(*) FROM answer WHERE turn = t.id AND brain = 'llama') AS l,"
        " (SELECT count(DISTINCT try) FROM verdict WHERE turn = t.id AND claude_answer IS NOT NULL"
        "  AND llama_answer IS NOT NULL) AS tries"
        " FROM turn t WHERE t.at_us >= ?1 AND t.simulated = 0)",
        SQL_ARGS(SQL_INT(since_us)), out, err);
}
