/* Side calls in the lane's transaction. Thread: lane. */
#ifndef BERDUA_STORE_SPEND_ROWS_H
#define BERDUA_STORE_SPEND_ROWS_H

#include <stdbool.h>
#include <stdint.h>

struct answer;
struct db;
struct err;
struct write_request;

bool spend_insert_call(struct db *db, const char *purpose, const char *session,
                       const struct answer *a, int64_t at_us, struct err *err);
bool spend_write_call(struct db *db, const struct write_request *req, struct err *err);

#endif
