/* Saved contexts in the lane's transaction. Thread: lane. */
#ifndef BERDUA_STORE_CONTEXT_ROWS_H
#define BERDUA_STORE_CONTEXT_ROWS_H

#include <stdbool.h>

struct db;
struct err;
struct op;

/* Removes what has expired, too. */
bool context_write(struct db *db, const struct op *op, struct err *err);

#endif
