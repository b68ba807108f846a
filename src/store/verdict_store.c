#include "berdua/store/verdict_store.h"

#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/id_set.h"
#include "berdua/base/random.h"
#include "berdua/chat/answer.h"
#include "store/sqlite/db.h"
#include "store_db.h"
#include "verdict_rows.h"

/* Stored as a list of words, NULL: none; no flag's name is part of another's. */
static unsigned
stored_flags(const char *text)
{
    unsigned flags = 0;
    for (int f = 0; f < FLAG_COUNT; f++)
        if (text && strstr(text, verdict_flag_name((enum verdict_flag)f)))
            flags |= 1u << f;
    return flags;
}

/* What an answer's status says about a comparison with it. A refusal is an answer. */
static unsigned
status_flags(const char *status)
{
    if (!status)
        return 1u << FLAG_ERRORED;
    if (strcmp(status, "complete") == 0 || strcmp(status, "refused") == 0)
        return 0;
    if (strcmp(status, "cut") == 0)
        return 1u << FLAG_TRUNCATED;
    bool failed = strcmp(status, "failed") == 0 || strcmp(status, "timeout") == 0;
    return 1u << (failed ? FLAG_ERRORED : FLAG_INTERRUPTED);
}

#define ROWS(others)                                                                               \
    "SELECT " VERDICT_ROW_COLUMNS VERDICT_ROW_SOURCE(others) " WHERE v.kind IN " JUDGEMENTS        \
                                                             " ORDER BY v.at_us, v.id"

bool
verdict_list_fits(struct db *db, bool *fits, struct err *err)
{
    int64_t few = 0;
    bool ok = db_int(db,
                     "SELECT count(*) < 50000 FROM (SELECT 1 FROM verdict GROUP BY turn"
                     " HAVING count(*) > 1 LIMIT 50000)",
                     &few, err);
    *fits = ok && few;
    return ok;
}

static enum opinion
opinion_from(struct stmt *q, int col)
{
    if (stmt_is_null(q, col))
        return OPINION_NONE;
    return stmt_int(q, col) ? OPINION_YES : OPINION_NO;
}

/* Whose score is higher, of Claude's in this column and LLAMA's in the next. */
static int
higher(struct stmt *q, int col)
{
    double claude = stmt_real(q, col), llama = stmt_real(q, col + 1);
    return (llama > claude) - (llama < claude);
}

void
verdict_from_row(struct stmt *q, struct verdict_row *row)
{
    const char *category = stmt_str(q, 9), *language = stmt_str(q, 20);
    *row = (struct verdict_row){
        .n = stmt_int(q, 0),
        .id = stmt_str(q, 1),
        .turn = stmt_str(q, 2),
        .attempt = stmt_count(q, 3),
        .at_us = stmt_int(q, 4),
        .kind = (enum verdict_kind)verdict_kind_parse(stmt_str(q, 5)),
        .origin = stmt_str(q, 6),
        .drawn_by = verdict_draw_parse(stmt_str(q, 7)),
        .blind = stmt_int(q, 8) != 0,
        .category = category ? category_parse(category) : -1,
        .language = language ? language_parse(language) : -1,
        .mode = chat_mode_parse(stmt_str(q, 10)),
        .acceptable = {[BRAIN_CLAUDE] = opinion_from(q, 11), [BRAIN_LLAMA] = opinion_from(q, 12)},
        .llama_model = stmt_str(q, 15),
        .session = stmt_str(q, 22),
        .rater = stmt_str(q, 23),
        .left = brain_id_parse(stmt_str(q, 24)) == BRAIN_LLAMA ? BRAIN_LLAMA : BRAIN_CLAUDE,
        .guess = guess_parse(stmt_str(q, 25)) < 0 ? GUESS_NONE
                                                  : (enum guess)guess_parse(stmt_str(q, 25)),
        .asked = stmt_real(q, 26),
        .warmer = higher(q, 27),
        .closer = higher(q, 29),
        .judge = stmt_str(q, 31),
    };
    row->pair = observation_pair(observation_turn(row->turn), row->attempt);
    row->rater_id = hash_bytes(row->rater, strlen(row->rater), 0);
    row->flags = status_flags(stmt_str(q, 16)) | status_flags(stmt_str(q, 17)) |
                 (stmt_int(q, 18) ? 1u << FLAG_COLD : 0) | stored_flags(stmt_str(q, 13)) |
                 stored_flags(stmt_str(q, 14));
    if (stmt_int(q, 19))
        row->flags |= 1u << FLAG_SIMULATED;
    if (stmt_int(q, 21))
        row->flags |= 1u << FLAG_UNDONE;
}

bool
verdict_store_rows(struct store *s, bool (*each)(void *arg, const struct verdict_row *row),
                   void *arg, struct err *err)
{
    if (!store_db(s))
        return true;
    struct id_set observed = {NULL};
    bool list;
    if (!verdict_list_fits(store_db(s), &list, err))
        return false;
    const char *sql = list ? ROWS(OTHER_BY_LIST) : ROWS(OTHER_BY_LOOK);
    struct stmt *q = db_query(store_db(s), sql, NULL, err);
    while (stmt_next(q, err)) {
        struct verdict_row row;
        verdict_from_row(q, &row);
        row.observed = observation_may_be(&row) && id_set_add(&observed, row.pair);
        if (!each(arg, &row))
            break;
    }
    id_set_finish(&observed);
    return stmt_finish(q);
}
