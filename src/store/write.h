/* One queued write into an open transaction. Thread: lane. */
#ifndef BERDUA_STORE_WRITE_H
#define BERDUA_STORE_WRITE_H

#include <stdbool.h>

struct db;
struct err;
struct op;

/* owner: this instance, written beside answers that are still running. Sets op->seq for a turn. */
bool write_op(struct db *db, struct op *op, const char *owner, struct err *err);

#endif
