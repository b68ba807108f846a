/* Saved contexts in the lane's transaction. Thread: lane. */
#ifndef BERDUA_SRC_STORE_CONTEXT_H
#define BERDUA_SRC_STORE_CONTEXT_H

#include <stdbool.h>

struct db;
struct err;
struct op;

/* Removes what has expired, too. */
bool context_write(struct db *db, const struct op *op, struct err *err);

#endif
