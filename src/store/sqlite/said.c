#include "said.h"

#include <stddef.h>

#include "db.h"

static bool
index_changes(struct db *db, struct err *err)
{
    return db_run(db,
                  "INSERT INTO said_words (said_words, rowid, text)"
                  " SELECT 'delete', n, text FROM said_gone",
                  NULL, err) &&
           db_run(db, "DELETE FROM said_gone", NULL, err) &&
           db_run(db,
                  "INSERT INTO said_words (rowid, text) SELECT n, text FROM said_text"
                  " WHERE n IN (SELECT n FROM said_new)",
                  NULL, err) &&
           db_run(db, "DELETE FROM said_new", NULL, err);
}

/* A word that was deleted stays in its part of the index, with a mark, until the parts are joined. */
bool
said_erase(struct db *db, struct err *err)
{
    return index_changes(db, err) &&
           db_run(db, "INSERT INTO said_words (said_words) VALUES ('optimize')", NULL, err);
}

bool
said_commit(struct db *db, struct err *err)
{
    return index_changes(db, err) && db_commit(db, err);
}
