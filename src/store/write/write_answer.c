/* Answers, and the text of a running one. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/random.h"
#include "berdua/store/writer.h"
#include "chat_rows.h"
#include "store/sqlite/db.h"
#include "write_request.h"

ROW_WORDS(brain_id, BRAIN_NONE, BRAIN_NONE);
ROW_WORDS(answer_role, ROLE_COMPARED, ROLE_COMPARED);
ROW_WORDS(answer_status, STATUS_FAILED, STATUS_FAILED);

static const char *
error_word(int kind)
{
    return kind == ERR_NONE ? NULL : error_kind_name((enum error_kind)kind);
}
const struct words answer_error_words = {error_word, error_kind_parse, ERR_NONE, ERR_PROTOCOL};

static const struct field answer_fields[] = {ANSWER_FIELDS(ROW_FIELD, answer)};
static_assert(ARRAY_LEN(answer_fields) == ANSWER_COLUMNS, "readers count on it");
const struct row_type answer_row_type = {sizeof(struct answer), answer_fields, ANSWER_COLUMNS};
/* The first of them. */
static_assert(0 ANSWER_TEXT_FIELDS(ROW_ONE_MORE, answer) == ANSWER_TEXT_COLUMNS, "as above");
const struct row_type answer_text_row_type = {sizeof(struct answer), answer_fields,
                                              ANSWER_TEXT_COLUMNS};

/* ---- the whole row ---- */

struct answer_write {
    char turn[27];
    int64_t asked_us; /* wall clock; of a later try */
    struct answer row;
};

#define ANSWER_WRITE_FIELDS(X, T)                                                                  \
    X(T, ID, turn, turn, NULL)                                                                     \
    X(T, INT, asked_us, asked_us, NULL)
static const struct field answer_write_fields[] = {
    ANSWER_WRITE_FIELDS(ROW_FIELD, answer_write) /* */
    ANSWER_FIELDS(ROW_INNER, answer)};
static const struct row_type answer_write_type = {sizeof(struct answer_write), answer_write_fields,
                                                  ARRAY_LEN(answer_write_fields)};

/* The first try was asked with its turn. */
static bool
write_answer(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct answer_write *row = req->row;
    if (!write_needs_turn(env, req, row->turn, err))
        return false;
    static const char sql[] = "INSERT INTO answer (" ANSWER_FIELDS(ROW_COLUMN, answer) /* */
        "turn, owner, at_us, attempt) SELECT " ANSWER_FIELDS(ROW_MARK, answer)         /* */
        "?38, ?39,"
        " CASE WHEN EXISTS (SELECT 1 FROM answer WHERE turn = ?38 AND brain = ?2) THEN ?40"
        " ELSE (SELECT at_us FROM turn WHERE id = ?38) END,"
        " (SELECT coalesce(max(attempt), 0) + 1 FROM answer WHERE turn = ?38 AND brain = ?2)"
        " WHERE true ON CONFLICT (id) DO UPDATE SET " ANSWER_FIELDS(ROW_SET, answer) /* */
        "owner = excluded.owner";
    static_assert(ANSWER_COLUMNS + 1 == 38, "the numbers above follow the columns");
    const char *owner = row->row.status == STATUS_RUNNING ? env->owner : NULL;
    const struct sql_arg *more =
        SQL_ARGS(SQL_TEXT(row->turn), SQL_TEXT(owner), SQL_INT(row->asked_us));
    return stmt_run(row_query(&answer_row_type, &row->row, env->db, sql, more, err), err);
}

const struct write_kind write_answer_kind = {"answer", &answer_write_type, write_answer};

struct write_request *
write_answer_request(const char *turn_id, const struct answer *a)
{
    struct answer_write row = {.asked_us = clock_wall_us(), .row = *a};
    assert(a->id[0]);
    memcpy(row.turn, turn_id, strnlen(turn_id, ID_LEN));
    return write_request_create(&write_answer_kind, row_dup(&answer_write_type, &row));
}

uint64_t
writer_put_answer(struct writer *w, const char *turn_id, const struct answer *a, uint64_t request)
{
    return writer_queue(w, write_answer_request(turn_id, a), request);
}

/* ---- more of the text of a running one ---- */

struct checkpoint_write {
    char answer[27];
    int64_t offset;
    struct buf text;
};

#define CHECKPOINT_FIELDS(X, T)                                                                    \
    X(T, ID, answer, answer, NULL)                                                                 \
    X(T, INT, offset, offset, NULL)                                                                \
    X(T, BYTES, text, text, NULL)
ROW_TYPE(checkpoint_write, CHECKPOINT_FIELDS);

/* What is there of a running answer's text. *running false: it has ended. */
static bool
read_running(const struct write_env *env, struct write_request *req, struct buf *text,
             bool *running, struct err *err)
{
    const struct checkpoint_write *row = req->row;
    struct stmt *s = db_query(env->db, "SELECT text, status FROM answer WHERE id = ?1",
                              SQL_ARGS(SQL_TEXT(row->answer)), err);
    bool there = stmt_next(s, err);
    size_t len;
    if (there) {
        const char *p = stmt_bytes(s, 0, &len);
        buf_append(text, p, len);
        *running = strcmp(stmt_str(s, 1), answer_status_name(STATUS_RUNNING)) == 0;
    }
    if (!stmt_finish(s) || there)
        return there;
    memcpy(req->parent, row->answer, sizeof req->parent);
    db_set_trouble(env->db, DB_REFUSED);
    return err_set(err, "answer %s was never saved", row->answer);
}

static bool
write_checkpoint(const struct write_env *env, struct write_request *req, struct err *err)
{
    const struct checkpoint_write *row = req->row;
    struct buf text;
    buf_init(&text, ANSWER_MAX_BYTES);
    bool running = false, ok = read_running(env, req, &text, &running, err);
    size_t have = text.len, offset = (size_t)row->offset;
    if (ok && running && offset > have) {
        db_set_trouble(env->db, DB_REFUSED);
        ok = err_set(err, "answer %s: bytes %zu to %zu are missing", row->answer, have, offset);
    }
    /* A repeat, or one that comes after the answer's end, adds nothing. */
    if (ok && running && offset + row->text.len > have) {
        buf_append(&text, row->text.p + (have - offset), row->text.len - (have - offset));
        ok = db_run(env->db, "UPDATE answer SET text = ?2 WHERE id = ?1",
                    SQL_ARGS(SQL_TEXT(row->answer), SQL_BYTES(&text)), err);
    }
    buf_finish(&text);
    return ok;
}

const struct write_kind write_checkpoint_kind = {"checkpoint", &checkpoint_write_type,
                                                 write_checkpoint};

uint64_t
writer_checkpoint(struct writer *w, const char *answer_id, size_t offset, const char *p, size_t n,
                  uint64_t request)
{
    struct checkpoint_write *row = xcalloc(1, sizeof *row);
    memcpy(row->answer, answer_id, strnlen(answer_id, ID_LEN));
    row->offset = (int64_t)offset;
    buf_init(&row->text, ANSWER_MAX_BYTES);
    buf_append(&row->text, p, n);
    return writer_queue(w, write_request_create(&write_checkpoint_kind, row), request);
}
