#include "erase.h"

#include <stdint.h>

#include "berdua/base/err.h"
#include "db.h"

bool
erase_begin(struct db *db, struct err *err)
{
    return db_exec(db, "PRAGMA secure_delete = ON", err);
}

/* The log holds older pages until everybody has let go of it. */
static bool
empty_log(struct db *db, const char *done, const char *then, struct err *err)
{
    int64_t busy = 1;
    if (!db_int(db, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err))
        return false;
    if (!busy)
        return true;
    return err_set(err,
                   "%s: it is %s, but another berdua is reading the database, so traces may "
                   "stay in %s-wal until that ends; %s",
                   db_path(db), done, db_path(db), then);
}

bool
erase_finish(struct db *db, const char *done, const char *then, struct err *err)
{
    bool rewritten = db_exec(db, "VACUUM", err);
    bool emptied = empty_log(db, done, then, rewritten ? err : NULL);
    return rewritten ? emptied : err_prefix(err, "it is %s, but traces may stay in the file", done);
}
