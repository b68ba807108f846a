#include "berdua/store/verdict_store.h"

#include <string.h>

#include "berdua/base/err.h"
#include "berdua/chat/answer.h"
#include "store/sqlite/db.h"
#include "store_db.h"
#include "verdict_rows.h"

/* Stored as a JSON list of words; no flag's name is part of another's. */
static unsigned
stored_flags(const char *text)
{
    unsigned flags = 0;
    for (int f = 0; f < FLAG_COUNT; f++)
        if (strstr(text, verdict_flag_name((enum verdict_flag)f)))
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

static const char rows_sql[] = "SELECT " VERDICT_ROW_COLUMNS VERDICT_ROW_SOURCE
                               " WHERE v.kind IN " JUDGEMENTS " ORDER BY v.at_us, v.id";

static enum opinion
opinion_from(struct stmt *q, int col)
{
    if (stmt_is_null(q, col))
        return OPINION_NONE;
    return stmt_int(q, col) ? OPINION_YES : OPINION_NO;
}

void
verdict_from_row(struct stmt *q, struct verdict_row *row)
{
    const char *category = stmt_str(q, 9), *flags = stmt_str(q, 13), *language = stmt_str(q, 19);
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
        .llama_model = stmt_str(q, 14),
        .session = stmt_str(q, 21),
        .rater = stmt_str(q, 22),
        .left = brain_id_parse(stmt_str(q, 23)) == BRAIN_LLAMA ? BRAIN_LLAMA : BRAIN_CLAUDE,
        .guess = guess_parse(stmt_str(q, 24)) < 0 ? GUESS_NONE
                                                  : (enum guess)guess_parse(stmt_str(q, 24)),
        .asked = stmt_real(q, 25),
        .warmth = {[BRAIN_CLAUDE] = stmt_real(q, 26), [BRAIN_LLAMA] = stmt_real(q, 27)},
        .cultural = {[BRAIN_CLAUDE] = stmt_real(q, 28), [BRAIN_LLAMA] = stmt_real(q, 29)},
        .judge = stmt_str(q, 30),
    };
    row->flags = status_flags(stmt_str(q, 15)) | status_flags(stmt_str(q, 16)) |
                 (stmt_int(q, 17) ? 1u << FLAG_COLD : 0) | (flags ? stored_flags(flags) : 0);
    if (stmt_int(q, 18))
        row->flags |= 1u << FLAG_SIMULATED;
    if (stmt_int(q, 20))
        row->flags |= 1u << FLAG_UNDONE;
}

bool
verdict_store_rows(struct store *s, bool (*each)(void *arg, const struct verdict_row *row),
                   void *arg, struct err *err)
{
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(store_db(s), rows_sql, NULL, err);
    while (stmt_next(q, err)) {
        struct verdict_row row;
        verdict_from_row(q, &row);
        if (!each(arg, &row))
            break;
    }
    return stmt_finish(q);
}

bool
verdict_store_texts(struct store *s, int64_t n, char *out[BRAIN_COUNT], struct err *err)
{
    out[BRAIN_CLAUDE] = out[BRAIN_LLAMA] = NULL;
    struct stmt *q = db_query(
        store_db(s),
        "SELECT c.text, l.text FROM verdict v LEFT JOIN answer c ON c.id = " SEEN("claude") /* */
        " LEFT JOIN answer l ON l.id = " SEEN("llama") " WHERE v.n = ?1",
        SQL_ARGS(SQL_INT(n)), err);
    if (stmt_next(q, err)) {
        out[BRAIN_CLAUDE] = stmt_dup(q, 0);
        out[BRAIN_LLAMA] = stmt_dup(q, 1);
    }
    return stmt_finish(q);
}

/* ---- pairs ---- */

static const char pairs_sql[] =
    "SELECT t.id, " PAIR_TRY
    ", t.category, l.model, c.ttft_us, l.ttft_us, c.cost_usd, l.cost_usd" WHOLE_PAIRS
    " ORDER BY t.at_us, t.id";

bool
verdict_store_pairs(struct store *s, bool (*each)(void *arg, const struct whole_pair *pair),
                    void *arg, struct err *err)
{
    if (!store_db(s))
        return true;
    struct stmt *q = db_query(store_db(s), pairs_sql, SQL_ARGS(SQL_INT(0)), err);
    while (stmt_next(q, err)) {
        int category = category_parse(stmt_str(q, 2));
        struct whole_pair pair = {
            .turn = stmt_str(q, 0),
            .attempt = stmt_count(q, 1),
            .category = (enum category)category,
            .llama_model = stmt_str(q, 3),
            .ttft_us = {stmt_known(q, 4), stmt_known(q, 5)},
            .cost_usd = {stmt_amount(q, 6), stmt_amount(q, 7)},
        };
        if (category >= 0 && !each(arg, &pair))
            break;
    }
    return stmt_finish(q);
}
