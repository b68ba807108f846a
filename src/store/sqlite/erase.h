/* Deleting without traces in the file. Owner: whoever deletes. Thread: the connection's. */
#ifndef BERDUA_STORE_ERASE_H
#define BERDUA_STORE_ERASE_H

#include <stdbool.h>

struct db;
struct err;

/* What is deleted or replaced from now on is overwritten in the file. */
bool erase_begin(struct db *db, struct err *err);
/* After the commit: rewrites the file and empties the log beside it, which waits a while for other readers. false: the rows
 * are gone (`done`: "forgotten"), but err says where traces of them may stay until others have ended, and what to do then. */
bool erase_finish(struct db *db, const char *done, const char *then, struct err *err);

#endif
