/* Saved contexts in the lane's transaction. Thread: lane. */
#ifndef BERDUA_STORE_CONTEXT_ROWS_H
#define BERDUA_STORE_CONTEXT_ROWS_H

#include <stdbool.h>

struct db;
struct err;
struct write_request;

/* Removes what has expired, too. */
bool context_write(struct db *db, const struct write_request *req, struct err *err);

#endif
