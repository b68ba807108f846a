/* Side calls in the lane's transaction. Thread: lane. */
#ifndef BERDUA_SRC_STORE_SPEND_H
#define BERDUA_SRC_STORE_SPEND_H

#include <stdbool.h>

struct db;
struct err;
struct op;

bool spend_write_call(struct db *db, const struct op *op, struct err *err);

#endif
