#include "recover.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "store/sqlite/db.h"
#include "store/sqlite/file.h"

static bool
interrupt_owner(struct db *db, const char *owner, struct err *err)
{
    struct stmt *s = db_stmt(db,
                             "UPDATE answer SET status = 'interrupted', owner = NULL"
                             " WHERE status = 'running' AND owner IS ?",
                             err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, owner);
    return stmt_run(s, err);
}

/* Owners of running answers that are dead; an owner of NULL is in the list as "". */
static bool
dead_owners(struct db *db, const char *self, char ***list, size_t *count, struct err *err)
{
    struct stmt *s = db_stmt(
        db, "SELECT DISTINCT coalesce(owner, '') FROM answer WHERE status = 'running'", err);
    if (!s)
        return false;
    enum step step;
    while ((step = stmt_step(s, err)) == STEP_ROW) {
        const char *owner = stmt_str(s, 0);
        if (strcmp(owner, self) == 0 || instance_lock_alive(db_path(db), owner))
            continue;
        *list = xreallocarray(*list, *count + 1, sizeof **list);
        (*list)[(*count)++] = xstrdup(owner);
    }
    stmt_end(s);
    return step == STEP_END;
}

bool
recover_dead(struct db *db, const char *self, struct err *err)
{
    char **owners = NULL;
    size_t count = 0;
    bool ok = dead_owners(db, self, &owners, &count, err);
    if (ok && count > 0) {
        ok = db_begin(db, err);
        for (size_t i = 0; ok && i < count; i++)
            ok = interrupt_owner(db, *owners[i] ? owners[i] : NULL, err);
        ok = ok && db_commit(db, err);
        db_rollback(db);
    }
    for (size_t i = 0; i < count; i++)
        free(owners[i]);
    free(owners);
    return ok;
}

bool
recover_own(struct db *db, const char *self, struct err *err)
{
    struct stmt *s =
        db_stmt(db, "SELECT 1 FROM answer WHERE status = 'running' AND owner = ? LIMIT 1", err);
    if (!s)
        return false;
    stmt_bind_str(s, 1, self);
    enum step step = stmt_step(s, err);
    stmt_end(s);
    return step == STEP_ROW ? interrupt_owner(db, self, err) : step == STEP_END;
}
