#include "write_request.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "store/sqlite/db.h"

static const struct write_kind *const kinds[] = {
    &write_session_kind,    &write_turn_kind,       &write_outcome_kind,    &write_answer_kind,
    &write_checkpoint_kind, &write_verdict_kind,    &write_breaker_kind,    &write_context_kind,
    &write_side_call_kind,  &write_queue_kind,      &write_memory_out_kind, &write_review_kind,
    &write_sides_kind,      &write_judge_call_kind,
};

const struct write_kind *
write_kind_find(const char *name)
{
    for (size_t i = 0; name && i < ARRAY_LEN(kinds); i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}

struct write_request *
write_request_create(const struct write_kind *kind, void *row)
{
    struct write_request *req = xcalloc(1, sizeof *req);
    req->kind = kind;
    req->row = row;
    req->left = BRAIN_NONE;
    return req;
}

void
write_request_destroy(struct write_request **reqp)
{
    struct write_request *req = *reqp;
    *reqp = NULL;
    if (!req)
        return;
    row_finish(req->kind->type, req->row);
    free(req->row);
    free(req);
}

const char *
write_request_row_id(const struct write_request *req)
{
    const struct field *first = req->kind->type->fields;
    return first && first->kind == FIELD_ID && strcmp(first->name, "id") == 0
               ? (const char *)req->row + first->at
               : NULL;
}

static bool
needs(const struct write_env *env, struct write_request *req, const char *sql, const char *what,
      const char *id, struct err *err)
{
    int64_t there = 0;
    if (!db_find_int(env->db, sql, SQL_ARGS(SQL_TEXT(id)), &there, err) || there)
        return there;
    size_t n = strnlen(id, ID_LEN);
    memcpy(req->parent, id, n);
    req->parent[n] = 0;
    db_set_trouble(env->db, DB_REFUSED);
    return err_set(err, "%s %s was never saved", what, id);
}

bool
write_needs_session(const struct write_env *env, struct write_request *req, const char *id,
                    struct err *err)
{
    return needs(env, req, "SELECT 1 FROM session WHERE id = ?1", "session", id, err);
}

bool
write_needs_turn(const struct write_env *env, struct write_request *req, const char *id,
                 struct err *err)
{
    return needs(env, req, "SELECT 1 FROM turn WHERE id = ?1", "turn", id, err);
}
