#include "recover.h"

#include <stdlib.h>
#include <string.h>

#include "berdua/base/mem.h"
#include "store/sqlite/db.h"
#include "outbox.h"
#include "store/sqlite/file.h"

static bool
interrupt_owner(struct db *db, const char *owner, struct err *err)
{
    return db_run(db,
                  "UPDATE answer SET status = 'interrupted', owner = NULL"
                  " WHERE status = 'running' AND owner IS ?1",
                  SQL_ARGS(SQL_TEXT(owner)), err);
}

/* Owners of running answers that are dead; an owner of NULL is in the list as "". */
static bool
dead_owners(struct db *db, const char *self, char ***list, size_t *count, struct err *err)
{
    struct stmt *s = db_query(
        db, "SELECT DISTINCT coalesce(owner, '') FROM answer WHERE status = 'running'", NULL, err);
    while (stmt_next(s, err)) {
        const char *owner = stmt_str(s, 0);
        if (strcmp(owner, self) == 0 || instance_lock_alive(db_path(db), owner))
            continue;
        *list = xgrow(*list, *count, sizeof **list);
        (*list)[(*count)++] = xstrdup(owner);
    }
    return stmt_finish(s);
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
        ok = ok && outbox_commit(db, err);
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
    int64_t any = 0;
    return db_find_int(db, "SELECT 1 FROM answer WHERE status = 'running' AND owner = ?1 LIMIT 1",
                       SQL_ARGS(SQL_TEXT(self)), &any, err) &&
           (!any || interrupt_owner(db, self, err));
}
