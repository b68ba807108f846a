#include "berdua/store/cold_starts_store.h"

#include "store/sqlite/db.h"
#include "store_db.h"

enum { NEWEST = 20, GIVEN_UP_WITHIN_US = 5000000 };

/* An answer that took the place of a warm-up found the server half awake, and says nothing of a whole start. */
static const char newest_sql[] =
    "SELECT us FROM (SELECT at_us, ttft_us AS us FROM answer"
    " WHERE brain = ?1 AND cold = 1 AND simulated = 0 AND ttft_us IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM side_call w WHERE w.brain = ?1 AND w.purpose = 'warm_up'"
    " AND w.status = 'cancelled' AND w.at_us BETWEEN answer.at_us AND answer.at_us + ?3)"
    " UNION ALL SELECT at_us, total_us FROM side_call"
    " WHERE brain = ?1 AND purpose = 'warm_up' AND cold = 1 AND status = 'complete'"
    " ORDER BY at_us DESC LIMIT ?2) ORDER BY us";

static bool
read_brain(struct db *db, enum brain_id brain, struct cold_starts *out, struct err *err)
{
    int64_t took_us[NEWEST];
    int n = 0;
    struct stmt *q = db_query(
        db, newest_sql,
        SQL_ARGS(SQL_TEXT(brain_id_name(brain)), SQL_INT(NEWEST), SQL_INT(GIVEN_UP_WITHIN_US)),
        err);
    while (stmt_next(q, err))
        took_us[n++] = stmt_int(q, 0);
    if (!stmt_finish(q))
        return false;
    *out = (struct cold_starts){.count = n};
    if (n) {
        out->low_us = took_us[(n - 1) / 10];
        out->high_us = took_us[n - 1 - (n - 1) / 10];
    }
    return true;
}

bool
cold_starts_read(struct store *s, struct cold_starts out[BRAIN_COUNT], struct err *err)
{
    struct db *db = store_db(s);
    bool ok = true;
    for (int b = 0; b < BRAIN_COUNT; b++) {
        out[b] = (struct cold_starts){.count = 0};
        ok = ok && (!db || read_brain(db, (enum brain_id)b, &out[b], err));
    }
    return ok;
}
