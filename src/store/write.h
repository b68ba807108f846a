/* One queued write into an open transaction. Thread: lane. */
#ifndef BERDUA_STORE_WRITE_H
#define BERDUA_STORE_WRITE_H

#include <stdbool.h>

struct db;
struct err;
struct write_request;

/* owner: this instance, written beside answers that are still running. Sets req->seq for a turn. */
bool write_op(struct db *db, struct write_request *req, const char *owner, struct err *err);

#endif
