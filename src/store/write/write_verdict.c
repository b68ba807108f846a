/* Verdicts: one append-only row for each event. */
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/random.h"
#include "berdua/store/writer.h"
#include "store/sqlite/db.h"
#include "write_request.h"

ROW_WORDS(verdict_kind, VERDICT_NONE, VERDICT_NONE);

struct verdict_write {
    char id[27], session[27], turn[27];
    int64_t at_us;
    enum verdict_kind kind;
    char *note, *rater;
};

#define VERDICT_FIELDS(X, T)                                                                       \
    X(T, ID, id, id, NULL)                                                                         \
    X(T, ID, session, session, NULL)                                                               \
    X(T, ID, turn, turn, NULL)                                                                     \
    X(T, INT, at_us, at_us, NULL)                                                                  \
    X(T, WORD, kind, kind, &verdict_kind_words)                                                    \
    X(T, STR, note, note, NULL)                                                                    \
    X(T, STR, rater, rater, NULL)
ROW_TYPE(verdict_write, VERDICT_FIELDS);

/* The newest try of each brain is what the rater saw. */
#define SHOWN(brain)                                                                               \
    "(SELECT id FROM answer WHERE turn = ?3 AND brain = '" brain "'"                               \
    " ORDER BY attempt DESC LIMIT 1)"

static bool
write_verdict(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct verdict_write *row = req->row;
    if (!write_needs_session(env, req, row->session, err) ||
        !write_needs_turn(env, req, row->turn, err))
        return false;
    static const char sql[] =
        "INSERT INTO verdict (id, session, turn, at_us, kind, note, rater, app_version, left_brain,"
        " blind, claude_answer, llama_answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
        " '" BERDUA_VERSION "', (SELECT left_brain FROM turn WHERE id = ?3),"
        " (SELECT blind FROM turn WHERE id = ?3)," SHOWN("claude") "," SHOWN(
            "llama") ")"
                     " ON CONFLICT (id) DO NOTHING";
    return row_run(&verdict_write_type, row, env->db, sql, err) &&
           write_touches_session(env, row->session, row->at_us, false, err);
}

const struct write_kind write_verdict_kind = {"verdict", &verdict_write_type, write_verdict};

uint64_t
writer_put_verdict(struct writer *w, const char *session, const char *turn_id,
                   const struct verdict *v, const char *rater, uint64_t request)
{
    struct verdict_write row = {.at_us = v->at_wall_us,
                                .kind = v->kind,
                                .note = v->note,
                                .rater = (char *)(uintptr_t)(rater ? rater : "anonymous")};
    id_make(row.id);
    memcpy(row.session, session, strnlen(session, ID_LEN));
    memcpy(row.turn, turn_id, strnlen(turn_id, ID_LEN));
    return writer_queue_row(w, &write_verdict_kind, &row, request);
}
