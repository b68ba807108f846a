/* Side calls in somebody else's transaction. Thread: the connection's. */
#ifndef BERDUA_STORE_SPEND_ROWS_H
#define BERDUA_STORE_SPEND_ROWS_H

#include <stdbool.h>
#include <stdint.h>

struct answer;
struct db;
struct err;
struct write_request;

/* A call that is no answer, for its cost; the same again adds nothing. */
bool spend_insert_call(struct db *db, const char *purpose, const char *session,
                       const struct answer *a, int64_t at_us, struct err *err);
/* The same as a request, to be queued behind another. */
struct write_request *spend_call_request(const char *purpose, const char *session,
                                         const struct answer *a, int64_t at_us);

#endif
